"""What was decided and what was promised, and the calendar of who meets."""

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from portal.components.cards import nothing_found
from portal.components.changes import Change, change_list
from portal.components.links import inside
from portal.components.tables import Cell, Column, small_table
from portal.components.tags import Tone, tag
from portal.pages.agreed import closing, met
from portal.pages.steering import words
from portal.pages.steering.asks import Seen
from portal.pages.steering.cards import ACTIONS, DECISIONS, as_list
from portal.pages.steering.filters import Ids, address_of
from portal.queries.meetings.meetings import MeetingRow
from portal.snapshots.agreed import Agreed
from portal.snapshots.radar import GRACE_DAYS
from portal.text import day
from portal.vocabulary import MeetingBody

MOST, SOON = 5, 7


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
