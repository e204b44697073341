"""One's own password: changed by who knows the present one, and by nobody else."""

from dash import dcc

from portal.components.frame import who
from portal.config import settings
from portal.credentials import matches
from portal.db.engine import reading
from portal.pages.account import callbacks
from portal.pages.account.ids import Ids
from portal.pages.account.layout import layout
from portal.queries.people import credentials_of
from tests.reading import links, parts, said
from tests.visitors import ACCOUNTS, Portal

NEW = "een rivier met negen bruggen"


def test_the_form_asks_for_secrets_as_secrets():
    fields = {part.id: part.type for part in parts(layout()) if getattr(part, "type", None) == "password"}
    assert set(fields) == {Ids.CURRENT, Ids.PASSWORD, Ids.AGAIN}
    assert {part.id for part in parts(layout()) if getattr(part, "id", None)} >= {one.value for one in Ids}


def test_the_name_in_the_rail_leads_to_the_account_only_where_there_is_one():
    assert links(who("An", "Stuurgroep", account="/account")) == ["/account"]
    assert links(who("An", "Burgemeester")) == []


def test_a_person_reads_who_they_are_here(portal: Portal):
    with portal.as_account("directeur"):
        assert "Algemeen directeur · Wervik" in said(callbacks.show_account(""))


def test_a_mayor_has_no_account_to_change(portal: Portal):
    assert portal.visitor("burgemeester").get("/account").status_code == 404
    given = ["x", NEW, NEW]
    output = next(name for name in portal.app.callback_map if f"{Ids.SAID}." in name)
    assert portal.call("burgemeester", output, [1], given).status_code == 403


def test_a_wrong_password_or_two_that_differ_change_nothing(portal: Portal):
    present = settings().demo_password.get_secret_value()
    with portal.as_account("stuurgroep"):
        for given in (("fout", NEW, NEW), (present, NEW, NEW + "!"), (present, "kort", "kort"), (None, None, None)):
            told, look, leave = callbacks.change_password(1, *given)
            assert told
            assert "refused" in look
            assert not isinstance(leave, dcc.Location)
    assert not matches(kept(portal), NEW)


def test_a_new_password_ends_every_sign_in_and_leads_to_the_door(own_portal: Portal):
    present = settings().demo_password.get_secret_value()
    visitor = own_portal.visitor("stuurgroep")
    with own_portal.as_account("stuurgroep"):
        _, look, leave = callbacks.change_password(1, present, NEW, NEW)
    assert "refused" not in look
    assert leave.href == callbacks.AFTER
    assert matches(kept(own_portal), NEW)
    assert visitor.get("/").status_code == 302
    assert "Uw wachtwoord is gewijzigd" in own_portal.stranger().get(callbacks.AFTER).text


def kept(portal: Portal) -> str | None:
    with reading(portal.engine) as session:
        found = credentials_of(session, ACCOUNTS["stuurgroep"])
    return found.password_hash if found else None
