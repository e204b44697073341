"""Somebody's own list on the page: what is asked, mended and left out, what is remembered, and how it is taken back."""

import base64
import json
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from sqlalchemy import func, select

from data_loaders.mapping.file_map import FileMap
from portal.commands.base import Refused
from portal.db.engine import reading
from portal.db.models import Project, RememberedList
from portal.pages.imports import lists, page
from portal.permissions import RowNotFound
from tests.pages.imports.test_callbacks import brought, confirmed, sent
from tests.reading import said
from tests.visitors import Portal

HEADS = ["Nr", "Naam project", "Bestuur", "Status", "Deadline"]
ROWS = [
    [1, "Kaart van de hondentoiletten", "Stad Wervik", "In uitvoering", date(2027, 3, 31)],
    [2, "Planning van de technische ploeg", "OCMW Wervik", "Gepland", "sep 2027"],
    [3, "Digitaal prikbord in het rusthuis", "Wervik", "Geparkeerd", "31/06/2027"],
]


def own_list(*rows: list[Any]) -> str:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Lijst"
    for row in (["Stad Wervik: projecten"], [], HEADS, *(rows or ROWS)):
        sheet.append(row)
    target = BytesIO()
    book.save(target)
    return sent(target.getvalue())


def changed(shown: dict[str, Any], change: Callable[[dict[str, Any]], object]) -> str:
    """What the browser sends once a person chose something."""
    told = json.loads(json.dumps(shown["seen"]["map"]))
    change(told)
    return json.dumps(told)


def again(chosen: str, contents: str) -> dict[str, Any]:
    answers = page.read_file(chosen, contents, "x.xlsx", "inventory", None)
    return dict(zip(page.ANSWERS, answers, strict=True)) | {"chosen": chosen}


def projects(portal: Portal) -> int | None:
    with reading(portal.engine) as session:
        return session.scalar(select(func.count()).select_from(Project))


def left_file(chosen: str, contents: str) -> Any:
    answer = page.send_left(1, chosen, contents, "lijst.xlsx", "inventory", None)
    assert answer["filename"] == "lijst-later.xlsx"
    return openpyxl.load_workbook(BytesIO(base64.b64decode(answer["content"])))


def test_what_the_list_says_is_shown_beside_what_the_portal_makes_of_it(portal: Portal):
    with portal.as_account("directeur"):
        shown = brought(own_list())
    seen = shown["seen"]
    assert [(one["title"], one["heading"]) for one in seen["columns"]] == [
        *(("Nr", ""), ("Naam project", "titel"), ("Bestuur", "gemeld door"), ("Status", "fase")),
        ("Deadline", "verwacht einde"),
    ]
    assert {(one["word"], one["meant"], one["times"]) for one in seen["words"]} == {
        *(("Stad Wervik", "wervik", 1), ("OCMW Wervik", "wervik", 1), ("In uitvoering", "uitvoering", 1)),
        *(("Gepland", "voorbereiding", 1), ("Geparkeerd", "on_hold", 1), ("sep 2027", "30/09/2027", 1)),
    }
    assert [(one["heading"], one["said"]) for one in seen["needs"]] == [
        ("schaal", "lokaal"),
        ("zichtbaarheid", "regio"),
    ]
    (problem,) = seen["problems"]
    assert (problem["at"], problem["meant"], problem["rows"]) == (["Lijst!E6"], "30/06/2027", ["Lijst!6"])
    assert (seen["plain"], seen["remembered"], seen["total"], shown["closed"]) == (False, "", 3, True)


def test_nothing_is_written_while_a_word_is_not_explained(own_portal: Portal):
    before = projects(own_portal)
    contents = own_list([1, "Iets", "Wervik", "raar woord", None])
    with own_portal.as_account("directeur"):
        shown = brought(contents)
        assert [(one["word"], one["meant"]) for one in shown["seen"]["words"]] == [("raar woord", "")]
        assert [one["word"] for one in shown["seen"]["problems"]] == [True]
        assert (shown["closed"], shown["agreed"]) == (True, None)
        told = changed(
            shown, lambda one: one["bladen"][0].setdefault("woorden", {}).update(fase={"raar woord": "idee"})
        )
        shown = again(told, contents)
        assert (shown["closed"], shown["seen"]["problems"]) == (False, [])
    assert projects(own_portal) == before


