"""Which figures and cards each role finds on the first page, in which order."""

from collections.abc import Callable, Mapping
from datetime import datetime

from dash.development.base_component import Component

from portal.components.cards import cards, key_figure
from portal.components.frame import Crumb, page_header
from portal.components.links import inside
from portal.components.tags import Tone, tag
from portal.pages.home import answers, meeting_card, own_cards, sentences
from portal.pages.home import cards as of_region
from portal.pages.standing import reported, without_project
from portal.permissions import Role, Viewer
from portal.text import euro, long_day, number

MEETING = "/stuurgroep"
Card = Callable[[Viewer], Component | None]

CARDS: Mapping[Role, tuple[Card, ...]] = {
    Role.STEERING: (
        meeting_card.since_last,
        *(of_region.late, of_region.stuck, of_region.money, of_region.joined, of_region.actions),
    ),
    Role.DIRECTOR: (own_cards.invitations, own_cards.waiting, own_cards.shared, of_region.late, of_region.stuck),
    Role.MAYOR: (
        of_region.five_sentences,
        lambda viewer: of_region.joined(viewer, of_region.HALF),
        of_region.results,
        lambda viewer: of_region.money(viewer, of_region.HALF),
    ),
    Role.COORDINATOR: (
        *(own_cards.reports, of_region.stuck, meeting_card.since_last),
        *(of_region.late, of_region.joined, of_region.actions),
    ),
    Role.ATELIER: (own_cards.reports, of_region.stuck, of_region.late, of_region.joined),
    Role.ADMIN: (own_cards.reports, of_region.stuck, of_region.late, of_region.joined, of_region.actions),
}


def card_at(viewer: Viewer, place: int) -> Component | None:
    """The card of this role in this place; nothing where it has fewer."""
    own = CARDS[viewer.role]
    return own[place](viewer) if place < len(own) else None


def opening(viewer: Viewer, now: datetime) -> Component:
    region = answers.region(viewer)
    return page_header(sentences.greeting(viewer, now), [Crumb("Overzicht")], region.as_of, _sentence(viewer, region))


def _sentence(viewer: Viewer, region: answers.Region) -> sentences.Opening:
    match viewer.role:
        case Role.DIRECTOR:
            own = answers.own(viewer)
            return sentences.of_director(region, own[0]) if own else sentences.of_steering(region)
        case Role.MAYOR:
            return sentences.of_mayor(region)
        case Role.STEERING:
            return sentences.of_steering(region)
        case _:
            return sentences.of_worker(region, answers.work(viewer))


def figures(viewer: Viewer) -> Component:
    """Four key figures: a director's own, everybody else the region's."""
    own = answers.own(viewer) if viewer.role is Role.DIRECTOR else ()
    return cards(*(_own_figures(own[0]) if own else _region_figures(answers.region(viewer))))


def _own_figures(own: answers.Own) -> list[Component]:
    standing, page = own.standing, f"/gemeente/{own.partner.code}"
    return [
        key_figure(
            "uitdagingen gemeld",
            reported(standing.challenges, standing),
            inside(without_project(standing), page),
        ),
        key_figure(
            "eigen projecten",
            reported(standing.projects, standing),
            f"{number(standing.overdue)} over tijd" if standing.overdue else "geen over tijd",
        ),
        key_figure(
            "gedeelde trajecten",
            f"{number(standing.coalitions)} van {number(standing.of_coalitions)}",
            f"trekt er {number(standing.leads) if standing.leads else 'geen'}",
        ),
        key_figure("vragen aan u", number(own.waiting), "uitnodigingen, voorwaarden en acties"),
    ]


def _region_figures(region: answers.Region) -> list[Component]:
    return [_meeting(region), _late(region), _quiet(region), _money(region)]


def _meeting(region: answers.Region) -> Component:
    days, on = region.calendar.days_to_next, region.calendar.next_on
    if days is None or on is None:
        last = next(iter(region.calendar.held), None)
        said = long_day(last) if last else "nog niet samengekomen"
        figure = "—" if last is None else f"{last:%d/%m}"
        return key_figure("vorige stuurgroep", figure, inside(said, MEETING) if last else said)
    return key_figure(
        "tot de volgende stuurgroep", "1 dag" if days == 1 else f"{days} dagen", inside(long_day(on), MEETING)
    )


def _late(region: answers.Region) -> Component:
    late = len(region.late)
    word = tag("bekijk ze", Tone.LATE, "▲") if late else tag("op schema", Tone.GOOD, "●")
    return key_figure("mijlpalen over tijd", number(late), inside(word, "/ateliers"))


def _quiet(region: answers.Region) -> Component:
    count = int(region.signals["quiet"].sum())
    return key_figure("projecten stil", number(count), "al twee stuurgroepen zonder bericht")


def _money(region: answers.Region) -> Component:
    if not region.money:
        return key_figure("uitgegeven", "geen gegevens", "er is nog geen subsidiedossier")
    amounts = region.money[0].amounts
    expected = "geen prognose" if amounts.forecast is None else f"prognose {euro(amounts.forecast, cents=False)}"
    return key_figure(
        f"uitgegeven van {euro(amounts.budgeted, cents=False)}",
        euro(amounts.spent, cents=False),
        inside(expected, "/budget"),
    )
