"""Acts on coalitions, as the pages offer them: to whom, in which words, and what becomes of them."""

import json
from typing import Any

import pytest
from sqlalchemy import func, select

from portal.db.engine import reading
from portal.db.models import Audit, ChallengeGroup, ChallengeGroupMember, Participation, Partner, Project
from portal.pages.coalitions import editing, page
from portal.pages.coalitions.editing import EDITABLES, INVITATION, OWN_PARTICIPATION, PARTICIPATIONS
from portal.pages.coalitions.matrix import Parts
from portal.pages.columns import records
from portal.pages.editing.callbacks import show_place
from portal.pages.editing.places import Mode
from portal.pages.editing.posting import fresh_form
from portal.pages.editing.saving import CellEdit, save_cell
from portal.pages.editing.view import answer_to
from portal.pages.home import page as view
from portal.pages.partner import page as partner
from portal.pages.subject import page as subject
from portal.pages.subject.acts import Ids as SubjectIds
from portal.pages.subject.acts import Parts as SubjectParts
from portal.permissions import Permission
from portal.queries.coalitions.participations import answered_of, editable_participations, invitations_of
from portal.vocabulary import GroupState, ParticipationState
from tests.reading import parts, said
from tests.visitors import ACCOUNTS, Portal, body_of

SUBJECT = "1"


def traced(portal: Portal) -> int:
    with reading(portal.engine) as session:
        return session.scalar(select(func.count()).select_from(Audit)) or 0


def asked_of(portal: Portal, account: str = "directeur") -> list[dict[Any, Any]]:
    viewer = portal.viewer(account)
    with reading(portal.engine) as session:
        return records(invitations_of(session, viewer, viewer.partner_ids))


def rows_of(portal: Portal, account: str, project: str = "R-05") -> list[dict[Any, Any]]:
    with reading(portal.engine) as session:
        return editable_participations(session, portal.viewer(account), project)


def answering(portal: Portal, account: str, row: dict[Any, Any], **typed: object) -> Any:
    """The form of this invitation, filled in and posted."""
    of = str(row["id"])
    form = fresh_form(portal.viewer("directeur"), "uitnodiging", of, Mode.CHANGE)
    assert form is not None
    seen = {"id": form.row_id, "version": form.version, "seen": dict(form.seen)}
    posted = {"what": "uitnodiging", "of": of, "mode": "change", "typed": {**form.typed, **typed}} | seen
    return answer_to(portal.viewer(account), posted)


def test_every_act_asks_for_the_right_to_edit_participations():
    assert {one.right for one in EDITABLES} == {Permission.EDIT_PARTICIPATION}
    assert [one.name for one in (PARTICIPATIONS, OWN_PARTICIPATION, INVITATION)] == [one.name for one in EDITABLES]


def test_only_the_director_who_is_asked_finds_the_card_with_the_forms(portal: Portal):
    for account in ACCOUNTS:
        with portal.as_account(account) as viewer:
            card, hidden = partner.show_invitations("wervik")
            mine = view.invitations(viewer) if account == "directeur" else None
        assert hidden is (account != "directeur"), account
        assert said(card) == said(mine)
    titles = [row["title"] for row in asked_of(portal)]
    assert len(titles) == 2
    assert all(title in said(card_of(portal)) for title in titles)
    assert "Twee uitnodigingen wachten op uw antwoord." in said(card_of(portal))


def card_of(portal: Portal, account: str = "directeur") -> Any:
    with portal.as_account(account):
        return view.invitations(portal.viewer(account))


@pytest.mark.parametrize("account", ["andere directeur", "burgemeester", "stuurgroep", "atelier"])
def test_who_was_not_asked_has_no_form_and_answers_in_vain(portal: Portal, account: str):
    before = traced(portal)
    row = asked_of(portal)[0]
    assert fresh_form(portal.viewer(account), "uitnodiging", str(row["id"]), Mode.CHANGE) is None
    after = answering(portal, account, row, state="deelnemer")
    assert (after.refused, after.said) == (True, "Uw rol laat dit niet toe; er is niets gewijzigd.")
    assert traced(portal) == before


@pytest.mark.parametrize("of", ["", "0", "abc", "²", "9" * 30])
def test_an_invitation_that_is_none_has_no_form(portal: Portal, of: str):
    assert fresh_form(portal.viewer("directeur"), "uitnodiging", of, Mode.CHANGE) is None


def test_an_answer_without_a_state_is_no_answer_and_keeps_what_was_typed(portal: Portal):
    before = traced(portal)
    after = answering(portal, "directeur", asked_of(portal)[0], state="", reason="Nog te bespreken")
    assert after.said == "Kies eerst of u meedoet; er is nog niets bewaard."
    assert after.typed["reason"] == "Nog te bespreken"
    after = answering(portal, "directeur", asked_of(portal)[0], state="niet_gevraagd")
    assert "staat niet in de lijst" in after.faults["state"]
    assert traced(portal) == before


