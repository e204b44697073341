"""The rows of the queries as people read them: words, days as they are written, names behind counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from portal import numbers as dictionary
from portal.addresses import ATELIER, RESULT, of_work
from portal.components.tags import Sign, Tone
from portal.exports.workbook import Kind
from portal.pages.agreed import agreed_download
from portal.pages.ateliers import filters
from portal.pages.ateliers.filters import Choice, chosen, chosen_words
from portal.pages.cards import Card, everything, offering
from portal.pages.columns import (
    FIXED,
    WIDE,
    WRAPS,
    Column,
    days,
    holding,
    link,
    numbers,
    old_new,
    signed,
    text,
    told,
    written,
)
from portal.pages.risks import risks_card
from portal.permissions import Viewer
from portal.queries.meetings.open_work import Concern
from portal.queries.results.deliverables import (
    MilestoneRow,
    ResultRow,
    deliverable_rows,
    milestone_rows,
    results_per_atelier,
    urgent_milestones,
)
from portal.queries.results.risks import risk_rows
from portal.text import day
from portal.vocabulary import ResultState, TargetKind

LATE, SOON = "laat", "straks"


def overview_rows(ateliers: pd.DataFrame) -> pd.DataFrame:
    """The frame of `results_per_atelier`, with `name` (its code and title) and `steps`: its milestones in words."""
    counts = zip(ateliers["milestones_done"], ateliers["milestones"], strict=True)
    return ateliers.assign(
        name=ateliers["code"] + " · " + ateliers["title"],
        steps=pd.Series([filters.steps(*one) for one in counts], index=ateliers.index, dtype=object),
    )


def overview_total(ateliers: pd.DataFrame) -> dict[str, object]:
    """The sum of the rows shown, as the grid's last line."""
    counts = ["results", *(state.value for state in ResultState), "milestones", "milestones_done", "milestones_late"]
    summed = {name: int(ateliers[name].sum()) for name in counts}
    steps = filters.steps(summed["milestones_done"], summed["milestones"])
    return {"code": "", "name": "Totaal", "steps": steps, **summed}


@dataclass(frozen=True, slots=True)
class ResultTold(ResultRow):
    """A result as people read it. `due` says "geen datum" without a milestone; then nothing is struck out."""

    @property
    def part_name(self) -> str:
        return f"{self.atelier}.{self.part} · {self.part_title}"

    @property
    def target(self) -> str:
        return filters.target(self.target_kind, self.target_value, self.target_unit)

    @property
    def reached_label(self) -> str:
        return filters.reached(self)

    @property
    def steps(self) -> str:
        return filters.steps(self.milestones_done, self.milestones)

    @property
    def first(self) -> str:
        return day(self.first_on, "")

    @property
    def due(self) -> str:
        return day(self.expected_on)

    @property
    def ticks(self) -> int:
        return len(self.reached_by)

    @property
    def count(self) -> str:
        """ "4 van 15 partners"."""
        return filters.of_partners(self.ticks, self.partners)

    @property
    def reached_names(self) -> str:
        return ", ".join(self.reached_by)

    @property
    def not_yet_names(self) -> str:
        return ", ".join(self.not_yet)


def partner_rows(results: Iterable[ResultTold]) -> list[ResultTold]:
    """Those that partners reach one by one."""
    return [one for one in results if one.target_kind is TargetKind.PARTNERS or one.ticks]


@dataclass(frozen=True, slots=True)
class MilestoneTold(MilestoneRow):
    """A milestone as people read it; `step` is its title without that of its result after a colon."""

    @property
    def first(self) -> str:
        return day(self.due_first)

    @property
    def due(self) -> str:
        return day(self.done_on or self.due_expected)

    @property
    def moment(self) -> str:
        return LATE if self.days_late else SOON

    @property
    def href(self) -> str:
        return of_work(self.project_code, self.of_code)

    @property
    def step(self) -> str:
        return self.title.removesuffix(f": {self.of_title}")


SOURCE = "projectaanvraag; mijlpalen en partners die een resultaat bereikten, zoals in het portaal bijgehouden"
STEPS_SOURCE = "mijlpalen in het portaal"
STATES = {
    ResultState.REACHED.value: Sign(ResultState.REACHED.label, Tone.GOOD, "✓"),
    ResultState.OVERDUE.value: Sign(ResultState.OVERDUE.label, Tone.LATE, "■"),
    ResultState.RUNNING.value: Sign(ResultState.RUNNING.label, Tone.ACCENT, "◑"),
    ResultState.NOT_STARTED.value: Sign(ResultState.NOT_STARTED.label, Tone.PLAIN, "○"),
    ResultState.UNKNOWN.value: Sign(ResultState.UNKNOWN.label, Tone.PLAIN, "?"),
}
MOMENTS = {
    LATE: Sign("te laat", Tone.LATE, "■"),
    SOON: Sign("vóór de stuurgroep", Tone.ATTENTION, "▲"),
}
_CODE = written("code", "Code")
_OF = (_CODE, written("of_code", "Code resultaat of project"))
_DAYS = (written("due_first", "Eerste plan", Kind.DATE), written("due_expected", "Verwacht", Kind.DATE))
_MILESTONES = written("milestones", "Mijlpalen", Kind.NUMBER)


def _done(**look: Any) -> Column:
    """Of how many how many are done: in the workbook the number alone."""
    return text("steps", "Mijlpalen gehaald", book="milestones_done", kind=Kind.NUMBER, **look)


