"""The first page as it is asked and drawn: the meeting, what is somebody's own, and the region."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import partial

from dash import Input, Output, dcc, html
from dash.development.base_component import Component

from portal import clock, numbers
from portal.auth import callback, current_viewer
from portal.components.cards import card, cards, nothing_found, source_line
from portal.components.changes import Change, change_list
from portal.components.frame import Crumb, page_header
from portal.components.links import Content, inside
from portal.components.numbers import key_figure, keyed, plain_figure
from portal.components.tables import Column, small_table
from portal.components.tags import Tone, tag, word_tag
from portal.pages.agreed import closing
from portal.pages.home import asks, first
from portal.pages.home import cards as of_region
from portal.pages.home.cards import ASKED, HALF, MOST, NARROW, OWED, promise
from portal.pages.inventory.cards import story
from portal.pages.invitations import invitations_card
from portal.pages.partner.questions import SHARED
from portal.pages.partner.questions import SOURCE as SAME_SOURCE
from portal.pages.partner.starting import start_card
from portal.pages.parts import Draw, parted
from portal.pages.same_question import question_table
from portal.pages.steering.asks import seen
from portal.pages.steering.cards import CHANGES
from portal.pages.steering.news import change
from portal.permissions import Permission, Role, Viewer
from portal.queries.coalitions.endorsement import ConditionRow
from portal.snapshots.lines import Line
from portal.text import NO_DATA, day, long_day, plural


class Ids(StrEnum):
    START = "home-start"
    HEAD = "home-head"
    FIGURES = "home-figures"
    FIRST = "home-first"
    SECOND = "home-second"
    THIRD = "home-third"
    FOURTH = "home-fourth"
    FIFTH = "home-fifth"
    SIXTH = "home-sixth"


SLOTS = (Ids.FIRST, Ids.SECOND, Ids.THIRD, Ids.FOURTH, Ids.FIFTH, Ids.SIXTH)
MOST_NEXT = 4


def since_last(viewer: Viewer, span: int = 12) -> Component | None:
    """A few changes of each topic; nothing as long as there is no meeting to compare with."""
    found = seen(viewer, "")
    if found is None or found.previous is None:
        return None
    major = [line for line in found.lines if not line.minor]
    lines = [change(line) for line in _spread(major)]
    calm = nothing_found("veranderingen", "Alles bleef zoals het was.")
    said = change_list(lines, CHANGES.question) if lines else calm
    way = html.P(inside(f"Alles voor {found.header.name} van {day(found.header.day)}", found.header.path))
    count = plural(len(major), "verandering", "veranderingen")
    sub = f"{count} sinds {found.previous.name} van {day(found.previous.day)}."
    return card(CHANGES.question, said, way, sub=sub, foot=CHANGES.foot(asks.region(viewer).as_of), span=span)


def _spread(lines: list[Line]) -> list[Line]:
    """In turn one of each topic, so that one that moved much does not hide the others."""
    topics = list(dict.fromkeys(line.topic for line in lines))
    piles = [[line for line in lines if line.topic is topic] for topic in topics]
    turns = range(max(map(len, piles), default=0))
    picked = [pile[turn] for turn in turns for pile in piles if turn < len(pile)][:MOST_NEXT]
    return sorted(picked, key=lines.index)


def invitations(viewer: Viewer) -> Component | None:
    """What the viewer's partners are asked to join, with a form to answer; nothing when nothing waits."""
    asked, answered = asks.invited(viewer)
    as_of = asks.region(viewer).as_of
    return invitations_card(asked, answered, as_of, [Ids.START], several=len(viewer.partner_ids) > 1, span=HALF)


def waiting(viewer: Viewer, span: int = HALF) -> Component:
    """Open conditions and own actions, of every partner the viewer serves; invitations have their own card."""
    lines = [line for own in asks.own(viewer) for line in _waiting_of(own)]
    as_of = asks.region(viewer).as_of
    said = change_list(lines[:MOST_NEXT], "Vragen") if lines else nothing_found("vragen aan u", "Niemand wacht op u.")
    foot = ASKED.foot(as_of, source="deelnames, draagvlak en verslagen in het portaal")
    sub = "Open voorwaarden en acties van uw bestuur."
    way = html.P(inside("Meld de voortgang van onze eigen projecten", "/ronde"))
    return card(ASKED.question, said, way, sub=sub, foot=foot, span=span)


