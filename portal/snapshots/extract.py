"""A report for another audience: what is closed to it taken out, and what concerns it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from portal.closed import Closed
from portal.snapshots.lines import Line
from portal.snapshots.promised import FATES, Promised, Step
from portal.snapshots.radar import Alert, Quiet, without_reason
from portal.snapshots.report import About, Item, Report
from portal.snapshots.state import Kind, Row, Scalar, State
from portal.vocabulary import Concern, MeetingBody, MeetingState

WITHHELD = "Wat ondertussen intern is, staat hier zonder naam en zonder tekst; het telt wel mee."
SINCE = "ondertussen intern"
A_PROJECT, A_CHALLENGE, A_STEP, A_RISK = "een project", "een uitdaging", "een mijlpaal", "een risico"
UNNAMED: Mapping[Kind, Mapping[str, Scalar]] = {
    Kind.PROJECT: {"code": "", "title": A_PROJECT, "lead": None, "reported_by": None, "why": None},
    Kind.CHALLENGE: {"code": "", "title": A_CHALLENGE},
    Kind.PARTICIPATION: {"project_code": "", "project": A_PROJECT, "reason": ""},
    Kind.MILESTONE: {"code": "", "title": A_STEP, "project_code": "", "of_code": "", "of_title": A_PROJECT},
    Kind.RISK: {
        "code": "",
        "title": A_RISK,
        "project_code": None,
        "of_title": A_PROJECT,
        "measure": "",
        "partner": None,
        "owner_function": "",
    },
}
AGREED = {Kind.DECISION: ("text",), Kind.ACTION: ("text", "done_note"), Kind.RISK: ("title", "measure")}
PROJECT = "/project/"
PROSE = ("note", "proposal", "why_now", "options", "cost", "asked")
BETWEEN = " · "  # a partner, and the coalition it is in


def without(report: Report, closed: Closed) -> Report:
    """The report for who may not know of the `closed` rows; every count stays what it was, and `withheld` says that
    something is left out."""
    if not closed.names:
        return report
    rows = {
        kind: {key: _row(kind, key, row, closed) for key, row in found.items()}
        for kind, found in report.state.rows.items()
    }
    told = replace(
        report,
        state=replace(report.state, rows=rows),
        lines=tuple(_line(line, report.state, closed) for line in report.lines),
        stuck=tuple(_line(line, report.state, closed) for line in report.stuck),
        promised=report.promised and _promised(report.promised, closed),
        radar=tuple(_alert(alert, closed) for alert in report.radar),
        agenda=tuple(_item(item, closed) for item in report.agenda),
    )
    return replace(told, withheld=True) if told != report else report


def _row(kind: Kind, key: str, row: Row, closed: Closed) -> Row:
    if _is_closed(kind, key, closed):
        return {**row, **UNNAMED[kind]}
    if kind not in AGREED:
        return row
    near = _is_near(row, closed)
    told: dict[str, Scalar] = {n: closed.out_of(str(row[n]), near=near) for n in AGREED[kind] if row.get(n)}
    return {**row, **told, "project_code": None if near else row.get("project_code")}


def _is_near(row: Row | None, closed: Closed) -> bool:
    """It is about a closed project; of a row that went, nobody knows."""
    return row is None or row.get("project_code") in closed.codes


def _is_closed(kind: Kind, key: str, closed: Closed) -> bool:
    match kind:
        case Kind.PROJECT | Kind.PARTICIPATION:
            return key.partition(".")[0] in closed.projects
        case Kind.CHALLENGE:
            return key in closed.challenges
        case Kind.MILESTONE:
            return key in closed.milestones
        case Kind.RISK:
            return key in closed.risks
        case _:
            return False


def _line(line: Line, state: State, closed: Closed) -> Line:
    if _is_closed(line.kind, line.key, closed):
        what = str(UNNAMED[line.kind].get("title") or _of_partner(line.what))
        return replace(line, what=what, old="", new=SINCE, detail="", path="", who="")
    if line.kind not in AGREED:
        return line
    near = _is_near(state.row(line.kind, line.key), closed)
    texts = (line.what, line.old, line.new, line.detail)
    what, old, new, detail = (closed.out_of(text, near=near) for text in texts)
    return replace(line, what=what, old=old, new=new, detail=detail)


def _of_partner(what: str) -> str:
    return f"{what.partition(BETWEEN)[0]}{BETWEEN}{A_PROJECT}"


def _promised(found: Promised, closed: Closed) -> Promised:
    def told(steps: tuple[Step, ...]) -> tuple[Step, ...]:
        hidden = closed.milestones
        return tuple(replace(one, title=A_STEP, of=A_PROJECT) if one.key in hidden else one for one in steps)

    fates: dict[str, Any] = {fate: told(getattr(found, fate)) for fate in FATES}
    return replace(found, **fates)


def _alert(alert: Alert, closed: Closed) -> Alert:
    about_project = alert.kind in {Quiet.PROJECT, Quiet.GROUP, Quiet.LEAVING}
    if not about_project or not _is_closed(Kind.PROJECT, alert.key, closed):
        return alert
    what = _of_partner(alert.what) if alert.kind is Quiet.LEAVING else A_PROJECT
    return replace(alert, what=what, why=f"Dit is {SINCE}.", path="")


def _item(item: Item, closed: Closed) -> Item:
    near = item.path.removeprefix(PROJECT) in closed.codes
    texts: dict[str, Any] = {name: closed.out_of(getattr(item, name), near=near) for name in PROSE}
    told = replace(
        item,
        title=closed.out_of(item.title, near=True),
        abouts=tuple(_about(each, closed) for each in item.abouts if not _is_closed_about(each, closed)),
        links=tuple(replace(link, title=closed.out_of(link.title, near=True)) for link in item.links),
        **texts,
    )
    return replace(told, about="", path="", links=()) if near else told


def _about(about: About, closed: Closed) -> About:
    return replace(about, served_by=tuple(code for code in about.served_by if code not in closed.codes))


def _is_closed_about(about: About, closed: Closed) -> bool:
    match about.concern:
        case Concern.PROJECT:
            return about.key in closed.projects
        case Concern.RISK:
            return about.key in closed.risks
        case _:
            return False


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
        agenda=tuple(_for_conference(item) for item in report.agenda),
    )


def _for_conference(item: Item) -> Item:
    """What is proposed and asked; not what was said, what it costs whom, nor the documents of the table."""
    return replace(item, note="", options="", cost="", links=())


def _kept_for_conference(report: Report) -> dict[Kind, Mapping[str, Row]]:
    """Of meetings those that were held, and of decisions those of them and of this one: others are still open."""
    state, here = report.state, (report.header.body.value, report.header.number)
    held = {key: row for key, row in state.of(Kind.MEETING).items() if row["state"] == MeetingState.FROZEN.value}
    known = {(row["body"], row["number"]) for row in held.values()} | {here}
    rows = {kind: rows for kind, rows in state.rows.items() if kind not in UNTOLD}
    decided = {key: row for key, row in state.of(Kind.DECISION).items() if (row["body"], row["number"]) in known}
    joined = {key: {**row, "reason": ""} for key, row in state.of(Kind.PARTICIPATION).items()}
    return rows | {Kind.MEETING: held, Kind.DECISION: decided, Kind.PARTICIPATION: joined}


def _is_told(line: Line, kept: Mapping[Kind, Mapping[str, Row]]) -> bool:
    """A line of a meeting or a decision goes with its row; of the rest also what is gone is told."""
    return line.kind not in UNTOLD and (line.kind not in OF_MEETINGS or line.key in kept[line.kind])


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
