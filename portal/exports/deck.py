"""A meeting as slides: how it opens, and all of it in its order."""

from collections.abc import Callable, Mapping, Sequence

from portal.exports import deck_attention, deck_briefs, deck_changes, deck_money, deck_work
from portal.exports import slide_style as style
from portal.exports.slide_style import Box
from portal.exports.slides import Foot, Look, Slides, fill_in, panel, write
from portal.snapshots import counted
from portal.snapshots.agreed import decisions
from portal.snapshots.extract import WITHHELD, extract
from portal.snapshots.lines import Topic, of_topic, tally
from portal.snapshots.minutes import Correction
from portal.snapshots.report import Report
from portal.snapshots.state import Kind
from portal.text import NO_DATA, day, euro, listed, long_day, number, percentage, plural, sentence
from portal.vocabulary import DEMO_NOTICE, AgendaKind, MeetingBody, MeetingState, ParticipationState, ResultState

Point = tuple[str, str]
"""A figure and the sentence that it stands in."""


def title(slides: Slides, report: Report) -> None:
    """Which meeting, when and where, and what its figures are compared with."""
    slide, header = slides.bare(), report.header
    slide.shapes._spTree.insert(2, panel(slide, Box(0, 0, style.WIDE, 3.9), style.LEIE_DEEP).element)
    fill_in(slide.shapes.title, header.name, _TITLE, Look((48, 40, 32, 24), style.SURFACE, bold=True))
    slide.shapes.title.left, slide.shapes.title.top, slide.shapes.title.width, slide.shapes.title.height = _TITLE.emu
    when = " · ".join(filter(None, (long_day(header.day), header.place)))
    write(slide, when, Box(0.9, 2.75, 11.5, 0.8), Look((20, 18, 16, 14), style.SURFACE))
    about = [f"{sentence(slides.foot.audience)}."] if slides.foot.audience else []
    for place, said in enumerate([*about, *_about(report)]):
        write(slide, said, Box(0.9, 4.35 + 0.62 * place, 11.5, 0.5), Look((18, 16, 14, 12)))
    if report.anchor:
        write(slide, f"Spoor: {report.anchor}", Box(0.9, 6.35, 11.5, 0.35), Look((12, 11, 10)))


_TITLE = Box(0.9, 1.2, 11.5, 1.4)


def _about(report: Report) -> list[str]:
    header, previous = report.header, report.previous
    frozen = header.state is MeetingState.FROZEN
    return [
        f"Wat de cijfers zeggen op {day(header.as_of)}."
        if previous is None
        else f"Wat veranderde tussen {day(previous.as_of)} ({previous.name}) en {day(header.as_of)}.",
        "Vastgelegd: deze cijfers wijzigen niet meer."
        if frozen
        else "Ontwerp: de vergadering is nog niet vastgelegd, en de cijfers kunnen nog wijzigen.",
        *([WITHHELD] if report.withheld else []),
    ]


def summary(slides: Slides, report: Report) -> None:
    """Five sentences, each with its figure."""
    since = f"sinds {report.previous.name}" if report.previous else "vandaag"
    slide = slides.add(f"Wat moet u weten {since}?", answer(report))
    points = [_results(report), _promised(report), _coalitions(report), _money(report), _attention(report)]
    height = style.BODY.height / len(points)
    for place, (figure, said) in enumerate(points):
        row = Box(style.BODY.left, style.BODY.top + place * height, style.BODY.width, height - 0.15)
        left, right = row.beside(0.25)
        panel(slide, left, style.LEIE_WASH)
        inside = Box(left.left + 0.15, left.top, left.width - 0.3, left.height)
        write(slide, figure, inside, Look((26, 22, 19, 16), style.LEIE, bold=True, middle=True))
        write(slide, said, right, Look((18, 16, 15, 14, 13, 12), middle=True))


def answer(report: Report) -> str:
    """What was promised and kept; before there was a promise, how far the results are."""
    kept = report.promised
    if kept is None or not kept.count:
        return _reached(report)
    of = plural(kept.count, "toegezegde mijlpaal", "toegezegde mijlpalen")
    verb = "is" if len(kept.reached) == 1 else "zijn"
    return f"Van {of} {verb} er {number(len(kept.reached))} gehaald"


def _reached(report: Report) -> str:
    results = counted.results_by_state(report.state.of(Kind.RESULT).values())
    return f"{number(results[ResultState.REACHED])} van {number(sum(results.values()))} resultaten bereikt"


def _results(report: Report) -> Point:
    results = counted.results_by_state(report.state.of(Kind.RESULT).values())
    late = len(counted.late_milestones(report.state))
    said = (
        f"{_reached(report)} en {number(results[ResultState.OVERDUE])} te laat; "
        f"{plural(late, 'mijlpaal van een resultaat is', 'mijlpalen van resultaten zijn')} te laat."
    )
    return f"{number(results[ResultState.REACHED])} van {number(sum(results.values()))}", said


def _promised(report: Report) -> Point:
    kept = report.promised
    if kept is None:
        return NO_DATA, "Er is geen vorige vastgelegde vergadering om de toezeggingen mee te vergelijken."
    fates = ((kept.moved, "verschoven"), (kept.dropped, "geschrapt"), (kept.waiting, "niet gehaald op de dag zelf"))
    rest = listed([f"{number(len(steps))} {word}" for steps, word in fates if steps])
    said = f"Toegezegd voor deze periode: {plural(kept.count, 'mijlpaal', 'mijlpalen')}, {len(kept.reached)} gehaald"
    return f"{number(len(kept.reached))} van {number(kept.count)}", f"{said}{f', {rest}' if rest else ''}."


