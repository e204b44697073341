"""The page for Excel over the demo: each role its kinds, a bad file its sentence, a good one only after confirming."""

import base64
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import func, select

from data_loaders.load import KINDS
from portal.commands.once import new_key
from portal.db.engine import reading
from portal.db.models import Audit, Challenge, ImportRun
from portal.pages.imports import page, view
from portal.pages.imports.view import Ids
from portal.permissions import RowNotFound
from tests.data_loaders.books import content_of
from tests.reading import said
from tests.visitors import Portal

NOTHING_CHANGED = "Er is niets gewijzigd."
READ = f"..{'...'.join(f'{one}.{prop}' for one, prop in page.ANSWERS.values())}.."


def sent(content: bytes) -> str:
    return "data:application/vnd.ms-excel;base64," + base64.b64encode(content).decode()


def traces(portal: Portal) -> tuple[int | None, ...]:
    with reading(portal.engine) as session:
        return tuple(session.scalar(select(func.count()).select_from(model)) for model in (Audit, ImportRun))


def current(kind: str = "inventory") -> bytes:
    """What the button gives."""
    answer = page.send_current(1, kind)
    assert answer["filename"].startswith(f"{KINDS[kind].stem}-2")
    return base64.b64decode(answer["content"])


def changed(content: bytes, code: str, title: str) -> str:
    book = openpyxl.load_workbook(BytesIO(content))
    (row,) = (row for row in book["Uitdagingen"].iter_rows(min_row=2) if row[0].value == code)
    row[2].value = title
    target = BytesIO()
    book.save(target)
    return sent(target.getvalue())


@pytest.mark.parametrize(
    ("account", "kinds"),
    [
        ("coordinator", set(KINDS)),
        ("beheerder", set(KINDS)),
        ("directeur", {"inventory", "participation", "risks"}),
        ("atelier", {"inventory", "milestones", "budget", "risks"}),
    ],
)
def test_each_role_chooses_among_the_kinds_it_may_bring_in(portal: Portal, account: str, kinds: set[str]):
    with portal.as_account(account):
        options, chosen, who = page.show_kinds("", None)
        assert {option["value"] for option in options} == kinds
        assert (chosen, who) == ("inventory", portal.viewer(account).user_id)
        assert [page.show_kinds("", kept)[1] for kept in ("participation", "geheim")] == [
            "participation" if "participation" in kinds else "inventory",
            "inventory",
        ]
        for name in kinds:
            page.show_about(name)
        for name in {*KINDS, "geheim"} - kinds:
            with pytest.raises(RowNotFound):
                page.show_about(name)
            with pytest.raises(RowNotFound):
                page.send_empty(1, name)
            with pytest.raises(RowNotFound):
                page.write_file(1, False, "x", sent(b"x"), "x.xlsx", name, None)


def test_only_a_kind_that_may_not_name_its_year_asks_for_it(portal: Portal):
    with portal.as_account("coordinator"):
        asking = [name for name in KINDS if not page.show_about(name)[1]]
    assert asking == ["stadsmonitor"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\x89PNG geen werkmap", "x.xlsx is niet ingelezen: 1 probleem."),
        (b"", "Het bestand is leeg; kies een ander bestand."),
        (content_of({"Uitdagingen": [["code"]]}), "Uitdagingen!A1: de kolom “titel” ontbreekt; voeg ze toe."),
        (
            content_of({"Blad1": [["a"]]}),
            "Blad1: geen enkel blad heet “Uitdagingen” of “Projecten” of “Koppelingen”; geef het blad die naam.",
        ),
        (content_of({"Uitdagingen": [["code", "=1+1"]]}), "Uitdagingen!B1: de kolom"),
    ],
)
def test_a_bad_file_gets_its_sentences_on_the_page_and_writes_nothing(portal: Portal, content: bytes, sentence: str):
    before = traces(portal)
    with portal.as_account("coordinator"):
        answer, rows, closed, agreed, *_ = page.read_file(sent(content), "x.xlsx", "inventory", None)
    assert sentence in said(answer)
    assert NOTHING_CHANGED in said(answer)
    assert (rows, closed, agreed, traces(portal)) == ([], True, None, before)


@pytest.mark.parametrize("account", ["stuurgroep", "burgemeester"])
def test_who_may_not_import_has_no_page_no_entry_in_the_menu_and_no_callback(portal: Portal, account: str):
    before = traces(portal)
    assert portal.visitor(account).get("/import").status_code == 404
    answer = portal.call(account, READ, [sent(b"x")], ["x.xlsx", "inventory", None])
    assert (answer.status_code, traces(portal)) == (403, before)


