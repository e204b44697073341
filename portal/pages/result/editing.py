"""What is changed of one result in its own page: which partner reached it when, and who takes it over."""

from dataclasses import replace

from sqlalchemy.orm import Session

from portal.commands.results import RESULT
from portal.entities.results import TICK
from portal.pages.ateliers.editing import RESULTS, set_tick
from portal.pages.editing.columns import fields
from portal.pages.editing.kinds import Editable, Field, RowAt, Values
from portal.permissions import Viewer
from portal.queries.results.editable import ticked, ticks_of


def _tick(session: Session, by: Viewer, row: RowAt, seen: Values, values: Values) -> object:
    """The row is a partner, at the place of a result."""
    result_id, partner = ticked(session, row.of, row.id)
    return set_tick(session, by, result_id, {partner: seen["reached_on"]}, {partner: values["reached_on"]})


TICKS = Editable(
    name="vinkjes-van",
    one="partners van dit resultaat",
    right=RESULT.right,
    fields=(Field("title", "Partner", width=150, fixed=True, pinned=True), *fields(TICK, "reached_on")),
    rows=ticks_of,
    change_seen=_tick,
    switch="Vink partners aan",
)
TAKEN_OVER = replace(
    RESULTS,
    name="overname",
    one="overname",
    fields=fields(RESULT.entity, "owner_after_grant"),
    opened=True,
    opener="Wijs aan wie overneemt",
)
EDITABLES = (TICKS, TAKEN_OVER)
