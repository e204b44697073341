"""What a group is about, why two texts are alike, and which way to work together fits."""

import pytest

from portal.likeness.cooperation import CHALLENGER as SECOND_LEADS
from portal.likeness.cooperation import COACH, EXPERTS, FRONT_RUNNER, advised
from portal.likeness.groups import Spoken, meanings_of, subject_of
from portal.likeness.words import LONGEST, why


def test_a_group_is_called_after_the_meaning_that_most_owners_share():
    members = [
        Spoken(1, "Brieven", ("Tdigitale post", "Dwebsite")),
        Spoken(2, "eBox", ("Ddigitale post",)),
        Spoken(3, "Site", ("Tdigitale post", "Twebsite")),
    ]
    assert subject_of(members) == "Digitale post"
    assert meanings_of(members) == ["digitale post", "website"]


def test_one_owner_saying_it_twice_is_not_sharing():
    members = [Spoken(1, "Eerste titel", ("Twebsite",)), Spoken(1, "Site", ("Twebsite",)), Spoken(2, "Stempel", ())]
    assert subject_of(members) == "Site"
    assert meanings_of(members) == []


def test_a_mere_word_is_no_title():
    members = [Spoken(1, "De stempels van de post", ("tstempel",)), Spoken(2, "Stempels", ("tstempel",))]
    assert subject_of(members) == "Stempels"


def test_between_equals_what_stands_in_titles_wins_and_then_the_alphabet():
    in_title = [Spoken(1, "a", ("Twifi", "Dbadge")), Spoken(2, "b", ("Twifi", "Dbadge"))]
    assert subject_of(in_title) == "Wifi"
    assert subject_of([Spoken(1, "a", ("Twifi", "Tbadge")), Spoken(2, "b", ("Twifi", "Tbadge"))]) == "Badge"


def test_a_reason_shows_the_words_of_both_texts_beside_their_meaning():
    one, other = {"digitale post": "ebox", "papier": "papier"}, {"papier": "papier", "digitale post": "portkosten"}
    assert why(one, other, same_service=True, same_theme=True) == (
        "digitale post: 'ebox' en 'portkosten'; beide 'papier'; zelfde dienst en thema"
    )


def test_a_mere_stem_is_not_shown_as_if_it_were_a_word():
    reason = why({"afsprak": "afspraken"}, {"afsprak": "afspraak"}, same_service=False, same_theme=True)
    assert reason == "'afspraken' en 'afspraak'; zelfde thema"


def test_a_reason_is_short_whatever_people_wrote():
    long = {f"woord{n}": "x" * 300 for n in range(20)}
    assert len(why(long, long, same_service=True, same_theme=False)) <= LONGEST
    assert why({}, {}, same_service=False, same_theme=False) == ""


@pytest.mark.parametrize(
    ("members", "code", "leads"),
    [
        ({"b", "c"}, SECOND_LEADS, ("b",)),
        ({"a", "b"}, SECOND_LEADS, ("b",)),
        ({"a", "d"}, FRONT_RUNNER, ("a",)),
        ({"c", "d"}, COACH, ("a",)),
        ({"x", "y"}, EXPERTS, ()),
    ],
)
def test_where_the_members_stand_says_which_type_fits(members, code, leads):
    advice = advised({"a": 1, "b": 2, "c": 3, "d": 4}, frozenset(members))
    assert (advice.code, advice.leads) == (code, leads)
    assert advice.because


def test_after_a_shared_first_place_the_next_value_is_the_second():
    assert advised({"a": 1, "b": 1, "c": 3}, frozenset({"c", "a"})).leads == ("c",)


def test_partners_that_share_the_second_place_are_all_named():
    assert advised({"a": 1, "c": 2, "b": 2}, frozenset({"b", "c"})).leads == ("b", "c")


@pytest.mark.parametrize("ranks", [{}, {"a": 1}, {"a": 1, "b": 1}])
def test_without_a_first_and_a_second_nobody_is_pointed_at(ranks):
    assert advised(ranks, frozenset({"a", "b"})) == advised({}, frozenset({"a"}))
