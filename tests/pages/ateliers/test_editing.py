"""Results, ticks and milestones edited on the page: who may, what is offered, and what becomes of each act."""

from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from sqlalchemy import func, select

from portal.commands.results import tick_partner
from portal.db.engine import reading, writing
from portal.db.models import Atelier, Audit, Deliverable, DeliverablePartner, Milestone, Part, Partner, Project
from portal.pages.ateliers.editing import MILESTONES, OF_PROJECT, RESULTS, TICKS, tick_rows
from portal.pages.editing import places, view
from portal.pages.editing.places import Mode
from portal.pages.editing.posting import FormState, post
from portal.pages.editing.saving import CellEdit, save_cell
from portal.permissions import Viewer
from portal.queries.reference import partner_options
from portal.queries.results.editable import editable_ticks
from portal.vocabulary import TargetKind
from tests.reading import parts, said, whole
from tests.visitors import Portal

DAY, LATER = date(2026, 3, 2), date(2027, 4, 6)
NOBODY = ("burgemeester", "stuurgroep", "directeur")
PLACES = [(one.name, mode) for one in (RESULTS, TICKS, MILESTONES, OF_PROJECT) for mode in (Mode.GRID, Mode.ADD)]


def of_atelier(own: bool) -> Any:
    """Holds for what is of the atelier of the demo's atelier lead, or of another."""
    return Atelier.code == "I" if own else Atelier.code != "I"


def a_step(portal: Portal, *, own: bool) -> Milestone:
    query = select(Milestone).join(Deliverable).join(Part).join(Atelier).where(of_atelier(own))
    with reading(portal.engine) as session:
        return session.scalars(query.order_by(Milestone.id)).first()


def a_result(portal: Portal, *, own: bool, kind: TargetKind = TargetKind.PARTNERS) -> Deliverable:
    query = select(Deliverable).join(Part).join(Atelier).where(of_atelier(own), Deliverable.target_kind == kind)
    with reading(portal.engine) as session:
        return session.scalars(query.order_by(Deliverable.id)).first()


def stands(portal: Portal, result: Deliverable) -> dict[str, date | None]:
    found = select(Partner.slug, DeliverablePartner.reached_on).join(Partner)
    with reading(portal.engine) as session:
        return dict(session.execute(found.where(DeliverablePartner.deliverable_id == result.id)).all())


def traces(portal: Portal) -> int:
    with reading(portal.engine) as session:
        return session.scalar(select(func.count()).select_from(Audit))


def cell(what: str, row: Any, field: str, value: Any, **more: Any) -> CellEdit:
    asked = {"what": what, "of": "", "act": "set", "id": row.id, "version": getattr(row, "version", 0)}
    return CellEdit.sent(asked | {"field": field, "value": value} | more)


def grid_in(place: Any) -> Any:
    (grid,) = [part for part in parts(place) if part._type == "AgGrid"]
    return grid


def test_who_may_not_edit_results_is_offered_nothing(portal: Portal, subtests: pytest.Subtests):
    for (what, mode), account in product(PLACES, NOBODY):
        with subtests.test(what=what, mode=mode, account=account):
            viewer = portal.viewer(account)
            assert view.place(viewer, what, "R-05", mode) is None
            assert view.body(viewer, what, "R-05", Mode.GRID) is None


@pytest.mark.parametrize("account", [*NOBODY, "atelier"])
def test_the_same_request_by_hand_changes_nothing(portal: Portal, account: str):
    step, result = a_step(portal, own=False), a_result(portal, own=False)
    before = traces(portal), stands(portal, result)
    edits = [
        cell("mijlpalen", step, "due_expected", "2027-04-06"),
        cell("mijlpalen", step, "", None, act="archive"),
        cell("mijlpalen", step, "", None, act="restore"),
        cell("mijlpalen-van", step, "title", "x"),
        cell("resultaten", result, "note", "x"),
        cell("vinkjes", result, "menen", "2026-03-02"),
    ]
    viewer = portal.viewer(account)
    for edit in edits:
        answer = save_cell(viewer, edit)
        assert (answer.state, answer.row) == ("refused", None)
        assert "Uw rol laat dit niet toe" in answer.said
    typed = {"of": result.code, "title": "Nieuw", "due_expected": "2027-04-06"}
    form = post(viewer, FormState("mijlpalen", "", Mode.ADD, typed))
    assert form.refused
    assert (traces(portal), stands(portal, result)) == before


