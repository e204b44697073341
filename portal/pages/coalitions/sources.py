"""The source line under each card of the coalitions page, with its download."""

from collections.abc import Sequence
from datetime import date

from dash.development.base_component import Component

from portal.components.cards import source_line
from portal.pages.coalitions.rules import challengers
from portal.pages.downloads import download_path
from portal.queries.type_checks import TypeCheck

PARTICIPATIONS = "deelnames in het portaal"
SURVEY = "Gemeente- en Stadsmonitor"
LIKENESS = "gelijkenis van titels en omschrijvingen in de inventaris"
PAIRS = f"{LIKENESS} (projecten)"
RULES = f"{PARTICIPATIONS}, {SURVEY} en de regels per type samenwerking"
EACH = f"{PARTICIPATIONS}; ‘ook elders’: {PAIRS}"


def of_matrix(as_of: date, query: str) -> Component:
    return source_line(PARTICIPATIONS, as_of, download_path("coalitions", "matrix", query))


def survey(checks: Sequence[TypeCheck]) -> str:
    """The survey with the edition of the values that are shown."""
    editions = sorted({check.edition for check in challengers(checks) if check.edition})
    return " ".join([SURVEY, *map(str, editions)])


def of_leads(checks: Sequence[TypeCheck], query: str) -> Component:
    return source_line(survey(checks), None, download_path("coalitions", "trekkers", query))


def of_rules(as_of: date, query: str) -> Component:
    return source_line(RULES, as_of, download_path("coalitions", "regels", query))


def of_each(as_of: date) -> Component:
    return source_line(EACH, as_of, download_path("coalitions", "partners"))


def of_pairs(as_of: date) -> Component:
    return source_line(PAIRS, as_of, download_path("coalitions", "naast-elkaar"))


def of_candidates(as_of: date) -> Component:
    return source_line(f"{LIKENESS} (uitdagingen)", as_of, download_path("coalitions", "kandidaten"))
