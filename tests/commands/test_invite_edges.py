"""Invitations and loaded answers at their edges: all of them or none, on a day that was, to who is still there."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from data_loaders.load import refuse_stranger
from data_loaders.participation import PARTICIPATION
from portal import clock
from portal.commands.base import Conflict, Refused
from portal.commands.coalitions.participations import add_participation, answer_participation, invite_partners
from portal.db.models import Audit, Participation, Partner
from portal.permissions import GRANTS, Permission, PermissionDenied, Role, RowNotFound
from portal.vocabulary import ENDED_PHASES, ParticipationState, Phase, ProjectScope, Visibility
from tests.commands.test_participations import loaded
from tests.makers import make_coalition, make_participation, make_partner, partner_of, viewer

S = ParticipationState
COORDINATOR = viewer(Role.COORDINATOR)
TODAY = clock.today()


@pytest.fixture
def project(session):
    """Menen leads; a refused command undoes what it finds uncommitted."""
    made = make_coalition(session, {"menen": S.LEAD})
    session.commit()
    return made


def asked(session, project) -> dict[str, date | None]:
    found = select(Partner.slug, Participation.asked_on).join(Partner, Partner.id == Participation.partner_id)
    found = found.where(Participation.project_id == project.id, Participation.state == S.NOT_ASKED)
    return dict(tuple(row) for row in session.execute(found))


def invite(session, project, *partners, **how):
    return invite_partners(session, COORDINATOR, project=project.code, partners=partners, **how)


def test_one_partner_that_cannot_be_asked_leaves_the_others_unasked_too(session, project):
    gone = make_partner(session, archived_at=clock.now())
    session.commit()
    for wrong, said in (
        ("menen", "laat die partner weg"),
        ("atlantis", "kies er een uit de lijst"),
        (gone.slug, "bestaat niet"),
    ):
        with pytest.raises(Refused, match=said):
            invite(session, project, "kuurne", "wervik", wrong)
        assert asked(session, project) == {}
    assert session.scalar(select(func.count()).select_from(Audit).where(Audit.command == "invite_partners")) == 0


@pytest.mark.parametrize("state", [state for state in S if state is not S.NOT_ASKED])
def test_whatever_was_answered_is_an_answer(session, project, state):
    make_participation(session, project=project, partner="wervik", state=state)
    session.commit()
    with pytest.raises(Refused, match=f"Wervik antwoordde al voor {project.title} .‘{state.label}’."):
        invite(session, project, "wervik")


def test_an_invitation_may_have_gone_out_before_today_and_goes_out_once(session, project):
    day = TODAY - timedelta(days=10)
    (row,) = invite(session, project, "wervik", asked_on=day)
    assert (row.since, row.asked_on, row.until) == (day, day, None)
    assert invite(session, project, "wervik") == []
    assert asked(session, project) == {"wervik": day}
    with pytest.raises(Refused, match="toekomst"):
        invite(session, project, "kuurne", asked_on=TODAY + timedelta(days=1))


@pytest.mark.parametrize("phase", list(Phase))
def test_only_a_project_that_lives_asks(session, project, phase):
    project.phase = phase
    session.commit()
    if phase in ENDED_PHASES:
        with pytest.raises(Refused, match=f"is {phase.label}; daarvoor wordt niemand meer uitgenodigd"):
            invite(session, project, "wervik")
    else:
        assert len(invite(session, project, "wervik")) == 1


def test_a_wider_project_asks_too_and_one_that_is_archived_or_unknown_does_not(session, project):
    project.scope = ProjectScope.WIDER
    assert len(invite(session, project, "wervik")) == 1
    project.archived_at = clock.now()
    session.commit()
    for code in (project.code, "R-999", ""):
        with pytest.raises(RowNotFound):
            invite_partners(session, COORDINATOR, project=code, partners=["kuurne"])
    row = session.scalars(select(Participation).filter_by(project_id=project.id, state=S.NOT_ASKED)).one()
    with pytest.raises(RowNotFound):
        answer_participation(session, COORDINATOR, row_id=row.id, version=1, values={"state": S.MEMBER})


def test_an_ended_project_still_takes_the_answers_it_is_owed(session, project):
    (row,) = invite(session, project, "wervik")
    project.phase = Phase.FINISHED
    told = answer_participation(session, COORDINATOR, row_id=row.id, version=1, values={"state": S.FOLLOWS})
    assert told.state is S.FOLLOWS


def test_a_state_that_somebody_took_away_is_not_answered(session, project):
    row = make_participation(session, project=project, partner="wervik", archived_at=clock.now())
    session.commit()
    with pytest.raises(RowNotFound):
        answer_participation(session, COORDINATOR, row_id=row.id, version=1, values={"state": S.MEMBER})


def test_a_director_of_two_partners_answers_for_each_by_its_own_slug(session, project):
    both = viewer(Role.DIRECTOR, partner_of(session, "wervik"), partner_of(session, "kuurne"))
    for slug in ("wervik", "kuurne"):
        row = add_participation(session, both, project=project.code, partner=slug, values={"state": S.FOLLOWS})
        assert session.get_one(Partner, row.partner_id).slug == slug
    with pytest.raises(PermissionDenied):
        add_participation(session, both, project=project.code, partner="avelgem", values={"state": S.FOLLOWS})


def test_a_project_that_a_director_may_not_know_of_takes_nothing_from_its_file(session, project):
    project.visibility = Visibility.INTERNAL
    session.commit()
    director = viewer(Role.DIRECTOR, partner_of(session, "wervik"))
    with pytest.raises(RowNotFound):
        loaded(session, director, (project.code, "wervik", {"state": S.FOLLOWS}, None))


@pytest.mark.parametrize("role", [role for role in Role if Permission.EDIT_PARTICIPATION not in GRANTS[role]])
def test_who_answers_for_nobody_loads_and_adds_nothing(session, project, role):
    by = viewer(role, partner_of(session, "wervik"), ateliers=[1, 2, 3, 4, 5])
    with pytest.raises(PermissionDenied):
        loaded(session, by, (project.code, "wervik", {"state": S.MEMBER}, None))
    with pytest.raises(PermissionDenied):
        refuse_stranger(PARTICIPATION, by)
    with pytest.raises(PermissionDenied):
        add_participation(session, by, project=project.code, partner="wervik", values={"state": S.MEMBER})


def test_a_file_that_saw_an_older_version_or_a_row_that_is_no_more_changes_nothing(session, project):
    (row,) = invite(session, project, "wervik")
    session.commit()
    with pytest.raises(Conflict) as found:
        loaded(session, COORDINATOR, (project.code, "wervik", {"state": S.MEMBER}, 9))
    assert found.value.version == row.version
    with pytest.raises(RowNotFound):
        loaded(session, COORDINATOR, (project.code, "avelgem", {"state": S.MEMBER}, 1))
    with pytest.raises(Refused, match="al een stand"):
        loaded(session, COORDINATOR, (project.code, "wervik", {"state": S.MEMBER}, None))
    assert asked(session, project) == {"wervik": TODAY}


def test_two_partners_of_one_director_cannot_both_take_the_lead_in_one_file(session):
    free = make_coalition(session)
    both = viewer(Role.DIRECTOR, partner_of(session, "wervik"), partner_of(session, "kuurne"))
    rows = [(free.code, slug, {"state": S.LEAD}, None) for slug in ("wervik", "kuurne")]
    session.commit()
    with pytest.raises(Refused, match="Wervik trekt al"):
        loaded(session, both, *rows)
    assert session.scalars(select(Participation).filter_by(project_id=free.id)).all() == []
    loaded(session, COORDINATOR, *rows)
    assert len(session.scalars(select(Participation).filter_by(project_id=free.id)).all()) == 2
