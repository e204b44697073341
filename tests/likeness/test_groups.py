"""Groups hold texts that are all alike on average; a chain of pairs is not a group."""

from itertools import combinations

from portal.likeness.groups import Pair, groups_of


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
