"""The projects that a viewer may report on, as the form of a report takes and gives them back."""

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db.models import Project
from portal.db.sorting import bytewise
from portal.permissions import Viewer
from portal.queries.frames import frame
from portal.queries.rounds import may_report
from portal.queries.visible import is_living, visible_projects
from portal.vocabulary import Health

COLUMNS = ("id", "version", "code", "title", "health", "progress", "end_expected_on", "done", "next", "blocked")


def editable_progress(session: Session, viewer: Viewer, code: str = "") -> pd.DataFrame:
    """The living projects that the viewer may report on, or the one with this code, as a report begins; by code.

    Columns: id, version (int), code, title (str), health (word, None when never reported), progress (int or None),
    end_expected_on (date or None), done, next, blocked ('': they are said anew each time).
    """
    found = (
        select(Project)
        .where(visible_projects(viewer), is_living(), may_report(viewer))
        .order_by(bytewise(Project.code))
    )
    rows = session.scalars(found.where(Project.code == code) if code else found)
    return frame(
        COLUMNS,
        (
            (
                *(p.id, p.version, p.code, p.title, None if p.health is Health.UNKNOWN else p.health.value),
                *(p.progress, p.end_expected_on, "", "", ""),
            )
            for p in rows
        ),
    )
