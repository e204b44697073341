"""How far every atelier is: its results, what is late, and its projects with the reported and the computed colour."""

from collections.abc import Sequence
from datetime import date

from portal.exports import slide_style as style
from portal.exports.deck_changes import SIGNS, colour_of
from portal.exports.slide_parts import COUNT_NOT_ZERO, Chart, Column, Grid, Series, chart, table
from portal.exports.slide_style import Box
from portal.exports.slides import Look, Slides, write
from portal.snapshots import counted
from portal.snapshots.lines import words
from portal.snapshots.report import Report
from portal.snapshots.state import Kind, Row, day_of
from portal.text import NO_DATA, day, euro, number, plural
from portal.vocabulary import Phase, ResultState

PHASE, STATE = words(Phase), words(ResultState)
COLOURS = {  # and the ink of a label on it
    ResultState.REACHED: (style.LEIE_DEEP, style.SURFACE),
    ResultState.OVERDUE: (style.STEEN, style.SURFACE),
    ResultState.RUNNING: (style.LEIE_LINE, style.INK),
    ResultState.NOT_STARTED: (style.LINE, style.INK),
    ResultState.UNKNOWN: (style.NONE, style.INK_SOFT),
}
_PROJECTS = (
    *(Column("Project", 4, bold=True), Column("Fase", 1.6)),
    *(Column(heading, 1.5) for heading in ("Gemeld", "Berekend", "Verwacht einde")),
)
_LATE = (Column("Mijlpaal te laat", 5.2, bold=True), Column("Verwacht", 1.4), Column("Dagen", 0.9, right=True))
_RESULTS = (Column("Resultaat nog te bereiken", 4.7, bold=True), Column("Stand", 1.4), Column("Verwacht", 1.4))
SMALLEST, GAP = 1.1, 0.2  # of a table worth having, and between two
_AT_MOST = 6  # ateliers with a slide of their own: with more, the overview says it


def ateliers(slides: Slides, report: Report) -> None:
    """A slide for each; where there are many, one with all of them."""
    codes = counted.atelier_codes(report.state)
    if len(codes) > _AT_MOST:
        overview(slides, report)
        return
    for code in codes:
        _atelier(slides, report, code)


def _atelier(slides: Slides, report: Report, code: str) -> None:
    state = report.state
    title = counted.atelier_titles(state).get(code, "")
    results = [row for row in counted.rows_of(state, Kind.RESULT) if row["atelier"] == code]
    counts, late = counted.results_by_state(results), counted.late_milestones(state, code)
    named = f"Atelier {code}, {title}" if title else f"Atelier {code}"
    slide = slides.add(f"Hoe ver staat {named}?", _answer(counts, len(late)))
    left, right = style.BODY.beside(0.36)
    top, below = left.below(3.3)
    chart(slide, _states(named, counts), top)
    write(slide, _money(report, code), below, Look((14, 13, 12)))
    projects = [row for _, row in counted.living_projects(state) if row["atelier"] == code]
    stacked(slide, [_late(late, state.as_of), _projects(projects), _unreached(results)], right)


def _answer(counts: dict[ResultState, int], late: int) -> str:
    reached, all_of = counts[ResultState.REACHED], sum(counts.values())
    said = f"{number(reached)} van {plural(all_of, 'resultaat', 'resultaten')} bereikt" if all_of else "Geen resultaten"
    over = f", {number(counts[ResultState.OVERDUE])} te laat" if counts[ResultState.OVERDUE] else ""
    return f"{said}{over}; {plural(late, 'mijlpaal', 'mijlpalen')} te laat"


def _states(named: str, counts: dict[ResultState, int]) -> Chart:
    alt = "; ".join(f"{each.label}: {number(count)}" for each, count in counts.items())
    labels = [each.label for each in counts]
    return Chart(
        "Resultaten per stand",
        f"Staafdiagram van de resultaten van {named} per stand. {alt}.",
        *("bars", labels, (Series("Resultaten", list(counts.values()), style.LEIE),)),
    )


def _money(report: Report, code: str) -> str:
    money = next((each for each in counted.money_per_atelier(report.state) if each.code == code), None)
    if money is None:
        return "Geen begrotingslijnen."
    forecast = NO_DATA if money.forecast is None else euro(money.forecast)
    return (
        f"Begroot {euro(money.budgeted)}, vastgelegd {euro(money.committed)}, "
        f"uitgegeven {euro(money.spent)}, prognose {forecast}."
    )


def stacked(slide: object, grids: Sequence[Grid], box: Box) -> None:
    """Below each other, without the empty ones; every table but the last leaves room for those that follow."""
    filled = [grid for grid in grids if grid.rows]
    top = box.top
    for place, grid in enumerate(filled):
        room = box.bottom - top - SMALLEST * (len(filled) - place - 1)
        if room >= SMALLEST - GAP:
            top = table(slide, grid, Box(box.left, top, box.width, room)).bottom + GAP


