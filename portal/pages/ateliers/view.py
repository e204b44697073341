"""The page of the ateliers in words: what is late, what comes before the meeting, how far the results are."""

from collections.abc import Hashable, Mapping, Sequence
from datetime import date

import pandas as pd
from dash import html
from dash.development.base_component import Component

from portal.components import grids
from portal.components.cards import card, no_data, source_line
from portal.components.charts import chart
from portal.components.frame import Crumb, page_header
from portal.figures.base import Figure
from portal.pages.ateliers import words
from portal.pages.ateliers.fields import Choice
from portal.pages.ateliers.grids import URGENT
from portal.pages.ateliers.ids import Ids, Parts
from portal.pages.ateliers.rows import step_rows
from portal.pages.downloads import download_path
from portal.pages.rows import records
from portal.queries.calendar import SteeringCalendar
from portal.text import day, in_words, listed, number, plural, sentence
from portal.vocabulary import ResultState

SOURCE = "projectaanvraag; mijlpalen en partners die een resultaat bereikten, zoals in het portaal bijgehouden"
STEPS_SOURCE = "mijlpalen in het portaal"
NO_ATELIER = "Projecten zonder atelier"
MILESTONES = ("mijlpaal", "mijlpalen")
AGREED = "Wat werd over deze resultaten beslist en beloofd?"
URGENT_QUESTION = "Wat is over tijd, en wat moet klaar zijn voor de volgende stuurgroep?"
READ = (
    "Breed en grijs: eerste plan; lijn: verwacht. Mijlpalen: ● gehaald, ○ te doen, ◆ te laat. "
    "Resultaten: ✓ bereikt, ■ dagen te laat, ▲ dagen uitloop. Onderaan de stuurgroepen."
)
_STANDS = (ResultState.REACHED, ResultState.RUNNING, ResultState.OVERDUE, ResultState.NOT_STARTED)


def opening(ateliers: pd.DataFrame, urgent: pd.DataFrame, calendar: SteeringCalendar, as_of: date) -> Component:
    told = story(ateliers, urgent, calendar)
    return page_header("Ateliers", [Crumb("Overzicht", "/"), Crumb("Ateliers")], as_of, told)


def story(ateliers: pd.DataFrame, urgent: pd.DataFrame, calendar: SteeringCalendar) -> list[str | Component]:
    """How far the results are, then in bold what is late and what is due before the next meeting."""
    results = int(ateliers["results"].sum())
    if not results:
        return ["Er zijn nog geen resultaten. Breng de referentiegegevens in met ", html.Code("portal migrate"), "."]
    count = f"{in_words(len(ateliers))} {'atelier' if len(ateliers) == 1 else 'ateliers'}"
    where = f"{plural(results, 'resultaat', 'resultaten')} in {count}: "
    if not int(ateliers["milestones"].sum()) and urgent.empty:
        return [where, _stands(ateliers), ". ", html.B("Er staan nog geen mijlpalen genoteerd"), "."]
    late = int(urgent["days_late"].notna().sum())
    return [where, _stands(ateliers), ". ", html.B(_late(late)), *_soon(len(urgent) - late, calendar), "."]


def _stands(ateliers: pd.DataFrame) -> str:
    """ "4 bereikt, 26 bezig en 5 over tijd"; what nobody said anything of comes last, in its own words."""
    counts = [(state.label, int(ateliers[state.value].sum())) for state in _STANDS]
    said = [f"{number(count)} {label}" for label, count in counts if count]
    silent = int(ateliers[ResultState.UNKNOWN.value].sum())
    return listed([*said, *([f"van {number(silent)} nog geen gegevens"] if silent else [])])


def _late(count: int) -> str:
    if not count:
        return "Geen enkele mijlpaal is over tijd"
    return f"{sentence(in_words(count))} {'mijlpaal is' if count == 1 else 'mijlpalen zijn'} over tijd"


def _soon(count: int, calendar: SteeringCalendar) -> list[str | Component]:
    if calendar.next_on is None:
        return ["; er is geen volgende stuurgroep bekend"]
    before = f"vóór de stuurgroep van {day(calendar.next_on)}"
    if not count:
        return [f"; {before} moet verder niets klaar zijn"]
    return ["; ", html.B(f"{in_words(count)} {'moet' if count == 1 else 'moeten'} klaar zijn {before}")]


