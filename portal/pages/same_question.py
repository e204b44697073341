"""Who has the same question, drawn: one table for every page, and the answer that is given in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from dash import ALL, MATCH, Input, Output, html, no_update
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.auth import callback, current_viewer
from portal.commands.inventory.same_question import answer_same_question
from portal.components import editing as parts
from portal.components.aria import HIDDEN, named
from portal.components.links import inside, mail_to
from portal.components.tags import sign_of, word_tag
from portal.pages.given import Clicks, pressed_id
from portal.pages.outcome import Told, attempt, told_box
from portal.permissions import Permission, RowNotFound, Viewer
from portal.queries.inventory.challenges import SameChallenge
from portal.queries.inventory.counts import PartnerName
from portal.queries.inventory.covering import Cover, OwnAnswer
from portal.queries.inventory.same_question import Elsewhere
from portal.queries.partners.partners import Contact
from portal.text import number, plural
from portal.vocabulary import SameQuestion

HEADINGS = ("Onze uitdaging", "Bij wie", "Wat antwoordt erop", "Wie belt u")
GRADES: Mapping[SameQuestion, tuple[str, str, str]] = {
    SameQuestion.CONFIRMED: ("✓", "Bevestigd", "door een van de besturen, of door de projectcoördinator"),
    SameQuestion.ALIKE: ("≈", "Lijkt op", "(de woorden komen overeen; klopt het?)"),
    SameQuestion.REJECTED: ("×", "Niet dezelfde vraag", "(zo zei iemand; het telt nergens mee)"),
}
SHORT = {"Bij wie": "bij", "Hun uitdaging": "vraag", "Wat antwoordt erop": "antwoord", "Wie belt u": "bel"}
PAIR_HEADINGS = ("Bij wie", "Hun uitdaging", "Wat antwoordt erop")
SHARED_GRADES = (SameQuestion.CONFIRMED, SameQuestion.ALIKE)
SHOWN = 3


class Part(StrEnum):
    """A PLACE holds what is asked of two challenges, and then what became of it; REST what MORE brings."""

    PLACE = "same-place"
    ANSWER = "same-answer"
    MORE = "same-more"
    REST = "same-rest"


def place_id(own: str, other: str) -> dict[str, str]:
    return {"type": Part.PLACE.value, "own": own, "other": other}


def answer_id(own: str, other: str, answer: SameQuestion, seen: SameQuestion) -> dict[str, str]:
    return {"type": Part.ANSWER.value, "own": own, "other": other, "answer": answer.value, "seen": seen.value}


def asked(own: str, other: str, stands: SameQuestion, about: str) -> Component:
    """Two buttons for who may answer, or the one that takes back what was said; `about` is heard after them."""
    return html.Div(_buttons(own, other, stands, about), id=place_id(own, other), className="same-place")


def _buttons(own: str, other: str, stands: SameQuestion, about: str) -> list[Component]:
    offered = {
        SameQuestion.ALIKE: ((SameQuestion.CONFIRMED, "klopt"), (SameQuestion.REJECTED, "klopt niet")),
        SameQuestion.CONFIRMED: ((SameQuestion.REJECTED, "klopt niet"),),
        SameQuestion.REJECTED: ((SameQuestion.CONFIRMED, "klopt toch"),),
    }[stands]
    return [parts.button(answer_id(own, other, answer, stands), word, about=about) for answer, word in offered]


def answered(own: str, other: str, answer: SameQuestion, seen: SameQuestion, told: Told) -> list[Component]:
    """What became of it, and the button that takes it back."""
    if told.refused:
        return [told_box(told)]
    if answer is SameQuestion.ALIKE:
        return [told_box(told), *_buttons(own, other, SameQuestion.ALIKE, other)]
    undo = parts.button(answer_id(own, other, seen, answer), "Ongedaan maken", about=other)
    return [told_box(told), undo]


SAID = {
    SameQuestion.CONFIRMED: "Bevestigd: dezelfde vraag.",
    SameQuestion.REJECTED: "Onthouden: niet dezelfde vraag.",
    SameQuestion.ALIKE: "Ongedaan gemaakt.",
}


def say(viewer: Viewer, own: str, other: str, answer: SameQuestion, seen: SameQuestion) -> Told:
    def act(session: Session) -> Told:
        answer_same_question(session, viewer, own=own, other=other, answer=answer, seen=seen)
        return Told(SAID[answer])

    return attempt(act)


def word_of(said: str) -> SameQuestion:
    """Raises RowNotFound for what no button of ours says."""
    if said not in set(SameQuestion):
        raise RowNotFound("answer")
    return SameQuestion(said)


@callback(
    Permission.EDIT_INVENTORY,
    Output({"type": Part.PLACE.value, "own": MATCH, "other": MATCH}, "children"),
    Input({"type": Part.ANSWER.value, "own": MATCH, "other": MATCH, "answer": ALL, "seen": ALL}, "n_clicks"),
    prevent_initial_call=True,
)
def save_answer(clicks: list[Clicks]) -> Any:
    if not any(clicks):
        return no_update
    by = pressed_id()
    own, other = by["own"], by["other"]
    answer, seen = word_of(by["answer"]), word_of(by["seen"])
    told = say(current_viewer(), own, other, answer, seen)
    return answered(own, other, answer, seen, told)


class Line(NamedTuple):
    """A row: what it is about, and a cell under each of the other headings."""

    head: list[Component | str]
    cells: tuple[list[Component | str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The lines under these headings by grade, in the order of the grades."""

    heads: tuple[str, ...]
    lines: Mapping[SameQuestion, Sequence[Line]]

    def first(self, shown: int, of: Elsewhere | None = None) -> list[Component]:
        """The first of each grade, under how many there are (`of`: where these are not all of them); nothing yet of
        what was set apart."""
        counted = {SameQuestion.CONFIRMED: of.confirmed, SameQuestion.ALIKE: of.alike} if of else {}
        drawn: list[Component] = []
        for grade, lines in self.lines.items():
            if lines and grade is not SameQuestion.REJECTED:
                drawn += [
                    _grade(grade, counted.get(grade, len(lines))),
                    _table(self.heads, GRADES[grade][1], lines[:shown]),
                ]
        return drawn

    def rest(self, shown: int) -> list[Component]:
        """What `first` left out."""
        drawn: list[Component] = []
        for grade, lines in self.lines.items():
            left = lines if grade is SameQuestion.REJECTED else lines[shown:]
            if left:
                label = f"{GRADES[grade][1]} vervolg"
                drawn += [_grade(grade, len(left)), _table(self.heads, label, left)]
        return drawn

    def left_out(self, shown: int, of: Elsewhere | None = None) -> int:
        """How many `first` leaves out; `of`: where these are not all of them."""
        counted = {SameQuestion.CONFIRMED: of.confirmed, SameQuestion.ALIKE: of.alike} if of else {}
        apart = len(self.lines.get(SameQuestion.REJECTED, ()))
        return apart + sum(max(counted.get(one, len(self.lines[one])) - shown, 0) for one in SHARED_GRADES)


