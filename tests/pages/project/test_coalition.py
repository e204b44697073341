"""The coalition on the page of a project: its rule, who is better off, what was decided."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from portal.pages.project import course, page
from portal.queries.coalitions.coalitions import PartnerState
from portal.vocabulary import DecisionStatus, Improvement, ParticipationState
from tests.reading import MOST_COMPONENTS, links, parts, row, said
from tests.visitors import ACCOUNTS, Portal

MEMBER, LEAD = ParticipationState.MEMBER, ParticipationState.LEAD
YES, NO, UNKNOWN = Improvement.YES, Improvement.NO, Improvement.UNKNOWN
AS_OF = date(2026, 11, 22)


def person(
    partner: str, state: ParticipationState = MEMBER, better: Improvement = UNKNOWN, **given: Any
) -> PartnerState:
    words = {"improvement_note": "", "decision_organ": "", "decision_url": ""}
    return row(PartnerState, partner=partner, state=state, improvement=better, **words | given)


def project(*rows: PartnerState, effect: str = "") -> Any:
    return SimpleNamespace(participants=list(rows), service_effect=effect, code="R-1", is_shared=True)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((), "Nog niemand doet mee."),
        ((person("Kade", ParticipationState.FOLLOWS, YES),), "Nog niemand doet mee."),
        ((person("Kade", LEAD, YES),), "Beter voor 1 van 1 deelnemer."),
        ((person("Kade", MEMBER, NO),), "Beter voor 0 van 1 deelnemer, 1 niet beter."),
        (
            (*(person(str(n), MEMBER, YES) for n in range(5)), person("Kade")),
            "Beter voor 5 van 6 deelnemers, 1 onbekend.",
        ),
        (
            (person("Kade", MEMBER, YES), person("Oever", ParticipationState.DECLINED, NO)),
            "Beter voor 1 van 1 deelnemer.",
        ),
    ],
)
def test_the_test_of_better_counts_who_takes_part(rows, words):
    assert course.better_sentence(rows) == words


def test_who_may_still_join_is_named_apart_from_who_chose_not_to():
    rows = (
        person("Kade"),
        person("Oever", ParticipationState.LATER),
        person("Brug", ParticipationState.NOT_ASKED),
        person("Kaai", ParticipationState.DECLINED),
    )
    told = course.waiting_sentence(rows)
    assert told == "Oever en Brug kunnen nog aansluiten. Kaai koos ervoor niet deel te nemen."
    assert course.waiting_sentence([person("Kade")]) == "Niemand wacht nog om aan te sluiten."


def test_of_a_coalition_nobody_told_of_it_is_not_known_who_may_still_join():
    assert course.waiting_sentence([]) == "Wie nog kan aansluiten, is niet bekend."
    assert course.better_sentence([]) == "Nog niemand doet mee."


def test_what_others_gain_is_what_those_who_are_better_off_tell():
    rows = (
        person("Kade", MEMBER, YES, improvement_note="Minder typen."),
        person("Oever", MEMBER, NO, improvement_note="Meer werk."),
    )
    told = said(course.better_card(project(*rows, effect="Eén loket."), AS_OF))
    assert "Kade: Minder typen." in told
    assert "Het beoogde effect: Eén loket." in told
    assert "Meer werk" not in told


def test_when_nobody_noted_a_gain_the_card_says_so():
    assert "nog niet genoteerd" in said(course.better_card(project(person("Kade")), AS_OF))


def decided(partner: str, status: DecisionStatus = DecisionStatus.TAKEN, **given: Any) -> PartnerState:
    return person(partner, decision_status=status, **{"decision_organ": "College"} | given)


def test_a_decision_is_told_with_its_day_and_leads_to_its_text():
    address = "https://besluiten.example/1"
    found = course.decisions_card(project(decided("Kade", decision_on=AS_OF, decision_url=address)), AS_OF)
    assert "Kade: College, genomen op 22/11/2026, besluit van Kade" in said(found)
    assert address in links(found)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//elders.example", "besluit 12", ""])
def test_an_address_that_is_no_page_is_no_link(address):
    found = course.decisions_card(project(decided("Kade", decision_url=address)), AS_OF)
    assert links(found) == ["/download/project/beslissingen.xlsx?code=R-1"]


def test_a_decision_that_was_only_asked_is_not_taken():
    found = course.decisions_card(project(decided("Kade"), decided("Oever", DecisionStatus.REQUESTED)), AS_OF)
    assert "1 beslissing genomen, één gevraagd of geweigerd." in said(found)


def test_without_decisions_the_card_says_what_was_sought():
    assert "Geen beslissingen gevonden." in said(course.decisions_card(project(person("Kade")), AS_OF))


def test_a_local_project_has_no_coalition(portal: Portal):
    local = next(code for code in codes(portal) if not code.startswith("R-"))
    with portal.as_account("coordinator"):
        assert page.show_coalition(local) == ([], True)


def test_a_project_that_is_not_there_shows_nothing(portal: Portal):
    with portal.as_account("stuurgroep"):
        assert page.show_coalition("R-99") == ([], True)


def codes(portal: Portal) -> list[str]:
    from sqlalchemy import select

    from portal.db.engine import reading
    from portal.db.models import Project

    with reading(portal.engine) as session:
        return list(session.scalars(select(Project.code).where(Project.archived_at.is_(None)).order_by(Project.code)))


@pytest.mark.parametrize("account", ACCOUNTS)
def test_every_coalition_of_the_demo_shows_its_rule_within_the_measure(portal: Portal, account: str):
    with portal.as_account(account):
        for code in [code for code in codes(portal) if code.startswith("R-")]:
            cards, hidden = page.show_coalition(code)
            assert not hidden
            assert len(list(parts(cards))) <= MOST_COMPONENTS
            assert "Past de coalitie bij haar type?" in said(cards)


def test_the_workbook_of_a_rule_is_not_there_for_who_may_not_know_of_the_project(portal: Portal):
    assert portal.visitor("stuurgroep").get("/download/project/regel.xlsx?code=R-99").status_code == 404
    assert portal.visitor("stuurgroep").get("/download/project/regel.xlsx?code=R-05").status_code == 200


def test_without_participants_the_card_does_not_say_that_nobody_joins():
    assert "Geen deelnemers gevonden." in said(course.better_card(project(), AS_OF))
