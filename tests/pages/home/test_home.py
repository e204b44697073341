"""The first page: a greeting by the hour, and per role what that role comes for."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pandas as pd
import pytest
from dash import html

from portal.components.charts import Track, tracks
from portal.db.engine import reading
from portal.pages.home import asks, cards
from portal.pages.home import page as view
from portal.pages.home.page import SLOTS, _showing, show_head
from portal.permissions import Role, Viewer
from portal.queries.counted import RegionCounts
from portal.queries.meetings.calendar import SteeringCalendar
from portal.queries.meetings.open_work import open_actions
from portal.queries.meetings.rounds import still_to_report
from portal.queries.money.grants import Amounts, GrantMoney
from portal.queries.partners.figures import JoinedPartner
from portal.queries.results.deliverables import urgent_milestones
from portal.queries.results.signals import Signal, project_signals
from portal.vocabulary import Health
from tests.pages.inventory.test_view import SOME
from tests.reading import MOST_COMPONENTS, links, parts, row, said
from tests.visitors import ACCOUNTS, Portal

TODAY = date(2026, 11, 22)
LINE = GrantMoney(
    "G-1", "Dossier", Decimal(80), Decimal(100), Amounts(4, Decimal(100), Decimal(60), Decimal(40)), 0, TODAY, 300
)


def region(*, signals: list[tuple[str, str, bool]] = (), days: int | None = 12, money: GrantMoney | None = LINE):  # type: ignore[no-untyped-def,assignment]
    """A made region; signals are (reported, computed, quiet)."""
    next_on = None if days is None else date.fromordinal(TODAY.toordinal() + days)
    return asks.Region(
        as_of=TODAY,
        calendar=SteeringCalendar(TODAY, (date(2026, 10, 23),), next_on, 7),
        totals=SOME,
        signals=[],
        urgent=[],
        actions=pd.DataFrame(),
        results=pd.DataFrame({"bereikt": [2, 1], "results": [4, 5]}),
        partners=[row(JoinedPartner, coalitions=count) for count in (2, 4)],
        money=(money,) if money else (),
        counts=RegionCounts(
            coalitions=len(signals),
            red=sum("rood" in colours for *colours, _ in signals),
            quiet=sum(quiet for *_, quiet in signals),
            late=0,
            actions=0,
            actions_late=0,
        ),
    )


@pytest.mark.parametrize(
    ("hour", "greeting"), [(6, "Goedemorgen"), (11, "Goedemiddag"), (16, "Goedemiddag"), (17, "Goedenavond")]
)
def test_the_greeting_follows_the_hour_in_the_region_and_not_in_utc(hour: int, greeting: str):
    moment = datetime(2026, 11, 22, hour, 30, tzinfo=UTC)
    assert asks.greeting(Viewer(Role.STEERING), moment) == f"{greeting}, stuurgroep"


@pytest.mark.parametrize(
    ("signals", "told"),
    [
        ([], "Geen traject staat op rood, geen enkel is stil"),
        ([("groen", "groen", False)], "Geen traject staat op rood, geen enkel is stil"),
        ([("rood", "oranje", False), ("groen", "groen", True)], "Eén traject staat op rood, één is stil"),
        ([("groen", "rood", True), ("rood", "rood", True)], "Twee trajecten staan op rood, twee zijn stil"),
    ],
)
def test_the_steering_group_reads_what_is_red_and_who_is_quiet(signals: list[tuple[str, str, bool]], told: str):
    assert told in said(asks.of_steering(region(signals=signals)))


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (None, "Er is nog geen volgende stuurgroep gepland."),
        (0, "Vandaag vergadert de stuurgroep."),
        (1, "Eén dag voor de volgende stuurgroep."),
        (12, "Twaalf dagen voor de volgende stuurgroep."),
    ],
)
def test_the_sentence_counts_the_days_to_the_meeting(days: int | None, told: str):
    assert said(asks.until_meeting(region(days=days))) == told


@pytest.mark.parametrize(
    ("money", "told"),
    [
        (None, "er is geen subsidiedossier"),
        (LINE, "het geld volgt het plan"),
        (replace(LINE, far_over=1), "1 budgetlijn loopt over"),
        (replace(LINE, far_over=2), "2 budgetlijnen lopen over"),
        (replace(LINE, far_over=None), "€\N{NO-BREAK SPACE}40 van €\N{NO-BREAK SPACE}100 is uitgegeven"),
    ],
)
def test_money_is_told_as_far_as_the_reader_may_know(money: GrantMoney | None, told: str):
    assert said(asks.money(region(money=money))) == told


def test_the_whole_is_told_in_five_sentences_that_add_up():
    told = [said(one) for one in asks.five(region(signals=[("groen", "groen", False)] * 3))]
    assert len(told) == 5
    assert "gemiddeld mee in drie van de drie" in told[1]
    assert told[2].startswith("Drie van de 9 beloofde resultaten")


def test_what_goes_over_its_budget_fills_the_track_and_no_more():
    drawn = tracks([Track("A", Decimal(150), Decimal(-5), Decimal(100), "150 van 100")], "Geld")
    widths = [part.style["width"] for part in parts(drawn) if isinstance(part, html.I)]
    assert widths == ["0.0%", "100.0%"]
    assert "150 van 100" in said(drawn)
    assert all(w == "0.0%" for w in _widths(Track("A", Decimal(1), Decimal(1), Decimal(0), "")))


def _widths(track: Track) -> list[str]:
    return [part.style["width"] for part in parts(tracks([track], "Geld")) if isinstance(part, html.I)]


@pytest.mark.parametrize("account", ACCOUNTS)
def test_no_answer_of_the_first_page_is_more_than_a_handful_of_components(portal: Portal, account: str):
    with portal.as_account(account):
        answered = [show_head(""), *(_showing(place)("") for place in range(len(SLOTS)))]
    assert all(len(list(parts(one))) <= MOST_COMPONENTS for one in answered)


@pytest.mark.parametrize("account", ACCOUNTS)
def test_every_link_of_the_first_page_leads_to_a_page_of_this_visitor(portal: Portal, account: str):
    with portal.as_account(account):
        answered = [show_head(""), *(_showing(place)("") for place in range(len(SLOTS)))]
    client = portal.visitor(account)
    for link in {link for one in answered for link in links(one) if not link.startswith("mailto:")}:
        assert client.get(link).status_code == 200, link


def test_the_mayor_gets_five_sentences_and_three_pictures_and_no_list_of_promises(portal: Portal):
    with portal.as_account("burgemeester") as viewer:
        shown = [view.card_at(viewer, place) for place in range(len(SLOTS))]
    assert [one is not None for one in shown] == [True, True, True, True, False, False]
    assert "actie" not in said(shown).lower()


def test_the_numbers_of_the_first_page_are_those_of_the_queries(portal: Portal):
    with portal.as_account("stuurgroep") as viewer, reading(portal.engine) as session:
        _, late, _, stuck, _, actions = (said(view.card_at(viewer, place)) for place in range(len(SLOTS)))
        assert late.startswith("Wat is te laat")
        assert f"{len(urgent_milestones(session, viewer))} mijlpa" in late
        assert f"{len(open_actions(session, viewer))} actie" in actions
        worst = min(project_signals(session, viewer), key=cards._worst)
        assert worst.title in stuck


def test_a_director_sees_what_waits_for_the_own_answer_and_not_for_another(portal: Portal):
    with portal.as_account("directeur") as viewer:
        (own,) = asks.own(viewer)
        asked = said(view.invitations(viewer))
        waiting, _ = asks.invited(viewer)
    with portal.as_account("andere directeur") as other:
        (others,) = asks.own(other)
    assert own.partner.code != others.partner.code
    for one in (own, others):
        assert {action.owner_slug for action in one.actions} <= {one.partner.code}
    assert own.actions
    assert own.standing.waiting == len(waiting) + len(own.conditions) + len(own.actions) > 0
    assert all(one.title in asked for one in waiting)


def test_the_coordinator_sees_every_report_that_is_due_and_the_atelier_lead_only_the_own(portal: Portal):
    with portal.as_account("coordinator") as viewer, reading(portal.engine) as session:
        assert f"{len(still_to_report(session, viewer))} gedeelde traject" in said(view.reports(viewer))
    with portal.as_account("atelier") as lead, reading(portal.engine) as session:
        assert {row.atelier for row in still_to_report(session, lead)} <= set(asks.work(lead).ateliers)


def test_a_red_project_stands_above_an_amber_one_whoever_says_red(portal: Portal):
    rows = [row(Signal, health=health, signal=Health.AMBER) for health in (Health.AMBER, Health.RED)]
    assert sorted(rows, key=cards._worst)[0].health is Health.RED


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_first_page_counts_the_region_except_for_a_director_whose_figures_stand_with_the_own_partner(
    portal: Portal, account: str
):
    with portal.as_account(account) as viewer:
        shown = view.figures(viewer)
    assert (shown is None) == (viewer.role is Role.DIRECTOR)
