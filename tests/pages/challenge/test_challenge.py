"""The page of a challenge: its sentence at the edges, its scope, its workbooks."""

from datetime import date
from typing import Any

import pytest
from dash import html
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.commands.inventory.likeness import refresh_likeness
from portal.commands.inventory.same_question import answer_same_question
from portal.commands.inventory.subjects import add_subject
from portal.db.engine import reading
from portal.db.models import Challenge, Partner
from portal.pages.challenge import page
from portal.pages.challenge.page import DOWNLOADS, Ids, layout
from portal.permissions import Role, RowNotFound
from portal.queries.inventory.challenges import ChallengeDetail, challenge_detail
from portal.queries.partners.partners import Contact
from portal.vocabulary import ChallengeStatus, Phase, SameQuestion, Visibility
from tests.makers import link, make_challenge, make_project, partner_of, viewer
from tests.reading import MOST_COMPONENTS, links, parts, said
from tests.visitors import ACCOUNTS, Portal

AS_OF = date(2026, 11, 21)
TOPIC = {"theme": "data", "service": "it"}
STEERING, COORDINATOR = viewer(Role.STEERING), viewer(Role.COORDINATOR)


def detail(session: Session, also: tuple[str, ...] = (), **given: Any) -> ChallengeDetail:
    """In one confirmed subject with a challenge of each of the others."""
    made = make_challenge(session, **{"partner": "wervik", **TOPIC, **given})
    others = [make_challenge(session, partner=slug, **TOPIC) for slug in also]
    if others:
        add_subject(session, COORDINATOR, title="Samen", challenge_ids=[one.id for one in (made, *others)])
    return challenge_detail(session, STEERING, made.code)


@pytest.mark.parametrize(
    ("also", "told"),
    [
        ((), "Niemand anders heeft dezelfde vraag"),
        (("menen",), "Dezelfde vraag bij Menen"),
        (("menen", "kuurne", "avelgem"), "Dezelfde vraag bij Avelgem, Kuurne en Menen"),
        (("menen", "kuurne", "avelgem", "anzegem"), "Dezelfde vraag bij vier andere besturen"),
    ],
)
def test_the_sentence_says_where_else_it_lives(session: Session, also: tuple[str, ...], told: str):
    story = said(page.story(detail(session, also)))
    assert story == f"Gemeld door Wervik. {told}; er is nog geen traject voor."


def test_what_merely_resembles_it_is_not_called_shared(session: Session):
    made, _ = (make_challenge(session, partner=slug, title="Brieven via de eBox") for slug in ("wervik", "menen"))
    refresh_likeness(session, COORDINATOR)
    told = said(page.story(challenge_detail(session, STEERING, made.code)))
    assert told == "Gemeld door Wervik. Lijkt op een vraag van Menen; er is nog geen traject voor."


def test_a_project_that_ended_answers_it_with_the_year_and_living_ones_work_on_it(session: Session):
    made = make_challenge(session, partner="wervik", **TOPIC)
    ended = make_project(session, title="Post", phase=Phase.FINISHED, ended_on=date(2024, 3, 1))
    link(session, ended, made)
    told = said(page.story(challenge_detail(session, STEERING, made.code)))
    assert "‘Post’ antwoordt erop (afgerond in 2024)" in told
    link(session, make_project(session), made)
    assert "één project werkt eraan" in said(page.story(challenge_detail(session, STEERING, made.code)))
    link(session, make_project(session), made)
    assert "twee projecten werken eraan" in said(page.story(challenge_detail(session, STEERING, made.code)))


def test_a_solved_challenge_says_only_that(session: Session):
    story = said(page.story(detail(session, ("menen",), status=ChallengeStatus.SOLVED)))
    assert story == "Gemeld door Wervik. Deze uitdaging is opgelost."


def test_status_urgency_and_visibility_are_words(session: Session):
    told = said(page.opening(detail(session, urgency=3), AS_OF))
    assert all(word in told for word in ("open", "urgentie hoog", "regio"))


def test_what_is_not_known_of_it_says_geen_gegevens(session: Session):
    told = said(page.about_card(detail(session)))
    assert "Ingebracht doorgeen gegevens" in told
    assert "Geïnventariseerdgeen gegevens" in told
    assert "Er is geen omschrijving." in told


def test_without_projects_and_others_the_cards_are_calm(session: Session):
    found = detail(session)
    assert "Geen project dat hieraan werkt gevonden" in said(page.projects_card(found, AS_OF))
    assert "Geen dezelfde vraag bij een ander bestuur gevonden" in said(page.same_card(found, AS_OF))


