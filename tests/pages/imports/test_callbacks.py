"""The page for Excel over the demo: each role its kinds, a bad file its sentence, a good one only after confirming."""

import base64
import json
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from sqlalchemy import func, select

from data_loaders.load import KINDS
from portal.commands.once import new_key
from portal.db.engine import reading
from portal.db.models import Audit, Challenge, ImportRun
from portal.pages.imports import page, view
from portal.pages.imports.ids import Ids
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


def brought(contents: str, name: str = "x.xlsx", kind: str = "inventory") -> dict[str, Any]:
    """What the page shows of a file, its proposal taken over as the browser does; by the keys of its answers."""
    chosen = json.dumps(page.propose(contents, name, kind, None)["map"])
    return dict(zip(page.ANSWERS, page.read_file(chosen, contents, name, kind, None), strict=True)) | {"chosen": chosen}


def confirmed(shown: dict[str, Any], contents: str, *, tick: bool = False, agreed: str | None = None) -> dict[str, Any]:
    plan = agreed or shown["agreed"]
    done = page.write_file(1, tick, plan, shown["chosen"], contents, "x.xlsx", "inventory", None)
    return dict(zip(page.ANSWERS, done, strict=True))


@pytest.mark.parametrize(
    ("account", "kinds"),
    [
        ("coordinator", set(KINDS)),
        ("beheerder", set(KINDS)),
        ("directeur", {"inventory", "progress", "participation", "endorsement", "roadmap", "risks"}),
        ("atelier", {"inventory", "progress", "milestones", "budget", "risks", "meetings"}),
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
                page.write_file(1, False, "x", "{}", sent(b"x"), "x.xlsx", name, None)


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
            "Blad1!A1: de kolom “titel” ontbreekt; is het “a”, geef die kolom dan deze kop.",
        ),
        (content_of({"Uitdagingen": [["code", "=1+1"]]}), "Uitdagingen!B1: de kolom"),
    ],
)
def test_a_bad_file_gets_its_sentences_on_the_page_and_writes_nothing(portal: Portal, content: bytes, sentence: str):
    before = traces(portal)
    with portal.as_account("coordinator"):
        shown = brought(sent(content))
    assert sentence in said(shown["answer"])
    assert NOTHING_CHANGED in said(shown["answer"])
    assert (shown["rows"], shown["closed"], shown["agreed"], traces(portal)) == ([], True, None, before)


@pytest.mark.parametrize("account", ["stuurgroep", "burgemeester"])
def test_who_may_not_import_has_no_page_no_entry_in_the_menu_and_no_callback(portal: Portal, account: str):
    before = traces(portal)
    assert portal.visitor(account).get("/import").status_code == 404
    answer = portal.call(account, READ, ["{}"], [sent(b"x"), "x.xlsx", "inventory", None])
    assert (answer.status_code, traces(portal)) == (403, before)


def test_a_director_who_brings_in_everybody_s_rows_is_told_which_and_nothing_is_written(portal: Portal):
    before = traces(portal)
    with portal.as_account("coordinator"):
        everything = current()
    with portal.as_account("directeur"):
        shown = brought(sent(everything))
    assert "Uitdagingen!A2: deze rij is van " in said(shown["answer"])
    assert (shown["closed"], traces(portal)) == (True, before)


def test_the_own_rows_come_and_go_and_nothing_changes(portal: Portal):
    before = traces(portal)
    with portal.as_account("directeur"):
        shown = brought(sent(current()), "mijn.xlsx")
    assert said(shown["answer"]).startswith("mijn.xlsx wijzigt niets: ")
    assert (shown["closed"], shown["seen"]["plain"], traces(portal)) == (True, True, before)


def test_choosing_another_kind_empties_the_page(portal: Portal):
    with portal.as_account("coordinator"):
        assert page.propose(None, None, "inventory", None) is None
        emptied = page.read_file(None, None, None, "inventory", None)
    assert emptied == (*(None, [], True, None, ""), *("", False, True), [], None, None, True)


def test_a_file_is_shown_then_confirmed_then_written_once(own_portal: Portal):
    before = traces(own_portal)
    with own_portal.as_account("directeur"):
        file = changed(current(), "U-WER-01", "Een nieuwe titel")
    with own_portal.as_account("directeur"):
        chosen = json.dumps(page.propose(file, "mijn.xlsx", "inventory", None)["map"])
    first = own_portal.call("directeur", READ, [chosen], [file, "mijn.xlsx", "inventory", None])
    shown = first.json["response"]
    assert (shown[Ids.PLAN]["hidden"], traces(own_portal)) == (False, before)
    assert [row["new"] for row in shown[Ids.ROWS]["rowData"]] == ["“Een nieuwe titel”"]
    agreed = shown[Ids.AGREED]["data"]
    with own_portal.as_account("directeur"):
        moved = confirmed({"chosen": chosen}, file, agreed=f"een-ander-plan {new_key()}")
        assert (said(moved["answer"]).startswith(view.MOVED), moved["closed"]) == (True, False)
        assert moved["agreed"].partition(" ")[0] == agreed.partition(" ")[0]  # the same plan, with a key of its own
        assert traces(own_portal) == before
    wired = next(name for name in own_portal.app.callback_map if name.startswith(f"..{Ids.ANSWER}.children@"))
    done = own_portal.call("directeur", wired, [1], [False, agreed, chosen, file, "mijn.xlsx", "inventory", None])
    assert done.status_code == 200, done.text
    assert "Klaar: 1 rij geschreven" in done.text
    with reading(own_portal.engine) as session:
        assert session.scalar(select(Challenge.title).where(Challenge.code == "U-WER-01")) == "Een nieuwe titel"
    assert traces(own_portal) == (before[0] + 1, before[1] + 1)  # type: ignore[operator]
    with own_portal.as_account("directeur"):
        again = confirmed({"chosen": chosen}, file, agreed=agreed)
    assert "wijzigt niets" in said(again["answer"])


def test_rows_without_a_version_are_written_only_after_a_tick(own_portal: Portal):
    book = openpyxl.load_workbook(BytesIO(base64.b64decode(changed_by(own_portal).split(",")[1])))
    version = next(cell.column for cell in book["Uitdagingen"][1] if cell.value == "versie")
    book["Uitdagingen"].delete_cols(version)
    target = BytesIO()
    book.save(target)
    before, file = traces(own_portal), sent(target.getvalue())
    with own_portal.as_account("directeur"):
        shown = brought(file)
        assert shown["overwrites"].startswith("Deze rijen hebben geen versie en overschrijven wat er staat: U-WER-01 ")
        assert (shown["closed"], shown["overwrite"], shown["asks_nothing"]) == (False, False, False)
        unsure = confirmed(shown, file)
        assert (said(unsure["answer"]).startswith(view.TICK), traces(own_portal)) == (True, before)
        done = confirmed(shown, file, tick=True)
    assert "Klaar: 1 rij geschreven" in said(done["answer"])


def changed_by(portal: Portal) -> str:
    with portal.as_account("directeur"):
        return changed(current(), "U-WER-01", "Een nieuwe titel")
