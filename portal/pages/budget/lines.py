"""The budget lines behind a total, and one subsidy file."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from dash import Patch, html
from dash.development.base_component import Component

from portal.components.aria import named
from portal.components.cards import card, cards, source_line
from portal.components.links import inside
from portal.components.tables import Cell, facts
from portal.components.tags import Tone, tag
from portal.components.words import explained
from portal.glossary import term
from portal.pages.budget.cards import (
    BOOKINGS,
    LINES,
    LOW,
    SIGNS,
    TIME,
    TOTALS,
    WHOLE,
    foot,
    line_columns,
    verdict_words,
)
from portal.pages.budget.view import COUNTED, FILTERS, Asked, Ids, href, total_of
from portal.pages.cards import pinned
from portal.pages.downloads import download_path
from portal.pages.editing.places import add_place, grid_place
from portal.queries.money.grants import Amounts, GrantFacts
from portal.queries.money.lines import BookingRow, LineRow, LineSignals, joined
from portal.queries.money.rows import MoneyFilter, Show
from portal.queries.money.time import MoneyInTime
from portal.queries.money.totals import Check, ConditionRow
from portal.text import day, euro, number, percentage, plural
from portal.vocabulary import Standing

FEW, HEIGHT = 25, 560
AMOUNTS = ("budgeted", "committed", "spent", "forecast")


def line_total(rows: Sequence[LineRow]) -> dict[str, Any]:
    return total_of(rows, plural(len(rows), *COUNTED), "what", AMOUNTS)


def line_options(rows: Sequence[LineRow]) -> tuple[Patch, dict[str, str]]:
    """The total row, and as high as the rows are while they are few."""
    few = len(rows) <= FEW
    options = pinned(line_total(rows))
    options["domLayout"] = "autoHeight" if few else "normal"
    return options, {"width": "100%", "height": "auto" if few else f"{HEIGHT}px"}


def lines_said(wanted: MoneyFilter, rows: Sequence[LineRow], name: str | None) -> Component:
    """Which lines these are; `name` is the chosen row of the totals."""
    kept = [part for part in (name, wanted.show.label if wanted.show else None) if part]
    counted = f"{plural(len(rows), *COUNTED)}: {', '.join(kept)}" if kept else f"Alle {number(len(rows))} lijnen"
    choices = [html.Li(_choice(wanted, show)) for show in Show]
    signs = [
        html.Li([tag(sign.word, sign.tone, sign.symbol), f" {Standing(key).label}"]) for key, sign in SIGNS.items()
    ]
    every = inside("Toon alle lijnen", href(MoneyFilter(grant=wanted.grant, per=wanted.per)))
    back: list[str | Component] = [" ", every, "."] if kept else []
    return html.Div(
        [
            html.P([f"{counted}. Kies een lijn om haar boekingen te zien.", *back], className="sub"),
            html.Nav(html.Ul(choices, className="legend"), **named("Welke lijnen")),
            html.Ul(signs, className="legend"),
        ]
    )


def _choice(wanted: MoneyFilter, show: Show) -> Component:
    current = "true" if wanted.show is show else None
    return inside(show.label, href(replace(wanted, show=show, line="")), current=current)


def booking_total(rows: Sequence[BookingRow]) -> dict[str, Any]:
    return total_of(rows, "Totaal", "description", ("committed", "spent"))


def bookings_said(wanted: MoneyFilter, lines: Sequence[LineRow], bookings: Sequence[BookingRow]) -> str:
    """The chosen line, or how to choose one."""
    if not wanted.line:
        return "Kies hierboven een lijn."
    found = next((row for row in lines if row.code == wanted.line), None)
    if found is None:
        return "Deze lijn is er niet bij. Kies hierboven een lijn."
    counted = plural(len(bookings), "boeking", "boekingen")
    return f"{wanted.line}, {joined(found.description, found.partner)}: {counted}."


def time_said(money: MoneyInTime, *, whole: bool) -> str:
    """Spent against the plan and against a straight line, today, and where the forecast ends; `whole`: over every line,
    not the own ateliers'."""
    now, straight = money.now, money.straight_now
    if now.planned is None:
        return "Er zijn nog geen budgetlijnen om tegen af te zetten."
    line = f", de rechte lijn {euro(straight)}" if straight is not None else ""
    of = "" if whole else " op de lijnen van uw ateliers"
    ends = f" De prognose eindigt op {euro(money.forecast)}." if money.forecast is not None else ""
    return f"Tot vandaag is {euro(now.spent)} uitgegeven{of}. Het plan voorzag {euro(now.planned)}{line}.{ends}"


