"""What changed since the last meeting, and which projects went quiet."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from portal.components.cards import card, nothing_found
from portal.components.changes import Change, change_list
from portal.components.charts import bars
from portal.components.links import inside
from portal.components.tables import Column, small_table
from portal.components.tags import word_tag
from portal.pages.columns import records
from portal.pages.steering import rows
from portal.pages.steering.asks import Seen
from portal.pages.steering.cards import AGENDA, COLOURS, QUIET, STEPS, STUCK, foot
from portal.pages.steering.filters import Ids, address_of
from portal.pages.steering.reading import Colour
from portal.snapshots.lines import Line, Topic, of_topic
from portal.snapshots.radar import Alert, Quiet
from portal.text import day, number, plural
from portal.vocabulary import AgendaKind

MOST = 8
WIDE = 8
TOPICS = dict(
    zip(Topic, (Ids.RESULTS, Ids.PROJECTS, Ids.COALITIONS, Ids.BUDGET, Ids.INVENTORY, Ids.ABOUT_AGREED), strict=True)
)
ASKED = "Welke beslissingen worden gevraagd?"


def since(seen: Seen) -> list[Component | str]:
    """What is compared with what, and why it is not what was asked."""
    told: list[Component | str] = [rows.compared(seen)]
    return [html.P(rows.not_comparable(seen), className="notice"), *told] if seen.refused else told


def topic_part(seen: Seen, topic: Topic) -> list[Component]:
    """What is worth the meeting's time, and how much more of it the list has; nothing for a topic that stood still."""
    lines = of_topic([line for line in seen.lines if not line.minor], topic)
    if not lines:
        return []
    more = len(lines) - MOST
    rest = [html.P(f"En nog {number(more)} in de lijst hieronder.", className="remark")] if more > 0 else []
    return [html.H3(topic.label), change_list([change(line) for line in lines[:MOST]], topic.label), *rest]


def list_title(seen: Seen) -> str:
    minor = sum(line.minor for line in seen.lines)
    small = f", waarvan {number(minor)} kleine" if minor else ""
    return f"Toon {plural(len(seen.lines), 'verandering', 'veranderingen')} als lijst{small}"


def list_rows(seen: Seen) -> list[dict[str, Any]]:
    """Every change, those that are not worth the meeting's time too."""
    return records(rows.line_rows(seen.lines).drop(columns=["path", "minor"]))


def change(line: Line) -> Change:
    """A line of the report as a change that is drawn."""
    on = rows.day_of(line)
    when = ", ".join(filter(None, (line.who, day(on)))) if on else ""
    return Change(
        symbol=line.symbol,
        kind=line.act,
        what=line.what,
        old=line.old or None,
        new=line.new or None,
        label=line.label,
        detail=line.detail,
        href=line.path or None,
        end=html.Small(when, className="when") if when else None,
    )


def choose(seen: Seen) -> Component | None:
    """The meetings of this body that this one can be compared with."""
    before = [
        row
        for row in seen.meetings.to_dict("records")
        if row["body"] == seen.header.body.value and row["kept"] and row["planned_on"] < seen.header.planned_on
    ]
    if not before:
        return None
    now = seen.previous.number if seen.previous else None
    links = [
        html.Li(
            inside(
                f"{row['body_label']} {row['number']} · {day(row['held_on'] or row['planned_on'])}",
                address_of(seen.header.body, seen.header.number, row["number"]),
                current="true" if row["number"] == now else None,
            )
        )
        for row in reversed(before)
    ]
    return html.Details(
        [html.Summary("Vergelijk met een andere vergadering"), html.Ul(links, className="choose")],
        className="as-table ways-on",
        open=seen.compared or seen.refused is not None,
    )


