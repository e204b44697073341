"""A form as the browser posts it: read, checked field by field, done by its command; what was typed is never lost."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NotRequired, TypedDict

from sqlalchemy.orm import Session

from portal import clock
from portal.commands.base import Conflict
from portal.commands.once import once
from portal.db.engine import reading, writing
from portal.pages.editing.kinds import Added, Choices, Editable, Field, choices_of, editable_named
from portal.pages.editing.places import Mode
from portal.pages.editing.saving import EXPECTED, Clashing, both_sides, checked, told_time, with_remark
from portal.pages.given import Value, key
from portal.permissions import RowNotFound, Viewer, require
from portal.problems import noted

Typed = Mapping[str, object]


class Posted(TypedDict):
    """A form as it is sent, or asked anew."""

    what: str
    of: str
    mode: str
    id: NotRequired[int | None]
    version: NotRequired[int | None]
    typed: NotRequired[dict[str, Value]]
    seen: NotRequired[dict[str, Value]]
    twin: NotRequired[str]
    once: NotRequired[str]
    reload: NotRequired[bool]


@dataclass(frozen=True, slots=True)
class FormState:
    """A form as it is to be drawn: what stands in its fields, what is wrong with each, and what to say above.

    By its `once` a form that is sent again is known.
    """

    what: str
    of: str
    mode: Mode
    typed: Typed = field(default_factory=dict)
    seen: Typed = field(default_factory=dict)
    row_id: int | None = None
    version: int | None = None
    faults: Mapping[str, str] = field(default_factory=dict)
    said: str = ""
    refused: bool = False
    clashes: tuple[Clashing, ...] = ()
    added: Added | None = None
    twin: str = ""
    once: str = ""

    @classmethod
    def sent(cls, data: Posted) -> "FormState":
        """Raises RowNotFound for what no form of ours sends."""
        try:
            mode = Mode(data["mode"])
            row = (data["id"], data["version"]) if mode is Mode.CHANGE else (None, None)
            typed, seen, twin = data["typed"], data.get("seen") or {}, data.get("twin") or ""
            return cls(data["what"], data["of"], mode, typed, seen, *row, twin=twin, once=key(data.get("once")))
        except (KeyError, ValueError) as odd:
            raise RowNotFound("form") from odd


def fields_of(editable: Editable, mode: Mode) -> tuple[Field, ...]:
    return editable.new if mode is Mode.ADD else editable.typed


def may_open(session: Session, viewer: Viewer, editable: Editable, of: str, mode: Mode) -> bool:
    """There is a form: this viewer may add, or has this one row to change."""
    if not viewer.may(editable.right):
        return False
    if mode is Mode.ADD:
        return editable.add is not None and (editable.may_add is None or editable.may_add(session, viewer, of))
    return editable.change is not None and len(editable.rows(session, viewer, of)) == 1


def fresh_form(viewer: Viewer, what: str, of: str, mode: Mode) -> FormState | None:
    """The form as it opens; None when this viewer may not add, or has no such row to change."""
    editable = editable_named(what)
    with reading() as session:
        if not may_open(session, viewer, editable, of, mode):
            return None
        if mode is Mode.ADD:
            return FormState(what, of, mode, _beginnings(session, viewer, editable))
        (row,) = editable.rows(session, viewer, of)
    typed = {each.key: each.kind.typed(row[each.key]) for each in fields_of(editable, mode)}
    return FormState(what, of, mode, typed, typed, int(row["id"]), int(row["version"]))


def _beginnings(session: Session, viewer: Viewer, editable: Editable) -> Typed:
    """What an empty form begins with: what its fields say, and a choice that is the only one."""
    choices = choices_of(session, viewer, editable.new)
    begun = {each.key: each.start for each in editable.new if each.start is not None}
    only = {each.key: choices[each.key][0].value for each in editable.new if len(choices.get(each.key, ())) == 1}
    return begun | {key: value for key, value in only.items() if editable.required(key)}


def post(viewer: Viewer, form: FormState) -> FormState:
    """Does what the form asks; the state it is in afterwards. Whatever is refused is told, and stays in the fields."""
    editable = editable_named(form.what)
    try:
        require(viewer, editable.right)
        with once(form.once, (form.what, form.of, form.mode, form.row_id, form.twin, sorted(form.typed.items()))):
            return _posted(viewer, editable, form)
    except EXPECTED as refused:
        return replace(form, said=noted(refused).sentence, refused=True)


def _posted(viewer: Viewer, editable: Editable, form: FormState) -> FormState:
    fields = fields_of(editable, form.mode)
    with reading() as session:
        choices = choices_of(session, viewer, fields)
        form = _completed(session, viewer, editable, form)
    values, faults = _read(fields, form, choices)
    if faults:
        told = "Er is nog niets bewaard: verbeter de velden met een opmerking."
        return replace(form, faults=faults, said=told, refused=True)
    if form.mode is Mode.ADD:
        return _added(viewer, editable, form, values)
    try:
        return _changed(viewer, editable, form, values)
    except Conflict as found:
        noted(found)
        return _conflicting(viewer, form, found, fields, choices)


def _completed(session: Session, viewer: Viewer, editable: Editable, form: FormState) -> FormState:
    """Beside a twin, an empty field takes over what the twin has; what was typed stays."""
    if not form.twin or editable.from_twin is None:
        return form
    taken = editable.from_twin(session, viewer, form.twin)
    return replace(form, typed={**form.typed, **{key: taken[key] for key in taken if not form.typed.get(key)}})


def _read(fields: tuple[Field, ...], form: FormState, choices: Choices) -> tuple[dict[str, object], dict[str, str]]:
    """The values by key, only what differs from what was seen; and what is wrong, by key."""
    values: dict[str, object] = {}
    faults: dict[str, str] = {}
    for each in fields:
        typed = form.typed.get(each.key)
        if form.mode is Mode.CHANGE and (typed or None) == (form.seen.get(each.key) or None):
            continue
        fault, value = checked(each, typed, choices.get(each.key, ()))
        if fault:
            faults[each.key] = fault
        else:
            values[each.key] = value
    return values, faults


def _added(viewer: Viewer, editable: Editable, form: FormState, values: dict[str, object]) -> FormState:
    if editable.add is None:
        raise RowNotFound("not offered")
    with writing() as session:
        if form.twin and editable.join is not None:
            added = editable.join(session, viewer, form.of, values, form.twin)
        else:
            added = editable.add(session, viewer, form.of, values)
    fresh = fresh_form(viewer, form.what, form.of, form.mode) or FormState(form.what, form.of, form.mode)
    return replace(fresh, said=f"{added.name} is toegevoegd. {added.remark}".strip(), added=added)


def _changed(viewer: Viewer, editable: Editable, form: FormState, values: dict[str, object]) -> FormState:
    if editable.change is None or form.row_id is None or form.version is None:
        raise RowNotFound("not offered")
    if not values and not editable.opened:
        return replace(form, said="Er was niets gewijzigd.")
    with writing() as session:
        editable.change(session, viewer, form.row_id, form.version, values)
    again = fresh_form(viewer, form.what, form.of, form.mode)
    told = with_remark(f"Bewaard om {told_time(clock.now())}.", viewer, editable, form.row_id, values)
    return replace(again, said=told) if again else replace(form, said=told)


def _conflicting(
    viewer: Viewer, form: FormState, found: Conflict, fields: tuple[Field, ...], choices: Choices
) -> FormState:
    """Both values beside each other; saving once more takes what was typed, as the newest version is now seen."""
    again = fresh_form(viewer, form.what, form.of, form.mode)
    if again is None:
        return replace(form, said=str(found), refused=True)
    named = {each.key: each for each in fields}
    clashes = tuple(
        both_sides(named[clash.key], choices.get(clash.key, ()), clash, str(found))
        for clash in found.clashes
        if clash.key in named
    )
    mine = {key: form.typed[key] for key in form.typed if form.typed[key] != form.seen.get(key)}
    return replace(again, typed={**again.typed, **mine}, said=str(found), refused=True, clashes=clashes)
