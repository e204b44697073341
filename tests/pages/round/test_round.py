"""The progress round as people meet it: what it says, who finds it, and that a click changes only what it should."""

from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any

import pytest
from dash import html
from sqlalchemy import func, select

from portal.db.engine import reading
from portal.db.models import ProgressReport, Project
from portal.number import REGION
from portal.pages.editing import view as editing_view
from portal.pages.editing.places import Mode
from portal.pages.editing.posting import fresh_form, post
from portal.pages.round import editing, page, view
from portal.pages.round.editing import PROGRESS, Seen, Told
from portal.pages.round.page import layout
from portal.pages.round.view import Ids, Parts, Row, row_id
from portal.pages.shell import show_rail
from portal.permissions import RowNotFound
from portal.queries.counted import WorkCounts
from portal.queries.meetings.rounds import Round, RoundRow, round_projects
from portal.vocabulary import Health
from tests.reading import links, parts, said
from tests.visitors import ACCOUNTS, Portal, fitting

TODAY, NEXT = date(2026, 11, 22), date(2026, 12, 3)
RUNNING = Round(TODAY, date(2026, 10, 22), NEXT, 7, 1)
REPORTERS = ("coordinator", "beheerder", "atelier", "directeur", "andere directeur")
OTHERS = tuple(account for account in ACCOUNTS if account not in REPORTERS)


def rows(*given: dict[str, Any]) -> list[RoundRow]:
    """Made rows of a round; each says only what matters."""
    rest: dict[str, Any] = dict.fromkeys((field.name for field in fields(RoundRow)), None) | {
        "id": 1,
        "version": 1,
        "code": "R-01",
        "title": "Meldpunt",
        "owes": True,
        "health": Health.GREEN,
        "reported": False,
        "unchanged": False,
        "done": "",
    }
    return [RoundRow(**rest | one) for one in given]


def counts_of(found: list[RoundRow]) -> WorkCounts:
    owing = [row for row in found if row.owes]
    return WorkCounts(sum(row.reported for row in owing), sum(not row.reported for row in owing), 0, 0)


DONE = {"reported": True}
MAY = {"owes": False}


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ([], "Er is geen lopend project waarover u meldt."),
        ([{}], "Eén project moet nog melden voor de stuurgroep van donderdag 3 december 2026, over elf dagen; "),
        ([{}, {}, DONE], "Twee projecten moeten nog melden"),
        ([{}, DONE], "één is klaar."),
        ([{}, DONE, DONE], "twee zijn klaar."),
        ([{}], "nog geen enkel is klaar."),
        ([DONE], "Iedereen heeft gemeld voor de stuurgroep"),
        ([MAY, MAY], "2 eigen lokale projecten kunnen nog een verslag krijgen"),
        ([MAY | DONE], "Geen eigen lokale projecten kunnen nog een verslag krijgen"),
    ],
)
def test_the_sentence_says_how_many_still_owe_and_until_when(found: list[dict], told: str):
    made = rows(*found)
    assert told in said(view.opening(RUNNING, made, counts_of(made), REGION))


@pytest.mark.parametrize(
    ("until", "told"), [(TODAY, "2026, vandaag"), (date(2026, 11, 23), "2026, morgen"), (None, "nog niet gepland")]
)
def test_the_end_of_the_round_is_told_as_people_say_it(until: date | None, told: str):
    assert told in said(view.until(Round(TODAY, None, until, None, None)))


def test_a_row_says_who_leads_where_it_stands_and_how_long_it_is_silent():
    full = {"lead": "Menen", "atelier": "II", "progress": 45, "end_expected_on": NEXT}
    silent = {"last_reported_on": date(2026, 10, 20), "days_silent": 33}
    told = said(view.list_card(rows(full | silent), TODAY))
    assert "Menen trekt · atelier II" in told
    assert "45\N{NO-BREAK SPACE}% · einde 03/12/2026" in told
    assert "gemeld op 20/10/2026, 33 dagen geleden" in told


def test_what_is_not_known_of_a_row_is_said_calmly():
    told = said(view.list_card(rows({}, {"owes": False, "days_silent": 1, "last_reported_on": TODAY}), TODAY))
    assert all(one in told for one in ("trekker onbekend", "voortgang onbekend · einde onbekend", "nog nooit gemeld"))
    assert all(one in told for one in ("lokaal project", "1 dag geleden"))
    assert view.silence(rows({"last_reported_on": TODAY, "days_silent": 0})[0]) == "vandaag gemeld"


def test_what_has_no_colour_can_be_brought_up_to_date_and_not_confirmed():
    drawn = view.list_card(rows({"health": Health.UNKNOWN}), TODAY)
    assert "Bevestig" not in said(drawn).replace("Bevestig wat niet veranderde", "")
    assert "/ronde?project=R-01" in links(drawn)
    assert not [part for part in parts(drawn) if isinstance(part, html.Button)]


def test_a_row_stays_small():
    drawn = view.row_parts(rows({"lead": "Menen"})[0])
    assert len(list(parts(drawn))) <= 18


