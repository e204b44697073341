"""A meeting with something of everything, and what a reader finds in its pack."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from html import unescape
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
from pptx import Presentation

from portal.entities.heard import sheets, told
from portal.exports import pack as export
from portal.exports.deck import Draw, deck, foot_of
from portal.exports.slides import Slides
from portal.snapshots.lines import Trace
from portal.snapshots.report import Header, Item, Report, report
from portal.snapshots.state import Kind, Row, Scalar, State
from portal.vocabulary import AgendaKind, MeetingBody, MeetingState
from tests.snapshots.rows import NOW, THEN, later, row, state

WHO = "An Peeters"
REASON = "omdat Jan Janssens het niet ziet zitten"
AT = datetime(2026, 10, 1, 9, 30, tzinfo=UTC)


def header(number: int, day: date, *, held: bool = False, body: MeetingBody = MeetingBody.STEERING) -> Header:
    kept = MeetingState.FROZEN if held else MeetingState.OPEN
    return Header(body, number, day, day if held else None, "Kortrijk", kept, day)


def _results(**second: Scalar) -> dict[str, Row]:
    return {
        "1": row(Kind.RESULT),
        "2": row(Kind.RESULT, code="I.A.2", title="Panel", **second),
        "10": row(Kind.RESULT, code="II.A.1", title="Opleiding", atelier="II", state="over_tijd"),
    }


def _projects(**first: Scalar) -> dict[str, Row]:
    return {
        "1": row(Kind.PROJECT, **first),
        "2": row(Kind.PROJECT, code="R-02", title="Loket", atelier=None, signal="oranje", why="stil", quiet=True),
        "11": row(Kind.PROJECT, code="R-11", title="Archief", phase="afgerond", signal=None),
        "12": row(Kind.PROJECT, code="L-12", title="Website", scope="lokaal", signal=None),
    }


def _steps(*, moved: bool) -> dict[str, Row]:
    done = {"done_on": "2026-10-05"} if moved else {}
    later_on = {"due_expected": later(NOW, 30)} if moved else {}
    return {
        "1": row(Kind.MILESTONE, **done),
        "2": row(Kind.MILESTONE, code="M-02", title="Offertes", **later_on),
        "3": row(Kind.MILESTONE, code="M-03", title="Gunning"),
    }


def _coalition(state_: str, **more: Scalar) -> dict[str, Row]:
    second = row(Kind.PARTICIPATION, partner="Kortrijk", slug="kortrijk", state=state_, **more)
    return {
        "1.1": row(Kind.PARTICIPATION, state="trekker"),
        "1.2": second,
        "2.1": row(Kind.PARTICIPATION, state="volgt"),
    }


def _money(spent: str) -> dict[str, Row]:
    return {
        "zonder-atelier": row(Kind.MONEY, title="Zonder atelier", forecast=None),
        "II": row(Kind.MONEY, title="Mensen", budgeted="2000.10", committed="0.05", spent="0.01", forecast="2500.55"),
        "I": row(Kind.MONEY, spent=spent),
    }


def _lines() -> dict[str, Row]:
    return {
        "1": row(Kind.LINE, forecast="1300.00", standing="ver-boven"),
        "2": row(Kind.LINE, code="LIJN-002", description="", atelier="II", forecast="1050.00", standing="boven"),
        "3": row(Kind.LINE, code="LIJN-003", forecast="900.00", standing="binnen"),
    }


WAS = state(
    THEN,
    {
        Kind.RESULT: _results(),
        Kind.MILESTONE: _steps(moved=False),
        Kind.PROJECT: _projects(),
        Kind.PARTICIPATION: _coalition("deelnemer"),
        Kind.MONEY: _money("250.00"),
        Kind.MEETING: {"1": row(Kind.MEETING)},
    },
    action=row(Kind.ACTION),
)
IS = state(
    NOW,
    {
        Kind.RESULT: _results(state="bereikt", done_on="2026-10-02"),
        Kind.MILESTONE: _steps(moved=True),
        Kind.PROJECT: _projects(health="rood"),
        Kind.PARTICIPATION: _coalition("niet", reason=REASON),
        Kind.MONEY: _money("300.00"),
        Kind.LINE: _lines(),
        Kind.MEETING: {"1": row(Kind.MEETING)},
        Kind.CHALLENGE: {"1": row(Kind.CHALLENGE), "2": row(Kind.CHALLENGE, status="opgelost")},
        Kind.ACTION: {
            "1": row(Kind.ACTION),
            "2": row(Kind.ACTION, text="Vraagt het na", due_on=None, partner="Kortrijk"),
        },
    },
    decision=row(Kind.DECISION, taken_on="2026-10-01"),
    condition=row(Kind.CONDITION, text=REASON),
    endorsement=row(Kind.ENDORSEMENT),
    grant=row(Kind.GRANT),
)
TRACES = {
    (Kind.PROJECT, "1", "health"): Trace(WHO, AT),
    (Kind.PARTICIPATION, "1.2", "state"): Trace(WHO, AT),
    (Kind.ACTION, "2", ""): Trace(WHO, AT),
}
AGENDA = (
    Item(1, 1, AgendaKind.INFORMATION, "Stand van zaken", "Nota van de trekker", "Atelier I", "/ateliers", "I"),
    Item(2, 2, AgendaKind.DECISION, "Bestek goedkeuren", "", "R-01 Meldpunt", "/project/R-01", "I"),
)


@cache
def meeting() -> Report:
    """Steering group 6, compared with 5."""
    before = Report(header(5, THEN, held=True), WAS)
    return report(header(6, NOW), IS, before, told=told(), traces=TRACES, agenda=AGENDA, is_demo=True)


def first_meeting(state_: State = IS) -> Report:
    """With nothing before it."""
    return report(header(1, NOW), state_, None, told=told(), traces={}, is_demo=False)


def pack(of: Report, audience: MeetingBody) -> bytes:
    return export.pack(of, audience, sheets())


def with_rows(of: Report, kind: Kind, rows: dict[str, Row]) -> Report:
    return replace(of, state=replace(of.state, rows={**of.state.rows, kind: rows}))


def drawn(draw: Draw, of: Report, audience: MeetingBody = MeetingBody.STEERING) -> list[Any]:
    """Only what this part of the deck draws."""
    slides = Slides("", foot_of(of, audience))
    draw(slides, of)
    return opened(slides.saved())


# -- reading a deck


def opened(data: bytes) -> list[Any]:
    return list(Presentation(BytesIO(data)).slides)


@cache
def deck_of(audience: MeetingBody) -> bytes:
    """Of the meeting above, made once; as are the next two."""
    return deck(meeting(), audience)


@cache
def pack_of(audience: MeetingBody) -> bytes:
    return pack(meeting(), audience)


@cache
def slides_of(audience: MeetingBody) -> tuple[Any, ...]:
    return tuple(opened(deck_of(audience)))


def slide_titled(slides: Any, question: str) -> Any:
    """The slide that answers this question."""
    found = [slide for slide in slides if any(text.startswith(question) for text in texts(slide))]
    assert len(found) == 1, [texts(slide)[:3] for slide in slides]
    return found[0]


def answer_of(slide: Any) -> str:
    return str(slide.shapes.title.text_frame.text)


def texts(slide: Any) -> list[str]:
    """What stands in boxes, in reading order; then what stands in tables."""
    boxes = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame and shape.text_frame.text]
    return boxes + [cell for table in tables(slide).values() for line in table for cell in line]


@cache
def all_text(data: bytes) -> str:
    """Everything in the file that is text, also in the notes, the charts and the workbooks behind them; as it is read,
    not as it is escaped."""
    with ZipFile(BytesIO(data)) as zipped:
        parts = [(name, zipped.read(name)) for name in zipped.namelist()]
    inner = [all_text(content) for name, content in parts if name.endswith(".xlsx")]
    return "\n".join(
        [*inner, *(unescape(content.decode(errors="ignore")) for name, content in parts if name.endswith("xml"))]
    )


def tables(slide: Any) -> dict[str, list[list[str]]]:
    """By the name of the frame: rows of cells, the heading first."""
    return {
        shape.name: [[cell.text_frame.text for cell in line.cells] for line in shape.table.rows]
        for shape in slide.shapes
        if shape.has_table
    }


def charts(slide: Any) -> dict[str, dict[str, dict[str, float | None]]]:
    """By the name of the frame, then of the series: the value of each category."""
    return {shape.name: dict(_series(shape.chart)) for shape in slide.shapes if shape.has_chart}


def _series(chart: Any) -> Iterator[tuple[str, dict[str, float | None]]]:
    plot = chart.plots[0]
    for series in plot.series:
        yield series.name, dict(zip([str(name) for name in plot.categories], series.values, strict=True))


@cache
def workbook_rows(data: bytes, sheet: str) -> list[dict[str, Any]]:
    lines = openpyxl.load_workbook(BytesIO(data))[sheet].iter_rows(values_only=True)
    headings = [str(name) for name in next(lines)]
    return [dict(zip(headings, line, strict=True)) for line in lines]