_MET = {True: (Tone.GOOD, "✓"), False: (Tone.LATE, "▲"), None: (Tone.PLAIN, "○")}


def grant_source(asked: Asked, source: str = "subsidiedossier") -> Component:
    return source_line(source, asked.as_of, download_path("budget", "dossier", asked.query))


def subsidy_facts(grant: GrantFacts) -> list[tuple[str | Component, Cell]]:
    return [
        ("Oproep", grant.call),
        (explained(term("plafond"), "Plafond"), euro(grant.ceiling)),
        ("Gevraagd", html.Span([amount(grant.requested), " ", _within(grant.requested, grant.ceiling)])),
        ("Toegekend", html.Span([amount(grant.awarded), " ", _within(grant.awarded, grant.ceiling)])),
        ("Subsidie", None if grant.subsidy_rate is None else f"{rate(grant.subsidy_rate)} van de begroting"),
        ("Totale begroting", amount(grant.total_budget)),
        ("Looptijd", f"{day(grant.starts_on)} tot {day(grant.ends_on)}"),
        *([(explained(term("penhouder"), "Penhouder"), grant.holder)] if grant.holder else []),
    ]


def amount(value: Decimal | None) -> str:
    return "niet bekend" if value is None else euro(value)


def rate(share: Decimal) -> str:
    """Decimal("0.8000") -> "80 %"."""
    return percentage(share * 100, 0 if share * 100 == (share * 100).to_integral_value() else 2)


def _within(value: Decimal | None, ceiling: Decimal) -> Component | str:
    """Against the ceiling, to the cent."""
    if value is None:
        return ""
    if value > ceiling:
        return tag(f"{euro(value - ceiling)} boven het plafond", Tone.LATE, "▲")
    return tag("precies het plafond" if value == ceiling else "onder het plafond", Tone.GOOD, "✓")


def grant_cards() -> list[Component]:
    """What the grant is, and whether it meets its conditions."""
    return [
        card(
            "Past de subsidie binnen de oproep?",
            html.Div(id=Ids.SUBSIDY_EDIT),
            html.Div(id=Ids.SUBSIDY, className="while-reading"),
            foot=html.Div(id=Ids.SUBSIDY_SOURCE),
            span=6,
        ),
        card(
            "Aan welke voorwaarden voldoet het dossier?",
            html.Div(id=Ids.CONDITIONS_EDIT),
            html.Div(id=Ids.CONDITIONS, className="while-reading"),
            foot=html.Div(id=Ids.CONDITIONS_SOURCE),
            span=6,
        ),
    ]


def condition_list(conditions: Sequence[ConditionRow]) -> Component | str:
    lines = [_condition(row) for row in conditions]
    return html.Ul(lines, className="ways") if lines else "Er zijn geen voorwaarden bekend."


def _condition(row: ConditionRow) -> Component:
    tag_of_it = tag(row.standing, *_MET[row.met])
    return html.Li([tag_of_it, f" {row.title}", *([html.Small(row.note)] if row.note else [])])


def checks_card(checks: tuple[Check, ...], asked: Asked) -> Component:
    return card(
        "Klopt het?",
        html.Ul([_check(check) for check in checks], className="ways"),
        sub="Tot op de cent. Een verschil blijft hier staan tot het opgelost is.",
        foot=grant_source(asked, "dossier en budgetlijnen"),
        span=7,
    )


def _check(check: Check) -> Component:
    both = f"{amount(check.found)}, en het moet {'hoogstens ' if check.is_ceiling else ''}{amount(check.wanted)} zijn"
    return html.Li([_verdict(check), f" {check.rule.label}", html.Small(f"Het is {both}.")])


def _verdict(check: Check) -> Component:
    if check.holds is None:
        return tag("nog niet te zeggen", Tone.PLAIN, "○")
    return tag("klopt", Tone.GOOD, "✓") if check.holds else tag(verdict_words(check), Tone.LATE, "▲")


