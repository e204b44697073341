"""What the meeting page says, in words."""

from datetime import date

from dash import html
from dash.development.base_component import Component

from portal import numbers
from portal.components.numbers import in_a_row, keyed
from portal.pages.steering.asks import Seen
from portal.pages.steering.reading import Counts
from portal.queries.meetings.meetings import MeetingRow
from portal.snapshots.promised import Promised
from portal.snapshots.radar import GRACE_DAYS
from portal.snapshots.report import Header
from portal.text import day, long_day, moment, number, plural

IN_BOLD = 2
SOURCE = "wijzigingen in het portaal"
FATES = ("gehaald", "verschoven", "geschrapt", "wacht nog", "toegevoegd in de periode")
NOTHING_MOVED = "veranderde er niets dat een vergadering moet horen"
NOT_KEPT = (
    "Van deze vergadering is bekend dat ze doorging; wat ze zag, werd toen nog niet bewaard. "
    "De agenda en de kalender zijn er wel."
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
    return f"{header.name} · {long_day(header.day).partition(' ')[2]}"


def opening(seen: Seen) -> list[str | Component]:
    """What moved since the meeting before, the two things that matter most in bold."""
    if not seen.kept:
        return [NOT_KEPT]
    of, silent = seen.header.spot, seen.counts.quiet
    said = plural(silent, "traject is stil", "trajecten zijn stil")
    quiet = [keyed(numbers.QUIET_THEN.at(silent, of), said)] if silent else []
    end: list[str | Component] = ["; ", *quiet, "."] if quiet else ["."]
    if seen.previous is None:
        begin = "Dit is de eerste vergadering waarvan de stand bewaard wordt: er is nog niets om mee te vergelijken"
        return [begin, *end]
    moved = _moved(seen.counts, of if not seen.compared else f"{of} na {seen.previous.spot}")
    since = f"Sinds {since_of(seen)}"
    if not moved:
        return [f"{since} ", html.B(NOTHING_MOVED), *end]
    told = [*moved, *quiet]
    bold, rest = told[:IN_BOLD], told[IN_BOLD:]
    if not rest:
        return [f"{since}: ", html.B(in_a_row(bold)), "."]
    return [f"{since}: ", html.B([bold[0], ", ", bold[1]]), ", ", *in_a_row(rest), "."]


def _moved(counts: Counts, of: str) -> list[Component]:
    told = (
        (numbers.RESULTS_READY.at(counts.results, of), "resultaat klaar", "resultaten klaar"),
        (numbers.STEPS_MOVED.at(counts.moved, of), "mijlpaal verschoven", "mijlpalen verschoven"),
        (
            numbers.MINDS_CHANGED.at(counts.partners, of),
            "partner veranderde van houding",
            "partners veranderden van houding",
        ),
    )
    found = [keyed(counted, plural(int(counted.value or 0), one, many)) for counted, one, many in told if counted.value]
    if not found and counts.changed:
        changed = plural(counts.changed, "verandering", "veranderingen")
        found = [keyed(numbers.CHANGES.at(counts.changed, of), changed)]
    return found


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
    return f"{previous.name} van {day(previous.day)}"


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


def held(one: MeetingRow, as_of: date) -> str:
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


def hours(seen: Seen) -> dict[str, str]:
    """When in the day each meeting is, by its name, as long as the page may change."""
    return {} if seen.frozen else {row.name: row.hours for row in seen.meetings}


def rhythm(days: int | None) -> str:
    return f"om de {number(days)} dagen" if days else "zonder vast ritme"
