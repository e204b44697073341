"""The frames of the queries as people read them: words, days as they are written, names behind counts."""

from collections.abc import Hashable, Iterable
from math import ceil
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from portal.components.tags import Sign, Tone
from portal.exports.workbook import Kind
from portal.pages.agreed import agreed_download
from portal.pages.ateliers import filters
from portal.pages.ateliers.filters import Choice, chosen, chosen_words
from portal.pages.cards import Card, everything, offering
from portal.pages.columns import FIXED, WIDE, WRAPS, Column, days, link, numbers, old_new, signed, text, written
from portal.pages.risks import risks_card
from portal.permissions import Viewer
from portal.queries.meetings.open_work import Concern
from portal.queries.results.deliverables import (
    Facts,
    deliverable_rows,
    milestone_rows,
    result_state,
    results_per_atelier,
    urgent_milestones,
)
from portal.queries.results.risks import RiskRow, risk_rows
from portal.text import day
from portal.vocabulary import ResultState, TargetKind

LATE, SOON = "laat", "straks"


def _texts(values: Iterable[str | None], like: pd.DataFrame) -> "pd.Series[str]":
    return pd.Series(list(values), index=like.index, dtype=object)


def overview_rows(ateliers: pd.DataFrame) -> pd.DataFrame:
    """The frame of `results_per_atelier`, with `name` (its code and title) and `steps`: its milestones in words."""
    rows = ateliers.to_dict("records")
    return ateliers.assign(
        name=_texts((f"{row['code']} · {row['title']}" for row in rows), ateliers),
        steps=_texts((filters.steps(row) for row in rows), ateliers),
    )


def overview_total(ateliers: pd.DataFrame) -> dict[str, object]:
    """The sum of the rows shown, as the grid's last line."""
    counts = ["results", *(state.value for state in ResultState), "milestones", "milestones_done", "milestones_late"]
    summed: dict[Hashable, int] = {column: int(ateliers[column].sum()) for column in counts}
    return {"code": "", "name": "Totaal", "steps": filters.steps(summed)} | {str(key): n for key, n in summed.items()}


def result_rows(results: pd.DataFrame) -> pd.DataFrame:
    """The frame of `deliverable_rows`, with part_name, target, reached, steps, first, due, reached_names and
    not_yet_names (str) as people read them, and ticks and reached_value as numbers.

    `due` says "geen datum" without a milestone; then nothing is struck out.
    """
    rows = results.to_dict("records")
    kinds = [TargetKind(row["target_kind"]) for row in rows]
    targets = [
        filters.target(kind, row["target_value"], row["target_unit"]) for kind, row in zip(kinds, rows, strict=True)
    ]
    return results.assign(
        part_name=_texts((f"{row['atelier']}.{row['part']} · {row['part_title']}" for row in rows), results),
        target=_texts(targets, results),
        reached_value=results["reached"],
        reached=_texts((filters.reached(row) for row in rows), results),
        steps=_texts((filters.steps(row) for row in rows), results),
        first=_texts((day(row["first_on"], "") for row in rows), results),
        due=_texts((day(row["expected_on"]) for row in rows), results),
        ticks=_texts((len(row["reached_by"]) for row in rows), results),  # type: ignore[misc]
        reached_names=_texts((", ".join(row["reached_by"]) for row in rows), results),
        not_yet_names=_texts((", ".join(row["not_yet"]) for row in rows), results),
    )


def partner_rows(results: pd.DataFrame) -> pd.DataFrame:
    """The rows of `result_rows` that partners reach one by one, with `count` ("4 van 15 partners")."""
    counted = (results["target_kind"] == TargetKind.PARTNERS.value) | (results["ticks"].astype(int) > 0)
    rows = results[counted]
    told = (filters.of_partners(row["ticks"], row["partners"]) for row in rows.to_dict("records"))
    return rows.assign(count=_texts(told, rows))


def step_rows(milestones: pd.DataFrame) -> pd.DataFrame:
    """The frame of `milestone_rows`, with `first` and `due` as people write them, `moment` (late, or due before the
    meeting) and `step`: the title without that of its result after a colon."""
    rows = milestones.to_dict("records")
    return milestones.assign(
        first=_texts((day(row["due_first"]) for row in rows), milestones),
        due=_texts((day(row["done_on"] or row["due_expected"]) for row in rows), milestones),
        moment=_texts((LATE if row["days_late"] else SOON for row in rows), milestones),
        step=_texts((row["title"].removesuffix(f": {row['of_title']}") for row in rows), milestones),
    )


