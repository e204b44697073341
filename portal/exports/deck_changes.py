"""Since the last meeting: what changed, and what became of what was promised."""

from collections.abc import Sequence

from portal.exports import slide_style as style
from portal.exports.slide_parts import Chart, Column, Grid, Series, chart, table
from portal.exports.slides import Look, Slides, write
from portal.snapshots import counted
from portal.snapshots.lines import Line, Topic, moved, of_topic, tally
from portal.snapshots.promised import Step, fates_of
from portal.snapshots.report import Report
from portal.text import day, listed, number, plural
from portal.vocabulary import Health

_COLUMNS = (
    *(Column("Wat", 1.5, bold=True), Column("Waarover", 4.2)),
    *(Column("Van oud naar nieuw", 3.2), Column("Toelichting", 3.2)),
)
_NARROW = (Column("Wat", 1.4, bold=True), Column("Waarover", 3), Column("Van oud naar nieuw", 2.6))
_DIFFERING = (
    *(Column("Gemeld en berekend verschillen", 2.6, bold=True), Column("Gemeld", 0.9)),
    *(Column("Berekend", 1.05), Column("Waarom", 2.8)),
)
FIRST = {"✓": 0, "▲": 1}
FATES = ("gehaald", "verschoven", "geschrapt", "niet gehaald", "toegevoegd")


def since(report: Report) -> str:
    return f"sinds {day(report.previous.as_of)}" if report.previous else ""


def results(slides: Slides, report: Report) -> None:
    """Results and milestones, if any moved."""
    lines = major(report, Topic.RESULTS)
    if lines:
        slide = slides.add(
            f"Wat is klaar en wat schoof op {since(report)}?", f"Resultaten en mijlpalen: {tally(lines)}"
        )
        _table(slide, "Resultaten en mijlpalen", lines)


def projects(slides: Slides, report: Report) -> None:
    """What changed in projects, beside the reported and the computed colours of those that run."""
    lines, differing = major(report, Topic.PROJECTS), _differing(report)
    question = " ".join(filter(None, ("Hoe gaat het met de projecten", since(report))))
    slide = slides.add(f"{question}?", _about_projects(report, lines, len(differing.rows)))
    left, right = style.BODY.beside(0.36)
    chart(slide, colours(report), left)
    rows = [(f"{line.symbol} {line.act}", line.what, moved(line)) for line in lines]
    grid = Grid("Projecten", _alt("Projecten", lines), _NARROW, rows, (13, 12)) if lines else differing
    if grid.rows:
        table(slide, grid, right)
    else:
        write(slide, "Bij elk project is de berekende kleur de gemelde.", right, Look((16, 14)))


def _about_projects(report: Report, lines: Sequence[Line], differing: int) -> str:
    if lines:
        return f"Projecten: {tally(lines)}"
    if report.previous:
        return "Geen enkel project veranderde van fase, einde of kleur"
    all_of = plural(len(counted.living_projects(report.state)), "gedeeld project", "gedeelde projecten")
    return f"Bij {number(differing)} van {all_of} is de berekende kleur een andere dan de gemelde"


def _differing(report: Report) -> Grid:
    """Where the computed colour is another than the reported one, and why."""
    rows = [
        (
            f"{row['code']} {row['title']}",
            SIGNS[colour_of(row["health"])],
            SIGNS[colour_of(row["signal"])],
            str(row["why"]),
        )
        for _, row in counted.living_projects(report.state)
        if row["signal"] != row["health"]
    ]
    alt = f"Tabel: {plural(len(rows), 'project', 'projecten')} met een andere berekende dan gemelde kleur."
    return Grid("Gemeld en berekend", alt, _DIFFERING, rows, (13, 12, 11))


def colour_of(value: object) -> Health:
    return next((each for each in Health if each.value == value), Health.UNKNOWN)


def coalitions(slides: Slides, report: Report) -> None:
    """Who changed place, and what was decided; if anything was."""
    lines = [*major(report, Topic.COALITIONS), *major(report, Topic.AGREED)]
    if lines:
        said = f"Coalities, draagvlak en afspraken: {tally(lines)}"
        slide = slides.add(f"Wie veranderde van plaats, en wat is beslist {since(report)}?", said)
        _table(slide, "Coalities, draagvlak en afspraken", lines)


