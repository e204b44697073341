"""A word explained where it stands: one mechanism, assets/words.js, shows the meaning that the word carries."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from portal.components.aria import named
from portal.components.links import inside
from portal.glossary import Term, term

WORDS = "/begrippen"
HELP = "/hulp"


def explained(meant: Term, shown: str = "") -> Component:
    """The word, dotted; by a click or Enter its meaning opens beside it, by Escape it closes. `shown` is how it is
    written here."""
    carried: dict[str, Any] = {
        "data-word": meant.word,
        "data-meaning": meant.meaning,
        "data-source": meant.source,
        "data-place": f"{WORDS}#{meant.anchor}",
        "aria-haspopup": "dialog",
        "aria-expanded": "false",
    }
    return html.Button(shown or meant.word, type="button", className="word", **carried)


def explaining(text: str, **words: str) -> list[str | Component]:
    """A sentence in which some words are explained where they first stand: `words` says how each is written here and
    which term it is. Raises ValueError for a word that the sentence does not say."""
    said: list[str | Component] = []
    for shown, word in sorted(words.items(), key=lambda pair: text.index(pair[0])):
        before, _, text = text.partition(shown)
        said += [before, explained(term(word), shown)]
    return [one for one in (*said, text) if one]


def meanings(terms: tuple[Term, ...]) -> Component:
    """Words with what they mean, each at a place of its own."""
    return html.Dl([_entry(one) for one in terms], className="meanings")


def by_letter(terms: tuple[Term, ...]) -> Component:
    """The words of each letter, closed under their names; a place that the address names opens by itself."""
    groups: dict[str, list[Term]] = {}
    for one in terms:
        groups.setdefault(one.anchor[0].upper(), []).append(one)
    shown = [_letter(letter, tuple(found)) for letter, found in sorted(groups.items())]
    return html.Div(shown, className="closed-parts")


def _letter(letter: str, terms: tuple[Term, ...]) -> Component:
    names = html.Small(", ".join(one.word for one in terms))
    return html.Details([html.Summary([html.H3(letter), names]), meanings(terms)], className="guide-part")


def _entry(one: Term) -> Component:
    source = [html.Small(f" ({one.source})")] if one.source else []
    return html.Div([html.Dt(one.word), html.Dd([one.meaning, *source])], id=one.anchor, tabIndex="-1")


def help_link(part: str) -> Component:
    """To the part of the guide about the page one reads; "" leads to its beginning."""
    place = f"{HELP}#{part}" if part else HELP
    return inside("?", place, className="help", title="Hulp bij deze pagina", **named("Hulp bij deze pagina"))