def _waiting_of(own: asks.Own) -> list[Change]:
    promised = [promise(row, own.partner.label, below=closing(row.id, [Ids.START])) for row in own.actions]
    return [*promised, *(_condition(one, own.partner.code) for one in own.conditions)]


def _condition(one: ConditionRow, slug: str) -> Change:
    due = f" · tegen {day(one.due_on)}" if one.due_on else ""
    end = tag("voorwaarde", Tone.PLAIN, "◐")
    detail = f"{one.level.label} ({one.track.label}){due}"
    return Change("◐", "open voorwaarde", one.text, detail=detail, href=f"/gemeente/{slug}", end=end)


def shared(viewer: Viewer) -> Component | None:
    """The own open challenges that others have too, with what covers them and whom to call; else how to begin."""
    found = [own for own in asks.own(viewer) if not own.start]
    if not found:
        return starts(viewer)
    drawn = [_questions_of(own, several=len(found) > 1) for own in found]
    foot = source_line(SAME_SOURCE, asks.region(viewer).as_of)
    said = [part for parts in drawn for part in parts]
    none = nothing_found("vragen die ook elders leven", "Niemand anders meldde hetzelfde.")
    return card(SHARED.question, *(said or [none]), foot=foot, flows=True)


def starts(viewer: Viewer) -> Component | None:
    """Where nothing is registered yet: what neighbours report, and with what to begin."""
    found = [(own, own.start) for own in asks.own(viewer) if own.start]
    as_of = asks.region(viewer).as_of
    drawn = [start_card(own.partner.code, start, as_of, [Ids.START], shown=asks.MOST_QUESTIONS) for own, start in found]
    return html.Div(drawn, className="slot") if drawn else None


def _questions_of(own: asks.Own, *, several: bool) -> list[Component]:
    table = question_table(own.questions, own.contacts, answerable=True, ours=True)
    first = table.first(asks.MOST_QUESTIONS, own.named)
    heading = [html.H3(own.partner.label)] if several and first else []
    more = html.P(inside(f"Alles op de pagina van {own.partner.label}", f"/gemeente/{own.partner.code}"))
    return [*heading, *first, more]


def reports(viewer: Viewer, span: int = 7) -> Component:
    """Who still owes a report before the next steering group."""
    work = asks.work(viewer)
    rows, owed = work.reports, work.counts.unreported
    table = small_table(
        "Nog te melden",
        [Column("Project"), Column("Laatste melding"), Column("Gemeld")],
        [
            [
                inside(row.title, f"/project/{row.code}"),
                day(row.last_reported_on, "nog nooit"),
                word_tag(row.health),
            ]
            for row in rows[: 2 * MOST]
        ],
    )
    said = table if rows else nothing_found("projecten die nog moeten melden", "Iedereen is bij.")
    count = keyed(numbers.UNREPORTED.at(owed, work.of), plural(owed, "gedeeld traject", "gedeelde trajecten"))
    sub: Content = [count, " zonder verslag in deze ronde."]
    foot = OWED.foot(asks.region(viewer).as_of)
    way = html.P(inside("Naar de voortgangsronde", "/ronde"))
    return card(OWED.question, said, way, sub=sub, foot=foot, span=span)


MEETING = "/stuurgroep"
Card = Callable[[Viewer], Component | None]

Drawn = tuple[tuple[Card, ...], tuple[Card, ...]]

CARDS: Mapping[Role, Drawn] = {
    Role.STEERING: (
        (partial(since_last, span=HALF), partial(of_region.late, span=HALF)),
        (of_region.money, of_region.stuck, of_region.joined, of_region.actions),
    ),
    Role.DIRECTOR: ((invitations, waiting, shared), (of_region.late, of_region.stuck)),
    Role.MAYOR: (
        (of_region.five_sentences, partial(of_region.joined, span=HALF)),
        (of_region.results, partial(of_region.money, span=HALF)),
    ),
    Role.COORDINATOR: (
        (partial(reports, span=HALF), partial(since_last, span=HALF)),
        (of_region.late, of_region.stuck, of_region.joined, of_region.actions),
    ),
    Role.ATELIER: ((reports, partial(of_region.late, span=NARROW)), (of_region.stuck, of_region.joined)),
    Role.ADMIN: ((reports,), (of_region.late, of_region.stuck, of_region.joined, of_region.actions)),
}
"""What each role finds first, and what the region has on request."""


