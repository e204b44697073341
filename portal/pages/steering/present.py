"""The meeting for the room's screen: what matters first, then one point of the agenda a screen, then what is agreed."""

from collections.abc import Callable, Sequence
from functools import partial

from dash import dcc, html
from dash.development.base_component import Component

from portal.components.cards import nothing_found
from portal.components.changes import Change, Slide, change_list, kind_tag, slides
from portal.pages.given import row_number
from portal.pages.steering import words
from portal.pages.steering.agenda import action_line, decision_line
from portal.pages.steering.asks import Seen
from portal.pages.steering.filters import Screen, address_of, screen_id
from portal.pages.steering.news import alert_line, change
from portal.snapshots.lines import Line
from portal.snapshots.radar import Alert
from portal.snapshots.report import Item
from portal.text import day, number, plural
from portal.vocabulary import DEMO_NOTICE

MOST, FEW = 6, 3
PROJECT, BETWEEN = "/project/", ":"


def deck(seen: Seen, query: str) -> Component:
    """The screens in the order in which the room sees them; each is filled by itself, so that no answer is large."""
    header = seen.header
    leave = address_of(header.body, header.number, seen.against)
    places = [_waiting(place, query) for place in range(len(_pages(seen)))]
    return slides(places, words.title(header), leave, DEMO_NOTICE if seen.is_demo else "")


def _waiting(place: int, query: str) -> Slide:
    asked = dcc.Store(id=screen_id(Screen.ASKED, place), data=f"{place}{BETWEEN}{query}")
    return [asked, html.Div(id=screen_id(Screen.SHOWN, place))]


def asked_in(sent: str) -> tuple[int, str]:
    """Which screen of which meeting."""
    place, _, query = sent.partition(BETWEEN)
    return row_number(place), query


def page_at(seen: Seen, place: int) -> Slide:
    """What stands on one screen; nothing past the last."""
    pages = _pages(seen)
    return pages[place]() if place < len(pages) else []


def _pages(seen: Seen) -> list[Callable[[], Slide]]:
    items = [partial(_item, seen, item, place) for place, item in enumerate(seen.agenda, start=1)]
    news = [partial(_news, seen)] if any(not line.minor for line in seen.lines) else []
    return [partial(_first, seen), *news, *items, partial(_last, seen)]


def _first(seen: Seen) -> Slide:
    points = [html.Li(item.title) for item in seen.agenda]
    agenda = html.Ol(points, className="plain") if points else nothing_found("agendapunten", "Er staat niets op.")
    kept = html.P(words.frozen(seen)) if seen.frozen else html.P(f"Stand van {day(seen.as_of)}.")
    return [html.H1(words.title(seen.header)), html.P(words.opening(seen), className="lead"), kept, agenda]


def _news(seen: Seen) -> Slide:
    """What moved most."""
    major = [line for line in seen.lines if not line.minor]
    more = len(major) - MOST
    rest = html.P(f"En nog {plural(more, 'verandering', 'veranderingen')}.") if more > 0 else None
    head = html.H1(f"Sinds {day(seen.previous.day)}" if seen.previous else "Wat veranderde")
    return [head, _changes(_spread(major)), rest]


def _spread(lines: Sequence[Line]) -> list[Change]:
    """A few of each topic, so that one that moved much does not hide the others."""
    topics = list(dict.fromkeys(line.topic for line in lines))
    each = max(1, MOST // len(topics))
    return [change(line) for topic in topics for line in [one for one in lines if one.topic is topic][:each]][:MOST]


def _changes(shown: Sequence[Change], label: str = "Veranderingen") -> Component | None:
    return change_list(shown, label) if shown else None


def _item(seen: Seen, item: Item, place: int) -> Slide:
    lines = [line for line in seen.lines if not line.minor and about(item)(line)]
    stuck = [line for line in seen.stuck if about(item)(line)]
    quiet = [alert for alert in seen.radar if concerns(item, alert)]
    code = item.about.partition(" ")[0]
    decided = [one for one in seen.decisions if one.about and one.about == code]
    open_still = [one for one in seen.actions if one.about and one.about == code]
    moved = f"Sinds {day(seen.previous.day)}" if seen.previous else "Wat veranderde"
    return [
        html.P([html.Span(f"{number(place)}. "), kind_tag(item.kind)], className="slide-kind"),
        html.H1(item.title),
        html.P(item.about, className="lead") if item.about and item.about not in item.title else None,
        html.P(item.note) if item.note else None,
        *_part(moved, [change(line) for line in lines], MOST),
        *_part("Bewoog niet", [change(line) for line in stuck], FEW),
        *_part("Dreigt stil te vallen", [alert_line(alert) for alert in quiet], FEW),
        *_part("Beslist", [decision_line(one) for one in decided], FEW),
        *_part("Staat nog open", [action_line(one) for one in open_still], FEW),
    ]


def about(item: Item) -> Callable[[Line], bool]:
    """Whether a line is about what the point of the agenda is about: a project, a result, else a whole atelier."""
    if item.path.startswith(PROJECT):
        return lambda line: line.path == item.path
    if item.about and not item.about.endswith(f" {item.atelier}"):
        return lambda line: line.what == item.about or line.detail.startswith(item.about)
    return lambda line: bool(item.atelier) and line.atelier == item.atelier


def concerns(item: Item, alert: Alert) -> bool:
    if item.path.startswith(PROJECT):
        return alert.path == item.path
    if item.about and not item.about.endswith(f" {item.atelier}"):
        return alert.what == item.about
    return bool(item.atelier) and alert.atelier == item.atelier


def _part(title: str, shown: Sequence[Change], most: int) -> list[Component]:
    if not shown:
        return []
    more = len(shown) - most
    rest = [html.P(f"En nog {number(more)}.")] if more > 0 else []
    return [html.H2(title), change_list(shown[:most], title), *rest]


def _last(seen: Seen) -> Slide:
    decided = [decision_line(one) for one in seen.decisions]
    still = [action_line(one) for one in seen.actions]
    nothing = nothing_found("afspraken", "Wat nu afgesproken wordt, komt hier te staan.")
    shown = [*_part("Beslist", decided, MOST), *_part("Openstaande acties", still, MOST)]
    return [html.H1("Wat spreken we af?"), *(shown or [nothing])]
