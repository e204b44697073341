"""Running text with the few marks of the guide, as components: nothing in it is ever read as HTML."""

import re
from collections.abc import Iterator

from dash import html
from dash.development.base_component import Component

from portal.components.links import inside
from portal.components.tables import Column, small_table

_MARKS = re.compile(
    r"\*\*(?P<bold>.+?)\*\*|\*(?P<soft>\S(?:[^*]*\S)?)\*|`(?P<code>[^`]+)`|~~(?P<gone>.+?)~~|\[(?P<link>[^\]]+)\]\((?P<href>[^)]*)\)"
)
_INSIDE = re.compile(r"/(?!/)|#")
_CODE = re.compile(r"^(```\n.*?\n```)$", re.M | re.S)
_BULLET, _NUMBER = r"- ", r"\d+\. "


def prose(text: str) -> list[Component]:
    """Paragraphs, lists, tables, smaller headings and code. A picture is left out: it stands in the file alone."""
    pieces = [whole if whole.startswith("```") else re.split(r"\n{2,}", whole) for whole in _CODE.split(text.strip())]
    flat = [one for piece in pieces for one in ([piece] if isinstance(piece, str) else piece)]
    return [block for one in flat if one.strip() and not one.startswith("![") for block in _block(one.strip())]


def _block(piece: str) -> Iterator[Component]:
    if piece.startswith("```"):
        yield html.Pre(html.Code(piece.strip("`\n")), tabIndex="0")
    elif piece.startswith("### "):
        heading, _, rest = piece.partition("\n")
        yield html.H4(marked(heading[4:]))
        yield from prose(rest)
    elif piece.startswith("|"):
        yield _table(piece.splitlines())
    elif re.match(_BULLET, piece):
        yield html.Ul(_items(piece, _BULLET))
    elif re.match(_NUMBER, piece):
        yield html.Ol(_items(piece, _NUMBER))
    else:
        yield html.P(marked(_joined(piece)))


def _items(piece: str, mark: str) -> list[Component]:
    _, *items = re.split(rf"^{mark}", piece, flags=re.M)
    return [html.Li(marked(_joined(item))) for item in items]


def _joined(text: str) -> str:
    return " ".join(text.split())


def _table(lines: list[str]) -> Component:
    heads, _, *rows = ([cell.strip() for cell in line.strip("| ").split("|")] for line in lines)
    cells = [[html.Span(marked(cell)) for cell in row] for row in rows]
    return small_table(", ".join(heads), [Column(head) for head in heads], cells)


def marked(text: str) -> list[str | Component]:
    """Text with its marks: bold, soft, code, struck out, and links to places in the portal. A link that leads
    elsewhere is only its words."""
    said: list[str | Component] = []
    end = 0
    for found in _MARKS.finditer(text):
        said += [text[end : found.start()], _mark(found)]
        end = found.end()
    return [one for one in (*said, text[end:]) if one != ""]


def _mark(found: re.Match[str]) -> str | Component:
    match found.lastgroup:
        case "bold":
            return html.B(marked(found["bold"]))
        case "soft":
            return html.Em(found["soft"])
        case "code":
            return html.Code(found["code"])
        case "gone":
            return html.Del(found["gone"])
        case _:
            return inside(found["link"], found["href"]) if _INSIDE.match(found["href"]) else found["link"]
