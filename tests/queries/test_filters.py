"""A filter travels in the address of the page; what is not understood is said, never an error."""

from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.queries.inventory.filters import PAGE_CAP, TEXT_LENGTH, ChallengeFilter, Known, Page, ProjectFilter
from portal.queries.reference import known_codes
from portal.vocabulary import ChallengeStatus, Phase, ProjectScope

CODES = st.frozensets(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,20}", fullmatch=True), max_size=4)
TEXT = st.text(max_size=TEXT_LENGTH)
TOPIC = {"partners": CODES, "themes": CODES, "dimensions": CODES, "services": CODES, "text": TEXT}
SOME = Known(*(frozenset({code}) for code in ("wervik", "data", "mensen", "it", "IV")))


def address(wanted) -> str:
    """As the fields of the page write it."""
    said = {key.key: getattr(wanted, key.field) for key in wanted.KEYS}
    covered = {True: "ja", False: "nee", None: ""}
    lists = {key: ",".join(sorted(map(str, chosen))) for key, chosen in said.items() if isinstance(chosen, frozenset)}
    alone = {"dekking": covered[getattr(wanted, "covered", None)], "tekst": wanted.text}
    return urlencode({key: text for key, text in (lists | alone).items() if text}, quote_via=quote, safe=",")


def words(vocabulary):
    return st.frozensets(st.sampled_from(list(vocabulary)))


@given(
    st.builds(
        ChallengeFilter,
        **TOPIC,
        statuses=words(ChallengeStatus),
        urgencies=st.frozensets(st.integers(1, 3)),
        covered=st.sampled_from([None, True, False]),
    )
)
def test_a_choice_of_challenges_survives_its_address(wanted):
    again = ChallengeFilter.from_query(address(wanted))
    assert again == wanted
    assert again.unknown == ()


@given(st.builds(ProjectFilter, **TOPIC, phases=words(Phase), scopes=words(ProjectScope), ateliers=CODES))
def test_a_choice_of_projects_survives_its_address(wanted):
    again = ProjectFilter.from_query(address(wanted))
    assert again == wanted
    assert again.unknown == ()


@given(st.text(), st.sampled_from([None, SOME]))
def test_no_address_is_an_error(query, known):
    for kind in (ChallengeFilter, ProjectFilter):
        assert isinstance(kind.from_query(query, known), kind)


def test_the_address_is_readable_dutch():
    wanted = ChallengeFilter.from_query("?gemeente=wervik,menen&thema=data&tekst=archief")
    assert wanted == ChallengeFilter(
        partners=frozenset({"wervik", "menen"}), themes=frozenset({"data"}), text="archief"
    )
    assert address(wanted) == "gemeente=menen,wervik&thema=data&tekst=archief"


def test_nothing_chosen_is_an_empty_address():
    assert address(ChallengeFilter()) == address(ProjectFilter()) == ""
    assert ChallengeFilter.from_query("") == ChallengeFilter() != ChallengeFilter(covered=False)


@pytest.mark.parametrize(
    ("query", "phrase"),
    [
        ("status=kapot", "status 'kapot' is niet bekend"),
        ("urgentie=9", "urgentie '9' is niet bekend"),
        ("dekking=misschien", "dekking 'misschien' is niet bekend"),
        ("gemeente=brugge", "gemeente 'brugge' is niet bekend"),
        ("thema=" + "x" * 80, f"thema '{'x' * 40}' is niet bekend"),
    ],
)
def test_what_is_not_understood_is_left_out_and_said(query, phrase):
    wanted = ChallengeFilter.from_query(query, SOME)
    assert wanted == ChallengeFilter()
    assert wanted.unknown == (phrase,)


def test_what_is_understood_stays_beside_what_is_not():
    wanted = ProjectFilter.from_query("gemeente=wervik,brugge&atelier=IV,X&fase=idee,nooit&schaal=lokaal", SOME)
    assert wanted == ProjectFilter(
        partners=frozenset({"wervik"}),
        ateliers=frozenset({"IV"}),
        phases=frozenset({Phase.IDEA}),
        scopes=frozenset({ProjectScope.LOCAL}),
    )
    assert len(wanted.unknown) == 3


def test_keys_of_other_parts_of_the_page_are_left_alone():
    assert ChallengeFilter.from_query("tab=projecten&schaal=lokaal") == ChallengeFilter()


def test_text_may_hold_any_sign_but_not_more_than_a_page():
    assert ChallengeFilter.from_query("tekst=" + quote("a,b & c=d é")).text == "a,b & c=d é"
    assert len(ChallengeFilter.from_query("tekst=" + "a" * 5000).text) == TEXT_LENGTH


def test_two_addresses_that_mean_the_same_are_one_key_for_a_cache():
    one, other = (ChallengeFilter.from_query(q, SOME) for q in ("thema=data", "thema=data&gemeente=brugge"))
    assert hash(one) == hash(other)


def test_the_codes_that_exist_come_from_the_reference_lists(session):
    known = known_codes(session)
    assert ChallengeFilter.from_query("gemeente=wervik&thema=data", known).unknown == ()
    assert ChallengeFilter.from_query("gemeente=nergens", known).unknown


def test_a_page_is_never_larger_than_its_cap_nor_before_the_first_row():
    assert Page(limit=10_000).size == PAGE_CAP
    assert Page(limit=-5).size == 1
    assert Page(offset=-1).start == 0
