"""Results, milestones, risks, projects, challenges, decisions, actions and meetings: what of a change in one of them is
more than the change itself."""

from portal.addresses import of_work
from portal.snapshots.described import Act, Rules
from portal.snapshots.lines import Said, date_text, figure, words
from portal.snapshots.state import Change, Row, day_of
from portal.text import plural
from portal.vocabulary import ENDED_PHASES, ChallengeStatus, Health, Phase, ProjectScope, ResultState, RiskState

STATE = words(ResultState)
SIGNS = {
    ResultState.REACHED.value: ("klaar", "✓"),
    ResultState.OVERDUE.value: ("te laat", "▲"),
    ResultState.RUNNING.value: ("begonnen", "○"),
}


def _state(change: Change, _: Row, row: Row) -> Said:
    act, symbol = SIGNS.get(str(change.new), ("teruggezet", "○"))
    if change.old == ResultState.REACHED.value:
        act, symbol = "heropend", "▲"
    elif change.old == ResultState.OVERDUE.value and change.new == ResultState.RUNNING.value:
        act, symbol = "niet meer te laat", "○"
    detail = f"op {date_text(row, 'done_on')}" if change.new == ResultState.REACHED.value and row["done_on"] else ""
    return Said(act, symbol, STATE(change.old), STATE(change.new), "stand", detail)


def _reached(change: Change, old: Row, row: Row) -> Said:
    """How far the number is; of a number of partners also who came."""
    came = set(_names(row)) - set(_names(old))
    of = f" van {figure(row['target'])}" if row["target"] else ""
    unit = f" {row['unit']}" if row["unit"] else ""
    detail = ", ".join(name for name in _names(row) if name in came)
    before = "niet geteld" if change.old is None else figure(change.old)
    after = "niet geteld" if change.new is None else f"{figure(change.new)}{of}{unit}"
    act, symbol = ("bijgeteld", "+") if _more(change) else ("afgeteld", "–")
    return Said(act, symbol, before, after, "", detail)


def _names(row: Row) -> list[str]:
    return [name for name in str(row["reached_by"] or "").split("; ") if name]


def _more(change: Change) -> bool:
    return float(change.new or 0) >= float(change.old or 0)


def _result(change: Change, _: Row, row: Row) -> Said:
    if change.came:
        return Said("nieuw", "+", new=STATE(row["state"]), label="nieuw resultaat")
    return Said("geschrapt", "–", old=STATE(row["state"]), label="resultaat")


def _noted_done(change: Change, old: Row, row: Row) -> Said | None:
    """Told by the state where that changed too."""
    if old["state"] != row["state"]:
        return None
    act, symbol = ("klaar", "✓") if change.new else ("heropend", "▲")
    return Said(act, symbol, date_text(old, "done_on"), date_text(row, "done_on"), "klaar")


def _milestone(change: Change, old: Row, row: Row) -> Said:
    if change.came:
        done = bool(row["done_on"])
        when = date_text(row, "done_on") if done else date_text(row, "due_expected")
        return Said("toegevoegd", "+", new=f"nieuw: {when}", detail=_of(row) + (" · meteen klaar" if done else ""))
    return Said("geschrapt", "–", old=date_text(row, "due_expected"), new="geschrapt", detail=_of(row))


def _done(change: Change, old: Row, row: Row) -> Said:
    if change.new is None:
        return Said("heropend", "▲", f"klaar op {date_text(old, 'done_on')}", "niet klaar", "", _of(row))
    if change.old is not None:
        return Said("verbeterd", "○", date_text(old, "done_on"), date_text(row, "done_on"), "klaar op", _of(row))
    return Said("klaar", "✓", new=f"klaar op {date_text(row, 'done_on')}", detail=_of(row))


def _moved(change: Change, old: Row, row: Row) -> Said:
    was, now, first = (day_of(old, "due_expected"), day_of(row, "due_expected"), day_of(row, "due_first"))
    days = (now - was).days if now and was else 0
    later = days > 0
    slip = (now - first).days if now and first else 0
    against = f"{plural(abs(slip), 'dag', 'dagen')} {'na' if slip > 0 else 'voor'} het eerste plan" if slip else ""
    detail = " · ".join(filter(None, (_of(row), against or "weer op het eerste plan")))
    dates = date_text(old, "due_expected"), date_text(row, "due_expected")
    return Said("verschoven" if later else "vervroegd", "▲" if later else "◀", *dates, "", detail)