def test_a_cell_is_mended_in_place_the_file_written_remembered_and_taken_back(own_portal: Portal):
    before, contents = projects(own_portal), own_list()
    with own_portal.as_account("directeur"):
        shown = brought(contents)
        shown = again(changed(shown, lambda one: one.update(cellen={"Lijst!E6": "30/06/2027"})), contents)
        done = confirmed(shown, contents)
        assert "Klaar: 3 rijen geschreven" in said(done["answer"])
        assert (done["seen"], done["stays"]) == (None, False)
        next_month = brought(contents)
        assert next_month["seen"]["remembered"].startswith("onthouden van ")
        assert [one["at"] for one in next_month["seen"]["problems"]] == [["Lijst!E6"]]  # of that one file only
        text, over = page.undo(1, done["run"])
        assert (over, said(text)) == (True, "‘x.xlsx’ is ongedaan gemaakt.")
        text, over = page.undo(1, done["run"])
        assert (over, "al ongedaan gemaakt" in said(text)) == (False, True)
        with pytest.raises(RowNotFound):
            page.undo(1, None)
    assert projects(own_portal) == before
    with own_portal.as_account("coordinator"):
        assert brought(contents)["seen"]["remembered"] == ""


def test_rows_with_a_problem_are_left_out_by_choice_and_come_back_with_a_note_at_the_cell(own_portal: Portal):
    contents = own_list()
    with own_portal.as_account("directeur"):
        shown = brought(contents)
        with pytest.raises(Refused, match="geen rijen weggelaten"):
            page.send_left(1, shown["chosen"], contents, "lijst.xlsx", "inventory", None)
        shown = again(changed(shown, lambda one: one.update(weglaten=["Lijst!6"])), contents)
        assert (shown["closed"], len(shown["rows"])) == (False, 2)
        book = left_file(shown["chosen"], contents)
        (sheet,) = book.worksheets
        assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [HEADS, ROWS[2]]
        assert "de laatste dag van die maand is 30/06/2027" in sheet["E2"].comment.text
        assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment] == ["E2"]
        confirmed(shown, contents)
        target = BytesIO()
        book.save(target)
        later = brought(sent(target.getvalue()))  # it has the same headings: nothing is asked anew
    assert later["seen"]["remembered"].startswith("onthouden van ")
    assert [one["at"] for one in later["seen"]["problems"]] == [["Lijst!E2"]]


def test_a_new_row_that_is_there_already_is_linked_instead_of_added(own_portal: Portal):
    contents = own_list([1, "Nieuwe stadswebsite van Wervik", "Wervik", "In uitvoering", None])
    with own_portal.as_account("directeur"):
        shown = brought(contents)
        alike = next(one for one in shown["seen"]["alike"] if one["own"])
        assert (alike["code"], alike["path"], alike["row"]) == ("P-WER-01", "/project/P-WER-01", "Lijst!4")
        shown = again(changed(shown, lambda one: one.update(zelfde={alike["row"]: alike["code"]})), contents)
        (problem,) = shown["seen"]["problems"]  # the project ended; the list has no column where that is said
        assert problem["at"] == ["Lijst!4 beëindigd op"]
        shown = again(changed(shown, lambda one: one.update(cellen=dict.fromkeys(problem["at"], ""))), contents)
        assert {row["step"] for row in shown["rows"]} == {"gewijzigd"}, said(shown["answer"])
        assert "P-WER-01" in shown["overwrites"]


