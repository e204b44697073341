"""With the longest titles that the portal takes, nothing leaves its slide, its box, or stands over something else."""

from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from pptx.util import Emu

from portal.exports.deck import deck
from portal.exports.slide_style import HIGH, LINE_SPACING, POINTS, WIDE, wrapped
from portal.snapshots.lines import Line
from portal.snapshots.report import Report
from portal.snapshots.state import Kind, Row
from portal.vocabulary import MeetingBody
from tests.exports.packs import meeting, opened, texts

LONGEST = 300
WORDS = "Gevalideerde wetenschappelijke samenwerkingsovereenkomst voor de WWW-omgeving van alle MMM-besturen, "
TITLE = (WORDS * 4)[:LONGEST]
DOSSIER: dict[str, Any] = {
    "proposal": (WORDS * 5)[:400],
    "asked": (WORDS * 5)[:400],
    "minutes": 480,
    "note": WORDS * 20,
    **dict.fromkeys(("why_now", "options", "cost"), (WORDS * 7)[:600]),
}
ONE_WORD = "Samenwerkingsovereenkomst" * 12
HAIR = 0.02  # of an inch


def long_row(kind: Kind, row: Row) -> Row:
    worded = ("title", "project", "text", "of_title", "description", "why", "partner", "unit")
    told = {name: TITLE for name in worded if isinstance(row.get(name), str)}
    big = {name: "999999999999.99" for name in ("budgeted", "committed", "spent", "forecast") if kind is Kind.MONEY}
    return {**row, **told, **big}


def long_line(line: Line) -> Line:
    return replace(line, what=TITLE, old=TITLE, new=ONE_WORD, detail=TITLE, label=TITLE)


@cache
def worst() -> Report:
    """Everything ten times, and every text as long as it may be."""
    report = meeting()
    rows = {
        kind: {f"{turn}{key}": long_row(kind, row) for key, row in found.items() for turn in ("", *"123456789")}
        if kind is not Kind.MONEY
        else {key: long_row(kind, row) for key, row in found.items()}
        for kind, found in report.state.rows.items()
    }
    kept = report.promised
    assert kept
    steps = {
        fate: tuple(replace(step, title=ONE_WORD) for step in getattr(kept, fate)) * 10
        for fate in ("reached", "moved", "waiting")
    }
    return replace(
        report,
        header=replace(report.header, place=TITLE),
        state=replace(report.state, rows=rows),
        lines=tuple(map(long_line, report.lines)) * 10,
        stuck=tuple(map(long_line, report.stuck)) * 20,
        promised=replace(kept, **steps),
        radar=tuple(replace(alert, what=TITLE, why=TITLE) for alert in report.radar) * 20,
        agenda=tuple(replace(item, title=TITLE, about=ONE_WORD, **DOSSIER) for item in report.agenda) * 10,
        anchor="12345678-0123456789abcdef01234567",
    )


@cache
def slides_of(audience: MeetingBody) -> tuple[Any, ...]:
    return tuple(opened(deck(worst(), audience)))


every_audience = pytest.mark.parametrize("audience", list(MeetingBody))


@every_audience
def test_it_has_no_more_slides_than_with_short_titles(audience: MeetingBody):
    points = [one for one in slides_of(audience) if texts(one)[1].startswith("Punt ")]
    assert len(slides_of(audience)) - len(points) <= 18
    assert len(points) == (len(worst().agenda) if audience is MeetingBody.STEERING else 0)


@every_audience
def test_nothing_leaves_the_slide(audience: MeetingBody):
    for slide in slides_of(audience):
        for shape in slide.shapes:
            left, top, right, bottom = place_of(shape)
            assert min(left, top) >= -HAIR, shape.name
            assert right <= WIDE + HAIR, (shape.name, right)
            assert bottom <= HIGH + HAIR, (shape.name, bottom)


@every_audience
def test_no_text_is_higher_than_its_box(audience: MeetingBody):
    for slide in slides_of(audience):
        for shape in slide.shapes:
            if shape.has_text_frame and shape.text_frame.text and shape.name != "Dianummer":
                box = Emu(shape.height).inches
                assert height_of(shape.text_frame, Emu(shape.width).inches) <= box + HAIR, shape.text_frame.text


@every_audience
def test_no_cell_is_higher_than_its_row(audience: MeetingBody):
    for slide in slides_of(audience):
        for table in (shape.table for shape in slide.shapes if shape.has_table):
            for row in table.rows:
                for cell, column in zip(row.cells, table.columns, strict=True):
                    width = Emu(column.width - cell.margin_left - cell.margin_right).inches
                    room = Emu(row.height - cell.margin_top - cell.margin_bottom).inches
                    assert height_of(cell.text_frame, width) <= room + HAIR, cell.text_frame.text


@every_audience
def test_nothing_stands_over_something_else(audience: MeetingBody):
    for slide in slides_of(audience):
        places = [
            place_of(shape) for shape in slide.shapes if shape.shape_type is None or "AUTO" not in str(shape.shape_type)
        ]
        for number, one in enumerate(places):
            for other in places[number + 1 :]:
                assert not overlap(one, other), (one, other)


def place_of(shape: Any) -> tuple[float, float, float, float]:
    left, top, width, height = (Emu(value).inches for value in (shape.left, shape.top, shape.width, shape.height))
    return left, top, left + width, top + height


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > HAIR and down > HAIR


def height_of(frame: Any, width: float) -> float:
    """In inches, of the text as it is wrapped at this width."""
    high = 0.0
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            lines = wrapped(run.text, width * POINTS, run.font.size.pt, bold=bool(run.font.bold))
            high += len(lines) * run.font.size.pt * LINE_SPACING / POINTS
    return high