def _of(row: Row) -> str:
    return f"{row['of_code']} {row['of_title']}"


RESULT: Rules = {
    "": _result,
    "state": _state,
    "reached": _reached,
    "done_on": _noted_done,
    "target": Act("doel gewijzigd"),
    "owner_after_grant": Act("eigenaar gewijzigd"),
}
MILESTONE: Rules = {
    "": _milestone,
    "done_on": _done,
    "due_expected": _moved,
    "due_first": Act("eerste plan gewijzigd", minor=True),
}


def milestone_page(row: Row) -> str:
    return of_work(row["project_code"], row["of_code"])


def risk_page(row: Row) -> str:
    about = row["project_code"] or row["result_code"]
    return of_work(row["project_code"], about) if about else "/stuurgroep"


RISK_STATE = words(RiskState)


def _risk_state(change: Change, _: Row, __: Row) -> Said:
    signs = {RiskState.HAPPENED.value: ("gebeurd", "▲"), RiskState.CLOSED.value: ("gesloten", "✓")}
    act, symbol = signs.get(str(change.new), ("andere stand", "○"))
    return Said(act, symbol, RISK_STATE(change.old), RISK_STATE(change.new), "risico")


def _weighed(change: Change, _: Row, __: Row) -> Said:
    act, symbol = ("zwaarder", "▲") if float(change.new or 0) > float(change.old or 0) else ("lichter", "○")
    return Said(act, symbol, figure(change.old), figure(change.new), "kans" if change.field == "chance" else "gevolg")


RISK: Rules = {"state": _risk_state, "chance": _weighed, "effect": _weighed}


PHASE, HEALTH, SCOPE, STATUS = words(Phase), words(Health), words(ProjectScope), words(ChallengeStatus)
BEFORE_WORK = {Phase.IDEA.value, Phase.PREPARATION.value}
WORSE = [Health.GREEN.value, Health.UNKNOWN.value, Health.AMBER.value, Health.RED.value]


def _project(change: Change, _: Row, row: Row) -> Said:
    scope = f"{SCOPE(row['scope'])} project"
    if change.came:
        return Said("nieuw", "+", new=PHASE(row["phase"]), label=f"nieuw {scope}", minor=_local(row))
    return Said("geschrapt", "–", old=PHASE(row["phase"]), new="uit de lijst", label=scope, minor=_local(row))


def _phase(change: Change, _: Row, row: Row) -> Said:
    act, symbol = "andere fase", "○"
    if change.new in ENDED_PHASES:
        act, symbol = ("afgerond", "✓") if change.new == Phase.FINISHED.value else ("stopgezet", "–")
    elif change.old in BEFORE_WORK and change.new not in BEFORE_WORK:
        act, symbol = "gestart", "+"
    elif change.old in ENDED_PHASES:
        act, symbol = "hernomen", "+"
    ended = f"op {date_text(row, 'ended_on')}" if change.new in ENDED_PHASES and row["ended_on"] else ""
    return Said(act, symbol, PHASE(change.old), PHASE(change.new), "fase", ended, minor=_local(row))


def _health(change: Change, _: Row, row: Row) -> Said:
    worse = _place(change.new) > _place(change.old)
    signal = f"berekend signaal: {HEALTH(row['signal'])}" if row["signal"] else ""
    told = HEALTH(change.old), HEALTH(change.new)
    return Said("andere kleur", "▲" if worse else "○", *told, "gemelde kleur", signal, minor=_local(row))


def _place(colour: object) -> int:
    return WORSE.index(str(colour)) if colour in WORSE else 0


def _signal(change: Change, _: Row, row: Row) -> Said | None:
    """Nothing where there is none on one of the sides: the project came, ended or went on."""
    if change.old is None or change.new is None:
        return None
    worse = _place(change.new) > _place(change.old)
    detail = f"{row['why']} · gemeld {HEALTH(row['health'])}"
    return Said(
        "ander signaal", "▲" if worse else "○", HEALTH(change.old), HEALTH(change.new), "berekend signaal", detail
    )


