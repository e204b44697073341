"""The slides on coalitions and on money."""

from collections.abc import Sequence
from decimal import Decimal

from portal.exports import slide_style as style
from portal.exports.slide_parts import COUNT_NOT_ZERO, REST, Chart, Column, Grid, Series, chart, height_of, more, table
from portal.exports.slide_style import Box
from portal.exports.slides import Look, Slides, write
from portal.snapshots import counted
from portal.snapshots.coalitions import COST
from portal.snapshots.counted import Amounts
from portal.snapshots.report import Report
from portal.text import NO_DATA, euro, number, percentage, plural
from portal.vocabulary import NO_ATELIER, ParticipationState, Standing

AT_MOST = 18  # bars that can still be read
COLOURS = {  # their lightness differs, so that they also print in grey; and the ink of a label on them
    ParticipationState.LEAD: (style.LEIE_DEEP, style.SURFACE),
    ParticipationState.MEMBER: ("58a6af", style.INK),
    ParticipationState.COACHED: (style.IRIS_LINE, style.INK),
    ParticipationState.FOLLOWS: (style.LEIE_LINE, style.INK),
    ParticipationState.LATER: ("c98a2b", style.INK),
    ParticipationState.DECLINED: ("8a3b5e", style.SURFACE),
    ParticipationState.NOT_ASKED: (style.NONE, style.INK_SOFT),
}


def coalitions(slides: Slides, report: Report) -> None:
    """The living shared projects, the most carried first."""
    living = [(row, counted.coalition(report.state, key)) for key, row in counted.living_projects(report.state)]
    if not living:
        return
    living.sort(key=lambda each: -counted.takes_part(each[1]))
    led = sum(counts[ParticipationState.LEAD] > 0 for _, counts in living)
    alone = sum(not counted.takes_part(counts) for _, counts in living)
    all_of = plural(len(living), "gedeeld project", "gedeelde projecten")
    has = "heeft" if led == 1 or len(living) == 1 else "hebben"
    said = f"{number(led)} van {all_of} {has} een trekker uit de regio; bij {number(alone)} doet niemand mee"
    slide = slides.add("Wie doet mee aan welke coalitie?", said)
    top, below = style.BODY.below(style.BODY.height - REST, gap=0)
    chart(slide, _coalition_chart([(f"{row['code']} {row['title']}", counts) for row, counts in living[:AT_MOST]]), top)
    if len(living) > AT_MOST:
        place = Box(below.left, below.top, below.width, REST)
        write(slide, more(len(living) - AT_MOST), place, Look((11, 10), style.INK_SOFT))


def _coalition_chart(shown: list[tuple[str, dict[ParticipationState, int]]]) -> Chart:
    alt = "; ".join(f"{name}: {counted.takes_part(counts)} doen mee" for name, counts in shown)
    series = tuple(
        Series(state.label, [counts[state] for _, counts in shown], *COLOURS[state]) for state in ParticipationState
    )
    names = [name for name, _ in shown]
    return Chart(
        "Coalities", f"Gestapelde staven per project. {alt}.", "stacked", names, series, COUNT_NOT_ZERO, size=10
    )


FOUR = (
    ("begroot", "budgeted", style.LINE),
    ("vastgelegd", "committed", style.LEIE_LINE),
    ("uitgegeven", "spent", style.LEIE),
    ("prognose", "forecast", style.VLAS),
)
_STEPS = ((10_000_000, '"€ "#,##0,,"\N{NO-BREAK SPACE}mln"'), (10_000, '"€ "#,##0,"\N{NO-BREAK SPACE}duizend"'))
_COLUMNS = (Column("Atelier", 4, bold=True), *(Column(name, 2, right=True) for name, *_ in FOUR))
_LINES = (
    *(Column("Lijn", 4.4, bold=True), Column("Atelier", 1)),
    *(Column(heading, 1.8, right=True) for heading in ("Begroot", "Prognose", "Verschil")),
    Column("In %", 1, right=True),
)


