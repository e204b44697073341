"""The page of a challenge: its sentence at the edges, its scope, its workbooks."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db.engine import reading
from portal.db.models import Challenge, Partner
from portal.pages.challenge import page
from portal.pages.challenge.page import DOWNLOADS, Ids, layout
from portal.permissions import Role, RowNotFound
from portal.queries.inventory.challenges import ChallengeDetail, challenge_detail
from portal.queries.partners.partners import Contact
from portal.vocabulary import ChallengeStatus, Phase, Visibility
from tests.makers import link, make_challenge, make_project, viewer
from tests.reading import MOST_COMPONENTS, links, parts, said
from tests.visitors import ACCOUNTS, Portal

AS_OF = date(2026, 11, 21)
TOPIC = {"theme": "data", "service": "it"}
STEERING = viewer(Role.STEERING)


def detail(session: Session, also: tuple[str, ...] = (), **given: Any) -> ChallengeDetail:
    for slug in also:
        make_challenge(session, partner=slug, **TOPIC)
    made = make_challenge(session, **{"partner": "wervik", **TOPIC, **given})
    return challenge_detail(session, STEERING, made.code)


@pytest.mark.parametrize(
    ("also", "told"),
    [
        ((), "Niemand anders meldde hetzelfde"),
        (("menen",), "Leeft ook bij Menen"),
        (("menen", "kuurne", "avelgem"), "Leeft ook bij Avelgem, Kuurne en Menen"),
        (("menen", "kuurne", "avelgem", "anzegem"), "Leeft ook bij vier andere besturen"),
    ],
)
def test_the_sentence_says_where_else_it_lives(session: Session, also: tuple[str, ...], told: str):
    story = said(page.story(detail(session, also)))
    assert story == f"Gemeld door Wervik. {told}; er loopt nog geen project voor."


def test_only_living_projects_work_on_it(session: Session):
    made = make_challenge(session, partner="wervik", **TOPIC)
    link(session, make_project(session, phase=Phase.FINISHED), made)
    assert "er loopt nog geen project voor" in said(page.story(challenge_detail(session, STEERING, made.code)))
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
    assert "Geen gelijke uitdagingen gevonden" in said(page.also_card(found, AS_OF))


def test_who_reported_it_is_called_before_who_has_it_too(session: Session):
    found = detail(session, ("menen", "kuurne", "avelgem", "anzegem", "deerlijk"))
    called = [one.slug for one in page.to_call(found)]
    assert called == ["wervik", "anzegem", "avelgem", "deerlijk", "kuurne"]
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
        head, about, elsewhere, hidden = page.show_challenge(code)
        assert (about, elsewhere, hidden) == ([], [], True)
        assert "Geen uitdaging op dit adres gevonden" in said(head)
        with pytest.raises(RowNotFound):
            page.show_history(code)
    for table in DOWNLOADS:
        assert client.get(f"/download/challenge/{table}.xlsx?code={code}").status_code == 404


def test_the_own_director_reads_the_internal_challenge(portal: Portal):
    code = internal(portal)
    assert portal.visitor("directeur").get(f"/uitdaging/{code}").status_code == 200
    with portal.as_account("directeur"):
        head, _, _, hidden = page.show_challenge(code)
    assert "intern" in said(head)
    assert hidden is False


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_page_stays_small(portal: Portal, account: str):
    with portal.as_account(account):
        answer = [*page.show_challenge("U-WER-01")[:3], page.show_history("U-WER-01")]
    assert all(len(list(parts(part))) <= MOST_COMPONENTS for part in answer)


def test_the_layout_has_every_place_that_the_callbacks_fill():
    assert {
        one.id for one in parts(layout(code="U-WER-01", x="y")) if isinstance(getattr(one, "id", None), str)
    } == set(Ids)
