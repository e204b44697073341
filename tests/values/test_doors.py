"""Whatever door a value comes by, a grid, a form or a sheet: one verdict, one sentence."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from data_loaders.sheets import Column, Sheet
from portal.clock import standing_at
from portal.commands.base import Refused
from portal.pages.editing.kinds import Choice, Field
from portal.pages.editing.saving import checked, typed_in
from portal.values import (
    URGENCY,
    YEAR,
    Code,
    Day,
    Euro,
    Kind,
    Line,
    Number,
    Prose,
    Ref,
    Share,
    TimeOfDay,
    Whole,
    Words,
    YesNo,
)
from portal.values.synonyms import PARTNERS
from portal.vocabulary import Phase
from tests.data_loaders.books import workbook
from tests.data_loaders.reads import rows_of

NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
TOWNS = Ref((("wervik", "Wervik"), ("kuurne", "Kuurne"), ("menen", "Menen")), also=PARTNERS)
WORK = Ref((("R-01", "Digitale Transformatie Zuid-West-Vlaanderen"), ("R-02", "Archief"), ("R-03", "archief")))
OWN = Code(known=frozenset({"P-WER-01"}))
DAY, PAST, PHASE, AT = Day(), Day(past=True), Words(Phase), TimeOfDay()
PHASES = "Kies uit: idee, voorbereiding, uitvoering, on hold, nazorg, afgerond, stopgezet."
FIRST = date(2026, 9, 1)

TAKEN: list[tuple[Kind, Any, Any]] = [
    (DAY, "1-9-2026", FIRST),
    (DAY, "01/09/2026", FIRST),
    (DAY, "2026-09-01", FIRST),
    (DAY, "1 september 2026", FIRST),
    (DAY, "dinsdag 1 sept. 2026", FIRST),
    (DAY, "1.9.2026", FIRST),
    (DAY, FIRST, FIRST),
    (Euro(), "€ 3.500,-", Decimal(3500)),
    (Euro(), "(1.200,00)", Decimal(-1200)),
    (Euro(), "1.234,50-", Decimal("-1234.5")),
    (Euro(), "EUR 1234,5", Decimal("1234.5")),
    (Euro(), "1.234.567", Decimal(1234567)),
    (Euro(), "€ −12,50", Decimal("-12.5")),
    (Euro(), 0.1 + 0.2, Decimal("0.3")),
    (Number(), "1.234,5", Decimal("1234.5")),
    (Number(), 12.5, Decimal("12.5")),
    (Share(), "79,5 %", Decimal("0.795")),
    (Share(), "80", Decimal("0.8")),
    (Share(), "0,5 %", Decimal("0.005")),
    (URGENCY, "Hoog", 3),
    (URGENCY, "middel", 2),
    (URGENCY, 1, 1),
    (Whole(), "7,0", 7),
    (YEAR, 2027, 2027),
    (PHASE, "ON–HOLD", Phase.ON_HOLD),
    (PHASE, "on_hold", Phase.ON_HOLD),
    (TOWNS, "Stad Wervik", "wervik"),
    (TOWNS, "WERVIK (33029)", "wervik"),
    (TOWNS, "stadsbestuur Menen", "menen"),
    (TOWNS, "Gemeente  KUURNE", "kuurne"),
    (WORK, "r–01", "R-01"),
    (WORK, "Digitale transformatie Zuid-West-Vlaanderen", "R-01"),
    (OWN, "p wer 01", "P-WER-01"),
    (OWN, "P-NEW", "P-NEW"),
    (YesNo(), "Ja", True),
    (YesNo(), False, False),
    (Line(), "  Archief ", "Archief"),
    (Line(), 2026, "2026"),
    (Prose(), "een\r\ntwee", "een\ntwee"),
    (AT, "14:00", time(14)),
    (AT, "14.00", time(14)),
    (AT, " 9u30 ", time(9, 30)),
    (AT, "9 uur", time(9)),
    (AT, "9.05 u.", time(9, 5)),
    (AT, "14:00:00", time(14)),
]
WRONG: list[tuple[Kind, Any, str]] = [
    (DAY, "01/09/26", "“01/09/26” is niet duidelijk: welk jaar? Schrijf 01/09/2026 als u dat bedoelt."),
    (DAY, "Q2 2027", "“Q2 2027” is geen dag; schrijf de laatste dag van het kwartaal, 30/06/2027."),
    (DAY, "maart 2027", "“maart 2027” is geen dag; schrijf de laatste dag van de maand, 31/03/2027."),
    (DAY, 2027, "“2027” is geen dag; schrijf de laatste dag van het jaar, 31/12/2027."),
    (DAY, "morgen", "“morgen” is geen datum; schrijf ze zoals 31/12/2026."),
    (DAY, "30/02/2026", "“30/02/2026” is een datum die niet bestaat; de laatste dag van die maand is 28/02/2026."),
    (DAY, "01/13/2026", "“01/13/2026” is een datum die niet bestaat; bedoelt u 13/01/2026?"),
    (DAY, date(1905, 7, 19), "19/07/1905 kan niet: is 2027 getypt in een datumcel? Schrijf dd/mm/jjjj."),
    (DAY, date(9999, 12, 31), "31/12/9999 ligt niet tussen 2015 en 2040; kijk het jaar na."),
    (DAY, "31/12/2926", "31/12/2926 ligt niet tussen 2015 en 2040; bedoelt u 31/12/2026?"),
    (PAST, "4/11/2206", "04/11/2206 ligt in de toekomst; bedoelt u 04/11/2026?"),
    (PAST, "1/1/2027", "01/01/2027 ligt in de toekomst; vul in wanneer het gebeurde, of laat dit leeg."),
    (Euro(), "1.234", "“1.234” is niet duidelijk; schrijf 1234 of 1,23."),
    (Euro(), "veel", "“veel” is geen bedrag; schrijf het zoals 1234,50."),
    (Euro(), "1,005", "“1,005” heeft meer dan twee decimalen; rond af: 1,01."),
    (Euro(), "250.000.000,00", "€ 250.000.000,00 is te groot: ten hoogste € 100.000.000,00."),
    (Number(), True, "“WAAR” is geen getal; schrijf het zoals 1234,5."),
    (Share(), "0,8", "“0,8” is niet duidelijk; schrijf 0,8 % of 80 %."),
    (Share(), "150 %", "150 % is geen percentage tussen 0 en 100."),
    (Whole(), "2,5", "“2,5” is geen geheel getal; schrijf het zoals 1234."),
    (URGENCY, "4", "4 ligt niet tussen 1 en 3."),
    (YEAR, "2926", "2926 ligt niet tussen 2015 en 2040; bedoelt u 2026?"),
    (YEAR, "2.026", "“2.026” is niet duidelijk; schrijf 2026."),
    (PHASE, "In uitvoering", f"“In uitvoering” staat niet in de lijst; bedoelt u uitvoering? {PHASES}"),
    (TOWNS, "wervick", "“wervick” staat niet in de lijst; bedoelt u wervik? Kies uit: wervik, kuurne, menen."),
    (TOWNS, "Parijs", "“Parijs” staat niet in de lijst; kies uit: wervik, kuurne, menen."),
    (WORK, "archief", "“archief” past bij R-02 en R-03; schrijf een van die codes."),
    (OWN, "P NEW", "“P NEW” is geen code; een code telt geen spaties."),
    (YesNo(), "misschien", "“misschien” staat niet in de lijst; kies uit: ja, nee."),
    (Line(), "een\ntwee", "past op één regel; haal de nieuwe regels eruit."),
    (Line(), "x" * 301, "telt 301 tekens; er passen er 300."),
    (Line(), 7.5, "“7,5” is een getal, geen tekst; typ het als tekst."),
    (Line(), " ", "mag niet leeg zijn."),
    (AT, "14.60", "“14.60” bestaat niet; een dag loopt van 0.00 tot 23.59."),
    (AT, "24:00", "“24:00” bestaat niet; een dag loopt van 0.00 tot 23.59."),
    (AT, "namiddag", "“namiddag” is geen uur; schrijf het zoals 14.00."),
    (AT, "14.0", "“14.0” is geen uur; schrijf het zoals 14.00."),
    (AT, 0.5, "“0,5” is geen uur; schrijf het zoals 14.00."),
]


def by_grid(kind: Kind, given: Any) -> Any:
    try:
        return typed_in(Field("field", "Veld", kind, required=True), given, choices(kind))
    except Refused as refused:
        return str(refused).removeprefix("Veld: ")


def by_form(kind: Kind, given: Any) -> Any:
    fault, value = checked(Field("field", "Veld", kind, required=True), given, choices(kind))
    return fault.removeprefix("Veld: ") if fault else value


def choices(kind: Kind) -> tuple[Choice, ...]:
    return tuple(Choice(*one) for one in kind.options) if isinstance(kind, Ref) else ()


def by_sheet(cases: list[tuple[Kind, Any, Any]]) -> list[Any]:
    """One row with a column a case: the values that were read, else the sentences behind their cells."""
    columns = [Column("rij", "row", Whole())]
    columns += [Column(f"k{number}", f"k{number}", kind) for number, (kind, _, _) in enumerate(cases)]
    file = workbook(Blad=[[column.heading for column in columns], [1, *(given for _, given, _ in cases)]])
    found, problems, _ = rows_of(file, Sheet("Blad", tuple(columns), ("row",)))
    rows = found["Blad"]
    return list(rows[0].values.values())[1:] if rows else [one.partition(": ")[2] for one in problems]


def test_a_value_is_taken_alike_in_a_grid_a_form_and_a_sheet():
    with standing_at(NOW):
        sheet = by_sheet(TAKEN)
        assert [by_grid(kind, given) for kind, given, _ in TAKEN] == sheet
        assert [by_form(kind, given) for kind, given, _ in TAKEN] == sheet
        assert sheet == [meant for _, _, meant in TAKEN]


def test_a_value_is_refused_alike_in_a_grid_a_form_and_a_sheet():
    with standing_at(NOW):
        sheet = [one.replace("\N{NO-BREAK SPACE}", " ") for case in WRONG for one in by_sheet([case])]
        grid = [by_grid(kind, given).replace("\N{NO-BREAK SPACE}", " ") for kind, given, _ in WRONG]
        form = [by_form(kind, given).replace("\N{NO-BREAK SPACE}", " ") for kind, given, _ in WRONG]
    assert grid == [sentence for _, _, sentence in WRONG]
    assert form == sheet == grid
    assert len(TAKEN) + len(WRONG) >= 60


def test_a_sign_that_nobody_sees_is_named_by_its_place():
    sentence = "op plaats 4 staat een onzichtbaar teken; haal het weg."
    for sign in {*map(chr, range(32)), "\x7f", "\x85", "\ud800", "\ufffe"} - {*"\t\n\r"}:
        assert by_grid(Prose(), f"een{sign}twee") == by_form(Line(), f"een{sign}twee") == sentence
