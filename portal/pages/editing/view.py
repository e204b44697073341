"""Grid, form and addition, drawn and filled."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from dash import dcc, html
from dash.development.base_component import Component

from portal.commands.once import new_key
from portal.components import editing as parts
from portal.components.grids import ColumnDef
from portal.components.links import inside
from portal.db.engine import reading
from portal.pages.editing.columns import columns_of
from portal.pages.editing.kinds import (
    Choice,
    Choices,
    Editable,
    Field,
    Twin,
    choices_now,
    choices_of,
    editable_for,
    editable_named,
    grid_row,
)
from portal.pages.editing.places import Mode, Part, field_id, place_id
from portal.pages.editing.posting import FormState, Posted, fields_of, fresh_form, may_open, post
from portal.pages.editing.saving import Answer, checked
from portal.pages.given import Value
from portal.permissions import RowNotFound, Viewer, require
from portal.values import Day, Line, Prose, Ref, Words, YesNo

SHORTEST_TITLE = 6


class Asked(TypedDict):
    """What a place says of itself."""

    what: str
    of: str
    mode: str


def place_in(asked: Mapping[str, object]) -> tuple[str, str, Mode]:
    """Of what, about which row, in which way. Raises RowNotFound for what no place of ours is."""
    try:
        return str(asked["what"]), str(asked["of"]), Mode(str(asked["mode"]))
    except (KeyError, ValueError) as odd:
        raise RowNotFound("place") from odd


def answer_to(viewer: Viewer, posted: Posted) -> FormState:
    """The form after what was posted; `reload` asks it anew, as the row is now."""
    if not posted.get("reload"):
        return post(viewer, FormState.sent(posted))
    fresh = fresh_form(viewer, *place_in(posted))
    if fresh is None:
        raise RowNotFound("form")
    return fresh


def fault_in(viewer: Viewer, field_id: Mapping[str, str], value: Value) -> str:
    """What is wrong with what stands in this field so far; "" when nothing is, or nothing was typed yet."""
    if value is None or value == "":
        return ""
    what, _, mode = place_in(field_id)
    editable = editable_named(what)
    require(viewer, editable.right)
    field = next((each for each in fields_of(editable, mode) if each.key == field_id["field"]), None)
    if field is None:
        raise RowNotFound("field")
    return checked(field, value, choices_now(viewer, field))[0]


def twins_of(viewer: Viewer, field_id: Mapping[str, str], title: object) -> Sequence[Twin]:
    """What is there already and like it, once enough is typed to tell."""
    what, _, mode = place_in(field_id)
    editable = editable_named(what)
    require(viewer, editable.right)
    if editable.twins is None or mode is not Mode.ADD or not isinstance(title, str) or len(title) < SHORTEST_TITLE:
        return ()
    with reading() as session:
        return editable.twins(session, viewer, title)


MOST_ROWS = 3_000
ROW, HIGH_ROW = 44, 84


def stands_open(what: str, mode: Mode) -> bool:
    """Its form is drawn with the page, not when something is pressed."""
    editable = editable_named(what)
    return mode is Mode.CHANGE and editable.opened and not editable.opener


def place(viewer: Viewer, what: str, of: str, mode: Mode) -> Component | None:
    """What the place holds for this viewer; nothing for who may not edit there."""
    editable = editable_named(what)
    if not viewer.may(editable.right):
        return None
    if stands_open(what, mode):
        return body(viewer, what, of, mode)
    inside = html.Div(id=place_id(Part.BODY, what, of, mode))
    with reading() as session:
        if mode is Mode.ADD or editable.opened:
            label = editable.opener or f"{editable.one.capitalize()} toevoegen"
            opener = parts.opener(label, inside, asks=place_id(Part.OPENER, what, of, mode))
            return opener if may_open(session, viewer, editable, of, mode) else None
        mine = editable.can_change and bool(editable.rows(session, viewer, of))
    switch = parts.edit_switch(place_id(Part.SWITCH, what, of, mode), editable.switch)
    return html.Div([switch, inside]) if mine else None


def body(viewer: Viewer, what: str, of: str, mode: Mode) -> Component | None:
    """What the switch or the button opens; nothing when the viewer may no longer edit there."""
    editable = editable_for(viewer, what)
    if not viewer.may(editable.right):
        return None
    if mode is not Mode.GRID:
        fresh = fresh_form(viewer, what, of, mode)
        return form_box(viewer, fresh) if fresh else None
    with reading() as session:
        rows = editable.rows(session, viewer, of)
        columns = columns_of(editable, choices_of(session, viewer, editable.fields))
    if len(rows) > MOST_ROWS:
        return html.P("Dit zijn te veel rijen om hier te bewerken. Gebruik Excel.", className="notice")
    return _grid(editable, of, columns, [grid_row(editable, row) for row in rows])


def _grid(editable: Editable, of: str, columns: list[ColumnDef], rows: list[dict[str, object]]) -> Component:
    def part(of_place: Part) -> dict[str, str]:
        return place_id(of_place, editable.name, of, Mode.GRID)

    return parts.edit_grid(
        part(Part.GRID),
        columns,
        rows,
        f"Bewerk: {editable.one}",
        said_id=part(Part.SAID),
        undo_id=part(Part.UNDO),
        clash_id=part(Part.CLASH),
        stores=[part(Part.SENT), part(Part.ANSWER)],
        row_height=HIGH_ROW if any(field.wraps for field in editable.fields) else ROW,
    )


def clash(answer: Answer, what: str, of: str) -> Component | None:
    """Both values, and the choice: keep theirs, take mine."""
    if answer.clash is None:
        return None
    both = parts.both_values(answer.clash.label, answer.clash.theirs, answer.clash.mine)
    keep = parts.button(place_id(Part.KEEP, what, of, Mode.GRID), "Houd wat er nu staat")
    take = parts.button(place_id(Part.TAKE, what, of, Mode.GRID), "Neem wat ik schreef", main=True)
    return parts.clash_box(answer.clash.said, [both], keep, take)


def form_box(viewer: Viewer, state: FormState) -> Component:
    """The form, under an id of its own, with the stores it posts by."""

    def part(of_place: Part) -> dict[str, str]:
        return place_id(of_place, state.what, state.of, state.mode)

    drawn = html.Div(form(viewer, state), id=part(Part.FORM))
    waiting = parts.unanswered(part(Part.UNANSWERED))
    return html.Div([waiting, drawn, dcc.Store(id=part(Part.POSTED))], className="editing")


def form(viewer: Viewer, state: FormState) -> list[Component]:
    """The fields as typed, what is wrong with each, and what to say above them."""
    editable = editable_named(state.what)
    fields = fields_of(editable, state.mode)
    with reading() as session:
        choices = choices_of(session, viewer, fields)
    seen = {"id": state.row_id, "version": state.version, "seen": dict(state.seen), "once": new_key()}
    store = dcc.Store(id=place_id(Part.SEEN, state.what, state.of, state.mode), data=seen)
    label = f"{editable.one.capitalize()} {'toevoegen' if state.mode is Mode.ADD else 'bewerken'}"
    drawn = [_field(state, each, choices) for each in fields]
    told = html.Div(**_saved(state))
    if state.mode is Mode.ADD:
        titles = [place for place, each in enumerate(fields) if each.key == "title"]
        drawn.insert(titles[0] + 1 if titles else 0, _twins_again(viewer, state))
    return [store, told, parts.form(drawn, _said(state), *_ends(state), refused=state.refused, label=label)]


def _saved(state: FormState) -> dict[str, Any]:
    """Tells the page's script that what stands around the form has changed."""
    place = place_id(Part.PLACE, state.what, state.of, state.mode)
    return {"data-saved": json.dumps(place)} if state.said and not state.refused else {}


