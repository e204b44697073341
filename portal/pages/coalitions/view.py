"""What the coalitions page says in words: the header, the rows of the matrix, the source lines."""

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from portal.components.frame import Crumb, page_header
from portal.likeness.cooperation import EXPERTS
from portal.pages.coalitions.grids import STATE, TOLD
from portal.queries.coalition_matrix import Matrix
from portal.queries.filters import CoalitionFilter
from portal.text import day, in_words, listed, number, sentence
from portal.vocabulary import ParticipationState, ProjectScope

LEAD_UNKNOWN = "trekker onbekend"
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


def matrix_rows(matrix: Matrix) -> list[dict[str, Any]]:
    """The grid's rows: per partner its state, and that state in words; nothing where nothing is known."""
    states: dict[str, dict[str, str]] = {code: {} for code in matrix.coalitions["code"]}
    for row in matrix.states.to_dict("records"):
        states[row["code"]][f"{STATE}{row['partner_slug']}"] = row["state"]
        states[row["code"]][f"{TOLD}{row['partner_slug']}"] = told(row)
    places = {atelier: place for place, atelier in enumerate(dict.fromkeys(matrix.coalitions["atelier"]))}
    return [
        {
            **{name: row[name] for name in ("code", "title", "atelier", "atelier_title")},
            "joined": row["joined"] if row["known"] else None,
            "below": below(row),
            "better": better(row),
            "place": places[row["atelier"]],
            "partners": len(matrix.partners),
            **states[row["code"]],
        }
        for row in matrix.coalitions.to_dict("records")
    ]


def below(row: Mapping[Hashable, Any]) -> str:
    """The type and the lead; a group of experts needs none."""
    kind = f"Type {row['type_code']} · {row['type']}" if row["type_code"] else ""
    outside = " (buiten de regio)" if row["lead_outside"] else ""
    lead = f"{row['lead']} trekt{outside}" if row["lead"] else LEAD_UNKNOWN
    return " · ".join(filter(None, (kind, "" if row["type_code"] == EXPERTS and not row["lead"] else lead)))


def better(row: Mapping[Hashable, Any]) -> str:
    """For how many of those taking part it is better: "11 ja · 2 ?"; nothing when nobody takes part."""
    counts = ((row["better"], "ja"), (row["not_better"], "nee"), (row["better_unknown"], "?"))
    return " · ".join(f"{number(count)} {word}" for count, word in counts if count)


def told(row: Mapping[Hashable, Any]) -> str:
    """A partner's state, since when, until when it waits and why."""
    since = f"sinds {day(row['since'])}" if row["since"] else "begin niet genoteerd"
    expected = f"vanaf {day(row['expected_on'])}" if row["expected_on"] else ""
    asked = ""
    if row["asked_on"] and row["state"] == ParticipationState.NOT_ASKED.value:
        asked = f"gevraagd op {day(row['asked_on'])}, nog geen antwoord"
    details = "; ".join(filter(None, (expected, asked, row["reason"])))
    return f"{row['partner']}: {row['state_label']}, {since}" + (f" ({details})" if details else "")


def count(shown: int, of: int) -> list[str | Component]:
    return [html.B(number(shown)), f" van {number(of)} trajecten"]


def unknown(wanted: CoalitionFilter) -> Component | None:
    """What in the address was not understood, in words; nothing when all was."""
    if not wanted.unknown:
        return None
    return html.P(f"Niet gebruikt in de filter: {listed(sorted(wanted.unknown))}.", className="notice", role="status")
