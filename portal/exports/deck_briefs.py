"""The dossier of each point of the agenda on a slide of its own, its facts beside it and in the speaker's notes."""

from collections.abc import Sequence

from portal.exports import slide_style as style
from portal.exports.slide_parts import Column, Grid, table
from portal.exports.slide_style import Box, fitted, plain
from portal.exports.slides import Look, Slides, noted, write
from portal.snapshots.brief import Brief, agreed_told, briefs, facts_told, told
from portal.snapshots.minutes import Correction
from portal.snapshots.report import Report
from portal.text import moment, number, plural

_FACTS = (Column("Feit", 1.1, bold=True), Column("Stand", 3))
HEAD, GAP = 0.26, 0.1
SIZES = (18, 16, 14, 13, 12, 11, 10, 9)
LEAST, LINE = 3, 75  # lines that a short answer gets too, and letters on one


def dossiers(slides: Slides, report: Report) -> None:
    """In the order of the agenda."""
    for brief in briefs(report):
        _dossier(slides, brief)


def _dossier(slides: Slides, brief: Brief) -> None:
    item = brief.item
    given = f" · {number(item.minutes)} min" if item.minutes else ""
    slide = slides.add(f"Punt {number(brief.place)} · {item.kind.label}{given}", item.title)
    rows = facts_told(brief)
    left, right = style.BODY.beside(0.6) if rows else (style.BODY, style.BODY)
    _answers(slide, [*told(brief), *agreed_told(brief, whole=False)], left)
    if rows:
        alt = f"Tabel met wat het portaal weet: {'; '.join(f'{word}: {said}' for word, said in rows)}"
        table(slide, Grid("Feiten", alt, _FACTS, rows, (12, 11, 10, 9), most_lines=4), right)
    noted(slide, [*(f"{word}: {said}" for word, said in rows), *(f"{one.title}: {one.url}" for one in item.links)])


def _answers(slide: object, answers: Sequence[tuple[str, str]], box: Box) -> None:
    """Below each other, each with room after its length, all at one size."""
    shares = [max(LEAST, len(plain(answer)) / LINE + 1) for _, answer in answers]
    room = (box.height - len(answers) * (HEAD + GAP)) / sum(shares)
    size = min(_size(answer, box.width, room * share) for (_, answer), share in zip(answers, shares, strict=True))
    top = box.top
    for (question, answer), share in zip(answers, shares, strict=True):
        write(slide, question, Box(box.left, top, box.width, HEAD), Look((13, 12, 11), style.INK_SOFT, bold=True))
        write(slide, answer, Box(box.left, top + HEAD, box.width, room * share), Look((size,)))
        top += HEAD + room * share + GAP


def _size(answer: str, width: float, height: float) -> float:
    """At which it stays inside."""
    return fitted(answer, width * style.POINTS, height * style.POINTS, SIZES).size


_CORRECTIONS = (Column("Wanneer", 1.6, bold=True), Column("Verbetering", 8))


def corrected(slides: Slides, corrections: Sequence[Correction]) -> None:
    """What was noted after the meeting was frozen; no slide where nothing was."""
    if corrections:
        count = plural(len(corrections), "verbetering", "verbeteringen")
        slide = slides.add("Wat werd er verbeterd na het vastleggen?", count)
        rows = [(moment(one.at), one.text) for one in corrections]
        table(slide, Grid("Verbeteringen", f"Tabel: {count}.", _CORRECTIONS, rows, (14, 12, 11)), style.BODY)
