"""Groups hold texts that are all alike on average; a chain of pairs is not a group."""

from itertools import combinations

import pytest

from portal.likeness.groups import CHALLENGER as SECOND_LEADS
from portal.likeness.groups import (
    COACH,
    EXPERTS,
    FRONT_RUNNER,
    Pair,
    Spoken,
    advised,
    groups_of,
    meanings_of,
    subject_of,
)
from portal.likeness.words import LONGEST, why


def alike(*ids: int, score: float = 0.8) -> dict[Pair, float]:
    return dict.fromkeys(combinations(sorted(ids), 2), score)


def each_its_own(likes: dict[Pair, float]) -> dict[int, int]:
    return {one: one for pair in likes for one in pair}


def test_texts_that_are_all_alike_are_one_group():
    likes = alike(1, 2, 3)
    assert groups_of(likes, each_its_own(likes)) == [(1, 2, 3)]


def test_a_chain_does_not_become_one_heap():
    likes = {(number, number + 1): 0.7 for number in range(1, 9)}
    assert max(map(len, groups_of(likes, each_its_own(likes)))) <= 3


def test_two_heaps_with_one_pair_between_stay_two():
    likes = alike(1, 2, 3) | alike(4, 5, 6) | {(3, 4): 0.6}
    assert groups_of(likes, each_its_own(likes)) == [(1, 2, 3), (4, 5, 6)]


def test_a_group_has_two_owners():
    likes = {(1, 2): 0.9}
    assert groups_of(likes, {1: 7, 2: 7}) == []
    assert groups_of(likes, {1: 7, 2: 8}) == [(1, 2)]


def test_two_texts_of_one_owner_can_stand_in_a_group_and_do_not_weaken_it():
    likes = {(1, 3): 0.8, (2, 3): 0.8, (1, 4): 0.8, (2, 4): 0.8, (3, 4): 0.8}
    assert groups_of(likes, {1: 7, 2: 7, 3: 8, 4: 9}) == [(1, 2, 3, 4)]


def test_a_faint_likeness_joins_nothing():
    assert groups_of({(1, 2): 0.2}, {1: 1, 2: 2}) == []
    assert groups_of({}, {}) == []


def test_the_order_in_which_pairs_come_makes_no_difference():
    likes = alike(1, 2, 3) | alike(3, 4, 5, score=0.6) | alike(6, 7) | {(5, 6): 0.7}
    owners = each_its_own(likes)
    assert groups_of(dict(reversed(likes.items())), owners) == groups_of(likes, owners)


def test_every_text_is_in_one_group_at_most():
    likes = alike(1, 2, 3) | alike(3, 4, 5) | alike(5, 6, 1)
    members = [one for group in groups_of(likes, each_its_own(likes)) for one in group]
    assert len(members) == len(set(members))


def test_closed_texts_never_bring_open_ones_together():
    likes = alike(1, 2) | alike(3, 4) | {(pair, 9): 0.95 for pair in (1, 2, 3, 4)}
    owners = each_its_own(likes)
    without = groups_of({pair: score for pair, score in likes.items() if 9 not in pair}, owners)
    found = groups_of(likes, owners, closed=frozenset({9}))
    assert [tuple(one for one in group if one != 9) for group in found] == without == [(1, 2), (3, 4)]
    assert sum(9 in group for group in found) == 1


def test_closed_texts_can_be_a_group_of_their_own():
    likes = alike(1, 2, 3)
    assert groups_of(likes, each_its_own(likes), closed=frozenset({1, 2, 3})) == [(1, 2, 3)]


def test_two_open_texts_that_stayed_apart_are_not_joined_by_closed_ones():
    likes = {(1, 8): 0.9, (1, 9): 0.9, (2, 8): 0.9, (2, 9): 0.9, (8, 9): 0.9}
    found = groups_of(likes, each_its_own(likes), closed=frozenset({8, 9}))
    assert not any({1, 2} <= set(group) for group in found)


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