def more(page: str, of: str, count: int) -> Component | None:
    """The place of what was left out, with the button that brings it; a callback of that page answers."""
    if not count:
        return None
    button = parts.button(more_id(page, of), f"Toon de andere {number(count)}")
    return html.Div(button, id=rest_id(page, of), className="same-more")


def rest_id(page: str, of: Any) -> dict[str, Any]:
    return {"type": Part.REST.value, "page": page, "of": of}


def more_id(page: str, of: Any) -> dict[str, Any]:
    return {"type": Part.MORE.value, "page": page, "of": of}


def question_table(rows: Sequence[OwnAnswer], contacts: Sequence[Contact], *, answerable: bool, ours: bool) -> Table:
    """Own challenges by what others have. `answerable`: with buttons; `ours`: of the viewer's own partner, so with whom
    to call."""
    return Table(
        HEADINGS if ours else HEADINGS[:3],
        {
            grade: [_row(one, contacts if ours else None, answerable) for one in rows if one.origin is grade]
            for grade in GRADES
        },
    )


def pair_table(own: str, others: Sequence[SameChallenge], *, answerable: bool) -> Table:
    """The challenges of others with the same question as the own one with this code."""
    return Table(
        PAIR_HEADINGS,
        {grade: [_pair(own, one, answerable) for one in others if one.origin is grade] for grade in GRADES},
    )


def _pair(own: str, one: SameChallenge, answerable: bool) -> Line:
    why = [html.Small(["want ", html.I(one.because)])] if one.because else []
    asking = [asked(own, one.code, one.origin, one.title)] if answerable else []
    state: list[Component | str] = [] if one.is_open else [" ", word_tag(one.status)]
    what: list[Component | str] = [inside(one.title, f"/uitdaging/{one.code}"), *state, *why, *asking]
    return Line([of(one.partner)], (what, covered(one.cover, None)))


def _grade(grade: SameQuestion, count: int) -> Component:
    symbol, word, how = GRADES[grade]
    said = [html.Span(f"{symbol} ", **HIDDEN), html.B(f"{word} "), html.Span(how, className="how")]
    return html.P([*said, html.Span(number(count))], className="grade")