def test_what_holds_for_new_rows_changes_none_that_is_there(own_portal: Portal):
    """Known by its title, or by its code."""
    by_title = own_list([1, "Nieuwe stadswebsite", "Wervik", "Klaar", date(2025, 1, 5)])
    book = openpyxl.Workbook()
    for line in (["Code", *HEADS[1:]], ["P-WER-01", "Nieuwe stadswebsite", "Wervik", "Klaar", date(2025, 1, 5)]):
        book.active.append(line)
    target = BytesIO()
    book.save(target)
    with own_portal.as_account("directeur"):
        for contents in (by_title, sent(target.getvalue())):
            shown = brought(contents)
            told = changed(shown, lambda one: one["bladen"][0]["overal"].update(zichtbaarheid="openbaar"))
            shown = again(told, contents)
            assert shown["rows"]
            assert "zichtbaarheid" not in {row["field"] for row in shown["rows"]}


def test_what_is_typed_for_a_column_that_the_list_lacks_goes_before_what_is_there(own_portal: Portal):
    contents = own_list([1, "Nieuwe stadswebsite", "Wervik", "In uitvoering", None])
    with own_portal.as_account("directeur"):
        shown = brought(contents)
        (problem,) = shown["seen"]["problems"]  # it is known by its title, and it ended
        shown = again(changed(shown, lambda one: one.update(cellen=dict.fromkeys(problem["at"], ""))), contents)
    ended = next(row for row in shown["rows"] if row["field"] == "beëindigd op")
    assert (ended["old"] != "leeg", ended["new"]) == (True, "leeg")


def test_who_serves_one_partner_reports_for_that_one_where_the_list_does_not_say(portal: Portal):
    book = openpyxl.Workbook()
    for line in (["Naam project", "Status"], ["Iets", "Gepland"]):
        book.active.append(line)
    target = BytesIO()
    book.save(target)
    contents = sent(target.getvalue())
    for account, said_of in (("directeur", "wervik"), ("coordinator", "")):
        with portal.as_account(account):
            shown = brought(contents)
        needs = {one["heading"]: one["said"] for one in shown["seen"]["needs"]}
        assert needs["gemeld door"] == said_of
        assert shown["closed"] is (said_of == "")


def test_another_row_of_headings_and_another_kind_of_rows_are_proposed_anew(portal: Portal):
    contents = own_list()
    with portal.as_account("directeur"):
        shown = brought(contents)

        def first_row(one: dict[str, Any]) -> None:
            one["bladen"][0].update(koppen=1)
            del one["bladen"][0]["kolommen"]

        wrong = again(changed(shown, first_row), contents)
        assert [one["title"] for one in wrong["seen"]["columns"]] == ["Stad Wervik: projecten"]

        def challenges(one: dict[str, Any]) -> None:
            one["bladen"][0] = {"blad": "Lijst", "is": "Uitdagingen"}

        other = again(changed(shown, challenges), contents)
    assert [(one["title"], one["heading"]) for one in other["seen"]["columns"]] == [
        *(("Nr", ""), ("Naam project", "titel"), ("Bestuur", "partner"), ("Status", "status"), ("Deadline", "")),
    ]
    needs = [one["heading"] for one in other["seen"]["needs"]]
    assert needs == ["thema", "dimensie", "dienst", "urgentie", "zichtbaarheid"]


def test_two_columns_are_one_field_with_what_a_person_puts_between(portal: Portal):
    heads, row = ["Naam project", "Bestuur", "Status", "Ploeg", "Nota"], ["Iets", "Wervik", "Gepland", "IT", "bellen"]
    book = openpyxl.Workbook()
    for line in (heads, row, ["Iets anders", "Wervik", "Gepland", None, "mailen"]):
        book.active.append(line)
    target = BytesIO()
    book.save(target)
    contents = sent(target.getvalue())
    with portal.as_account("directeur"):
        shown = brought(contents)

        def both(one: dict[str, Any]) -> None:
            one["bladen"][0]["kolommen"].update(Ploeg="omschrijving", Nota="omschrijving")
            one["bladen"][0]["tussen"] = ": "

        shown = again(changed(shown, both), contents)
    assert ["omschrijving “IT: bellen”" in row["new"] for row in shown["rows"]] == [True, False]
    assert "omschrijving “mailen”" in shown["rows"][1]["new"]


