"""What can be edited of the results: how far each is, who reached it, and its milestones; those of a project too."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from portal.commands import results
from portal.commands.results import MILESTONE, RESULT
from portal.entities.results import TICK
from portal.pages import risks
from portal.pages.ateliers import filters
from portal.pages.editing.columns import editable, fields
from portal.pages.editing.kinds import Editable, Field, RowAt, Values
from portal.permissions import Viewer
from portal.queries.editable_rows import Labelled
from portal.queries.reference import partner_options
from portal.queries.results.editable import (
    editable_deliverables,
    editable_milestones,
    editable_ticks,
    may_add_milestone,
    milestone_places,
)
from portal.values import Ref
from portal.vocabulary import TargetKind

TITLE = 300


def _results(session: Session, viewer: Viewer, code: str) -> list[Labelled]:
    """With `target` in words."""
    rows = editable_deliverables(session, viewer, code)
    return [{**row, "target": _target(row["target_kind"], row["target_value"], row["target_unit"])} for row in rows]


def _target(kind: TargetKind, value: Decimal | None, unit: str) -> str:
    return filters.target(kind, None if value is None else float(value), unit)


def tick_rows(ticks: Sequence[Labelled]) -> list[Labelled]:
    """A row per result of `editable_ticks`, with the day of each partner under its slug; ticks have no version."""
    rows: dict[int, Labelled] = {}
    for tick in ticks:
        title = f"{tick['atelier']} · {tick['title']}"
        row = rows.setdefault(tick["id"], {"id": tick["id"], "version": 0, "title": title})
        row[tick["partner"]] = tick["reached_on"]
    return list(rows.values())


def _partner_fields(session: Session, _: Viewer) -> Sequence[Field]:
    (tick,) = fields(TICK, "reached_on")
    return [replace(tick, key=slug, label=name) for slug, name in partner_options(session)]


def _tick(session: Session, by: Viewer, row: RowAt, seen: Values, values: Values) -> object:
    return set_tick(session, by, row.id, seen, values)


def set_tick(session: Session, by: Viewer, row_id: int, seen: Values, values: Values) -> object:
    """The day of one partner (its slug) at the result with this id, or none any more."""
    ((partner, day),) = values.items()
    stood = seen[partner]
    before = stood if isinstance(stood, date) else None
    if isinstance(day, date):
        return results.tick_partner(session, by, deliverable_id=row_id, partner=partner, reached_on=day, seen=before)
    return results.untick_partner(session, by, deliverable_id=row_id, partner=partner, seen=before)


RESULTS = editable(
    RESULT,
    _results,
    (
        Field("atelier", "Atelier", width=84, fixed=True),
        *fields(RESULT.entity, "", told="title", title={"width": 300})[:1],
        Field("target", "Doel", width=150, fixed=True),
        *fields(RESULT.entity),
    ),
)
TICKS = Editable(
    name="vinkjes",
    one="partners per resultaat",
    right=RESULT.right,
    fields=(Field("title", "Resultaat", width=170, fixed=True, pinned=True),),
    more=_partner_fields,
    rows=lambda session, viewer, _: tick_rows(editable_ticks(session, viewer)),
    change_seen=_tick,
)
_OF = Field("of", "Resultaat of project", Ref(), True, milestone_places, only_new=True, in_grid=False)
_STEP = fields(
    MILESTONE.entity,
    "title due_first due_expected done_on",
    title={"width": 280},
    due_first={"fixed": True, "required": False},
)
MILESTONES = editable(
    MILESTONE,
    editable_milestones,
    (
        _OF,
        Field("atelier", "Atelier", width=84, fixed=True),
        Field("of_title", "Resultaat of project", width=240, fixed=True),
        *_STEP,
    ),
    place="of",
    may_add=lambda session, viewer, _: bool(milestone_places(session, viewer)),
)
OF_PROJECT = replace(MILESTONES, name="mijlpalen-van", fields=_STEP, may_add=may_add_milestone)
EDITABLES = (RESULTS, TICKS, MILESTONES, OF_PROJECT, *risks.EDITABLES)