def _late(late: Sequence[Row], as_of: date) -> Grid:
    rows = [
        (str(row["title"]), day(day_of(row, "due_expected")), str(counted.days_over(row, "due_expected", as_of)))
        for row in late
    ]
    return Grid(
        "Mijlpalen te laat", f"Tabel: {plural(len(late), 'mijlpaal', 'mijlpalen')} te laat.", _LATE, rows, (12,)
    )


def _projects(projects: Sequence[Row], sizes: Sequence[float] = (12,)) -> Grid:
    rows = [
        (
            f"{row['code']} {row['title']}",
            PHASE(row["phase"]),
            colour(row["health"]),
            colour(row["signal"]),
            day(day_of(row, "end_expected_on")),
        )
        for row in projects
    ]
    alt = f"Tabel: {plural(len(rows), 'project', 'projecten')} met gemelde en berekende kleur."
    return Grid("Projecten", alt, _PROJECTS, rows, sizes)


def _unreached(results: Sequence[Row]) -> Grid:
    """What was promised and is still to come: what is over its day first."""
    waits = [row for row in results if row["state"] != ResultState.REACHED.value]
    waits.sort(key=lambda row: (row["state"] != ResultState.OVERDUE.value, day_of(row, "expected_on") or date.max))
    rows = [(f"{row['code']} {row['title']}", STATE(row["state"]), day(day_of(row, "expected_on"))) for row in waits]
    alt = f"Tabel: {plural(len(rows), 'resultaat', 'resultaten')} nog te bereiken."
    return Grid("Resultaten nog te bereiken", alt, _RESULTS, rows, (12,))


def colour(value: object) -> str:
    """Never colour alone: a symbol and a word."""
    return f"{SIGNS[colour_of(value)]} {colour_of(value).label}"


def without_atelier(slides: Slides, report: Report) -> None:
    """The shared projects that belong to none, if there are."""
    projects = [row for _, row in counted.living_projects(report.state) if not row["atelier"]]
    if projects:
        differ = sum(row["health"] != row["signal"] for row in projects)
        said = f"{plural(len(projects), 'project', 'projecten')}; bij {number(differ)} verschilt gemeld van berekend"
        slide = slides.add("Hoe staan de gedeelde projecten buiten de ateliers?", said)
        table(slide, _projects(projects, (14, 13, 12)), style.BODY)


def overview(slides: Slides, report: Report) -> None:
    """Every atelier in one chart and one table."""
    codes = counted.atelier_codes(report.state)
    if not codes:
        return
    rows = {
        code: [row for row in counted.rows_of(report.state, Kind.RESULT) if row["atelier"] == code] for code in codes
    }
    counts = {code: counted.results_by_state(found) for code, found in rows.items()}
    whole = counted.results_by_state(row for found in rows.values() for row in found)
    slide = slides.add("Hoe ver staan de ateliers?", _answer(whole, len(counted.late_milestones(report.state))))
    left, right = style.BODY.beside(0.5)
    chart(slide, _stacked(counts), left)
    table(slide, _overview(report, counts), right)


def _stacked(counts: dict[str, dict[ResultState, int]]) -> Chart:
    alt = "; ".join(
        f"atelier {code}: {each[ResultState.REACHED]} van {sum(each.values())}" for code, each in counts.items()
    )
    series = tuple(
        Series(state.label, [each[state] for each in counts.values()], *COLOURS[state]) for state in ResultState
    )
    names = [f"Atelier {code}" for code in counts]
    return Chart(
        "Resultaten per atelier", f"Gestapelde staven. Bereikt: {alt}.", "stacked", names, series, COUNT_NOT_ZERO
    )


def _overview(report: Report, counts: dict[str, dict[ResultState, int]]) -> Grid:
    columns = (
        Column("Atelier", 3.4, bold=True),
        Column("Bereikt", 1.2, right=True),
        Column("Mijlpalen te laat", 1.6, right=True),
        Column("Projecten", 1.4, right=True),
    )
    titles, living = counted.atelier_titles(report.state), counted.living_projects(report.state)
    rows = [
        (
            f"{code} {titles.get(code, '')}",
            f"{number(each[ResultState.REACHED])} van {number(sum(each.values()))}",
            number(len(counted.late_milestones(report.state, code))),
            number(sum(row["atelier"] == code for _, row in living)),
        )
        for code, each in counts.items()
    ]
    return Grid("Ateliers", f"Tabel: {plural(len(rows), 'atelier', 'ateliers')}.", columns, rows)