def _results(session: Session, viewer: Viewer, choice: Choice) -> list[ResultTold]:
    return told(deliverable_rows(session, viewer, choice.code), ResultTold)


URGENT: Card[None] = Card(
    *("ateliers", "dringend", "Wat is te laat, en wat moet klaar zijn voor de volgende stuurgroep?", STEPS_SOURCE),
    of="milestone",
    columns=(
        *_OF,
        link("of_title", "Resultaat of project", "", "href", grow=3, width=160, **WIDE),
        numbers("days_late", "Dagen te laat", width=84),
        old_new("due", "Wanneer", "first", book="", width=206, **FIXED),
        *_DAYS,
        text("step", "Mijlpaal", book="title", grow=2, width=150, **WIDE),
        signed("moment", "Stand", MOMENTS, book="", width=178, **FIXED),
        link("atelier", "Atelier", ATELIER, "atelier", width=84, **FIXED),
        written("slip_days", "Uitloop (dagen)", Kind.NUMBER),
    ),
    rows=lambda session, viewer, _: told(urgent_milestones(session, viewer), MilestoneTold),
)
OVERVIEW: Card[None] = Card(
    *("ateliers", "stand", "Hoe ver staat elk atelier?", SOURCE),
    sheet="Ateliers",
    columns=(
        _CODE,
        link("name", "Atelier", ATELIER, "code", book="title", grow=3, width=150, **WIDE),
        holding(dictionary.RESULTS, numbers("results", "Resultaten", width=98)),
        *(numbers(state.value, state.label.capitalize(), width=84) for state in ResultState),
        holding(dictionary.LATE_OF_RESULTS, numbers("milestones_late", "Mijlpalen te laat", width=104)),
        _done(width=118, **FIXED),
        _MILESTONES,
    ),
    rows=lambda session, viewer, _: overview_rows(results_per_atelier(session, viewer)),
    total=overview_total,
    short=True,
    row_id="code",
)
RESULTS = Card(
    *("ateliers", "resultaten", "Hoe ver staat elk resultaat?", SOURCE),
    of="deliverable",
    columns=(
        *(_CODE, written("atelier", "Atelier")),
        link("title", "Resultaat", RESULT, grow=4, width=165, **WRAPS),
        signed("state", "Stand", STATES, book="state", width=160),
        text("reached_label", "Bereikt", width=106, **WIDE | {"tooltipField": "reached_names"}),
        written("reached", "Bereikt (getal)", Kind.DECIMAL),
        written("reached_names", "Wie al wel"),
        text("target", "Doel", width=124, **WIDE),
        written("target_value", "Doel (getal)", Kind.DECIMAL),
        old_new("due", "Laatste mijlpaal", "first", book="", width=124, **WIDE),
        written("first_on", "Eerste plan", Kind.DATE),
        written("expected_on", "Verwacht of bereikt", Kind.DATE),
        written("done_on", "Bereikt op", Kind.DATE),
        numbers("slip_days", "Uitloop (dagen)", width=84),
        *(_MILESTONES, _done(width=94, **WIDE)),
        written("milestones_late", "Mijlpalen te laat", Kind.NUMBER),
        text("part_name", "Onderdeel", grow=3, width=165, **WIDE),
        written("owner_after_grant", "Wie neemt het over na de subsidie"),
        written("note", "Nota"),
    ),
    rows=_results,
    said=chosen_words,
)
STEPS: Card[Choice] = Card(
    *("ateliers", "mijlpalen", "Halen we de mijlpalen op tijd?", STEPS_SOURCE),
    of="milestone",
    columns=(
        *(*_OF, written("atelier", "Atelier")),
        link("of_title", "Resultaat of project", "", "href", grow=3, width=170),
        text("step", "Mijlpaal", book="title", grow=3, width=170, tooltipField="title"),
        old_new("due", "Wanneer", "first", book="", width=220, **FIXED),
        *_DAYS,
        days("done_on", "Gehaald op", width=115),
        numbers("slip_days", "Uitloop (dagen)", width=96),
        numbers("days_late", "Dagen te laat", width=96),
    ),
    rows=lambda session, viewer, choice: told(milestone_rows(session, viewer, choice.code), MilestoneTold),
    hides=True,
)
PARTNERS: Card[Choice] = Card(
    *("ateliers", "partners", "Welke partners zijn er al?", SOURCE),
    of="deliverable",
    columns=(
        _CODE,
        link("title", "Resultaat", RESULT, grow=2, width=170, **WRAPS),
        text("count", "Bereikt", book="ticks", kind=Kind.NUMBER, width=130, **WIDE),
        written("partners", "Partners", Kind.NUMBER),
        text("target", "Doel", width=104, **WIDE),
        text("reached_names", "Wie al wel", grow=3, width=180, **WIDE),
        text("not_yet_names", "Wie nog niet", grow=3, width=180, **WIDE),
    ),
    rows=lambda session, viewer, choice: partner_rows(_results(session, viewer, choice)),
    hides=True,
    short=True,
)
RISKS = risks_card(
    "ateliers",
    lambda session, viewer, choice: risk_rows(session, viewer, atelier=choice.code or ""),
    "Wat kan er misgaan met deze resultaten en projecten?",
)
AGREED = "Wat werd over deze resultaten beslist en beloofd?"


def agreed_about(choice: Choice) -> Concern:
    return Concern(results_of=choice.code or "")


DOWNLOADS = {
    **offering(everything, URGENT, OVERVIEW),
    **offering(chosen, RESULTS, STEPS, PARTNERS, RISKS),
    "afspraken": agreed_download(AGREED, chosen, agreed_about),
}
