"""The card of invitations in words: how many wait, who asks, and what was answered."""

from dataclasses import replace
from datetime import date

import pytest

from portal.pages.coalitions import editing
from portal.pages.home.page import Ids
from portal.pages.invitations import LONGEST, company, invitations_card, shortened, waiting_sentence
from portal.permissions import Role
from portal.queries.coalitions.participations import AnswerRow, Invitation
from portal.vocabulary import ParticipationState
from tests.makers import viewer
from tests.reading import links, said

AS_OF, DAY = date(2026, 11, 22), date(2026, 2, 2)
ROW = Invitation(7, "R-07", "Samen digitaal", "Minder papier.", "Kade", "kade", DAY, "Menen", 2)
ANSWER = AnswerRow("R-08", "Archief", "Kade", "kade", ParticipationState.LATER, DAY, date(2027, 3, 1), "eerst volk")


def card(asked=(), answered=(), *, several=False):
    return invitations_card(asked, answered, AS_OF, [Ids.START], several=several)


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (0, "U heeft alles beantwoord."),
        (1, "Eén uitnodiging wacht op uw antwoord."),
        (2, "Twee uitnodigingen wachten op uw antwoord."),
        (12, "Twaalf uitnodigingen wachten op uw antwoord."),
        (13, "13 uitnodigingen wachten op uw antwoord."),
    ],
)
def test_what_waits_is_counted_in_words_up_to_twelve(count, told):
    assert said(waiting_sentence(count)) == told


@pytest.mark.parametrize(
    ("lead", "joined", "told"),
    [
        (None, 0, "trekker onbekend, nog niemand doet mee."),
        ("Gent", 0, "Gent trekt, nog niemand doet mee."),
        ("Menen", 1, "Menen trekt, 1 bestuur doet mee."),
        ("Menen", 14, "Menen trekt, 14 besturen doen mee."),
    ],
)
def test_who_asks_and_how_many_are_in_is_one_sentence(lead, joined, told):
    row = replace(ROW, lead=lead, joined=joined)
    assert company(row, several=False) == f"Gevraagd op 02/02/2026; {told}"
    assert company(row, several=True) == f"Voor Kade. Gevraagd op 02/02/2026; {told}"


def test_without_a_question_and_without_an_answer_there_is_no_card():
    assert card() is None
    assert "Dit antwoordde u" not in said(card([ROW]))


def test_each_invitation_leads_to_its_project_and_one_without_words_has_none():
    told = card([ROW, replace(ROW, id=8, code="R-09", title="Kaarten", description="")])
    assert links(told)[:2] == ["/project/R-07", "/project/R-09"]
    assert "Samen digitaalGevraagd op 02/02/2026; Menen trekt, 2 besturen doen mee.Minder papier." in said(told)
    assert "KaartenGevraagd op" in said(told)


def test_an_answer_says_its_day_and_why_and_for_whom_where_there_are_several():
    told = said(card(answered=[ANSWER]))
    assert "U heeft alles beantwoord." in told
    assert told.count("Stapt later in sinds 02/02/2026; vanaf 01/03/2027; eerst volk") == 1
    plain = replace(ANSWER, state=ParticipationState.MEMBER, expected_on=None, reason="")
    assert "Archief (Kade): " in said(card(answered=[plain], several=True))
    assert "Neemt deel sinds 02/02/2026" in said(card(answered=[plain]))
    assert "sinds 02/02/2026;" not in said(card(answered=[plain]))


def test_a_long_description_ends_at_a_word_and_one_without_spaces_is_not_nothing():
    exact = "a" * LONGEST
    assert shortened(exact) == exact
    words = "woord " * 60
    assert shortened(words).endswith("woord …")
    assert len(shortened(words)) <= LONGEST + 2
    assert shortened("x" * (LONGEST + 1)) == f"{exact.replace('a', 'x')} …"


def test_the_hint_below_the_partners_says_why_nobody_or_not_everybody_stands_there():
    assert editing.hint("", []) == "Kies eerst een traject."
    assert editing.hint("R-07", []) == "Iedereen werd al gevraagd voor dit traject."
    assert editing.hint("R-07", [("kade", "Kade")]) == "Wie al gevraagd werd of antwoordde, staat er niet bij."


@pytest.mark.parametrize("role", list(Role))
def test_only_who_edits_for_the_whole_region_invites(role):
    assert editing.may_invite(viewer(role, 1, ateliers=[1])) is (role in {Role.COORDINATOR, Role.ADMIN})
