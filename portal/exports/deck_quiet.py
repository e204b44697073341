"""What is falling silent, and what had to move and did not."""

from collections import Counter

from portal.exports import slide_style as style
from portal.exports.slide_charts import Chart, Series, chart
from portal.exports.slide_style import Box
from portal.exports.slide_tables import Column, Grid, table
from portal.exports.slides import Slides
from portal.snapshots.lines import Line
from portal.snapshots.radar import Alert, Quiet
from portal.snapshots.report import Report
from portal.snapshots.state import Kind
from portal.text import day, listed, number, plural

_ALERTS = (Column("Wat", 2.6, bold=True), Column("Waarom het hier staat", 4), Column("Sinds", 1.15))
_STUCK = (Column("Wat", 4.2, bold=True), Column("Dag", 2.2), Column("Toelichting", 5.4))
_NOUNS = {
    Kind.MILESTONE: ("mijlpaal", "mijlpalen"),
    Kind.PROJECT: ("project", "projecten"),
    Kind.ACTION: ("actie", "acties"),
}


def radar(slides: Slides, report: Report) -> None:
    """How many of each kind, and the worst of each."""
    if report.radar:
        slide = slides.add("Wat dreigt stil te vallen?", _answer(report))
        left, right = style.BODY.beside(0.38)
        chart(slide, _chart(report), left)
        table(slide, _alerts(report), right)


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
    if report.radar:
        left, right = top.beside(0.42)
        chart(slide, _chart(report), left)
        table(slide, _alerts(report), right)
    if report.stuck:
        table(slide, _lines(report), below if report.radar else Box(*_whole()))


def _whole() -> tuple[float, float, float, float]:
    return style.BODY.left, style.BODY.top, style.BODY.width, style.BODY.height


def by_kind(report: Report) -> dict[Quiet, int]:
    counted = Counter(alert.kind for alert in report.radar)
    return {kind: counted[kind] for kind in Quiet}


def _answer(report: Report) -> str:
    return f"{plural(len(report.radar), 'signaal', 'signalen')} van stilval" if report.radar else "Niets valt stil"


def _chart(report: Report) -> Chart:
    counts = by_kind(report)
    alt = "; ".join(f"{kind.label}: {number(count)}" for kind, count in counts.items())
    series = (Series("Signalen", list(counts.values()), style.LEIE),)
    return Chart("Stilval", f"Staafdiagram. {alt}.", "bars", [kind.label for kind in counts], series, size=11)


def worst_first(alerts: tuple[Alert, ...]) -> list[Alert]:
    """The worst of each kind in turn, so that a long kind leaves room for the others."""
    seen: Counter[Quiet] = Counter()
    places = {}
    for alert in alerts:
        places[id(alert)] = seen[alert.kind]
        seen[alert.kind] += 1
    return sorted(alerts, key=lambda alert: (-alert.weight, places[id(alert)]))


def _alerts(report: Report) -> Grid:
    rows = [(alert.what, alert.why, day(alert.since, "–")) for alert in worst_first(report.radar)]
    return Grid("Stilval", f"Tabel: {_answer(report)}, het ergste eerst.", _ALERTS, rows, (12, 11), most_lines=3)


def _unmoved(report: Report) -> str:
    counts = Counter(line.kind for line in report.stuck)
    named = [plural(counts[kind], *nouns) for kind, nouns in _NOUNS.items() if counts[kind]]
    return f"{listed(named)} over tijd zonder nieuwe dag"


def _lines(report: Report) -> Grid:
    rows = [(_what(line), line.new, line.detail) for line in report.stuck]
    return Grid("Bewoog niet", f"Tabel: {_unmoved(report)}.", _STUCK, rows)


def _what(line: Line) -> str:
    return f"Actie van {line.what}" if line.kind is Kind.ACTION else line.what