def test_what_was_reported_stands_in_the_list_of_what_is_done_and_not_in_the_other():
    found = rows(
        {"title": "Zwijgt"}, DONE | {"title": "Sprak", "at": datetime(2026, 11, 20, 9, tzinfo=UTC), "by": "An"}
    )
    assert ("Sprak" in said(view.list_card(found, TODAY)), "Zwijgt" in said(view.done_card(found, TODAY))) == (
        *(False, False),
    )
    assert "bijgewerkt · 20/11/2026 om 10.00 uur door An" in said(view.done_card(found, TODAY))


def test_when_everybody_reported_nothing_is_left_to_do():
    drawn = view.list_card(rows(DONE), TODAY)
    assert "Alles is gemeld in deze ronde" in said(drawn)
    assert not [part for part in parts(drawn) if isinstance(part, html.Button)]


def test_a_confirmed_row_stays_in_its_place_without_a_button_and_tells_the_page():
    drawn = view.row_after(rows({}), Told(1, done=True, said="Bevestigd."))
    assert "✓ Bevestigd." in said(drawn)
    assert not [part for part in parts(drawn) if isinstance(part, html.Button)]
    assert row_id(Row.MARK, 1) in [getattr(part, "id", None) for part in parts(drawn)]


def test_a_refused_row_says_why_and_offers_the_click_again_with_what_is_there_now():
    drawn = view.row_after(rows({"version": 4}), Told(1, done=False, said="An wijzigde dit."))
    (button,) = [part for part in parts(drawn) if isinstance(part, html.Button)]
    assert (button.value.rpartition(":")[0], "An wijzigde dit." in said(drawn)) == ("1:4", True)
    assert said(view.row_after(rows({}), Told(9, done=False, said="Weg."))) == "Weg."


def test_of_several_it_is_told_how_many_were_confirmed_and_why_the_others_were_not():
    told = [Told(1, True, "x"), Told(2, True, "x"), Told(3, False, "An wijzigde dit."), Told(4, False, "Bo ook.")]
    drawn = said(view.list_card(rows({}), TODAY, told))
    assert all(one in drawn for one in ("Twee projecten bevestigd.", "An wijzigde dit.", "Bo ook."))
    assert "Eén project bevestigd." in said(view.list_card(rows({}), TODAY, told[:1]))


@pytest.mark.parametrize(
    ("codes", "code", "following"),
    [(["a", "b", "c"], "b", "c"), (["a", "b"], "b", "a"), (["a"], "a", ""), ([], "a", ""), (["a", "b"], "z", "a")],
)
def test_after_the_last_the_list_begins_anew(codes: list[str], code: str, following: str):
    assert editing.after(codes, code) == following


@pytest.mark.parametrize("text", ["", "12", "12:", ":3", "a:b", "1:-2", "1:2:3", "²:1"])
def test_what_no_button_of_ours_carries_is_not_found(text: str):
    with pytest.raises(RowNotFound):
        Seen.sent(text)
    assert Seen.sent("12:3") == Seen(12, 3)
    assert str(Seen(12, 3)) == "12:3"


def test_a_list_of_choices_that_fits_no_list_of_projects_is_not_found(portal: Portal):
    with pytest.raises(RowNotFound):
        editing.confirm_picked(portal.viewer("coordinator"), [True], [])


def test_the_form_offers_the_three_colours_and_not_that_nothing_was_reported(portal: Portal):
    with reading(portal.engine) as session:
        field = PROGRESS.field("health")
        assert field.choices
        assert [value for value, _ in field.choices(session, portal.viewer("coordinator"))] == [
            *("groen", "oranje", "rood"),
        ]


def test_the_layout_has_a_place_for_everything_and_a_screen_where_a_project_is_named():
    assert {one.id for one in parts(layout()) if getattr(one, "id", None)} == set(Ids)
    assert "Hoe staat het project ervoor?" in said(layout(project="R-05", x="y"))
    assert "Hoe staat het project ervoor?" not in said(layout())


# -- over the demo


def left(portal: Portal, account: str) -> list[RoundRow]:
    with reading(portal.engine) as session:
        return [row for row in round_projects(session, portal.viewer(account)) if not row.reported]


@pytest.mark.parametrize("account", REPORTERS)
def test_who_reports_finds_the_own_projects_with_links_that_lead_somewhere(portal: Portal, account: str):
    with portal.as_account(account):
        drawn = [*page.show_round("", []), page.show_list("")]
    assert all(row.code in said(drawn) for row in left(portal, account))
    client = portal.visitor(account)
    assert all(client.get(link).status_code == 200 for link in set(links(drawn)))
    assert "/ronde" in menu_of(portal, account)


@pytest.mark.parametrize("account", OTHERS)
def test_who_does_not_report_has_no_page_no_menu_entry_and_no_callback(portal: Portal, account: str):
    assert portal.visitor(account).get("/ronde").status_code == 404
    assert "/ronde" not in menu_of(portal, account)
    known = [name for name in portal.app.callback_map if "round-" in name and name != "round-gone.data"]
    assert len(known) == 7
    for output in known:
        answer = portal.call(account, output, *fitting(portal.app, output))
        assert answer.status_code == 403, output


