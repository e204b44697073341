"""The page for whoever looks after the portal: its words at their edges, without a database where that can be."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from dash import no_update

from data_loaders.load import KINDS
from portal.db.engine import reading
from portal.pages.management import Ids, archive, page, trace, users
from portal.pages.management import synonyms as words
from portal.pages.management.trace import FILTERS, values_in
from portal.pages.outcome import Told
from portal.pages.parts import parts_of
from portal.permissions import Permission, Role, RowNotFound
from portal.queries.people import UserRow
from portal.queries.trace.history import ArchivedRow, RunRow
from tests.components.said import all_of
from tests.reading import parts, said
from tests.visitors import ACCOUNTS, Portal

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATE = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)  # the day after, in the region
PERSON: dict[str, Any] = {
    "id": 3,
    "version": 4,
    "name": "An",
    "email": "an@voorbeeld.example",
    "role": Role.DIRECTOR,
    "partners": (("wervik", "Wervik"),),
    "ateliers": (),
    "active": True,
    "has_password": True,
    "invited_until": None,
    "last_sign_in": None,
}
RUN: dict[str, Any] = {
    "id": 1,
    "at": LATE,
    "kind": "inventory",
    "file": "x.xlsx",
    "counts": {},
    "who": "An",
    "sha256": "ab" * 32,
    "undone_at": None,
}


def somebody(**change: Any) -> UserRow:
    return UserRow(**PERSON | change)


def run(**change: Any) -> RunRow:
    return RunRow(**RUN | change)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"active": False, "invited_until": LATE}, "uitgeschakeld"),
        ({"has_password": False, "invited_until": LATE}, "uitgenodigd tot 02/03/2026"),
        ({"has_password": True, "invited_until": LATE}, "uitgenodigd tot 02/03/2026"),
        ({"has_password": False, "invited_until": NOW}, "uitnodiging verlopen"),
        ({"has_password": True, "invited_until": NOW}, "actief"),
        ({"has_password": False}, "zonder wachtwoord"),
    ],
)
def test_whether_somebody_may_come_in_is_said_in_one_word(change: dict[str, Any], told: str):
    assert users.standing(somebody(**change), NOW) == told


def test_who_never_signed_in_has_no_moment_and_who_serves_two_has_both():
    (never,) = users.rows([somebody()], NOW)
    (often,) = users.rows([somebody(ateliers=(("I", "I"),), last_sign_in=LATE)], NOW)
    assert (never["last"], never["places"], never["role"]) == ("", "Wervik", "Algemeen directeur")
    assert (often["last"], often["places"]) == ("02/03/2026 00:30", "Wervik, I")


@pytest.mark.parametrize(("active", "switch"), [(True, "Schakel uit"), (False, "Schakel in")])
def test_who_is_switched_off_gets_no_new_invitation(active: bool, switch: str):
    drawn = users.person(somebody(active=active), [("wervik", "Wervik")], [], Told(""), NOW)
    buttons = {said(one): one.disabled for one in all_of(drawn, "Button")}
    assert (buttons["Nieuwe uitnodiging"], switch in buttons) == (not active, True)
    assert "Eenmalige link" not in said(drawn)
    (seen,) = all_of(drawn, "Store")
    assert seen.data == {"id": 3, "version": 4, "active": active}


def test_somebody_who_is_not_there_has_no_form(portal: Portal):
    with pytest.raises(RowNotFound):
        users.form_of(portal.viewer("beheerder"), 10**9, Told(""))


def test_a_file_of_a_kind_of_before_keeps_its_name_and_one_taken_back_says_when():
    (known,) = archive.run_rows([run()])
    (former,) = archive.run_rows([run(kind="van_vroeger", undone_at=LATE)])
    assert (known["kind"], known["when"], known["sha"]) == (
        KINDS["inventory"].called,
        "02/03/2026 00:30",
        "ababababab…",
    )
    assert (known["open"], known["undone"]) == (True, "")
    assert (former["kind"], former["open"], former["undone"]) == ("van_vroeger", False, "ongedaan 02/03/2026")


def test_nothing_is_taken_back_by_a_wrong_row_nor_before_the_answer(portal: Portal):
    with portal.as_account("coordinator"):
        for value in ("999999", None, "x"):
            with pytest.raises(RowNotFound):
                archive.ask_first({"value": value, "colId": archive.UNDO})
        assert [*archive.undo(0, "geen getal"), archive.leave(0)] == [no_update] * 5
        assert archive.leave(1) is None
        assert archive.take_back(portal.viewer("coordinator"), 10**9).refused


def test_what_was_archived_comes_back_only_where_a_command_can():
    row = ArchivedRow("challenge", 7, "uitdaging: Loket", LATE, "An")
    kept, other = (archive.rows([row], known)[0] for known in ({"challenge"}, {"project"}))
    assert kept == {
        "id": "challenge.7",
        "what": "Uitdaging: Loket",
        "when": "02/03/2026 00:30",
        "who": "An",
        "open": True,
    }
    assert other["open"] is False


def test_a_button_of_a_word_that_is_not_in_the_list_is_none():
    listed = [{"id": 1, "term": "dms", "meaning": "archief"}]
    assert words.pressed_row({"value": "1", "colId": "term"}, listed) == listed[0]
    for value in ("2", "", "x"):
        with pytest.raises(RowNotFound):
            words.pressed_row({"value": value, "colId": "term"}, listed)


def test_the_address_of_the_trace_says_each_field_once_and_is_not_read_without_end():
    nothing = {one.control: "" for one in FILTERS.keys}
    assert values_in("rij=R-05&rij=R-06&geheim=x") == nothing | {Ids.TRACE_ROW: "R-05"}
    assert values_in("van=2026-09-01&tot=ooit")[Ids.TRACE_SINCE] == "01/09/2026"
    assert values_in("van=2026-09-01&tot=ooit")[Ids.TRACE_UNTIL] == "ooit"
    assert values_in("tekst=" + "x" * 5_000)[Ids.TRACE_TEXT] == "x" * (2_000 - len("tekst="))


def test_what_the_search_could_not_use_is_named_and_otherwise_nothing_is_said():
    assert trace.not_read([]) is None
    assert said(trace.not_read(["van ‘ooit’", "wie ‘ik’"])) == "Niet gebruikt in de filter: van ‘ooit’ en wie ‘ik’."


def test_the_trace_is_not_verified_before_somebody_asks(portal: Portal):
    with portal.as_account("coordinator"):
        assert trace.verify(0)[0] == ""


@pytest.mark.parametrize("page", [-5, 0])
def test_before_the_newest_page_is_nothing(portal: Portal, page: int):
    found = trace.found(portal.viewer("coordinator"), "", page)
    assert (found.page, found.is_newest) == (0, True)


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_trace_goes_out_only_to_who_may_read_it(portal: Portal, account: str):
    answer = portal.visitor(account).get("/download/management/logboek.xlsx?rij=U-WER-01&geheim=x")
    assert answer.status_code == (200 if portal.viewer(account).may(Permission.VIEW_AUDIT) else 403)
    if answer.status_code == 200:
        assert "Logboek" in openpyxl.load_workbook(BytesIO(answer.data), read_only=True).sheetnames


def test_a_trace_that_does_not_fit_says_what_was_left_out(portal: Portal, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(trace, "MOST", 2)
    book = page.DOWNLOADS["logboek"]
    with reading(portal.engine) as session:
        about, (table,) = book.make(session, portal.viewer("coordinator"), {"geheim": "x", "tekst": ""})
    assert len({row.sequence for row in table.rows}) == 2  # a change has a line per field
    (cut,) = about.filters
    assert cut.startswith("De nieuwste 2 van ")


def test_every_part_of_the_page_has_a_place_for_what_became_of_an_act(portal: Portal):
    with portal.as_account("beheerder") as viewer:
        body = [page.layout(deel=part.name) for part in parts_of("management", viewer)]
    places = {part.id: part for part in parts(body) if getattr(part, "id", None)}
    for place in (Ids.INVITED, Ids.WORD_SAID, Ids.RUN_SAID, Ids.ARCHIVE_SAID, Ids.VERIFIED):
        assert (places[place].role, said(places[place])) == ("status", "")


def test_a_link_is_given_with_until_when_and_only_at_this_address(portal: Portal):
    with portal.app.server.test_request_context("/", base_url="https://portaal.example"):
        box = users.link_box("abc", LATE)
    assert "tot 02/03/2026 om 0.30 uur" in said(box)
    assert [one.value for one in all_of(box, "Input")] == ["https://portaal.example/uitnodiging/abc"]