def _ends(state: FormState) -> list[Component]:
    send = (
        "Toevoegen"
        if state.mode is Mode.ADD
        else "Neem wat ik schreef"
        if state.clashes
        else editable_named(state.what).send
    )
    ends = [parts.button(place_id(Part.POST, state.what, state.of, state.mode), send, main=True)]
    if state.clashes:
        ends.insert(0, parts.button(place_id(Part.RELOAD, state.what, state.of, state.mode), "Houd wat er nu staat"))
    return ends


def _said(state: FormState) -> list[Component | str]:
    told: list[Component | str] = [state.said] if state.said else []
    if state.added and state.added.href:
        told += [" ", inside("Bekijk", state.added.href)]
    return [*told, *(parts.both_values(one.label, one.theirs, one.mine) for one in state.clashes)]


def _field(state: FormState, field: Field, choices: Choices) -> Component:
    control_id = field_id(Part.FIELD, state.what, state.of, state.mode, field.key)
    fault = state.faults.get(field.key, "")
    control = _control(field, control_id, state.typed.get(field.key), choices.get(field.key, ()), wrong=bool(fault))
    fault_id = field_id(Part.FAULT, state.what, state.of, state.mode, field.key)
    label = field.label if field.required else f"{field.label} (mag leeg)"
    spoken = json.dumps(control_id, sort_keys=True, separators=(",", ":"))
    wide = field.kind.name == Prose.name or field.key == "title"
    return parts.form_field(control, spoken, label, fault_id=fault_id, fault=fault, hint=field.hint, wide=wide)


def _control(
    field: Field, control_id: dict[str, str], value: object, choices: Sequence[Choice], *, wrong: bool
) -> Component:
    match field.kind:
        case Line():
            return parts.line(control_id, value, field.kind.longest, wrong=wrong, debounce=0.4)
        case Prose():
            return parts.prose(control_id, value, field.kind.longest, wrong=wrong)
        case Day():
            return parts.day(control_id, value, field.label, wrong=wrong)
        case Words() | Ref():
            return parts.choice(control_id, value, choices, wrong=wrong)
        case YesNo():
            return parts.choice(control_id, value, (("ja", "ja"), ("nee", "nee")), wrong=wrong)
        case _:
            return parts.line(control_id, value, field.kind.longest, wrong=wrong, inputMode="decimal", debounce=0.4)


def _twins_again(viewer: Viewer, state: FormState) -> Component:
    """Where twins are shown; after a refusal they stay, as everything that was typed does."""
    title_id = field_id(Part.FIELD, state.what, state.of, state.mode, "title")
    found = twins_of(viewer, title_id, state.typed.get("title")) if state.refused else ()
    place = place_id(Part.TWINS, state.what, state.of, state.mode)
    return html.Div(twins(found, state.what, state.of, state.mode), id=place, className="twins", role="status")


def twins(found: Sequence[Twin], what: str, of: str, mode: Mode) -> list[Component]:
    """What is there already that is like it, with what to do about it; nothing when there is nothing."""
    if not found:
        return []
    listed = [html.Li(_twin(one, field_id(Part.JOIN, what, of, mode, one.code))) for one in found]
    return [html.P(html.B("Er is al iets dat hierop lijkt.")), html.Ul(listed)]


def _twin(one: Twin, join_id: dict[str, str]) -> list[Component | str]:
    why = f" ({one.why})" if one.why else ""
    told: list[Component | str] = [
        "Lijkt op ",
        inside(one.name, one.href, target="_blank"),
        f" van {one.where}{why}; {one.hint}",
    ]
    return [*told, " ", parts.button(join_id, one.join)] if one.join else told
