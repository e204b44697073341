"""Coalitions, draagvlak and money: what of a change is more than the change itself."""

from portal.snapshots.described import Act, Rules
from portal.snapshots.lines import Said, Topic, Words, amount, date_text, field, renamed, words
from portal.snapshots.state import Change, Row, Scalar
from portal.vocabulary import (
    TAKES_PART,
    CostKind,
    EndorsementState,
    Improvement,
    ParticipationState,
    Standing,
)

STATE = words(ParticipationState)
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


def _condition(change: Change, _: Row, row: Row) -> Said:
    if change.came:
        return Said("nieuwe voorwaarde", "▲", new=str(row["text"]))
    return Said("voorwaarde geschrapt", "–", old=str(row["text"]), new="geschrapt")


def _resolved(change: Change, _: Row, row: Row) -> Said:
    if change.new:
        return Said("voorwaarde vervuld", "✓", old=str(row["text"]), new=f"vervuld op {date_text(row, 'resolved_on')}")
    return Said("voorwaarde heropend", "▲", new=str(row["text"]))


PARTICIPATION: Rules = {
    "": _participation,
    "state": _state,
    "reason": _reason,
    "expected_on": Act("ander moment", beside="state"),
    "improvement": field("andere verwachting", "○", "verwacht het beter", BETTER, minor=True),
}
ENDORSEMENT: Rules = {
    "": _endorsement,
    "state": _endorsed,
    "on": Act("datum gewijzigd", minor=True, beside="state"),
}
CONDITION: Rules = {
    "": _condition,
    "resolved_on": _resolved,
    "text": Act("voorwaarde gewijzigd", minor=True),
    "due_on": Act("ander moment", minor=True),
}


COST = words(CostKind)
OVER = {Standing.OVER.value, Standing.FAR_OVER.value}
STANDING = words(Standing)
FOUR = {"budgeted": "begroot", "committed": "vastgelegd", "spent": "uitgegeven", "forecast": "prognose"}
FOR_PROJECT = Act("voor een ander project", minor=True)


def _atelier(change: Change, _: Row, row: Row) -> Said:
    told = amount(row["budgeted"])
    if change.came:
        return Said("nieuw in de begroting", "€", new=told, label="begroot")
    return Said("uit de begroting", "€", old=told, new="geen begrotingslijnen meer", label="begroot")


def _line(change: Change, _: Row, row: Row) -> Said:
    told = amount(row["budgeted"])
    if change.came:
        over = f"{STANDING(row['standing'])}, " if row["standing"] in OVER else ""
        return Said("nieuwe lijn", "+", new=told, label="begroot", detail=over + COST(row["cost_kind"]), minor=not over)
    return Said("lijn geschrapt", "–", old=told, new="geschrapt", label="begroot", minor=True)


def _standing(change: Change, _: Row, row: Row) -> Said | None:
    """Over its budget, or back within it: worth the meeting's time when more than a tenth. A first forecast that stays
    within says nothing."""
    if change.old not in OVER and change.new not in OVER:
        return None
    detail = f"prognose {amount(row['forecast'])}, begroot {amount(row['budgeted'])}"
    told = _stands(change.old), _stands(change.new)
    act, symbol = ("boven begroot", "▲") if change.new in OVER else ("weer binnen begroot", "✓")
    return Said(act, symbol, *told, "", detail, minor=Standing.FAR_OVER.value not in {change.old, change.new})


def _stands(standing: Scalar) -> str:
    return STANDING(standing if standing in OVER else Standing.WITHIN.value)


def _grant(change: Change, _: Row, row: Row) -> Said:
    if change.came:
        return Said("nieuw dossier", "+", new=amount(row["requested"]), label="gevraagd")
    return Said("dossier geschrapt", "–", old=amount(row["awarded"]), new="geschrapt")


MONEY = Words(
    Topic.MONEY,
    what=lambda row: str(row["title"]),
    path=lambda _: "/budget",
    rules={"": _atelier, **{key: field("gewijzigd", "€", name, amount) for key, name in FOUR.items()}},
)
LINE: Rules = {
    "": _line,
    "standing": _standing,
    "funding_state": Act("andere financiering"),
    "description": renamed,
    "project_code": FOR_PROJECT,
}
GRANT: Rules = {"": _grant, "ends_on": Act("einde gewijzigd", "▲"), "project_code": FOR_PROJECT}


def line_name(row: Row) -> str:
    return f"{row['code']} {row['description'] or COST(row['cost_kind'])}"
