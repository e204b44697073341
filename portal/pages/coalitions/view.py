"""What the coalitions page says in words: the header, how many are left, and what was not understood."""

from datetime import date

import pandas as pd
from dash import html
from dash.development.base_component import Component

from portal.components.frame import Crumb, page_header
from portal.queries.coalitions.coalitions import Matrix
from portal.queries.inventory.filters import CoalitionFilter
from portal.text import in_words, listed, number, sentence
from portal.vocabulary import ProjectScope

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
