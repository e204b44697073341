"""Subsidy files are for who answers for all the money; above the ceiling is shown, never refused. On both databases."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from portal.commands.base import Conflict, Refused
from portal.commands.money import add_grant, change_grant, change_grant_condition
from portal.db.models import Audit, Grant, GrantCondition, SubsidyCall, SubsidyCondition
from portal.permissions import PermissionDenied, Role
from portal.queries.money.totals import Rule, checks
from tests.databases import undone
from tests.makers import atelier_of, viewer
from tests.money import facts_of, make_grant

COORDINATOR = viewer(Role.COORDINATOR)
OTHERS = (Role.STEERING, Role.DIRECTOR, Role.MAYOR, Role.ATELIER)


def condition_of(session: Session, grant: Grant) -> GrantCondition:
    row = GrantCondition(grant_id=grant.id, subsidy_condition_id=session.scalars(select(SubsidyCondition.id)).first())
    session.add(row)
    session.flush()
    return row


def audits(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Audit)) or 0


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_changes_a_file_an_atelier_lead_neither(session: Session, role: Role):
    grant = make_grant(session)
    condition, title, before = condition_of(session, grant), grant.title, audits(session)
    other = viewer(role, ateliers=[atelier_of(session, "I")])
    session.commit()
    for act in (
        lambda: change_grant(session, other, row_id=grant.id, version=grant.version, values={"title": "Mijn"}),
        lambda: change_grant_condition(session, other, row_id=condition.id, version=1, values={"met": True}),
        lambda: add_grant(session, other, values={}),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert (grant.title, condition.met, audits(session)) == (title, None, before)


CANNOT_BE = [
    ({"title": " "}, "Titel mag niet leeg zijn"),
    ({"requested": Decimal("-1")}, "Gevraagd kan niet negatief zijn"),
    ({"awarded": Decimal("0.001")}, "Toegekend heeft meer dan twee decimalen"),
    ({"subsidy_rate": Decimal("80")}, "tussen 0 en 100 %"),
    ({"subsidy_rate": Decimal("-0.01")}, "tussen 0 en 100 %"),
    ({"subsidy_rate": Decimal("0.80001")}, "hoogstens twee decimalen"),
    ({"starts_on": date(2028, 1, 1)}, "Het einde ligt voor de start"),
    ({"ends_on": date(2025, 12, 31)}, "Het einde ligt voor de start"),
    ({"holder": "atlantis"}, "Penhouder ‘atlantis’ bestaat niet"),
]


def test_what_a_file_cannot_say_is_refused_in_a_sentence(engine: Engine, subtests: pytest.Subtests):
    for values, said in CANNOT_BE:
        with subtests.test(values=values, said=said), undone(engine) as session:
            grant = make_grant(session)
            session.commit()
            with pytest.raises(Refused, match=said):
                change_grant(session, COORDINATOR, row_id=grant.id, version=grant.version, values=values)
            kept = session.get_one(Grant, grant.id, populate_existing=True)
            assert (kept.version, kept.subsidy_rate, kept.ends_on) == (1, Decimal("0.8"), date(2027, 12, 31))


@pytest.mark.parametrize("key", ["requested", "awarded"])
def test_an_amount_above_the_ceiling_is_kept_and_shown_as_a_mismatch(session: Session, key: str):
    grant = make_grant(session, ceiling="1000.00")
    change_grant(session, COORDINATOR, row_id=grant.id, version=grant.version, values={key: Decimal("1000.01")})
    rule = {"requested": Rule.REQUESTED, "awarded": Rule.AWARDED}[key]
    (check,) = (one for one in checks(session, COORDINATOR, facts_of(session, COORDINATOR, grant)) if one.rule is rule)
    assert (check.holds, check.difference) == (False, Decimal("0.01"))


def test_a_file_is_changed_as_it_was_seen_and_leaves_one_trace(session: Session):
    grant = make_grant(session)
    seen, before = grant.version, audits(session)
    values = {"subsidy_rate": Decimal("0.795"), "holder": "leiedal", "ends_on": date(2028, 6, 30), "awarded": None}
    change_grant(session, COORDINATOR, row_id=grant.id, version=seen, values=values)
    assert (grant.subsidy_rate, grant.ends_on, grant.awarded) == (Decimal("0.795"), date(2028, 6, 30), None)
    assert audits(session) == before + 1
    with pytest.raises(Conflict) as found:
        change_grant(session, COORDINATOR, row_id=grant.id, version=seen, values={"holder": "menen"})
    assert [(clash.theirs, clash.mine) for clash in found.value.clashes] == [("leiedal", "menen")]


def test_both_dates_may_move_together(session: Session):
    grant = make_grant(session)
    values = {"starts_on": date(2030, 1, 1), "ends_on": date(2030, 1, 1)}
    change_grant(session, COORDINATOR, row_id=grant.id, version=grant.version, values=values)
    assert grant.starts_on == grant.ends_on == date(2030, 1, 1)


def test_a_condition_is_met_or_not_or_still_to_be_looked_at(session: Session):
    condition = condition_of(session, make_grant(session))
    for met, note in ((True, "Aangetoond"), (False, None), (None, "")):
        change_grant_condition(
            session,
            COORDINATOR,
            row_id=condition.id,
            version=condition.version,
            values={"met": met, "note": note},
        )
        assert (condition.met, condition.note) == (met, note or "")


def test_a_new_file_has_every_condition_still_to_be_looked_at(session: Session):
    call = session.scalars(select(SubsidyCall.code)).first()
    with pytest.raises(Refused, match="Oproep mag niet leeg zijn"):
        add_grant(session, COORDINATOR, values={"title": "Nieuw"})
    row = add_grant(session, COORDINATOR, values={"title": "Nieuw", "subsidy_call": call})
    found = session.scalars(select(GrantCondition).where(GrantCondition.grant_id == row.id)).all()
    assert row.code == "D-1"
    assert {one.met for one in found} == {None}
    assert len(found) == session.scalar(select(func.count()).select_from(SubsidyCondition))
