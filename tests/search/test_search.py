"""One search over everything: forms of words, other words for the same, several words; and how it is narrowed."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.commands.inventory.likeness import keep_likeness
from portal.db.models import Challenge, Project, Synonym
from portal.likeness.sought import LONGEST, Sought
from portal.permissions import Role
from portal.queries.inventory.counts import count_challenges
from portal.queries.inventory.filters import ChallengeFilter
from portal.queries.search import reading
from portal.queries.search.kinds import REGION, Findable, Found, Going, Wanted
from portal.queries.search.reading import keys_of
from portal.queries.search.search import AT_MOST, MOST, search, suggested
from portal.queries.search.texts import library
from portal.queries.sought import answers, looked_for
from portal.vocabulary import ChallengeStatus, Phase, ProjectScope
from tests.makers import (
    make_challenge,
    make_condition,
    make_deliverable,
    make_endorsement,
    make_milestone,
    make_partner,
    make_project,
    make_risk,
    make_roadmap_item,
    viewer,
)
from tests.search.test_labelled import LABELLED

ALL = viewer(Role.COORDINATOR)


def found(session: Session, text: str, **given: object) -> Found:
    return search(session, ALL, Wanted(text=text, **given))  # type: ignore[arg-type]


def titles(session: Session, text: str, **given: object) -> list[str]:
    return [hit.title for group in found(session, text, **given).groups for hit in group.hits]


@pytest.fixture
def dunes(session: Session) -> Session:
    """Words that nothing else has, of which the list says that two mean the same."""
    session.add_all(
        [Synonym(term=term, meaning="zandverstuiving") for term in ("helmgras", "stuifzand", "duin op drift")]
    )
    make_challenge(session, code="U-DUIN-1", title="Helmgras planten", description="Het zand waait weg.")
    make_challenge(session, code="U-DUIN-2", title="Stuifzand op de weg", status=ChallengeStatus.SOLVED)
    make_challenge(session, code="U-DUIN-3", title="Wandelpad", description="Een duin op drift bedelft het pad.")
    make_project(session, code="R-DUIN", title="Samen tegen stuifzand", scope=ProjectScope.REGIONAL)
    make_project(session, code="P-DUIN", title="Proeftuin met helmgras", reported_by="wervik", phase=Phase.FINISHED)
    keep_likeness(session, challenge_ids=None, project_ids=None)
    return session


def test_another_word_for_the_same_finds_it_and_is_told(dunes: Session):
    answer = found(dunes, "helmgras")
    assert [hit.title for group in answer.groups for hit in group.hits] == [
        *("Helmgras planten", "Stuifzand op de weg", "Wandelpad"),
        *("Proeftuin met helmgras", "Samen tegen stuifzand"),
    ]
    assert (answer.total, answer.otherwise) == (5, 3)
    assert answer.also == ("stuifzand", "duin op drift")


def test_exactly_that_word_finds_no_other(dunes: Session):
    answer = found(dunes, "helmgras", exact=True)
    assert (answer.total, answer.otherwise, answer.also) == (2, 0, ())


def test_the_words_that_answer_are_marked_in_whatever_form(dunes: Session):
    (hit,) = found(dunes, "wandelpaden bedelft").groups[0].hits
    assert [(piece.text, piece.marked) for piece in hit.titled] == [("Wandelpad", True)]
    drift = next(hit for hit in found(dunes, "stuifzand").groups[0].hits if hit.title == "Wandelpad")
    assert [piece.text for piece in drift.snippet if piece.marked] == ["duin op drift"]


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("Archief van de bouwdossiers", "archieven"),
        ("Oude archieven", "archief"),
        ("Zaal te huur", "zalen"),
        ("Zalen te huur", "zaal"),
        ("Afspraken aan het loket", "afspraak"),
        ("Schijven vol", "schijf"),
        ("Eén digitale brievenbus", "ÉÉN BRIEVEN"),
        ("Het e-loket", "e loket"),
        ("Backup van de server", "back-up"),
        ("Stadsarchief", "archief"),
        ("Crème brûlée", "creme brulee"),
    ],
)
def test_a_word_is_found_in_its_forms_and_however_it_is_written(session: Session, title: str, typed: str):
    make_challenge(session, title=f"{title} qqzz")
    assert titles(session, f"{typed} qqzz", exact=True) == [f"{title} qqzz"]


def test_every_word_must_be_there_and_little_words_do_not_count(session: Session):
    make_challenge(session, title="Quokka en wombat")
    make_challenge(session, title="Quokka alleen")
    assert titles(session, "de wombat van quokka") == ["Quokka en wombat"]
    assert titles(session, "wombat nergens") == []


def test_the_partner_may_be_one_of_the_words_but_not_the_only_one(session: Session):
    zand = make_partner(session, "zandhoven")
    make_challenge(session, title="Quokka telt", partner=zand)
    make_challenge(session, title="Quokka elders", partner="wervik")
    assert titles(session, "quokka zandhoven") == ["Quokka telt"]
    assert [hit.kind for group in found(session, "zandhoven").groups for hit in group.hits] == [Findable.PARTNER]


def test_the_best_comes_first_and_of_equals_what_still_runs(session: Session):
    make_challenge(session, title="Iets anders", description="Met een quokka")
    make_challenge(session, title="Alles over de quokka")
    make_challenge(session, title="Zorg voor de quokka", status=ChallengeStatus.LAPSED)
    make_challenge(session, title="Quokka")
    assert titles(session, "quokka") == ["Quokka", "Alles over de quokka", "Zorg voor de quokka", "Iets anders"]


def test_every_kind_of_row_is_found(session: Session):
    project = make_project(session, title="Quokkaproject")
    result = make_deliverable(session, title="Quokkaresultaat")
    make_milestone(session, project=project, title="Quokkamijlpaal")
    make_risk(session, deliverable=result, title="Quokkarisico")
    make_roadmap_item(session, title="Quokkastap")
    make_condition(session, make_endorsement(session), text="Quokkavoorwaarde")
    kinds = {group.kind for group in found(session, "quokka").groups}
    assert kinds == {
        *(Findable.PROJECT, Findable.RESULT, Findable.MILESTONE),
        *(Findable.RISK, Findable.ROADMAP, Findable.CONDITION),
    }


def test_a_choice_counts_the_rows_that_would_be_left_and_a_zero_is_told(dunes: Session):
    answer = found(dunes, "helmgras")
    assert {one.value: one.count for one in answer.kinds} == dict.fromkeys(Findable, 0) | {
        Findable.CHALLENGE: 3,
        Findable.PROJECT: 2,
    }
    assert {one.value: one.count for one in answer.going} == {Going.OPEN: 3, Going.DONE: 2, Going.DECIDED: 0}
    for lists, key in ((answer.kinds, "kinds"), (answer.partners, "partners"), (answer.going, "going")):
        for one in lists:
            chosen = {"kinds": Findable, "going": Going}.get(key, str)(one.value)
            assert found(dunes, "helmgras", **{key: frozenset({chosen})}).total == one.count, one


def test_a_list_of_choices_counts_what_the_other_lists_leave(dunes: Session):
    answer = found(dunes, "helmgras", kinds=frozenset({Findable.PROJECT}))
    assert answer.total == 2
    assert {one.value: one.count for one in answer.partners} == {REGION: 1, "wervik": 1}
    assert {one.value: one.count for one in answer.kinds if one.count} == {"uitdagingen": 3, "projecten": 2}
    answer = found(dunes, "helmgras", partners=frozenset({REGION}))
    assert {one.value: one.count for one in answer.kinds if one.count} == {"projecten": 1}
    assert {one.value: one.count for one in answer.going if one.count} == {"open": 1}


def test_of_several_kinds_a_few_are_shown_and_all_are_counted(session: Session):
    for place in range(12):
        make_challenge(session, title=f"Quokka {place:02}")
    (group,) = found(session, "quokka").groups
    assert (group.count, len(group.hits)) == (12, MOST)
    (whole,) = found(session, "quokka", kinds=frozenset({Findable.CHALLENGE})).groups
    assert (whole.count, len(whole.hits)) == (12, 12)
    assert AT_MOST >= 12


def test_what_is_in_the_address_comes_back_and_what_is_odd_is_left_out():
    said = "q=sluik+stort&soort=projecten,onzin&partner=wervik&loopt=open&alleen=1"
    wanted = Wanted.from_query(said)
    assert wanted == Wanted(
        text="sluik stort",
        exact=True,
        kinds=frozenset({Findable.PROJECT}),
        partners=frozenset({"wervik"}),
        going=frozenset({Going.OPEN}),
    )
    assert Wanted.from_query(wanted.query()) == wanted
    for odd in ("?%ff&&==;q=%00", "q=&soort=", "&&&", "q=%00"):
        assert not Wanted.from_query(odd).text.strip("\x00"), odd
    assert len(Wanted.from_query(f"q={'a' * 5000}").text) == LONGEST


def asked_of(session: Session, row: type[Challenge] | type[Project], asked: Sought) -> set[int]:
    return set(session.scalars(select(row.id).where(row.archived_at.is_(None), answers(row, asked))))


def test_the_filter_of_the_inventory_and_the_search_find_the_same_rows(demo_session: Session):
    """One rule, once in SQL and once where rows are ranked."""
    known = library(demo_session, ALL)
    for text in [row["query"] for row in LABELLED] + ["gezin", "te", "16", "beleid en data", "kortrijk website"]:
        asked = looked_for(demo_session, text)
        keys = keys_of(demo_session, ALL, asked, known)
        for row, kind in ((Challenge, Findable.CHALLENGE), (Project, Findable.PROJECT)):
            assert {key.row for key in keys if key.kind is kind} == asked_of(demo_session, row, asked), (text, kind)
        counted = count_challenges(demo_session, ALL, ChallengeFilter(text=text))
        assert counted == sum(key.kind is Findable.CHALLENGE for key in keys), text


def test_a_suggestion_comes_while_the_word_is_begun(dunes: Session):
    hits, count = suggested(dunes, ALL, "helmg", library(dunes, ALL))
    assert count == 5  # the beginning of a word of the list means what the word means
    assert hits[0].title == "Helmgras planten"


def test_a_long_text_is_shown_around_what_answers(session: Session):
    before, after = "Vooraf staat er veel. " * 20, " En daarna nog veel meer tekst." * 20
    make_challenge(session, title="Lang", description=f"{before}Dan de quokka.{after}")
    (hit,) = found(session, "quokka").groups[0].hits
    shown = "".join(piece.text for piece in hit.snippet)
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert "quokka" in shown
    assert len(shown) <= reading.AROUND + 10


def test_a_shared_project_that_keeps_no_concepts_is_found_by_the_same_words(dunes: Session):
    project = make_project(dunes, title="Kuststuifzand", scope=ProjectScope.REGIONAL)
    asked = looked_for(dunes, "helmgras")
    keys = keys_of(dunes, ALL, asked, library(dunes, ALL))
    shared = asked_of(dunes, Project, asked)
    assert project.id in shared
    assert {key.row for key in keys if key.kind is Findable.PROJECT} == shared


def test_a_word_that_is_explained_is_found_and_leads_to_its_place(demo_session: Session):
    terms = next(group for group in found(demo_session, "challenger").groups if group.kind is Findable.TERM)
    assert (terms.hits[0].title, terms.hits[0].href) == ("challenger", "/begrippen#challenger")
