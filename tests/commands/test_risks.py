"""Who keeps risks of what, and what a risk can be about."""

import pytest
from sqlalchemy import func, select

from portal import clock
from portal.commands.base import Refused
from portal.commands.risks import NOT_YOURS, ONE, RISK, add_risk
from portal.db.models import Audit, Project, Risk
from portal.permissions import PermissionDenied, Role, RowNotFound
from portal.queries.results.risks import editable_risks, may_add_risk, risk_rows
from portal.vocabulary import ProjectScope, RiskState, Visibility
from tests.makers import atelier_of, make_deliverable, make_project, make_risk, partner_of, viewer

COORDINATOR = viewer(Role.COORDINATOR)
NEW = {"title": "De leverancier is te laat", "chance": 4, "effect": 5}


@pytest.fixture
def lead(session):
    return viewer(Role.ATELIER, ateliers=[atelier_of(session, "I")])


@pytest.fixture
def director(session):
    return viewer(Role.DIRECTOR, partner_of(session, "wervik").id)


def local(session, partner, **given):
    return make_project(session, scope=ProjectScope.LOCAL, reported_by_id=partner_of(session, partner).id, **given)


def counted(session, model=Audit):
    return session.scalar(select(func.count()).select_from(model))


def test_each_keeps_the_risks_of_what_is_in_their_hands_and_no_others(session, lead, director):
    own, other = make_deliverable(session, atelier="I"), make_deliverable(session, atelier="II")
    ours, theirs = local(session, "wervik"), local(session, "menen")
    session.commit()
    before = counted(session, Risk), counted(session)
    for by, about in (
        (lead, {"deliverable": other.code}),
        (lead, {"project": theirs.code}),
        (lead, {}),
        (director, {"project": theirs.code}),
        (director, {"deliverable": own.code}),
        (director, {}),
    ):
        with pytest.raises(Refused, match="alleen risico's bij van wat u zelf mag wijzigen"):
            add_risk(session, by, values={**NEW, **about})
    with pytest.raises(PermissionDenied):
        add_risk(session, viewer(Role.MAYOR), values=NEW)
    assert (counted(session, Risk), counted(session)) == before
    added = [
        add_risk(session, lead, values={**NEW, "deliverable": own.code}),
        add_risk(session, director, values={**NEW, "project": ours.code}),
        add_risk(session, COORDINATOR, values=NEW),
    ]
    assert [row.code for row in added] == ["RI-001", "RI-002", "RI-003"]
    assert [[row["code"] for row in editable_risks(session, by)] for by in (lead, director, COORDINATOR)] == [
        ["RI-001"],
        ["RI-002"],
        ["RI-001", "RI-002", "RI-003"],
    ]
    assert [may_add_risk(session, by, own.code) for by in (lead, director, COORDINATOR)] == [True, False, True]
    assert [may_add_risk(session, by, "") for by in (lead, director, COORDINATOR, viewer(Role.MAYOR))] == [
        *(True, True, True, False)
    ]


def test_a_risk_is_about_one_thing_and_does_not_leave_the_own_hands(session, director):
    ours, theirs, result = local(session, "wervik"), local(session, "menen"), make_deliverable(session)
    row = make_risk(session, project=ours)
    session.commit()
    for by, about, told in (
        (COORDINATOR, {"deliverable": result.code}, ONE),
        (director, {"project": theirs.code}, NOT_YOURS),
        (director, {"project": None}, NOT_YOURS),
        (director, {"chance": 6}, "Kans 6 ligt niet tussen 1 en 5"),
    ):
        with pytest.raises(Refused) as refused:
            RISK.change(session, by, row.id, row.version, about)
        assert str(refused.value).startswith(told.removesuffix(".")), about
        session.rollback()
    RISK.change(session, director, row.id, row.version, {"state": RiskState.HAPPENED})
    assert (row.state, row.project_id) == (RiskState.HAPPENED, ours.id)


def test_a_risk_of_a_project_that_is_closed_to_somebody_does_not_exist_for_them(session, director):
    hidden = make_risk(session, project=local(session, "menen", visibility=Visibility.INTERNAL), title="Geheim")
    open_to_all = make_risk(session, project=local(session, "menen"))
    session.commit()
    assert [risk.code for risk in risk_rows(session, director)] == [open_to_all.code]
    project = session.get_one(Project, hidden.project_id)
    with pytest.raises(Refused, match=f"Project ‘{project.code}’ bestaat niet"):  # as of a code that nobody has
        add_risk(session, director, values={**NEW, "project": project.code})
    with pytest.raises(RowNotFound):
        RISK.change(session, director, hidden.id, 1, {"title": "x"})
    with pytest.raises(PermissionDenied):
        RISK.change(session, director, open_to_all.id, 1, {"title": "x"})


def test_a_risk_goes_with_the_project_or_result_that_was_put_away(session):
    for key, place in (("project", make_project(session)), ("deliverable", make_deliverable(session))):
        row = make_risk(session, **{key: place})
        place.archived_at = clock.now()
        session.commit()
        assert not risk_rows(session, COORDINATOR), key
        assert not editable_risks(session, COORDINATOR), key
        with pytest.raises(RowNotFound):
            RISK.change(session, COORDINATOR, row.id, 1, {"title": "x"})


def test_the_heaviest_comes_first_and_what_is_closed_last(session):
    project, result = make_project(session, title="Loket"), make_deliverable(session, atelier="II", title="Balie")
    make_risk(session, code="A", chance=2, effect=3, project=project)
    make_risk(session, code="B", chance=5, effect=5, state=RiskState.CLOSED)
    make_risk(session, code="C", chance=4, effect=4, deliverable=result)
    found = risk_rows(session, COORDINATOR)
    assert [risk.code for risk in found] == ["C", "A", "B"]
    assert [risk.weight for risk in found] == [16, 6, 25]
    assert [risk.of_title for risk in found] == ["Balie", "Loket", "het programma"]
    assert [risk.href for risk in found] == [f"/resultaat/{result.code}", f"/project/{project.code}", "/stuurgroep"]
    assert [risk.code for risk in risk_rows(session, COORDINATOR, of=project.code)] == ["A"]
    assert [risk.code for risk in risk_rows(session, COORDINATOR, atelier="II")] == ["C"]
