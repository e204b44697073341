"""An edit as the browser sends it, done by its command; and what to tell the person, in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NotRequired, TypedDict

from portal import clock
from portal.clock import REGION_TIME
from portal.commands.base import REFUSALS, Clash, Conflict, Refused
from portal.commands.once import once
from portal.db.engine import reading, writing
from portal.pages.editing.kinds import Choice, Editable, Field, RowAt, choices_now, editable_for, row_with
from portal.pages.given import Value, key
from portal.permissions import RowNotFound, Viewer, require
from portal.problems import noted
from portal.values import Wrong
from portal.values.kind import EMPTY

EXPECTED = REFUSALS
LONGEST_MOVED = 120
SAVED, REFUSED, CONFLICT = "saved", "refused", "conflict"


class Sent(TypedDict):
    """A cell as the grid's script sends it."""

    what: str
    of: str
    id: int
    version: int
    act: str
    field: NotRequired[str]
    value: NotRequired[Value]
    seen: NotRequired[Value]
    number: NotRequired[int]
    once: NotRequired[str]


@dataclass(frozen=True, slots=True)
class CellEdit:
    """One cell, or one row to archive or bring back, as the grid sends it; `version` is what the person saw, and
    `seen` what stood in the cell then. By its `once` an edit that is sent again is known."""

    what: str
    of: str
    row_id: int
    version: int
    act: str
    field: str
    value: object
    number: int
    seen: object = None
    once: str = ""

    @classmethod
    def sent(cls, data: Sent) -> "CellEdit":
        return cls(
            what=data["what"],
            of=data["of"],
            row_id=data["id"],
            version=data["version"],
            act=data["act"],
            field=data.get("field", ""),
            value=data.get("value"),
            number=data.get("number", 0),
            seen=data.get("seen"),
            once=key(data.get("once")),
        )


@dataclass(frozen=True, slots=True)
class Clashing:
    """Two values for one field, as people read them, and who wrote the other one."""

    label: str
    theirs: str
    mine: str
    said: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an edit: its state, one sentence, the row as it is now, and the clash when there is one."""

    state: str
    said: str
    row: dict[str, Any] | None = None
    clash: Clashing | None = None


def save_cell(viewer: Viewer, edit: CellEdit) -> Answer:
    """Does the edit. Whatever is refused is told in words, and nothing was changed."""
    editable = editable_for(viewer, edit.what)
    try:
        require(viewer, editable.right)
        with once(edit.once, (edit.what, edit.row_id, edit.act, edit.field, edit.value)):
            done = _done(viewer, editable, edit)
        return Answer(SAVED, done, _now(viewer, editable, edit))
    except Conflict as found:
        noted(found)
        return Answer(CONFLICT, str(found), _now(viewer, editable, edit), _clashing(viewer, editable, edit, found))
    except EXPECTED as refused:
        return Answer(REFUSED, noted(refused).sentence, _now(viewer, editable, edit))


def _done(viewer: Viewer, editable: Editable, edit: CellEdit) -> str:
    """Does it, and says so."""
    match edit.act:
        case "set":
            return _set(viewer, editable, edit)
        case "archive":
            archive = _possible(editable.archive)
            with writing() as session:
                archive(session, viewer, edit.row_id, edit.version)
            return f"Gearchiveerd om {told_time(clock.now())}. Met ‘Maak ongedaan’ haalt u de rij terug."
        case "restore":
            restore = _possible(editable.restore)
            with writing() as session:
                restore(session, viewer, edit.row_id)
            return f"Teruggehaald om {told_time(clock.now())}."
        case _:
            raise RowNotFound(edit.act)


def _set(viewer: Viewer, editable: Editable, edit: CellEdit) -> str:
    field = editable.field(edit.field)
    if field is None or field.fixed or field.only_new:
        raise RowNotFound(f"{editable.name}.{edit.field}")
    choices = choices_now(viewer, field)
    value = typed_in(field, edit.value, choices)
    with writing() as session:
        if editable.change_seen is not None:
            seen = typed_in(replace(field, required=False), edit.seen, choices)
            at = RowAt(edit.of, edit.row_id)
            editable.change_seen(session, viewer, at, {field.key: seen}, {field.key: value})
        else:
            _possible(editable.change)(session, viewer, edit.row_id, edit.version, {field.key: value})
    told = f"{field.label} is bewaard om {told_time(clock.now())}{_moved(field, edit.seen, value, choices)}."
    return with_remark(told, viewer, editable, edit.row_id, {field.key: value})


def typed_in(field: Field, typed: object, choices: tuple[Choice, ...]) -> object:
    """The value. Raises Refused with one sentence that says what to type."""
    try:
        return field.among(choices).read(typed, required=field.required)
    except Wrong as wrong:
        raise Refused(f"{field.label}: {wrong}") from wrong


def checked(field: Field, typed: object, choices: tuple[Choice, ...]) -> tuple[str, object]:
    """What is wrong with it (or ""), and the value."""
    try:
        return "", typed_in(field, typed, choices)
    except Refused as refused:
        return str(refused), None


def _moved(field: Field, seen: object, value: object, choices: tuple[Choice, ...]) -> str:
    """From what to what; "" for what is too long to say, and for what stood there and cannot be read."""
    kind = field.among(choices)
    try:
        both = f": {kind.said(kind.taken(seen)) if seen else EMPTY} → {kind.said(value)}"
    except Wrong:
        return ""
    return both if len(both) <= LONGEST_MOVED else ""


def with_remark(told: str, viewer: Viewer, editable: Editable, row_id: int, values: Mapping[str, object]) -> str:
    """What was saved, and what the subject has to say of it."""
    if editable.remark is None:
        return told
    with reading() as session:
        return f"{told} {editable.remark(session, viewer, row_id, values)}".strip()


def _possible(act: Callable[..., object] | None) -> Callable[..., object]:
    if act is None:
        raise RowNotFound("not offered")
    return act


def _now(viewer: Viewer, editable: Editable, edit: CellEdit) -> dict[str, Any] | None:
    with reading() as session:
        return row_with(session, viewer, editable, edit.of, edit.row_id)


def _clashing(viewer: Viewer, editable: Editable, edit: CellEdit, found: Conflict) -> Clashing | None:
    """None when what the person typed is what stands there by now."""
    clash = next((one for one in found.clashes if one.key == edit.field), None)
    field = editable.field(edit.field)
    if clash is None or field is None:
        return None
    return both_sides(field, choices_now(viewer, field), clash, str(found))


def both_sides(field: Field, choices: tuple[Choice, ...], clash: Clash, said: str) -> Clashing:
    kind = field.among(choices)
    return Clashing(field.label, kind.said(clash.theirs), kind.said(clash.mine), said)


def told_time(at: datetime) -> str:
    local = at.astimezone(REGION_TIME)
    return f"{local.hour}.{local:%M} uur"
