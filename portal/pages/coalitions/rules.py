"""What a type of collaboration asks and what could become a coalition, drawn."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
from dash import html
from dash.development.base_component import Component

from portal.components.charts import bars
from portal.components.frame import Crumb, page_header
from portal.components.links import Content, inside
from portal.likeness.groups import CHALLENGER, FRONT_RUNNER
from portal.queries.coalitions.candidates import Candidate
from portal.queries.coalitions.coalitions import Matrix
from portal.queries.coalitions.type_checks import TypeCheck
from portal.queries.coalitions.type_rules import Placed, Verdict
from portal.queries.inventory.filters import CoalitionFilter
from portal.queries.reference import Option
from portal.text import in_words, listed, number, sentence
from portal.vocabulary import ProjectScope

COLUMNS = ("id", "code", "title", "partners", "count", "challenges", "advice", "because", "leads", "alike")


def candidate_rows(candidates: Sequence[Candidate], types: Sequence[Option]) -> pd.DataFrame:
    """A row per subject, as given. Columns: id (int), code (of its first challenge), title, partners (str: how many
    and who), count, challenges (int), advice (the suggested type), because, leads, alike (str: codes)."""
    names = {option.code: option.label for option in types}
    rows = [_row(candidate, names) for candidate in candidates]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def _row(candidate: Candidate, types: dict[str, str]) -> tuple[object, ...]:
    subject, code = candidate.subject, candidate.advice.code
    partners = [partner.title for partner in subject.partners]
    titles = {standing.partner.slug: standing.partner.title for standing in candidate.standings}
    leads = listed([titles.get(slug, slug) for slug in candidate.advice.leads])
    advice = f"Type {code}: {types.get(code, '')}".removesuffix(": ") + (f" ({leads} trekt)" if leads else "")
    return (
        *(subject.id, subject.members[0].code, subject.title, f"{len(partners)}: {', '.join(partners)}"),
        *(len(partners), len(subject.members), advice, candidate.advice.because, leads),
        "; ".join(answer.code for answer in candidate.alike),
    )


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


_PLAIN = 12  # as far as `in_words` goes
_LARGER = ("dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien", "twintig")


def counted(count: int) -> str:
    """In letters up to twenty: the sentence of this page has two such numbers side by side."""
    larger = count - _PLAIN - 1
    return _LARGER[larger] if 0 <= larger < len(_LARGER) else in_words(count)


def opening(matrix: Matrix, as_of: date) -> Component:
    crumbs = [Crumb("Overzicht", "/"), Crumb("Coalities")]
    return page_header("Coalities van wie wil", crumbs, as_of, story(matrix))


def story(matrix: Matrix) -> list[str | Component]:
    """How many there are, and in how many of the partners' names an average one is; unknown is not nobody."""
    rows = matrix.coalitions
    if rows.empty:
        return ["Er loopt nog geen regionaal traject."]
    begin = f"{sentence(counted(len(rows)))} {_kind(rows)}. "
    return [begin, html.B("Elke partner sluit aan op eigen snelheid"), f": {_average(matrix)}."]


def _kind(rows: pd.DataFrame) -> str:
    kinds = [scope.label for scope in ProjectScope if scope.value in set(rows["scope"])]
    if len(rows) == 1:
        return f"{kinds[0]} traject"
    return f"{listed([kind.removesuffix('aal') + 'ale' for kind in kinds])} trajecten"


def _average(matrix: Matrix) -> str:
    known = matrix.coalitions[matrix.coalitions["known"] > 0]
    silent = len(matrix.coalitions) - len(known)
    if known.empty:
        return "wie meedoet, is nog niet bekend"
    mean = int(known["joined"].sum() / len(known) + 0.5)
    doing = "doet er" if mean == 1 else "doen er"
    said = f"gemiddeld {doing} {counted(mean)} van de {counted(len(matrix.partners))} mee"
    return f"{said}; van {counted(silent)} is nog niet bekend wie meedoet" if silent else said


def count(shown: int, of: int) -> list[str | Component]:
    return [html.B(number(shown)), f" van {number(of)} trajecten"]


def unknown(wanted: CoalitionFilter) -> Component | None:
    """What in the address was not understood, in words; nothing when all was."""
    if not wanted.unknown:
        return None
    return html.P(f"Niet gebruikt in de filter: {listed(sorted(wanted.unknown))}.", className="notice", role="status")
