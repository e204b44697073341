"""What changed since the last steering group, in short, with the way to the meeting that comes."""

from dash import html
from dash.development.base_component import Component

from portal.components.cards import card, nothing_found, source_line
from portal.components.changes import change_list
from portal.components.links import inside
from portal.pages.downloads import download_path
from portal.pages.steering.answers import seen
from portal.pages.steering.news import CHANGED, change
from portal.permissions import Viewer
from portal.snapshots.lines import Line
from portal.text import day, plural

MOST = 5


def since_last(viewer: Viewer, span: int = 12) -> Component | None:
    """A few changes of each topic; nothing as long as there is no meeting to compare with."""
    found = seen(viewer, "")
    if found is None or found.previous is None:
        return None
    major = [line for line in found.lines if not line.minor]
    lines = [change(line) for line in _spread(major)]
    said = change_list(lines, CHANGED) if lines else nothing_found("veranderingen", "Alles bleef zoals het was.")
    way = html.P(inside(f"Alles voor {found.header.name} van {day(found.header.day)}", found.header.path))
    count = plural(len(major), "verandering", "veranderingen")
    sub = f"{count} sinds {found.previous.name} van {day(found.previous.day)}."
    foot = source_line("wijzigingen in het portaal", found.as_of, download_path("steering", "veranderingen"))
    return card(CHANGED, said, way, sub=sub, foot=foot, span=span)


def _spread(lines: list[Line]) -> list[Line]:
    """In turn one of each topic, so that one that moved much does not hide the others."""
    topics = list(dict.fromkeys(line.topic for line in lines))
    piles = [[line for line in lines if line.topic is topic] for topic in topics]
    turns = range(max(map(len, piles), default=0))
    picked = [pile[turn] for turn in turns for pile in piles if turn < len(pile)][:MOST]
    return sorted(picked, key=lines.index)
