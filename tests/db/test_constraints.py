"""What the database itself refuses, on both databases: doubles, impossible values, rows that belong nowhere."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from sqlalchemy import CheckConstraint, Engine, TextClause, UniqueConstraint, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified, instance_dict

from portal.db import models as m
from portal.db.base import Base
from portal.vocabulary import EndorsementLevel, EndorsementTrack, MeetingBody, ParticipationState
from tests.databases import undone
from tests.makers import (
    SOME_DAY,
    atelier_of,
    make_agenda_item,
    make_challenge,
    make_condition,
    make_deliverable,
    make_endorsement,
    make_meeting,
    make_milestone,
    make_participation,
    make_partner,
    make_project,
    make_report,
    make_risk,
    make_roadmap_item,
    partner_of,
    service_of,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
Make = Callable[[Session], Base]


def tried(session: Session, row: Base) -> None:
    """Adds the row in a savepoint, so that a refusal leaves the session usable."""
    with session.begin_nested():
        session.add(row)
        session.flush()


def refused(session: Session, row: Base, name: str) -> None:
    """The database refuses the row, and (where it says so) by this constraint or these columns."""
    with pytest.raises(IntegrityError) as found:
        tried(session, row)
    said = str(found.value.orig)
    table = row.__tablename__
    columns = unique_columns(type(row), name)
    assert name in said or all(f"{table}.{column}" in said for column in columns or ["?"]), said


def unique_columns(model: type[Base], name: str) -> list[str]:
    for found in (*model.__table__.constraints, *model.__table__.indexes):
        if found.name == name:
            return [column.name for column in found.columns] if not name.startswith("ck_") else []
    raise AssertionError(f"{model.__name__} has no {name}")


def kept(session: Session, row: Base) -> Base:
    session.add(row)
    session.flush()
    return row


def user(session: Session, email: str = "an@demo.example") -> m.User:
    return kept(session, m.User(email=email, name="An", role="coordinator"))


def grant(session: Session, **given: Any) -> m.Grant:
    call = session.scalars(select(m.SubsidyCall).order_by(m.SubsidyCall.id)).first()
    return m.Grant(**{"code": "GZG-T", "title": "Dossier", "subsidy_call_id": call.id} | given)


def line(session: Session, **given: Any) -> m.BudgetLine:
    rest = {"code": "L-T", "year": 2026, "cost_kind": "personeel", "funding": "subsidie", "funding_state": "verworven"}
    grant_id = given.pop("grant_id", None) or kept(session, grant(session)).id
    return m.BudgetLine(**rest | {"grant_id": grant_id, "amount": Decimal(100)} | given)


def about(session: Session, **named: int) -> m.AgendaConcern:
    return m.AgendaConcern(agenda_item_id=make_agenda_item(session, make_meeting(session)).id, **named)


# -- what may stand once


def a_session_of(session: Session, one: m.User) -> m.LoginSession:
    return m.LoginSession(token_hash="t", user_id=one.id, epoch=1, created_at=NOON, seen_at=NOON)


def twice(session: Session) -> dict[str, tuple[Base, Base]]:
    """For each unique constraint: a row that stands, and one that may not stand beside it."""
    partner, other = make_partner(session, nis="98001"), make_partner(session)
    project, challenge, deliverable = make_project(session), make_challenge(session), make_deliverable(session)
    one, meeting = user(session), make_meeting(session)
    budget = kept(session, line(session))
    condition = session.scalars(select(m.SubsidyCondition).order_by(m.SubsidyCondition.id)).first()
    subject = kept(session, m.ChallengeGroup(title="Onderwerp"))
    second = make_challenge(session)
    first_id, second_id = sorted((challenge.id, second.id))
    link = {"project_id": project.id, "challenge_id": challenge.id}
    like = {"one_id": first_id, "other_id": second_id, "score": 0.5, "why": "zelfde woorden"}
    apart = {"one_id": first_id, "other_id": second_id}
    told = {"indicator_id": 1, "year": 1999, "value": 50.0}
    level = {"partner_id": partner.id, "level": EndorsementLevel.COUNCIL, "track": EndorsementTrack.POLITICAL}
    met = {"grant_id": budget.grant_id, "subsidy_condition_id": condition.id}
    sent = {"meeting_id": meeting.id, "user_id": one.id, "kind": "opening", "sent_at": NOON}
    area = kept(session, m.ReferenceArea(code="9999", title="Overkant"))
    kind = {"title": "Dubbel", "kind": "gemeente"}
    was_there = {"meeting_id": meeting.id, "partner_id": partner.id, "attendance": "aanwezig"}
    published = {"year": 2022, "challenges": 1, "projects": 1}
    moved = dict.fromkeys(("agenda_item_id", "next_item_id"), make_agenda_item(session, meeting).id)
    part = {"atelier_id": atelier_of(session).id, "code": "ZZ", "title": "Deel"}
    number, made = count(1), {"made_at": NOON}
    traced = {"at": NOON, "source": "web", "command": "c", "entity": "e", "entity_id": 1, "action": "aangemaakt"}
    traced |= dict.fromkeys(("before", "after"), "{}") | {"previous_hash": ""}
    pairs: dict[str, Callable[[], Base]] = {
        "uq_partner_slug": lambda: m.Partner(slug="dubbel", **kind),
        "uq_partner_nis": lambda: m.Partner(slug=f"nis-{next(number)}", nis="98002", **kind),
        "uq_published_count_partner_id_year": lambda: m.PublishedCount(partner_id=other.id, **published),
        "uq_agenda_move_agenda_item_id": lambda: m.AgendaMove(**moved),
        "uq_meeting_presence_meeting_id_partner_id": lambda: m.MeetingPresence(**was_there),
        "uq_challenge_code": lambda: copy_of(challenge, m.Challenge),
        "uq_project_code": lambda: m.Project(code="P-DUBBEL", title="Dubbel"),
        "uq_project_challenge_project_id_challenge_id": lambda: m.ProjectChallenge(**link),
        "uq_project_deliverable_project_id_deliverable_id": lambda: m.ProjectDeliverable(
            project_id=project.id, deliverable_id=deliverable.id
        ),
        "uq_challenge_group_member_challenge_group_id_challenge_id": lambda: m.ChallengeGroupMember(
            challenge_group_id=subject.id, challenge_id=challenge.id
        ),
        "uq_challenge_words_challenge_id": lambda: m.ChallengeWords(challenge_id=challenge.id, words="a"),
        "uq_project_words_project_id": lambda: m.ProjectWords(project_id=project.id, words="a"),
        "uq_challenge_like_one_id_other_id": lambda: m.ChallengeLike(**like),
        "uq_challenge_apart_one_id_other_id": lambda: m.ChallengeApart(**apart),
        "uq_participation_current": lambda: m.Participation(
            project_id=project.id, partner_id=partner.id, state=ParticipationState.FOLLOWS
        ),
        "uq_endorsement_partner_id_level_track": lambda: m.Endorsement(**level),
        "uq_part_atelier_id_code": lambda: m.Part(**part),
        "uq_deliverable_code": lambda: m.Deliverable(
            code="R-DUBBEL", title="Dubbel", part_id=deliverable.part_id, target_kind="aantal"
        ),
        "uq_deliverable_partner_deliverable_id_partner_id": lambda: m.DeliverablePartner(
            deliverable_id=deliverable.id, partner_id=partner.id
        ),
        "uq_milestone_code": lambda: m.Milestone(
            code="M-DUBBEL", title="Stap", project_id=project.id, due_first=SOME_DAY, due_expected=SOME_DAY
        ),
        "uq_risk_code": lambda: m.Risk(code="RI-DUBBEL", title="Risico", chance=1, effect=1),
        "uq_observation_partner": lambda: m.Observation(partner_id=partner.id, **told),
        "uq_observation_area": lambda: m.Observation(reference_area_id=area.id, **told),
        "uq_subsidy_grant_code": lambda: grant(session, code="GZG-D"),
        "uq_grant_condition_grant_id_subsidy_condition_id": lambda: m.GrantCondition(**met),
        "uq_budget_line_code": lambda: line(session, code="L-D", grant_id=budget.grant_id),
        "uq_booking_code": lambda: m.Booking(
            code="B-D", budget_line_id=budget.id, kind="vastgelegd", on=SOME_DAY, amount=Decimal(1)
        ),
        "uq_forecast_budget_line_id_as_of": lambda: m.Forecast(
            budget_line_id=budget.id, as_of=SOME_DAY, amount=Decimal(1)
        ),
        "uq_meeting_body_number": lambda: m.Meeting(body=MeetingBody.EXELLO, number=900, planned_on=SOME_DAY),
        "uq_user_account_email": lambda: m.User(email="dubbel@demo.example", name="D", role="stuurgroep"),
        "uq_user_partner_user_id_partner_id": lambda: m.UserPartner(user_id=one.id, partner_id=partner.id),
        "uq_user_atelier_user_id_atelier_id": lambda: m.UserAtelier(user_id=one.id, atelier_id=atelier_of(session).id),
        "uq_login_session_token_hash": lambda: a_session_of(session, one),
        "uq_calendar_address_user_id": lambda: m.CalendarAddress(user_id=one.id, token_hash=f"{next(number)}", **made),
        "uq_calendar_address_token_hash": lambda: m.CalendarAddress(
            user_id=user(session, f"{next(number)}@demo.example").id, token_hash="t", **made
        ),
        "uq_reminder_sent_meeting_id_user_id_kind": lambda: m.ReminderSent(**sent),
        "uq_synonym_term": lambda: m.Synonym(term="dubbel woord", meaning="iets"),
        "uq_theme_code": lambda: m.Theme(code="dubbel", title="Dubbel"),
        "uq_service_code": lambda: m.Service(code="dubbel", title="Dubbel", kind=service_of(session).kind),
        "uq_indicator_code": lambda: m.Indicator(code="dubbel", title="Dubbel", short="d"),
        "uq_reference_area_code": lambda: m.ReferenceArea(code="dubbel", title="Dubbel"),
        "uq_subsidy_call_code": lambda: m.SubsidyCall(code="dubbel", title="Dubbel", ceiling=Decimal(1)),
        "uq_remembered_list_user_id_kind_shape": lambda: m.RememberedList(
            user_id=one.id, kind="inventory", shape="s", name="Lijst", mapped="{}", saved_at=NOON
        ),
        "uq_audit_sequence": lambda: m.Audit(sequence=10**9, **traced),
        "uq_audit_once_key": lambda: m.Audit(sequence=10**8 + next(number), once_key="dubbel", **traced),
    }
    return {name: (make(), make()) for name, make in pairs.items()}


def copy_of(row: Base, model: type[Base]) -> Base:
    names = [
        column.key
        for column in model.__table__.columns
        if column.key not in {"id", "version", "title_key", "search_key"}
    ]
    return model(**{name: getattr(row, name) for name in names} | {"code": "U-DUBBEL"})


SAME_AS_ANOTHER = {"uq_project_like_one_id_other_id"}  # the twin of uq_challenge_like, below
CODED_LISTS = {"dimension", "work_site", "architecture_principle", "collaboration_type", "governance_body", "atelier",
               "subsidy_condition", "programme_word"}  # fmt: skip


def test_what_may_stand_once_stands_once(session: Session):
    for name, (first, second) in twice(session).items():
        kept(session, first)
        refused(session, second, name)


def test_every_unique_constraint_and_index_of_the_models_is_tried(session: Session):
    declared = {
        str(found.name)
        for table in Base.metadata.tables.values()
        for found in (*table.constraints, *table.indexes)
        if isinstance(found, UniqueConstraint) or getattr(found, "unique", False)
    }
    covered = twice(session).keys() | SAME_AS_ANOTHER | {f"uq_{table}_code" for table in CODED_LISTS}
    assert declared - covered == set()


def test_every_coded_list_has_each_code_once(engine: Engine, subtests: pytest.Subtests):
    for table in sorted(CODED_LISTS):
        with subtests.test(table=table), undone(engine) as session:
            model = next(mapper.class_ for mapper in Base.registry.mappers if mapper.class_.__tablename__ == table)
            there = session.scalars(select(model).order_by(model.id)).first()
            names = [column.key for column in model.__mapper__.column_attrs if column.key != "id"]
            refused(session, model(**{name: getattr(there, name) for name in names}), f"uq_{table}_code")


def test_two_local_projects_are_alike_once(session: Session):
    one, other = sorted(row.id for row in (make_project(session), make_project(session)))
    kept(session, m.ProjectLike(one_id=one, other_id=other, score=0.5, why="a"))
    refused(session, m.ProjectLike(one_id=one, other_id=other, score=0.9, why="b"), "uq_project_like_one_id_other_id")


# -- what is unique for some rows only


def test_a_partner_has_one_current_state_in_a_project_and_any_number_of_past_ones(session: Session):
    project, partner = make_project(session), make_partner(session)
    both = {"project": project, "partner": partner}
    make_participation(session, **both, until=SOME_DAY + timedelta(days=1))
    make_participation(session, **both, until=SOME_DAY + timedelta(days=9))
    current = make_participation(session, **both)
    again = m.Participation(project_id=project.id, partner_id=partner.id, state=ParticipationState.LEAD)
    refused(session, again, "uq_participation_current")
    current.until = SOME_DAY + timedelta(days=20)
    session.flush()
    assert make_participation(session, **both).until is None


def test_an_archived_state_is_in_nobodys_way(session: Session):
    project, partner = make_project(session), make_partner(session)
    make_participation(session, project=project, partner=partner, archived_at=NOON)
    assert make_participation(session, project=project, partner=partner).archived_at is None


def test_a_current_state_is_per_project_and_per_partner(session: Session):
    project, partner = make_project(session), make_partner(session)
    make_participation(session, project=project, partner=partner)
    assert make_participation(session, project=project, partner=make_partner(session)).id
    assert make_participation(session, project=make_project(session), partner=partner).id


def test_an_edition_has_one_value_per_place_and_places_of_two_kinds_do_not_meet(session: Session):
    partner = make_partner(session)
    areas = [kept(session, m.ReferenceArea(code=f"99{n}", title="Streek")) for n in range(2)]
    told = {"indicator_id": 1, "year": 1998, "value": 50.0}
    kept(session, m.Observation(partner_id=partner.id, **told))
    for area in areas:
        kept(session, m.Observation(reference_area_id=area.id, **told))
    kept(session, m.Observation(partner_id=partner.id, **told | {"year": 1999}))
    refused(session, m.Observation(partner_id=partner.id, **told | {"value": 51.0}), "uq_observation_partner")


def test_many_partners_may_have_no_nis_code(session: Session):
    assert make_partner(session, nis=None).id != make_partner(session, nis=None).id


def test_one_number_of_meeting_may_be_of_two_bodies(session: Session):
    make_meeting(session, body=MeetingBody.EXELLO, number=901)
    assert make_meeting(session, body=MeetingBody.CONFERENCE, number=901).id


# -- what cannot be


ENDS, BEFORE = "ck_participation_ends_after_it_begins", SOME_DAY - timedelta(days=1)
OF_ONE, ABOUT = "ck_milestone_belongs_to_one", "ck_agenda_concern_concerns_one"
RATE, REPORTED = "ck_subsidy_grant_rate_is_a_share", "ck_progress_report_progress_is_0_to_100"
IMPOSSIBLE: dict[str, tuple[str, Make]] = {
    "urgency 0": ("ck_challenge_urgency_is_1_to_3", lambda s: past_the_model(make_challenge(s), urgency=0)),
    "urgency 4": ("ck_challenge_urgency_is_1_to_3", lambda s: past_the_model(make_challenge(s), urgency=4)),
    "progress -1": ("ck_project_progress_is_0_to_100", lambda s: past_the_model(make_project(s), progress=-1)),
    "progress 101": ("ck_project_progress_is_0_to_100", lambda s: past_the_model(make_project(s), progress=101)),
    "a report of 101": (REPORTED, lambda s: past_the_model(make_report(s, make_project(s)), progress=101)),
    "a state that ends before it begins": (ENDS, lambda s: changed(make_participation(s), until=BEFORE)),
    "a milestone of nothing": (OF_ONE, lambda s: changed(make_milestone(s), deliverable_id=None)),
    "a milestone of two": (OF_ONE, lambda s: changed(make_milestone(s), project_id=make_project(s).id)),
    "a point that is also about nothing": (ABOUT, about),
    "a point that is also about two": (
        ABOUT,
        lambda s: about(s, project_id=make_project(s).id, risk_id=make_risk(s).id),
    ),
    "a risk of two": (
        "ck_risk_concerns_one",
        lambda s: changed(make_risk(s, project=make_project(s)), deliverable_id=make_deliverable(s).id),
    ),
    "a rate above one": (RATE, lambda s: changed(kept(s, grant(s)), subsidy_rate=Decimal("1.0001"))),
    "a rate below nothing": (RATE, lambda s: changed(kept(s, grant(s)), subsidy_rate=Decimal("-0.1"))),
    "a grant that ends before it starts": (
        "ck_subsidy_grant_ends_after_start",
        lambda s: changed(kept(s, grant(s)), starts_on=SOME_DAY, ends_on=SOME_DAY - timedelta(days=1)),
    ),
    "a count below nothing": (
        "ck_published_count_not_negative",
        lambda s: changed(
            kept(s, m.PublishedCount(partner_id=partner_of(s).id, year=1990, challenges=0, projects=0)), projects=-1
        ),
    ),
    "a value of nowhere": (
        "ck_observation_one_place",
        lambda s: changed(
            kept(s, m.Observation(indicator_id=1, partner_id=partner_of(s).id, year=1990, value=1.0)), partner_id=None
        ),
    ),
    "a second row about the portal": (
        "ck_portal_info_one_row",
        lambda s: m.PortalInfo(id=2, kind="echt", created_at=NOON),
    ),
}


def changed(row: Base, **values: Any) -> Base:
    for name, value in values.items():
        setattr(row, name, value)
    return row


def past_the_model(row: Base, **values: Any) -> Base:
    """What the model refuses already, set as if it did not: the database refuses it whoever writes."""
    for name, value in values.items():
        instance_dict(row)[name] = value
        flag_modified(row, name)
    return row


def test_what_cannot_be_is_refused_by_name(engine: Engine, subtests: pytest.Subtests):
    for case, (name, make) in IMPOSSIBLE.items():
        with subtests.test(case=case), undone(engine) as session, session.no_autoflush:
            row = make(session)
            with pytest.raises(IntegrityError, match=name):
                tried(session, row)


ON_THE_EDGE = [
    lambda s: changed(make_challenge(s), urgency=1),
    lambda s: changed(make_challenge(s), urgency=3),
    lambda s: changed(make_project(s), progress=0),
    lambda s: changed(make_project(s), progress=100),
    lambda s: changed(make_project(s), progress=None),
    lambda s: changed(make_participation(s), until=SOME_DAY),
    lambda s: changed(make_participation(s, since=None), until=date(2015, 1, 1)),
    lambda s: changed(make_milestone(s, project=make_project(s)), due_expected=date(2015, 1, 1)),
    lambda s: changed(kept(s, grant(s)), subsidy_rate=Decimal(1), starts_on=SOME_DAY, ends_on=SOME_DAY),
    lambda s: changed(kept(s, grant(s)), subsidy_rate=Decimal(0), ends_on=SOME_DAY),
]


def test_what_lies_on_the_edge_is_kept(engine: Engine, subtests: pytest.Subtests):
    for make in ON_THE_EDGE:
        with subtests.test(make=make), undone(engine) as session:
            row = make(session)
            session.flush()
            session.expire(row)
            assert session.get_one(type(row), row.id) is row


ORDERED = {
    *("ck_challenge_apart_lower_id_first", "ck_challenge_like_lower_id_first", "ck_project_like_lower_id_first"),
}


def test_two_likes_are_kept_with_the_lower_id_first(session: Session):
    low, high = sorted(row.id for row in (make_challenge(session), make_challenge(session)))
    for one, other in ((high, low), (low, low)):
        row = m.ChallengeLike(one_id=one, other_id=other, score=0.5, why="a")
        refused_check(session, row, "ck_challenge_like_lower_id_first")
    apart = m.ChallengeApart(one_id=high, other_id=low)
    refused_check(session, apart, "ck_challenge_apart_lower_id_first")
    low, high = sorted(row.id for row in (make_project(session), make_project(session)))
    refused_check(session, m.ProjectLike(one_id=high, other_id=low, score=1, why="a"), "ck_project_like_lower_id_first")


def refused_check(session: Session, row: Base, name: str) -> None:
    with pytest.raises(IntegrityError, match=name):
        tried(session, row)


@pytest.mark.parametrize(("table", "column"), [("project", "phase"), ("partner", "kind"), ("user_account", "role")])
def test_a_word_that_is_not_of_the_field_is_refused_even_by_the_database(session: Session, table: str, column: str):
    if table == "user_account":
        user(session)
    make_project(session)
    with pytest.raises(IntegrityError, match="ck_"), session.begin_nested():
        session.connection().exec_driver_sql(f"UPDATE {table} SET {column} = 'verzonnen'")


def test_every_check_of_the_models_is_tried():
    by_hand = {
        str(found.name)
        for table in Base.metadata.tables.values()
        for found in table.constraints
        if isinstance(found, CheckConstraint) and isinstance(found.sqltext, TextClause)
    }
    assert len(by_hand) > 10
    assert by_hand == {name for name, _ in IMPOSSIBLE.values()} | ORDERED


# -- what goes with its parent


def test_words_and_likes_of_a_challenge_go_with_it(session: Session):
    one, other = sorted((make_challenge(session), make_challenge(session)), key=lambda row: row.id)
    session.add_all(
        [
            m.ChallengeWords(challenge_id=one.id, words="a"),
            m.ChallengeLike(one_id=one.id, other_id=other.id, score=1.0, why="a"),
        ]
    )
    session.flush()
    session.delete(other)
    session.flush()
    assert session.scalar(select(func.count()).where(m.ChallengeLike.other_id == other.id)) == 0
    assert session.scalar(select(func.count()).where(m.ChallengeWords.challenge_id == one.id)) == 1


def test_the_members_of_a_subject_go_with_it_and_the_challenges_stay(session: Session):
    subject, challenge = kept(session, m.ChallengeGroup(title="Onderwerp")), make_challenge(session)
    kept(session, m.ChallengeGroupMember(challenge_group_id=subject.id, challenge_id=challenge.id))
    session.delete(subject)
    session.flush()
    assert session.scalar(select(func.count()).select_from(m.ChallengeGroupMember)) == 0
    assert session.get(m.Challenge, challenge.id) is challenge


def test_sign_ins_of_a_person_go_with_the_person(session: Session):
    one = user(session)
    kept(session, a_session_of(session, one))
    session.delete(one)
    session.flush()
    assert session.scalar(select(func.count()).select_from(m.LoginSession)) == 0


@pytest.mark.parametrize(
    "child",
    [
        lambda s, partner: make_project(s, reported_by=partner),
        lambda s, partner: make_participation(s, partner=partner),
        lambda s, partner: make_condition(s, make_endorsement(s, partner=partner)),
        lambda s, partner: make_roadmap_item(s, partner=partner),
        lambda s, partner: kept(s, m.DeliverablePartner(deliverable_id=make_deliverable(s).id, partner_id=partner.id)),
    ],
)
def test_a_partner_with_work_of_its_own_cannot_be_deleted(session: Session, child):
    partner = make_partner(session)
    child(session, partner)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(m.Partner.__table__.delete().where(m.Partner.id == partner.id))
    assert session.get(m.Partner, partner.id) is partner


def test_a_project_that_answers_a_challenge_or_reported_cannot_be_deleted(session: Session):
    project = make_project(session)
    make_report(session, project)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(m.Project.__table__.delete().where(m.Project.id == project.id))
