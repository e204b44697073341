"""Editing the inventory on its pages: who gets a control, what is like what is typed, and one click to join it."""

from itertools import product

import pytest
from sqlalchemy import func, select

from portal import clock
from portal.db.engine import reading
from portal.db.models import Audit, Challenge, Project
from portal.pages.challenge.page import layout as challenge_layout
from portal.pages.editing import callbacks
from portal.pages.editing.kinds import choices_of
from portal.pages.editing.places import Mode, Part, field_id
from portal.pages.editing.posting import fresh_form
from portal.pages.editing.saving import CellEdit, save_cell
from portal.pages.editing.view import answer_to, twins_of
from portal.pages.inventory.editing import CHALLENGES, EDITABLES, PROJECTS
from portal.queries.inventory.subjects import subjects
from tests.reading import links, parts, said, whole
from tests.visitors import ACCOUNTS, Portal

TYPED = "Overstap naar de eBox voor brieven"
EDITING = {
    "uitdagingen": {"directeur", "andere directeur", "coordinator", "beheerder"},
    "projecten": {"directeur", "andere directeur", "coordinator", "beheerder", "atelier"},
}


def twins(portal: Portal, account: str, what: str, title: str = TYPED):
    return twins_of(portal.viewer(account), field_id(Part.FIELD, what, "", Mode.ADD, "title"), title)


def joining(twin: str, **typed: object):
    return {"what": "uitdagingen", "of": "", "mode": "add", "typed": {"title": TYPED, **typed}, "twin": twin}


def test_only_who_may_edit_gets_a_switch_and_a_way_to_add(portal: Portal, subtests: pytest.Subtests):
    for what, account in product(EDITING, ACCOUNTS):
        with subtests.test(what=what, account=account):
            with portal.as_account(account):
                places = [callbacks.show_place({"what": what, "of": "", "mode": mode}) for mode in ("grid", "add")]
                body = callbacks.open_place(True, {"what": what, "of": "", "mode": "grid"})
            may = account in EDITING[what]
            has_rows = may and account != "andere directeur"  # whose municipality reported nothing yet
            assert [place is not None for place in [*places, body]] == [has_rows, may, may]


@pytest.mark.parametrize(
    ("account", "code", "may"),
    [
        ("atelier", "R-05", True),  # a project of atelier I
        ("coordinator", "R-05", True),
        ("directeur", "R-05", False),
        ("directeur", "P-WER-01", True),
        ("andere directeur", "P-WER-01", False),
        ("burgemeester", "P-WER-01", False),
        ("stuurgroep", "R-05", False),
    ],
)
def test_the_form_of_a_project_is_for_who_may_change_that_project(portal: Portal, account: str, code: str, may: bool):
    assert (fresh_form(portal.viewer(account), "projecten", code, Mode.CHANGE) is not None) is may
    with portal.as_account(account):
        place = callbacks.show_place({"what": "projecten", "of": code, "mode": "change"})
    assert (place is not None) is may


def test_the_places_stand_on_their_pages_and_draw_them_anew(portal: Portal):
    with portal.as_account("directeur"):
        drawn = [*whole("inventory").values(), challenge_layout(code="U-1"), *whole("project", code="P-1").values()]
    asked = {
        (one.data["what"], one.data["of"], one.data["mode"])
        for one in parts(drawn)
        if isinstance(getattr(one, "id", None), dict) and one.id["type"] == Part.ASKED
    }
    assert asked >= {
        *((what, "", mode) for what in EDITING for mode in ("grid", "add")),
        ("uitdagingen", "U-1", "change"),
        ("projecten", "P-1", "change"),
    }


@pytest.mark.parametrize("editable", EDITABLES, ids=lambda one: one.name)
def test_every_field_is_in_the_rows_and_every_value_of_a_row_is_among_the_choices(portal: Portal, editable):
    viewer = portal.viewer("coordinator")
    with reading(portal.engine) as session:
        rows = editable.rows(session, viewer, "")
        choices = choices_of(session, viewer, editable.fields)
    assert {field.key for field in editable.fields} <= {*rows[0]}
    for key, offered in choices.items():
        assert {row[key] for row in rows} - {None} <= {choice.value for choice in offered}, key


def test_what_is_offered_to_a_director_is_what_a_director_may(portal: Portal):
    viewer = portal.viewer("directeur")
    with reading(portal.engine) as session:
        choices = choices_of(session, viewer, CHALLENGES.fields + PROJECTS.fields)
    assert [choice.value for choice in choices["partner"]] == ["wervik"]
    assert [choice.value for choice in choices["reported_by"]] == ["wervik"]
    assert [choice.value for choice in choices["scope"]] == ["lokaal"]
    form = fresh_form(viewer, "uitdagingen", "", Mode.ADD)
    assert form is not None
    assert form.typed["partner"] == "wervik"  # the only one there is


def test_what_is_offered_to_an_atelier_lead_stays_in_the_own_atelier(portal: Portal):
    with reading(portal.engine) as session:
        choices = choices_of(session, portal.viewer("atelier"), PROJECTS.fields)
    assert [choice.value for choice in choices["atelier"]] == ["I"]
    assert len(choices["scope"]) == 3
    assert len(choices["reported_by"]) > 1


@pytest.mark.parametrize("field", ["code", "partner", "health", "progress", "end_first_planned_on", "reported_by"])
@pytest.mark.parametrize("what", EDITING)
def test_what_does_not_change_here_changes_by_no_posted_cell(portal: Portal, what: str, field: str):
    edit = {"what": what, "of": "", "id": 1, "version": 1, "act": "set", "field": field, "value": "x"}
    answer = save_cell(portal.viewer("coordinator"), CellEdit.sent(edit))
    assert (answer.state, answer.said) == (
        "refused",
        "Dit bestaat niet of is voor u niet zichtbaar; er is niets gewijzigd.",
    )


