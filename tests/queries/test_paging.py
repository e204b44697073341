"""One page of a long list: only what may be sorted on, one order, no row twice."""

import pytest
from sqlalchemy import select

from portal.db.models import Challenge, Partner
from portal.queries.inventory.challenges import JOINS, SORTABLE
from portal.queries.inventory.filters import PAGE_CAP, Page, ids_of_page, in_order, known_sort
from tests.makers import make_challenge, make_partner

BY_CODE = (("code", False),)
IDS = select(Challenge.id).select_from(Challenge)


@pytest.mark.parametrize(
    "asked",
    [
        (),
        (("password_hash", False),),
        (("id; DROP TABLE challenge", True),),
        (("CODE", False),),
        (("__class__", False), ("", True)),
    ],
)
def test_a_column_that_may_not_be_sorted_on_is_as_if_nothing_was_asked(asked):
    assert known_sort(asked, SORTABLE, BY_CODE) == BY_CODE


def test_what_may_be_sorted_on_stays_in_the_order_asked_and_the_rest_falls_out():
    asked = (("urgency", True), ("id", False), ("partner", False))
    assert known_sort(asked, SORTABLE, BY_CODE) == [("urgency", True), ("partner", False)]


def test_every_order_ends_with_the_id_so_that_no_row_is_on_two_pages():
    for sort in ((), BY_CODE, (("urgency", True), ("partner", False))):
        clauses = in_order(IDS, sort, SORTABLE, Challenge.id)._order_by_clauses
        assert clauses[-1] is Challenge.id or str(clauses[-1]) == "challenge.id"
        assert len(clauses) == len(sort) + 1


def test_ascending_and_descending_are_each_others_mirror(session):
    for code in ("U-B", "U-A", "U-C"):
        make_challenge(session, code=code)

    def codes(descending: bool) -> list[str]:
        query = in_order(select(Challenge.code), (("code", descending),), SORTABLE, Challenge.id)
        return list(session.scalars(query))

    assert codes(False) == ["U-A", "U-B", "U-C"]
    assert codes(True) == ["U-C", "U-B", "U-A"]


def test_a_page_joins_only_what_its_order_needs():
    by_code = str(ids_of_page(IDS, BY_CODE, SORTABLE, JOINS, Page()))
    by_partner = str(ids_of_page(IDS, (("partner", False),), SORTABLE, JOINS, Page()))
    assert "JOIN" not in by_code
    assert by_partner.count("JOIN partner") == 1
    assert "JOIN theme" not in by_partner


def test_pages_follow_on_each_other_and_beyond_the_last_is_nothing(session):
    for number in range(7):
        make_challenge(session, code=f"U-{number}")

    def page(offset: int, limit: int) -> list[int]:
        return list(session.scalars(ids_of_page(IDS, BY_CODE, SORTABLE, JOINS, Page(offset, limit))))

    whole = page(0, 50)
    assert len(whole) == 7
    assert page(0, 3) + page(3, 3) + page(6, 3) == whole
    assert page(7, 3) == []


def test_a_page_before_the_first_row_is_the_first_and_one_of_no_rows_has_one(session):
    for number in range(3):
        make_challenge(session, code=f"U-{number}")
    first = list(session.scalars(ids_of_page(IDS, BY_CODE, SORTABLE, JOINS, Page(-10, 2))))
    assert first == list(session.scalars(ids_of_page(IDS, BY_CODE, SORTABLE, JOINS, Page(0, 2))))
    assert len(list(session.scalars(ids_of_page(IDS, BY_CODE, SORTABLE, JOINS, Page(0, 0))))) == 1


def test_an_offset_larger_than_a_database_counts_is_an_empty_page_and_no_error(session):
    make_challenge(session)
    assert list(session.scalars(ids_of_page(IDS, BY_CODE, SORTABLE, JOINS, Page(10**30, 10)))) == []
    assert Page(limit=10**30).size == PAGE_CAP


def test_a_page_by_partner_goes_by_the_name_and_not_by_the_order_they_came_in(session):
    late, early = make_partner(session, "p-2", title="Zand"), make_partner(session, "p-1", title="Ééklo")
    for partner in (late, early):
        make_challenge(session, code=f"U-{partner.slug}", partner=partner)
    ids = ids_of_page(IDS, (("partner", False),), SORTABLE, JOINS, Page())
    found = session.scalars(ids).all()
    names = [session.scalar(select(Partner.title).join(Challenge).where(Challenge.id == one)) for one in found]
    assert names == ["Ééklo", "Zand"]
