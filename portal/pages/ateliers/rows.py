"""The frames of the queries as people read them: words, days as they are written, names behind counts."""

from collections.abc import Hashable, Iterable
from math import ceil

import pandas as pd

from portal.pages.ateliers import words
from portal.queries.results.deliverables import Facts, result_state
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
        steps=_texts((words.steps(row) for row in rows), ateliers),
    )


def overview_total(ateliers: pd.DataFrame) -> dict[str, object]:
    """The sum of the rows shown, as the grid's last line."""
    counts = ["results", *(state.value for state in ResultState), "milestones", "milestones_done", "milestones_late"]
    summed: dict[Hashable, int] = {column: int(ateliers[column].sum()) for column in counts}
    return {"code": "", "name": "Totaal", "steps": words.steps(summed)} | {str(key): n for key, n in summed.items()}


def result_rows(results: pd.DataFrame) -> pd.DataFrame:
    """The frame of `deliverable_rows`, with part_name, target, reached, steps, first, due, reached_names and
    not_yet_names (str) as people read them, and ticks and reached_value as numbers.

    `due` says "geen datum" without a milestone; then nothing is struck out.
    """
    rows = results.to_dict("records")
    kinds = [TargetKind(row["target_kind"]) for row in rows]
    targets = [
        words.target(kind, row["target_value"], row["target_unit"]) for kind, row in zip(kinds, rows, strict=True)
    ]
    return results.assign(
        part_name=_texts((f"{row['atelier']}.{row['part']} · {row['part_title']}" for row in rows), results),
        target=_texts(targets, results),
        reached_value=results["reached"],
        reached=_texts((words.reached(row) for row in rows), results),
        steps=_texts((words.steps(row) for row in rows), results),
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
    told = (words.of_partners(row["ticks"], row["partners"]) for row in rows.to_dict("records"))
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
