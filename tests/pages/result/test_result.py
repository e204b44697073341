"""The page of a result: every one has it, it says what the lists say, and who may changes it in place."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from portal import clock
from portal.db.engine import reading
from portal.db.models import Audit, Deliverable, DeliverablePartner, Milestone, Partner
from portal.pages.ateliers.cards import RESULTS, ResultTold
from portal.pages.ateliers.filters import Choice
from portal.pages.columns import told
from portal.pages.editing import view as editing
from portal.pages.editing.places import Mode
from portal.pages.editing.posting import FormState, post
from portal.pages.editing.saving import CellEdit, save_cell
from portal.pages.linking import Place, change, panel
from portal.pages.project import page as project
from portal.pages.result import page
from portal.pages.result.page import SHOWN
from portal.pages.result.view import Ids
from portal.queries.meetings.calendar import steering_calendar
from portal.queries.meetings.changes import pack_for
from portal.queries.money.lines import project_money
from portal.queries.results.deliverables import deliverable_rows
from portal.queries.results.result import result_detail
from portal.queries.trace.history import history_of
from portal.snapshots.counted import rows_of
from portal.snapshots.state import Kind
from portal.text import day
from portal.vocabulary import MeetingBody, TargetKind
from tests.reading import MOST_COMPONENTS, links, parts, said, whole
from tests.visitors import ACCOUNTS, Portal

RESULT, OTHER = "I.D-1", "IV.C1-1"
NOBODY = ("burgemeester", "stuurgroep", "directeur", "andere directeur")
ACTS = ("vinkjes-van", "overname", "resultaten", "mijlpalen-van")


def codes(portal: Portal) -> list[str]:
    with reading(portal.engine) as session:
        return list(session.scalars(select(Deliverable.code).order_by(Deliverable.id)))


def drawn(portal: Portal, account: str, code: str) -> dict[Ids, Any]:
    """What fills each place of the page."""
    with portal.as_account(account):
        return {place: show(code) for place, show in page.show_places.items()}


def numbers_in(value: Any) -> dict[str, str]:
    return {
        getattr(one, "data-number"): getattr(one, "data-value") for one in parts(value) if hasattr(one, "data-number")
    }


def traces(portal: Portal) -> int:
    with reading(portal.engine) as session:
        return session.scalar(select(func.count()).select_from(Audit)) or 0


# -- every result has a page


def test_a_code_that_no_result_has_is_not_found(portal: Portal):
    for code in ("X.Z-9", "I.D", "R-05", "' OR 1=1 --"):
        assert portal.visitor("coordinator").get(f"/resultaat/{code}").status_code == 404
        with portal.as_account("coordinator"):
            head, hidden = page.show_result(code)
        assert (hidden, "Niet gevonden" in said(head)) == (True, True)


@pytest.mark.parametrize("account", ACCOUNTS)
def test_every_result_has_a_page_for_everybody(portal: Portal, account: str):
    for code in codes(portal):
        assert portal.visitor(account).get(f"/resultaat/{code}").status_code == 200, code
        with portal.as_account(account):
            _, hidden = page.show_result(code)
        assert hidden is False
        found = drawn(portal, account, code)
        assert all(found[place] for place in SHOWN), code
        for place, value in found.items():
            assert sum(1 for _ in parts(value)) <= MOST_COMPONENTS, (code, place)


def test_the_thirty_seven_are_all_of_them(portal: Portal):
    assert len(codes(portal)) == 37


# -- what it says is what the lists say


def test_its_ticks_are_those_on_the_page_of_the_ateliers_and_in_the_pack(portal: Portal):
    viewer = portal.viewer("coordinator")
    with reading(portal.engine) as session:
        listed = {one.code: one for one in told(deliverable_rows(session, viewer), ResultTold)}
        number = steering_calendar(session, viewer).next_number
        made = pack_for(session, viewer, MeetingBody.STEERING, number)
        packed = {str(row["code"]): row for row in rows_of(made.report.state, Kind.RESULT)}
        of_page = {code: result_detail(session, viewer, code) for code in listed}
    assert listed.keys() == packed.keys() == of_page.keys()
    counted = 0
    for code, row in listed.items():
        reached = tuple(one.partner for one in of_page[code].ticks if one.reached_on)
        assert len(of_page[code].ticks) == row.partners == 15
        assert reached == row.reached_by
        assert "; ".join(reached) == packed[code]["reached_by"]
        if row.target_kind is TargetKind.PARTNERS:
            said_there = numbers_in(drawn(portal, "coordinator", code)[Ids.FAR])["partners-bereikt"]
            assert said_there == ("" if row.reached is None else str(row.ticks))
            counted += row.ticks
    assert counted > 10


def test_the_fifteen_stand_there_each_with_a_symbol_a_word_and_the_month_of_who_reached_it(portal: Portal):
    card = drawn(portal, "stuurgroep", RESULT)[Ids.FAR]
    (listed,) = [one for one in parts(card) if getattr(one, "className", "") == "stands"]
    rows = [said(one) for one in listed.children]
    assert len(rows) == 15
    with reading(portal.engine) as session:
        reached = session.execute(
            select(Partner.title, DeliverablePartner.reached_on)
            .join(DeliverablePartner, DeliverablePartner.partner_id == Partner.id)
            .join(Deliverable, Deliverable.id == DeliverablePartner.deliverable_id)
            .where(Deliverable.code == RESULT)
        ).all()
    assert {f"✓{name}bereikt, {on:%m/%Y}" for name, on in reached} == set(rows[: len(reached)])
    assert any(row.startswith("◐") and "doet mee in R-06" in row for row in rows)


def test_what_no_partner_is_asked_is_said_and_is_not_nought(portal: Portal):
    card = said(drawn(portal, "stuurgroep", "II.B-1")[Ids.FAR])
    assert "Van de partners is hierover niets bekend" in card


def test_a_step_stands_there_from_its_first_plan_to_what_is_expected_now(portal: Portal):
    with reading(portal.engine) as session:
        step = session.scalars(
            select(Milestone)
            .join(Deliverable)
            .where(Deliverable.code == RESULT, Milestone.due_expected > Milestone.due_first)
            .where(Milestone.done_on.is_(None))
        ).first()
    card = drawn(portal, "directeur", RESULT)[Ids.WHEN]
    assert step
    assert day(step.due_first) in [said(one) for one in parts(card) if one._type == "Del"]
    assert day(step.due_expected) in [said(one) for one in parts(card) if one._type == "Ins"]
    assert f"+{(step.due_expected - step.due_first).days} d" in said(card)


def test_a_result_and_its_project_point_at_each_other(portal: Portal):
    assert "/project/R-06" in links(drawn(portal, "burgemeester", RESULT)[Ids.WORK])
    with portal.as_account("burgemeester"):
        assert f"/resultaat/{RESULT}" in links(project.show_about("R-06"))


def test_the_gap_after_the_grant_is_said_as_loudly_as_an_owner(portal: Portal):
    with reading(portal.engine) as session:
        owners = dict(session.execute(select(Deliverable.code, Deliverable.owner_after_grant)).all())
    open_ones = sum(not owner for owner in owners.values())
    for code in ("V.A-1", RESULT):
        found = drawn(portal, "directeur", code)[Ids.AFTER]
        assert numbers_in(found)["zonder-eigenaar"] == str(open_ones)
        assert numbers_in(found)["resultaten"] == str(len(owners))
        assert ("? Nog niemand" in said(found)) is (not owners[code])
        assert owners[code] in said(found)


def test_the_amounts_say_of_which_projects_they_are_and_are_theirs(portal: Portal):
    found = said(drawn(portal, "stuurgroep", "I.E-2")[Ids.WHO])
    viewer = portal.viewer("stuurgroep")
    with reading(portal.engine) as session:
        money = project_money(session, viewer, "R-05")
    assert money
    assert f"Begroot€ {money.amounts.budgeted:,.0f}".replace(",", ".") in found.replace("\N{NO-BREAK SPACE}", " ")
    assert "Van alle budgetlijnen van R-05, niet van dit resultaat alleen; R-05 werkt ook aan I.E-1" in found


def test_several_projects_together_have_the_sum_of_their_lines(portal: Portal):
    viewer = portal.viewer("coordinator")
    with reading(portal.engine) as session:
        one, other, both = (project_money(session, viewer, *some) for some in (["R-05"], ["R-06"], ["R-05", "R-06"]))
    assert None not in [one, other, both]
    assert both.amounts.budgeted == one.amounts.budgeted + other.amounts.budgeted
    assert len(both.lines) == len(one.lines) + len(other.lines)


# -- who reads what


def test_a_mayor_reads_it_without_amounts_actions_or_a_place_to_edit(portal: Portal):
    for code in (RESULT, "I.E-2"):
        found = drawn(portal, "burgemeester", code)
        assert "Begroot" not in said(list(found.values()))
        with portal.as_account("burgemeester"):
            agreed, _ = page.show_agreed(code)
        assert "Acties" not in said(agreed)
        viewer = portal.viewer("burgemeester")
        for name in ACTS:
            assert [editing.place(viewer, name, code, mode) for mode in Mode] == [None] * 3
        assert panel(viewer, Place("result", code)) == []


def test_a_date_that_the_lead_of_the_atelier_moved_is_in_the_history_that_a_director_reads(own_portal: Portal):
    lead = own_portal.viewer("atelier")
    with reading(own_portal.engine) as session:
        step = session.scalars(
            select(Milestone).join(Deliverable).where(Deliverable.code == RESULT, Milestone.done_on.is_(None))
        ).first()
        result_id = session.scalars(select(Deliverable.id).where(Deliverable.code == RESULT)).one()
    assert step
    later = step.due_expected + timedelta(days=30)
    sent = {"what": "mijlpalen-van", "of": RESULT, "act": "set", "id": step.id, "version": step.version}
    answer = save_cell(lead, CellEdit.sent(sent | {"field": "due_expected", "value": day(later)}))
    assert answer.state == "saved", answer.said
    with own_portal.as_account("directeur") as viewer:
        with reading(own_portal.engine) as session:
            newest = history_of(session, viewer, "deliverable", result_id)[0]
        shown = page.show_places[Ids.CHANGED](RESULT)
    assert (newest.old, newest.new, newest.who) == (day(step.due_expected), day(later), lead.name)
    first = {kind: next(said(one) for one in parts(shown) if one._type == kind) for kind in ("Del", "Ins")}
    assert first == {"Del": day(step.due_expected), "Ins": day(later)}
    assert lead.name in said(shown)


# -- what is changed in place


@pytest.mark.parametrize("account", [*NOBODY, "atelier"])
def test_what_is_posted_by_hand_for_a_result_of_another_changes_nothing(portal: Portal, account: str):
    viewer, before = portal.viewer(account), traces(portal)
    with reading(portal.engine) as session:
        row = session.scalars(select(Deliverable).where(Deliverable.code == OTHER)).one()
        step = session.scalars(select(Milestone).where(Milestone.deliverable_id == row.id)).first()
        partner = session.scalars(select(Partner.id).order_by(Partner.id)).first()
    assert step
    cells = [
        ("vinkjes-van", partner, 0, "reached_on", "02/03/2026"),
        ("mijlpalen-van", step.id, step.version, "due_expected", "02/03/2027"),
        ("resultaten", row.id, row.version, "owner_after_grant", "Wij"),
    ]
    for what, row_id, version, field, value in cells:
        sent = {"what": what, "of": OTHER, "act": "set", "id": row_id, "version": version, "field": field}
        assert save_cell(viewer, CellEdit.sent(sent | {"value": value, "seen": None})).state == "refused", what
    form = FormState("overname", OTHER, Mode.CHANGE, {"owner_after_grant": "Wij"}, {}, row.id, row.version)
    assert post(viewer, form).refused
    new = {"title": "Stap", "due_expected": "02/03/2027"}
    assert post(viewer, FormState("mijlpalen-van", OTHER, Mode.ADD, new)).refused
    for unlink, code in ((False, "R-05"), (True, "R-07")):
        if account == "atelier" and not unlink:
            continue  # the project is of the own atelier
        assert change(viewer, Place("result", OTHER), code, unlink=unlink).refused
    assert traces(portal) == before


def test_a_tick_of_a_partner_or_a_result_that_is_not_there_is_refused(portal: Portal):
    viewer, before = portal.viewer("coordinator"), traces(portal)
    for of, row_id in (("X.Z-9", 1), (RESULT, 9_999)):
        sent = {"what": "vinkjes-van", "of": of, "act": "set", "id": row_id, "version": 0, "field": "reached_on"}
        assert save_cell(viewer, CellEdit.sent(sent | {"value": "02/03/2026", "seen": None})).state == "refused"
    assert traces(portal) == before


def test_the_lead_of_the_atelier_ticks_adds_a_step_and_points_out_who_takes_over(own_portal: Portal):
    lead = own_portal.viewer("atelier")
    with reading(own_portal.engine) as session:
        menen = session.scalars(select(Partner).where(Partner.slug == "wervik")).one()
        row = session.scalars(select(Deliverable).where(Deliverable.code == RESULT)).one()
    sent = {"what": "vinkjes-van", "of": RESULT, "act": "set", "id": menen.id, "version": 0, "field": "reached_on"}
    ticked = save_cell(lead, CellEdit.sent(sent | {"value": day(clock.today()), "seen": None}))
    assert ticked.state == "saved", ticked.said
    form = FormState("overname", RESULT, Mode.CHANGE, {"owner_after_grant": "Wij"}, {}, row.id, row.version)
    assert not post(lead, form).refused
    step = {"title": "Nog een stap", "due_expected": day(date(2027, 9, 30))}
    assert not post(lead, FormState("mijlpalen-van", RESULT, Mode.ADD, step)).refused
    assert change(lead, Place("result", RESULT), "R-05", unlink=False).said == "R-05 is gekoppeld."
    found = drawn(own_portal, "directeur", RESULT)
    assert f"Wervikbereikt, {clock.today():%m/%Y}" in said(found[Ids.FAR])
    assert "Wij neemt dit resultaat over" in said(found[Ids.AFTER])
    assert "Nog een stap" in said(found[Ids.WHEN])
    assert "/project/R-05" in links(found[Ids.WORK])


def test_the_acts_stand_in_the_page_for_who_may(portal: Portal):
    with portal.as_account("atelier") as viewer:
        shown = [*whole("result", code=RESULT).values(), *(show(RESULT) for show in page.show_places.values())]
    asked = [one.data for one in parts(shown) if one._type == "Store"]
    places = {(one["what"], one["mode"]) for one in asked if isinstance(one, dict) and "what" in one}
    assert {name for name, _ in places} >= set(ACTS)
    assert all(editing.place(viewer, name, RESULT, Mode(mode)) is not None for name, mode in places)


def test_the_list_of_results_names_each_by_the_address_of_its_page(portal: Portal):
    viewer = portal.viewer("stuurgroep")
    with reading(portal.engine) as session:
        rows = RESULTS.rows(session, viewer, Choice())
    (column,) = [one.look for one in RESULTS.columns_of(Choice()) if one.key == "title" and one.look]
    assert column["cellRendererParams"] == {"path": "/resultaat/", "codeField": "code"}
    assert {row.code for row in rows} == set(codes(portal))