def test_the_coordinator_gets_the_coalition_and_a_director_only_the_own_row(portal: Portal):
    everybody, own = rows_of(portal, "coordinator"), rows_of(portal, "directeur")
    assert [row["partner"] for row in own] == ["wervik"]
    assert len(everybody) > 10
    with portal.as_account("coordinator"):
        assert place("deelnames", "grid") is not None
        assert place("eigen-deelname", "change") is None
    with portal.as_account("directeur"):
        assert place("deelnames", "grid") is None
        assert place("deelnames", "add") is None
        assert place("eigen-deelname", "change") is not None
    for account in ("burgemeester", "stuurgroep", "atelier"):
        with portal.as_account(account):
            assert [place(what, mode) for what, mode in (("deelnames", "grid"), ("eigen-deelname", "change"))] == [
                None
            ] * 2


def place(what: str, mode: str, of: str = "R-05") -> Any:
    return show_place({"what": what, "of": of, "mode": mode})


def test_a_cell_that_needs_another_first_says_so_and_a_second_lead_is_told(own_portal: Portal):
    row = next(one for one in rows_of(own_portal, "coordinator") if one["state"] == ParticipationState.MEMBER)
    later = cell(own_portal, row, "state", "later")
    assert (later.state, "vraagt een datum" in later.said) == ("refused", True)
    saved = cell(own_portal, row, "state", "trekker")
    assert saved.state == "saved"
    assert "Let op: dit traject heeft nu twee trekkers" in saved.said
    assert saved.row is not None
    assert (saved.row["id"], saved.row["state"], saved.row["version"] > row["version"]) == (row["id"], "trekker", True)
    stale = cell(own_portal, row, "state", "volgt")
    assert stale.clash is not None
    assert (stale.state, stale.clash.theirs, stale.clash.mine) == ("conflict", "Trekt", "Volgt")


def cell(portal: Portal, row: dict[Any, Any], field: str, value: object) -> Any:
    edit = CellEdit("deelnames", "R-05", int(row["id"]), int(row["version"]), "set", field, value, 1)
    return save_cell(portal.viewer("coordinator"), edit)


def test_after_the_answer_the_card_says_so_and_what_is_answered_is_no_longer_asked(own_portal: Portal):
    first, second = asked_of(own_portal)
    answering(own_portal, "directeur", first, state="niet", reason="Geen ruimte dit jaar")
    card = said(card_of(own_portal))
    assert "Eén uitnodiging wacht op uw antwoord." in card
    assert "Dit antwoordde u" in card
    assert "Neemt niet deel" in card
    assert [row["id"] for row in asked_of(own_portal)] == [second["id"]]
    viewer = own_portal.viewer("directeur")
    with reading(own_portal.engine) as session:
        (row,) = records(answered_of(session, viewer, viewer.partner_ids))
    assert (row["code"], row["state"], row["reason"]) == (first["code"], "niet", "Geen ruimte dit jaar")


def test_only_who_invites_for_the_region_finds_the_form_to_invite(portal: Portal):
    for account in ACCOUNTS:
        with portal.as_account(account):
            shown = page.show_inviting([])
            waiting = page.offer_partners("R-09")
        assert (shown is not None) is (account in {"coordinator", "beheerder"}), account
        assert bool(waiting[0]) is (account in {"coordinator", "beheerder"}), account
    with portal.as_account("coordinator"):
        assert page.offer_partners("R-05")[2] == editing.NOBODY or page.offer_partners("R-05")[0]
        assert page.offer_partners("")[1:] == ([], editing.CHOOSE)


def invited(portal: Portal, account: str, *typed: object) -> Any:
    output = f"..{Parts.INVITE_SAID}.children...{Parts.INVITE_TO}.value.."
    return portal.call(account, output, [1], list(typed))


def test_who_invites_nobody_posts_in_vain(portal: Portal):
    before = traced(portal)
    assert invited(portal, "burgemeester", "R-09", ["wervik"]).status_code == 403
    answer = invited(portal, "directeur", "R-09", ["wervik"])
    assert (
        "Uw rol laat dit niet toe"
        in answer.json["response"][Parts.INVITE_SAID.value]["children"]["props"]["children"][0]
    )
    assert traced(portal) == before


def test_who_is_invited_is_asked_from_today_and_named(own_portal: Portal):
    free = [one["value"] for one in offered(own_portal)][:2]
    answer = invited(own_portal, "coordinator", "R-09", free)
    told = json.dumps(answer.json["response"], ensure_ascii=False)
    assert "Uitgenodigd: " in told
    assert "data-saved" in told
    with reading(own_portal.engine) as session:
        found = select(Partner.slug).join(Participation, Participation.partner_id == Partner.id)
        found = found.join(Project, Project.id == Participation.project_id)
        asked = session.scalars(found.where(Project.code == "R-09", Participation.asked_on.is_not(None)))
        assert set(asked) >= set(free)
    assert not {one["value"] for one in offered(own_portal)} & set(free)
    (third, *_) = offered(own_portal)
    again = invited(own_portal, "coordinator", "R-09", [free[0], third["value"]])
    assert f"Uitgenodigd: {third['label']}. " in json.dumps(again.json["response"], ensure_ascii=False)
    refused = json.dumps(invited(own_portal, "coordinator", "R-09", []).json["response"], ensure_ascii=False)
    assert "Kies minstens één partner" in refused