def test_a_director_who_brings_in_everybody_s_rows_is_told_which_and_nothing_is_written(portal: Portal):
    before = traces(portal)
    with portal.as_account("coordinator"):
        everything = current()
    with portal.as_account("directeur"):
        answer, _, closed, *_ = page.read_file(sent(everything), "alles.xlsx", "inventory", None)
    assert "Uitdagingen!A2: deze rij is van " in said(answer)
    assert (closed, traces(portal)) == (True, before)


def test_the_own_rows_come_and_go_and_nothing_changes(portal: Portal):
    before = traces(portal)
    with portal.as_account("directeur"):
        answer, _, closed, *_ = page.read_file(sent(current()), "mijn.xlsx", "inventory", None)
    assert said(answer).startswith("mijn.xlsx wijzigt niets: ")
    assert (closed, traces(portal)) == (True, before)


def test_choosing_another_kind_empties_the_page(portal: Portal):
    with portal.as_account("coordinator"):
        assert page.read_file(None, None, "inventory", None) == (
            *(None, [], True, None, ""),
            *("", False, True),
        )


def test_a_file_is_shown_then_confirmed_then_written_once(own_portal: Portal):
    before = traces(own_portal)
    with own_portal.as_account("directeur"):
        file = changed(current(), "U-WER-01", "Een nieuwe titel")
    first = own_portal.call("directeur", READ, [file], ["mijn.xlsx", "inventory", None])
    shown = first.json["response"]
    assert (shown[Ids.PLAN]["hidden"], traces(own_portal)) == (False, before)
    assert [row["new"] for row in shown[Ids.ROWS]["rowData"]] == ["“Een nieuwe titel”"]
    agreed = shown[Ids.AGREED]["data"]
    with own_portal.as_account("directeur"):
        moved, _, closed, again, *_ = page.write_file(
            1, False, f"een-ander-plan {new_key()}", file, "mijn.xlsx", "inventory", None
        )
        assert (said(moved).startswith(view.MOVED), closed) == (True, False)
        assert again.partition(" ")[0] == agreed.partition(" ")[0]  # the same plan, with a key of its own
        assert traces(own_portal) == before
    wired = next(name for name in own_portal.app.callback_map if name.startswith(f"..{Ids.ANSWER}.children@"))
    done = own_portal.call("directeur", wired, [1], [False, agreed, file, "mijn.xlsx", "inventory", None])
    assert done.status_code == 200, done.text
    assert "Klaar: 1 rij geschreven" in done.text
    with reading(own_portal.engine) as session:
        assert session.scalar(select(Challenge.title).where(Challenge.code == "U-WER-01")) == "Een nieuwe titel"
    assert traces(own_portal) == (before[0] + 1, before[1] + 1)  # type: ignore[operator]
    with own_portal.as_account("directeur"):
        answer, *_ = page.write_file(1, False, agreed, file, "mijn.xlsx", "inventory", None)
    assert "wijzigt niets" in said(answer)


def test_rows_without_a_version_are_written_only_after_a_tick(own_portal: Portal):
    book = openpyxl.load_workbook(BytesIO(base64.b64decode(changed_by(own_portal).split(",")[1])))
    version = next(cell.column for cell in book["Uitdagingen"][1] if cell.value == "versie")
    book["Uitdagingen"].delete_cols(version)
    target = BytesIO()
    book.save(target)
    before, file = traces(own_portal), sent(target.getvalue())
    with own_portal.as_account("directeur"):
        _, _, closed, agreed, _, asks, ticked, asks_nothing = page.read_file(file, "x.xlsx", "inventory", None)
        assert asks.startswith("Deze rijen hebben geen versie en overschrijven wat er staat: U-WER-01 ")
        assert (closed, ticked, asks_nothing) == (False, False, False)
        answer, *_ = page.write_file(1, False, agreed, file, "x.xlsx", "inventory", None)
        assert (said(answer).startswith(view.TICK), traces(own_portal)) == (True, before)
        answer, *_ = page.write_file(1, True, agreed, file, "x.xlsx", "inventory", None)
    assert "Klaar: 1 rij geschreven" in said(answer)


def changed_by(portal: Portal) -> str:
    with portal.as_account("directeur"):
        return changed(current(), "U-WER-01", "Een nieuwe titel")
