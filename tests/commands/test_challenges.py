"""A challenge is changed by whoever answers for its partner, once, with its trace, and never over somebody else's."""

import json
from datetime import date

import pytest
from sqlalchemy import func, select

from portal import clock
from portal.commands.base import Conflict, Refused
from portal.commands.inventory.challenges import CHALLENGE, add_challenge
from portal.commands.inventory.likeness import likeness_at_once
from portal.db.models import Audit, Challenge, ChallengeLike, ChallengeWords
from portal.permissions import GRANTS, Permission, PermissionDenied, Role, RowNotFound
from portal.queries.inventory.counts import inventory_totals
from portal.vocabulary import ChallengeStatus, Visibility
from tests.databases import undone
from tests.makers import make_challenge, make_partner, make_user, partner_of, viewer

COORDINATOR = viewer(Role.COORDINATOR)
OTHERS = [role for role in Role if Permission.EDIT_INVENTORY not in GRANTS[role]]
NEW = {"title": "Servers vervangen", "urgency": 3}


@pytest.fixture
def sorted_out(session):
    """Codes of a theme, a dimension and a service that are there."""
    row = made(session, partner="menen")
    return {"theme": row.theme.code, "dimension": row.dimension.code, "service": row.service.code}


def made(session, **given):
    row = make_challenge(session, **{"partner": "wervik"} | given)
    session.commit()
    return row


def director(session, *slugs):
    return viewer(Role.DIRECTOR, *(partner_of(session, slug) for slug in slugs))


def change(session, row, by=COORDINATOR, version=None, **values):
    return CHALLENGE.change(session, by, row_id=row.id, version=version or row.version, values=values)


def archive(session, row, by=COORDINATOR):
    return CHALLENGE.archive(session, by, row_id=row.id, version=row.version)


def restore(session, row, by=COORDINATOR):
    return CHALLENGE.restore(session, by, row_id=row.id)


def counted(session, model=Challenge):
    return session.scalar(select(func.count()).select_from(model))


@pytest.mark.parametrize("role", OTHERS)
def test_steering_group_mayor_and_atelier_lead_change_no_challenge(session, sorted_out, role):
    row = made(session)
    by = viewer(role, row.partner_id, ateliers=[1, 2, 3, 4, 5])
    before = counted(session, Audit)
    acts = (
        lambda: change(session, row, by, title="Anders"),
        lambda: archive(session, row, by),
        lambda: restore(session, row, by),
        lambda: add_challenge(session, by, partner="wervik", values=NEW | sorted_out),
    )
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()
    assert counted(session, Audit) == before
    assert row.archived_at is None


def test_a_director_changes_own_challenges_internal_ones_too_and_no_other(session, sorted_out):
    by = director(session, "wervik", "kuurne")
    own, second = made(session, visibility=Visibility.INTERNAL), made(session, partner="kuurne")
    visible, hidden = made(session, partner="menen"), made(session, partner="menen", visibility=Visibility.INTERNAL)
    for act in (lambda row: change(session, row, by, title="Anders"), lambda row: archive(session, row, by)):
        with pytest.raises(PermissionDenied):
            act(visible)
        with pytest.raises(RowNotFound):  # it must not tell that it exists
            act(hidden)
    for row in (visible, hidden):
        with pytest.raises(RowNotFound):
            restore(session, row, by)
    with pytest.raises(PermissionDenied):
        add_challenge(session, by, partner="menen", values=NEW | sorted_out)
    assert [change(session, row, by, title="Anders").title for row in (own, second)] == ["Anders", "Anders"]
    assert {visible.title, hidden.title} & {"Anders"} == set()


def test_a_change_is_one_audit_row_with_old_and_new(session, sorted_out):
    row, user = made(session, urgency=2), make_user(session)
    session.commit()
    old, before = row.title, counted(session, Audit)
    change(session, row, viewer(Role.COORDINATOR, user_id=user.id), title="Servers vervangen", urgency=2)
    (trace,) = session.scalars(select(Audit).order_by(Audit.sequence).offset(before)).all()
    assert (trace.entity, trace.entity_id, trace.user_id) == ("challenge", row.id, user.id)
    assert (json.loads(trace.before), json.loads(trace.after)) == ({"title": old}, {"title": "Servers vervangen"})


def test_what_somebody_else_changed_since_is_told_with_both_values_and_not_overwritten(session):
    row, user = made(session), make_user(session, name="An Peeters")
    version = row.version
    change(session, row, viewer(Role.COORDINATOR, user_id=user.id), title="Van An")
    before, at = counted(session, Audit), session.scalar(select(func.max(Audit.at)))
    with pytest.raises(Conflict) as told:
        change(session, row, version=version, title="Van mij", urgency=row.urgency)
    (clash,) = told.value.clashes
    assert (clash.key, clash.theirs, clash.mine) == ("title", "Van An", "Van mij")
    assert (told.value.who, told.value.at, told.value.version) == ("An Peeters", at, version + 1)
    assert str(told.value).startswith("An Peeters wijzigde dit op ")
    assert (row.title, counted(session, Audit)) == ("Van An", before)
    with pytest.raises(Conflict):
        CHALLENGE.archive(session, COORDINATOR, row_id=row.id, version=version)
    assert change(session, row, version=version + 1, title="Van mij").title == "Van mij"  # taken, now that it was seen