def offered(portal: Portal) -> list[dict[str, str]]:
    with portal.as_account("coordinator"):
        return page.offer_partners("R-09")[0]


@pytest.mark.parametrize("account", ACCOUNTS)
def test_a_subject_shows_its_challenges_and_only_who_decides_finds_the_acts(portal: Portal, account: str):
    with portal.as_account(account):
        head, members, hidden = subject.show_subject(SUBJECT)
        acts, none = subject.show_acts(SUBJECT)
        assert len(subject.show_together(SUBJECT)) == 2
    assert (hidden, none) == (False, account not in {"coordinator", "beheerder"})
    assert "niemand bevestigde dat al" in said(head)
    assert len([one for one in parts(members) if getattr(one, "href", "").startswith("/uitdaging/")]) >= 2
    assert ("Start de coalitie" in said(acts)) is not none


def test_a_subject_that_is_not_there_says_so(portal: Portal):
    with portal.as_account("coordinator"):
        head, members, hidden = subject.show_subject("999999")
    assert ("Niet gevonden" in said(head), members, hidden) == (True, None, True)


def decided(portal: Portal, account: str, button: str, version: int, ticked: list[int], **more: str) -> str:
    """What the page says after this button was clicked; the status when it was refused."""
    names = [SubjectParts.CONFIRM, SubjectParts.SPLIT, SubjectParts.REJECT]
    state = [SUBJECT, version, more.get("title", "Kaarten"), ticked, more.get("other", "")]
    values = [int(name == button) for name in names], state
    return clicked(portal, account, f"{SubjectIds.SAID}.children", values, button=button)


def clicked(portal: Portal, account: str, output: str, values: Any, *, button: str) -> str:
    client = portal.visitor(account)
    cookie = client.get_cookie("_csrf_token")
    assert cookie
    body = body_of(portal.app, output, *values) | {"changedPropIds": [f"{button}.n_clicks"]}
    answer = client.post("/_dash-update-component", json=body, headers={"X-CSRFToken": cookie.value})
    return json.dumps(answer.json, ensure_ascii=False) if answer.status_code == 200 else str(answer.status_code)


def the_subject(portal: Portal) -> tuple[ChallengeGroup, list[int]]:
    with reading(portal.engine) as session:
        group = session.get_one(ChallengeGroup, int(SUBJECT))
        found = select(ChallengeGroupMember.challenge_id).filter_by(challenge_group_id=group.id)
        return group, list(session.scalars(found.order_by(ChallengeGroupMember.challenge_id)))


def test_who_decides_nothing_posts_in_vain(portal: Portal):
    before, (group, members) = traced(portal), the_subject(portal)
    for account in ("directeur", "burgemeester", "stuurgroep", "atelier"):
        assert decided(portal, account, SubjectParts.REJECT, group.version, members) == "403"
    assert traced(portal) == before


def test_a_subject_is_renamed_split_rejected_and_a_coalition_starts_from_it(own_portal: Portal):
    group, members = the_subject(own_portal)
    seen = decided(own_portal, "coordinator", SubjectParts.CONFIRM, group.version + 1, members)
    assert "ondertussen gewijzigd" in seen
    assert "Vink eerst af" in decided(own_portal, "coordinator", SubjectParts.SPLIT, group.version, members)
    told = decided(own_portal, "coordinator", SubjectParts.SPLIT, group.version, members[:2], other="Apart")
    assert "Gesplitst: ‘Apart’ is nu een eigen onderwerp." in told
    group, left = the_subject(own_portal)
    assert (group.state, left) == (GroupState.CONFIRMED, members[:2])
    named = decided(own_portal, "coordinator", SubjectParts.CONFIRM, group.version, left, title="Kaarten samen")
    assert "‘Kaarten samen’ is bevestigd met 2 uitdagingen." in named
    group, _ = the_subject(own_portal)
    started = start(own_portal, group.version, "Kaarten samen", ["anzegem", "wervik"])
    assert "R-18 Kaarten samen is gestart; 2 partners zijn uitgenodigd." in started
    assert "draagt deze titel al" in start(own_portal, group.version, "Kaarten samen", ["anzegem"])
    assert asked_of(own_portal)[-1]["code"] == "R-18"
    assert "Verworpen" in decided(own_portal, "coordinator", SubjectParts.REJECT, group.version, left)
    with own_portal.as_account("directeur"):
        assert subject.show_subject(SUBJECT)[2] is True


def start(portal: Portal, version: int, title: str, partners: list[str]) -> str:
    output = next(one for one in portal.app.callback_map if one.startswith(f"{SubjectIds.SAID}.children@"))
    state = [SUBJECT, version, title, partners, "4", ""]
    return clicked(portal, "coordinator", output, ([1], state), button=SubjectParts.START)
