"""The page of a subject in words, at its edges; and what its forms offer."""

from datetime import date

import pytest

from portal.likeness.groups import Advice, Spoken
from portal.pages.subject import acts, page
from portal.pages.subject.acts import Parts
from portal.permissions import RowNotFound
from portal.queries.coalitions.candidates import Candidate, Standing, SubjectChallenge
from portal.queries.inventory.counts import Answer, PartnerName
from portal.queries.inventory.subjects import Member, Subject
from portal.queries.reference import Option
from portal.vocabulary import ChallengeStatus, GroupState, Visibility
from tests.reading import links, parts, row, said

AS_OF = date(2026, 11, 22)
KADE, DIJK = PartnerName("kade", "Kade"), PartnerName("dijk", "Dijk")
TYPES = [Option("1", "Uitdager"), Option("4", "Experten")]
ANSWER = Answer("R-08", "Archief", "regionaal", True)


def member(number: int, partner: PartnerName) -> Member:
    return Member(number, f"U-{number}", f"Vraag {number}", partner, True, Spoken(number, "", ()))


def subject(state=GroupState.SUGGESTED, several=2, answers=()) -> Subject:
    members = tuple(member(number, (KADE, DIJK)[number % 2]) for number in range(several))
    return Subject(1, 3, "Digitale post", state, members, tuple(answers))


def candidate(advice=None, standings=(), alike=()) -> Candidate:
    advice = advice or Advice("4", (), "geen indicator past hierbij")
    return Candidate(subject(), advice, None, None, tuple(standings), tuple(alike))


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (GroupState.SUGGESTED, "lijken op elkaar; niemand bevestigde dat al."),
        (GroupState.CONFIRMED, "horen samen."),
        (GroupState.REJECTED, "leken op elkaar, maar horen niet samen."),
    ],
)
def test_the_story_counts_and_says_who_decided(state, told):
    assert said(page.story(subject(state))) == f"Twee uitdagingen van twee besturen {told}"
    assert said(page.story(subject(state, several=13))) == f"13 uitdagingen van twee besturen {told}"
    shown = said(page.opening(subject(state), AS_OF))
    assert state.label in shown
    assert "Digitale post" in shown


def challenge(**given):
    about = {"id": 1, "code": "U-1", "title": "eBox", "partner": "Kade", "theme": "Data", "service": "IT"}
    about |= {"partner_slug": "kade", "status": ChallengeStatus.OPEN, "visibility": Visibility.REGION}
    return row(SubjectChallenge, **about | given)


def test_each_challenge_stands_in_its_own_words_with_the_way_to_it():
    rows = [challenge(description="Te veel post"), challenge(code="U-2", visibility=Visibility.INTERNAL)]
    shown = page.members_card(rows, AS_OF)
    (beside,) = (one for one in parts(shown) if getattr(one, "className", "") == "side-by-side")
    first, second = map(said, beside.children)
    assert ("Te veel post" in first, "intern" in first) == (True, False)
    assert ("Geen omschrijving." in second, "intern" in second) == (True, True)
    assert links(shown)[:4] == ["/uitdaging/U-1", "/gemeente/kade", "/uitdaging/U-2", "/gemeente/kade"]


def test_an_advice_names_who_leads_by_its_title_and_nobody_where_nobody_does():
    placed = [Standing(KADE, 1.0, 2, False, True)]
    told = said(page.together_card(candidate(Advice("1", ("kade", "x"), "het kan"), placed), TYPES, AS_OF))
    assert "Type 1: Uitdager, want het kan.Volgens de regel van dat type trekt Kade en x." in told
    assert "trekt" not in said(page.together_card(candidate(), TYPES, AS_OF))
    assert "Een regionaal traject antwoordt hier al op." in said(page.together_card(None, TYPES, AS_OF))


def test_what_answers_it_is_counted_in_a_sentence_and_what_sounds_like_it_is_told_apart():
    none = said(page.answers_card(subject(), candidate(), AS_OF))
    assert "Geen projecten die hierop antwoorden gevonden." in none
    near = said(page.answers_card(subject(), candidate(alike=[ANSWER]), AS_OF))
    assert "Geen projecten zijn aan een van deze uitdagingen gekoppeld." in near
    assert "Archief (zelfde onderwerp)" in near
    linked = said(page.answers_card(subject(answers=[ANSWER]), None, AS_OF))
    assert "1 project is aan een van deze uitdagingen gekoppeld." in linked
    assert "Archief (regionaal)" in linked


def control(card, part):
    return next(one for one in parts(card) if getattr(one, "id", None) == part)


def test_the_form_to_decide_has_every_challenge_ticked_and_the_version_that_was_seen():
    rows = [challenge(), challenge(id=2, partner="Dijk")]
    card = acts.decide_card(subject(), rows)
    assert control(card, Parts.TICKED).value == [1, 2]
    assert control(card, Parts.TICKED).options[1]["label"] == "Dijk: eBox"
    assert (control(card, Parts.SEEN).data, control(card, Parts.OTHER).value) == (3, "")
    assert said(control(card, Parts.CONFIRM)) == "Bevestig"
    assert said(control(acts.decide_card(subject(GroupState.CONFIRMED), rows), Parts.CONFIRM)) == "Bewaar"


def test_a_coalition_starts_with_the_own_partners_ticked_and_the_advised_type_and_not_from_a_rejected_one():
    everybody = [Option("dijk", "Dijk"), Option("kade", "Kade"), Option("wal", "Wal")]
    card = acts.start_card(subject(), "Digitale post", candidate(), TYPES, everybody)
    assert control(card, Parts.PARTNERS).value == ["kade", "dijk"]
    assert control(card, Parts.NAME).value == "Digitale post"
    assert "2 uitdagingen worden gekoppeld" in said(card)
    rejected = acts.start_card(subject(GroupState.REJECTED), "", None, TYPES, everybody)
    assert (said(rejected), rejected.hidden) == ("", True)


@pytest.mark.parametrize("odd", ["", "x", "-1", "1.0", "²", "٣", "1" * 10])
def test_what_no_page_of_ours_sends_is_not_found(odd: str):
    with pytest.raises(RowNotFound):
        acts.Seen.sent(odd, 1)
