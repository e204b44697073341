"""The list of synonyms learns from what people call the same; it says what would change, and changes nothing itself."""

import pytest

from portal.commands.base import Refused
from portal.commands.inventory.likeness import learn_synonyms, refresh_likeness, set_synonym
from portal.commands.inventory.subjects import add_subject
from portal.likeness.learning import Lesson, lessons
from portal.likeness.words import Thesaurus
from portal.permissions import GRANTS, Permission, PermissionDenied, Role
from portal.queries.inventory.learning import proposals
from tests.likeness.texts import COORDINATOR, challenge, pairs
from tests.makers import viewer
from tests.queries.conftest import ADMIN

WORDS = Thesaurus({"ebox": "digitale post", "brieven": "digitale post", "server": "servers"})


def learnt(one: str, other: str, *more: tuple[int, int], words: Thesaurus = WORDS) -> list[Lesson]:
    titles = {1: one, 2: other}
    bags = {each: words.bag(title, "") for each, title in titles.items()}
    return lessons(titles, [(1, 2), *more], words, bags)


@pytest.mark.parametrize(
    ("one", "other", "term", "meaning", "new"),
    [
        ("Naar de eBox", "Enveloppen vermijden", "enveloppen", "digitale post", False),
        ("Enveloppen vermijden", "Naar de eBox", "enveloppen", "digitale post", False),
        ("Kerkhof", "Begraafplaats", "begraafplaats", "kerkhof", True),
    ],
)
def test_of_two_that_are_the_same_the_word_of_one_stands_for_the_meaning_of_the_other(one, other, term, meaning, new):
    (lesson,) = learnt(one, other)
    assert (lesson.term, lesson.meaning, lesson.new) == (term, meaning, new)
    assert lesson.synonyms == {term: meaning} | ({meaning: meaning} if new else {})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Naar de eBox", "Brieven versturen"),  # the list knows already
        ("Naar de eBox", "Nieuwe server"),  # each has a meaning: a person must choose
        ("Naar de eBox", "Voor de gemeente"),  # nothing is left to learn
        ("Kerkhof", "Het kerkhof"),
    ],
)
def test_nothing_is_learnt_where_nothing_differs_or_both_have_a_meaning(one, other):
    assert learnt(one, other) == []


def test_the_rarest_word_is_learnt_and_what_most_pairs_say_stands_first():
    titles = {1: "Naar de eBox", 2: "Bomen en enveloppen", 3: "Bomen snoeien", 4: "De eBox", 5: "Enveloppen"}
    bags = {each: WORDS.bag(title, "") for each, title in titles.items()}
    found = lessons(titles, [(1, 2), (4, 5), (1, 3)], WORDS, bags)
    assert [(one.term, len(one.pairs)) for one in found] == [("enveloppen", 2), ("snoeien", 1)]


@pytest.fixture
def taught(session):
    """Menen's envelopes and Kortrijk's eBox were confirmed; Kuurne has envelopes too."""
    rows = [challenge(session, "kortrijk", "Naar de eBox"), challenge(session, "menen", "Enveloppen afschaffen")]
    challenge(session, "kuurne", "Enveloppen en postzegels")
    refresh_likeness(session, COORDINATOR)
    add_subject(session, COORDINATOR, title="Post", challenge_ids=[row.id for row in rows])
    return rows


@pytest.mark.parametrize("role", [role for role in Role if Permission.MANAGE_PORTAL not in GRANTS[role]])
def test_only_who_keeps_the_list_is_told(session, taught, role):
    with pytest.raises(PermissionDenied):
        proposals(session, viewer(role))
    with pytest.raises(PermissionDenied):
        learn_synonyms(session, viewer(role), synonyms={"enveloppen": "digitale post"})


def test_a_proposal_says_why_and_which_pairs_it_would_win_and_lose_and_that_is_what_accepting_does(session, taught):
    before = pairs(session)
    (found,) = [one for one in proposals(session, ADMIN) if one.term in {"enveloppen", "afschaffen"}]
    assert (found.meaning, found.new, len(found.because)) == ("digitale post", False, 1)
    assert {found.because[0].one, found.because[0].other} == {"Naar de eBox", "Enveloppen afschaffen"}
    assert pairs(session) == before
    learn_synonyms(session, ADMIN, synonyms={found.term: found.meaning})
    assert len(pairs(session) - before) == len(found.gained)
    assert len(before - pairs(session)) == len(found.lost)
    assert [one for one in proposals(session, ADMIN) if one.term == found.term] == []


def test_words_come_on_the_list_together_or_not_at_all(session):
    set_synonym(session, ADMIN, term="enveloppen", meaning="papier")
    with pytest.raises(Refused, match="betekent al"):
        learn_synonyms(session, ADMIN, synonyms={"zegels": "post", "enveloppen": "post"})
    assert "zegels" not in {one.term for one in proposals(session, ADMIN)}
    with pytest.raises(Refused, match="staat intussen niet meer"):
        set_synonym(session, ADMIN, term="zegels", meaning="post", seen="papier")


def test_without_anything_confirmed_there_is_nothing_to_learn(session):
    challenge(session, "kortrijk", "Bomen")
    refresh_likeness(session, COORDINATOR)
    assert proposals(session, ADMIN) == []
