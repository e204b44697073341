"""The lists that somebody explained before: which there are, kept, named otherwise, forgotten."""

from typing import Any

from data_loaders.load import KINDS, File, Kind, Outcome
from portal.commands.remembered import forget_list, remember_list, rename_list
from portal.db.engine import reading, writing
from portal.pages.given import row_number
from portal.pages.imports import steps
from portal.permissions import RowNotFound, Viewer
from portal.queries.remembered import Remembered, remembered_lists


def kept_lists(viewer: Viewer, kind: str = "") -> tuple[Remembered, ...]:
    with reading() as session:
        return remembered_lists(session, viewer, kind)


def keep_explained(viewer: Viewer, kind: Kind, file: File, outcome: Outcome) -> None:
    """How the file was explained is kept once it is written, where it is not as the portal gives it."""
    looked = outcome.reading.looked if outcome.reading else None
    if not outcome.written or looked is None or steps.is_plain(looked):
        return
    shape = steps.shape(looked.mapped)
    with writing() as session:
        remember_list(session, viewer, kind=kind.name, shape=shape, name=file.stem, mapped=looked.mapped.kept())


def offered(viewer: Viewer, chosen: str | None = None) -> tuple[list[dict[str, str]], str | None, bool]:
    """The options to choose from, the one that is chosen (else the first), and whether there are none to show."""
    kept = kept_lists(viewer)
    options = [{"value": str(one.id), "label": f"{one.name} ({KINDS[one.kind].called})"} for one in kept]
    values = [one["value"] for one in options]
    return options, chosen if chosen in values else next(iter(values), None), not kept


def chosen_list(viewer: Viewer, chosen: str | None) -> Remembered | None:
    return next((one for one in kept_lists(viewer) if str(one.id) == chosen), None)


def renamed(viewer: Viewer, chosen: str | None, name: str) -> tuple[Any, ...]:
    with writing() as session:
        rename_list(session, viewer, list_id=_id(chosen), name=name)
    return offered(viewer, chosen)


def forgotten(viewer: Viewer, chosen: str | None) -> tuple[Any, ...]:
    with writing() as session:
        forget_list(session, viewer, list_id=_id(chosen))
    return offered(viewer)


def _id(chosen: str | None) -> int:
    if not chosen:
        raise RowNotFound("remembered list")
    return row_number(chosen)
