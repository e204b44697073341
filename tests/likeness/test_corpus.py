"""Texts are alike when they share what is rare; service and theme add a little, the owner nothing."""

import pytest

from portal.likeness.corpus import FULL_MARKS, MOST, SAME_SERVICE, SAME_THEME, Corpus, Filed, Like

OTHERS = [Filed(100 + n, 50 + n, None, None, (f"tvuller{n}", f"dopvulling{n}")) for n in range(12)]


def text(
    number: int, *bag: str, owner: int | None = None, service: int | None = None, theme: int | None = None
) -> Filed:
    return Filed(number, number if owner is None else owner, service, theme, bag)


def likes(one: Filed, *others: Filed, **how: object) -> list[Like]:
    return Corpus([one, *others, *OTHERS]).likes_of(one, **how)  # type: ignore[arg-type]


def test_texts_that_share_nothing_are_not_alike_even_in_one_service_and_theme():
    one, other = text(1, "Tpost", service=1, theme=1), text(2, "Tloket", service=1, theme=1)
    assert likes(one, other, at_least=0.0) == []


def test_texts_of_one_owner_are_not_compared():
    one, other = text(1, "Tpost", owner=7), text(2, "Tpost", owner=7)
    assert likes(one, other) == []
    assert [like.id for like in likes(one, other, own_too=True)] == [2]


def test_the_same_words_are_as_alike_as_words_can_be():
    (like,) = likes(text(1, "Tpost", "dpapier"), text(2, "Tpost", "dpapier"))
    assert like == Like(2, pytest.approx(1 / FULL_MARKS, abs=1e-4))


def test_service_and_theme_add_to_what_words_say():
    one = text(1, "Tpost", service=1, theme=2)
    scores = {like.id: like.score for like in likes(one, text(2, "Tpost"), text(3, "Tpost", service=1, theme=2))}
    assert scores[3] - scores[2] == pytest.approx((SAME_SERVICE + SAME_THEME) / FULL_MARKS, abs=1e-4)


def test_an_unknown_service_is_not_the_same_as_another_unknown_one():
    (like,) = likes(text(1, "Tpost"), text(2, "Tpost"))
    assert like.score < 1


def test_what_is_rare_weighs_more_than_what_many_share():
    common = [text(n, "tpapier", f"tzaak{n}", owner=n) for n in range(10, 18)]
    one = text(1, "tpapier", "tgraf")
    found = {like.id: like.score for like in likes(one, text(2, "tgraf"), *common, at_least=0.01)}
    assert found[2] > max(found[n] for n in range(10, 18))


def test_a_meaning_of_the_list_weighs_more_than_a_mere_word_and_a_title_more_than_a_description():
    one = text(1, "Tpost", "tgraf", "Dsteen", "dzerk")
    found = likes(one, text(2, "Tpost"), text(3, "tgraf"), text(4, "Dsteen"), text(5, "dzerk"), at_least=0.01)
    assert [like.id for like in found] == [2, 4, 3, 5]


def test_the_strongest_stand_first_and_equals_by_their_number():
    one = text(1, "Tpost", "tgraf")
    found = likes(one, text(3, "Tpost"), text(2, "Tpost"), text(4, "Tpost", "tgraf"), at_least=0.1)
    assert [like.id for like in found] == [4, 2, 3]
    assert len(likes(one, text(3, "Tpost"), text(2, "Tpost"), at_least=0.1, most=1)) == 1


def test_a_text_that_is_not_filed_can_be_compared():
    corpus = Corpus([text(2, "Tpost"), *OTHERS])
    typed = Filed(0, None, None, None, ("Tpost", "tnooit"))
    assert [like.id for like in corpus.likes_of(typed, at_least=0.3)] == [2]


def test_nothing_is_like_an_empty_text_and_an_empty_corpus_has_no_pairs():
    assert likes(text(1), text(2), at_least=0.0) == []
    assert Corpus([]).likes_of(text(1, "Tpost")) == []
    assert list(Corpus([]).pairs()) == []


def test_all_pairs_are_what_each_text_finds_for_itself():
    texts = [text(n, f"T{n % 3}", f"d{n % 5}", service=n % 2, theme=n % 2) for n in range(1, 30)]
    corpus = Corpus([*texts, *OTHERS])
    alone = {(min(one.id, like.id), max(one.id, like.id), like.score) for one in texts for like in corpus.likes_of(one)}
    assert set(corpus.pairs()) == alone
    assert alone


def test_the_order_in_which_texts_come_makes_no_difference():
    texts = [text(n, f"T{n % 4}", f"d{n % 3}") for n in range(1, 20)]
    assert list(Corpus(texts).pairs()) == list(Corpus(reversed(texts)).pairs())


def test_a_text_that_everybody_repeats_keeps_only_its_strongest_likes():
    texts = [text(n, "Tpost") for n in range(1, 70)]
    fillers = [text(1000 + n, f"t{n}") for n in range(600)]
    corpus = Corpus([*texts, *fillers])
    assert len(corpus.likes_of(texts[0])) == MOST
