"""What was found, in words and lists."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from portal.components.cards import card
from portal.components.links import Content, inside
from portal.components.search import Line, Stretch, Suggestion, choice, found_list
from portal.pages.search.cards import PATH
from portal.queries.search.kinds import Choice, Findable, Found, Going, Group, Hit, Piece, Wanted
from portal.text import NBSP, day, in_words, number, plural, sentence

SAID_AT_MOST = 6
SIGNS = {Going.OPEN: "○", Going.DONE: "✓", Going.DECIDED: "✓"}
WITH_CODE = frozenset({Findable.RESULT, Findable.MILESTONE, Findable.RISK})
WITHOUT_DAY = frozenset({Findable.CHALLENGE, Findable.PROJECT})


def address(wanted: Wanted) -> str:
    query = wanted.query()
    return f"{PATH}?{query}" if query else PATH


def story(found: Found) -> Content:
    """How many, of how many kinds, and by which other words."""
    wanted = found.wanted
    if not wanted.text:
        return "Typ wat u zoekt: een woord, een code of de naam van een bestuur. Het begin van een woord volstaat."
    if not found.sought:
        return "Daarin staat geen woord om naar te zoeken. Typ minstens twee letters, of een cijfer."
    if not found.total:
        return html.B(f"Geen treffers voor ‘{wanted.text}’.")
    return [html.B(_counted(found)), *_otherwise(found)]


def _counted(found: Found) -> str:
    hits = f"{in_words(found.total)} {'treffer' if found.total == 1 else 'treffers'}"
    kinds = len(found.groups)
    return f"{sentence(hits)} in {in_words(kinds)} {'soort' if kinds == 1 else 'soorten'}"


def _otherwise(found: Found) -> list[str | Component]:
    only = replace(found.wanted, exact=True)
    if found.wanted.exact:
        wider = inside("Zoek ook andere woorden voor hetzelfde", address(replace(found.wanted, exact=False)))
        return [", alleen met dit woord. ", wider]
    if not found.otherwise:
        return ["."]
    many = "alle" if found.otherwise == found.total > 1 else in_words(found.otherwise)
    words = [part for word in found.also[:SAID_AT_MOST] for part in (" ", html.Mark(word))]
    said = f", {many} door een ander woord voor hetzelfde{':' if words else ''}"
    return [said, *words, ". ", inside(f"Zoek alleen ‘{found.wanted.text}’", address(only))]


def results(found: Found) -> Component | None:
    if not found.sought:
        return None
    if not found.total:
        return card("Niets gevonden", _what_to_do(found.wanted))
    shown = [part for group in found.groups if group.kind is not Findable.TERM for part in _group(found, group)]
    return html.Section([html.H2("Wat er gevonden is", className="quiet"), *shown], className="panel found")


def _what_to_do(wanted: Wanted) -> Component:
    ways: list[Content] = []
    if wanted.kinds or wanted.partners or wanted.going:
        ways.append(inside("Wis de keuzes links", address(Wanted(text=wanted.text, exact=wanted.exact))))
    if wanted.exact:
        ways.append(inside("Zoek ook andere woorden voor hetzelfde", address(replace(wanted, exact=False))))
    ways.append("Typ een korter woord, of alleen het begin ervan: ‘archi’ vindt ‘archief’ en ‘archiveren’.")
    ways.append("Typ minder woorden: elk woord moet voorkomen.")
    return html.Ul([html.Li(way) for way in ways], className="plain")


def _group(found: Found, group: Group) -> list[Component]:
    name = html.H3([group.kind.label, html.Span(f" {number(group.count)}", className="n")])
    return [name, found_list([line(hit) for hit in group.hits], group.kind.label), *_more(found, group)]


def _more(found: Found, group: Group) -> list[Component]:
    """The way to the rest."""
    left = group.count - len(group.hits)
    if not left:
        return []
    if found.wanted.kinds == frozenset({group.kind}):
        said = f"De beste {number(len(group.hits))} van {number(group.count)}; ‘Download als Excel’ geeft ze alle."
        return [html.P(said, className="remark")]
    every = address(replace(found.wanted, kinds=frozenset({group.kind})))
    return [html.P(inside(f"Toon alle {number(group.count)}", every), className="remark")]


def line(hit: Hit) -> Line:
    return Line(stretches(hit.titled), hit.href, aside(hit), stretches(hit.snippet))


def stretches(text: Iterable[Piece]) -> list[Stretch]:
    return [Stretch(piece.text, piece.marked) for piece in text]


def aside(hit: Hit) -> str:
    """ "Kuurne · ○ open", "I.E-1 · ◑ bezig · 31/01/2027", "Stuurgroep 6 · ✓ beslist · 29/10/2026"."""
    coded = hit.kind in WITH_CODE or (hit.kind is Findable.PROJECT and not hit.place.slug)
    named = hit.kind is not Findable.PARTNER
    sign = f"{SIGNS[hit.going]}{NBSP}" if hit.going else ""
    parts = (
        hit.code if coded else "",
        hit.place.name if named else "",
        hit.where,
        f"{sign}{hit.state}" if hit.state else "",
        day(hit.on) if hit.on and hit.kind not in WITHOUT_DAY else "",
    )
    return " · ".join(filter(None, parts))


def side(found: Found) -> Component | None:
    """The words that are explained."""
    terms = next((group for group in found.groups if group.kind is Findable.TERM), None)
    if terms is None:
        return None
    shown = found_list([line(hit) for hit in terms.hits], terms.kind.label)
    head = html.H2([terms.kind.label, html.Span(f" {number(terms.count)}", className="n")])
    return html.Section([head, shown, *_more(found, terms)], className="panel found")


def choices(found: Found, offered: Sequence[Choice], chosen: Iterable[str]) -> list[dict[str, object]]:
    """None while nothing is looked for."""
    there = set(chosen)
    if not found.sought:
        return []
    return [choice(one.value, one.label, one.count, chosen=one.value in there) for one in offered]


def suggestion(hit: Hit) -> Suggestion:
    """Beside the title whose it is, else its code, else what it is."""
    code = hit.code if not hit.place.slug else ""
    whose = hit.place.name if hit.kind is not Findable.PARTNER else ""
    return Suggestion(stretches(hit.titled), whose or code or hit.kind.one, hit.href)


def all_of_them(count: int) -> str:
    if not count:
        return "Geen treffers: wat kunt u doen?"
    return "Eén treffer" if count == 1 else f"Alle {in_words(count)} treffers"


def heard(count: int) -> str:
    """For who does not see the list."""
    return f"{sentence(plural(count, 'treffer', 'treffers'))}. Pijl omlaag om te kiezen." if count else "Geen treffers."