def money(slides: Slides, report: Report) -> None:
    """The amounts of each atelier, exact, so that the total is the sum of what stands above it."""
    rows = counted.money_per_atelier(report.state)
    if not rows:
        return
    whole = counted.total(rows)
    slide = slides.add("Waar staat het geld?", _answer(rows))
    said = [(each.name, *(_told(getattr(each, field)) for _, field, _ in FOUR)) for each in (*rows, whole)]
    totals = ", ".join(f"{name} {amount}" for (name, *_), amount in zip(FOUR, said[-1][1:], strict=True))
    alt = f"Tabel van de vier bedragen per atelier. Totaal: {totals}."
    grid = Grid("Geld per atelier", alt, _COLUMNS, said, sizes=(12, 11), most_lines=1, last_is_total=True)
    height = min(3.2, height_of(grid, style.BODY))
    top, below = style.BODY.below(style.BODY.height - height - 0.15)
    chart(slide, _chart(rows), top)
    table(slide, grid, below)


def _answer(rows: Sequence[Amounts]) -> str:
    """About the forecast, once there is one of everything: of a part it would seem less than it is."""
    whole = counted.total(rows)
    lacks = sum(each.forecast is None for each in rows)
    if whole.forecast is None or lacks:
        spent = f"{euro(whole.spent, cents=False)} uitgegeven van {euro(whole.budgeted, cents=False)}"
        return f"{spent}; bij {number(lacks)} van {number(len(rows))} is er nog geen prognose"
    over = whole.forecast - whole.budgeted
    if over > 0:
        return f"De prognose ligt {euro(over, cents=False)} boven begroot"
    if not over:
        return "De prognose is precies wat begroot is"
    return f"De prognose blijft binnen de begroting: {euro(-over, cents=False)} minder dan begroot"


def _told(amount: Decimal | None) -> str:
    return NO_DATA if amount is None else euro(amount)


def _chart(rows: list[Amounts]) -> Chart:
    series = tuple(Series(name, [getattr(each, field) for each in rows], colour) for name, field, colour in FOUR)
    names = [each.title if each.code == NO_ATELIER else f"Atelier {each.code}" for each in rows]
    alt = f"Kolommen: begroot, vastgelegd, uitgegeven en prognose van {plural(len(rows), 'atelier', 'ateliers')}."
    return Chart("Geld per atelier", alt, "columns", names, series, labels=None, axis=_axis(rows))


def _axis(rows: list[Amounts]) -> str:
    """Short, so that the amounts leave room for the columns; the table has them exactly."""
    most = max(abs(amount) for each in rows for _, field, _ in FOUR if (amount := getattr(each, field)) is not None)
    return next((written for limit, written in _STEPS if most >= limit), '"€ "0')


def over_budget(slides: Slides, report: Report) -> None:
    """The lines of which the forecast is over the budget, if there are."""
    lines = counted.over_budget(report.state)
    if not lines:
        return
    far = sum(row["standing"] == Standing.FAR_OVER.value for _, row in lines)
    excess = sum((over for over, _ in lines), counted.ZERO)
    together = f"{plural(len(lines), 'lijn', 'lijnen')}, samen {euro(excess, cents=False)} te veel"
    said = f"{together}; {number(far)} meer dan 10 % boven begroot"
    slide = slides.add("Welke lijnen gaan boven hun begroting?", said)
    rows = [
        (
            f"{row['code']} {row['description'] or COST(row['cost_kind'])}",
            str(row["atelier"] or "–"),
            *(euro(Decimal(str(row[field]))) for field in ("budgeted", "forecast")),
            euro(over),
            percentage(100 * over / budgeted, 1) if (budgeted := Decimal(str(row["budgeted"]))) else "–",
        )
        for over, row in lines
    ]
    table(slide, Grid("Lijnen boven begroot", f"Tabel: {said}.", _LINES, rows, most_lines=1), style.BODY)
