"""Which kinds a meeting hears of and how each is told; its decisions, actions and the meetings themselves in words."""

from portal.snapshots import coalitions, work
from portal.snapshots.lines import Said, Topic, Words, date_text, dated, field, text, words
from portal.snapshots.state import Change, Kind, Row
from portal.vocabulary import MeetingBody

BODY = words(MeetingBody)


def _decision(change: Change, _: Row, row: Row) -> Said:
    if change.came:
        return Said("beslist", "✓", new=str(row["text"]), detail=f"op {date_text(row, 'taken_on')}")
    return Said("ingetrokken", "–", old=str(row["text"]), new="ingetrokken")


def _action(change: Change, _: Row, row: Row) -> Said:
    if change.came:
        by = f"tegen {date_text(row, 'due_on')}" if row["due_on"] else "zonder datum"
        return Said("nieuwe actie", "+", new=str(row["text"]), detail=by)
    return Said("actie geschrapt", "–", old=str(row["text"]), new="geschrapt")


def _done(change: Change, _: Row, row: Row) -> Said:
    if change.new is None:
        return Said("heropend", "▲", new=str(row["text"]), detail="was gedaan")
    done = f"gedaan op {date_text(row, 'done_on')}"
    return Said("gedaan", "✓", old=str(row["text"]), new=done, detail=str(row["done_note"] or ""))


def _meeting(change: Change, _: Row, row: Row) -> Said:
    if change.came:
        return Said("gepland", "+", new=date_text(row, "planned_on"), minor=True)
    return Said("geschrapt", "–", old=date_text(row, "planned_on"), new="geschrapt")


def _held(change: Change, old: Row, row: Row) -> Said:
    if change.new is None:
        return Said("niet gehouden", "–", old=date_text(old, "held_on"), new="niet gehouden")
    return Said("gehouden", "✓", new=f"gehouden op {date_text(row, 'held_on')}", minor=True)


DECISIONS = Words(
    Topic.AGREED,
    what=lambda row: f"{BODY(row['body'])} {row['number']}",
    path=lambda row: f"/stuurgroep?vergadering={row['body']}-{row['number']}",
    rules={
        "": _decision,
        "text": field("verbeterd", "○", "beslissing"),
        "taken_on": dated("verbeterd", "○", "beslist op", minor=True),
    },
)
ACTIONS = Words(
    Topic.AGREED,
    what=lambda row: str(row["partner"]),
    path=lambda row: f"/stuurgroep?vergadering={row['body']}-{row['number']}",
    rules={
        "": _action,
        "done_on": _done,
        "due_on": dated("ander moment", "▲", "tegen"),
        "text": field("verbeterd", "○", "actie", minor=True),
        "partner": field("andere trekker", "○", "wie", text),
    },
)
MEETINGS = Words(
    Topic.AGREED,
    what=lambda row: f"{BODY(row['body'])} {row['number']}",
    path=lambda row: f"/stuurgroep?vergadering={row['body']}-{row['number']}",
    rules={"": _meeting, "planned_on": dated("verplaatst", "▲", "gepland op"), "held_on": _held},
)


TOLD = {
    Kind.RESULT: work.RESULTS,
    Kind.MILESTONE: work.MILESTONES,
    Kind.PROJECT: work.PROJECTS,
    Kind.PARTICIPATION: coalitions.PARTICIPATIONS,
    Kind.ENDORSEMENT: coalitions.ENDORSEMENTS,
    Kind.CONDITION: coalitions.CONDITIONS,
    Kind.MONEY: coalitions.MONEY,
    Kind.LINE: coalitions.LINES,
    Kind.GRANT: coalitions.GRANTS,
    Kind.CHALLENGE: work.CHALLENGES,
    Kind.DECISION: DECISIONS,
    Kind.ACTION: ACTIONS,
    Kind.MEETING: MEETINGS,
}