def signals_card(asked: Asked, amounts: Amounts, signals: LineSignals | None, today: date) -> Component:
    """`signals` is None for who sees totals only."""
    return card(
        "Wat valt op?",
        facts([*end_facts(amounts), *(line_facts(signals, asked.wanted) if signals else []), *_dates(asked, today)]),
        sub=None if asked.sees_all or signals is None else "De lijnen van uw ateliers; de prognose is van alle lijnen.",
        foot=foot(TOTALS if signals is None else LINES, asked),
        span=5,
    )


def end_facts(amounts: Amounts) -> list[tuple[str, Cell]]:
    """What is left now, and at the end as far as it was forecast."""
    left = amounts.left_at_end
    foreseen = "geen prognose" if amounts.forecast is None else euro(amounts.forecast)
    if amounts.without_forecast and left is not None:
        foreseen += f", {plural(amounts.without_forecast, *COUNTED)} zonder"
    at_end = "geen prognose" if left is None else f"{euro(abs(left))} {'over' if left >= 0 else 'te kort'}"
    return [
        ("Nog niet uitgegeven", euro(amounts.left)),
        ("Prognose op het einde", foreseen),
        ("Tegenover begroot", at_end),
    ]


def line_facts(signals: LineSignals, wanted: MoneyFilter) -> list[tuple[str, Cell]]:
    """Each number leads to the lines it counts."""
    quiet: Cell = "nog geen twee stuurgroepen"
    if signals.quiet is not None:
        quiet = html.Span([_to_lines(signals.quiet, Show.QUIET, wanted), f" sinds {day(signals.quiet_since)}"])
    over: list[str | Component] = [_to_lines(signals.over, Show.OVER, wanted)]
    if signals.far_over:
        over += [" ", tag(f"{number(signals.far_over)} meer dan 10 %", Tone.LATE, "■")]
    return [
        ("Prognose boven begroot", html.Span(over)),
        ("Zonder boeking", quiet),
        ("Zonder prognose", _to_lines(signals.without_forecast, Show.NO_FORECAST, wanted)),
    ]


def _to_lines(count: int, show: Show, wanted: MoneyFilter) -> Component | str:
    if not count:
        return plural(0, *COUNTED)
    there = MoneyFilter(grant=wanted.grant, per=wanted.per, show=show)
    return inside(plural(count, *COUNTED), href(there))


def _dates(asked: Asked, today: date) -> list[tuple[str, Cell]]:
    left = asked.grant.days_left(today)
    if left is None:
        until = "geen einddatum"
    elif left < 0:
        until = f"{plural(-left, 'dag', 'dagen')} geleden afgelopen"
    else:
        until = f"nog {plural(left, 'dag', 'dagen')}" if left else "vandaag"
    return [("Laatste boeking", day(asked.last_booked, "nog geen")), ("Einde van het dossier", until)]


EDITED = {Ids.TIME_EDIT: "prognoses", Ids.LINES_EDIT: "budgetlijnen", Ids.BOOKINGS_EDIT: "boekingen"}


def edit_places(name: str, code: str) -> list[Component]:
    """Where those rows of this grant are added and edited."""
    return [place(name, code, [FILTERS.wanted]) for place in (add_place, grid_place)]


def details() -> list[Component]:
    """For who may see lines: they, with their bookings."""
    return [cards(_lines_card()), cards(_bookings_card())]


def time_card() -> Component:
    return TIME.card(
        html.P(id=TIME.said_id, className="sub"),
        TIME.chart("Uitgegeven in de tijd, naast het plan en een rechte lijn", 360),
        TIME.behind("Uitgegeven, plan en rechte lijn in de tijd", row_id="on"),
        html.Div(id=Ids.TIME_EDIT, className="edit-places"),
    )


def _lines_card() -> Component:
    rows = LINES.grid("Budgetlijnen, met totaal", line_columns(""), height=HEIGHT, row_id="code", options=LOW)
    return LINES.card(
        html.Div(id=Ids.LINES_EDIT, className="edit-places"),
        html.Div(id=LINES.said_id, role="status", className="while-reading"),
        html.Div(rows, style=WHOLE, className="while-reading"),
        flows=True,
    )


def _bookings_card() -> Component:
    rows = BOOKINGS.grid("Boekingen van de lijn, met totaal", row_id="code", options=LOW)
    return BOOKINGS.card(
        html.Div(id=Ids.BOOKINGS_EDIT, className="edit-places"),
        html.P(id=BOOKINGS.said_id, className="sub while-reading", role="status"),
        html.Div(rows, id=BOOKINGS.part_id, hidden=True, className="while-reading"),
        flows=True,
    )