def test_a_text_that_can_be_read_in_two_ways_says_so_and_is_read_as_a_person_says(portal: Portal):
    text = "Naam project;Status,Nota\nEen;Gepland,x\nTwee;Gepland,y\n"
    with portal.as_account("directeur"):
        shown = brought(sent(text.encode()), "lijst.csv")
        assert (shown["seen"]["text"]["sure"], shown["seen"]["text"]["encoding"]) == (False, "utf-8")
        other = {";": ",", ",": ";"}[shown["seen"]["text"]["separator"]]
        told = json.dumps({"bladen": [], "tekst": {"scheiding": other, "tekens": "utf-8"}})
        as_said = page.read_file(told, sent(text.encode()), "lijst.csv", "inventory", None)
        seen = dict(zip(page.ANSWERS, as_said, strict=True))["seen"]
        assert (seen["text"]["separator"], len(seen["columns"])) == (other, 2)
        wrong = json.dumps({"bladen": [], "tekst": {"scheiding": "x", "tekens": "utf-8"}})
        refused = page.read_file(wrong, sent(text.encode()), "lijst.csv", "inventory", None)
    assert "scheidingsteken" in said(refused[0]).lower()


@pytest.mark.parametrize(
    "chosen", ["{", '{"bladen": 1}', '{"bladen": [{"blad": "Lijst", "koppen": -1}]}', '{"iets": 1}', "[]"]
)
def test_an_explanation_that_is_none_is_refused_and_says_where(portal: Portal, chosen: str):
    with portal.as_account("directeur"), pytest.raises(Refused, match="niet te lezen"):
        page.read_file(chosen, own_list(), "x.xlsx", "inventory", None)


def test_a_remembered_list_is_shown_renamed_and_forgotten_and_never_another_s(own_portal: Portal):
    contents = own_list(*ROWS[:2])
    with own_portal.as_account("directeur"):
        confirmed(brought(contents), contents)
        (option,), chosen, none = lists.show_lists("", None)
        assert (option["label"], chosen, none) == ("x (Inventaris)", option["value"], False)
        says, name = lists.show_list(chosen)
        assert (name, "“Naam project” is titel" in says) == ("x", True)
    with own_portal.as_account("coordinator"):
        assert lists.show_lists("", None) == ([], None, True)
        for act in (lambda: lists.rename(1, chosen, "van mij"), lambda: lists.forget(1, chosen)):
            with pytest.raises(RowNotFound):
                act()
    with own_portal.as_account("directeur"):
        assert lists.rename(1, chosen, "Onze lijst")[0][0]["label"] == "Onze lijst (Inventaris)"
        assert lists.forget(1, chosen)[2] is True
        assert brought(contents)["seen"]["remembered"] == ""
    with reading(own_portal.engine) as session:
        assert session.scalar(select(func.count()).select_from(RememberedList)) == 0


def test_a_download_of_a_page_says_which_export_is_meant_with_the_way_there(portal: Portal):
    for place, kind in (("inventory/projecten", "inventory"), ("ateliers/stand", "milestones")):
        answer = portal.visitor("coordinator").get(f"/download/{place}.xlsx")
        with portal.as_account("coordinator"):
            shown = brought(sent(answer.data), kind="risks")
        assert "Dit is een download van een pagina" in said(shown["answer"])
        assert f"/import?soort={kind}" in str(shown["answer"])
        assert (shown["closed"], shown["seen"]["columns"]) == (True, [])  # nothing of it is taken for a row


def test_a_kind_in_the_address_is_chosen_where_this_role_has_it(portal: Portal):
    with portal.as_account("directeur"):
        assert page.show_kinds("risks", "participation")[1] == "risks"
        assert page.show_kinds("budget", "participation")[1] == "participation"


def test_what_is_remembered_says_nothing_of_the_cells_of_one_file():
    told = FileMap.read(
        '{"bladen": [{"blad": "Lijst", "is": "Projecten"}], "cellen": {"Lijst!E6": "x"}, "weglaten": ["Lijst!6"]}'
    )
    assert json.loads(told.kept()) == {"bladen": [{"blad": "Lijst", "is": "Projecten"}]}
