"""What dreigt stil te vallen: a line per kind and cause, each opens what it counts."""

from collections.abc import Callable

from dash import html
from dash.development.base_component import Component

from portal.components.aria import named
from portal.components.cards import card, nothing_found
from portal.components.changes import Change
from portal.components.links import Content, inside
from portal.components.numbers import keyed
from portal.pages.steering.asks import Seen
from portal.pages.steering.cards import QUIET, as_list, foot
from portal.snapshots.grouped import FIRST, GRAVE, Group, alerts_of
from portal.snapshots.radar import Alert
from portal.text import number

FEW = 6  # each with its page; of the others the name


def quiet_card(seen: Seen) -> Component | None:
    """What matters most first; the rest behind one line, and every one of them in the list."""
    if not seen.kept:
        return None
    calm = nothing_found("wat stilvalt", "Elk traject gaf een teken, en elk resultaat wordt gedragen.")
    first, rest = seen.groups[:FIRST], seen.groups[FIRST:]
    return card(
        QUIET.question,
        _lines(first) if first else calm,
        html.Details([html.Summary(f"Toon nog {number(len(rest))}"), _lines(rest)], className="as-table")
        if rest
        else None,
        as_list(QUIET, alerts_of(seen.groups), "melding", "meldingen") if first else None,
        sub="Per oorzaak één regel, de ergste eerst; elke regel opent wat eronder valt.",
        foot=foot(QUIET, seen),
    )


def _lines(groups: tuple[Group, ...]) -> Component:
    return html.Ul([html.Li(_line(group)) for group in groups], className="plain radar")


def _line(group: Group) -> Component:
    symbol, kind = _sign(group.weight)
    sign = html.Span(symbol, className="m", role="img", **named(kind))
    more = group.alerts[FEW:]
    return html.Details(
        [
            html.Summary([sign, html.B(_said(group))]),
            html.P(group.why) if group.why else None,
            html.Ul([html.Li(_named(alert, told=not group.why)) for alert in group.alerts[:FEW]]),
            html.P("\n".join([f"En nog {number(len(more))}:", *(alert.what for alert in more)])) if more else None,
        ]
    )


def _said(group: Group) -> Content:
    return group.said if group.counted is None else keyed(group.counted, group.said)


def _named(alert: Alert, *, told: bool) -> Content:
    name = inside(alert.what, alert.path) if alert.path else alert.what
    return [name, f": {alert.why[:1].lower()}{alert.why[1:]}"] if told else name


def _sign(weight: int) -> tuple[str, str]:
    return ("▲", "dringend") if weight >= GRAVE else ("○", "opletten")


def changes_of(seen: Seen, concerns: Callable[[Alert], bool]) -> list[Change]:
    """The lines of what concerns one point of the agenda."""
    return [_change(part) for group in seen.groups if (part := group.only(concerns))]


def _change(group: Group) -> Change:
    """One alert alone is told by its name."""
    sign, first = _sign(group.weight), group.alerts[0]
    if len(group.alerts) == 1:
        return Change(*sign, first.what, detail=first.why, href=first.path or None)
    return Change(*sign, group.said, detail=group.named(FIRST))
