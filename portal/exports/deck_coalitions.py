"""Who is in: per shared project how many partners lead, take part, follow, or stay out."""

from portal.exports import slide_style as style
from portal.exports.slide_charts import COUNT_NOT_ZERO, Chart, Series, chart
from portal.exports.slide_style import Box
from portal.exports.slide_tables import REST, more
from portal.exports.slides import Look, Slides, write
from portal.snapshots import counted
from portal.snapshots.report import Report
from portal.text import number, plural
from portal.vocabulary import ParticipationState

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
    chart(slide, _chart([(f"{row['code']} {row['title']}", counts) for row, counts in living[:AT_MOST]]), top)
    if len(living) > AT_MOST:
        write(
            slide,
            more(len(living) - AT_MOST),
            Box(below.left, below.top, below.width, REST),
            Look((11, 10), style.INK_SOFT),
        )


def _chart(shown: list[tuple[str, dict[ParticipationState, int]]]) -> Chart:
    alt = "; ".join(f"{name}: {counted.takes_part(counts)} doen mee" for name, counts in shown)
    series = tuple(
        Series(state.label, [counts[state] for _, counts in shown], *COLOURS[state]) for state in ParticipationState
    )
    names = [name for name, _ in shown]
    return Chart(
        "Coalities", f"Gestapelde staven per project. {alt}.", "stacked", names, series, COUNT_NOT_ZERO, size=10
    )
