"""What the browser says of a place, a form or a field, in our words; what no page of ours says is refused."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

from portal.db.engine import reading
from portal.pages.editing.ids import Mode
from portal.pages.editing.kinds import Twin
from portal.pages.editing.posting import FormState, Posted, checked, fields_of, fresh_form, post
from portal.pages.editing.registry import editable_named
from portal.pages.editing.rows import choices_of
from portal.pages.given import Value
from portal.permissions import RowNotFound, Viewer, require

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
    with reading() as session:
        choices = choices_of(session, viewer, (field,)).get(field.key, ())
    return checked(field, value, choices)[0]


def twins_of(viewer: Viewer, field_id: Mapping[str, str], title: object) -> Sequence[Twin]:
    """What is there already and like it, once enough is typed to tell."""
    what, _, mode = place_in(field_id)
    editable = editable_named(what)
    require(viewer, editable.right)
    if editable.twins is None or mode is not Mode.ADD or not isinstance(title, str) or len(title) < SHORTEST_TITLE:
        return ()
    with reading() as session:
        return editable.twins(session, viewer, title)