def in_short(slides: Slides, report: Report) -> None:
    """Everything that is worth the meeting's time, on one slide: a few of each topic."""
    lines = [line for line in report.lines if not line.minor]
    if lines:
        by_topic = {topic: major(report, topic) for topic in Topic}
        counts = listed([f"{number(len(some))} in {topic.label.lower()}" for topic, some in by_topic.items() if some])
        slide = slides.add(f"Wat veranderde er {since(report)}?", f"Veranderingen: {counts}")
        _table(slide, "Veranderingen", in_turn(list(by_topic.values())))


def in_turn(groups: Sequence[Sequence[Line]]) -> list[Line]:
    """The first of each group, then the second of each, and so on: no topic pushes another off the slide."""
    longest = max(map(len, groups), default=0)
    return [group[place] for place in range(longest) for group in groups if place < len(group)]


def major(report: Report, topic: Topic) -> list[Line]:
    """What is done on top, then what slips: where not all of it fits, that stays."""
    lines = [line for line in of_topic(report.lines, topic) if not line.minor]
    return sorted(lines, key=lambda line: FIRST.get(line.symbol, len(FIRST)))


def _table(slide: object, name: str, lines: Sequence[Line]) -> None:
    rows = [(f"{line.symbol} {line.act}", line.what, moved(line), line.detail) for line in lines]
    table(slide, Grid(name, _alt(name, lines), _COLUMNS, rows), style.BODY)


def _alt(name: str, lines: Sequence[Line]) -> str:
    return f"Tabel: {name}, {plural(len(lines), 'verandering', 'veranderingen')}: {tally(lines)}."


def colours(report: Report) -> Chart:
    """The living shared projects per colour, reported beside computed."""
    sides = [("gemeld", "health", style.LEIE, style.INK), ("berekend", "signal", style.LEIE_LINE, style.INK)]
    counts = {name: counted.by_colour(report.state, field) for name, field, *_ in sides}
    told = [
        f"{colour.label}: {', '.join(f'{number(counts[name][colour])} {name}' for name in counts)}" for colour in Health
    ]
    return Chart(
        "Gemeld en berekend",
        f"Staafdiagram van de gedeelde projecten per kleur. {'; '.join(told)}.",
        "bars",
        [f"{SIGNS[colour]} {colour.label}" for colour in Health],
        tuple(Series(name, [counts[name][each] for each in Health], *ink) for name, _, *ink in sides),
    )


SIGNS = {Health.GREEN: "●", Health.AMBER: "▲", Health.RED: "■", Health.UNKNOWN: "○"}


def promised(slides: Slides, report: Report) -> None:
    """Of the milestones promised for this period: what became of each, and what was added in between."""
    kept = report.promised
    if kept is None:
        return
    fates = fates_of(kept, FATES)
    of = plural(kept.count, "toegezegde mijlpaal", "toegezegde mijlpalen")
    said = f"Van {of}: {number(len(kept.reached))} gehaald"
    rest = "".join(f", {number(len(steps))} {fate}" for fate, steps in fates[1:] if steps)
    slide = slides.add(f"Toegezegd en gehaald {since(report)}: hielden we woord?", f"{said}{rest}")
    left, right = style.BODY.beside(0.4)
    alt = "; ".join(f"{name}: {len(steps)}" for name, steps in fates)
    values = [len(steps) for _, steps in fates]
    drawn = Chart(
        "Toegezegd en gehaald", f"Staafdiagram. {alt}.", "bars", FATES, (Series("Mijlpalen", values, style.LEIE),)
    )
    chart(slide, drawn, left)
    rows = [(fate, step.title, _days(step)) for fate, steps in fates[1:] + fates[:1] for step in steps]
    columns = (Column("Lot", 1.3, bold=True), Column("Mijlpaal", 4), Column("Dag", 1.9))
    if rows:
        table(slide, Grid("Mijlpalen van deze periode", f"Tabel van de mijlpalen. {alt}.", columns, rows), right)
    else:
        write(slide, "Voor deze periode was geen enkele mijlpaal toegezegd.", right, Look((16, 14)))


def _days(step: Step) -> str:
    if step.done_on:
        return f"klaar op {day(step.done_on)}"
    days = [day(each) for each in (step.was_due, step.now_due) if each]
    return " → ".join(dict.fromkeys(days))
