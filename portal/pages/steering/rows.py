"""What the meeting page says, in words and in rows."""

from collections.abc import Sequence
from datetime import date, datetime

import pandas as pd
from dash import html
from dash.development.base_component import Component

from portal.clock import REGION_TIME
from portal.pages.steering.asks import Seen
from portal.pages.steering.reading import Agreed, Counts, Held
from portal.snapshots import counted
from portal.snapshots.lines import Line
from portal.snapshots.promised import Promised, Step
from portal.snapshots.radar import GRACE_DAYS
from portal.snapshots.report import Header
from portal.text import day, listed, long_day, moment, number, plural

IN_BOLD = 2
SOURCE = "wijzigingen in het portaal"
NOTHING_MOVED = "veranderde er niets dat een vergadering moet horen"
NOT_KEPT = (
    "Van deze vergadering is bekend dat ze doorging; wat ze zag, werd toen nog niet bewaard. "
    "De agenda en de kalender staan hieronder."
)
NOT_KEPT_SHORT = "Wat deze vergadering zag, is niet bewaard."
FREEZING = (
    "Vastleggen bewaart wat deze vergadering ziet, zoals het nu in het portaal staat: veranderingen, agenda, "
    "beslissingen, acties, geld en wat dreigt stil te vallen. Daarna verandert er aan deze pagina en aan wat u er "
    "downloadt niets meer; verbeteren kan alleen nog met een gedateerde nota. Wat later intern wordt, staat er dan "
    "zonder naam voor wie het niet mag kennen. De burgemeesters zien de vergadering vanaf dan ook. Dit kan niet "
    "ongedaan gemaakt worden."
)


def title(header: Header) -> str:
    """ "Stuurgroep 7 · 4 december 2026"."""
    return f"{header.name} · {short_day(header)}"


def short_day(header: Header) -> str:
    return long_day(header.day).partition(" ")[2]


def opening(seen: Seen) -> list[str | Component]:
    """What moved since the meeting before, the two things that matter most in bold."""
    if not seen.kept:
        return [NOT_KEPT]
    quiet = _quiet(seen.counts)
    if seen.previous is None:
        begin = "Dit is de eerste vergadering waarvan de stand bewaard wordt: er is nog niets om mee te vergelijken"
        return [f"{begin}; {quiet}." if quiet else f"{begin}."]
    moved = _moved(seen.counts)
    since = f"Sinds {since_of(seen)}"
    if not moved:
        return [f"{since} ", html.B(NOTHING_MOVED), f"; {quiet}." if quiet else "."]
    told = [*moved, *filter(None, [quiet])]
    bold, rest = told[:IN_BOLD], told[IN_BOLD:]
    return [f"{since}: ", html.B(", ".join(bold) if rest else listed(bold)), f", {listed(rest)}." if rest else "."]


def _moved(counts: Counts) -> list[str]:
    told = (
        (counts.results, "resultaat klaar", "resultaten klaar"),
        (counts.moved, "mijlpaal verschoven", "mijlpalen verschoven"),
        (counts.partners, "partner veranderde van houding", "partners veranderden van houding"),
    )
    found = [plural(count, one, many) for count, one, many in told if count]
    if not found and counts.changed:
        found = [plural(counts.changed, "verandering", "veranderingen")]
    return found


def _quiet(counts: Counts) -> str:
    return plural(counts.quiet, "traject zwijgt", "trajecten zwijgen") if counts.quiet else ""


def compared(seen: Seen) -> str:
    """What the changes below are counted from."""
    if seen.previous is None:
        return "Er is geen eerdere vergadering waarvan de stand bewaard is."
    if not seen.counts.changed:
        return f"Sinds {since_of(seen)} {NOTHING_MOVED}."
    return f"Sinds {since_of(seen)}: wat bewoog, van oud naar nieuw."


def since_of(seen: Seen) -> str:
    """The meeting that this one is compared with: the one before it, or the one that was chosen."""
    previous = seen.previous
    if previous is None:
        return "het begin"
    if seen.compared:
        return f"{previous.name} van {day(previous.day)}"
    return f"de vorige vergadering, {previous.name} van {day(previous.day)}"


def frozen(seen: Seen) -> str:
    """When it was kept and what day its figures are of; "" for one that is not frozen."""
    if not seen.frozen:
        return ""
    when = f"Vastgelegd op {moment(seen.frozen_at)}" if seen.frozen_at else "Vastgelegd"
    if not seen.kept:
        return f"{when}."
    return f"{when}, stand van {day(seen.as_of)}; wat daarna veranderde, staat er niet in."


def not_comparable(seen: Seen) -> str:
    """Why the meeting that was chosen is not the one compared with; "" when it is."""
    if seen.refused is None:
        return ""
    which = f"{seen.header.body.label} {seen.refused}"
    return (
        f"Vergelijken met {which} kan niet: er is geen vastgelegde stand van voor deze vergadering. "
        f"Hieronder staat wat veranderde sinds {since_of(seen)}."
    )


def kept_of(promised: Promised) -> str:
    """ "6 van 7 gehaald"."""
    if not promised.count:
        return "Voor deze periode was geen enkele mijlpaal toegezegd."
    return f"{number(len(promised.reached))} van {number(promised.count)} gehaald"


def standing(action: Agreed) -> str:
    """How long an action is over its day, or has left; in days."""
    if action.late is None:
        return "geen datum"
    if action.late > 0:
        return f"{number(action.late)} d over tijd"
    return "vandaag" if action.late == 0 else f"nog {number(-action.late)} d"


