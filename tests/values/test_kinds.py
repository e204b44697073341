"""What a kind writes, it reads back as the same; and what it says is what people read."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.values import (
    YEAR,
    Code,
    Day,
    Euro,
    Kind,
    Line,
    Number,
    Percent,
    Prose,
    Ref,
    Share,
    TimeOfDay,
    Unreadable,
    Whole,
    Words,
    Wrong,
    YesNo,
    said,
)
from portal.values.numbers import number_in
from portal.vocabulary import Phase

TOWNS = Ref((("wervik", "Wervik"), ("kuurne", "Kuurne")))
SIGNS = st.characters(exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp"])
VALUES: list[tuple[Kind, st.SearchStrategy[Any]]] = [
    (Line(), st.text(SIGNS, min_size=1, max_size=40)),
    (Prose(), st.text(SIGNS | st.just("\n"), min_size=1, max_size=80)),
    (Whole(), st.integers(-(10**9) + 1, 10**9 - 1)),
    (Euro(), st.decimals(-(10**8), 10**8, places=2)),
    (Number(), st.decimals(-(10**9), 10**9, places=2)),
    (Share(), st.decimals(0, 1, places=4)),
    (Day(), st.dates(date(2015, 1, 1), date(2040, 12, 31))),
    (Words(Phase), st.sampled_from(Phase)),
    (TOWNS, st.sampled_from(["wervik", "kuurne"])),
    (YesNo(), st.booleans()),
    (TimeOfDay(), st.times().map(lambda at: at.replace(second=0, microsecond=0))),
]


def kept(kind: Kind, value: Any) -> Any:
    return kind.read(value) if isinstance(kind, Prose) else value


@given(st.data())
def test_what_is_written_in_a_field_is_read_back_as_the_same(data: st.DataObject):
    for kind, values in VALUES:
        value = kept(kind, data.draw(values))
        assert kind.read(kind.typed(value)) == value, kind


@given(st.data())
def test_what_is_written_in_a_cell_is_read_back_as_the_same(data: st.DataObject):
    for kind, values in VALUES:
        value = kept(kind, data.draw(values))
        cell = kind.cell(value)
        shown = Percent(cell * 100) if isinstance(kind, Share) and cell is not None else cell
        assert kind.read(shown) == value, kind


@given(st.decimals(-(10**8), 10**8, places=2))
def test_an_amount_is_read_as_it_is_said(amount: Decimal):
    assert Euro().read(Euro().said(amount)) == amount


@given(st.text(max_size=12))
def test_no_text_is_taken_for_a_number_that_it_does_not_spell(written: str):
    try:
        number = number_in(written)
    except ValueError:
        return
    if number is not None:
        digits = "".join(sign for sign in written if sign in "0123456789")
        assert "".join(sign for sign in f"{abs(number):f}" if sign.isdigit()).lstrip("0") == digits.lstrip("0")


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(["", "-", "+"]))
def test_a_point_before_three_digits_is_asked_and_both_answers_are_taken(left: int, right: int, sign: str):
    with pytest.raises(Wrong) as asked:
        Euro().read(f"{sign}{left}.{right:03d}")
    answers = str(asked.value).removesuffix(".").partition("; schrijf ")[2].split(" of ")
    assert [type(Euro().read(answer)) for answer in answers] == [Decimal, Decimal]


@given(st.text(max_size=20))
def test_whatever_is_typed_gets_a_value_or_one_sentence(written: str):
    for kind, _ in VALUES:
        try:
            kind.read(written)
        except Wrong as wrong:
            assert str(wrong).rstrip().endswith((".", "?")), kind  # noqa: PT017 - the sentence is looked at


def test_nothing_is_nothing_in_every_kind_and_a_cell_that_cannot_be_read_says_why():
    for kind, _ in VALUES:
        assert kind.read(None) == kind.read(" ") == kind.nothing
        assert (kind.typed(None), kind.said(None), kind.said(float("nan"))) == (None, "leeg", "leeg")
        with pytest.raises(Wrong, match=r"^mag niet leeg zijn\.$"):
            kind.read("", required=True)
        with pytest.raises(Wrong, match=r"^bevat de fout #N/B; verbeter de formule\.$"):
            kind.read(Unreadable("bevat de fout #N/B; verbeter de formule"))


def test_a_value_is_said_as_people_read_it():
    told = [
        *(Day().said(date(2026, 3, 1)), Euro().said(Decimal("1234.5")), Share().said(Decimal("0.795"))),
        *(YEAR.said(2025), Number().said(Decimal("1234.50")), Words(Phase).said(Phase.ON_HOLD)),
        *(TOWNS.said("wervik"), YesNo().said(False), said(Phase.ON_HOLD), said(1234.5), said(None)),
        *(TimeOfDay().said(time(14)), TimeOfDay().said(time(9, 5))),
    ]
    assert [one.replace("\N{NO-BREAK SPACE}", " ") for one in told] == [
        *("01/03/2026", "€ 1.234,50", "79,5 %", "2025", "1234,5", "on hold", "Wervik", "nee", "on hold", "1234,5"),
        *("leeg", "14.00 uur", "9.05 uur"),
    ]


def test_an_hour_is_taken_to_the_minute_and_an_instant_is_no_hour():
    assert TimeOfDay().read(time(14, 15)) == TimeOfDay().kept("14:15:00") == time(14, 15)
    with pytest.raises(Wrong, match=r"^“14:00:30” is geen uur; schrijf het zoals 14\.00\.$"):
        TimeOfDay().read(time(14, 0, 30))
    with pytest.raises(Wrong, match=r"is een datum; schrijf alleen het uur, zoals 14\.00\.$"):
        TimeOfDay().read(datetime(2026, 9, 1, 14))


def test_a_kind_explains_what_may_stand_there():
    explained = [
        kind.explained for kind in (Day(), Day(past=True), Euro(), Line(300), YEAR, TOWNS, Code(), YesNo(), TimeOfDay())
    ]
    assert explained == [
        "een datum, zoals 31/12/2026",
        "een dag die geweest is, zoals 31/12/2026",
        "een bedrag in euro, zoals 1234,50; nooit 1.234",
        "tekst, ten hoogste 300 tekens",
        "een jaar van 2015 tot 2040",
        "een van: wervik, kuurne",
        "een code zonder spaties, ten hoogste 40 tekens",
        "ja of nee",
        "een uur van de dag, zoals 14.00",
    ]


def test_of_a_long_list_only_the_nearest_are_told():
    many = Ref(tuple((f"R-{number:02}", f"Traject {number:02}") for number in range(80)))
    with pytest.raises(Wrong) as near:
        many.read("Trajct 07")
    assert str(near.value).startswith("“Trajct 07” staat niet in de lijst; bedoelt u R-07")
    with pytest.raises(Wrong, match="schrijf een code of een naam uit de lijst van 80"):
        many.read("hmm")
