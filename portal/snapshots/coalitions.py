"""Coalitions and draagvlak in words."""

from portal.snapshots.lines import Said, Topic, Words
from portal.snapshots.sentences import date_text, dated, field, words
from portal.snapshots.state import Change, Row
from portal.vocabulary import (
    TAKES_PART,
    EndorsementLevel,
    EndorsementState,
    EndorsementTrack,
    Improvement,
    ParticipationState,
)

STATE, LEVEL, TRACK = words(ParticipationState), words(EndorsementLevel), words(EndorsementTrack)
ENDORSED, BETTER = words(EndorsementState), words(Improvement)
WEIGHT = [state.value for state in EndorsementState]


def _participation(change: Change, _: Row, row: Row) -> Said:
    state = STATE(row["state"]).lower()
    if change.came:
        joins = row["state"] in TAKES_PART
        return Said("stapt in" if joins else "nieuw", "+" if joins else "○", new=state, detail=_why(row))
    return Said("uit de coalitie", "–", old=state, new="geen deelname meer")


def _state(change: Change, _: Row, row: Row) -> Said:
    inside, outside = change.new in TAKES_PART, change.old in TAKES_PART
    act, symbol = ("andere rol", "○") if inside == outside else ("stapt in", "+") if inside else ("stapt uit", "–")
    return Said(act, symbol, STATE(change.old).lower(), STATE(change.new).lower(), detail=_why(row))


def _why(row: Row) -> str:
    """The moment that is expected, and the reason."""
    when = f"verwacht op {date_text(row, 'expected_on')}" if row["expected_on"] else ""
    return " · ".join(filter(None, (when, str(row["reason"] or ""))))


def _reason(change: Change, old: Row, row: Row) -> Said | None:
    """Told beside the state where that changed too."""
    if old["state"] != row["state"]:
        return None
    return Said("andere reden", "○", str(change.old or ""), str(change.new or "geen reden"), "reden", minor=True)


def _expected(change: Change, old: Row, row: Row) -> Said | None:
    if old["state"] != row["state"]:
        return None
    return Said("ander moment", "○", date_text(old, change.field), date_text(row, change.field), "verwacht op")


def _endorsement(change: Change, _: Row, row: Row) -> Said:
    if change.came:
        return Said("gevraagd", "+", new=ENDORSED(row["state"]))
    return Said("geschrapt", "–", old=ENDORSED(row["state"]), new="geschrapt", minor=True)


def _endorsed(change: Change, _: Row, row: Row) -> Said:
    further = _place(change.new) > _place(change.old)
    since = f"op {date_text(row, 'on')}" if row["on"] else ""
    act = "meer draagvlak" if further else "minder draagvlak"
    return Said(act, "✓" if further else "▲", ENDORSED(change.old), ENDORSED(change.new), detail=since)


def _place(state: object) -> int:
    return WEIGHT.index(str(state)) if state in WEIGHT else 0


def _endorsed_on(change: Change, old: Row, row: Row) -> Said | None:
    if old["state"] != row["state"]:
        return None
    return Said("datum gewijzigd", "○", date_text(old, "on"), date_text(row, "on"), "datum", minor=True)


def _condition(change: Change, _: Row, row: Row) -> Said:
    if change.came:
        return Said("nieuwe voorwaarde", "▲", new=str(row["text"]))
    return Said("voorwaarde geschrapt", "–", old=str(row["text"]), new="geschrapt")


def _resolved(change: Change, _: Row, row: Row) -> Said:
    if change.new:
        return Said("voorwaarde vervuld", "✓", old=str(row["text"]), new=f"vervuld op {date_text(row, 'resolved_on')}")
    return Said("voorwaarde heropend", "▲", new=str(row["text"]))


PARTICIPATIONS = Words(
    Topic.COALITIONS,
    what=lambda row: f"{row['partner']} · {row['project']}",
    path=lambda row: f"/project/{row['project_code']}",
    rules={
        "": _participation,
        "state": _state,
        "reason": _reason,
        "expected_on": _expected,
        "improvement": field("andere verwachting", "○", "verwacht het beter", BETTER, minor=True),
    },
)
ENDORSEMENTS = Words(
    Topic.COALITIONS,
    what=lambda row: f"{row['partner']} · draagvlak {LEVEL(row['level'])} ({TRACK(row['track'])})",
    path=lambda row: f"/gemeente/{row['slug']}",
    rules={"": _endorsement, "state": _endorsed, "on": _endorsed_on},
)
CONDITIONS = Words(
    Topic.COALITIONS,
    what=lambda row: f"{row['partner']} · voorwaarde van {LEVEL(row['level'])}",
    path=lambda row: f"/gemeente/{row['slug']}",
    rules={
        "": _condition,
        "resolved_on": _resolved,
        "text": field("voorwaarde gewijzigd", "○", "voorwaarde", minor=True),
        "due_on": dated("ander moment", "○", "tegen", minor=True),
    },
)
