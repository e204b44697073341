"""Changes in running text: what a slide, a mail or the command line says of them in one line."""

from collections import Counter
from collections.abc import Iterable

from portal.snapshots.lines import Line
from portal.text import listed, number


def moved(line: Line) -> str:
    """ "einde: 31/12/2026 → 31/03/2027"; only the new where nothing was before."""
    said = " → ".join(filter(None, (line.old, line.new)))
    return f"{line.label}: {said}" if line.label else said


def sentence(line: Line) -> str:
    """ "▲ verschoven: Proefopstelling, 31/10/2026 → 21/11/2026 (21 dagen na het eerste plan)"."""
    said = f"{line.symbol} {line.act}: {', '.join(filter(None, (line.what, moved(line))))}"
    return f"{said} ({line.detail})" if line.detail else said


def tally(lines: Iterable[Line], most: int = 3) -> str:
    """ "7 keer klaar, 6 keer verschoven en 2 andere": what occurs most first, else in the order of the lines."""
    counted = Counter(line.act for line in lines).most_common()
    named = [f"{number(count)} keer {act}" for act, count in counted[:most]]
    others = sum(count for _, count in counted[most:])
    return listed([*named, f"{number(others)} andere"] if others else named)