def urgent_card(urgent: pd.DataFrame, calendar: SteeringCalendar, as_of: date) -> Component:
    source = source_line(STEPS_SOURCE, as_of, download_path("ateliers", "dringend"))
    if urgent.empty:
        return card(URGENT_QUESTION, nothing_urgent(calendar), foot=source)
    shown = records(step_rows(urgent))
    table = grids.grid(Parts.URGENT, URGENT, label="Dringende mijlpalen", height=None, rows=shown)
    return card(URGENT_QUESTION, table, sub=urgent_told(calendar), foot=source, flows=True)


def urgent_told(calendar: SteeringCalendar) -> str:
    first = "Wat het langst over tijd is, staat bovenaan; de eerste datum staat doorstreept voor wat nu verwacht wordt."
    return f"{first} Volgende stuurgroep: {day(calendar.next_on)}." if calendar.next_on else first


def nothing_urgent(calendar: SteeringCalendar) -> Component:
    until = f" en niets moet klaar zijn vóór de stuurgroep van {day(calendar.next_on)}" if calendar.next_on else ""
    return html.Div([html.B("Geen dringende mijlpalen."), f"Niets is over tijd{until}."], className="nothing")


def overview_rows(ateliers: pd.DataFrame) -> list[dict[str, object]]:
    """The rows of the grid: an atelier by code and title, its milestones in words."""
    rows = ateliers.to_dict("records")
    return [
        {str(key): value for key, value in row.items()}
        | {"title": f"{row['code']} · {row['title']}", "steps": words.steps(row)}
        for row in rows
    ]


def overview_total(ateliers: pd.DataFrame) -> dict[str, object]:
    """The sum of the rows shown, as the grid's last line."""
    counts = ["results", *(state.value for state in ResultState), "milestones", "milestones_done", "milestones_late"]
    summed: dict[Hashable, int] = {column: int(ateliers[column].sum()) for column in counts}
    return {"code": "", "title": "Totaal", "steps": words.steps(summed)} | {str(key): n for key, n in summed.items()}


def chosen(choice: Choice, results: pd.DataFrame) -> str:
    """Which results stand below, and how many."""
    counted = plural(len(results), "resultaat", "resultaten")
    parts = plural(results[["atelier", "part"]].drop_duplicates().shape[0], "onderdeel", "onderdelen")
    return f"{choice.title or 'Alle ateliers'}: {counted} in {parts}."


def unknown(choice: Choice) -> Component | None:
    if not choice.unknown:
        return None
    said = f"Atelier ‘{choice.unknown}’ is niet bekend; u ziet alle ateliers."
    return html.P(said, className="notice", role="status")


def timeline_said(milestones: pd.DataFrame, results: pd.DataFrame) -> str:
    """How many milestones are done, how to read the figures, and how many results are not in them."""
    if milestones.empty:
        return ""
    without = int((results["milestones"] == 0).sum())
    done = int(milestones["done_on"].notna().sum())
    told = f"{number(done)} van {plural(len(milestones), *MILESTONES)} gehaald. {READ}"
    return f"{told} {_without(without)}" if without else told


def timelines(drawn: Sequence[tuple[str | None, Figure]], titles: Mapping[str, str]) -> list[Component]:
    """The figures, each atelier under its title; what to do when there is nothing to draw."""
    if not drawn:
        return [no_data("Voor deze resultaten staan er nog geen mijlpalen genoteerd.")]
    shown: list[Component] = []
    before: str | None = ""
    for place, (atelier, figure) in enumerate(drawn):
        title = f"{atelier} · {titles.get(atelier, '')}" if atelier else NO_ATELIER
        if atelier != before:
            shown.append(html.H3(title))
        label = f"Mijlpalen in de tijd: {title}"
        shown.append(chart(f"{Parts.TIME}-{place}", label, figure["layout"]["height"], figure))
        before = atelier
    return shown


def _without(count: int) -> str:
    heads = "resultaat heeft" if count == 1 else "resultaten hebben"
    return (
        f"{sentence(in_words(count))} {heads} {words.NO_MILESTONES} en {'staat' if count == 1 else 'staan'} er niet in."
    )


SOURCES = (Ids.RESULTS_SOURCE, Ids.TIME_SOURCE, Ids.PARTNERS_SOURCE)
_TABLES = ((SOURCE, "resultaten"), (STEPS_SOURCE, "mijlpalen"), (SOURCE, "partners"))


def sources(choice: Choice, as_of: date) -> list[Component]:
    """The source line under each answer, in the order of `SOURCES`; the download carries the choice."""
    return [source_line(source, as_of, download_path("ateliers", table, choice.query)) for source, table in _TABLES]
