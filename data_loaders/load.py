"""Loads a file of a known kind: read, compare, show; then written whole, or not at all."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.orm import Session

from data_loaders.budget import BUDGET
from data_loaders.endorsement import ENDORSEMENTS
from data_loaders.inventory import INVENTORY
from data_loaders.kind import Asked, Kind, Reading
from data_loaders.mapping.proposing import is_download_of_page
from data_loaders.meetings import MEETINGS
from data_loaders.milestones import MILESTONES
from data_loaders.origin import Origin, origin_of
from data_loaders.participation import PARTICIPATION
from data_loaders.plan import Plan, RowPlan, Step
from data_loaders.problems import About, Problem
from data_loaders.progress import PROGRESS
from data_loaders.reading import FIRST_ROWS
from data_loaders.risks import RISKS
from data_loaders.roadmap import ROADMAP
from data_loaders.stadsmonitor import STADSMONITOR
from data_loaders.subjects import SUBJECTS
from data_loaders.workbook import Book, File, WorkbookRefused, open_workbook
from portal.commands.imports import import_run
from portal.permissions import Permission, PermissionDenied, Viewer, require, scope

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        INVENTORY,
        SUBJECTS,
        PROGRESS,
        MILESTONES,
        RISKS,
        PARTICIPATION,
        ENDORSEMENTS,
        ROADMAP,
        BUDGET,
        MEETINGS,
        STADSMONITOR,
    )
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """`written` and `unchanged` count rows; with a problem nothing was written. `only_shown`: nor was this plan.
    `reading`: what was read, where the file could be. `origin`: where it likely comes from, if not from there.
    `run_id`: by which it can be taken back."""

    written: int = 0
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()
    plan: Plan = field(default_factory=Plan)
    notices: tuple[str, ...] = ()
    only_shown: bool = False
    reading: Reading | None = None
    origin: Origin | None = None
    run_id: int | None = None

    def as_json(self) -> dict[str, Any]:
        told = [{"sheet": one.sheet, "cell": one.cell, "message": one.message} for one in self.problems]
        return {"written": self.written, "unchanged": self.unchanged, "problems": told}


def load(
    kind: Kind,
    file: File,
    session: Session,
    viewer: Viewer,
    *,
    try_only: bool = False,
    agreed: str | None = None,
    asked: Asked | None = None,
) -> Outcome:
    """Writes what differs, in one transaction with its import run; a file that changes nothing leaves no trace.

    `agreed` is the fingerprint of the plan that somebody saw and confirmed: another plan is only shown.
    Raises PermissionDenied before the file is opened. The session holds nothing that waits to be written.
    """
    refuse_stranger(kind, viewer)
    known = kind.known(session, viewer)
    session.rollback()  # nobody waits for a lock while the file is taken apart
    asked = replace(asked or Asked(), called=file.name)
    try:
        with opened(kind, known, file, asked) as book:
            reading = kind.read(known, book, asked)
            origin = _origin(book, reading, session, viewer, kind)
    except WorkbookRefused as refused:
        return Outcome(problems=(Problem("", "", str(refused)),))
    if origin:
        reading = replace(reading, notices=(str(origin), *reading.notices))
    if reading.problems:
        return Outcome(problems=reading.problems, notices=reading.notices, reading=reading, origin=origin)
    plan = kind.plan(session, viewer, reading.rows)
    if conflicts := tuple(_conflict(row) for row in plan.of(Step.CONFLICT)):
        return Outcome(problems=conflicts, plan=plan, notices=reading.notices, reading=reading, origin=origin)
    unsure = bool(plan.overwriting) and not asked.overwrite
    only_shown = try_only or unsure or agreed not in {None, plan.fingerprint()}
    run_id = None if only_shown else _write(kind, file, session, viewer, plan)
    written, told = len(plan.to_write) if run_id else 0, (*reading.notices, *plan.notices)
    return Outcome(written, plan.unchanged, (), plan, told, only_shown, reading, origin, run_id)


def _origin(book: Book, reading: Reading, session: Session, viewer: Viewer, kind: Kind) -> Origin | None:
    """Asked where something of the file is not there, or it says itself that it is of a page."""
    lost = any(one.about is About.LACKING or not one.cell for one in reading.problems)
    if not lost and not is_download_of_page(book):
        return None
    return origin_of(book, session, viewer, kind, kinds_for(viewer))


def proposed(kind: Kind, file: File, session: Session, viewer: Viewer, asked: Asked) -> Reading:
    """What of the file is likely what, by its first rows: it may have many. Nothing of a file that is not read.

    Raises PermissionDenied before the file is opened.
    """
    refuse_stranger(kind, viewer)
    known = kind.known(session, viewer)
    session.rollback()
    asked = replace(asked, called=file.name, look=True)
    try:
        with opened(kind, known, file, asked, first_rows=FIRST_ROWS) as book:
            return kind.read(known, book, asked)
    except WorkbookRefused:
        return Reading()


def opened(kind: Kind, known: Any, file: File, asked: Asked, first_rows: int = 0) -> AbstractContextManager[Book]:
    text = asked.mapped.as_text if asked.mapped else None
    return open_workbook(file, preferred=kind.prefers(known), text=text, first_rows=first_rows)


def _conflict(row: RowPlan) -> Problem:
    return Problem(row.wanted.sheet, row.wanted.cell, row.conflict(), cells=(row.wanted.cell,))


def kinds_for(viewer: Viewer) -> tuple[Kind, ...]:
    """The kinds of file that this viewer may load."""
    return tuple(kind for kind in KINDS.values() if _may_load(kind, viewer))


def _may_load(kind: Kind, viewer: Viewer) -> bool:
    try:
        refuse_stranger(kind, viewer)
    except PermissionDenied:
        return False
    return True


def refuse_stranger(kind: Kind, viewer: Viewer) -> None:
    """Raises PermissionDenied for who may not load this kind of file."""
    require(viewer, Permission.IMPORT_DATA)
    require(viewer, kind.right)
    if kind.everything and not scope(viewer, Permission.IMPORT_DATA).everything:
        raise PermissionDenied(Permission.IMPORT_DATA, f"{kind.name} only for who imports everything")


def _write(kind: Kind, file: File, session: Session, viewer: Viewer, plan: Plan) -> int | None:
    """The id of its import run; None where nothing was to be written."""
    if not plan.to_write:
        return None
    counts = plan.counts()
    with import_run(session, viewer, kind=kind.name, file_name=file.name, sha256=file.sha256, counts=counts) as run:
        run_id = run.id
        kind.apply(session, viewer, plan)
    return run_id


__all__ = ["KINDS", "Asked", "File", "Kind", "Outcome", "Reading", "kinds_for", "load"]
