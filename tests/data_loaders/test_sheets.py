"""A described sheet is read whole, or every problem is told at once, by sheet and cell."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from data_loaders.problems import MOST_PROBLEMS, Problem, Problems
from data_loaders.sheets import VERSION, Column, Sheet, SheetRow
from data_loaders.workbook import File
from portal.values import Code, Euro, Line, Ref
from tests.data_loaders.books import told, with_cells, workbook
from tests.data_loaders.reads import rows_of

PROJECTS = Sheet(
    "Projecten",
    (
        Column("Code", "code", Code()),
        Column("Titel", "title", Line(20)),
        Column(
            "Fase", "phase", Ref((("idee", "Idee"), ("klaar", "Klaar"))), required=False, missing=frozenset({"-", "x"})
        ),
        Column("Begroting (EUR)", "budget", Euro(), required=False, optional=True, also=("Budget",)),
        VERSION,
    ),
    key=("code",),
)
HEADING = ["Code", "Titel", "Fase", "Begroting (EUR)", "versie"]


def everything(file: File, *sheets: Sheet) -> tuple[dict[str, list[SheetRow]], list[str], list[str]]:
    return rows_of(file, *(sheets or (PROJECTS,)))


def read(file: File, *sheets: Sheet) -> tuple[dict[str, list[SheetRow]], list[str]]:
    return everything(file, *sheets)[:2]


def problems_of(*rows: Iterable[Any], **sheets: Any) -> list[str]:
    return read(workbook(Projecten=rows, **sheets))[1]


def test_every_problem_of_a_file_is_told_at_once():
    assert problems_of(
        HEADING,
        ["P 1", "Balie", "idee", 5, 1],
        [None, "x" * 21, "straks", "1.234", "een"],
        ["P-3", "Loket", None, "veel", None],
    ) == [
        "Projecten!A2: “P 1” is geen code; een code telt geen spaties.",
        "Projecten!A3: mag niet leeg zijn.",
        "Projecten!B3: telt 21 tekens; er passen er 20.",
        "Projecten!C3: “straks” staat niet in de lijst; kies uit: idee, klaar.",
        "Projecten!D3: “1.234” is niet duidelijk; schrijf 1234 of 1,23.",
        "Projecten!E3: “een” is geen geheel getal; schrijf het zoals 1234.",
        "Projecten!D4: “veel” is geen bedrag; schrijf het zoals 1234,50.",
    ]


def test_equal_problems_are_told_once_with_their_cells():
    rows = [[f"P-{number}", "Balie", "straks"] for number in range(30)]
    (sentence,) = problems_of(HEADING, *rows)
    assert sentence.startswith("Projecten!C2: “straks” staat niet in de lijst; kies uit: idee, klaar. Ook in: C3, C4, ")
    assert sentence.endswith("C21 en nog 10.")


def test_there_is_an_end_to_what_is_told():
    problems = Problems()
    for number in range(10 * MOST_PROBLEMS):
        problems.add("B", f"A{number}", f"zin {number}")
    assert len(problems.found()) == MOST_PROBLEMS + 1
    assert told(problems)[-1] == "Er zijn nog meer problemen; verbeter eerst deze."


def test_a_sheet_without_a_column_it_needs_yields_no_rows_and_one_sentence_for_each():
    rows, sentences, _ = everything(
        workbook(Projecten=[["Kenmerk", "Fase", "Kleur", "Begroting (EUR)"], ["P-1", "straks", "rood", "veel"]])
    )
    assert rows == {"Projecten": []}
    assert sentences == [
        "Projecten!A1: de kolom “Code” ontbreekt; is het “Kenmerk”, geef die kolom dan deze kop.",
        "Projecten!A1: de kolom “Titel” ontbreekt; voeg ze toe.",
    ]


def test_a_column_that_stands_there_twice_is_told():
    assert problems_of([*HEADING, "code"], ["P-1", "Balie", None, None, None, "P-1"]) == [
        "Projecten!F1: de kolom “Code” staat er twee keer; laat er één staan."
    ]


def test_what_is_not_of_the_portal_is_passed_over_and_told_once():
    rows, sentences, notices = everything(
        workbook(
            Blad1=[],
            Projecten=[
                [*HEADING, "Eigen nota"],
                ["P-1", "Balie", None, 5, 1, "bellen", "kijk"],
                ["P-2", "Loket", None, 5, 1],
                ["Totaal", None, None, 10, None, None, "zie"],
            ],
            Kladblad=[["los"]],
        )
    )
    assert (sentences, [row.values["code"] for row in rows["Projecten"]]) == ([], ["P-1", "P-2"])
    assert notices == [
        "Niet van het portaal en niet gelezen: blad “Kladblad”; Projecten: kolom “Eigen nota” (F); "
        "Projecten: rij 4 met totalen; Projecten: naast de tabel, G2 en nog 1."
    ]


def test_a_row_that_only_begins_like_a_total_is_a_row():
    rows, sentences, _ = everything(workbook(Projecten=[HEADING, ["Totaal", "Balie"]]))
    assert (sentences, [row.values["code"] for row in rows["Projecten"]]) == ([], ["Totaal"])


def test_what_a_file_does_not_speak_of_is_told_and_no_problem():
    other = Sheet("Koppelingen", PROJECTS.columns, ("code",))
    rows, sentences, notices = everything(workbook(Projecten=[["Code", "Titel"], ["P-1", "Balie"]]), PROJECTS, other)
    assert (sentences, len(rows["Projecten"])) == ([], 1)
    assert notices == [
        "Niet in het bestand en blijft zoals het is: blad Koppelingen; Projecten: kolom “Fase”; "
        "Projecten: kolom “Begroting (EUR)”; Projecten: kolom “versie”."
    ]


def test_a_row_may_stand_in_a_sheet_once():
    assert problems_of(HEADING, ["P-1", "Balie"], ["P-2", "Loket"], ["P-1", "Balie"]) == [
        "Projecten!A4: deze rij staat ook in A2; laat er één staan."
    ]


def test_a_file_without_any_sheet_of_its_kind_is_told_what_they_are_called():
    assert read(workbook(Project=[["Kleur", "Merk"], ["rood", "A"]]))[1] == [
        "Project: geen enkel blad heet “Projecten”; geef het blad die naam.",
    ]
    assert problems_of() == ["Projecten!A1: het blad is leeg; zet de kolomkoppen in rij 1."]


def test_a_formula_without_value_is_told_by_its_cell():
    heading = "".join(f'<c t="str"><v>{title}</v></c>' for title in HEADING)
    file = with_cells(
        f'<row r="1">{heading}</row><row r="2"><c r="A2"><f>B2</f></c><c r="B2" t="str"><v>b</v></c></row>'
    )
    blad = Sheet("Blad1", PROJECTS.columns, ("code",))
    assert read(file, blad)[1] == [
        "Blad1!A2: bevat een formule zonder berekende waarde; open het bestand in Excel, bewaar het en probeer opnieuw."
    ]


def test_a_good_sheet_is_read_whatever_the_order_and_spelling_of_its_headings():
    rows, sentences = read(
        workbook(
            PROJECTEN=[["VERSIE", "titel", "code", "Fase", "budget"], [3, "Balie", "P-1", "x", "1.234,50"]],
            Toelichting=[["tekst"]],
        )
    )
    assert sentences == []
    (row,) = rows["Projecten"]
    assert dict(row.values) == {
        "version": 3,
        "title": "Balie",
        "code": "P-1",
        "phase": None,
        "budget": Decimal("1234.50"),
    }
    assert (row.sheet, row.number, row.cells["budget"]) == ("PROJECTEN", 2, "E2")


def test_a_column_that_may_be_left_out_says_nothing():
    rows, sentences = read(
        workbook(Projecten=[["Code", "Titel", "Fase", "versie"], ["P-1", "Balie"], [], ["P-2", "b"]])
    )
    assert sentences == []
    assert [row.number for row in rows["Projecten"]] == [2, 4]
    assert "budget" not in rows["Projecten"][0].values


def test_a_problem_names_as_much_as_it_knows():
    assert [str(Problem(*words)) for words in (("B", "C2", "zin."), ("B", "", "zin."), ("", "", "Zin."))] == [
        "B!C2: zin.",
        "B: zin.",
        "Zin.",
    ]
