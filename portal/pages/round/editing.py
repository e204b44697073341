"""What a report of a project's progress asks."""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy.orm import Session

from portal.commands.progress import report_progress
from portal.pages.editing.kinds import Editable, Field, Values
from portal.permissions import Permission, Viewer
from portal.queries.editable_progress import editable_progress
from portal.values import PERCENT, Day, Prose, Ref
from portal.vocabulary import Health

COLOURS = (Health.GREEN, Health.AMBER, Health.RED)


def _colours(_: Session, __: Viewer) -> Sequence[tuple[str, str]]:
    return [(colour.value, colour.label) for colour in COLOURS]


def _rows(session: Session, viewer: Viewer, code: str) -> pd.DataFrame:
    return editable_progress(session, viewer, code)


def _report(session: Session, by: Viewer, row_id: int, version: int, values: Values) -> object:
    return report_progress(session, by, project_id=row_id, version=version, values=values)


PROGRESS = Editable(
    name="voortgang",
    one="voortgang",
    right=Permission.EDIT_PROJECTS,
    fields=(
        Field("health", "Kleur", Ref(), required=True, choices=_colours),
        Field("progress", "Voortgang (%)", PERCENT),
        Field("end_expected_on", "Verwacht einde", Day()),
        Field("done", "Gedaan", Prose()),
        Field("next", "Volgende stap", Prose()),
        Field("blocked", "Geblokkeerd", Prose(), hint="Wie of wat houdt het tegen? Leeg: niets."),
    ),
    rows=_rows,
    change=_report,
    opened=True,
    send="Bewaar en volgende",
)
EDITABLES = (PROGRESS,)