def menu_of(portal: Portal, account: str) -> list[str]:
    with portal.as_account(account):
        return links(show_rail("/"))


def test_a_screen_shows_what_was_reported_last_and_what_comes_next(portal: Portal):
    codes = [row.code for row in left(portal, "coordinator")]
    with portal.as_account("coordinator"):
        drawn = page.show_screen("R-05")
        assert page.show_screen("") is None
        assert page.show_list("R-05") is None
    assert "Hoe staat R-05 ervoor" in said(drawn)
    assert "20" in said(drawn)
    following = next(part.data for part in parts(drawn) if getattr(part, "id", "") == Parts.NEXT)
    assert following == editing.after(codes, "R-05") != "R-05"
    assert f"/ronde?project={following}" in links(drawn)
    assert "Wat werd het laatst gemeld?" in said(drawn)


@pytest.mark.parametrize(
    ("account", "code"), [("directeur", "R-05"), ("atelier", "R-02"), ("coordinator", "R-99"), ("directeur", "<b>")]
)
def test_there_is_no_screen_for_a_project_that_is_not_the_own(portal: Portal, account: str, code: str):
    with portal.as_account(account):
        drawn = page.show_screen(code)
    assert "Geen verslag mogelijk" in said(drawn)
    assert code in said(drawn)


def test_a_project_without_colour_has_no_click_to_confirm_on_its_screen():
    project = {"id": 1, "version": 1, "code": "R-01", "title": "X", "health": None}
    drawn = page.project_screen(project, [], "", 1, TODAY)
    assert not [part for part in parts(drawn) if isinstance(part, html.Button)]
    assert "Dit wordt het eerste" in said(drawn)
    assert "Sla over" not in said(drawn)


def test_a_button_that_only_appeared_is_no_click(portal: Portal):
    with portal.as_account("coordinator"):
        for shown in (page.confirm_row(0, ""), page.confirm_picked(0, [], [])):
            assert not hasattr(shown, "children")
        assert len(page.confirm_here(0, "", "")) == 2


def test_the_form_of_a_project_stands_open_for_who_may_report_and_is_not_there_for_others(portal: Portal):
    drawn = editing_view.place(portal.viewer("coordinator"), "voortgang", "R-05", Mode.CHANGE)
    assert "Bewaar en volgende" in said(drawn)
    assert "Bewerken" not in said(drawn)
    for account, code in (("burgemeester", "R-05"), ("stuurgroep", "R-05"), ("directeur", "R-05"), ("atelier", "R-02")):
        assert editing_view.place(portal.viewer(account), "voortgang", code, Mode.CHANGE) is None


def test_a_form_sent_as_it_is_tells_that_there_is_nothing_to_tell(portal: Portal):
    coordinator = portal.viewer("coordinator")
    fresh = fresh_form(coordinator, "voortgang", "R-05", Mode.CHANGE)
    assert fresh
    sent = post(coordinator, fresh)
    assert (sent.refused, "bevestig het project ongewijzigd" in sent.said) == (True, True)


# -- what really changes


def state(portal: Portal) -> tuple:
    with reading(portal.engine) as session:
        versions = session.execute(select(Project.id, Project.version).order_by(Project.id)).all()
        return session.scalar(select(func.count()).select_from(ProgressReport)), versions


def test_clicks_confirm_report_and_go_on_and_a_stale_one_is_told(own_portal: Portal):
    """One walk, as each demo of its own costs: refused, confirmed, confirmed together, onward."""
    before = state(own_portal)
    for account in OTHERS:
        viewer = own_portal.viewer(account)
        some = left(own_portal, "coordinator")[3]
        refused = editing.confirm(viewer, Seen(some.id, some.version))
        assert (refused.done, "Uw rol laat dit niet toe" in refused.said) == (False, True)
    assert state(own_portal) == before
    coordinator = own_portal.viewer("coordinator")
    seen = [Seen(row.id, row.version) for row in left(own_portal, "coordinator")]
    with own_portal.as_account("coordinator"):
        drawn = page.confirm_row(1, str(seen[1]))
        assert "✓ Bevestigd ongewijzigd om" in said(drawn)
        stale = Seen(seen[2].project_id, seen[2].version + 1)
        listed = page.confirm_picked(1, [True, True, False], [str(seen[3]), str(stale), str(seen[4])])
        assert "Eén project bevestigd." in said(listed)
        assert "wijzigde dit" in said(listed)
        codes = editing.codes_left(coordinator)
        following, told = page.confirm_here(1, str(seen[4]), codes[-1])
        assert (following, told) == (codes[-1], "")
        assert page.confirm_here(1, str(Seen(seen[5].project_id, 999)), "")[1].endswith("niets gewijzigd.")
        assert page.go_on("", "R-99") == editing.codes_left(coordinator)[0]
    assert state(own_portal)[0] == before[0] + 3
    assert len(left(own_portal, "coordinator")) == len(seen) - 3
