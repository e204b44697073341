"""What somebody types in a field: taken as it was meant, or refused with what to write."""

from datetime import date
from decimal import Decimal

import pytest

from portal.commands.base import Refused
from portal.pages.editing.kinds import Choice, Field, FieldKind
from portal.pages.editing.values import read, said, shown
from portal.vocabulary import Phase

LINE, PROSE = Field("title", "Titel", required=True), Field("note", "Nota", FieldKind.PROSE)
SHARE = Field("progress", "Voortgang", FieldKind.WHOLE, least=0, most=100)
AMOUNT, DAY = Field("amount", "Bedrag", FieldKind.EURO), Field("due", "Verwacht op", FieldKind.DAY)
PHASE = Field("phase", "Fase", FieldKind.CHOICE, words=Phase)
THEME, THEMES = Field("theme", "Thema", FieldKind.CHOICE), (Choice("data", "Data valoriseren"),)
NUMBER, PART = Field("n", "Aantal", FieldKind.NUMBER), Field("part", "Deel", FieldKind.SHARE)
MET = Field("met", "Voldaan", FieldKind.YES_NO)


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        (LINE, "  ", "Titel mag niet leeg zijn."),
        (LINE, 7, "Titel: schrijf een tekst."),
        (LINE, "x" * 301, "Titel telt 301 tekens; er passen er 300."),
        (LINE, "een\ntwee", "Titel past op één regel; haal de nieuwe regels eruit."),
        (SHARE, "12,5", "Voortgang: ‘12,5’ is geen geheel getal."),
        (SHARE, True, "Voortgang: ‘True’ is geen geheel getal."),
        (SHARE, "101", "Voortgang ligt tussen 0 en 100."),
        (AMOUNT, "veel", "Bedrag: ‘veel’ is geen bedrag; schrijf het zoals 1.234,50."),
        (AMOUNT, "1,234", "Bedrag: ‘1,234’ is geen bedrag; schrijf het zoals 1.234,50."),
        (LINE, "een\rtwee", "Titel past op één regel; haal de nieuwe regels eruit."),
        (LINE, "een\x0btwee", "Titel heeft op plaats 4 een onzichtbaar teken; haal het weg."),
        (PROSE, "\x1b[0m", "Nota heeft op plaats 1 een onzichtbaar teken; haal het weg."),
        (AMOUNT, "1.234", "Bedrag: ‘1.234’ is niet duidelijk; schrijf 1234 of 1,23."),
        (NUMBER, "-1.239", "Aantal: ‘-1.239’ is niet duidelijk; schrijf -1239 of -1,24."),
        (NUMBER, "veel", "Aantal: ‘veel’ is geen getal; schrijf het zoals 1.234,5."),
        (PART, "80 %%x", "Deel: ‘80 %%x’ is geen percentage; schrijf het zoals 80 of 79,5."),
        (PART, True, "Deel: ‘True’ is geen percentage; schrijf het zoals 80 of 79,5."),
        (PART, "100,5", "Deel ligt tussen 0 en 100 %."),
        (PART, "-1", "Deel ligt tussen 0 en 100 %."),
        (AMOUNT, True, "Bedrag: ‘True’ is geen bedrag; schrijf het zoals 1.234,50."),
        (AMOUNT, "100000000000", "Bedrag: 100.000.000.000 is te groot."),
        (DAY, "31/02/2026", "Verwacht op: ‘31/02/2026’ is geen datum; schrijf ze zoals 31/12/2026."),
        (DAY, "morgen", "Verwacht op: ‘morgen’ is geen datum; schrijf ze zoals 31/12/2026."),
        (DAY, "01/01/0206", "Verwacht op: 01/01/206 kan niet; kijk het jaar na."),
        (PHASE, "ergens", "Fase: ‘ergens’ staat niet in de lijst."),
        (THEME, "water", "Thema: ‘water’ staat niet in de lijst."),
        (MET, "misschien", "Voldaan: kies ja of nee."),
    ],
)
def test_what_cannot_be_says_what_to_write(field: Field, typed: object, told: str):
    with pytest.raises(Refused) as refused:
        read(field, typed, THEMES)
    assert str(refused.value).replace("\N{NO-BREAK SPACE}", " ") == told


@pytest.mark.parametrize("typed", ["1.234", "-1.239", "999.999", "1.000"])
@pytest.mark.parametrize("field", [AMOUNT, NUMBER])
def test_whatever_a_refusal_suggests_is_taken(field: Field, typed: str):
    with pytest.raises(Refused) as refused:
        read(field, typed)
    suggested = str(refused.value).removesuffix(".").partition("; schrijf ")[2].split(" of ")
    assert [type(read(field, one)) for one in suggested] == [Decimal, Decimal]


def test_a_sign_that_excel_cannot_hold_is_refused_and_a_tab_or_a_new_line_is_not():
    for sign in {*map(chr, range(32)), "\ufffe", "\uffff"} - {"\t", "\n", "\r"}:
        with pytest.raises(Refused, match="onzichtbaar teken"):
            read(PROSE, f"een{sign}twee")
    assert read(PROSE, "een\ttwee\rdrie é 😀") == "een\ttwee\ndrie é 😀"


@pytest.mark.parametrize(
    ("field", "typed", "meant"),
    [
        (LINE, "  Archief ", "Archief"),
        (PROSE, "een\r\ntwee", "een\ntwee"),
        (PROSE, " ", ""),
        (SHARE, "40", 40),
        (SHARE, 40.0, 40),
        (SHARE, "", None),
        (AMOUNT, "1.234,50", Decimal("1234.50")),
        (AMOUNT, "€ 1234,5", Decimal("1234.50")),
        (AMOUNT, "-12.50", Decimal("-12.50")),
        (AMOUNT, "1.234.567", Decimal("1234567.00")),
        (DAY, "1/3/2026", date(2026, 3, 1)),
        (DAY, "2026-03-01", date(2026, 3, 1)),
        (DAY, None, None),
        (PHASE, "on_hold", Phase.ON_HOLD),
        (THEME, "data", "data"),
        (MET, "nee", False),
        (MET, "", None),
        (MET, True, True),
        (NUMBER, "1.234,5", Decimal("1234.50")),
        (PART, "79,5 %", Decimal("0.795")),
        (AMOUNT, "€\u00a0-1.234,50", Decimal("-1234.50")),
    ],
)
def test_what_can_be_is_taken_as_it_was_meant(field: Field, typed: object, meant: object):
    assert read(field, typed, THEMES) == meant


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (LINE, "Archief"),
        (SHARE, 0),
        (AMOUNT, Decimal("1234567.05")),
        (DAY, date(2026, 3, 1)),
        (PHASE, Phase.ON_HOLD),
        (MET, False),
        (NUMBER, Decimal("1200.5")),
        (PART, Decimal("0.795")),
    ],
)
def test_what_a_field_shows_is_read_back_as_the_same_value(field: Field, value: object):
    assert read(field, shown(field, value)) == value


def test_nothing_shows_as_an_empty_field_and_is_called_empty():
    assert [shown(DAY, None), shown(LINE, ""), shown(SHARE, float("nan"))] == [None, None, None]
    assert said(DAY, None) == "leeg"


def test_a_value_is_told_as_people_read_it():
    assert said(DAY, date(2026, 3, 1)) == "01/03/2026"
    assert said(AMOUNT, Decimal("1234.5")).endswith("1.234,50")
    assert said(THEME, "data", THEMES) == "Data valoriseren"
    assert said(MET, True) == "ja"
    assert [said(PART, Decimal("0.8")), said(NUMBER, Decimal("12.50"))] == ["80 %", "12,5"]