def _coalitions(report: Report) -> Point:
    living = counted.living_projects(report.state)
    counts = [counted.coalition(report.state, key) for key, _ in living]
    led = sum(each[ParticipationState.LEAD] > 0 for each in counts)
    part = sum(map(counted.takes_part, counts))
    moved = tally(line for line in of_topic(report.lines, Topic.COALITIONS) if not line.minor)
    since = f" Sinds de vorige vergadering: {moved}." if moved else ""
    said = f"{plural(part, 'deelname', 'deelnames')} in {plural(len(living), 'gedeeld project', 'gedeelde projecten')}"
    return plural(part, "deelname", "deelnames"), f"{said}, waarvan {number(led)} met een trekker uit de regio.{since}"


def _money(report: Report) -> Point:
    rows = counted.money_per_atelier(report.state)
    money = counted.total(rows)
    if not money.budgeted:
        return NO_DATA, "Er is nog geen begroting in het portaal."
    forecast = "niet bekend" if money.forecast is None else euro(money.forecast, cents=False)
    part = " (niet van alles)" if money.forecast is not None and any(each.forecast is None for each in rows) else ""
    share = percentage(100 * money.spent / money.budgeted)
    said = (
        f"Van {euro(money.budgeted, cents=False)} begroot is {euro(money.committed, cents=False)} vastgelegd en "
        f"{euro(money.spent, cents=False)} uitgegeven; de prognose is {forecast}{part}."
    )
    return f"{share} uitgegeven", said


def _attention(report: Report) -> Point:
    asked = sum(item.kind is AgendaKind.DECISION for item in report.agenda)
    quiet = counted.quiet_projects(report.state)
    taken = len(decisions(report)) if report.header.state is MeetingState.FROZEN else None
    said = (
        f"{plural(asked, 'beslissing', 'beslissingen')} gevraagd"
        f"{'' if taken is None else f', {number(taken)} genomen'}; "
        f"{plural(quiet, 'traject is stil', 'trajecten zijn stil')}, en "
        f"{plural(len(report.stuck), 'zaak bewoog', 'zaken bewogen')} niet terwijl dat moest."
    )
    return plural(asked if taken is None else taken, "beslissing", "beslissingen"), sentence(said)


Draw = Callable[[Slides, Report], None]
"""Draws its slides of a report; none when there is nothing to tell."""

_WHOLE: tuple[Draw, ...] = (
    title,
    summary,
    deck_changes.results,
    deck_changes.projects,
    deck_changes.coalitions,
    deck_changes.promised,
    deck_work.ateliers,
    deck_work.without_atelier,
    deck_money.coalitions,
    deck_money.money,
    deck_money.over_budget,
    deck_attention.radar,
    deck_attention.stuck,
    deck_attention.decisions_and_actions,
)
_SHORT: tuple[Draw, ...] = (
    title,
    summary,
    deck_changes.in_short,
    deck_changes.promised,
    deck_work.overview,
    deck_money.coalitions,
    deck_money.money,
)
_TO_ACCOUNT = (deck_money.over_budget, deck_attention.quiet_and_stuck, deck_attention.decisions_and_actions)
ORDER: Mapping[MeetingBody, tuple[Draw, ...]] = {
    MeetingBody.STEERING: _WHOLE,
    MeetingBody.CONFERENCE: (*_SHORT, deck_attention.decisions),
    MeetingBody.EXELLO: (*_SHORT, *_TO_ACCOUNT),
}


OPENS = 2  # what every pack begins with: which meeting, and what to know


def deck(report: Report, audience: MeetingBody, corrections: Sequence[Correction] = ()) -> bytes:
    """A .pptx file with what this body is told of the report; equal reports give equal files."""
    told = extract(report, audience)
    slides = Slides(f"{told.header.name}: pakket", foot_of(told, audience))
    for draw in order_of(told, audience):
        draw(slides, told)
    deck_briefs.corrected(slides, corrections)
    return slides.saved()


def order_of(report: Report, audience: MeetingBody) -> tuple[Draw, ...]:
    """The body that meets has the dossiers of its agenda, after what it has to know."""
    first, rest = ORDER[audience][:OPENS], ORDER[audience][OPENS:]
    return (*first, deck_briefs.dossiers, *rest) if audience is report.header.body else ORDER[audience]


def foot_of(report: Report, audience: MeetingBody) -> Foot:
    header = report.header
    stands = "vastgelegd" if header.state is MeetingState.FROZEN else "ontwerp, nog niet vastgelegd"
    extracted = audience_of(audience)
    said = [f"Bron: portaal, stand van {day(header.as_of)}", f"{header.name} ({stands})", extracted]
    notice = f"{DEMO_NOTICE}." if report.is_demo else ""
    return Foot(" · ".join(filter(None, said)), header.as_of, notice, extracted)


def audience_of(audience: MeetingBody) -> str:
    match audience:
        case MeetingBody.STEERING:
            return ""
        case MeetingBody.CONFERENCE:
            return f"uittreksel voor de {audience.label}"
        case MeetingBody.EXELLO:
            return f"uittreksel voor {audience.label}"
