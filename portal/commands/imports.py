"""An import: one transaction, one row that says which file it came from, and a trace that points at it."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy.orm import Session

from portal import clock
from portal.commands.base import importing
from portal.db.base import TITLE
from portal.db.models import ImportRun
from portal.permissions import Permission, Viewer, require


@contextmanager
def import_run(
    session: Session, by: Viewer, *, kind: str, file_name: str, sha256: str, counts: Mapping[str, int]
) -> Iterator[ImportRun]:
    """The one command inside the block is traced to this run, and its commit keeps the run too.

    Raises PermissionDenied; when the command fails, or none ran, no run is left.
    """
    require(by, Permission.IMPORT_DATA)
    run = ImportRun(
        kind=kind,
        file_name=file_name[-TITLE:],
        sha256=sha256,
        by_id=by.user_id,
        at=clock.now(),
        counts=json.dumps(counts, ensure_ascii=False),
    )
    try:
        session.add(run)
        session.flush()
        with importing(run.id):
            yield run
    finally:
        session.rollback()  # the command has committed; whatever it did not is undone
