"""A synonym is one row per word however it is typed, and only a real change leaves a trace."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.commands.inventory.likeness import begin_synonyms, remove_synonym, set_synonym
from portal.db import models as m
from portal.db.base import ValueRefused
from portal.permissions import Role, Viewer

ADMIN = Viewer(Role.ADMIN)


@pytest.fixture(autouse=True)
def no_list(session: Session) -> None:
    session.execute(m.Synonym.__table__.delete())
    session.commit()


def known(session: Session) -> dict[str, str]:
    return dict(session.execute(select(m.Synonym.term, m.Synonym.meaning)).all())


def traced(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(m.Audit).where(m.Audit.entity == "synonym")) or 0


@pytest.mark.parametrize(("term", "meaning"), [("x" * 121, "y"), ("x", "y" * 121), ("a\x00b", "y")])
def test_a_word_that_does_not_fit_is_refused(session: Session, term: str, meaning: str):
    with pytest.raises(ValueRefused):
        set_synonym(session, ADMIN, term=term, meaning=meaning)
    assert known(session) == {}


def test_a_word_is_kept_with_single_spaces(session: Session):
    set_synonym(session, ADMIN, term="  digitaal   loket ", meaning=" e-loket\n")
    assert known(session) == {"digitaal loket": "e-loket"}


def test_the_same_meaning_again_changes_nothing_and_leaves_no_trace(session: Session):
    first = set_synonym(session, ADMIN, term="dms", meaning="documentbeheer")
    before = traced(session)
    assert set_synonym(session, ADMIN, term="DMS", meaning="documentbeheer") is first
    assert traced(session) == before


def test_a_word_is_removed_however_it_is_spelled_and_its_end_is_traced(session: Session):
    set_synonym(session, ADMIN, term="Sociaal huis", meaning="welzijn")
    before = traced(session)
    remove_synonym(session, ADMIN, term="SOCIAAL-HUIS")
    assert known(session) == {}
    assert traced(session) == before + 1


def test_an_empty_list_to_start_with_leaves_room_for_a_later_one(session: Session):
    assert begin_synonyms(session, ADMIN, synonyms={}) == 0
    assert begin_synonyms(session, ADMIN, synonyms={"dms": "documentbeheer", "gis": "kaarten"}) == 2
    assert begin_synonyms(session, ADMIN, synonyms={"erp": "boekhouding"}) == 0
    assert known(session) == {"dms": "documentbeheer", "gis": "kaarten"}
