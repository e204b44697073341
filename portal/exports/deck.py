"""The pack on the table as slides: whole for the steering group, an extract for the other bodies."""

from collections.abc import Callable, Mapping

from portal.exports import deck_attention, deck_changes, deck_coalitions, deck_money, deck_opening, deck_work
from portal.exports.slides import Foot, Slides
from portal.snapshots.extract import extract
from portal.snapshots.report import Report
from portal.text import day
from portal.vocabulary import DEMO_NOTICE, MeetingBody, MeetingState

Draw = Callable[[Slides, Report], None]
"""Draws its slides of a report; none when there is nothing to tell."""

_WHOLE: tuple[Draw, ...] = (
    deck_opening.title,
    deck_opening.summary,
    deck_changes.results,
    deck_changes.projects,
    deck_changes.coalitions,
    deck_changes.promised,
    deck_work.ateliers,
    deck_work.without_atelier,
    deck_coalitions.coalitions,
    deck_money.money,
    deck_money.over_budget,
    deck_attention.radar,
    deck_attention.stuck,
    deck_attention.decisions_and_actions,
)
_INFORMED: tuple[Draw, ...] = (
    deck_opening.title,
    deck_opening.summary,
    deck_changes.in_short,
    deck_changes.promised,
    deck_work.overview,
    deck_coalitions.coalitions,
    deck_money.money,
    deck_attention.decisions,
)
_ACCOUNTABLE: tuple[Draw, ...] = (
    deck_opening.title,
    deck_opening.summary,
    deck_changes.in_short,
    deck_changes.promised,
    deck_work.overview,
    deck_coalitions.coalitions,
    deck_money.money,
    deck_money.over_budget,
    deck_attention.quiet_and_stuck,
    deck_attention.decisions_and_actions,
)
ORDER: Mapping[MeetingBody, tuple[Draw, ...]] = {
    MeetingBody.STEERING: _WHOLE,
    MeetingBody.CONFERENCE: _INFORMED,
    MeetingBody.EXELLO: _ACCOUNTABLE,
}


def deck(report: Report, audience: MeetingBody) -> bytes:
    """A .pptx file with what this body is told of the report; equal reports give equal files."""
    told = extract(report, audience)
    slides = Slides(f"{told.header.name}: pakket", foot_of(told, audience))
    for draw in ORDER[audience]:
        draw(slides, told)
    return slides.saved()


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
