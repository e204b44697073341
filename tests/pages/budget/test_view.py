"""What the budget says in words."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from dash import html

from portal.pages.budget import lines, view
from portal.pages.budget.cards import months_said
from portal.pages.budget.view import Asked
from portal.pages.columns import money_records
from portal.queries.money.grants import Amounts, GrantFacts
from portal.queries.money.lines import LineSignals
from portal.queries.money.rows import MoneyFilter, Per, Show
from portal.queries.money.time import MoneyInTime, MonthRow, SpentAgainstPlan
from portal.queries.money.totals import Check, ConditionRow, Rule
from portal.text import NBSP, euro
from tests.reading import links, said

GRANT = GrantFacts(
    *(1, "D-1", "Dossier", "Oproep", Decimal("1000.00"), Decimal("800.00"), Decimal("800.00"), Decimal("0.8000")),
    *(date(2026, 1, 1), date(2027, 12, 31), "De penhouder"),
)
SOME = Amounts(3, *(Decimal(n) for n in ("1000.00", "500.00", "250.00", "990.00")), 0, Decimal("1000.00"))
ON_PLAN = SpentAgainstPlan(Decimal("250.00"), Decimal("260.00"))
SEES_ALL = Asked(GRANT, MoneyFilter(), date(2026, 11, 22), date(2026, 11, 4), True, True)
LEAD, MAYOR = replace(SEES_ALL, sees_all=False), replace(SEES_ALL, sees_lines=False, sees_all=False)
ROWS = pd.DataFrame({"code": ["II"], "name": ["II · Mensen"], "lines": [3]})


def told(amounts: Amounts = SOME, plan: SpentAgainstPlan = ON_PLAN, grant: GrantFacts = GRANT) -> str:
    return said(view.story(grant, amounts, plan)).replace(NBSP, " ")


def test_without_a_grant_the_page_is_one_calm_sentence():
    assert "Er is nog geen subsidiedossier" in said(view.nothing_yet(date(2026, 11, 22)))


def test_a_grant_without_lines_says_what_was_awarded():
    nothing = SpentAgainstPlan(Decimal(0), None)
    assert told(Amounts(), nothing) == "Dit dossier heeft nog geen budgetlijnen; toegekend is € 800,00."
    assert told(Amounts(), nothing, replace(GRANT, awarded=None)).endswith("er is nog niets toegekend.")


@pytest.mark.parametrize(
    ("planned", "pace"),
    [("260.00", "volgt het plan"), ("500.00", "loopt achter op het plan"), ("100.00", "loopt voor op het plan")],
)
def test_the_sentence_says_whether_the_money_follows_the_plan(planned, pace):
    plan = SpentAgainstPlan(Decimal("250.00"), Decimal(planned))
    assert told(plan=plan).startswith(f"Het geld {pace}: € 250,00 uitgegeven, € ")


@pytest.mark.parametrize(
    ("forecast", "end"),
    [
        ("990.00", "de prognose eindigt € 10,00 onder begroot"),
        ("1000.01", "de prognose eindigt € 0,01 boven begroot"),
        ("1000.00", "de prognose eindigt op het begrote bedrag"),
        (None, "er is nog geen prognose"),
    ],
)
def test_the_sentence_says_where_it_ends(forecast, end):
    amounts = replace(SOME, forecast=None if forecast is None else Decimal(forecast))
    assert f"{end}." in told(amounts)


def test_the_opening_has_two_things_in_bold():
    bold = [part for part in view.story(GRANT, SOME, ON_PLAN) if isinstance(part, html.B)]
    assert len(bold) == 2


def test_the_four_figures_carry_the_four_words_and_no_other():
    shown = said(view.figures(GRANT, SOME)).replace(NBSP, " ")
    assert shown.startswith("begroot€ 1.000,003 lijnenvastgelegd€ 500,0050 % van begroot")
    assert "uitgegeven€ 250,0025 % van begroot" in shown
    assert shown.endswith("prognose€ 990,00van alle lijnen")


def test_a_missing_forecast_is_said_and_not_made_up():
    none = replace(SOME, forecast=None, without_forecast=3)
    some = replace(SOME, without_forecast=1)
    assert "prognosegeen prognose3 lijnen zonder prognose" in said(view.figures(GRANT, none))
    assert "1 lijn zonder prognose" in said(view.figures(GRANT, some))
    assert "nog geen lijnen" in said(view.figures(GRANT, Amounts()))


def test_who_sees_totals_only_is_not_asked_to_pick():
    assert said(view.chosen(MAYOR, ROWS)) == "Totalen per atelier over alle lijnen."
    assert links(view.chosen(MAYOR, ROWS)) == []


def test_a_lead_is_told_that_other_ateliers_show_totals_alone():
    assert "Van andere ateliers ziet u het totaal" in said(view.chosen(LEAD, ROWS))
    by_year = replace(LEAD, wanted=MoneyFilter(per=Per.YEAR))
    assert "Enkel de lijnen van uw ateliers" in said(view.chosen(by_year, ROWS))


def test_who_sees_lines_is_told_how_to_reach_them():
    assert "Kies een balk of een naam" in said(view.chosen(SEES_ALL, ROWS))
    assert "nog geen budgetlijnen" in said(view.chosen(SEES_ALL, ROWS.head(0)))


def test_a_row_leads_to_its_lines_and_a_line_to_its_bookings():
    wanted = MoneyFilter(grant="D&1", per=Per.YEAR, of="2026", show=Show.QUIET, line="L-1")
    assert view.row_path(wanted) == "/budget?deel=lijnen&dossier=D%261&per=jaar&van="
    assert view.line_path(wanted) == "/budget?deel=lijnen&dossier=D%261&per=jaar&van=2026&toon=stil&lijn="


def test_amounts_reach_the_grid_as_exact_text():
    rows = pd.DataFrame({"code": ["A", "B"], "spent": [Decimal("90071992547409.93"), None]}, dtype=object)
    assert [row["spent"] for row in money_records(rows)] == ["90071992547409.93", None]
    assert view.total_of(rows, "Totaal", "name", ("spent",)) == {
        "code": "",
        "name": "Totaal",
        "spent": "90071992547409.93",
    }


def test_the_total_of_amounts_nobody_knows_is_unknown():
    assert view.added([None, None]) is None
    assert view.added([]) is None
    assert view.added([Decimal("0.10"), None, Decimal("0.20")]) == Decimal("0.30")


@pytest.mark.parametrize(
    ("ceiling", "words"),
    [("799.99", "€ 0,01 boven het plafond"), ("800.00", "precies het plafond"), ("900.00", "onder het plafond")],
)
def test_an_award_is_read_against_the_ceiling(ceiling, words):
    facts = dict(lines.subsidy_facts(replace(GRANT, ceiling=Decimal(ceiling))))
    assert words in said(facts["Toegekend"]).replace(NBSP, " ")


def test_what_is_not_known_of_a_grant_is_said():
    facts = dict(lines.subsidy_facts(replace(GRANT, awarded=None, subsidy_rate=None, holder=None)))
    assert said(facts["Toegekend"]).startswith("niet bekend")
    assert facts["Subsidie"] is None
    assert "Penhouder" not in facts


def test_a_rate_is_a_percentage_of_the_budget():
    assert lines.rate(Decimal("0.8000")) == f"80{NBSP}%"
    assert lines.rate(Decimal("0.6667")) == f"66,67{NBSP}%"


def test_a_condition_is_met_not_met_or_still_to_be_looked_at():
    rows = [ConditionRow("A", "Voorwaarde", met, "") for met in (True, False, None)]
    assert [row.standing for row in rows] == ["voldaan", "niet voldaan", "nog te bekijken"]


def test_a_mismatch_is_shown_with_both_amounts_and_the_difference():
    card = said(lines.checks_card((Check(Rule.LINES, Decimal("999.99"), Decimal("1000.00")),), SEES_ALL))
    card = card.replace(NBSP, " ")
    assert "€ 0,01 te weinig" in card
    assert "Het is € 999,99, en het moet € 1.000,00 zijn." in card


def test_what_cannot_be_compared_is_not_called_wrong():
    assert "nog niet te zeggen" in said(lines.checks_card((Check(Rule.AWARDED, None, Decimal(1)),), SEES_ALL))


def test_days_left_are_counted_until_the_end_and_past_it():
    for today, words in (
        (date(2027, 12, 30), "nog 1 dag"),
        (date(2027, 12, 31), "vandaag"),
        (date(2028, 1, 2), "2 dagen"),
    ):
        assert words in said(lines.signals_card(SEES_ALL, SOME, None, today))
    unending = replace(SEES_ALL, grant=replace(GRANT, ends_on=None))
    assert "geen einddatum" in said(lines.signals_card(unending, SOME, None, date(2026, 1, 1)))


def test_each_number_of_lines_that_stand_out_leads_to_them():
    signals = LineSignals(9, 3, 1, 2, date(2026, 9, 8), 0, None)
    card = lines.signals_card(SEES_ALL, SOME, signals, date(2026, 11, 22))
    assert [link for link in links(card) if link.startswith("/budget")] == [
        "/budget?deel=lijnen&per=atelier&toon=boven",
        "/budget?deel=lijnen&per=atelier&toon=stil",
    ]
    assert "1 meer dan 10 %" in said(card)
    assert "geen lijnen" in said(card)


def test_before_two_meetings_nothing_is_called_quiet():
    signals = LineSignals(1, 0, 0, None, None, 0, None)
    assert "nog geen twee stuurgroepen" in said(lines.signals_card(SEES_ALL, SOME, signals, date(2026, 11, 22)))


def test_a_line_that_is_not_among_those_shown_has_no_bookings():
    assert lines.bookings_said(MoneyFilter(), [], []) == "Kies hierboven een lijn."
    assert lines.bookings_said(MoneyFilter(line="L-9"), [], []).startswith("Deze lijn is er niet bij")


def test_the_months_say_which_took_most_and_how_many_went_by_without():
    rows = [MonthRow(date(2026, month, 1), Decimal(spent)) for month, spent in ((1, 5), (2, 0), (3, 9), (4, -1))]
    assert said(months_said(rows)) == (
        "Het meeste ging uit in maart 2026: €\N{NO-BREAK SPACE}9,00; in 1 maand werd niets geboekt."
    )
    assert said(months_said(rows[:1])).endswith("5,00.")
    assert months_said([]) == months_said(rows[1:2]) == ["Er is nog niets uitgegeven."]


def test_the_course_says_where_the_forecast_ends_and_nothing_without_one():
    plan = ((date(2026, 1, 1), Decimal(0)), (date(2026, 12, 31), Decimal(100)))
    money = MoneyInTime(date(2026, 12, 31), (), plan, (), Decimal(90))
    assert lines.time_said(money, whole=True).endswith(f"De prognose eindigt op {euro(Decimal(90))}.")
    assert "prognose" not in lines.time_said(replace(money, forecast=None), whole=True)