def test_who_may_answer_finds_a_button_beside_each_and_what_was_set_apart_folded(session: Session):
    found = detail(session, ("menen", "kuurne"))
    by = viewer(Role.DIRECTOR, partner_of(session, "wervik"))
    other = next(one for one in found.same if one.partner.slug == "menen")
    seen = {"answer": SameQuestion.REJECTED, "seen": SameQuestion.CONFIRMED}
    answer_same_question(session, by, own=found.code, other=other.code, **seen)
    again = challenge_detail(session, by, found.code)
    card, table = page.same_card(again, AS_OF), page.pair_table(found.code, again.same, answerable=True)
    assert [one.children for one in parts(card) if type(one).__name__ == "Button"] == ["klopt niet", "Toon de andere 1"]
    assert "Menen" not in said(card)
    apart = html.Div(table.rest(page.SHOWN))
    assert "Niet dezelfde vraag (zo zei iemand; het telt nergens mee)1" in said(apart)
    assert [one.children for one in parts(apart) if type(one).__name__ == "Button"] == ["klopt toch"]
    assert "Button" not in {type(one).__name__ for one in parts(page.same_card(found, AS_OF))}


def test_what_the_same_question_of_another_is_linked_to_stands_as_its_answer(session: Session):
    found = detail(session, ("menen",))
    other = session.get(Challenge, found.same[0].id)
    link(session, make_project(session, title="Datateam", reported_by="menen"), other)
    card = page.projects_card(challenge_detail(session, STEERING, found.code), AS_OF)
    assert "Datateam" in said(card)
    assert "gekoppeld door Menen" in said(card)


def test_who_reported_it_is_called_before_who_has_it_too(session: Session):
    found = detail(session, ("menen", "kuurne", "avelgem", "anzegem", "deerlijk"))
    called = [one.slug for one in page.to_call(found)]
    assert called == ["wervik", "anzegem", "avelgem", "deerlijk", "kuurne"]
    own = challenge_detail(session, viewer(Role.DIRECTOR, partner_of(session, "wervik")), found.code)
    assert [one.slug for one in page.to_call(own)] == ["anzegem", "avelgem", "deerlijk", "kuurne", "menen"]
    told = said(page.call_card(found, []))
    assert "Van Wervik, Anzegem, Avelgem, Deerlijk en Kuurne is nog niemand aangemeld" in told
    assert "De anderen vindt u" in told


def test_a_known_person_can_be_written_to(session: Session):
    people = [Contact("wervik", "Wervik", "An", "an@voorbeeld.example")]
    card = page.call_card(detail(session), people)
    assert links(card) == ["mailto:an@voorbeeld.example"]
    assert "nog niemand" not in said(card)


def internal(portal: Portal) -> str:
    with reading(portal.engine) as session:
        found = select(Challenge.code).join(Challenge.partner)
        found = found.where(Partner.slug == "wervik", Challenge.visibility == Visibility.INTERNAL)
        return session.scalars(found.order_by(Challenge.code)).first() or ""


@pytest.mark.parametrize("account", ["stuurgroep", "andere directeur", "burgemeester", "atelier"])
def test_an_internal_challenge_is_not_there_for_others(portal: Portal, account: str):
    code = internal(portal)
    client = portal.visitor(account)
    assert client.get(f"/uitdaging/{code}").status_code == 404
    with portal.as_account(account):
        head, hidden = page.show_head(code, code)
        assert hidden is True
        with pytest.raises(RowNotFound):
            page.show_challenge(code)
        assert "Geen uitdaging op dit adres gevonden" in said(head)
        with pytest.raises(RowNotFound):
            page.show_history(code)
    for table in DOWNLOADS:
        assert client.get(f"/download/challenge/{table}.xlsx?code={code}").status_code == 404


def test_the_own_director_reads_the_internal_challenge(portal: Portal):
    code = internal(portal)
    assert portal.visitor("directeur").get(f"/uitdaging/{code}").status_code == 200
    with portal.as_account("directeur"):
        head, hidden = page.show_head(code, code)
    assert "intern" in said(head)
    assert hidden is False


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_page_stays_small(portal: Portal, account: str):
    with portal.as_account(account):
        shown = page.show_challenge("U-WER-01")
        answer = [page.show_head("U-WER-01", "")[0], *shown, page.show_history("U-WER-01")]
    assert all(len(list(parts(part))) <= MOST_COMPONENTS for part in answer)


def test_the_layout_has_every_place_that_the_callbacks_fill():
    assert {
        one.id for one in parts(layout(code="U-WER-01", x="y")) if isinstance(getattr(one, "id", None), str)
    } == set(Ids)