def test_of_another_a_twin_can_be_joined_and_an_own_one_is_opened(portal: Portal):
    found = twins(portal, "directeur", "uitdagingen")
    assert len(found) == 3
    for twin in found:
        own = twin.where == "Wervik"
        assert (twin.join, "al van uw bestuur" in twin.hint) == (
            ("", True) if own else ("Meld dit ook voor ons", False)
        )
        assert twin.href == f"/uitdaging/{twin.name.split()[0]}"
    assert {twin.join for twin in twins(portal, "coordinator", "uitdagingen")} == {
        "Meld dit ook voor het gekozen bestuur"
    }


def test_a_regional_project_is_followed_and_what_is_done_is_read(portal: Portal):
    hints = {twin.name.split()[0]: twin.hint for twin in twins(portal, "directeur", "projecten", "Virtuele assistent")}
    assert hints["R-04"] == "volg dit project of doe mee, voor u er zelf een begint."
    assert hints["P-KOR-07"] == "het is al gedaan: lees hoe."


def test_twins_stay_in_sight_when_the_form_is_refused(portal: Portal):
    with portal.as_account("directeur"):
        drawn = callbacks.post_form({"what": "uitdagingen", "of": "", "mode": "add", "typed": {"title": TYPED}})
    assert "Er is nog niets bewaard" in said(drawn)
    assert "Er is al iets dat hierop lijkt." in said(drawn)
    buttons = [
        one for one in parts(drawn) if isinstance(getattr(one, "id", None), dict) and one.id["type"] == Part.JOIN
    ]
    assert {one.children for one in buttons} == {"Meld dit ook voor ons"}
    assert all(f"/uitdaging/{one.id['field']}" in links(drawn) for one in buttons)


@pytest.mark.parametrize("account", ["burgemeester", "stuurgroep", "atelier"])
def test_who_may_not_report_joins_nothing(portal: Portal, account: str):
    after = answer_to(portal.viewer(account), joining("U-MEN-12", partner="wervik", theme="data", service="it"))
    assert after.refused
    with reading(portal.engine) as session:
        assert session.scalar(select(Challenge.id).where(Challenge.title == TYPED)) is None


def test_one_click_reports_it_for_us_too_in_the_typed_words_and_in_one_subject(own_portal: Portal):
    viewer = own_portal.viewer("directeur")
    nowhere = answer_to(viewer, joining("U-NERGENS-1", partner="wervik"))
    assert (nowhere.refused, nowhere.said.startswith("Dit bestaat niet")) == (True, True)
    refused = answer_to(viewer, joining("U-MEN-12", partner="", status="open", visibility="regio"))
    assert refused.faults == {"partner": "Partner: mag niet leeg zijn."}
    assert refused.typed["theme"]  # sorted out as the other is
    after = answer_to(viewer, joining("U-MEN-12", partner="wervik", status="open", visibility="regio", urgency="3"))
    assert after.said == f"{after.added.name} is toegevoegd."
    assert after.added.name.endswith(f"{TYPED} (hetzelfde als U-MEN-12)")
    with reading(own_portal.engine) as session:
        row, like = (
            session.scalars(select(Challenge).where(condition)).one()
            for condition in (Challenge.title == TYPED, Challenge.code == "U-MEN-12")
        )
        together = [{member.id for member in one.members} for one in subjects(session, viewer)]
        assert (row.partner.slug, row.urgency, row.inventoried_on) == ("wervik", 3, clock.today())
        assert (row.theme_id, row.dimension_id, row.service_id) == (like.theme_id, like.dimension_id, like.service_id)
        assert any({row.id, like.id} <= members for members in together)


def test_a_project_is_added_changed_archived_and_brought_back_on_the_page(own_portal: Portal):
    viewer = own_portal.viewer("directeur")
    typed = {"title": "Serverpark", "reported_by": "wervik", "scope": "lokaal", "phase": "idee", "visibility": "regio"}
    after = answer_to(viewer, {"what": "projecten", "of": "", "mode": "add", "typed": typed})
    code = after.added.href.removeprefix("/project/")
    with reading(own_portal.engine) as session:
        row = session.scalars(select(Project).where(Project.code == code)).one()
    cell = {"what": "projecten", "of": "", "id": row.id, "version": row.version, "act": "set"}
    answer = save_cell(viewer, CellEdit.sent(cell | {"field": "phase", "value": "afgerond"}))
    assert (answer.state, answer.row["ended_on"] is not None) == ("saved", True)
    regional = save_cell(viewer, CellEdit.sent(cell | {"version": 2, "field": "scope", "value": "regionaal"}))
    assert (regional.state, regional.said.partition(";")[0]) == (
        "refused",
        "Schaal: “regionaal” staat niet in de lijst",
    )
    gone = save_cell(viewer, CellEdit.sent(cell | {"act": "archive", "version": answer.row["version"]}))
    assert (gone.state, gone.row) == ("saved", None)
    back = save_cell(viewer, CellEdit.sent(cell | {"act": "restore"}))
    assert (back.state, back.row["code"]) == ("saved", code)
    with reading(own_portal.engine) as session:
        found = select(func.count()).where(Audit.entity == "project", Audit.entity_id == row.id)
        assert session.scalar(found) == 4
