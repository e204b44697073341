"""Results and milestones in words."""

from portal.snapshots.lines import Said, Topic, Words
from portal.snapshots.sentences import date_text, dated, field, figure, renamed, words
from portal.snapshots.state import Change, Row, day_of
from portal.text import plural
from portal.vocabulary import ResultState

STATE = words(ResultState)
SIGNS = {
    ResultState.REACHED.value: ("klaar", "✓"),
    ResultState.OVERDUE.value: ("over tijd", "▲"),
    ResultState.RUNNING.value: ("begonnen", "○"),
}


def _state(change: Change, _: Row, row: Row) -> Said:
    act, symbol = SIGNS.get(str(change.new), ("teruggezet", "○"))
    if change.old == ResultState.REACHED.value:
        act, symbol = "heropend", "▲"
    elif change.old == ResultState.OVERDUE.value and change.new == ResultState.RUNNING.value:
        act, symbol = "niet meer over tijd", "○"
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
    return Said("bijgeteld" if _more(change) else "afgeteld", "+" if _more(change) else "–", before, after, "", detail)


def _names(row: Row) -> list[str]:
    return [name for name in str(row["reached_by"] or "").split("; ") if name]


def _more(change: Change) -> bool:
    return float(change.new or 0) >= float(change.old or 0)


def _came(_: Change, __: Row, row: Row) -> Said:
    return Said("nieuw", "+", new=STATE(row["state"]), label="nieuw resultaat")


def _went(_: Change, row: Row, __: Row) -> Said:
    return Said("geschrapt", "–", old=STATE(row["state"]), label="resultaat")


def _result(change: Change, old: Row, row: Row) -> Said:
    return _came(change, old, row) if change.came else _went(change, old, row)


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


RESULTS = Words(
    Topic.RESULTS,
    what=lambda row: f"{row['code']} {row['title']}",
    path=lambda row: f"/ateliers?atelier={row['atelier']}",
    rules={
        "": _result,
        "state": _state,
        "reached": _reached,
        "done_on": _noted_done,
        "target": field("doel gewijzigd", "○", "doel", figure),
        "owner_after_grant": field("eigenaar gewijzigd", "○", "eigenaar na de subsidie"),
        "title": renamed,
    },
)
MILESTONES = Words(
    Topic.RESULTS,
    what=lambda row: str(row["title"]),
    path=lambda row: (
        f"/project/{row['project_code']}" if row["project_code"] else f"/ateliers?atelier={row['atelier']}"
    ),
    rules={
        "": _milestone,
        "done_on": _done,
        "due_expected": _moved,
        "due_first": dated("eerste plan gewijzigd", "○", "eerste plan", minor=True),
        "title": renamed,
    },
)
