"""Every door is counted: each route as a stranger, each page and each callback as each role."""

import os
import re
from itertools import product

import pytest
from dash import Dash

from portal.auth.callbacks import CLIENTSIDE, DASHS_OWN, DASHS_OWN_CLIENTSIDE, RIGHTS
from portal.pages import PAGES, PART, Page, page_at
from portal.pages.downloads import offered
from portal.permissions import GRANTS, Permission, Role, Viewer
from tests.visitors import ACCOUNTS, Portal, body_of, fitting

OPEN_TO_STRANGERS = {
    "/healthz",
    "/readyz",
    "/aanmelden",
    "/afmelden",
    "/uitnodiging/<token>",
    "/privacy",
    "/toegankelijkheid",
    "/stuurgroep/kalender.ics",
    "/assets/<path:filename>",
    "/bootstrap/static/<path:filename>",
}
ALL = os.environ.get("PORTAL_ALL_WALKS") == "1"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
WORDS = {"partner": "wervik", "challenge": "U-WER-01", "project": "R-05", "result": "I.D-1", "subject": "1"}
ROLE_OF = {
    "stuurgroep": Role.STEERING,
    "directeur": Role.DIRECTOR,
    "andere directeur": Role.DIRECTOR,
    "burgemeester": Role.MAYOR,
    "coordinator": Role.COORDINATOR,
    "atelier": Role.ATELIER,
    "beheerder": Role.ADMIN,
}


def addresses(app: Dash) -> list[tuple[str, str]]:
    """Each rule with an address that it answers."""
    examples = {"<path:path>": "inventaris", "<path:filename>": "x.css", "<path:fingerprinted_path>": "x.js"}
    found = []
    for rule in app.server.url_map.iter_rules():
        address = rule.rule
        for argument in rule.arguments:
            for form in (f"<path:{argument}>", f"<string:{argument}>", f"<{argument}>"):
                address = address.replace(form, examples.get(form, "x"))
        found.append((rule.rule, address))
    return found


def path_of(name: str) -> str:
    page = next(page for page in PAGES if page.name == name)
    return re.sub(r"<\w+>", WORDS.get(name, ""), page.path)


def paths_of(page: Page, viewer: Viewer) -> list[str]:
    """The address of each of its parts that this viewer may open; of a page without any its own."""
    named = [f"{path_of(page.name)}?{PART}={part.name}" for part in page.parts if viewer.may(part.right)]
    return named or [path_of(page.name)]


def test_a_stranger_gets_nothing_through_any_door_that_is_not_listed(portal: Portal):
    for (rule, address), method in product(addresses(portal.app), METHODS):
        if rule in OPEN_TO_STRANGERS:
            continue
        answer = portal.stranger().open(address, method=method)
        turned_away = answer.status_code in {401, 405} or (
            answer.status_code == 302 and answer.location.startswith("/aanmelden")
        )
        assert turned_away, f"{method} {rule}: {answer.status_code}"


def test_the_list_of_open_doors_has_no_door_that_does_not_exist(portal: Portal):
    assert {rule for rule, _ in addresses(portal.app)} >= OPEN_TO_STRANGERS


def test_every_page_opens_for_every_role_with_its_right_and_for_no_other(portal: Portal, subtests: pytest.Subtests):
    for account in ACCOUNTS:
        with subtests.test(account=account):
            for page in PAGES:
                expected = 200 if page.right in GRANTS[ROLE_OF[account]] else 404
                assert portal.visitor(account).get(path_of(page.name)).status_code == expected, page.name


def test_an_address_that_leads_nowhere_answers_404_in_dutch(portal: Portal, subtests: pytest.Subtests):
    for path in [
        "/bestaat-niet",
        "/gemeente/atlantis",
        "/uitdaging/U-XXX-99",
        "/project/R-99",
        "/resultaat/I.Z-9",
        "/resultaat",
        "/gemeente",
        "/inventaris/x",
    ]:
        with subtests.test(path=path):
            answer = portal.visitor("coordinator").get(path)
            assert answer.status_code == 404
            assert "Niet gevonden" in answer.text


def test_every_callback_has_a_right_or_runs_in_the_browser_alone(portal: Portal):
    listed = RIGHTS.keys() | CLIENTSIDE | set(DASHS_OWN) | DASHS_OWN_CLIENTSIDE
    assert set(portal.app.callback_map) <= listed, set(portal.app.callback_map) - listed


def test_every_callback_refuses_every_role_without_its_right(portal: Portal, subtests: pytest.Subtests):
    for account in ACCOUNTS:
        with subtests.test(account=account):
            for output, right in RIGHTS.items():
                if output not in portal.app.callback_map or right in GRANTS[ROLE_OF[account]]:
                    continue
                answer = portal.call(account, output, *fitting(portal.app, output))
                assert answer.status_code == 403, f"{account}: {output}"


def test_a_callback_asked_by_a_stranger_is_refused_before_anything_else(portal: Portal):
    for output, known in portal.app.callback_map.items():
        body = body_of(portal.app, output, [None] * len(known["inputs"]), [None] * len(known["state"]))
        assert portal.stranger().post("/_dash-update-component", json=body).status_code == 401, output


@pytest.mark.both_databases
def test_every_download_comes_as_a_workbook_or_is_refused_by_its_right(portal: Portal, subtests: pytest.Subtests):
    # on the other the rights are the same, and who sees most asks it all
    every = ALL or portal.engine.dialect.name == "sqlite"
    for account in ACCOUNTS if every else ("coordinator",):
        with subtests.test(account=account):
            for name, download in offered().items():
                word = WORDS.get(name.split("/")[0], "")
                answer = portal.visitor(account).get(f"/download/{name}.xlsx?gemeente={word}&code={word}")
                expected = 200 if download.right in GRANTS[ROLE_OF[account]] else 403
                assert answer.status_code == expected, name


def test_a_download_that_does_not_exist_is_not_found(portal: Portal):
    assert portal.visitor("coordinator").get("/download/inventory/geheim.xlsx").status_code == 404


def test_the_pack_of_an_open_meeting_is_not_found_by_who_may_not_follow_it(portal: Portal, subtests: pytest.Subtests):
    for account in ACCOUNTS:
        with subtests.test(account=account):
            expected = 200 if Permission.VIEW_OPEN_MEETINGS in GRANTS[ROLE_OF[account]] else 404
            assert portal.visitor(account).get("/download/steering/pack-stuurgroep-7.xlsx").status_code == expected


def test_the_mayor_holds_no_permission_to_change_anything_but_the_own_password():
    assert set(GRANTS[Role.MAYOR]) == {
        Permission.VIEW_PORTAL,
        Permission.VIEW_MONEY_TOTALS,
        Permission.EXPORT_DATA,
        Permission.EDIT_OWN_ACCOUNT,
    }


def test_a_page_is_found_by_its_path_and_not_by_a_longer_one():
    assert page_at("/gemeente/wervik") == (next(p for p in PAGES if p.name == "partner"), "wervik")
    assert page_at("/gemeente/wervik/x") is None
    assert page_at("/") is not None


def test_a_script_that_does_not_exist_is_not_found(portal: Portal):
    served = portal.visitor("stuurgroep").get("/_dash-component-suites/dash/dash-renderer/build/dash_renderer.min.js")
    assert served.status_code == 200
    for path in ("dash/x.js", "dash/../portal/config.py", "portal/config.py", "nergens/x.js", "dash/%00.js"):
        assert portal.visitor("stuurgroep").get(f"/_dash-component-suites/{path}").status_code == 404, path
