"""Lists as colleagues keep them, a table of each kind; and what people do to a table before they hand it over."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import openpyxl

from data_loaders.workbook import File

Table = list[list[Any]]


@dataclass(frozen=True)
class OwnList:
    """`kind`: as what it is brought in; `heads` over `rows`, each of which is a new row of `sheet`."""

    kind: str
    sheet: str
    called: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    @property
    def table(self) -> Table:
        return [[*self.heads], *([*row] for row in self.rows)]


LISTS = (
    OwnList(
        "inventory",
        "Projecten",
        "Projectenlijst",
        ("Naam project", "Bestuur", "Status", "Deadline", "Korte uitleg", "Betrokken dienst"),
        (
            ("Kaart van de hondentoiletten", "Stad Wervik", "In uitvoering", date(2027, 3, 31), "op de website", "IT"),
            ("Planning van de technische ploeg", "OCMW Wervik", "Gepland", "sep 2027", "", "IT"),
            ("Digitaal prikbord in het rusthuis", "Gemeente Kuurne", "Geparkeerd", "Q2 2027", "met families", "IT"),
        ),
    ),
    OwnList(
        "inventory",
        "Uitdagingen",
        "Noden IT",
        ("Probleem", "Gemeente", "Prioriteit", "Domein", "Dimensie", "Dienst", "Toelichting", "Gemeld op"),
        (
            (
                "Niemand kent de wachtwoorden",
                "Menen",
                "hoog",
                "Data",
                "Digitaal",
                "IT",
                "al jaren",
                date(2026, 2, 3),
            ),
            ("Twee agenda's voor één zaal", "Stad Menen", "laag", "Data", "Digitaal", "IT", "", date(2026, 3, 4)),
        ),
    ),
    OwnList(
        "milestones",
        "Mijlpalen",
        "Planning",
        ("Stap", "Resultaat", "Streefdatum"),
        (("Bestek klaar", "I.B-1", date(2027, 1, 15)), ("Proef gestart", "I.B-2", "maart 2027")),
    ),
    OwnList(
        "budget",
        "Boekingen",
        "Facturen",
        ("Lijn", "Type", "Factuurdatum", "Factuurbedrag", "Leverancier", "Factuurnummer"),
        (
            ("L-002", "uitgegeven", date(2026, 5, 6), "€ 1.250,00", "Drukkerij", "2026/101"),
            ("L-003", "vastgelegd", date(2026, 6, 7), 880.5, "Bureau", "2026/102"),
        ),
    ),
    OwnList(
        "risks",
        "Risico's",
        "Risicoregister",
        ("Gevaar", "Project", "Waarschijnlijkheid", "Impact", "Beheersmaatregel"),
        (("De leverancier stopt", "R-02", 3, 4, "tweede offerte"), ("Te weinig tijd", "R-05", 4, 3, "keuze maken")),
    ),
    OwnList(
        "roadmap",
        "Roadmap",
        "Roadmap 2027",
        ("Actie", "Bestuur", "Onderdeel", "Wanneer", "Status"),
        (
            ("Nieuwe schermen", "Wervik", "Investering", 2027, "gepland"),
            ("Beleid data", "Kuurne", "Governance", 2028, "gepland"),
        ),
    ),
)


def saved(table: Table, name: str, *, before: int = 0, beside: int = 0) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name[:31]
    for number, row in enumerate(table, start=1 + before):
        for place, value in enumerate(row, start=1 + beside):
            sheet.cell(number, place, value)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def xlsx(one: OwnList, table: Table, **where: int) -> File:
    return File(f"{one.called}.xlsx", saved(table, one.called, **where))


def plain(one: OwnList) -> File:
    return xlsx(one, one.table)


def with_titles(one: OwnList) -> File:
    wide = [None] * (len(one.heads) - 1)
    return xlsx(one, [["Gemeentebestuur: overzicht 2026", *wide], ["stand van oktober", *wide], [None], *one.table])


def turned_round(one: OwnList) -> File:
    return xlsx(one, [row[::-1] for row in one.table])


def with_own_columns(one: OwnList) -> File:
    head, *rows = one.table
    return xlsx(
        one,
        [
            ["Nr", *head, "Budgetcode", "Opm. intern"],
            *([n, *row, "0119/22410", "bellen"] for n, row in enumerate(rows, 1)),
        ],
    )


def with_a_total_and_a_note(one: OwnList) -> File:
    return xlsx(one, [*one.table, ["Totaal", *[None] * (len(one.heads) - 1)], [None], ["Opgemaakt door de dienst"]])


def further_on_the_sheet(one: OwnList) -> File:
    return xlsx(one, one.table, before=4, beside=2)


def shouted(one: OwnList) -> File:
    head, *rows = one.table
    return xlsx(one, [[f"{title.upper()} *" for title in head], *rows])


def with_gaps(one: OwnList) -> File:
    head, *rows = one.table
    return xlsx(one, [head, *(line for row in rows for line in ([None] * len(head), row))])


def beside_other_sheets(one: OwnList) -> File:
    book = openpyxl.load_workbook(BytesIO(plain(one).content))
    book.create_sheet("Contacten", 0).append(["Voornaam", "Telefoon"])
    book["Contacten"].append(["An", "056 00 00 00"])
    book.create_sheet("Blad3")
    book[one.called[:31]].row_dimensions[2].hidden = True
    target = BytesIO()
    book.save(target)
    return File(f"{one.called}.xlsx", target.getvalue())


def as_text(one: OwnList, separator: str, encoding: str, ending: str) -> File:
    def written(value: Any) -> str:
        if isinstance(value, date):
            return f"{value:%d/%m/%Y}"
        return str(value).replace(".", ",") if isinstance(value, float) else str(value)

    text = StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(
        [written(one) for one in row] for row in one.table
    )
    return File(f"{one.called}.{ending}", text.getvalue().encode(encoding))


def as_csv_of_windows(one: OwnList) -> File:
    return as_text(one, ";", "cp1252", "csv")


def as_pasted(one: OwnList) -> File:
    return as_text(one, "\t", "utf-8", "tsv")


HABITS: tuple[Callable[[OwnList], File], ...] = (
    *(plain, with_titles, turned_round, with_own_columns, with_a_total_and_a_note, further_on_the_sheet, shouted),
    *(with_gaps, beside_other_sheets, as_csv_of_windows, as_pasted),
)