def stuck_card(seen: Seen) -> Component | None:
    """What was due, is not done, and got no other day."""
    if not seen.kept or seen.previous is None:
        return None
    shown = [change(line) for line in seen.stuck[:MOST]]
    more = len(seen.stuck) - MOST
    return card(
        STUCK.question,
        change_list(shown, STUCK.question) if shown else nothing_found("achterstand", "Wat moest bewegen, bewoog."),
        html.P(f"En nog {number(more)}; ‘Download als Excel’ geeft ze alle.", className="remark") if more > 0 else None,
        sub="Verwacht tegen vandaag, niet klaar, en sinds de vorige vergadering gaf niemand een andere datum."
        if not seen.frozen
        else "Verwacht tegen deze vergadering, niet klaar, en zonder andere datum sinds de vorige.",
        foot=foot(STUCK, seen),
        span=5,
    )


def promised_card(seen: Seen) -> Component | None:
    """Of the milestones promised for this period, how many came."""
    promised = seen.promised
    if promised is None:
        return None
    fates = [(label, len(getattr(promised, fate))) for fate, label in rows.FATES.items()]
    shown = [(label, count) for label, count in fates if count or label == rows.FATES["reached"]]
    return card(
        STEPS.question,
        html.P(html.B(rows.kept_of(promised)), className="answer"),
        bars(shown, STEPS.question) if promised.count or promised.added else None,
        _steps(seen),
        sub=f"Mijlpalen verwacht tussen {day(promised.since)} en {day(promised.until)}.",
        foot=foot(STEPS, seen),
    )


def _steps(seen: Seen) -> Component | None:
    found = rows.step_rows(seen.promised).to_dict("records")
    if not found:
        return None
    items = [html.Li([html.B(row["title"]), html.Small(f"{row['of']} · {row['fate']}{_when(row)}")]) for row in found]
    return html.Details([html.Summary("Toon welke"), html.Ul(items[:MOST], className="plain")], className="as-table")


def _when(row: Mapping[Hashable, Any]) -> str:
    done, due = row["done_on"], row["now_due"]
    return f" op {day(done)}" if done else f", nu {day(due)}" if due else ""


def asked_card(seen: Seen) -> Component:
    """The points of the agenda on which the meeting must decide."""
    asked = [item for item in seen.agenda if item.kind is AgendaKind.DECISION]
    items = [html.Li(inside(item.title, item.path) if item.path else item.title) for item in asked]
    said = (
        html.Ol(items, className="plain") if items else nothing_found("gevraagde beslissingen", "Niets te beslissen.")
    )
    return card(ASKED, said, foot=foot(AGENDA, seen))


PER_KIND, MOST_QUIET, GRAVE = 3, 8, 2


def quiet_card(seen: Seen) -> Component | None:
    """Each kind of falling silent with its count, and of each the worst."""
    if not seen.kept:
        return None
    kinds = [part for kind in Quiet for part in _kind(kind, [one for one in seen.radar if one.kind is kind])]
    calm = nothing_found("wat stilvalt", "Elk traject gaf een teken, en elk resultaat wordt gedragen.")
    return card(
        QUIET.question,
        *(kinds or [calm]),
        _all(seen) if seen.radar else None,
        sub="Per soort de ergste; elk met de reden waarom het hier staat.",
        foot=foot(QUIET, seen),
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
    table = QUIET.grid(height=420, rows=found)
    title = f"Toon {plural(len(found), 'melding', 'meldingen')} als lijst"
    return html.Details([html.Summary(title), table], className="as-table")


def colours_card(seen: Seen) -> Component | None:
    """Reported colour beside computed signal where the two differ; never the one over the other."""
    if not seen.kept:
        return None
    shown = seen.colours[:MOST_QUIET]
    table = small_table(
        "Gemeld en berekend", [Column("Traject"), Column("Gemeld"), Column("Berekend")], _colours(shown)
    )
    more = len(seen.colours) - len(shown)
    return card(
        COLOURS.question,
        table if shown else nothing_found("verschillen", "Overal is de gemelde kleur ook de berekende."),
        html.P(f"En nog {number(more)}; ‘Download als Excel’ geeft ze alle.", className="remark") if more > 0 else None,
        sub="De kleur is wat wie het doet ervan zegt; het signaal volgt uit de datums en het zwijgen.",
        foot=foot(COLOURS, seen),
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
