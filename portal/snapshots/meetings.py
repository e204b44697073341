"""Decisions, actions and the meetings themselves: what of a change in one of them is more than the change itself."""

from portal.snapshots.described import Act, Rules
from portal.snapshots.lines import Said, date_text
from portal.snapshots.state import Change, Row


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


DECISION: Rules = {"": _decision, "text": Act("verbeterd"), "taken_on": Act("verbeterd", minor=True)}
ACTION: Rules = {
    "": _action,
    "done_on": _done,
    "due_on": Act("ander moment", "▲"),
    "text": Act("verbeterd", minor=True),
    "partner": Act("andere trekker"),
}
MEETING: Rules = {"": _meeting, "planned_on": Act("verplaatst", "▲"), "held_on": _held}