def card_at(viewer: Viewer, place: int) -> Component | None:
    """The card of this role in this place; nothing where it has fewer."""
    mine, of_all = CARDS[viewer.role]
    own = (*mine, *of_all)
    return own[place](viewer) if place < len(own) else None


def _sentence(viewer: Viewer, region: asks.Region) -> asks.Opening:
    match viewer.role:
        case Role.DIRECTOR:
            own = asks.own(viewer)
            return asks.of_director(region, own[0]) if own else asks.of_steering(region)
        case Role.MAYOR:
            return story(region.totals)
        case Role.STEERING:
            return asks.of_steering(region)
        case _:
            return asks.of_worker(region, asks.work(viewer))


def figures(viewer: Viewer) -> Component | None:
    """Four key figures of the region; a director's own stand on the page of the own partner."""
    return None if viewer.role is Role.DIRECTOR and viewer.partner_ids else cards(*_region_figures(asks.region(viewer)))


def _region_figures(region: asks.Region) -> list[Component]:
    counts = region.counts
    word = tag("bekijk ze", Tone.LATE, "▲") if counts.late else tag("op schema", Tone.GOOD, "●")
    return [
        _meeting(region),
        key_figure(numbers.LATE.at(counts.late), inside(word, "/ateliers")),
        key_figure(numbers.QUIET.at(counts.quiet), "sinds de vorige twee stuurgroepen"),
        _money(region),
    ]


def _meeting(region: asks.Region) -> Component:
    days, on = region.calendar.days_to_next, region.calendar.next_on
    if days is None or on is None:
        last = next(iter(region.calendar.held), None)
        said = long_day(last) if last else "nog niet samengekomen"
        figure = "—" if last is None else f"{last:%d/%m}"
        return plain_figure("vorige stuurgroep", figure, inside(said, MEETING) if last else said)
    return key_figure(numbers.DAYS_TO_MEETING.at(days), inside(long_day(on), MEETING))


def _money(region: asks.Region) -> Component:
    if not region.money:
        return plain_figure("uitgegeven", NO_DATA, "er is nog geen subsidiedossier")
    first, amounts = region.money[0].code, region.money[0].amounts
    of = html.Span(["van ", keyed(numbers.BUDGETED.at(amounts.budgeted, first)), " begroot"])
    forecast = numbers.FORECAST.at(amounts.forecast, first)
    expected = keyed(forecast, "geen prognose" if amounts.forecast is None else ["prognose ", forecast.written])
    return key_figure(numbers.SPENT.at(amounts.spent, first), of, html.Br(), inside(expected, "/budget"))


def layout(**query: str) -> Component:
    first_ones = len(CARDS[current_viewer().role][0])
    draws: dict[str, Draw] = {
        "nu": lambda: [first.place(), html.Div(id=Ids.FIGURES), _slots(SLOTS[:first_ones])],
        "regio": lambda: _slots(SLOTS[first_ones:]),
    }
    start = dcc.Store(id=Ids.START, data="")
    return parted("home", query, draws, start, html.Div(id=Ids.HEAD, className="page-head"))


def _slots(slots: Sequence[Ids]) -> Component:
    return cards(*(html.Div(id=slot, className="slot") for slot in slots))


@callback(Permission.VIEW_PORTAL, Output(Ids.HEAD, "children"), Input(Ids.START, "data"))
def show_head(_: str) -> Component:
    viewer = current_viewer()
    region = asks.region(viewer)
    greeting = asks.greeting(viewer, clock.now())
    return page_header(greeting, [Crumb("Overzicht")], region.as_of, _sentence(viewer, region))


@callback(Permission.VIEW_PORTAL, Output(Ids.FIGURES, "children"), Input(Ids.START, "data"))
def show_figures(_: str) -> Component | None:
    return figures(current_viewer())


def _showing(place: int) -> Callable[[str], Component | None]:
    def show_card(_: str) -> Component | None:
        return card_at(current_viewer(), place)

    return show_card


for _place, _slot in enumerate(SLOTS):
    callback(Permission.VIEW_PORTAL, Output(_slot, "children"), Input(Ids.START, "data"))(_showing(_place))