@pytest.mark.parametrize("account", ["burgemeester", "atelier"])
def test_a_post_as_the_page_sends_it_is_refused_for_who_may_not(portal: Portal, account: str):
    step, before = a_step(portal, own=False), traces(portal)
    place = {"what": "mijlpalen", "of": "", "mode": Mode.GRID.value}
    sent = place | {"id": step.id, "version": step.version, "act": "set", "field": "due_expected", "number": 1}
    answer = portal.post(account, places.Part.ANSWER, places.Part.SENT, place, sent | {"value": "2027-06-30"})
    assert (answer.status_code, "Uw rol laat dit niet toe" in str(answer.json)) == (200, True)
    assert traces(portal) == before


def test_what_never_changes_cannot_be_typed(portal: Portal):
    step, result = a_step(portal, own=True), a_result(portal, own=True)
    viewer, before = portal.viewer("atelier"), traces(portal)
    for edit in (
        cell("mijlpalen", step, "due_first", "2027-04-06"),
        cell("mijlpalen", step, "of", "I.B-1"),
        cell("resultaten", result, "title", "Anders"),
        cell("vinkjes", result, "title", "Anders"),
        cell("vinkjes", result, "atlantis", "2026-03-02"),
        cell("vinkjes", result, "", None, act="archive"),
    ):
        answer = save_cell(viewer, edit)
        assert (answer.state, "bestaat niet" in answer.said) == ("refused", True)
    assert traces(portal) == before


def test_an_atelier_lead_finds_own_rows_and_a_coordinator_all(portal: Portal):
    def found(viewer: Viewer, what: str) -> list[dict[str, Any]]:
        return grid_in(view.body(viewer, what, "", Mode.GRID)).rowData

    lead, coordinator = portal.viewer("atelier"), portal.viewer("coordinator")
    for one in (RESULTS, TICKS, MILESTONES):
        mine, all_of_them = found(lead, one.name), found(coordinator, one.name)
        assert {row.get("atelier") or row["title"].partition(" · ")[0] for row in mine} == {"I"}
        assert len(mine) < len(all_of_them)
        assert view.place(lead, one.name, "", Mode.GRID) is not None


def test_every_partner_has_a_column_beside_each_result_that_is_counted(portal: Portal):
    grid = grid_in(view.body(portal.viewer("coordinator"), "vinkjes", "", Mode.GRID))
    with reading(portal.engine) as session:
        partners = partner_options(session)
        ticks = editable_ticks(session, portal.viewer("coordinator"))
    columns = [(column["field"], column["headerName"]) for column in grid.columnDefs]
    assert columns == [("title", "Resultaat"), *partners]
    assert [column["field"] for column in grid.columnDefs if column.get("pinned")] == ["title"]
    assert {column["cellRendererParams"]["empty"] for column in grid.columnDefs[1:]} == {"nog niet"}
    assert sum(bool(row[slug]) for row in grid.rowData for slug, _ in partners) == sum(
        row["reached_on"] is not None for row in ticks
    )
    assert len(grid.rowData) == len({row["id"] for row in ticks})


def test_no_result_that_is_counted_leaves_a_grid_without_rows_and_no_fault(portal: Portal):
    with reading(portal.engine) as session:
        none = editable_ticks(session, portal.viewer("burgemeester"))
    assert tick_rows(none) == []


def test_a_target_is_read_in_words_and_a_number_as_it_is_written(portal: Portal):
    rows = grid_in(view.body(portal.viewer("coordinator"), "resultaten", "", Mode.GRID)).rowData
    targets = {row["target"] for row in rows}
    assert {"ja/nee", "doorlopend"} < targets
    assert any(target.endswith("partners") for target in targets)
    assert not any("." in str(row["reached_value"]) for row in rows if row["reached_value"])


def test_a_form_for_a_milestone_offers_the_places_where_one_may_come(portal: Portal):
    lead, of = portal.viewer("atelier"), a_result(portal, own=True)
    place = view.body(lead, "mijlpalen", "", Mode.ADD)
    (choice,) = [part for part in parts(place) if part._type == "Select"]
    offered = [option["value"] for option in choice.options]
    assert of.code in offered
    assert a_result(portal, own=False).code not in offered
    assert "Mijlpaal toevoegen" in said(view.place(lead, "mijlpalen", "", Mode.ADD))
    with reading(portal.engine) as session:
        own, other = (
            session.scalars(
                select(Project.code).join(Atelier, Atelier.id == Project.atelier_id).where(condition)
            ).first()
            for condition in (Atelier.code == "I", Atelier.code != "I")
        )
    added = view.place(lead, OF_PROJECT.name, own, Mode.ADD)
    assert not [part for part in parts(added) if part._type == "Select"]
    assert view.place(lead, OF_PROJECT.name, other, Mode.ADD) is None
    assert view.place(lead, OF_PROJECT.name, "BESTAAT-NIET", Mode.ADD) is None


