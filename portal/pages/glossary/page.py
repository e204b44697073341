"""Every word that is explained, at a place of its own, and nothing else."""

from enum import StrEnum

from dash import Input, Output, html
from dash.development.base_component import Component

from portal import numbers as dictionary
from portal.auth import callback, current_viewer
from portal.components.cards import card, cards, source_line
from portal.components.frame import Crumb, page_header
from portal.components.words import by_letter, meanings
from portal.db.engine import reading
from portal.glossary import Term, in_order
from portal.permissions import Permission
from portal.queries.about import portal_state
from portal.queries.glossary import Vision, terms, vision
from portal.words import fold


class Ids(StrEnum):
    ALL = "glossary-all"


NUMBERS = tuple(Term(one.name, one.meaning, "cijfers van het portaal") for one in dictionary.NUMBERS.values())
OPENING = "Elk woord met zijn bron tussen haakjes. Een gestippeld woord op een pagina opent dezelfde uitleg."
SOURCE = "projectaanvraag, oproep en afspraken van het portaal"


def layout() -> Component:
    return html.Div(id=Ids.ALL)


@callback(Permission.VIEW_PORTAL, Output(Ids.ALL, "children"), Input(Ids.ALL, "id"))
def show_words(_: str) -> list[Component]:
    with reading() as session:
        words, found = terms(session, current_viewer()), vision(session, current_viewer())
        as_of = portal_state(session).as_of
    head = page_header("Begrippen", [Crumb("Overzicht", "/"), Crumb("Begrippen")], as_of, OPENING)
    return [head, drawn(words, found, NUMBERS)]


def drawn(words: tuple[Term, ...], found: Vision | None, numbers: tuple[Term, ...]) -> Component:
    """The vision where it is known, then the words, then the numbers. A word that is a number is explained there."""
    counted = {fold(one.word) for one in numbers}
    plain = tuple(one for one in words if fold(one.word) not in counted)
    shown = [
        _vision(found) if found else None,
        card("Wat betekenen de woorden?", by_letter(plain), foot=source_line(SOURCE), flows=True),
        card("Wat betekenen de cijfers?", by_letter(in_order(numbers)), flows=True) if numbers else None,
    ]
    return cards(*(one for one in shown if one is not None))


def _vision(found: Vision) -> Component:
    told = html.Blockquote(found.term.meaning, className="vision")
    return card("Wat willen we samen?", told, meanings(found.words), foot=source_line(found.term.source), flows=True)
