"""The milestones in time: which are drawn, how they are read, and where each atelier's figure stands."""

from collections.abc import Iterable, Mapping, Sequence
from math import ceil

import pandas as pd
from dash import html
from dash.development.base_component import Component

from portal.components.cards import no_data
from portal.components.charts import chart
from portal.figures.base import Figure
from portal.pages.ateliers import filters
from portal.pages.ateliers.cards import MilestoneTold
from portal.pages.ateliers.filters import Ids
from portal.pages.columns import in_frame, told
from portal.queries.results.deliverables import Facts, MilestoneRow, ResultRow, result_state
from portal.queries.results.signals import SLIP_DAYS
from portal.text import in_words, number, plural, sentence
from portal.vocabulary import ResultState, TargetKind

NO_ATELIER = "Projecten zonder atelier"
MILESTONES = ("mijlpaal", "mijlpalen")
READ = (
    "Breed en grijs: eerste plan; lijn: verwacht. Mijlpalen: ● gehaald, ○ te doen, ◆ te laat. "
    "Resultaten: ✓ bereikt, ■ dagen te laat, ▲ dagen uitloop. Onderaan de stuurgroepen."
)


def lanes(milestones: Iterable[MilestoneRow], results: Iterable[ResultRow]) -> pd.DataFrame:
    """What the figure draws: the milestones with the state of their result, or of the project by its milestones."""
    steps = told(milestones, MilestoneTold)
    states = {one.code: one.state for one in results}
    for code in {one.of_code for one in steps} - states.keys():
        states[code] = _state_of_project([one for one in steps if one.of_code == code])
    frame = in_frame(steps, MilestoneTold)
    return frame.assign(title=frame["step"], state=[states[one.of_code].value for one in steps])


def off_plan(steps: pd.DataFrame) -> pd.DataFrame:
    """The frame of `lanes` without the results and projects of which no milestone is late or moved back by more days
    than a signal forgives; whole where there is none of those."""
    moved = steps[steps["days_late"].notna() | (steps["slip_days"].fillna(0) > SLIP_DAYS)]["of_code"]
    kept = steps[steps["of_code"].isin(moved) | steps["atelier"].isna()]  # nobody can choose those of no atelier
    return kept if len(kept) else steps


def _state_of_project(steps: Sequence[MilestoneTold]) -> ResultState:
    """A living project is reached with its last milestone."""
    done = sum(one.done_on is not None for one in steps)
    late = sum(one.days_late is not None for one in steps)
    return result_state(Facts(TargetKind.YES_NO, None, None, done == len(steps), len(steps), done, late))


def sheets(steps: pd.DataFrame, most: int) -> list[tuple[str | None, pd.DataFrame]]:
    """The frame of `lanes` in parts of at most `most` results of one atelier, evenly: its code and the rows."""
    found: list[tuple[str | None, pd.DataFrame]] = []
    for atelier, rows in steps.groupby("atelier", sort=False, dropna=False):
        codes = list(dict.fromkeys(rows["of_code"]))
        size = ceil(len(codes) / ceil(len(codes) / most))
        parts = (codes[start : start + size] for start in range(0, len(codes), size))
        found += [(None if pd.isna(atelier) else str(atelier), rows[rows["of_code"].isin(part)]) for part in parts]
    return found


def timeline_said(milestones: Sequence[MilestoneRow], results: Sequence[ResultRow]) -> str:
    """How many milestones are done, how to read the figures, and how many results are not in them."""
    if not milestones:
        return ""
    without = sum(not one.milestones for one in results)
    done = sum(one.done_on is not None for one in milestones)
    said = f"{number(done)} van {plural(len(milestones), *MILESTONES)} gehaald. {READ}"
    heads, stand = ("resultaat heeft", "staat") if without == 1 else ("resultaten hebben", "staan")
    rest = f" {sentence(in_words(without))} {heads} {filters.NO_MILESTONES} en {stand} er niet in."
    return said + rest if without else said


def left_out(drawn: pd.DataFrame, every: pd.DataFrame) -> str:
    rest = every["of_code"].nunique() - drawn["of_code"].nunique()
    if not rest:
        return ""
    lines = "lijn loopt" if rest == 1 else "lijnen lopen"
    return f" {sentence(in_words(rest))} {lines} volgens plan; kies een atelier om ook die te zien."


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
        shown.append(chart(f"{Ids.TIME}-{place}", label, figure["layout"]["height"], figure))
        before = atelier
    return shown
