"""What can be edited of a partner: its draagvlak, the conditions of its levels, and its roadmap."""

from sqlalchemy.orm import Session

from portal.commands.coalitions import endorsements
from portal.entities import coalitions as described
from portal.pages.editing.columns import How, fields
from portal.pages.editing.kinds import Added, Editable, Values
from portal.permissions import Permission, Viewer
from portal.queries.coalitions.coalitions import shared_project_options
from portal.queries.coalitions.endorsement import (
    editable_conditions,
    editable_endorsements,
    editable_roadmap,
    may_edit_endorsement,
)
from portal.vocabulary import EndorsementLevel, EndorsementTrack

RIGHT = Permission.EDIT_INVENTORY
WHERE = ("level", "track")


def _add_level(session: Session, by: Viewer, slug: str, values: Values) -> Added:
    level, track = _where(values)
    endorsements.add_endorsement(session, by, partner=slug, level=level, track=track, values=_rest(values))
    return Added(f"{level.label} ({track.label})")


def _add_condition(session: Session, by: Viewer, slug: str, values: Values) -> Added:
    level, track = _where(values)
    endorsements.add_condition(session, by, partner=slug, level=level, track=track, values=_rest(values))
    return Added(f"De voorwaarde van {level.label} ({track.label})")


def _add_step(session: Session, by: Viewer, slug: str, values: Values) -> Added:
    return Added(endorsements.add_roadmap_item(session, by, partner=slug, values=values).title)


def _where(values: Values) -> tuple[EndorsementLevel, EndorsementTrack]:
    return EndorsementLevel(str(values["level"])), EndorsementTrack(str(values["track"]))


def _rest(values: Values) -> Values:
    return {key: value for key, value in values.items() if key not in WHERE}


LEVEL: How = {"only_new": True, "fixed": True, "pinned": True}
ENDORSEMENTS = Editable(
    name="draagvlak",
    one="niveau",
    right=RIGHT,
    fields=fields(described.ENDORSEMENT, level=LEVEL, track=LEVEL, state={"start": None}),
    rows=editable_endorsements,
    change=endorsements.change_endorsement,
    add=_add_level,
    may_add=may_edit_endorsement,
    switch="Draagvlak bewerken",
)
CONDITIONS = Editable(
    name="voorwaarden",
    one="voorwaarde",
    right=RIGHT,
    fields=(
        *fields(described.ENDORSEMENT, "level track", level=LEVEL, track=LEVEL),
        *fields(described.CONDITION, text={"width": 320}),
    ),
    rows=editable_conditions,
    change=endorsements.CONDITION.change,
    add=_add_condition,
    archive=endorsements.CONDITION.archive,
    restore=endorsements.CONDITION.restore,
    may_add=may_edit_endorsement,
    switch="Voorwaarden bewerken",
)
ROADMAP = Editable(
    name="roadmap",
    one="stap",
    right=RIGHT,
    fields=fields(described.ROADMAP_ITEM, title={"width": 260}, project={"choices": shared_project_options}),
    rows=editable_roadmap,
    change=endorsements.STEP.change,
    add=_add_step,
    archive=endorsements.STEP.archive,
    restore=endorsements.STEP.restore,
    may_add=may_edit_endorsement,
    switch="Roadmap bewerken",
)
EDITABLES = (ENDORSEMENTS, CONDITIONS, ROADMAP)
