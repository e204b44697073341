"""Everything that can be edited, for every role: who may not sees nothing, and what that person posts is refused."""

import json
from functools import cache
from itertools import product
from typing import Any

import pytest
from sqlalchemy import func, select

from portal.db.engine import reading
from portal.db.models import Audit, Grant, Partner, Project
from portal.pages.editing import callbacks, view
from portal.pages.editing.kinds import Editable, editable_named, editables
from portal.pages.editing.places import Mode, Part, add_place, form_place, grid_place
from portal.pages.editing.posting import FormState, post
from portal.pages.editing.saving import CellEdit, save_cell
from portal.permissions import Permission, Role, RowNotFound, scope
from portal.queries.meetings.meetings import meeting_rows
from portal.values import Ref
from portal.vocabulary import MeetingBody
from tests.reading import parts, said
from tests.visitors import ACCOUNTS, Portal

MAYOR = "burgemeester"
PLANNING = {Permission.FREEZE_MEETINGS}
EVERYTHING = (
    {one for one in Permission if one.value.startswith("edit_")} - {Permission.EDIT_OWN_ACCOUNT}
    | {Permission.CLOSE_ACTIONS}
    | PLANNING
)
NO_DIRECTOR = {Permission.EDIT_MONEY, Permission.EDIT_DELIVERABLES, Permission.EDIT_MEETINGS} | PLANNING
LACKING = {
    MAYOR: EVERYTHING,
    "stuurgroep": EVERYTHING - {Permission.EDIT_MEETINGS, Permission.EDIT_BRIEFS, Permission.CLOSE_ACTIONS},
    "directeur": NO_DIRECTOR,
    "andere directeur": NO_DIRECTOR,
    "atelier": {Permission.EDIT_INVENTORY, Permission.EDIT_PARTICIPATION, Permission.CLOSE_ACTIONS} | PLANNING,
}
OWN_ONLY = {"eigen-deelname"}  # who serves all of them has a grid of everybody's instead
DENIED = "Uw rol laat dit niet toe; er is niets gewijzigd."


@cache
def all_of_them() -> dict[str, Editable]:
    assert len(editables()) >= 15
    return editables()


def about(portal: Portal, account: str) -> list[str]:
    """What a page's place may be about: everything, a partner, a meeting, a project, a grant, and what has no row."""
    with reading(portal.engine) as session:
        codes = [session.scalars(select(column).order_by(column)).first() for column in (Project.code, Grant.code)]
        own = session.scalars(select(Partner.slug).where(Partner.id.in_(portal.viewer(account).partner_ids))).all()
        meeting = max(row.number for row in meeting_rows(session, portal.viewer("coordinator"), MeetingBody.STEERING))
    return ["", "wervik", "bestaat-niet", f"stuurgroep-{meeting}", *filter(None, codes), *own]


def traces(portal: Portal) -> int:
    with reading(portal.engine) as session:
        return session.scalar(select(func.count()).select_from(Audit)) or 0


def some_row(portal: Portal, what: Editable) -> int:
    """A row that somebody who may edit everything has in this subject."""
    lead = portal.viewer("coordinator")
    with reading(portal.engine) as session:
        for of in about(portal, "coordinator"):
            rows = what.rows(session, lead, of)
            if len(rows):
                return int(rows[0]["id"])
    return 1


def test_every_place_is_empty_for_whoever_lacks_the_right(portal: Portal, subtests: pytest.Subtests):
    for account in ACCOUNTS:
        with subtests.test(account=account):
            viewer = portal.viewer(account)
            lacking = {name for name, what in all_of_them().items() if not viewer.may(what.right)}
            assert {all_of_them()[name].right for name in lacking} == LACKING.get(account, set())
            for name, of in product(sorted(lacking), about(portal, account)):
                drawn = [view.place(viewer, name, of, mode) for mode in Mode]
                opened = [view.body(viewer, name, of, mode) for mode in (Mode.GRID, Mode.CHANGE)]
                assert [*drawn, *opened] == [None] * 5, (name, of)


def test_a_mayor_may_edit_nothing_at_all(portal: Portal):
    mayor = portal.viewer(MAYOR)
    assert mayor.role is Role.MAYOR
    assert [name for name, what in all_of_them().items() if mayor.may(what.right)] == []


