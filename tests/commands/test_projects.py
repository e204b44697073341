"""A project is changed by whoever answers for it; its first plan and its end are kept in order."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from portal import clock
from portal.commands.base import Conflict, Refused
from portal.commands.inventory.projects import PROJECT, add_project
from portal.db.models import Audit, Project, ProjectLike
from portal.permissions import GRANTS, Permission, PermissionDenied, Role, RowNotFound
from portal.vocabulary import Phase, ProjectScope, Visibility
from tests.databases import undone
from tests.makers import atelier_of, make_partner, make_project, partner_of, viewer

COORDINATOR = viewer(Role.COORDINATOR)
OTHERS = [role for role in Role if Permission.EDIT_PROJECTS not in GRANTS[role]]
START, END, LATER = date(2026, 1, 1), date(2026, 6, 30), date(2026, 12, 31)
OWN_LOCAL_ONLY = "Een bestuur meldt en wijzigt alleen eigen lokale projecten"
OWN_ATELIERS_ONLY = "U wijzigt alleen projecten van uw eigen ateliers"


def made(session, **given):
    row = make_project(session, **{"reported_by": "wervik"} | given)
    session.commit()
    return row


@pytest.fixture
def director(session):
    return viewer(Role.DIRECTOR, partner_of(session, "wervik"))


@pytest.fixture
def lead(session):
    return viewer(Role.ATELIER, ateliers=[atelier_of(session, "I")])


def change(session, row, by=COORDINATOR, version=None, **values):
    return PROJECT.change(session, by, row_id=row.id, version=version or row.version, values=values)


def archive(session, row, by=COORDINATOR):
    return PROJECT.archive(session, by, row_id=row.id, version=row.version)


def restore(session, row, by=COORDINATOR):
    return PROJECT.restore(session, by, row_id=row.id)


def add(session, by=COORDINATOR, reported_by="wervik", **values):
    return add_project(session, by, reported_by=reported_by, values={"title": "Servers vervangen"} | values)


def counted(session, model=Audit):
    return session.scalar(select(func.count()).select_from(model))


@pytest.mark.parametrize("role", OTHERS)
def test_steering_group_and_mayor_change_no_project(session, role):
    row = made(session, atelier="I")
    by, before = viewer(role, row.reported_by_id, ateliers=[row.atelier_id]), counted(session)
    for act in (
        lambda: change(session, row, by, title="Anders"),
        lambda: archive(session, row, by),
        lambda: restore(session, row, by),
        lambda: add(session, by),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert counted(session) == before


def test_a_director_changes_own_local_projects_and_no_other(session, director):
    own = made(session, visibility=Visibility.INTERNAL)
    regional = made(session, scope=ProjectScope.REGIONAL)
    unreported = made(session, scope=ProjectScope.REGIONAL, reported_by=None)
    others, hidden = made(session, reported_by="menen"), made(session, reported_by="menen", visibility="intern")
    for row in (regional, unreported, others):
        for act in (
            lambda row: change(session, row, director, title="Anders"),
            lambda row: archive(session, row, director),
        ):
            with pytest.raises(PermissionDenied):
                act(row)
        with pytest.raises(RowNotFound):
            restore(session, row, director)
    with pytest.raises(RowNotFound):  # it must not tell that it exists
        change(session, hidden, director, title="Anders")
    assert change(session, own, director, title="Anders").title == "Anders"


@pytest.mark.parametrize("scope", [ProjectScope.REGIONAL, ProjectScope.WIDER])
def test_a_director_makes_no_project_regional_and_adds_none(session, director, scope):
    row, before = made(session), counted(session)
    for act in (
        lambda: change(session, row, director, scope=scope),
        lambda: add(session, director, scope=scope),
        lambda: add(session, director, reported_by=None, scope=scope),
    ):
        with pytest.raises(Refused, match=OWN_LOCAL_ONLY):
            act()
    with pytest.raises(PermissionDenied):
        add(session, director, reported_by="menen")
    assert (counted(session), session.get(Project, row.id).scope) == (before, ProjectScope.LOCAL)


def test_an_atelier_lead_changes_projects_of_the_own_ateliers_and_keeps_them_there(session, lead):
    own, other = made(session, atelier="I", scope=ProjectScope.REGIONAL), made(session, atelier="II")
    hidden = made(session, atelier="I", visibility=Visibility.INTERNAL)
    with pytest.raises(PermissionDenied):
        change(session, other, lead, title="Anders")
    with pytest.raises(RowNotFound):  # an atelier lead sees nothing internal
        change(session, hidden, lead, title="Anders")
    for values in ({"atelier": "II"}, {"atelier": None}, {"visibility": Visibility.INTERNAL}):
        with pytest.raises(Refused, match=OWN_ATELIERS_ONLY):
            change(session, own, lead, **values)
    with pytest.raises(Refused, match=OWN_ATELIERS_ONLY):
        add(session, lead, atelier="II")
    assert change(session, own, lead, deviation_reason="Bewust afgeweken").deviation_reason == "Bewust afgeweken"
    assert add(session, lead, reported_by=None, scope="regionaal", atelier="I").atelier_id == own.atelier_id


def test_a_change_is_one_audit_row_with_old_and_new(session):
    row = made(session)
    old, before = row.title, counted(session)
    change(session, row, title="Anders", atelier="I", external_lead="", assignment=None)
    (trace,) = session.scalars(select(Audit).order_by(Audit.sequence).offset(before)).all()
    assert json.loads(trace.before) == {"title": old, "atelier_id": None}
    assert json.loads(trace.after) == {"title": "Anders", "atelier_id": atelier_of(session, "I").id}


def test_what_somebody_else_changed_since_is_not_overwritten(session):
    row = made(session)
    version = row.version
    change(session, row, phase=Phase.ON_HOLD, atelier="I")
    before = counted(session)
    with pytest.raises(Conflict) as told:
        change(session, row, version=version, phase=Phase.AFTERCARE, atelier="II", funding=None)
    assert {(clash.key, clash.theirs, clash.mine) for clash in told.value.clashes} == {
        ("phase", Phase.ON_HOLD, Phase.AFTERCARE),
        ("atelier", "I", "II"),
    }
    assert (row.phase, counted(session)) == (Phase.ON_HOLD, before)
    with pytest.raises(Conflict):
        PROJECT.archive(session, COORDINATOR, row_id=row.id, version=version)


CANNOT_BE = [
    ({"title": " "}, "Titel mag niet leeg zijn"),
    ({"scope": None}, "Schaal mag niet leeg zijn"),
    ({"aspect": "LO_X"}, "Aspect ‘LO_X’ bestaat niet; kies er een uit de lijst."),
    ({"health": "groen"}, "Kleur kan hier niet gewijzigd worden"),
    ({"end_first_planned_on": END}, "Eerst gepland einde kan hier niet gewijzigd worden"),
    ({"end_expected_on": START - timedelta(1)}, "Het verwachte einde (31/12/2025) ligt voor de start (01/01/2026)"),
    ({"phase": Phase.FINISHED, "ended_on": date(2025, 1, 1)}, "De dag waarop het eindigde (01/01/2025) ligt voor"),
    ({"ended_on": START}, "Een project in de fase ‘uitvoering’ is niet beëindigd; wijzig eerst de fase."),
    ({"deviation_reason": "x" * 501}, "telt 501 tekens; er passen er 500"),
]


def test_what_cannot_be_is_refused_in_one_sentence_and_changes_nothing(engine, subtests):
    for values, sentence in CANNOT_BE:
        with subtests.test(values=values, sentence=sentence), undone(engine) as session:
            row = made(session, start_on=START)
            version, before = row.version, counted(session)
            with pytest.raises(Refused) as told:
                change(session, row, **{"description": "Anders"} | values)
            assert sentence in str(told.value)
            session.refresh(row)
            assert (row.version, row.description, counted(session)) == (version, "", before)


def test_the_first_end_date_stays_the_first_plan(session):
    row = made(session, code="P-WER-01")
    change(session, row, end_expected_on=END)
    change(session, row, end_expected_on=LATER)
    assert (row.end_first_planned_on, row.end_expected_on) == (END, LATER)
    change(session, row, end_expected_on=None)
    assert row.end_first_planned_on == END
    assert add(session, end_expected_on=LATER).end_first_planned_on == LATER
    told = made(session, reported_by="menen", end_expected_on=END)  # it came without a first plan
    assert change(session, told, end_expected_on=LATER).end_first_planned_on == END


@pytest.mark.parametrize("phase", [Phase.FINISHED, Phase.STOPPED])
def test_what_ends_ends_today_unless_another_day_is_given(session, phase):
    row = made(session)
    assert change(session, row, phase=phase).ended_on == clock.today()
    assert change(session, row, ended_on=END).ended_on == END
    assert change(session, row, ended_on=None).ended_on == clock.today()
    assert change(session, row, phase=Phase.AFTERCARE).ended_on == clock.today()
    assert change(session, row, phase=Phase.EXECUTION).ended_on is None  # taken up again
    assert add(session, phase=phase).ended_on == clock.today()


def test_what_is_stopped_before_it_began_has_an_end_before_its_start(session):
    row = made(session, start_on=clock.today() + timedelta(days=90))
    assert change(session, row, phase=Phase.STOPPED).ended_on == clock.today()


def test_an_old_row_that_is_not_in_order_can_be_corrected_field_by_field(session):
    row = made(session, phase=Phase.FINISHED, start_on=END, end_expected_on=START)
    change(session, row, title="Anders")
    assert row.ended_on is None
    change(session, row, start_on=START)
    assert row.start_on == START


def test_a_new_project_gets_the_next_code_of_who_reports_it(session):
    made(session, code="P-WER-07", archived_at=clock.now())
    assert [add(session).code for _ in range(2)] == ["P-WER-08", "P-WER-09"]
    make_partner(session, "nieuwstad")
    made(session, code="P-NIE-01", reported_by="menen")
    assert add(session, reported_by="nieuwstad").code == "P-NIE-02"
    highest = session.scalars(select(Project.code).where(Project.code.startswith("R-"))).all()
    regional = add(session, reported_by=None, scope=ProjectScope.REGIONAL)
    assert regional.code == f"R-{max(int(code[2:]) for code in highest) + 1:02d}"
    assert add(session, reported_by=None, scope=ProjectScope.WIDER).code > regional.code
    assert (regional.reported_by_id, regional.visibility, regional.phase) == (None, Visibility.REGION, Phase.IDEA)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"reported_by": None}, "Kies welk bestuur dit lokale project meldt"),
        ({"reported_by": "atlantis"}, "Partner ‘atlantis’ bestaat niet"),
        ({"title": ""}, "Titel mag niet leeg zijn"),
        ({"start_on": LATER, "end_expected_on": END}, "Het verwachte einde"),
    ],
)
def test_a_new_project_that_is_not_complete_is_refused(session, given, sentence):
    before = counted(session), counted(session, Project)
    with pytest.raises(Refused, match=sentence):
        add(session, **given)
    assert (counted(session), counted(session, Project)) == before


def test_a_code_of_ones_own_must_be_free(session):
    row, new = made(session), {"title": "Servers vervangen"}
    with pytest.raises(Refused, match="kies een andere code"):
        add_project(session, COORDINATOR, values=new, reported_by="wervik", code=row.code)
    assert add_project(session, COORDINATOR, values=new, reported_by="wervik", code="P-X").code == "P-X"


def test_what_is_archived_is_gone_until_it_is_brought_back(session, director):
    row = made(session)
    archive(session, row, director)
    with pytest.raises(RowNotFound):
        change(session, row, title="Anders")
    assert restore(session, row, director).archived_at is None
    assert change(session, row, title="Anders").title == "Anders"


def test_what_is_alike_follows_every_change(session):
    other = made(session, reported_by="menen", title="Overstap naar de eBox")
    row = add(session, title="Brieven via de eBox")
    change(session, other, description="Nu")
    assert counted(session, ProjectLike) == 1
    change(session, row, scope=ProjectScope.REGIONAL)  # only local projects stand side by side
    assert counted(session, ProjectLike) == 0
    change(session, row, scope=ProjectScope.LOCAL)
    archive(session, other)
    assert counted(session, ProjectLike) == 0
    restore(session, other)
    assert counted(session, ProjectLike) == 1
