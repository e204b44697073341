"""Which files came in, by whom, and what became of them."""

import json

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db.models import ImportRun, User
from portal.permissions import Permission, Viewer, require
from portal.queries.frames import frame

COLUMNS = ("id", "at", "kind", "file", "sha256", "counts", "who", "undone_at")
PORTAL = "Portaal"


def import_runs(session: Session, viewer: Viewer) -> pd.DataFrame:
    """Newest first. Columns: id (int), at (datetime, UTC), kind, file, sha256 (str), counts (dict: int by word), who
    (str), undone_at (datetime, UTC, or None)."""
    require(viewer, Permission.VIEW_AUDIT)
    found = session.execute(
        select(ImportRun, User.name).outerjoin(User, User.id == ImportRun.by_id).order_by(ImportRun.id.desc())
    )
    return frame(
        COLUMNS,
        (
            (run.id, run.at, run.kind, run.file_name, run.sha256, json.loads(run.counts), name or PORTAL, run.undone_at)
            for run, name in found
        ),
    )
