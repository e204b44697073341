"""The shorter reports: for the mayors, who are informed, and for Exello, which is accountable. The same numbers."""

from dataclasses import replace

from portal.snapshots.lines import Line
from portal.snapshots.report import Report, without_kinds
from portal.snapshots.state import Kind
from portal.vocabulary import MeetingBody, MeetingState

TOTALS_ONLY = frozenset({Kind.LINE})
SAID_BY_PEOPLE = frozenset({Kind.ACTION, Kind.PARTICIPATION, Kind.CONDITION})


def extract(report: Report, body: MeetingBody) -> Report:
    """What this body is told of a meeting; the steering group is told everything.

    To the Conferentie: no names of persons nor what they wrote, of money the totals per atelier, of meetings those that
    were held, and what is worth the meeting's time. To Exello: everything that is worth its time.
    """
    match body:
        case MeetingBody.CONFERENCE:
            return _of_conference(report)
        case MeetingBody.EXELLO:
            return replace(report, lines=tuple(line for line in report.lines if not line.minor))
        case MeetingBody.STEERING:
            return report


def _of_conference(report: Report) -> Report:
    shorter = without_kinds(report, TOTALS_ONLY)
    held = {
        key: row for key, row in shorter.state.of(Kind.MEETING).items() if row["state"] == MeetingState.FROZEN.value
    }
    rows = {**shorter.state.rows, Kind.MEETING: held, Kind.ACTION: {}, Kind.CONDITION: {}}
    return replace(
        shorter,
        state=replace(shorter.state, rows={kind: kept for kind, kept in rows.items() if kept}),
        lines=tuple(
            _nameless(line)
            for line in shorter.lines
            if not line.minor and line.kind not in SAID_BY_PEOPLE - {Kind.PARTICIPATION}
        ),
        stuck=tuple(_nameless(line) for line in shorter.stuck if line.kind is not Kind.ACTION),
        agenda=tuple(replace(item, note="") for item in shorter.agenda),
    )


def _nameless(line: Line) -> Line:
    detail = "" if line.kind in SAID_BY_PEOPLE else line.detail
    return replace(line, who="", detail=detail)


def within_ateliers(report: Report, ateliers: frozenset[str]) -> Report:
    """The report without the budget lines of other ateliers than these codes; totals per atelier are everybody's."""
    lines = {key: row for key, row in report.state.of(Kind.LINE).items() if row["atelier"] in ateliers}
    rows = {kind: rows for kind, rows in report.state.rows.items() if kind is not Kind.LINE}
    kept = (line for line in report.lines if line.kind is not Kind.LINE or line.atelier in ateliers)
    return replace(
        report, state=replace(report.state, rows=rows | ({Kind.LINE: lines} if lines else {})), lines=tuple(kept)
    )
