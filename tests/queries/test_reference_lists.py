"""The lists people choose from, and who answers for the portal."""

import pytest
from sqlalchemy import delete, select

from portal import clock
from portal.db.models import Atelier, GovernanceBody, Partner, Theme
from portal.permissions import Role
from portal.queries.frames import COUNT, SHARE, WHOLE, frame
from portal.queries.partners.partners import Body, Responsible, responsible
from portal.queries.reference import (
    Option,
    atelier_options,
    known_codes,
    own_atelier_options,
    own_partner_options,
    partner_options,
    theme_options,
)
from portal.vocabulary import PartnerKind
from tests.makers import atelier_of, make_partner, partner_of, viewer


def test_in_a_database_without_reference_data_there_is_nothing_to_choose(empty_session):
    assert partner_options(empty_session) == theme_options(empty_session) == []
    known = known_codes(empty_session)
    assert known.partners == known.ateliers == known.types == frozenset()
    assert responsible(empty_session) == Responsible()


@pytest.mark.parametrize("role", [Role.STEERING, Role.MAYOR, Role.COORDINATOR, Role.ADMIN])
def test_who_serves_the_whole_region_has_no_list_of_its_own(session, role):
    assert own_partner_options(session, viewer(role)) == []
    assert own_atelier_options(session, viewer(role)) == []


def test_the_own_partners_stand_by_name_and_are_no_others(session):
    late, early = make_partner(session, "p-1", title="Zee"), make_partner(session, "p-2", title="Éénland")
    found = own_partner_options(session, viewer(Role.DIRECTOR, late, early))
    assert found == [Option("p-2", "Éénland"), Option("p-1", "Zee")]


def test_the_own_ateliers_stand_in_their_order_and_not_by_letter(session):
    ids = [atelier_of(session, code) for code in ("V", "IV", "II")]
    found = own_atelier_options(session, viewer(Role.ATELIER, ateliers=ids))
    assert [option.code for option in found] == ["II", "IV", "V"]


def test_a_partner_that_no_longer_exists_is_served_by_nobody(session):
    assert own_partner_options(session, viewer(Role.DIRECTOR, 999_999)) == []


def test_an_archived_partner_is_no_choice_and_no_code_a_filter_may_name(session):
    make_partner(session, "opgeheven", archived_at=clock.now())
    assert "opgeheven" not in {option.code for option in partner_options(session)}
    assert "opgeheven" not in known_codes(session).partners


def test_a_list_stands_by_position_and_equal_positions_as_they_came(session):
    session.add_all([Theme(code=code, title=code, position=-1) for code in ("z-thema", "a-thema")])
    session.flush()
    assert [option.code for option in theme_options(session)[:2]] == ["z-thema", "a-thema"]


def test_the_codes_known_are_those_of_the_choices(session):
    known = known_codes(session)
    assert known.ateliers == {option.code for option in atelier_options(session)}
    assert known.partners == set(session.scalars(select(Partner.slug)))
    assert len(known.ateliers) == len(session.scalars(select(Atelier.id)).all())


def test_the_accountable_body_is_named_and_an_informed_one_is_not(session):
    session.add(GovernanceBody(code="t", title="Toezicht", raci="accountable", position=-1))
    session.add(GovernanceBody(code="p", title="Publiek", raci="informed", position=-1))
    session.flush()
    found = responsible(session).accountable
    assert found[0] == "Toezicht"
    assert "Publiek" not in found


def test_one_writes_to_the_shared_bodies_and_only_without_them_to_every_partner(empty_session):
    make_partner(empty_session, "stad", title="Stad", website="https://stad.voorbeeld.example", position=2)
    make_partner(empty_session, "dorp", title="Dorp", position=1)
    alone = responsible(empty_session)
    assert alone.contacts == alone.partners == (Body("Dorp", None), Body("Stad", "https://stad.voorbeeld.example"))
    make_partner(empty_session, "igs", title="Vereniging", kind=PartnerKind.SERVICE_ASSOCIATION, position=3)
    assert responsible(empty_session).contacts == (Body("Vereniging", None),)
    assert len(responsible(empty_session).partners) == 3


def test_an_archived_body_answers_for_nothing(session):
    igs = make_partner(session, "oude-igs", title="Oude IGS", kind=PartnerKind.SERVICE_ASSOCIATION)
    assert "Oude IGS" in {body.name for body in responsible(session).contacts}
    igs.archived_at = clock.now()
    session.flush()
    assert "Oude IGS" not in {body.name for body in responsible(session).partners}


def test_no_person_is_named_among_who_answers(demo_session):
    found = responsible(demo_session)
    names = {body.name for body in (*found.partners, *found.contacts)} | set(found.accountable)
    assert names
    assert not any("@" in name for name in names)
    assert partner_of(demo_session, "wervik").title in names


def test_a_region_without_accountable_body_names_none(session):
    session.execute(delete(GovernanceBody))
    assert responsible(session).accountable == ()
    assert responsible(session).partners


def test_an_empty_frame_has_its_columns_and_their_types():
    made = frame(("slug", "challenges", "year", "share"), (), challenges=COUNT, year=WHOLE, share=SHARE)
    assert list(made.columns) == ["slug", "challenges", "year", "share"]
    assert [str(kind) for kind in made.dtypes] == ["object", "int64", "Int64", "float64"]
    assert made["challenges"].sum() == 0


def test_a_value_without_a_type_stays_what_it_was():
    given = [("a", None, 1, (1, 2)), ("b", 2.5, True, "x")]
    made = frame(("w", "x", "y", "z"), given)
    assert [tuple(row) for row in made.itertuples(index=False)] == given
    assert [type(value) for value in made["y"]] == [int, bool]


def test_a_whole_number_that_is_not_known_stays_unknown_and_no_nan():
    made = frame(("year",), [(2022,), (None,)], year=WHOLE)
    assert made["year"].isna().tolist() == [False, True]
    assert int(made["year"][0]) == 2022


def test_a_count_that_is_not_known_is_refused():
    with pytest.raises((TypeError, ValueError)):
        frame(("challenges",), [(None,)], challenges=COUNT)
