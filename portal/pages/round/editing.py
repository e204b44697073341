"""What a report of a project's progress asks."""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy.orm import Session

from portal.commands.inventory.projects import report_progress
from portal.entities import inventory as described
from portal.entities.meetings import PROGRESS_REPORT
from portal.pages.editing.derived import fields
from portal.pages.editing.kinds import Editable, Values
from portal.permissions import Permission, Viewer
from portal.queries.inventory.editable import editable_progress
from portal.values import Ref
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
        *fields(
            described.PROJECT,
            "health progress end_expected_on",
            health={"kind": Ref(), "choices": _colours, "start": None},
        ),
        *fields(PROGRESS_REPORT),
    ),
    rows=_rows,
    change=_report,
    opened=True,
    send="Bewaar en volgende",
)
EDITABLES = (PROGRESS,)
