"""The shorter reports: for the mayors, who are informed, and for Exello, which is accountable. The same numbers."""

from collections.abc import Mapping
from dataclasses import replace

from portal.snapshots.lines import Line
from portal.snapshots.radar import Quiet, without_reason
from portal.snapshots.report import Report
from portal.snapshots.state import Kind, Row
from portal.vocabulary import MeetingBody, MeetingState

UNTOLD = frozenset({Kind.LINE, Kind.ACTION, Kind.CONDITION})
OF_MEETINGS = frozenset({Kind.MEETING, Kind.DECISION})


def extract(report: Report, body: MeetingBody) -> Report:
    """What this body is told of a meeting; the steering group is told everything.

    To the Conferentie: no names of persons nor the reasons they wrote, of money the totals per atelier, of meetings
    those that were held, and what is worth the meeting's time. To Exello: everything that is worth its time.
    """
    match body:
        case MeetingBody.CONFERENCE:
            return _of_conference(report)
        case MeetingBody.EXELLO:
            return replace(report, lines=tuple(line for line in report.lines if not line.minor))
        case MeetingBody.STEERING:
            return report


def _of_conference(report: Report) -> Report:
    kept = _kept_for_conference(report)
    return replace(
        report,
        state=replace(report.state, rows={kind: rows for kind, rows in kept.items() if rows}),
        lines=tuple(_nameless(line) for line in report.lines if not line.minor and _is_told(line, kept)),
        stuck=tuple(_nameless(line) for line in report.stuck if line.kind not in UNTOLD),
        radar=tuple(without_reason(alert) for alert in report.radar if alert.kind is not Quiet.SKIPPED),
        agenda=tuple(replace(item, note="") for item in report.agenda),
    )


def _kept_for_conference(report: Report) -> dict[Kind, Mapping[str, Row]]:
    """Of meetings those that were held, and of decisions those of them and of this one: others are still open."""
    state, here = report.state, (report.header.body.value, report.header.number)
    held = {key: row for key, row in state.of(Kind.MEETING).items() if row["state"] == MeetingState.FROZEN.value}
    known = {(row["body"], row["number"]) for row in held.values()} | {here}
    rows = {kind: rows for kind, rows in state.rows.items() if kind not in UNTOLD}
    decided = {key: row for key, row in state.of(Kind.DECISION).items() if (row["body"], row["number"]) in known}
    joined = {key: _reasonless(row) for key, row in state.of(Kind.PARTICIPATION).items()}
    return rows | {Kind.MEETING: held, Kind.DECISION: decided, Kind.PARTICIPATION: joined}


def _is_told(line: Line, kept: Mapping[Kind, Mapping[str, Row]]) -> bool:
    """A line of a meeting or a decision goes with its row; of the rest also what is gone is told."""
    return line.kind not in UNTOLD and (line.kind not in OF_MEETINGS or line.key in kept[line.kind])


def _reasonless(row: Row) -> Row:
    return {**row, "reason": ""}


def _nameless(line: Line) -> Line:
    detail = "" if line.kind is Kind.PARTICIPATION else line.detail  # a partner wrote it
    return replace(line, who="", detail=detail)


def within_ateliers(report: Report, ateliers: frozenset[str]) -> Report:
    """The report without the budget lines of other ateliers than these codes; totals per atelier are everybody's."""
    lines = {key: row for key, row in report.state.of(Kind.LINE).items() if row["atelier"] in ateliers}
    rows = {kind: rows for kind, rows in report.state.rows.items() if kind is not Kind.LINE}
    kept = (line for line in report.lines if line.kind is not Kind.LINE or line.atelier in ateliers)
    return replace(
        report, state=replace(report.state, rows=rows | ({Kind.LINE: lines} if lines else {})), lines=tuple(kept)
    )
