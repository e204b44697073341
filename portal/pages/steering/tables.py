"""Money per atelier, and the calendar of who meets."""

from collections.abc import Sequence
from decimal import Decimal

from dash import html
from dash.development.base_component import Component

from portal.components.cards import card, nothing_found
from portal.components.charts import chart
from portal.components.links import inside
from portal.components.tables import Cell, Column, small_table
from portal.components.tags import Tone, tag
from portal.pages import risks
from portal.pages.columns import records
from portal.pages.steering import rows
from portal.pages.steering.asks import Seen
from portal.pages.steering.cards import MONEY, RISKS, foot
from portal.pages.steering.filters import address_of
from portal.pages.steering.reading import Held
from portal.snapshots.counted import Amounts, total
from portal.snapshots.radar import GRACE_DAYS
from portal.text import day, euro
from portal.vocabulary import MeetingBody

PAST, COMING = 4, 3


def money_card(seen: Seen) -> Component | None:
    """The four amounts per atelier; the last row is their sum."""
    if not seen.kept:
        return None
    columns = [
        Column("Atelier"),
        *(Column(name, numeric=True) for name in ("Begroot", "Vastgelegd", "Uitgegeven", "Prognose")),
    ]
    table = small_table(MONEY.question, columns, [_purse(one) for one in seen.money], _purse(total(seen.money)))
    return card(
        MONEY.question,
        table if seen.money else nothing_found("begrotingslijnen", "Er is nog geen dossier met een begroting."),
        sub="Per atelier, over alle dossiers samen; op de cent in Excel.",
        foot=foot(MONEY, seen),
    )


def risks_card(seen: Seen) -> Component | None:
    """Where each risk stands, from where it came since the meeting before, and the list behind it."""
    if not seen.kept:
        return None
    if not seen.risks:
        return card(RISKS.question, nothing_found(*risks.NONE), foot=foot(RISKS, seen))
    return card(
        RISKS.question,
        chart(RISKS.chart_id, "Kans tegen gevolg", risks.HEIGHT, risks.matrix(seen.risks)),
        RISKS.behind(height=None, rows=records(seen.risks)),
        sub=f"{risks.told(None, seen.risks)} Een pijl komt van waar een risico de vorige keer stond.",
        foot=foot(RISKS, seen),
    )


def _purse(one: Amounts) -> list[Cell]:
    forecast = None if one.forecast is None else _euro(one.forecast)
    return [one.title, _euro(one.budgeted), _euro(one.committed), _euro(one.spent), forecast]


def _euro(amount: Decimal) -> str:
    return euro(amount, cents=False)


def calendar_body(seen: Seen) -> list[Component]:
    """Per body the last meetings and the next; the workbook has them all."""
    if not seen.calendar:
        return [nothing_found("vergaderingen", "Er is er nog geen gepland.")]
    known = {(row["body"], row["number"]) for row in seen.meetings.to_dict("records")}
    bodies = [_body(seen, body, known) for body in MeetingBody if any(one.body is body for one in seen.calendar)]
    more = html.P("Eerdere en latere staan in ‘Download als Excel’.", className="remark")
    return [html.Div(bodies, className="side-by-side"), more]


def _body(seen: Seen, body: MeetingBody, known: set[tuple[str, int]]) -> Component:
    mine = [one for one in seen.calendar if one.body is body]
    past = [one for one in mine if one.was_held or one.planned_on < seen.calendar_on]
    coming = [one for one in mine if one not in past]
    columns = [Column("Nr."), Column("Gepland"), Column("Gehouden"), Column("Verschil")]
    shown = [*past[-PAST:], *coming[:COMING]]
    table = small_table(body.label, columns, [_held(seen, one, known) for one in shown])
    head = html.H3([body.label, html.Span(f" · {rows.rhythm(seen.rhythm.get(body))}", className="n")])
    return html.Div([head, table])


def _held(seen: Seen, one: Held, known: set[tuple[str, int]]) -> Sequence[Cell]:
    name = inside(str(one.number), address_of(one.body, one.number), title=f"{one.body.label} {one.number}")
    linked: Cell = name if (one.body.value, one.number) in known else str(one.number)
    held_on = day(one.held_on) if one.held_on else "—"
    return [linked, day(one.planned_on), held_on, _against(one, seen)]


def _against(one: Held, seen: Seen) -> Cell:
    said = rows.held(one, seen.calendar_on)
    skipped = not one.was_held and (seen.calendar_on - one.planned_on).days > GRACE_DAYS
    if skipped:
        return tag(said, Tone.LATE, "▲")
    return tag(said, Tone.ATTENTION, "○") if one.off else said
