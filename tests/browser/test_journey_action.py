"""A director closes an own action at home with one sentence; another's stays open, whatever the browser posts."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from portal import clock
from portal.config import settings
from portal.db.engine import engine_for, reading
from portal.db.models import Action, Audit, Partner
from tests.browser.visit import Visits

pytestmark = pytest.mark.browser
SAID = "Het voorstel is nagelezen."
POST = """async (body) => {
  const token = document.cookie.match(/_csrf_token=([^;]+)/)[1];
  const answer = await fetch('/_dash-update-component', {method: 'POST', body: JSON.stringify(body),
    headers: {'Content-Type': 'application/json', 'X-CSRFToken': decodeURIComponent(token)}});
  return [answer.status, await answer.text()];
}"""


def an_action(slug: str, *, own: bool) -> Action:
    """The open action of this partner, or one of another."""
    mine = Partner.slug == slug
    found = select(Action).join(Partner).where(Action.done_on.is_(None), mine if own else ~mine).order_by(Action.id)
    with reading(engine_for(settings().database_url)) as session:
        return session.scalars(found.limit(1)).one()


def now(action: Action) -> Action:
    with reading(engine_for(settings().database_url)) as session:
        return session.get_one(Action, action.id)


def traced() -> int:
    with reading(engine_for(settings().database_url)) as session:
        return session.scalar(select(func.count()).select_from(Audit)) or 0


def body_of_form(action: Action) -> dict:
    """What the form that closes this action posts, written by hand."""
    place = {"mode": "change", "of": str(action.id), "what": "actie-sluiten"}
    typed = {"typed": {"done_note": "x"}, "seen": {}, "id": action.id, "version": action.version}
    return {
        "output": '{"mode":["MATCH"],"of":["MATCH"],"type":"edit-form","what":["MATCH"]}.children',
        "outputs": {"id": place | {"type": "edit-form"}, "property": "children"},
        "inputs": [{"id": place | {"type": "edit-posted"}, "property": "data", "value": place | typed}],
        "state": [],
        "changedPropIds": [f'{{"mode":"change","of":"{action.id}","type":"edit-posted","what":"actie-sluiten"}}.data'],
    }


def test_a_director_closes_the_own_action_with_one_sentence_and_no_other(own_visits: Visits):
    own, other = (an_action("wervik", own=mine) for mine in (True, False))
    visit = own_visits.visit("directeur")
    visit.open("/")
    page = visit.page
    before = traced()
    status, answer = page.evaluate(POST, body_of_form(other))
    assert (status, "Uw rol laat dit niet toe" in answer, now(other).done_on, traced()) == (200, True, None, before)
    place = page.locator(f"""[id*='"of":"{own.id}"'][id*='edit-place']""")
    place.locator("summary", has_text="Sluit af").click()
    send = place.get_by_role("button", name="Sluit de actie af")
    send.click()
    expect(page.get_by_text("Zeg in één zin wat er gedaan is; de actie blijft open.")).to_be_visible()
    assert visit.faults() == []
    place.get_by_label("Wat is er gedaan?").fill(SAID)
    send.click()
    expect(place).to_have_count(0)
    assert (now(own).done_on, now(own).done_note) == (clock.today(), SAID)
    visit.open("/gemeente/wervik")
    expect(place).to_have_count(0)
    assert visit.faults(barriers=False) == []