def lanes(milestones: pd.DataFrame, results: pd.DataFrame) -> pd.DataFrame:
    """What the figure draws: `milestone_rows` with the state of the result, or of the project by its milestones."""
    known = dict(zip(results["code"], results["state"], strict=True))
    states = {
        code: known.get(code) or _state_of_project(steps) for code, steps in milestones.groupby("of_code", sort=False)
    }
    steps = step_rows(milestones)
    return steps.assign(title=steps["step"], state=_texts((states[code] for code in milestones["of_code"]), milestones))


def _state_of_project(steps: pd.DataFrame) -> str:
    """A living project is reached with its last milestone."""
    done, late = int(steps["done_on"].notna().sum()), int(steps["days_late"].notna().sum())
    facts = Facts(TargetKind.YES_NO, None, None, done == len(steps), len(steps), done, late)
    return result_state(facts).value


def sheets(steps: pd.DataFrame, most: int) -> list[tuple[str | None, pd.DataFrame]]:
    """The frame of `lanes` in parts of at most `most` results of one atelier, evenly: its code and the rows."""
    found: list[tuple[str | None, pd.DataFrame]] = []
    for atelier, rows in steps.groupby("atelier", sort=False, dropna=False):
        codes = list(dict.fromkeys(rows["of_code"]))
        size = ceil(len(codes) / ceil(len(codes) / most))
        parts = (codes[start : start + size] for start in range(0, len(codes), size))
        found += [(None if pd.isna(atelier) else str(atelier), rows[rows["of_code"].isin(part)]) for part in parts]
    return found


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
    LATE: Sign("over tijd", Tone.LATE, "■"),
    SOON: Sign("vóór de stuurgroep", Tone.ATTENTION, "▲"),
}
_CODE = written("code", "Code")
_OF = (_CODE, written("of_code", "Code resultaat of project"))
_DAYS = (written("due_first", "Eerste plan", Kind.DATE), written("due_expected", "Verwacht", Kind.DATE))
_MILESTONES = written("milestones", "Mijlpalen", Kind.NUMBER)


def _done(**look: Any) -> Column:
    """Of how many how many are done: in the workbook the number alone."""
    return text("steps", "Mijlpalen gehaald", book="milestones_done", kind=Kind.NUMBER, **look)


def _urgent(session: Session, viewer: Viewer, _: None) -> pd.DataFrame:
    return step_rows(urgent_milestones(session, viewer))


def _stand(session: Session, viewer: Viewer, _: None) -> pd.DataFrame:
    return overview_rows(results_per_atelier(session, viewer))


def _results(session: Session, viewer: Viewer, choice: Choice) -> pd.DataFrame:
    return result_rows(deliverable_rows(session, viewer, choice.code))


def _steps(session: Session, viewer: Viewer, choice: Choice) -> pd.DataFrame:
    return step_rows(milestone_rows(session, viewer, choice.code))


def _partners(session: Session, viewer: Viewer, choice: Choice) -> pd.DataFrame:
    return partner_rows(_results(session, viewer, choice))


def _risks(session: Session, viewer: Viewer, choice: Choice) -> list[RiskRow]:
    return risk_rows(session, viewer, atelier=choice.code or "")


URGENT = Card(
    *("ateliers", "dringend", "Wat is over tijd, en wat moet klaar zijn voor de volgende stuurgroep?", STEPS_SOURCE),
    columns=(
        *_OF,
        link("of_title", "Resultaat of project", "/project/", "project_code", grow=3, width=160, **WIDE),
        numbers("days_late", "Dagen te laat", width=84),
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
        numbers("results", "Resultaten", width=98),
        *(numbers(state.value, state.label.capitalize(), width=84) for state in ResultState),
        numbers("milestones_late", "Mijlpalen over tijd", width=104),
        _done(width=118, **FIXED),
        _MILESTONES,
    ),
    rows=_stand,
    total=overview_total,
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
        numbers("slip_days", "Uitloop (dagen)", width=84),
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
        days("done_on", "Gehaald op", width=115),
        numbers("slip_days", "Uitloop (dagen)", width=96),
        numbers("days_late", "Dagen te laat", width=96),
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
RISKS = risks_card("ateliers", _risks, "Wat kan er misgaan met deze resultaten en projecten?")
AGREED = "Wat werd over deze resultaten beslist en beloofd?"


def agreed_about(choice: Choice) -> Concern:
    return Concern(results_of=choice.code or "")


DOWNLOADS = {
    **offering(everything, URGENT, OVERVIEW),
    **offering(chosen, RESULTS, STEPS, PARTNERS, RISKS),
    "afspraken": agreed_download(AGREED, chosen, agreed_about),
}
