"""The meeting for the room's screen: how it opens, then one point of the agenda a screen with its dossier, and what is
agreed at the end. What is typed here is what the minutes say."""

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from portal.components.cards import nothing_found
from portal.components.changes import Change, Slide, Step, change_list, slides
from portal.components.frame import opened
from portal.components.numbers import figure_strip
from portal.pages.given import row_number
from portal.pages.steering import cockpit, noting, words
from portal.pages.steering.agenda import action_line
from portal.pages.steering.asks import Seen
from portal.pages.steering.filters import Screen, address_of, screen_id
from portal.pages.steering.news import change, late_lines, purses
from portal.pages.steering.noting import NOTHING, May
from portal.permissions import Viewer
from portal.snapshots.agreed import Agreed
from portal.snapshots.brief import Brief
from portal.snapshots.lines import Line, of_topic
from portal.snapshots.minutes import PROMISED
from portal.text import day, number
from portal.vocabulary import DEMO_NOTICE

ON_SCREEN, FEW, BETWEEN = 5, 3, ":"
BEFORE = 3  # screens that open the meeting


def deck(seen: Seen, query: str, point: str) -> Component:
    """The screens in the order in which the room sees them; each is filled by itself, so that no answer is large.
    `point`: the id of the one that is shown first."""
    header = seen.header
    leave = address_of(header.body, header.number, seen.against)
    here = next((place for place, brief in enumerate(seen.briefs) if str(brief.item.id) == point), None)
    places = [_places(place, query) for place in range(_count(seen))]
    steps = [_step(brief) for brief in seen.briefs]
    steps = [*[Step("", 0)] * BEFORE, *steps, Step("", 0)]
    notice = DEMO_NOTICE if seen.is_demo else ""
    return slides(places, steps, words.title(header), leave, notice, first=0 if here is None else here + BEFORE)


def _count(seen: Seen) -> int:
    """Those that open the meeting, one a point, and what was agreed."""
    return BEFORE + len(seen.briefs) + 1


def _step(brief: Brief) -> Step:
    item = brief.item
    began = item.began_at.isoformat() if item.began_at else ""
    return Step(item.title, item.minutes or 0, item.used, began, str(item.id))


def _places(place: int, query: str) -> Slide:
    said = f"{place}{BETWEEN}{query}"
    return [
        *(dcc.Store(id=screen_id(part, place), data=said) for part in (Screen.ASKED, Screen.BEGUN)),
        html.Div(id=screen_id(Screen.SHOWN, place), className="slide-shown"),
        html.Div(id=screen_id(Screen.NOTING, place), className="slide-noting"),
    ]


def asked_in(sent: str) -> tuple[int, str]:
    """Which screen of which meeting."""
    place, _, query = sent.partition(BETWEEN)
    return row_number(place), query


def may_at(seen: Seen, viewer: Viewer, place: int) -> May:
    """What this viewer may do on that screen."""
    brief = point_at(seen, place)
    return cockpit.may_at(seen, viewer, brief.item) if brief else NOTHING


def point_at(seen: Seen, place: int) -> Brief | None:
    """The point of the agenda on that screen, if it has one."""
    at = place - BEFORE
    return seen.briefs[at] if 0 <= at < len(seen.briefs) else None


def page_at(seen: Seen, place: int, may: May = NOTHING) -> Slide:
    """What stands on one screen; nothing past the last."""
    if place < BEFORE:
        return (_first, _state, _money)[place](seen)
    if (brief := point_at(seen, place)) is not None:
        return [cockpit.brief(seen, brief, may)]
    return _last(seen) if place == _count(seen) - 1 else []


def noting_at(seen: Seen, viewer: Viewer, place: int) -> Component | None:
    """Where is typed on that screen; what is agreed is drawn there, and on the last."""
    brief = point_at(seen, place)
    if seen.frozen or brief is None:
        return None
    item = brief.item
    again = [screen_id(Screen.ASKED, each) for each in (place, _count(seen) - 1)]
    return noting.noting(viewer, cockpit.spot_of(seen, item), item, again, room=True)


def _first(seen: Seen) -> Slide:
    points = [html.Li(f"{item.title}{_minutes(item.minutes)}") for item in seen.agenda]
    agenda = html.Ol(points, className="plain") if points else nothing_found("agendapunten", "Er staat niets op.")
    kept = html.P(words.frozen(seen)) if seen.frozen else html.P(f"Stand van {day(seen.as_of)}.")
    return [html.H1(words.title(seen.header)), opened(words.opening(seen), "lead"), kept, agenda]


def _minutes(minutes: int | None) -> str:
    return f" · {number(minutes)} min" if minutes else ""


def _state(seen: Seen) -> Slide:
    """What changed, and what is late."""
    figures = cockpit.figures(seen) or figure_strip()
    major = [line for line in seen.lines if not line.minor]
    moved = f"Sinds {day(seen.previous.day)}" if seen.previous else "Wat veranderde"
    columns = [_part(moved, _spread(major), len(major)), _part("Te laat", late_lines(seen), len(seen.stuck))]
    return [html.H1("Wat veranderde, en wat is te laat?"), figures, _two(*columns)]


def _money(seen: Seen) -> Slide:
    return [html.H1("Waar staat het geld?"), purses(seen)]


def _two(*columns: Component) -> Component:
    return html.Div(list(columns), className="slide-two")


def _spread(lines: Sequence[Line]) -> list[Change]:
    """A few of each topic, so that one that moved much does not hide the others."""
    topics = list(dict.fromkeys(line.topic for line in lines))
    each = max(1, ON_SCREEN // max(1, len(topics)))
    few = [line for topic in topics for line in of_topic(lines, topic)[:each]]
    return [change(line) for line in few[:ON_SCREEN]]


def _last(seen: Seen) -> Slide:
    """What this meeting decided, and who does what by when; and how much is still open of before."""
    decided = [_decided(one) for one in seen.decisions]
    promised = [action_line(one) for brief in seen.briefs for one in brief.promised]
    here = {one.id for brief in seen.briefs for one in brief.promised}
    before = [action_line(one) for one in seen.actions if one.id not in here]
    agreed = [
        _part("Beslist", decided, len(decided)),
        html.Div(
            [
                _part(PROMISED, promised, len(promised)),
                _part("Stond al open", before[:FEW], len(before)) if before else None,
            ]
        ),
    ]
    return [html.H1("Wat spreken we af?"), _two(*agreed)]


def _decided(one: Agreed) -> Change:
    told = " · ".join(filter(None, (one.outcome.label if one.outcome else "", one.who, one.about)))
    return Change("✓", "beslist", f"{one.serial} {one.text}".strip(), detail=told)


def _part(title: str, shown: Sequence[Change], all_of: int) -> Component:
    """The first ones, and how many more there are."""
    lines = list(shown[:ON_SCREEN])
    more = all_of - len(lines)
    rest = html.P(f"En nog {number(more)}.") if more > 0 else None
    listed = change_list(lines, title) if lines else html.P("Nog niets.")
    return html.Div([html.H2(title), listed, rest])
