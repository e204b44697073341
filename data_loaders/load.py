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
from data_loaders.mapping.file_map import FileMap
from data_loaders.meetings import MEETINGS
from data_loaders.milestones import MILESTONES
from data_loaders.participation import PARTICIPATION
from data_loaders.plan import Plan, RowPlan, Step
from data_loaders.problems import Problem
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
    `reading`: what was read, where the file could be."""

    written: int = 0
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()
    plan: Plan = field(default_factory=Plan)
    notices: tuple[str, ...] = ()
    only_shown: bool = False
    reading: Reading | None = None

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
    except WorkbookRefused as refused:
        return Outcome(problems=(Problem("", "", str(refused)),))
    if reading.problems:
        return Outcome(problems=reading.problems, notices=reading.notices, reading=reading)
    plan = kind.plan(session, viewer, reading.rows)
    if conflicts := tuple(_conflict(row) for row in plan.of(Step.CONFLICT)):
        return Outcome(problems=conflicts, plan=plan, notices=reading.notices, reading=reading)
    unsure = bool(plan.overwriting) and not asked.overwrite
    only_shown = try_only or unsure or agreed not in {None, plan.fingerprint()}
    written = 0 if only_shown else _write(kind, file, session, viewer, plan)
    return Outcome(written, plan.unchanged, (), plan, (*reading.notices, *plan.notices), only_shown, reading)


def proposed(kind: Kind, file: File, session: Session, viewer: Viewer, asked: Asked) -> FileMap:
    """What of the file is likely what, by its first rows: it may have many. Nothing for a file that is not read.

    Raises PermissionDenied before the file is opened.
    """
    refuse_stranger(kind, viewer)
    known = kind.known(session, viewer)
    session.rollback()
    asked = replace(asked, called=file.name, look=True)
    try:
        with opened(kind, known, file, asked, first_rows=FIRST_ROWS) as book:
            return kind.read(known, book, asked).mapped
    except WorkbookRefused:
        return FileMap()


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


def _write(kind: Kind, file: File, session: Session, viewer: Viewer, plan: Plan) -> int:
    if not plan.to_write:
        return 0
    with import_run(session, viewer, kind=kind.name, file_name=file.name, sha256=file.sha256, counts=plan.counts()):
        kind.apply(session, viewer, plan)
    return len(plan.to_write)


__all__ = ["KINDS", "Asked", "File", "Kind", "Outcome", "Reading", "kinds_for", "load"]
