"""One's own password: changed by who knows the present one, and by nobody else."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from dash import dcc
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.auth.throttle import BROWSER_LIMIT, PAIR_LIMIT
from portal.components.frame import who
from portal.config import settings
from portal.credentials import PASSWORD_RULE, CountedTry, matches
from portal.db.engine import reading
from portal.pages.account import page
from portal.pages.account.page import Ids, layout
from portal.queries.people import credentials_of
from tests.auth.conftest import csrf_token
from tests.reading import links, parts, said
from tests.test_two_at_once import same_person
from tests.visitors import ACCOUNTS, Portal

NEW = "een rivier met negen bruggen"


def test_the_form_asks_for_secrets_as_secrets():
    fields = {part.id: part.type for part in parts(layout()) if getattr(part, "type", None) == "password"}
    assert set(fields) == {Ids.CURRENT, Ids.PASSWORD, Ids.AGAIN}
    assert {part.id for part in parts(layout()) if getattr(part, "id", None)} >= {one.value for one in Ids}


def test_the_name_in_the_rail_leads_to_the_account():
    assert links(who("An", "Stuurgroep", "/account")) == ["/account"]


def test_a_person_reads_who_they_are_here(portal: Portal):
    with portal.as_account("directeur"):
        assert "Algemeen directeur · Wervik" in said(page.show_account(""))


def test_a_wrong_password_or_two_that_differ_change_nothing(portal: Portal):
    present = settings().demo_password.get_secret_value()
    with portal.as_account("stuurgroep"):
        for given in (("fout", NEW, NEW), (present, NEW, NEW + "!"), (present, "kort", "kort"), (None, None, None)):
            told, look, leave = page.change_password(1, *given)
            assert told
            assert "refused" in look
            assert not isinstance(leave, dcc.Location)
    assert not matches(CountedTry(), kept(portal), NEW)


def test_the_present_password_is_not_guessed_without_limit(own_portal: Portal):
    present = settings().demo_password.get_secret_value()
    told = [posted(own_portal, "stuurgroep", "fout") for _ in range(BROWSER_LIMIT)]
    assert all("huidige wachtwoord klopt niet" in answer.text for answer in told)
    refused = posted(own_portal, "stuurgroep", present)
    assert "Te veel mislukte pogingen. Probeer het over 15 minuten opnieuw." in refused.text
    assert not matches(CountedTry(), kept(own_portal), NEW)
    own_portal.clients["hier"] = own_portal.clients.pop("stuurgroep")
    assert "Te veel mislukte pogingen" in at_the_door(own_portal, own_portal.clients["hier"]).text  # one counter
    assert own_portal.visitor("stuurgroep").get("/").status_code == 200  # in another browser


def at_the_door(portal: Portal, client: FlaskClient) -> TestResponse:
    """The browser signs out, and in again with the right password."""
    cookie = client.get_cookie("_csrf_token")
    assert cookie
    client.post("/afmelden", data={"csrf_token": cookie.value})
    form = {"email": ACCOUNTS["stuurgroep"], "password": settings().demo_password.get_secret_value()}
    return client.post("/aanmelden", data=form | {"csrf_token": csrf_token(client)})


def posted(portal: Portal, account: str, current: str) -> TestResponse:
    output = next(name for name in portal.app.callback_map if f"{Ids.SAID}." in name)
    return portal.call(account, output, [1], [current, NEW, NEW])


def test_a_new_password_that_is_too_weak_is_no_failed_try(own_portal: Portal):
    present = settings().demo_password.get_secret_value()
    with own_portal.as_account("stuurgroep"):
        told = [page.change_password(1, present, "kort", "kort")[0] for _ in range(PAIR_LIMIT + 1)]
    assert set(told) == {PASSWORD_RULE}


def test_the_form_that_comes_twice_at_once_changes_the_password_once(own_portal: Portal):
    present = settings().demo_password.get_secret_value()
    own_portal.visitor("stuurgroep")
    twins = [Portal(own_portal.app, own_portal.engine) for _ in range(4)]
    for twin in twins:
        twin.clients["stuurgroep"] = same_person(own_portal, "stuurgroep")
    with ThreadPoolExecutor(len(twins)) as threads:
        answers = list(threads.map(lambda twin: posted(twin, "stuurgroep", present), twins))
    assert sum("Uw wachtwoord is gewijzigd." in answer.text for answer in answers) == 1
    assert {answer.status_code for answer in answers} <= {200, 401}
    assert matches(CountedTry(), kept(own_portal), NEW)


@pytest.mark.parametrize("account", ["burgemeester", "coordinator"])
def test_whoever_signs_in_may_change_the_own_password(own_portal: Portal, account: str):
    assert own_portal.visitor(account).get("/account").status_code == 200
    assert (
        "Uw wachtwoord is gewijzigd." in posted(own_portal, account, settings().demo_password.get_secret_value()).text
    )
    assert matches(CountedTry(), kept(own_portal, account), NEW)


def test_a_new_password_ends_every_sign_in_and_leads_to_the_door(own_portal: Portal):
    present = settings().demo_password.get_secret_value()
    visitor = own_portal.visitor("stuurgroep")
    with own_portal.as_account("stuurgroep"):
        _, look, leave = page.change_password(1, present, NEW, NEW)
    assert "refused" not in look
    assert leave.href == page.AFTER
    assert matches(CountedTry(), kept(own_portal), NEW)
    assert visitor.get("/").status_code == 302
    assert "Uw wachtwoord is gewijzigd" in own_portal.stranger().get(page.AFTER).text


def kept(portal: Portal, account: str = "stuurgroep") -> str | None:
    with reading(portal.engine) as session:
        found = credentials_of(session, ACCOUNTS[account])
    return found.password_hash if found else None