def held(one: Held, as_of: date) -> str:
    """How a meeting was held against its plan, or when it comes."""
    if one.off is None:
        return "gehouden" if one.was_held else coming((one.planned_on - as_of).days)
    if one.off == 0:
        return "op de dag"
    return f"{plural(abs(one.off), 'dag', 'dagen')} {'later' if one.off > 0 else 'vroeger'}"


def coming(days: int) -> str:
    """A week after its day a meeting that nobody wrote down counts as skipped."""
    if days < -GRACE_DAYS:
        return "niet gehouden"
    if days < 0:
        return "nog niet vastgelegd"
    return {0: "vandaag", 1: "morgen"}.get(days, f"over {number(days)} dagen")


def rhythm(days: int | None) -> str:
    return f"om de {number(days)} dagen" if days else "zonder vast ritme"


LINES = ("id", "topic", "act", "what", "label", "old", "new", "detail", "who", "on", "path", "minor")
ALERTS = ("id", "kind", "what", "why", "since", "atelier", "path")
AGREED = ("id", "text", "who", "of", "on", "due_on", "age", "late", "standing", "about")
COLOURS = ("code", "title", "health", "health_label", "signal", "signal_label", "why")
STEPS = ("fate", "title", "of", "was_due", "now_due", "done_on")
MONEY = ("code", "title", *counted.FOUR)
MEETINGS = ("id", "body", "number", "planned_on", "held_on", "off_days", "off", "days_since", "rhythm", "state")
POINTS = ("position", "kind", "title", "about", "atelier", "note")
FATES = {
    "reached": "gehaald",
    "moved": "verschoven",
    "dropped": "geschrapt",
    "waiting": "wacht nog",
    "added": "toegevoegd in de periode",
}


def _frame(columns: Sequence[str], rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(columns), dtype=object)


def line_rows(lines: Sequence[Line]) -> pd.DataFrame:
    """Columns: id, topic, act, what, label, old, new, detail, who (str), on (date or None), path, minor ("ja", "")."""
    return _frame(
        LINES,
        [
            (
                *(place, line.topic.label, line.act, line.what, line.label, line.old, line.new, line.detail),
                *(line.who, day_of(line), line.path, "ja" if line.minor else ""),
            )
            for place, line in enumerate(lines)
        ],
    )


def day_of(line: Line) -> date | None:
    """The region's day on which it was changed; None for what changed with the days alone."""
    return datetime.fromisoformat(line.at).astimezone(REGION_TIME).date() if line.at else None


def alert_rows(seen: Seen) -> pd.DataFrame:
    """Columns: id, kind, what, why (str), since (date or None), atelier, path (str)."""
    return _frame(
        ALERTS,
        [
            (place, one.kind.label, one.what, one.why, one.since, one.atelier, one.path)
            for place, one in enumerate(seen.radar)
        ],
    )


def agreed_rows(agreed: Sequence[Agreed]) -> pd.DataFrame:
    """Columns: id, text, who, of (str), on, due_on (date or None), age (int), late (int or None), standing, about."""
    return _frame(
        AGREED,
        [
            (
                *(place, one.text, one.who, one.of, one.on, one.due_on, one.age),
                *(one.late, standing(one), one.about),
            )
            for place, one in enumerate(agreed)
        ],
    )


def colour_rows(seen: Seen) -> pd.DataFrame:
    """Columns: code, title, health, health_label, signal, signal_label, why (str)."""
    return _frame(
        COLOURS,
        [
            (one.code, one.title, one.health.value, one.health.label, one.signal.value, one.signal.label, one.why)
            for one in seen.colours
        ],
    )


def step_rows(promised: Promised | None) -> pd.DataFrame:
    """Columns: fate, title, of (str), was_due, now_due, done_on (date or None)."""
    found: list[tuple[object, ...]] = []
    for fate, label in FATES.items():
        steps: tuple[Step, ...] = getattr(promised, fate) if promised else ()
        found += [(label, step.title, step.of, step.was_due, step.now_due, step.done_on) for step in steps]
    return _frame(STEPS, found)


def money_rows(seen: Seen) -> pd.DataFrame:
    """Per atelier, and the total below. Columns: code, title (str), the four amounts (Decimal; forecast or None)."""
    purses = [*seen.money, *([counted.total(seen.money)] if seen.money else [])]
    return _frame(MONEY, [(one.code, one.title, *(getattr(one, name) for name in counted.FOUR)) for one in purses])


def meeting_rows(seen: Seen) -> pd.DataFrame:
    """The calendar. Columns: id, body (str), number (int), planned_on (date), held_on (date or None), off_days (int or
    None), off (str), days_since (int or None: since the one before it of this body), rhythm (int or None), state."""
    last: dict[str, Held] = {}
    found = []
    for place, one in enumerate(seen.calendar):
        before = last.get(one.body.value)
        since = (one.day - before.day).days if before else None
        found.append(
            (
                *(
                    place,
                    one.body.label,
                    one.number,
                    one.planned_on,
                    one.held_on,
                    one.off,
                    held(one, seen.calendar_on),
                ),
                *(since, seen.rhythm.get(one.body), one.state.label),
            )
        )
        last[one.body.value] = one
    return _frame(MEETINGS, found)


def point_rows(seen: Seen) -> pd.DataFrame:
    """The agenda. Columns: position (int), kind, title, about, atelier, note (str)."""
    return _frame(
        POINTS,
        [(item.position, item.kind.label, item.title, item.about, item.atelier, item.note) for item in seen.agenda],
    )
