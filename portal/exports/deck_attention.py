"""What wants attention: what falls silent or did not move, what is asked of this meeting, which actions are open."""

from collections import Counter
from collections.abc import Sequence

from portal.exports import slide_style as style
from portal.exports.slide_parts import Chart, Column, Grid, Series, chart, height_of, table
from portal.exports.slides import Look, Slides, write
from portal.snapshots import counted
from portal.snapshots.grouped import Group, grouped
from portal.snapshots.lines import words
from portal.snapshots.radar import Quiet
from portal.snapshots.report import Report
from portal.snapshots.state import Kind, Row, day_of
from portal.text import day, listed, number, plural, sentence
from portal.vocabulary import AgendaKind, MeetingBody

_ALERTS = (Column("Wat", 3.6, bold=True), Column("Welke", 3.2), Column("Sinds", 1.15))
_STUCK = (Column("Wat", 4.2, bold=True), Column("Dag", 2.2), Column("Toelichting", 5.4))
_NOUNS = {
    Kind.MILESTONE: ("mijlpaal", "mijlpalen"),
    Kind.PROJECT: ("project", "projecten"),
    Kind.ACTION: ("actie", "acties"),
}


def radar(slides: Slides, report: Report) -> None:
    """How many of each kind, and a line per cause."""
    if groups := grouped(report):
        slide = slides.add("Wat dreigt stil te vallen?", _answer(report))
        left, right = style.BODY.beside(0.38)
        chart(slide, _chart(groups), left)
        table(slide, _groups(report, groups), right)


def stuck(slides: Slides, report: Report) -> None:
    if report.stuck:
        slide = slides.add("Wat moest bewegen, en bewoog niet?", _unmoved(report))
        table(slide, _lines(report), style.BODY)


def quiet_and_stuck(slides: Slides, report: Report) -> None:
    """Both on one slide."""
    if not report.radar and not report.stuck:
        return
    slide = slides.add("Wat staat stil?", f"{_answer(report)}. {_unmoved(report)}" if report.stuck else _answer(report))
    top, below = style.BODY.below(2.35, gap=0.2)
    if groups := grouped(report):
        left, right = top.beside(0.42)
        chart(slide, _chart(groups), left)
        table(slide, _groups(report, groups), right)
    if report.stuck:
        table(slide, _lines(report), below if report.radar else style.BODY)


def _answer(report: Report) -> str:
    return f"{plural(len(report.radar), 'signaal', 'signalen')} van stilval" if report.radar else "Niets valt stil"


def _chart(groups: Sequence[Group]) -> Chart:
    counts = {kind: sum(len(group.alerts) for group in groups if group.kind is kind) for kind in Quiet}
    alt = "; ".join(f"{kind.label}: {number(count)}" for kind, count in counts.items())
    series = (Series("Signalen", list(counts.values()), style.LEIE),)
    return Chart("Stilval", f"Staafdiagram. {alt}.", "bars", [kind.label for kind in counts], series, size=11)


def _groups(report: Report, groups: Sequence[Group]) -> Grid:
    rows = [(group.said, group.named(2), day(group.since, "–")) for group in groups]
    return Grid("Stilval", f"Tabel: {_answer(report)}, het ergste eerst.", _ALERTS, rows, (12, 11), most_lines=4)


def _unmoved(report: Report) -> str:
    counts = Counter(line.kind for line in report.stuck)
    named = [plural(counts[kind], *nouns) for kind, nouns in _NOUNS.items() if counts[kind]]
    return f"{listed(named)} te laat zonder nieuwe dag"


def _lines(report: Report) -> Grid:
    of = {Kind.ACTION: "Actie van "}
    rows = [(f"{of.get(line.kind, '')}{line.what}", line.new, line.detail) for line in report.stuck]
    return Grid("Bewoog niet", f"Tabel: {_unmoved(report)}.", _STUCK, rows)


BODY = words(MeetingBody)
_ASKED = (Column("Punt", 0.6, right=True), Column("Beslissing gevraagd", 5.6, bold=True), Column("Waarover", 4.6))
_AGENDA = (
    *(Column("Punt", 0.6, right=True), Column("Agendapunt", 5.6, bold=True)),
    *(Column("Waarover", 3.4), Column("", 1.6)),
)
_ACTIONS = (
    Column("Partner", 1.8, bold=True),
    Column("Actie", 5.6),
    Column("Afgesproken op", 2.6),
    Column("Tegen", 1.3),
    Column("Dagen te laat", 1.3, right=True),
)


def decisions(slides: Slides, report: Report) -> None:
    """What the meeting is asked to decide, and the rest of its agenda."""
    asked = _asked_of(report)
    slide = slides.add("Welke beslissingen worden gevraagd?", _asked_in_a_sentence(asked))
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
    open_ = f"{plural(len(actions), 'actie staat', 'acties staan')} open, {number(len(late))} te laat"
    slide = slides.add("Wat wordt gevraagd, en wat staat nog open?", f"{_asked_in_a_sentence(asked)}; {open_}")
    grid = Grid("Gevraagde beslissingen", f"Tabel: {_asked_in_a_sentence(asked)}.", _ASKED, asked, (12,))
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


def _asked_in_a_sentence(asked: list[tuple[str, str, str]]) -> str:
    return sentence(f"{plural(len(asked), 'beslissing', 'beslissingen')} gevraagd")


def _action(row: Row, report: Report) -> tuple[str, ...]:
    days = counted.days_over(row, "due_on", report.state.as_of)
    met = f"{BODY(row['body'])} {row['number']}, {day(day_of(row, 'met_on'))}"
    return (
        *(str(row["partner"] or "–"), str(row["text"]), met, day(day_of(row, "due_on"))),
        "" if days is None else number(days),
    )
