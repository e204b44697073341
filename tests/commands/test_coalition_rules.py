"""The rules of a participation at their edges: which are asked when, and what goes along into the next state."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal import clock
from portal.commands.base import Refused
from portal.commands.coalitions.participations import STAYS, answer_participation, check, check_lead, kept_in
from portal.db.lookups import editions
from portal.db.models import Participation
from portal.permissions import Role
from portal.vocabulary import DecisionStatus, Improvement, ParticipationState
from tests.makers import make_coalition, make_participation, make_partner, viewer

S = ParticipationState
COORDINATOR = viewer(Role.COORDINATOR)
TODAY = clock.today()
BEGAN, SOON = date(2026, 3, 2), TODAY + timedelta(days=60)
DECIDED = {"decision_organ": "Gemeenteraad", "decision_on": date(2026, 6, 1), "decision_url": "https://raad.example/7"}
DECIDED |= {
    "decision_status": DecisionStatus.TAKEN,
    "improvement": Improvement.YES,
    "improvement_note": "Minder papier",
}


def answer(session, row, by=COORDINATOR, **values):
    version = session.scalar(select(editions(Participation.project_id == row.project_id).c.version))
    return answer_participation(session, by, row_id=row.id, version=version, values=values)


def test_only_the_rules_that_the_change_speaks_of_are_asked():
    """A row that came in without a date or a reason can still get a decision."""
    for row in ({"state": S.LATER, "expected_on": None}, {"state": S.DECLINED, "reason": ""}):
        check({"decision_organ": "College"}, row | {"since": SOON}, day_before=None)
        with pytest.raises(Refused):
            check({"state": row["state"]}, row | {"since": BEGAN}, day_before=None)


@pytest.mark.parametrize("state", [state for state in S if state not in {S.LATER, S.DECLINED}])
def test_no_other_state_asks_for_a_date_or_a_reason(state):
    row = {"state": state, "since": TODAY, "expected_on": None, "reason": ""}
    check(row, row, day_before=None)


def test_the_same_day_is_neither_too_early_nor_too_late():
    check({"since": TODAY}, {"since": TODAY, "expected_on": TODAY}, day_before=TODAY)
    for since, before, said in (
        (TODAY + timedelta(days=1), None, "ligt in de toekomst"),
        (TODAY - timedelta(days=1), TODAY, "toen de vorige stand begon"),
    ):
        with pytest.raises(Refused, match=said):
            check({"since": since}, {"since": since, "expected_on": None}, day_before=before)
    with pytest.raises(Refused, match="ligt voor sinds"):
        check({"expected_on": BEGAN}, {"since": BEGAN + timedelta(days=1), "expected_on": BEGAN}, day_before=None)
    check({"since": None}, {"since": None, "expected_on": BEGAN}, day_before=TODAY)


def test_a_refusal_names_its_days_as_belgians_write_them():
    with pytest.raises(Refused, match=r"Verwacht op 01/03/2026 ligt voor sinds 02/03/2026; er is niets gewijzigd\."):
        check({"since": BEGAN}, {"since": BEGAN, "expected_on": date(2026, 3, 1)}, day_before=None)


def test_who_led_before_or_leads_elsewhere_does_not_keep_a_director_from_the_lead(session):
    project, place = make_coalition(session), make_partner(session)
    make_participation(session, project=project, partner="menen", state=S.LEAD, until=TODAY)
    make_participation(session, project=project, partner="kuurne", state=S.LEAD, archived_at=clock.now())
    make_coalition(session, {"wervik": S.LEAD})
    director = viewer(Role.DIRECTOR, place)
    check_lead(session, director, project.id, place.id, {"state": S.LEAD})
    make_participation(session, project=project, partner="wervik", state=S.LEAD)
    with pytest.raises(Refused, match="Wervik trekt al"):
        check_lead(session, director, project.id, place.id, {"state": S.LEAD})
    check_lead(session, director, project.id, place.id, {"state": S.MEMBER})
    check_lead(session, director, project.id, place.id, {"reason": "x"})
    check_lead(session, COORDINATOR, project.id, place.id, {"state": S.LEAD})


def test_who_leads_is_no_second_lead_beside_itself(session):
    project, place = make_coalition(session), make_partner(session)
    row = make_participation(session, project=project, partner=place, state=S.LEAD)
    check_lead(session, viewer(Role.DIRECTOR, place), project.id, place.id, {"state": S.LEAD})
    assert answer(session, row, by=viewer(Role.DIRECTOR, place), state=S.LEAD, reason="Ook dit jaar").id == row.id


def test_the_decision_and_the_gain_go_along_through_every_state(session):
    row = make_participation(session, partner="wervik", state=S.NOT_ASKED, asked_on=BEGAN, **DECIDED)
    steps = ({"state": S.LATER, "expected_on": SOON}, {"state": S.DECLINED, "reason": "Geen volk"}, {"state": S.LEAD})
    for values in steps:
        told = answer(session, row, **values)
        assert {key: getattr(told, key) for key in DECIDED} == DECIDED
    assert set(STAYS) == DECIDED.keys()
    assert told.asked_on is None  # only the row of the invitation says when it was asked


def test_each_state_ends_on_the_day_on_which_the_next_begins(session):
    row = make_participation(session, partner="wervik", state=S.FOLLOWS)
    days = [date(2026, 4, 1), date(2026, 4, 1), date(2026, 9, 15)]
    for state, since in zip((S.COACHED, S.MEMBER, S.LEAD), days, strict=True):
        answer(session, row, state=state, since=since)
    found = session.scalars(select(Participation).filter_by(project_id=row.project_id).order_by(Participation.id)).all()
    assert [(one.since, one.until) for one in found] == list(zip([BEGAN, *days], [*days, None], strict=True))
    with pytest.raises(Refused, match="Sinds 14/09/2026 ligt voor 15/09/2026"):
        answer(session, row, state=S.FOLLOWS, since=date(2026, 9, 14))


def test_the_beginning_of_a_state_may_move_to_the_end_of_the_one_before_and_no_further(session):
    row = make_participation(session, partner="wervik", state=S.FOLLOWS)
    first, later = date(2026, 5, 4), date(2026, 6, 1)
    answer(session, row, state=S.MEMBER, since=first)
    assert answer(session, row, since=later).since == later
    assert answer(session, row, since=first).since == first
    session.commit()
    with pytest.raises(Refused, match="ligt voor 04/05/2026"):
        answer(session, row, since=first - timedelta(days=1))


def test_what_explained_a_state_does_not_go_along_into_another(session):
    later = make_participation(session, state=S.LATER, since=BEGAN, expected_on=SOON, reason="Eerst de fusie")
    for state in (S.DECLINED, S.MEMBER):
        assert kept_in(session, later, state, TODAY).keys() == set(STAYS)
    with pytest.raises(Refused, match="vraagt een reden"):
        answer(session, later, state=S.DECLINED)


def test_back_to_what_ended_earlier_than_today_asks_its_date_and_reason_again(session):
    row = make_participation(session, partner="wervik", state=S.DECLINED, reason="Geen ruimte")
    answer(session, row, state=S.MEMBER, since=date(2026, 4, 1))
    session.commit()
    with pytest.raises(Refused, match="vraagt een reden"):
        answer(session, row, state=S.DECLINED)
    assert answer(session, row, state=S.DECLINED, since=date(2026, 4, 1)).reason == "Geen ruimte"
