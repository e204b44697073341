"""What falls silent, and where what is reported differs from what is computed."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from portal.components import grids
from portal.components.cards import card, nothing_found
from portal.components.changes import Change, change_list
from portal.components.links import inside
from portal.components.tables import Column, small_table
from portal.components.tags import word_tag
from portal.pages.columns import on_screen
from portal.pages.rows import records
from portal.pages.steering import rows
from portal.pages.steering.answers import Seen
from portal.pages.steering.grids import ALERTS
from portal.pages.steering.ids import Parts
from portal.pages.steering.news import source
from portal.pages.steering.reading import Colour
from portal.snapshots.radar import Alert, Quiet
from portal.text import number, plural

SOURCE = "voortgangsverslagen, deelnames en mijlpalen in het portaal"
PER_KIND, MOST, GRAVE = 3, 8, 2
QUIET, COLOURS = "Wat dreigt stil te vallen?", "Waar wijkt wat gemeld is af van wat berekend is?"


def quiet_card(seen: Seen) -> Component | None:
    """Each kind of falling silent with its count, and of each the worst."""
    if not seen.kept:
        return None
    kinds = [part for kind in Quiet for part in _kind(kind, [one for one in seen.radar if one.kind is kind])]
    calm = nothing_found("wat stilvalt", "Elk traject gaf een teken, en elk resultaat wordt gedragen.")
    return card(
        QUIET,
        *(kinds or [calm]),
        _all(seen) if seen.radar else None,
        sub="Per soort de ergste; elk met de reden waarom het hier staat.",
        foot=source(seen, "radar", SOURCE),
        span=6,
    )


def _kind(kind: Quiet, alerts: Sequence[Alert]) -> list[Component]:
    if not alerts:
        return []
    head = html.H3([f"{kind.label} · ", html.Span(number(len(alerts)), className="n")])
    return [head, change_list([alert_line(one) for one in alerts[:PER_KIND]], kind.label)]


def alert_line(alert: Alert) -> Change:
    grave = alert.weight >= GRAVE
    return Change(
        symbol="▲" if grave else "○",
        kind="dringend" if grave else "opletten",
        what=alert.what,
        detail=alert.why,
        href=alert.path or None,
    )


def _all(seen: Seen) -> Component:
    found = records(rows.alert_rows(seen).drop(columns=["path"]))
    table = grids.grid(Parts.ALL_QUIET, on_screen(ALERTS), label=QUIET, height=420, rows=found)
    title = f"Toon {plural(len(found), 'melding', 'meldingen')} als lijst"
    return html.Details([html.Summary(title), table], className="as-table")


def colours_card(seen: Seen) -> Component | None:
    """Reported colour beside computed signal where the two differ; never the one over the other."""
    if not seen.kept:
        return None
    shown = seen.colours[:MOST]
    table = small_table(
        "Gemeld en berekend", [Column("Traject"), Column("Gemeld"), Column("Berekend")], _colours(shown)
    )
    more = len(seen.colours) - len(shown)
    return card(
        COLOURS,
        table if shown else nothing_found("verschillen", "Overal is de gemelde kleur ook de berekende."),
        html.P(f"En nog {number(more)}; ‘Download als Excel’ geeft ze alle.", className="remark") if more > 0 else None,
        sub="De kleur is wat wie het doet ervan zegt; het signaal volgt uit de datums en het zwijgen.",
        foot=source(seen, "kleuren", SOURCE),
        span=6,
    )


def _colours(colours: Sequence[Colour]) -> list[list[Component]]:
    return [
        [
            inside(f"{one.code} {one.title}", f"/project/{one.code}"),
            word_tag(one.health),
            html.Span([word_tag(one.signal), html.Small(one.why)]),
        ]
        for one in colours
    ]
