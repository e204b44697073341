"""What is asked of this meeting, and which actions still stand open."""

from portal.exports import slide_style as style
from portal.exports.slide_tables import Column, Grid, height_of, table
from portal.exports.slides import Look, Slides, write
from portal.snapshots import counted
from portal.snapshots.report import Report
from portal.snapshots.said import words
from portal.snapshots.state import Row, day_of
from portal.text import day, number, plural, sentence
from portal.vocabulary import AgendaKind, MeetingBody

BODY = words(MeetingBody)
_ASKED = (Column("Punt", 0.6, right=True), Column("Beslissing gevraagd", 5.6, bold=True), Column("Waarover", 4.6))
_AGENDA = (
    Column("Punt", 0.6, right=True),
    Column("Agendapunt", 5.6, bold=True),
    Column("Waarover", 3.4),
    Column("", 1.6),
)
_ACTIONS = (
    Column("Partner", 1.8, bold=True),
    Column("Actie", 5.6),
    Column("Afgesproken op", 2.6),
    Column("Tegen", 1.3),
    Column("Dagen over tijd", 1.3, right=True),
)


def decisions(slides: Slides, report: Report) -> None:
    """What the meeting is asked to decide, and the rest of its agenda."""
    asked = _asked_of(report)
    slide = slides.add("Welke beslissingen worden gevraagd?", _answer(asked))
    rows = [(number(item.position), item.title, item.about, item.kind.label) for item in report.agenda]
    if rows:
        alt = f"Tabel van de agenda, {plural(len(rows), 'punt', 'punten')}."
        table(slide, Grid("Agenda", alt, _AGENDA, rows, (16, 14, 13, 12)), style.BODY)
    else:
        write(slide, "De agenda is nog leeg.", style.BODY)


def decisions_and_actions(slides: Slides, report: Report) -> None:
    """What the meeting is asked to decide, and the open actions, the longest late on top."""
    asked, actions = _asked_of(report), counted.open_actions(report.state)
    late = [row for row in actions if counted.days_over(row, "due_on", report.state.as_of)]
    open_ = f"{plural(len(actions), 'actie staat', 'acties staan')} open, {number(len(late))} over tijd"
    slide = slides.add("Wat wordt gevraagd, en wat staat nog open?", f"{_answer(asked)}; {open_}")
    grid = Grid("Gevraagde beslissingen", f"Tabel: {_answer(asked)}.", _ASKED, asked, (12,))
    height = min(style.BODY.height / 2, height_of(grid, style.BODY)) if asked else 0.35
    top, below = style.BODY.below(height, gap=0.25)
    if asked:
        table(slide, grid, top)
    else:
        write(slide, "Geen enkel agendapunt vraagt een beslissing.", top, Look((14, 12)))
    if actions:
        rows = [_action(row, report) for row in actions]
        table(slide, Grid("Openstaande acties", f"Tabel: {open_}.", _ACTIONS, rows), below)


def _asked_of(report: Report) -> list[tuple[str, str, str]]:
    items = (item for item in report.agenda if item.kind is AgendaKind.DECISION)
    return [(number(item.position), item.title, item.about) for item in items]


def _answer(asked: list[tuple[str, str, str]]) -> str:
    return sentence(f"{plural(len(asked), 'beslissing', 'beslissingen')} gevraagd")


def _action(row: Row, report: Report) -> tuple[str, ...]:
    days = counted.days_over(row, "due_on", report.state.as_of)
    met = f"{BODY(row['body'])} {row['number']}, {day(day_of(row, 'met_on'))}"
    return (
        *(str(row["partner"] or "–"), str(row["text"]), met, day(day_of(row, "due_on"))),
        "" if days is None else number(days),
    )
