"""What stands on the agenda, what was decided and what was promised, and the calendar of who meets. And the meeting for
the room's screen: what matters first, then one point of the agenda a screen, then what is agreed."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from dash import dcc, html
from dash.development.base_component import Component

from portal.components.cards import nothing_found
from portal.components.changes import Change, Point, Slide, agenda_list, change_list, kind_tag, slides
from portal.components.frame import opened
from portal.components.links import inside
from portal.components.tables import Cell, Column, small_table
from portal.components.tags import Tone, tag
from portal.pages.agreed import closing, met
from portal.pages.given import row_number
from portal.pages.steering import words
from portal.pages.steering.asks import Seen
from portal.pages.steering.cards import ACTIONS, DECISIONS, as_list
from portal.pages.steering.filters import Ids, Screen, address_of, screen_id
from portal.pages.steering.news import change
from portal.pages.steering.radar import changes_of
from portal.pages.steering.reading import Agreed
from portal.queries.meetings.meetings import MeetingRow
from portal.snapshots.lines import Line, of_topic
from portal.snapshots.radar import GRACE_DAYS, Alert
from portal.snapshots.report import Item
from portal.text import day, number, plural
from portal.vocabulary import DEMO_NOTICE, MeetingBody

MOST, SOON = 5, 7
ACROSS = "Over de ateliers heen"


def agenda_body(seen: Seen) -> list[Component]:
    """Per atelier, and first what goes across them; each point keeps its place on the agenda."""
    if not seen.agenda:
        hint = "De coördinator zet ze erop." if not seen.frozen else "Er stond niets op."
        return [nothing_found("agendapunten", hint)]
    numbered = {item.id: place for place, item in enumerate(seen.agenda, start=1)}
    body: list[Component] = []
    for atelier in sorted({item.atelier for item in seen.agenda}):
        name = f"Atelier {atelier}" if atelier else ACROSS
        points = [
            Point(numbered[item.id], item.kind, item.title, item.about, item.path, item.note)
            for item in seen.agenda
            if item.atelier == atelier
        ]
        body += [html.H3(name), agenda_list(points, name)]
    return body


def decisions_body(seen: Seen) -> list[Component]:
    """The decisions of this meeting."""
    if not seen.decisions:
        hint = "Ze staan hier zodra ze genomen zijn." if not seen.frozen else "Er werd niets beslist."
        return [nothing_found("beslissingen", hint if seen.kept else words.NOT_KEPT_SHORT)]
    return [change_list([decision_line(one) for one in seen.decisions], DECISIONS.question)]


def decision_line(one: Agreed) -> Change:
    about = " · ".join(filter(None, (day(one.on), one.who, one.about)))
    return Change("✓", "beslist", one.text, detail=about, href=one.path or None)


def actions_body(seen: Seen) -> list[Component]:
    """Of every meeting, what is not done: the longest over its day first."""
    if seen.extract:
        return [nothing_found("acties in dit uittreksel", "Acties volgen de besturen zelf op.")]
    if not seen.actions:
        return [nothing_found("open acties", "Alles wat beloofd is, is gedaan." if seen.kept else words.NOT_KEPT_SHORT)]
    shown = [action_line(one, closes=one.id in seen.closable) for one in seen.actions[:MOST]]
    whole = [as_list(ACTIONS, seen.actions, "actie", "acties")] if len(seen.actions) > MOST else []
    return [change_list(shown, ACTIONS.question), *whole]


def action_line(one: Agreed, *, closes: bool = False) -> Change:
    """`closes`: with the place where who may close it says what was done."""
    late = one.late is not None and one.late > 0
    soon = one.late is not None and -SOON <= one.late <= 0
    tone = Tone.LATE if late else Tone.ATTENTION if soon else Tone.PLAIN
    symbol = "▲" if late else "○"
    about = " · ".join(filter(None, (one.who, met(one.of, one.age), one.about)))
    end = tag(one.standing, tone, symbol)
    below = closing(one.id, (Ids.WANTED,)) if closes else None
    return Change(symbol, "actie", one.text, detail=about, href=one.path or None, end=end, below=below)


PAST, COMING = 4, 3


def calendar_body(seen: Seen) -> list[Component]:
    """Per body the last meetings and the next; the workbook has them all."""
    if not seen.calendar:
        return [nothing_found("vergaderingen", "Er is er nog geen gepland.")]
    known = {row.name for row in seen.meetings}
    hours = words.hours(seen)
    bodies = [_body(seen, body, known, hours) for body in MeetingBody if any(one.body is body for one in seen.calendar)]
    more = html.P("Eerdere en latere staan in ‘Download als Excel’.", className="remark")
    return [html.Div(bodies, className="side-by-side"), more]


def _body(seen: Seen, body: MeetingBody, known: set[str], hours: Mapping[str, str]) -> Component:
    mine = [one for one in seen.calendar if one.body is body]
    past = [one for one in mine if one.was_held or one.planned_on < seen.calendar_on]
    coming = [one for one in mine if one not in past]
    columns = [Column("Nr."), Column("Gepland"), Column("Gehouden"), Column("Verschil")]
    shown = [*past[-PAST:], *coming[:COMING]]
    table = small_table(body.label, columns, [_held(seen, one, known) for one in shown])
    at = next((hours[one.name] for one in coming if hours.get(one.name)), "")
    rhythm = " · ".join(filter(None, (words.rhythm(seen.rhythm.get(body)), at)))
    head = html.H3([body.label, html.Span(f" · {rhythm}", className="n")])
    return html.Div([head, table])


def _held(seen: Seen, one: MeetingRow, known: set[str]) -> Sequence[Cell]:
    way = inside(str(one.number), address_of(one.body, one.number), title=one.name)
    linked: Cell = way if one.name in known else str(one.number)
    held_on = day(one.held_on) if one.held_on else "—"
    return [linked, day(one.planned_on), held_on, _against(one, seen)]


def _against(one: MeetingRow, seen: Seen) -> Cell:
    said = words.held(one, seen.calendar_on)
    if not one.was_held and (seen.calendar_on - one.planned_on).days > GRACE_DAYS:
        return tag(said, Tone.LATE, "▲")
    return tag(said, Tone.ATTENTION, "○") if one.off else said


ON_SCREEN, FEW = 6, 3
PROJECT, BETWEEN = "/project/", ":"


def deck(seen: Seen, query: str) -> Component:
    """The screens in the order in which the room sees them; each is filled by itself, so that no answer is large."""
    header = seen.header
    leave = address_of(header.body, header.number, seen.against)
    places: list[Slide] = [
        [
            dcc.Store(id=screen_id(Screen.ASKED, place), data=f"{place}{BETWEEN}{query}"),
            html.Div(id=screen_id(Screen.SHOWN, place)),
        ]
        for place in range(len(_pages(seen)))
    ]
    return slides(places, words.title(header), leave, DEMO_NOTICE if seen.is_demo else "")


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
    return [html.H1(words.title(seen.header)), opened(words.opening(seen), "lead"), kept, agenda]


def _news(seen: Seen) -> Slide:
    """What moved most."""
    major = [line for line in seen.lines if not line.minor]
    more = len(major) - ON_SCREEN
    rest = html.P(f"En nog {plural(more, 'verandering', 'veranderingen')}.") if more > 0 else None
    head = html.H1(f"Sinds {day(seen.previous.day)}" if seen.previous else "Wat veranderde")
    shown = _spread(major)
    return [head, change_list(shown) if shown else None, rest]


def _spread(lines: Sequence[Line]) -> list[Change]:
    """A few of each topic, so that one that moved much does not hide the others."""
    topics = list(dict.fromkeys(line.topic for line in lines))
    each = max(1, ON_SCREEN // len(topics))
    few = [line for topic in topics for line in of_topic(lines, topic)[:each]]
    return [change(line) for line in few[:ON_SCREEN]]


def _item(seen: Seen, item: Item, place: int) -> Slide:
    lines = [line for line in seen.lines if not line.minor and about(item)(line)]
    stuck = [line for line in seen.stuck if about(item)(line)]
    quiet = changes_of(seen, partial(concerns, item))
    code = item.about.partition(" ")[0]
    decided = [one for one in seen.decisions if one.about and one.about == code]
    open_still = [one for one in seen.actions if one.about and one.about == code]
    moved = f"Sinds {day(seen.previous.day)}" if seen.previous else "Wat veranderde"
    return [
        html.P([html.Span(f"{number(place)}. "), kind_tag(item.kind)], className="slide-kind"),
        html.H1(item.title),
        html.P(item.about, className="lead") if item.about and item.about not in item.title else None,
        html.P(item.note) if item.note else None,
        *_part(moved, [change(line) for line in lines], ON_SCREEN),
        *_part("Bewoog niet", [change(line) for line in stuck], FEW),
        *_part("Dreigt stil te vallen", quiet, FEW),
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
    shown = [*_part("Beslist", decided, ON_SCREEN), *_part("Openstaande acties", still, ON_SCREEN)]
    return [html.H1("Wat spreken we af?"), *(shown or [nothing])]
