"""What changed since the last meeting, which projects went quiet, what may go wrong and where the money stands."""

from decimal import Decimal
from typing import Any

from dash import html
from dash.development.base_component import Component

from portal.components.cards import card, nothing_found
from portal.components.changes import Change, change_list
from portal.components.charts import bars, chart
from portal.components.links import inside
from portal.components.tables import Cell, Column, small_table
from portal.components.tags import word_tag
from portal.pages import risks
from portal.pages.columns import records
from portal.pages.steering import words
from portal.pages.steering.asks import Seen
from portal.pages.steering.cards import COLOURS, MONEY, RISKS, STEPS, STUCK, foot
from portal.pages.steering.filters import Ids, address_of
from portal.snapshots.counted import Amounts, total
from portal.snapshots.lines import Line, Topic, of_topic
from portal.snapshots.promised import Step, fated, fates_of
from portal.text import day, euro, number, plural

MOST = 8
WIDE = 8
TOPICS = dict(
    zip(Topic, (Ids.RESULTS, Ids.PROJECTS, Ids.COALITIONS, Ids.BUDGET, Ids.INVENTORY, Ids.ABOUT_AGREED), strict=True)
)


def since(seen: Seen) -> list[Component | str]:
    """What is compared with what, and why it is not what was asked."""
    told: list[Component | str] = [words.compared(seen)]
    return [html.P(words.not_comparable(seen), className="notice"), *told] if seen.refused else told


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
    shown = ("what", "act", "label", "old", "new", "detail", "who", "on")
    return [
        {"id": place, "topic": line.topic.label} | {key: getattr(line, key) for key in shown}
        for place, line in enumerate(seen.lines)
    ]


def change(line: Line) -> Change:
    """A line of the report as a change that is drawn."""
    when = ", ".join(filter(None, (line.who, day(line.on)))) if line.on else ""
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
    header = seen.header
    before = [row for row in seen.meetings if row.body is header.body and row.kept]
    before = [row for row in before if row.planned_on < header.planned_on]
    if not before:
        return None
    now = seen.previous.number if seen.previous else None
    links = [
        html.Li(
            inside(
                f"{row.name} · {day(row.day)}",
                address_of(header.body, header.number, row.number),
                current="true" if row.number == now else None,
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
    return card(
        STUCK.question,
        change_list(shown, STUCK.question) if shown else nothing_found("achterstand", "Wat moest bewegen, bewoog."),
        _rest(len(seen.stuck) - MOST),
        sub="Verwacht tegen vandaag, niet klaar, en sinds de vorige vergadering gaf niemand een andere datum."
        if not seen.frozen
        else "Verwacht tegen deze vergadering, niet klaar, en zonder andere datum sinds de vorige.",
        foot=foot(STUCK, seen),
    )


def late_lines(seen: Seen) -> list[Change]:
    """What was due and did not come, from the longest late."""
    return [change(line) for line in seen.stuck]


def _rest(more: int) -> Component | None:
    said = f"En nog {number(more)}; ‘Download als Excel’ geeft ze alle."
    return html.P(said, className="remark") if more > 0 else None


def promised_card(seen: Seen) -> Component | None:
    """Of the milestones promised for this period, how many came."""
    promised = seen.promised
    if promised is None:
        return None
    fates = [(fate, len(steps)) for fate, steps in fates_of(promised, words.FATES)]
    shown = [(fate, count) for fate, count in fates if count or fate == words.FATES[0]]
    return card(
        STEPS.question,
        html.P(html.B(words.kept_of(promised)), className="answer"),
        bars(shown, STEPS.question) if promised.count or promised.added else None,
        _steps(seen),
        sub=f"Mijlpalen verwacht tussen {day(promised.since)} en {day(promised.until)}.",
        foot=foot(STEPS, seen),
    )


def _steps(seen: Seen) -> Component | None:
    steps = fated(seen.promised, words.FATES)
    if not steps:
        return None
    items = [html.Li([html.B(one.title), html.Small(f"{one.of} · {one.fate}{_when(one)}")]) for one in steps[:MOST]]
    return html.Details([html.Summary("Toon welke"), html.Ul(items, className="plain")], className="as-table")


def _when(step: Step) -> str:
    return f" op {day(step.done_on)}" if step.done_on else f", nu {day(step.now_due)}" if step.now_due else ""


MOST_QUIET = 8


def colours_card(seen: Seen) -> Component | None:
    """Reported colour beside computed signal where the two differ; never the one over the other."""
    if not seen.kept:
        return None
    shown = seen.colours[:MOST_QUIET]
    lines = [
        [
            inside(f"{one.code} {one.title}", f"/project/{one.code}"),
            word_tag(one.health),
            html.Span([word_tag(one.signal), html.Small(one.why)]),
        ]
        for one in shown
    ]
    table = small_table(
        "Gemeld en berekend", [Column("Traject"), Column("Gemeld", beside=True), Column("Berekend")], lines
    )
    return card(
        COLOURS.question,
        table if shown else nothing_found("verschillen", "Overal is de gemelde kleur ook de berekende."),
        _rest(len(seen.colours) - MOST_QUIET),
        sub="De kleur is wat wie het doet ervan zegt; het signaal volgt uit de datums en uit wie stil is.",
        foot=foot(COLOURS, seen),
    )


def purses(seen: Seen) -> Component:
    """The four amounts per atelier; the last row is their sum."""
    if not seen.money:
        return nothing_found("begrotingslijnen", "Er is nog geen dossier met een begroting.")
    columns = [
        Column("Atelier"),
        *(Column(name, numeric=True) for name in ("Begroot", "Vastgelegd", "Uitgegeven", "Prognose")),
    ]
    return small_table(MONEY.question, columns, [_purse(one) for one in seen.money], _purse(total(seen.money)))


def money_card(seen: Seen) -> Component | None:
    if not seen.kept:
        return None
    return card(
        MONEY.question,
        purses(seen),
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
