"""Who takes part: invited by the coordinator, answered by the own director, and every state has its days."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from data_loaders.participation import put
from portal import clock
from portal.commands.base import Conflict, Refused
from portal.commands.coalitions.participations import add_participation, answer_participation, invite_partners
from portal.commands.files import Entry, load_rows
from portal.db.models import Audit, Participation
from portal.permissions import GRANTS, Permission, PermissionDenied, Role, RowNotFound
from portal.queries.coalitions.participations import editable_participations
from portal.vocabulary import Improvement, ParticipationState, Phase, ProjectScope, Visibility
from tests.makers import make_coalition, make_participation, make_partner, make_project, make_user, viewer

S = ParticipationState
COORDINATOR = viewer(Role.COORDINATOR)
TODAY = clock.today()
YESTERDAY, SOON = TODAY - timedelta(days=1), TODAY + timedelta(days=60)


@pytest.fixture
def asked(session):
    """A coalition that Menen leads, and an invitation to Wervik that waits since a week."""
    project = make_coalition(session, {"menen": S.LEAD})
    row = make_participation(
        session, project=project, partner="wervik", state=S.NOT_ASKED, since=date(2026, 1, 5), asked_on=date(2026, 2, 2)
    )
    session.commit()  # a refused command undoes what it finds uncommitted
    return project, row


def director_of(row):
    return viewer(Role.DIRECTOR, row.partner_id)


def answer(session, by, row, version=None, **values):
    return answer_participation(session, by, row_id=row.id, version=version or now(session, row), values=values)


def now(session, row) -> int:
    """The version of the participation as its first row numbers it."""
    same = (Participation.project_id == row.project_id, Participation.partner_id == row.partner_id)
    return session.scalar(select(func.sum(Participation.version)).where(*same))


def loaded(session, by, *rows):
    """As a file of these rows would: project, partner, values, and the version that was seen of a row that is there."""
    load_rows(session, by, rows=[(put, [_entry(session, *row) for row in rows])])


def _entry(session, project, partner, values, seen):
    known = [row["id"] for row in editable_participations(session, COORDINATOR, project) if row["partner"] == partner]
    said = {"project": project, "partner": partner, **values}
    return Entry(said, values, row_id=(known or [10**6])[0] if seen else None, version=seen)


def history(session, row):
    found = select(Participation).filter_by(project_id=row.project_id, partner_id=row.partner_id)
    return [(each.state, each.since, each.until) for each in session.scalars(found.order_by(Participation.id))]


@pytest.mark.parametrize("role", [role for role in Role if Permission.EDIT_PARTICIPATION not in GRANTS[role]])
def test_who_may_not_edit_participations_changes_nothing(session, asked, role):
    project, row = asked
    with pytest.raises(PermissionDenied):
        answer(session, viewer(role), row, state=S.MEMBER)
    with pytest.raises(PermissionDenied):
        invite_partners(session, viewer(role), project=project.code, partners=["kuurne"])
    assert len(history(session, row)) == 1


def test_a_director_answers_for_nobody_else_and_invites_nobody(session, asked):
    project, row = asked
    other = viewer(Role.DIRECTOR, make_partner(session))
    session.commit()
    with pytest.raises(PermissionDenied):
        answer(session, other, row, state=S.MEMBER)
    with pytest.raises(PermissionDenied):
        add_participation(session, other, project=project.code, partner="kuurne", values={"state": S.MEMBER})
    with pytest.raises(PermissionDenied):
        invite_partners(session, director_of(row), project=project.code, partners=["kuurne"])
    assert len(history(session, row)) == 1


def test_an_internal_project_of_another_does_not_exist_for_a_director(session, asked):
    project, row = asked
    project.visibility = Visibility.INTERNAL
    session.commit()
    for attempt in (lambda: answer(session, director_of(row), row, state=S.MEMBER), lambda: unknown(session, row)):
        with pytest.raises(RowNotFound):
            attempt()


def unknown(session, row):
    answer_participation(session, director_of(row), row_id=10**6, version=1, values={})


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"state": S.LATER}, "vraagt een datum"),
        ({"state": S.LATER, "expected_on": YESTERDAY}, "ligt voor sinds"),
        ({"state": S.DECLINED, "reason": "  "}, "vraagt een reden"),
        ({"state": S.LEAD}, "trekt al"),
        ({"state": S.MEMBER, "since": SOON}, "ligt in de toekomst"),
        ({"state": S.MEMBER, "since": date(2026, 1, 4)}, "toen de vorige stand begon"),
        ({"state": None}, "mag niet leeg zijn"),
        ({"improvement": None}, "mag niet leeg zijn"),
        ({"partner": "menen"}, "kan hier niet gewijzigd worden"),
    ],
)
def test_what_the_field_does_not_allow_is_refused_with_a_sentence(session, asked, values, said):
    _, row = asked
    with pytest.raises(Refused, match=said):
        answer(session, director_of(row), row, **values)
    assert history(session, row) == [(S.NOT_ASKED, date(2026, 1, 5), None)]


def test_an_answer_ends_the_invitation_and_begins_the_next_state_on_that_day(session, asked):
    _, row = asked
    next_row = answer(
        session, director_of(row), row, state=S.MEMBER, improvement=Improvement.YES, improvement_note="Ja"
    )
    assert history(session, row) == [(S.NOT_ASKED, date(2026, 1, 5), TODAY), (S.MEMBER, TODAY, None)]
    assert (next_row.improvement, next_row.improvement_note) == (Improvement.YES, "Ja")
    traced = session.execute(select(Audit.entity_id, Audit.action).where(Audit.command == "answer_participation")).all()
    assert [(row.id, "gewijzigd"), (next_row.id, "aangemaakt")] == [(each.entity_id, each.action) for each in traced]


def test_later_keeps_its_date_and_not_keeps_its_reason_until_the_state_ends(session, asked):
    _, row = asked
    by = director_of(row)
    later = answer(
        session, by, row, state=S.LATER, expected_on=SOON, reason="Eerst de fusie", improvement=Improvement.NO
    )
    assert (later.expected_on, later.reason) == (SOON, "Eerst de fusie")
    with pytest.raises(Refused, match="vraagt een datum"):
        answer(session, by, row, expected_on=None)
    joined = answer(session, by, row, state=S.MEMBER)
    assert (joined.expected_on, joined.reason, joined.improvement) == (None, "", Improvement.NO)
    back = answer(session, by, row, state=S.LATER)
    assert (back.expected_on, back.reason) == (SOON, "Eerst de fusie")
    with pytest.raises(Refused, match="vraagt een reden"):
        answer(session, by, row, state=S.DECLINED)


def test_a_reason_given_beforehand_goes_along_into_the_state_it_explains(session, asked):
    _, row = asked
    answer(session, director_of(row), row, reason="Geen ruimte dit jaar")
    assert answer(session, director_of(row), row, state=S.DECLINED).reason == "Geen ruimte dit jaar"


def test_other_fields_are_edited_on_the_row_itself(session, asked):
    _, row = asked
    edited = answer(session, director_of(row), row, decision_organ="College", decision_url=None, since=date(2026, 1, 9))
    assert (edited.id, edited.decision_organ, edited.decision_url) == (row.id, "College", "")
    assert history(session, row) == [(S.NOT_ASKED, date(2026, 1, 9), None)]


def test_what_stands_there_already_leaves_no_trace(session, asked):
    _, row = asked
    before = now(session, row)
    answer(session, director_of(row), row, state=S.NOT_ASKED, since=row.since, reason="")
    assert now(session, row) == before
    assert session.scalar(select(func.count()).select_from(Audit).where(Audit.command == "answer_participation")) == 0


def test_a_stale_answer_tells_both_values_and_who_was_first_also_when_the_state_ended(session, asked):
    _, row = asked
    seen = now(session, row)
    user = make_user(session, Role.DIRECTOR, name="An Eerst")
    first = viewer(Role.DIRECTOR, row.partner_id, user_id=user.id)
    answer(session, first, row, state=S.FOLLOWS)
    with pytest.raises(Conflict) as found:
        answer(session, director_of(row), row, version=seen, state=S.MEMBER)
    (clash,) = found.value.clashes
    assert (clash.key, clash.theirs, clash.mine) == ("state", S.FOLLOWS, S.MEMBER)
    assert (found.value.who, found.value.version) == ("An Eerst", now(session, row))
    assert len(history(session, row)) == 2


def test_a_version_never_comes_back_when_a_state_ends(session, asked):
    _, row = asked
    seen = []
    for state in (S.MEMBER, S.FOLLOWS, S.MEMBER):
        seen.append(now(session, row))
        answer(session, director_of(row), row, state=state)
    assert sorted({*seen, now(session, row)}) == [*seen, now(session, row)]


def test_a_second_lead_is_for_the_coordinator_to_accept(session, asked):
    _, row = asked
    answer(session, COORDINATOR, row, state=S.LEAD)
    other = answer(session, director_of(row), row, improvement=Improvement.YES, state=S.LEAD)
    assert (other.state, other.improvement) == (S.LEAD, Improvement.YES)


def test_where_nobody_leads_a_director_may_take_the_lead(session):
    row = make_participation(session, partner="wervik", state=S.MEMBER)
    assert answer(session, director_of(row), row, state=S.LEAD).state is S.LEAD


def test_a_director_who_answered_does_not_go_back_to_not_asked(session):
    row = make_participation(session, partner="wervik", state=S.MEMBER)
    session.commit()
    with pytest.raises(Refused, match="geen antwoord"):
        answer(session, director_of(row), row, state=S.NOT_ASKED)
    assert answer(session, COORDINATOR, row, state=S.NOT_ASKED).state is S.NOT_ASKED


def test_a_local_project_has_no_coalition(session, asked):
    local = make_project(session)
    session.commit()
    with pytest.raises(Refused, match="lokaal project"):
        invite_partners(session, COORDINATOR, project=local.code, partners=["wervik"])
    with pytest.raises(Refused, match="lokaal project"):
        add_participation(session, COORDINATOR, project=local.code, partner="wervik", values={"state": S.MEMBER})


def test_invitations_go_to_who_was_not_asked_and_not_to_who_answered(session, asked):
    project, row = asked
    (new,) = invite_partners(session, COORDINATOR, project=project.code, partners=["kuurne", "wervik", "kuurne"])
    assert (new.state, new.since, new.asked_on) == (S.NOT_ASKED, TODAY, TODAY)
    assert row.asked_on == date(2026, 2, 2)
    for partners, said in ((["avelgem", "menen"], "antwoordde al"), ([], "minstens"), (["atlantis"], "bestaat niet")):
        with pytest.raises(Refused, match=said):
            invite_partners(session, COORDINATOR, project=project.code, partners=partners)
    assert session.scalar(select(func.count()).select_from(Participation).filter_by(project_id=project.id)) == 3


def test_who_has_a_place_but_was_not_asked_is_asked_now(session, asked):
    project, row = asked
    row.asked_on = None
    assert invite_partners(session, COORDINATOR, project=project.code, partners=["wervik"]) == [row]
    assert (row.asked_on, len(history(session, row))) == (TODAY, 1)


def test_nobody_is_invited_tomorrow_or_to_what_has_ended(session, asked):
    project, _ = asked
    with pytest.raises(Refused, match="toekomst"):
        invite_partners(session, COORDINATOR, project=project.code, partners=["kuurne"], asked_on=SOON)
    project.phase = Phase.STOPPED
    session.commit()
    with pytest.raises(Refused, match="niemand meer"):
        invite_partners(session, COORDINATOR, project=project.code, partners=["kuurne"])


def test_a_director_joins_without_being_asked_but_only_once(session):
    project = make_coalition(session, scope=ProjectScope.WIDER)
    partner = make_partner(session)
    by = viewer(Role.DIRECTOR, partner)
    session.commit()
    with pytest.raises(Refused, match="Kies een stand"):
        add_participation(session, by, project=project.code, partner=partner.slug, values={})
    row = add_participation(session, by, project=project.code, partner=partner.slug, values={"state": S.FOLLOWS})
    assert (row.state, row.since) == (S.FOLLOWS, TODAY)
    with pytest.raises(Refused, match="al een stand"):
        add_participation(session, by, project=project.code, partner=partner.slug, values={"state": S.MEMBER})


def test_a_file_with_one_refused_row_changes_nothing(session, asked):
    project, row = asked
    session.commit()
    rows = [
        (project.code, "wervik", {"state": S.MEMBER}, now(session, row)),
        (project.code, "kuurne", {"state": S.LATER}, None),
    ]
    with pytest.raises(Refused):
        loaded(session, COORDINATOR, *rows)
    assert len(history(session, row)) == 1
    loaded(session, COORDINATOR, rows[0])
    assert len(history(session, row)) == 2


def test_a_viewer_is_offered_only_what_may_be_edited(session, asked):
    project, row = asked
    answer(session, director_of(row), row, state=S.MEMBER)
    (mine,) = editable_participations(session, director_of(row), project.code)
    assert (mine["id"], mine["version"], mine["partner"], mine["state"]) == (
        row.id,
        now(session, row),
        "wervik",
        S.MEMBER,
    )
    assert len(editable_participations(session, COORDINATOR, project.code)) == 2
    assert not editable_participations(session, viewer(Role.MAYOR), project.code)
    project.visibility = Visibility.INTERNAL
    session.flush()
    assert not editable_participations(session, director_of(row), project.code)