def lines_of(heads: Sequence[str], label: str, lines: Sequence[Line], shown: int) -> list[Component]:
    """The first ones as a table, the others folded."""
    drawn: list[Component] = [_table(heads, label, lines[:shown])] if lines[:shown] else []
    if lines[shown:]:
        fold = html.Summary(f"Toon {'de andere ' if shown else ''}{number(len(lines[shown:]))}")
        drawn.append(html.Details([fold, _table(heads, f"{label} vervolg", lines[shown:])], className="as-table"))
    return drawn


def _table(heads: Sequence[str], label: str, lines: Sequence[Line]) -> Component:
    head = html.Thead(html.Tr([html.Th(one, scope="col") for one in heads]))
    rows = [html.Tr([html.Th(line.head, scope="row"), *map(_cell, line.cells, heads[1:])]) for line in lines]
    return html.Table([head, html.Tbody(rows)], className="same-questions", **named(label))


def _row(one: OwnAnswer, contacts: Sequence[Contact] | None, answerable: bool) -> Line:
    cells = [_where(one, answerable), covered(one.cover, one.subject_id)]
    if contacts is not None:
        cells.append(whom(one.partners, contacts))
    return Line([inside(one.title, f"/uitdaging/{one.code}")], tuple(cells))


def _cell(said: list[Component | str], heading: str) -> Component:
    """The word before it on a phone, where there are no headings."""
    marks: dict[str, Any] = {"data-label": SHORT[heading]}
    return html.Td(said, **marks)


def _where(one: OwnAnswer, answerable: bool) -> list[Component | str]:
    """Who; of a likeness the one that resembles most, why, and how many more."""
    if one.origin is SameQuestion.CONFIRMED:
        confirmed = list(dict.fromkeys(each.partner for each in one.same if each.origin is SameQuestion.CONFIRMED))
        return _all_named(confirmed, _more_alike(one, confirmed))
    first, more = one.same[0], len(one.partners) - 1
    how_many = f"en nog {plural(more, 'bestuur', 'besturen')}"
    rest: list[Component | str] = [" ", inside(how_many, f"/uitdaging/{one.code}")] if more else []
    why = html.Small(["want ", html.I(first.because), ": ", inside(first.title, f"/uitdaging/{first.code}")])
    asking = [asked(one.code, first.code, first.origin, first.title)] if answerable else []
    return [of(first.partner), *rest, why, *asking]


def _more_alike(one: OwnAnswer, confirmed: Sequence[PartnerName]) -> str:
    more = [partner for partner in one.partners if partner not in confirmed]
    return f"lijkt ook op een vraag van {plural(len(more), 'ander bestuur', 'andere besturen')}" if more else ""


def _all_named(partners: Sequence[PartnerName], after: str) -> list[Component | str]:
    names: list[Component | str] = []
    for place, partner in enumerate(partners):
        between = "" if place == 0 else " en " if place == len(partners) - 1 else ", "
        names += [between, of(partner)]
    return [*names, html.Small(after)] if after else names


def of(partner: PartnerName) -> Component:
    return inside(partner.title, f"/gemeente/{partner.slug}")


def covered(cover: Cover | None, subject_id: int | None) -> list[Component | str]:
    """The project, whose link it is, and its state; else that there is none, and where a coalition can begin."""
    if cover is None:
        begin = [html.Small(inside("een coalitie kan starten", f"/onderwerp/{subject_id}"))] if subject_id else []
        return ["nog geen traject", *begin]
    before: list[Component | str] = [html.B("eigen: ")] if cover.own else []
    sign = sign_of(cover.phase)
    how = [cover.state, *(["wij doen mee"] if cover.joined else [])]
    how += [f"gekoppeld door {cover.through.title}"] if cover.through else []
    state = html.Small([html.Span(f"{sign.symbol} ", **HIDDEN), " · ".join(how)])
    return [*before, inside(cover.title, f"/project/{cover.code}"), state]


def whom(partners: Sequence[PartnerName], contacts: Sequence[Contact]) -> list[Component | str]:
    """The director of the first of these partners that has one."""
    known = {each.partner_slug: each for each in reversed(contacts)}
    found = next((known[partner.slug] for partner in partners if partner.slug in known), None)
    if found is None:
        return ["nog niemand aangemeld", html.Small("vraag het de projectcoördinator")]
    return [found.name, html.Small(mail_to(found.email))]


def to_call(rows: Sequence[OwnAnswer]) -> list[str]:
    """The slugs of every partner that the table names."""
    return list(dict.fromkeys(partner.slug for one in rows for partner in one.partners))
