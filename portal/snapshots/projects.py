"""Projects and challenges in words."""

from portal.snapshots.lines import Said, Topic, Words
from portal.snapshots.sentences import date_text, dated, field, figure, renamed, text, words
from portal.snapshots.state import Change, Row, day_of
from portal.vocabulary import ENDED_PHASES, ChallengeStatus, Health, Phase, ProjectScope

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


def _ended(change: Change, old: Row, row: Row) -> Said | None:
    """Told by the phase where that changed too."""
    if old["phase"] != row["phase"]:
        return None
    return Said("verbeterd", "○", date_text(old, "ended_on"), date_text(row, "ended_on"), "geëindigd op", minor=True)


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


PROJECTS = Words(
    Topic.PROJECTS,
    what=lambda row: f"{row['code']} {row['title']}",
    path=lambda row: f"/project/{row['code']}",
    rules={
        "": _project,
        "phase": _phase,
        "health": _health,
        "signal": _signal,
        "quiet": _quiet,
        "end_expected_on": _end,
        "ended_on": _ended,
        "start_on": dated("start gewijzigd", "○", "start", minor=True),
        "progress": field("voortgang", "○", "voortgang in %", figure, minor=True),
        "scope": field("andere schaal", "○", "schaal", SCOPE),
        "atelier": field("ander atelier", "○", "atelier", text, minor=True),
        "title": renamed,
    },
)
CHALLENGES = Words(
    Topic.INVENTORY,
    what=lambda row: f"{row['partner']} · {row['code']} {row['title']}",
    path=lambda row: f"/uitdaging/{row['code']}",
    rules={
        "": _challenge,
        "status": _status,
        "urgency": field("andere dringendheid", "○", "dringendheid", figure, minor=True),
        "title": renamed,
    },
)
