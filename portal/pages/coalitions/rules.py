"""A coalition against the rule of its type, in words and bars; the page of a project shows it too."""

from collections.abc import Sequence

import pandas as pd
from dash import html
from dash.development.base_component import Component

from portal.components.bars import bars
from portal.components.links import Content, inside
from portal.likeness.cooperation import CHALLENGER, FRONT_RUNNER
from portal.queries.coalitions.type_checks import TypeCheck
from portal.queries.coalitions.type_rules import Placed, Verdict

PARTICIPATIONS = "deelnames in het portaal"
SURVEY = "Gemeente- en Stadsmonitor"
LIKENESS = "gelijkenis van titels en omschrijvingen in de inventaris"
RULES = f"{PARTICIPATIONS}, {SURVEY} en de regels per type samenwerking"
AT_ONCE, FIRST = 3, 4
ROOM = "Nog geen reden genoteerd: “bewust afgeweken, want …”."
RULE_COLUMNS = ("code", "title", "type", "verdict", "verdict_label", "rule", "aspect", "edition", "told", "deviation")
PLACE_COLUMNS = ("code", "title", "aspect", "edition", "partner", "value", "rank", "leads")


def challengers(checks: Sequence[TypeCheck]) -> list[TypeCheck]:
    """Those in which the second of the region should lead."""
    return [check for check in checks if check.coalition.type_code == CHALLENGER]


def survey_of(checks: Sequence[TypeCheck]) -> str:
    """The survey with the edition of the values that are shown."""
    editions = sorted({check.edition for check in challengers(checks) if check.edition})
    return " ".join([SURVEY, *map(str, editions)])


def leads_of(checks: Sequence[TypeCheck]) -> Component:
    """The first coalitions of type 1, each with its bars and its finding; the others are in the table of rules."""
    found = challengers(checks)
    if not found:
        return html.P("Binnen deze filters is er geen coalitie van type 1.")
    more = len(found) - AT_ONCE
    rest = [html.P(f"En nog {more} van type 1: die staan hieronder in de tabel.", className="sub")] if more > 0 else []
    return html.Div([*(_lead_of(check) for check in found[:AT_ONCE]), *rest], className="side-by-side")


def _lead_of(check: TypeCheck) -> Component:
    title = html.H3(inside(check.title, f"/project/{check.code}"))
    return html.Div([title, html.P(aspect_of(check), className="sub"), standings_of(check), *finding_of(check)])


def aspect_of(check: TypeCheck) -> str:
    if check.coalition.aspect is None:
        return "Aspect nog niet gekozen."
    edition = f", Stadsmonitor {check.edition}" if check.edition else ""
    return f"Aspect: {check.coalition.aspect}{edition}."


def ranked(check: TypeCheck) -> bool:
    """The rule looks at places, or could once an aspect is chosen."""
    return check.coalition.type_code in {CHALLENGER, FRONT_RUNNER}


def standings_of(check: TypeCheck) -> Component | None:
    """The first four of the region, and the leads further down; nothing without values."""
    leading = {lead.slug for lead in check.coalition.leads}
    everybody = check.coalition.standings
    shown = [*everybody[:FIRST], *(placed for placed in everybody[FIRST:] if placed.slug in leading)]
    if not shown:
        return None
    return bars([(_named(placed, leading), placed.value) for placed in shown], f"Waarden voor {check.coalition.aspect}")


def _named(placed: Placed, leading: set[str]) -> Content:
    name = f"{placed.rank} {placed.name}"
    return html.B(f"{name} (trekt)") if placed.slug in leading else name


def finding_of(check: TypeCheck) -> list[Component]:
    """What the rule finds; a deviation with the reason somebody wrote, or room for it."""
    said = html.P([*(f"{remark} " for remark in check.finding.remarks), *_doubt(check)])
    why = deviation_of(check)
    return [said, *([html.P(why, className="notice", role="note")] if why else [])]


def _doubt(check: TypeCheck) -> list[Component | str]:
    """The last words, after the colon, are what matters."""
    before, colon, last = check.finding.doubt.rpartition(":")
    return [f"{before}{colon}", html.B(last)] if colon else []


def deviation_of(check: TypeCheck) -> str:
    if check.deviation_reason:
        return f"Bewust afgeweken, want {check.deviation_reason}"
    return ROOM if check.finding.verdict is Verdict.DEVIATES else ""


def rule_rows(checks: Sequence[TypeCheck]) -> pd.DataFrame:
    """A row per coalition of a type. Columns: `RULE_COLUMNS` (str; aspect and edition None where there are none)."""
    rows = [
        (
            *(check.code, check.title, f"{check.coalition.type_code}. {check.type_title}" if check.type_title else ""),
            *(check.finding.verdict.value, check.finding.verdict.label, check.rule),
            *(check.coalition.aspect, check.edition, _told(check), _deviation(check)),
        )
        for check in checks
    ]
    return pd.DataFrame(rows, columns=list(RULE_COLUMNS), dtype=object)


def _told(check: TypeCheck) -> str:
    return " ".join(filter(None, (*check.finding.remarks, check.finding.doubt)))


def _deviation(check: TypeCheck) -> str:
    return check.deviation_reason or ("nog geen reden" if check.finding.verdict is Verdict.DEVIATES else "")


def place_rows(checks: Sequence[TypeCheck]) -> pd.DataFrame:
    """A row per coalition and partner with a value on its aspect, best first. Columns: `PLACE_COLUMNS`."""
    rows = [
        (
            *(check.code, check.title, check.coalition.aspect, check.edition, placed.name, placed.value, placed.rank),
            "trekt" if placed.slug in {lead.slug for lead in check.coalition.leads} else "",
        )
        for check in checks
        for placed in check.coalition.standings
    ]
    return pd.DataFrame(rows, columns=list(PLACE_COLUMNS), dtype=object)
