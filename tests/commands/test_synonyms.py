"""The list of synonyms: a start from the reference folder, and then people's own."""

import pytest
from sqlalchemy import func, select

from data_loaders.reference import load_reference, synonyms_in
from portal.commands.base import Refused
from portal.commands.inventory.likeness import begin_synonyms, remove_synonym, set_synonym
from portal.commands.reference import ReferenceRefused
from portal.config import settings
from portal.db.engine import writing
from portal.db.models import Audit, Synonym
from portal.permissions import GRANTS, Permission, PermissionDenied, Role, RowNotFound
from tests.data_loaders.region import write_region
from tests.likeness.texts import challenges, pairs
from tests.makers import viewer

ADMIN = viewer(Role.ADMIN)
WORDS = {"menen": "Zwerfvuilmeter", "kuurne": "Afvalsensor"}


def meaning_of(session, term):
    return session.scalar(select(Synonym.meaning).where(Synonym.term == term))


@pytest.mark.parametrize("role", [role for role in Role if Permission.MANAGE_PORTAL not in GRANTS[role]])
def test_only_who_manages_the_portal_changes_the_list(session, role):
    with pytest.raises(PermissionDenied):
        set_synonym(session, viewer(role), term="zwerfvuilmeter", meaning="afval")
    with pytest.raises(PermissionDenied):
        remove_synonym(session, viewer(role), term="eBox")
    assert meaning_of(session, "eBox") == "digitale post"


@pytest.mark.parametrize(("term", "meaning"), [("", "afval"), ("afval", " "), ("--", "afval"), ("afval", "…")])
def test_a_synonym_needs_a_word_and_a_meaning(session, term, meaning):
    with pytest.raises(Refused):
        set_synonym(session, ADMIN, term=term, meaning=meaning)


def test_a_new_synonym_brings_texts_together_and_without_it_they_part(session):
    challenges(session, WORDS)
    set_synonym(session, ADMIN, term="zwerfvuilmeter", meaning="afval meten")
    assert pairs(session) == set()
    set_synonym(session, ADMIN, term=" afvalsensor ", meaning="afval  meten")
    assert len(pairs(session)) == 1
    remove_synonym(session, ADMIN, term="Afvalsensor")
    assert pairs(session) == set()


def test_a_change_of_the_list_is_traced(session):
    set_synonym(session, ADMIN, term="zwerfvuilmeter", meaning="afval")
    last = session.scalars(select(Audit).order_by(Audit.sequence.desc())).first()
    assert (last.entity, last.command) == ("synonym", "set_synonym")


def test_a_term_has_one_meaning_however_it_is_spelled(session):
    before = session.scalar(select(func.count()).select_from(Synonym))
    set_synonym(session, ADMIN, term="EBOX", meaning="brievenbus")
    assert meaning_of(session, "eBox") == "brievenbus"
    assert session.scalar(select(func.count()).select_from(Synonym)) == before


def test_removing_what_is_not_there_is_said(session):
    with pytest.raises(RowNotFound):
        remove_synonym(session, ADMIN, term="zwerfvuilmeter")


def test_the_list_of_the_folder_is_only_a_start(fresh_engine):
    with writing(fresh_engine) as session:
        remove_synonym(session, ADMIN, term="eBox")
        set_synonym(session, ADMIN, term="wifi", meaning="draadloos")
        assert begin_synonyms(session, ADMIN, synonyms={"eBox": "digitale post"}) == 0
    assert load_reference(fresh_engine).written == 0
    with writing(fresh_engine) as session:
        assert (meaning_of(session, "eBox"), meaning_of(session, "wifi")) == (None, "draadloos")


def test_our_list_came_in_whole(session):
    listed = synonyms_in(settings().reference_dir)
    assert dict(session.execute(select(Synonym.term, Synonym.meaning)).all()) == listed
    assert len(listed) > 300


def test_a_region_without_a_list_has_none(tmp_path):
    assert synonyms_in(write_region(tmp_path / "oever")) == {}


@pytest.mark.parametrize("twice", ["eBox,a\neBox,b\n", "e-loket,a\nE loket,b\n"])
def test_a_term_that_stands_twice_is_refused_with_its_row(tmp_path, twice):
    (tmp_path / "synonyms.csv").write_text("term,meaning\n" + twice)
    with pytest.raises(ReferenceRefused, match=r"synonyms\.csv, rij 3: .* staat er al"):
        synonyms_in(tmp_path)


def test_a_meaning_that_was_not_seen_is_not_overwritten_or_removed(session):
    set_synonym(session, ADMIN, term="zwerfvuilmeter", meaning="afval", seen=None)
    for seen in (None, "iets anders"):
        with pytest.raises(Refused, match="‘Zwerfvuilmeter’ betekent al ‘afval’"):
            set_synonym(session, ADMIN, term="Zwerfvuilmeter", meaning="meten", seen=seen)
        with pytest.raises(Refused):
            remove_synonym(session, ADMIN, term="zwerfvuilmeter", seen=seen)
    with pytest.raises(Refused, match="staat intussen niet meer in de lijst"):
        set_synonym(session, ADMIN, term="afvalsensor", meaning="meten", seen="afval")
    assert set_synonym(session, ADMIN, term="zwerfvuilmeter", meaning="meten", seen="afval").meaning == "meten"
    remove_synonym(session, ADMIN, term="zwerfvuilmeter", seen="meten")
    assert meaning_of(session, "zwerfvuilmeter") is None
