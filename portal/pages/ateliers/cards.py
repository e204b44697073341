"""The cards of the page of the ateliers."""

from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from portal.components.tags import Sign, Tone
from portal.exports.workbook import Kind
from portal.pages.agreed import agreed_download
from portal.pages.ateliers import rows
from portal.pages.ateliers.filters import Choice, chosen, chosen_words
from portal.pages.cards import Card, everything, offering
from portal.pages.columns import FIXED, WIDE, WRAPS, Column, date, link, number, old_new, signed, text, written
from portal.permissions import Viewer
from portal.queries.meetings.open_work import Concern
from portal.queries.results.deliverables import deliverable_rows, milestone_rows, results_per_atelier, urgent_milestones
from portal.vocabulary import ResultState

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
    rows.LATE: Sign("over tijd", Tone.LATE, "■"),
    rows.SOON: Sign("vóór de stuurgroep", Tone.ATTENTION, "▲"),
}
_CODE = written("code", "Code")
_OF = (_CODE, written("of_code", "Code resultaat of project"))
_DAYS = (written("due_first", "Eerste plan", Kind.DATE), written("due_expected", "Verwacht", Kind.DATE))
_MILESTONES = written("milestones", "Mijlpalen", Kind.NUMBER)


def _done(**look: Any) -> Column:
    """Of how many how many are done: in the workbook the number alone."""
    return text("steps", "Mijlpalen gehaald", book="milestones_done", kind=Kind.NUMBER, **look)


def _urgent(session: Session, viewer: Viewer, _: None) -> pd.DataFrame:
    return rows.step_rows(urgent_milestones(session, viewer))


def _stand(session: Session, viewer: Viewer, _: None) -> pd.DataFrame:
    return rows.overview_rows(results_per_atelier(session, viewer))


def _results(session: Session, viewer: Viewer, choice: Choice) -> pd.DataFrame:
    return rows.result_rows(deliverable_rows(session, viewer, choice.code))


def _steps(session: Session, viewer: Viewer, choice: Choice) -> pd.DataFrame:
    return rows.step_rows(milestone_rows(session, viewer, choice.code))


def _partners(session: Session, viewer: Viewer, choice: Choice) -> pd.DataFrame:
    return rows.partner_rows(_results(session, viewer, choice))


URGENT = Card(
    *("ateliers", "dringend", "Wat is over tijd, en wat moet klaar zijn voor de volgende stuurgroep?", STEPS_SOURCE),
    columns=(
        *_OF,
        link("of_title", "Resultaat of project", "/project/", "project_code", grow=3, width=160, **WIDE),
        number("days_late", "Dagen te laat", width=84),
        old_new("due", "Wanneer", "first", book="", width=206, **FIXED),
        *_DAYS,
        text("step", "Mijlpaal", book="title", grow=2, width=150, **WIDE),
        signed("moment", "Stand", MOMENTS, book="", width=178, **FIXED),
        link("atelier", "Atelier", "/ateliers?atelier=", "atelier", width=84, **FIXED),
        written("slip_days", "Uitloop (dagen)", Kind.NUMBER),
    ),
    rows=_urgent,
)
OVERVIEW = Card(
    *("ateliers", "stand", "Hoe ver staat elk atelier?", SOURCE),
    sheet="Ateliers",
    columns=(
        _CODE,
        link("name", "Atelier", "/ateliers?atelier=", "code", book="title", grow=3, width=150, **WIDE),
        number("results", "Resultaten", width=98),
        *(number(state.value, state.label.capitalize(), width=84) for state in ResultState),
        number("milestones_late", "Mijlpalen over tijd", width=104),
        _done(width=118, **FIXED),
        _MILESTONES,
    ),
    rows=_stand,
    total=rows.overview_total,
)
RESULTS = Card(
    *("ateliers", "resultaten", "Hoe ver staat elk resultaat?", SOURCE),
    columns=(
        *(_CODE, written("atelier", "Atelier")),
        text("title", "Resultaat", grow=4, width=165, **WRAPS),
        signed("state", "Stand", STATES, book="state_label", width=160),
        text("reached", "Bereikt", width=106, **WIDE | {"tooltipField": "reached_names"}),
        written("reached_value", "Bereikt (getal)", Kind.DECIMAL),
        written("reached_names", "Wie al wel"),
        text("target", "Doel", width=124, **WIDE),
        written("target_value", "Doel (getal)", Kind.DECIMAL),
        old_new("due", "Laatste mijlpaal", "first", book="", width=124, **WIDE),
        written("first_on", "Eerste plan", Kind.DATE),
        written("expected_on", "Verwacht of bereikt", Kind.DATE),
        written("done_on", "Bereikt op", Kind.DATE),
        number("slip_days", "Uitloop (dagen)", width=84),
        *(_MILESTONES, _done(width=94, **WIDE)),
        written("milestones_late", "Mijlpalen over tijd", Kind.NUMBER),
        text("part_name", "Onderdeel", grow=3, width=165, **WIDE),
        written("owner_after_grant", "Wie neemt het over na de subsidie"),
        written("note", "Nota"),
    ),
    rows=_results,
    said=chosen_words,
)
STEPS = Card(
    *("ateliers", "mijlpalen", "Halen we de mijlpalen op tijd?", STEPS_SOURCE),
    columns=(
        *(*_OF, written("atelier", "Atelier")),
        text("of_title", "Resultaat of project", grow=3, width=170),
        text("step", "Mijlpaal", book="title", grow=3, width=170, tooltipField="title"),
        old_new("due", "Wanneer", "first", book="", width=220, **FIXED),
        *_DAYS,
        date("done_on", "Gehaald op", width=115),
        number("slip_days", "Uitloop (dagen)", width=96),
        number("days_late", "Dagen te laat", width=96),
    ),
    rows=_steps,
    hides=True,
)
PARTNERS = Card(
    *("ateliers", "partners", "Welke partners zijn er al?", SOURCE),
    columns=(
        _CODE,
        text("title", "Resultaat", grow=2, width=170, **WRAPS),
        text("count", "Bereikt", book="ticks", kind=Kind.NUMBER, width=130, **WIDE),
        written("partners", "Partners", Kind.NUMBER),
        text("target", "Doel", width=104, **WIDE),
        text("reached_names", "Wie al wel", grow=3, width=180, **WIDE),
        text("not_yet_names", "Wie nog niet", grow=3, width=180, **WIDE),
    ),
    rows=_partners,
    hides=True,
)
AGREED = "Wat werd over deze resultaten beslist en beloofd?"


def agreed_about(choice: Choice) -> Concern:
    return Concern(results_of=choice.code or "")


DOWNLOADS = {
    **offering(everything, URGENT, OVERVIEW),
    **offering(chosen, RESULTS, STEPS, PARTNERS),
    "afspraken": agreed_download(AGREED, chosen, agreed_about),
}
