"""Names stand in one order on both databases, whatever language the server was set up for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, literal, select, union_all
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from portal.db import models as m
from portal.db.types import bytewise
from tests.databases import undone
from tests.makers import make_partner

CODES = ["U-10", "U-2", "u-2", "U 2", "U-a", "U-B", "ab", "a b", "a-b", "AB", "Z", "a", "_", "1", "10", "9"]


def in_the_database(session: Session, words: list[str]) -> list[str]:
    rows = union_all(*(select(literal(word).label("word")) for word in words)).subquery()
    return list(session.scalars(select(rows.c.word).order_by(bytewise(rows.c.word))))


def test_a_descending_order_keeps_its_collation():
    statement = select(m.Challenge.id).order_by(bytewise(m.Challenge.code).desc())
    assert 'challenge.code COLLATE "C" DESC' in str(statement.compile(dialect=postgresql.dialect()))


def test_codes_stand_sign_by_sign(session: Session):
    assert in_the_database(session, CODES) == sorted(CODES)


FIRST = [("a b", "ab"), ("AB", "ab"), ("U-10", "U-2"), ("Z", "a"), ("a", "é"), ("e", "é")]


def test_the_first_of_two_comes_first_on_both(engine: Engine, subtests: pytest.Subtests):
    for first, second in FIRST:
        with subtests.test(first=first, second=second), undone(engine) as session:
            assert in_the_database(session, [second, first]) == [first, second]


@given(st.lists(st.text(st.sampled_from("abzAB 01-_é"), min_size=1, max_size=5), min_size=1, max_size=8))
def test_any_list_stands_as_its_bytes_do(engine: Engine, words: list[str]):
    with undone(engine) as session:
        assert in_the_database(session, words) == sorted(words, key=lambda word: word.encode())


def test_partners_are_sorted_by_their_folded_name_alike(session: Session):
    names = ["Zwin", "École", "ecole b", "De Kust", "de haan", "Één"]
    rows = [make_partner(session, slug=f"sorteer-{place}", title=name) for place, name in enumerate(names)]
    wanted = select(m.Partner.title).where(m.Partner.id.in_([row.id for row in rows]))
    found = list(session.scalars(wanted.order_by(bytewise(m.Partner.title_key), m.Partner.id)))
    assert found == ["de haan", "De Kust", "École", "ecole b", "Één", "Zwin"]