CANNOT_BE = [
    ({"title": "  "}, "Titel mag niet leeg zijn"),
    ({"theme": None}, "Thema mag niet leeg zijn"),
    ({"urgency": 4}, "Urgentie 4 ligt niet tussen 1 en 3"),
    ({"service": "bestaat-niet"}, "Dienst ‘bestaat-niet’ bestaat niet; kies er een uit de lijst."),
    ({"status": "weg"}, "Status kent het woord 'weg' niet"),
    ({"title": "x" * 301}, "Titel telt 301 tekens; er passen er 300"),
    ({"partner": "kuurne"}, "Partner kan hier niet gewijzigd worden"),
    ({"code": "U-1"}, "Code kan hier niet gewijzigd worden"),
]


def test_what_cannot_be_is_refused_in_one_sentence_and_changes_nothing(engine, subtests):
    for values, sentence in CANNOT_BE:
        with subtests.test(values=values, sentence=sentence), undone(engine) as session:
            row = made(session)
            version, before = row.version, counted(session, Audit)
            with pytest.raises(Refused) as told:
                change(session, row, **{"urgency": 3} | values)
            assert sentence in str(told.value)
            session.refresh(row)
            assert (row.version, counted(session, Audit)) == (version, before)


def test_a_new_challenge_gets_the_next_code_of_its_partner_and_the_day(session, sorted_out):
    made(session, code="U-WER-07")
    made(session, code="U-WER-19", archived_at=clock.now())  # a code is not given twice
    made(session, code="U-OUD-3", partner="menen")
    codes = [
        add_challenge(session, director(session, "wervik"), partner="wervik", values=NEW | sorted_out).code
        for _ in range(2)
    ]
    assert codes == ["U-WER-20", "U-WER-21"]
    row = session.scalars(select(Challenge).where(Challenge.code == codes[0])).one()
    assert (row.inventoried_on, row.status, row.visibility) == (
        clock.today(),
        ChallengeStatus.OPEN,
        Visibility.REGION,
    )
    assert row.search_key.split() == ["u", "wer", "20", "servers", "vervangen"]
    assert session.scalars(select(Audit).order_by(Audit.sequence.desc())).first().action.value == "aangemaakt"


def test_the_first_challenge_of_a_partner_is_called_after_it_and_skips_what_another_has(session, sorted_out):
    make_partner(session, "nieuwstad")
    made(session, code="U-NIE-01", partner="menen")
    assert add_challenge(session, COORDINATOR, partner="nieuwstad", values=NEW | sorted_out).code == "U-NIE-02"


@pytest.mark.parametrize(
    ("partner", "given", "sentence"),
    [
        ("atlantis", {}, "Partner ‘atlantis’ bestaat niet"),
        ("wervik", {"title": ""}, "Titel mag niet leeg zijn"),
        ("wervik", {"theme": None}, "Thema mag niet leeg zijn"),
    ],
)
def test_a_new_challenge_that_is_not_complete_is_refused(session, sorted_out, partner, given, sentence):
    before = counted(session), counted(session, Audit)
    with pytest.raises(Refused, match=sentence):
        add_challenge(session, COORDINATOR, partner=partner, values=NEW | sorted_out | given)
    assert (counted(session), counted(session, Audit)) == before


def test_a_code_of_ones_own_must_be_free(session, sorted_out):
    made(session, code="U-WER-90", archived_at=clock.now())
    with pytest.raises(Refused, match="kies een andere code"):
        add_challenge(session, COORDINATOR, partner="wervik", values=NEW | sorted_out, code="U-WER-90")
    assert add_challenge(session, COORDINATOR, partner="wervik", values=NEW | sorted_out, code="U-X").code == "U-X"


def test_what_is_archived_counts_no_more_until_it_is_brought_back(session):
    row = made(session)
    before = inventory_totals(session, COORDINATOR).challenges
    archive(session, row)
    assert inventory_totals(session, COORDINATOR).challenges == before - 1
    with pytest.raises(RowNotFound):
        change(session, row, title="Anders")
    restore(session, row)
    assert inventory_totals(session, COORDINATOR).challenges == before
    assert change(session, row, inventoried_on=date(2026, 1, 31)).inventoried_on == date(2026, 1, 31)


def test_what_is_alike_follows_every_change(session, sorted_out):
    other = made(session, partner="menen", title="Overstap naar de eBox")
    row = add_challenge(session, COORDINATOR, partner="wervik", values=NEW | sorted_out)
    change(session, other, description="Nu")
    assert counted(session, ChallengeLike) == 0
    change(session, row, title="Brieven via de eBox")
    assert counted(session, ChallengeLike) == 1
    archive(session, row)
    assert counted(session, ChallengeLike) == 0
    assert session.scalar(select(ChallengeWords.id).where(ChallengeWords.challenge_id == row.id)) is None
    restore(session, row)
    assert counted(session, ChallengeLike) == 1


def test_whoever_changes_many_works_out_the_likeness_afterwards(session, sorted_out):
    with likeness_at_once(session):
        row = add_challenge(session, COORDINATOR, partner="wervik", values=NEW | sorted_out)
        CHALLENGE.change(session, COORDINATOR, row_id=row.id, version=row.version, values={"title": "eBox"})
        assert counted(session, ChallengeWords) == 0
    assert counted(session, ChallengeWords) == 1
