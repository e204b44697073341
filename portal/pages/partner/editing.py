"""What can be edited of a partner: its draagvlak, the conditions of its levels, and its roadmap."""

from typing import Any

from portal.commands.coalitions.endorsements import CONDITION, ENDORSEMENT, STEP
from portal.pages.editing.columns import How, editable, fields
from portal.pages.editing.kinds import Added, Values
from portal.queries.coalitions.coalitions import shared_project_options
from portal.queries.coalitions.endorsement import (
    editable_conditions,
    editable_endorsements,
    editable_roadmap,
    may_edit_endorsement,
)
from portal.vocabulary import EndorsementLevel, EndorsementTrack


def _level(_: object, values: Values, __: str) -> Added:
    return Added(f"{EndorsementLevel(str(values['level'])).label} ({EndorsementTrack(str(values['track'])).label})")


def _condition(row: object, values: Values, of: str) -> Added:
    return Added(f"De voorwaarde van {_level(row, values, of).name}")


LEVEL: How = {"only_new": True, "fixed": True, "pinned": True}
_OWN: Any = {"place": "partner", "may_add": may_edit_endorsement}
ENDORSEMENTS = editable(
    ENDORSEMENT,
    editable_endorsements,
    fields(ENDORSEMENT.entity, level=LEVEL, track=LEVEL, state={"start": None}),
    one="niveau",
    told=_level,
    switch="Draagvlak bewerken",
    **_OWN,
)
CONDITIONS = editable(
    CONDITION,
    editable_conditions,
    (
        *fields(ENDORSEMENT.entity, "level track", level=LEVEL, track=LEVEL),
        *fields(CONDITION.entity, text={"width": 320}),
    ),
    told=_condition,
    switch="Voorwaarden bewerken",
    **_OWN,
)
ROADMAP = editable(
    STEP,
    editable_roadmap,
    fields(STEP.entity, title={"width": 260}, project={"choices": shared_project_options}),
    one="stap",
    switch="Roadmap bewerken",
    **_OWN,
)
EDITABLES = (ENDORSEMENTS, CONDITIONS, ROADMAP)
