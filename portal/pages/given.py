"""What fields and rows of ours send, in our words; anything else is refused."""

from portal.commands.once import is_key
from portal.permissions import RowNotFound


def text(value: object) -> str:
    """Raises RowNotFound for what no field of ours sends; an empty field is ""."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RowNotFound("text")
    return value


def texts(value: object) -> list[str]:
    if not isinstance(value, list):
        raise RowNotFound("texts")
    return [text(one) for one in value]


def number(value: object) -> int:
    """Raises RowNotFound for what is no number of a row."""
    if isinstance(value, bool) or not isinstance(value, int | str) or not str(value).isdecimal():
        raise RowNotFound("number")
    return int(value)


def key(value: object) -> str:
    """The key of a form or an edit; "" where none is sent. Raises RowNotFound for what is none of ours."""
    given = text(value)
    if given and not is_key(given):
        raise RowNotFound("key")
    return given
