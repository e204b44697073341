"""A director answers two invitations; for another director and a mayor there is nothing to answer, by no way."""

from datetime import timedelta

import pytest
from playwright.sync_api import Locator, expect
from sqlalchemy import func, select

from portal import clock
from portal.config import settings
from portal.db.engine import engine_for, reading
from portal.db.models import Audit, Participation, Partner, Project
from portal.queries.coalitions.participations import invitations_of
from portal.queries.people import viewer_at
from portal.vocabulary import Improvement, ParticipationState
from tests.browser.visit import NARROW, Visits
from tests.visitors import ACCOUNTS

pytestmark = pytest.mark.browser
FIRST, SECOND = "R-04", "R-05"
POST = """async (body) => {
  const token = document.cookie.match(/_csrf_token=([^;]+)/)[1];
  const answer = await fetch('/_dash-update-component', {method: 'POST', body: JSON.stringify(body),
    headers: {'Content-Type': 'application/json', 'X-CSRFToken': decodeURIComponent(token)}});
  return [answer.status, await answer.text()];
}"""


def in_database():
    return reading(engine_for(settings().database_url))


def states_of(code: str) -> list[Participation]:
    """Wervik's states in this project, oldest first."""
    found = select(Participation).join(Partner, Partner.id == Participation.partner_id)
    found = found.join(Project, Project.id == Participation.project_id)
    with in_database() as session:
        return list(session.scalars(found.where(Project.code == code, Partner.slug == "wervik").order_by("id")))


def traced() -> int:
    with in_database() as session:
        return session.scalar(select(func.count()).select_from(Audit)) or 0


def invitation(visit, code: str) -> Locator:
    """The invitation to this project, with its form open."""
    one = visit.page.locator(".invitation").filter(has=visit.page.locator(f'a[href="/project/{code}"]'))
    one.get_by_label("Antwoord").check()
    expect(one.get_by_label("Doet u mee?")).to_be_visible()
    return one


def test_a_director_answers_two_invitations_and_the_page_says_so(own_visits: Visits):
    visit = own_visits.visit("directeur", NARROW)
    page, today = visit.page, clock.today()
    visit.open("/")
    expect(page.get_by_text("Twee uitnodigingen wachten op uw antwoord.")).to_be_visible()
    one = invitation(visit, FIRST)
    one.get_by_label("Doet u mee?").select_option("deelnemer")
    one.get_by_label("Wordt het beter?").select_option("ja")
    one.get_by_label("Wat wordt er beter?").fill("Minder telefoons aan de balie.")
    one.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_text("Eén uitnodiging wacht op uw antwoord.")).to_be_visible()
    expect(page.locator(".answered")).to_contain_text("Neemt deel")

    one = invitation(visit, SECOND)
    one.get_by_label("Doet u mee?").select_option("later")
    one.get_by_label("Reden").fill("Eerst de verhuis.")
    one.get_by_role("button", name="Bewaren").click()
    expect(one.locator(".form-said")).to_contain_text("vraagt een datum")
    expect(one.get_by_label("Reden")).to_have_value("Eerst de verhuis.")
    one.get_by_role("textbox", name="Verwacht op").fill((today + timedelta(days=90)).isoformat())
    one.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_text("U heeft alles beantwoord.")).to_be_visible()
    expect(page.locator(".answered")).to_contain_text("Eerst de verhuis.")
    visit.settle()
    assert visit.faults() == []

    asked, joined = states_of(FIRST)
    assert (asked.until, joined.since, joined.state) == (today, today, ParticipationState.MEMBER)
    assert (joined.improvement, joined.improvement_note) == (Improvement.YES, "Minder telefoons aan de balie.")
    later = states_of(SECOND)[-1]
    assert (later.state, later.expected_on) == (ParticipationState.LATER, today + timedelta(days=90))


def body_of_answer(of: str, version: int) -> dict:
    """What the form of an invitation posts, written by hand."""
    place = {"mode": "change", "of": of, "what": "uitnodiging"}
    posted = place | {"id": int(of), "version": version, "typed": {"state": "deelnemer"}, "seen": {}}
    return {
        "output": '{"mode":["MATCH"],"of":["MATCH"],"type":"edit-form","what":["MATCH"]}.children',
        "outputs": {"id": place | {"type": "edit-form"}, "property": "children"},
        "inputs": [{"id": place | {"type": "edit-posted"}, "property": "data", "value": posted}],
        "state": [],
        "changedPropIds": [f'{{"mode":"change","of":"{of}","type":"edit-posted","what":"uitnodiging"}}.data'],
    }


@pytest.mark.parametrize(("account", "width"), [("andere directeur", None), ("burgemeester", NARROW)])
def test_who_was_not_asked_finds_no_answer_to_give_and_posts_in_vain(visits: Visits, account: str, width: int | None):
    with in_database() as session:
        director = viewer_at(session, ACCOUNTS["directeur"])
        waiting = invitations_of(session, director, director.partner_ids)
    before = traced()
    visit = visits.visit(account, **({"width": width} if width else {}))
    for path in ("/", "/gemeente/wervik", f"/project/{FIRST}", f"/project/{SECOND}"):
        visit.open(path)
        for row in waiting:
            assert visit.page.locator(f'[id*="uitnodiging"][id*=\'"{row.id}"\']').count() == 0, path
    visit.open("/gemeente/wervik")
    expect(visit.page.locator(".invitation, .edit-switch, .edit-add")).to_have_count(0)
    assert visit.faults() == []
    for row in waiting:
        status, said = visit.page.evaluate(POST, body_of_answer(str(row.id), 2))
        assert (status, "Uw rol laat dit niet toe; er is niets gewijzigd." in said) == (200, True)
    assert [len(states_of(code)) for code in (FIRST, SECOND)] == [1, 1]
    assert traced() == before
    visit.page.close()