def _quiet(change: Change, _: Row, row: Row) -> Said | None:
    if change.old is None or change.new is None:
        return None
    seen = f"laatste teken op {date_text(row, 'last_seen')}" if row["last_seen"] else "nooit over gemeld"
    if change.new:
        return Said("viel stil", "▲", new="viel stil", detail=seen)
    return Said("leeft op", "✓", old="stil", new="leeft weer op", detail=seen)


def _end(change: Change, old: Row, row: Row) -> Said:
    was, now = day_of(old, "end_expected_on"), day_of(row, "end_expected_on")
    later = was is not None and now is not None and now > was
    dates = date_text(old, "end_expected_on"), date_text(row, "end_expected_on")
    first = f"eerst gepland op {date_text(row, 'end_first_planned_on')}" if row["end_first_planned_on"] else ""
    act = "verschoven" if later else "einde gewijzigd"
    return Said(act, "▲" if later else "○", *dates, "verwacht einde", first, minor=_local(row))


def _local(row: Row) -> bool:
    return row["scope"] == ProjectScope.LOCAL.value


def _challenge(change: Change, _: Row, row: Row) -> Said:
    if change.came:
        return Said("nieuw", "+", new=STATUS(row["status"]), label="nieuwe uitdaging")
    return Said("weg", "–", old=STATUS(row["status"]), new="uit de inventaris")


def _status(change: Change, _: Row, __: Row) -> Said:
    ends = {ChallengeStatus.SOLVED.value: ("opgelost", "✓"), ChallengeStatus.LAPSED.value: ("vervallen", "–")}
    act, symbol = ends.get(str(change.new), ("andere status", "○"))
    return Said(act, symbol, STATUS(change.old), STATUS(change.new))


PROJECT: Rules = {
    "": _project,
    "phase": _phase,
    "health": _health,
    "signal": _signal,
    "quiet": _quiet,
    "end_expected_on": _end,
    "ended_on": Act("verbeterd", minor=True, beside="phase"),
    "start_on": Act("start gewijzigd", minor=True),
    "progress": Act("voortgang", minor=True),
    "scope": Act("andere schaal"),
    "atelier": Act("ander atelier", minor=True),
}
CHALLENGE: Rules = {"": _challenge, "status": _status, "urgency": Act("andere urgentie", minor=True)}


def _decision(change: Change, _: Row, row: Row) -> Said:
    if change.came:
        return Said("beslist", "✓", new=str(row["text"]), detail=f"op {date_text(row, 'taken_on')}")
    return Said("ingetrokken", "–", old=str(row["text"]), new="ingetrokken")


def _action(change: Change, _: Row, row: Row) -> Said:
    if change.came:
        by = f"tegen {date_text(row, 'due_on')}" if row["due_on"] else "zonder datum"
        return Said("nieuwe actie", "+", new=str(row["text"]), detail=by)
    return Said("actie geschrapt", "–", old=str(row["text"]), new="geschrapt")


def _acted(change: Change, _: Row, row: Row) -> Said:
    if change.new is None:
        return Said("heropend", "▲", new=str(row["text"]), detail="was gedaan")
    done = f"gedaan op {date_text(row, 'done_on')}"
    return Said("gedaan", "✓", old=str(row["text"]), new=done, detail=str(row["done_note"] or ""))


def _meeting(change: Change, _: Row, row: Row) -> Said:
    if change.came:
        return Said("gepland", "+", new=date_text(row, "planned_on"), minor=True)
    return Said("geschrapt", "–", old=date_text(row, "planned_on"), new="geschrapt")


def _was_held(change: Change, old: Row, row: Row) -> Said:
    if change.new is None:
        return Said("niet gehouden", "–", old=date_text(old, "held_on"), new="niet gehouden")
    return Said("gehouden", "✓", new=f"gehouden op {date_text(row, 'held_on')}", minor=True)


DECISION: Rules = {"": _decision, "text": Act("verbeterd"), "taken_on": Act("verbeterd", minor=True)}
ACTION: Rules = {
    "": _action,
    "done_on": _acted,
    "due_on": Act("ander moment", "▲"),
    "text": Act("verbeterd", minor=True),
    "partner": Act("andere trekker"),
}
MEETING: Rules = {"": _meeting, "planned_on": Act("verplaatst", "▲"), "held_on": _was_held}
