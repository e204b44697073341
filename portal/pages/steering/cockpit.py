"""The meeting on one screen: four figures, the agenda in its order, and beside it the dossier of the chosen point."""

from collections.abc import Sequence
from decimal import Decimal

from dash import html
from dash.development.base_component import Component

from portal import numbers
from portal.components.agenda import Point, agenda_list, steps
from portal.components.cards import nothing_found
from portal.components.numbers import figure_strip, keyed, strip_figure
from portal.pages.steering import dossier, noting, words
from portal.pages.steering.asks import Seen
from portal.pages.steering.cards import AGENDA, foot
from portal.pages.steering.filters import POINT, Ids, address_of
from portal.pages.steering.noting import NOTHING, May
from portal.permissions import Viewer
from portal.queries.meetings.editable import spot_name
from portal.snapshots.brief import Brief, minutes_of
from portal.snapshots.counted import total
from portal.snapshots.report import Item
from portal.text import day, listed, number, percentage, plural
from portal.vocabulary import AgendaKind, ItemState


def chosen(seen: Seen, point: str) -> Brief | None:
    """The point that is asked for by its id; else the one the meeting is at, the first that is to be treated, or the
    first. None without an agenda."""
    by_id = {str(brief.item.id): brief for brief in seen.briefs}
    if point in by_id:
        return by_id[point]
    at = (brief for brief in seen.briefs if brief.item.began_at is not None)
    opened = (brief for brief in seen.briefs if brief.item.state is ItemState.OPEN and not seen.frozen)
    return next(at, None) or next(opened, None) or next(iter(seen.briefs), None)


def figures(seen: Seen) -> Component | None:
    """What changed, what is late, what is to be decided, and where the money ends."""
    if not seen.kept:
        return None
    shown = [_changed(seen), _late(seen), _asked(seen), _money(seen)]
    return figure_strip(*[each for each in shown if each is not None])


def _changed(seen: Seen) -> Component:
    of, counts = seen.header.spot, seen.counts
    since = f"Wat veranderde sinds {day(seen.previous.day)}?" if seen.previous else "Wat veranderde?"
    about = [f"waarvan {number(counts.on_agenda)} op deze agenda"] if counts.changed else []
    where = of if not seen.compared or seen.previous is None else f"{of} na {seen.previous.spot}"
    return strip_figure(since, numbers.CHANGES.at(counts.changed if seen.previous else None, where), *about)


def _late(seen: Seen) -> Component:
    of, actions = seen.header.spot, seen.counts.late_actions
    told: list[Component | str] = ["mijlpalen"]
    if actions:
        said = plural(actions, "actie", "acties")
        told += [", en ", keyed(numbers.LATE_ACTIONS.at(actions, of), said)]
    return strip_figure("Wat is te laat?", numbers.LATE_OF_RESULTS.at(seen.counts.late, of), *told)


def _asked(seen: Seen) -> Component:
    """What is to be decided, of a frozen meeting what was."""
    spot = seen.header.spot
    if seen.frozen:
        places = [number(brief.place) for brief in seen.briefs if brief.decided]
        return strip_figure("Wat beslisten we?", numbers.DECIDED.at(len(seen.decisions), spot), *_points(places))
    places = [number(brief.place) for brief in seen.briefs if brief.item.kind is AgendaKind.DECISION]
    return strip_figure("Wat beslissen we?", numbers.ASKED.at(seen.counts.asked, spot), *_points(places))


def _points(places: Sequence[str]) -> Sequence[str]:
    return [f"{'punt' if len(places) == 1 else 'punten'} {listed(places)}"] if places else []


def _money(seen: Seen) -> Component | None:
    money = total(seen.money)
    if not money.budgeted:
        return None
    forecast = numbers.FORECAST.at(money.forecast, seen.header.spot)
    return strip_figure("Waar eindigt het geld?", forecast, *_against(money.forecast, money.budgeted))


def _against(forecast: Decimal | None, budgeted: Decimal) -> Sequence[str]:
    if forecast is None:
        return ()
    share = 100 * (forecast - budgeted) / budgeted
    word = "boven" if share > 0 else "onder"
    sign = "▲" if share > 0 else "●"
    return (f"{sign} {percentage(abs(share))} {word} begroot",) if share else ("zoals begroot",)


def points(seen: Seen, *, moves: bool = False) -> list[Point]:
    """`moves`: its reader may put them in another order."""
    return [_point(seen, brief, moves=moves) for brief in seen.briefs]


def _point(seen: Seen, brief: Brief, *, moves: bool) -> Point:
    item = brief.item
    return Point(
        *(item.id, brief.place, item.kind, item.title, address_at(seen, item)),
        minutes=item.minutes,
        used=item.used,
        state=item.state,
        running=item.began_at is not None,
        told=not (seen.frozen and item.state is ItemState.OPEN),
        lacks=brief.empty and not seen.frozen,
        moves=f"{item.id}:{item.version}" if moves else "",
    )


def address_at(seen: Seen, item: Item, **more: str) -> str:
    header = seen.header
    return address_of(header.body, header.number, seen.against, **more, **{POINT: str(item.id)})


def agenda_part(seen: Seen, point: str, *, moves: bool) -> list[Component]:
    here = chosen(seen, point)
    if here is None:
        hint = "De coördinator zet ze erop." if not seen.frozen else "Er stond niets op."
        return [nothing_found("agendapunten", hint)]
    minutes, hours = minutes_of(seen.agenda), words.hours(seen).get(seen.header.name, "")
    together = f"{number(minutes)} minuten samen" if minutes else ""
    told = ", ".join(filter(None, (hours, seen.header.place, together)))
    when = [html.P(told, className="whole-time")] if told else []
    return [*when, agenda_list(points(seen, moves=moves), here.item.id, "Agenda"), foot(AGENDA, seen)]


def brief_part(seen: Seen, viewer: Viewer, point: str) -> list[Component | None]:
    """The dossier of the chosen point, with the way to its neighbours on a narrow screen."""
    here = chosen(seen, point)
    if here is None:
        return [nothing_found("dossier", "Zonder agendapunt is er geen.")]
    all_of, at = points(seen), here.place - 1
    told = f"Punt {number(here.place)} van {number(len(all_of))}"
    ways = steps(all_of[at - 1] if at else None, all_of[at + 1] if at + 1 < len(all_of) else None, told)
    return [ways, brief(seen, here, may_at(seen, viewer, here.item))]


def brief(seen: Seen, of: Brief, may: May) -> Component:
    """The dossier, with what its reader may do in it."""
    return html.Div(dossier.drawn(of, seen, may), className="brief")


def may_at(seen: Seen, viewer: Viewer, item: Item) -> May:
    return NOTHING if seen.frozen else noting.may_at(viewer, spot_of(seen, item))


def spot_of(seen: Seen, item: Item) -> str:
    """ "stuurgroep-7.12"."""
    return spot_name(seen.header.body, seen.header.number, item.id)


def noting_part(seen: Seen, viewer: Viewer, item_id: str) -> Component | None:
    item = next((each for each in seen.agenda if str(each.id) == item_id), None)
    return None if item is None or seen.frozen else noting.noting(viewer, spot_of(seen, item), item, (Ids.WANTED,))
