"""A progress round in a browser: five projects brought up to date, ten confirmed; and who may not, changes nothing."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from portal.config import settings
from portal.db.engine import engine_for, reading
from portal.db.models import Audit, ProgressReport, Project
from portal.vocabulary import Health
from tests.browser.visit import Visit, Visits

pytestmark = pytest.mark.browser
SENTENCE = "p.opening"


def told(model: type) -> int:
    with reading(engine_for(settings().database_url)) as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def project(code: str) -> Project:
    with reading(engine_for(settings().database_url)) as session:
        return session.scalars(select(Project).where(Project.code == code)).one()


def report(page: Page, number: int) -> str:
    """Fills in the screen that is open, saves with the keyboard, and waits for the next; the code of the project."""
    code = page.url.partition("project=")[2]
    expect(page.get_by_role("heading", name=f"Hoe staat {code} ervoor")).to_be_visible()
    expect(page.get_by_role("heading", name="Wat werd het laatst gemeld?")).to_be_visible()
    if number == 2:
        page.get_by_role("button", name="Bewaar en volgende").click()
        expect(page.get_by_text("Vul in wat er veranderde")).to_be_visible()
    page.get_by_label("Kleur").select_option("oranje")
    page.get_by_label("Voortgang (%)").fill(str(50 + number))
    page.get_by_label("Gedaan").fill(f"Stap {number} gezet.")
    page.get_by_label("Volgende stap").fill("De volgende besturen bezoeken.")
    page.keyboard.press("Control+Enter")
    expect(page).not_to_have_url(re.compile(f"project={code}$"))
    return code


def test_a_coordinator_reports_on_five_projects_and_confirms_ten_unchanged(own_visits: Visits):
    before = told(ProgressReport)
    visit = own_visits.visit("coordinator")
    page = visit.page
    page.goto(own_visits.base)
    page.get_by_role("link", name="Naar de voortgangsronde").click()
    expect(page.locator(SENTENCE)).to_contain_text("15 projecten moeten nog melden")
    page.get_by_role("link", name="Werk bij").first.click()
    codes = [report(page, number) for number in range(1, 6)]
    assert len(set(codes)) == 5
    expect(page.locator(SENTENCE)).to_contain_text("Tien projecten moeten nog melden")
    page.get_by_role("link", name="Terug naar de lijst").click()
    confirm = page.get_by_role("button", name="Bevestig ongewijzigd")
    expect(confirm).to_have_count(10)
    for left in range(9, 5, -1):
        confirm.first.click()
        expect(confirm).to_have_count(left)
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Bevestig de gekozen ongewijzigd").click()
    expect(page.get_by_text("Alles is gemeld in deze ronde")).to_be_visible()
    expect(page.locator(SENTENCE)).to_contain_text("Iedereen heeft gemeld")
    expect(page.locator(".round-done li")).to_have_count(17)
    assert told(ProgressReport) == before + 15
    assert [project(code).health for code in codes] == [Health.AMBER] * 5
    visit.settle()
    assert visit.faults() == []
    a_report_that_nobody_meant_to_change_is_told_beside_both_values(own_visits, codes[0])


def a_report_that_nobody_meant_to_change_is_told_beside_both_values(visits: Visits, code: str) -> None:
    """Two people at one project: the second reads both values and takes the own one on purpose."""
    first, second = visits.visit("coordinator"), visits.visit("beheerder")
    for visit in (first, second):
        visit.open(f"/ronde?project={code}")
    for visit, colour in ((first, "rood"), (second, "groen")):
        visit.page.get_by_label("Kleur").select_option(colour)
        visit.page.get_by_label("Gedaan").fill(f"Volgens mij {colour}.")
        visit.page.get_by_role("button", name="Bewaar en volgende").click()
        if visit is first:
            expect(visit.page).to_have_url(f"{visits.base}/ronde")
    page = second.page
    expect(page.locator(".form-said")).to_contain_text("Projectcoördinator wijzigde dit")
    expect(page.locator(".both")).to_contain_text(re.compile("Nu in het portaal.*rood.*U schreef.*groen", re.S))
    expect(page.get_by_label("Gedaan")).to_have_value("Volgens mij groen.")
    assert project(code).health is Health.RED
    page.get_by_role("button", name="Neem wat ik schreef").click()
    expect(page).to_have_url(f"{visits.base}/ronde")
    assert project(code).health is Health.GREEN


FORM = {"what": "voortgang", "of": "R-05", "mode": "change"}
POSTED = {**FORM, "id": 5, "version": 1, "typed": {"health": "rood"}, "seen": {}}


def body_of_form() -> dict:
    """What the form of the screen posts, written by hand."""
    of = {key: FORM[key] for key in ("mode", "of")}
    output = '{"mode":["MATCH"],"of":["MATCH"],"type":"edit-form","what":["MATCH"]}.children'
    posted = {"id": {**of, "type": "edit-posted", "what": FORM["what"]}, "property": "data", "value": POSTED}
    return {
        "output": output,
        "outputs": {"id": {**of, "type": "edit-form", "what": FORM["what"]}, "property": "children"},
        "inputs": [posted],
        "state": [],
        "changedPropIds": ['{"mode":"change","of":"R-05","type":"edit-posted","what":"voortgang"}.data'],
    }


def body_of_click(code: str) -> dict:
    """What the click that confirms posts, written by hand."""
    row = project(code)
    place = {"project": row.id}
    return {
        "output": '{"project":["MATCH"],"type":"round-row"}.children',
        "outputs": {"id": place | {"type": "round-row"}, "property": "children"},
        "inputs": [{"id": place | {"type": "round-confirm"}, "property": "n_clicks", "value": 1}],
        "state": [{"id": place | {"type": "round-confirm"}, "property": "value", "value": f"{row.id}:{row.version}"}],
        "changedPropIds": [f'{{"project":{row.id},"type":"round-confirm"}}.n_clicks'],
    }


POST = """async (body) => {
  const token = document.cookie.match(/_csrf_token=([^;]+)/)[1];
  const answer = await fetch('/_dash-update-component', {method: 'POST', body: JSON.stringify(body),
    headers: {'Content-Type': 'application/json', 'X-CSRFToken': decodeURIComponent(token)}});
  return [answer.status, await answer.text()];
}"""


@pytest.mark.parametrize("account", ["burgemeester", "stuurgroep"])
def test_who_may_not_report_finds_no_round_and_posts_in_vain(visits: Visits, account: str):
    visit: Visit = visits.visit(account)
    page = visit.page
    visit.open("/project/R-05?deel=verloop")
    expect(page.get_by_role("link", name="Voortgangsronde")).to_have_count(0)
    expect(page.get_by_role("link", name="Werk de voortgang bij")).to_have_count(0)
    before = told(Audit), told(ProgressReport)
    status, answer = page.evaluate(POST, body_of_click("R-05"))
    assert (status, "Bevestigd" in answer) == (403, False)
    status, answer = page.evaluate(POST, body_of_form())
    assert (status, "Uw rol laat dit niet toe" in answer) == (200, True)
    answered = page.goto(f"{visits.base}/ronde")
    assert answered is not None
    assert answered.status == 404
    assert (told(Audit), told(ProgressReport)) == before
    page.close()