def test_an_atelier_lead_adds_moves_and_takes_away_a_milestone_and_ticks_and_is_told_of_another(own_portal: Portal):
    lead, of = own_portal.viewer("atelier"), a_result(own_portal, own=True)
    wrong = post(
        lead, FormState("mijlpalen", "", Mode.ADD, {"of": of.code, "title": "Nieuw", "due_expected": "morgen"})
    )
    assert (list(wrong.faults), wrong.typed["title"]) == (["due_expected"], "Nieuw")
    typed = {"of": of.code, "title": "Nieuw", "due_expected": "2026-03-02"}
    added = post(lead, FormState("mijlpalen", "", Mode.ADD, typed))
    assert (added.refused, added.said.endswith("Nieuw is toegevoegd.")) == (False, True)
    with reading(own_portal.engine) as session:
        step = session.scalars(select(Milestone).order_by(Milestone.id.desc())).first()
    moved = save_cell(lead, cell("mijlpalen", step, "due_expected", "06/04/2027"))
    assert (moved.state, moved.row["due_first"], moved.row["due_expected"]) == ("saved", "02/03/2026", "06/04/2027")
    late = save_cell(lead, cell("mijlpalen", step, "due_expected", "2027-05-05"))
    assert (late.state, late.clash.theirs, late.clash.mine) == ("conflict", "06/04/2027", "05/05/2027")
    gone = save_cell(lead, cell("mijlpalen", step, "", None, act="archive", version=moved.row["version"]))
    assert (gone.state, gone.row) == ("saved", None)
    back = save_cell(lead, cell("mijlpalen", step, "", None, act="restore"))
    assert (back.state, back.row["title"]) == ("saved", "Nieuw")
    _ticks_one_by_one(own_portal, lead, of)
    _types_a_number(own_portal)


def _ticks_one_by_one(portal: Portal, lead: Viewer, of: Deliverable) -> None:
    """Set, moved and taken back by what was seen; what somebody else ticked meanwhile is told beside it."""
    free = next(slug for slug, day in _all_ticks(portal, of).items() if day is None)
    for value, seen, day in (
        ("2026-03-02", None, DAY),
        ("03/03/2026", "2026-03-02", date(2026, 3, 3)),
        (None, "2026-03-03", None),
    ):
        assert save_cell(lead, cell("vinkjes", of, free, value, seen=seen)).state == "saved"
        assert stands(portal, of)[free] == day
    with writing(portal.engine) as session:
        by = portal.viewer("coordinator")
        tick_partner(session, by, deliverable_id=of.id, partner=free, reached_on=DAY, seen=None)
    told = save_cell(lead, cell("vinkjes", of, free, "2026-03-09", seen=None))
    assert (told.state, told.clash.theirs, told.clash.mine) == ("conflict", "02/03/2026", "09/03/2026")
    assert told.said.startswith("Projectcoördinator wijzigde dit op ")
    assert (told.row[free], stands(portal, of)[free]) == ("02/03/2026", DAY)
    assert save_cell(lead, cell("vinkjes", of, free, "2026-03-09", seen=told.row[free])).state == "saved"
    assert save_cell(lead, cell("vinkjes", of, free, "2999-01-01", seen="2026-03-09")).state == "refused"


def _all_ticks(portal: Portal, of: Deliverable) -> dict[str, date | None]:
    with reading(portal.engine) as session:
        rows = editable_ticks(session, portal.viewer("coordinator"))
    return {row["partner"]: row["reached_on"] for row in rows if row["id"] == of.id}


def _types_a_number(portal: Portal) -> None:
    row, lead = a_result(portal, own=False, kind=TargetKind.COUNT), portal.viewer("coordinator")
    saved = save_cell(lead, cell("resultaten", row, "reached_value", "12,25"))
    assert (saved.state, saved.row["reached_value"]) == ("saved", "12,25")
    with reading(portal.engine) as session:
        assert Decimal(str(session.get_one(Deliverable, row.id).reached_value)) == Decimal("12.25")
    unclear = save_cell(lead, cell("resultaten", row, "reached_value", "1.234", version=saved.row["version"]))
    assert (unclear.state, "schrijf 1234 of 1,23." in unclear.said) == ("refused", True)


def test_the_page_has_a_place_for_each_and_the_project_for_its_milestones(portal: Portal):
    def places(page: str, **query: str) -> set[tuple[str, str]]:
        drawn = list(whole(page, **query).values())
        asked = [part.data for part in parts(drawn) if getattr(part, "id", {}) and part._type == "Store"]
        return {(data["what"], data["mode"]) for data in asked if isinstance(data, dict) and "mode" in data}

    own = {("resultaten", "grid"), ("vinkjes", "grid"), ("mijlpalen", "grid"), ("mijlpalen", "add")}
    with portal.as_account("atelier"):
        assert own <= places("ateliers")
        assert {("mijlpalen-van", "grid"), ("mijlpalen-van", "add")} <= places("project", code="R-05")
