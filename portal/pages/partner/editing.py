"""What can be edited of a partner: its draagvlak, the conditions of its levels, and its roadmap."""

import pandas as pd
from sqlalchemy.orm import Session

from portal.commands import endorsements, roadmap
from portal.pages.editing.kinds import Added, Editable, Field, Values
from portal.permissions import Permission, Viewer
from portal.queries import reference
from portal.queries.coalitions import shared_project_options
from portal.queries.editable_endorsements import (
    editable_conditions,
    editable_endorsements,
    editable_roadmap,
    may_edit_endorsement,
)
from portal.values import YEAR, Day, Line, Prose, Ref, Words
from portal.vocabulary import EndorsementLevel, EndorsementState, EndorsementTrack, RoadmapPart, RoadmapStatus

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
    return Added(roadmap.add_roadmap_item(session, by, partner=slug, values=values).title)


def _where(values: Values) -> tuple[EndorsementLevel, EndorsementTrack]:
    return EndorsementLevel(str(values["level"])), EndorsementTrack(str(values["track"]))


def _rest(values: Values) -> Values:
    return {key: value for key, value in values.items() if key not in WHERE}


def _levels(session: Session, viewer: Viewer, slug: str) -> pd.DataFrame:
    return _with_names(editable_endorsements(session, viewer, slug))


def _conditions(session: Session, viewer: Viewer, slug: str) -> pd.DataFrame:
    return _with_names(editable_conditions(session, viewer, slug))


def _with_names(found: pd.DataFrame) -> pd.DataFrame:
    """With what the fixed columns show: level and track in words."""
    return found.assign(
        level_name=[level.label for level in found["level"]], track_name=[track.label for track in found["track"]]
    )


LEVEL = (
    Field("level_name", "Niveau", width=150, fixed=True, pinned=True),
    Field("track_name", "Spoor", width=110, fixed=True),
    Field("level", "Niveau", Words(EndorsementLevel), required=True, only_new=True, in_grid=False),
    Field("track", "Spoor", Words(EndorsementTrack), required=True, only_new=True, in_grid=False),
)
ENDORSEMENTS = Editable(
    name="draagvlak",
    one="niveau",
    right=RIGHT,
    fields=(
        *LEVEL,
        Field("state", "Stand", Words(EndorsementState), required=True, width=150),
        Field("on", "Datum", Day(past=True), width=120, hint="Leeg laten: vandaag."),
        Field("document", "Document", Line(500), width=200),
        Field("note", "Nota", Prose(), width=260),
    ),
    rows=_levels,
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
        *LEVEL,
        Field("text", "Voorwaarde", Prose(), required=True, width=320),
        Field("owner", "Trekker", width=170, hint="Wie zorgt ervoor dat ze opgelost raakt?"),
        Field("due_on", "Tegen", Day(), width=120),
        Field("resolved_on", "Opgelost op", Day(past=True), width=120),
    ),
    rows=_conditions,
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
    fields=(
        Field("title", "Stap", required=True, width=260),
        Field("part", "Onderdeel", Words(RoadmapPart), required=True, width=130),
        Field("year", "Jaar", YEAR, width=90),
        Field("status", "Stand", Words(RoadmapStatus), required=True, width=120, start="gepland"),
        Field("project", "Project", Ref(), choices=shared_project_options, width=200),
        Field("coach_partner", "Begeleider", Ref(), choices=reference.partner_options, width=150),
    ),
    rows=editable_roadmap,
    change=roadmap.STEP.change,
    add=_add_step,
    archive=roadmap.STEP.archive,
    restore=roadmap.STEP.restore,
    may_add=may_edit_endorsement,
    switch="Roadmap bewerken",
)
EDITABLES = (ENDORSEMENTS, CONDITIONS, ROADMAP)