def test_each_cell_that_a_mayor_posts_by_hand_is_refused_and_leaves_no_trace(portal: Portal):
    mayor, before = portal.viewer(MAYOR), traces(portal)
    for name, what in all_of_them().items():
        row, field = some_row(portal, what), (what.typed or what.fields)[0].key
        for act in ("set", "archive", "restore"):
            sent = {"what": name, "of": "", "id": row, "version": 1, "act": act, "field": field, "value": "x"}
            answer = save_cell(mayor, CellEdit.sent(sent))
            assert (answer.state, answer.said, answer.row) == ("refused", DENIED, None), (name, act)
    assert traces(portal) == before


def test_each_form_that_a_mayor_posts_by_hand_is_refused_and_leaves_no_trace(portal: Portal):
    mayor, before = portal.viewer(MAYOR), traces(portal)
    for name, what in all_of_them().items():
        row = some_row(portal, what)
        for mode in (Mode.ADD, Mode.CHANGE):
            after = post(mayor, FormState(name, "", mode, {"title": "x"}, row_id=row, version=1, twin="U-WER-01"))
            assert (after.refused, after.said, after.typed) == (True, DENIED, {"title": "x"}), (name, mode)
    assert traces(portal) == before


def test_the_browser_of_a_mayor_gets_no_place_and_its_edit_is_refused(portal: Portal):
    place = {"what": "uitdagingen", "of": "", "mode": "grid"}
    drawn = portal.post(MAYOR, Part.PLACE, Part.ASKED, place, place)
    assert (drawn.status_code, drawn.json and [*drawn.json["response"].values()]) == (200, [{"children": None}])
    cell = {"what": "uitdagingen", "of": "", "id": 1, "version": 1, "act": "set", "field": "title", "value": "x"}
    answer = portal.post(MAYOR, Part.ANSWER, Part.SENT, place, cell)
    assert DENIED in json.dumps(answer.json, ensure_ascii=False)


def test_who_serves_one_partner_or_atelier_edits_fewer_rows_than_who_serves_all(portal: Portal):
    lead, narrower = portal.viewer("coordinator"), set()
    for account in ("directeur", "atelier"):
        viewer = portal.viewer(account)
        for name, what in all_of_them().items():
            if name in OWN_ONLY or not viewer.may(what.right) or scope(viewer, what.right).everything:
                continue
            with reading(portal.engine) as session:
                found = [
                    [{row["id"] for row in what.rows(session, one, of)} for one in (viewer, lead)]
                    for of in ("", "wervik")
                ]
            for mine, everyones in found:
                assert mine <= everyones, (name, account)
                narrower |= {name} if mine < everyones else set()
    assert {"uitdagingen", "projecten", "resultaten", "agenda", "actie-sluiten"} <= narrower


@pytest.mark.parametrize("name", [None, 5, "", "gebruikers", ["uitdagingen"], {"what": "uitdagingen"}])
def test_what_no_page_calls_so_cannot_be_edited(portal: Portal, name: Any):
    with pytest.raises(RowNotFound):
        editable_named(name)
    with portal.as_account("beheerder"), pytest.raises(RowNotFound):
        callbacks.show_place({"what": name, "of": "", "mode": "grid"})


def test_every_subject_is_described_in_dutch_words_and_can_do_something():
    for name, what in all_of_them().items():
        assert what.can_change or what.add, name
        assert len({field.key for field in what.fields}) == len(what.fields), name
        assert what.name == name
        assert what.one[:1].islower(), name
        for field in what.fields:
            assert field.label[:1].isupper(), (name, field.key)
            assert not isinstance(field.kind, Ref) or field.choices, (name, field.key)
            assert not (field.required and field.fixed) or field.only_new, (name, field.key)


def test_a_place_stands_empty_in_the_layout_and_names_the_stores_that_follow_it():
    for draw, mode in ((grid_place, "grid"), (form_place, "change"), (add_place, "add")):
        drawn = draw("uitdagingen", "U-1", [Part.ASKED])
        assert said(drawn) == ""
        asked, place = list(parts(drawn))[1:]
        assert asked.data == {"what": "uitdagingen", "of": "U-1", "mode": mode}
        assert place.id == asked.id | {"type": "edit-place"}
        assert json.loads(getattr(drawn, "data-refreshes")) == ["edit-asked"]
    assert json.loads(getattr(grid_place("uitdagingen"), "data-refreshes")) == []
