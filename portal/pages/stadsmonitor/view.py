"""What the page says first: who is best at what, and how sure that is."""

from datetime import date

from dash import html
from dash.development.base_component import Component

from portal.components.frame import Crumb, page_header
from portal.pages.stadsmonitor.words import SURE, of_all, some
from portal.queries.survey.comparison import Podium, podiums
from portal.queries.survey.observations import Comparison, Edition
from portal.text import listed

CRUMBS = [Crumb("Overzicht", "/"), Crumb("Stadsmonitor")]


def opening(found: Edition, as_of: date) -> Component:
    title = "Stadsmonitor" if found.year is None else f"Wat inwoners zeggen: Stadsmonitor {found.year}"
    return page_header(title, CRUMBS, as_of, story(found))


def story(found: Edition) -> list[str | Component]:
    if found.is_empty:
        return ["Er zijn nog geen waarden. Breng ze in met ", html.Code("portal load stadsmonitor"), "."]
    measured = [podium for podium in podiums(found.rows) if podium.first]
    led = [podium for podium in measured if podium.second]
    if not led:
        return [f"In de editie {found.year} is er geen verschil tussen gemeenten te zien."]
    return [f"Editie {found.year}: ", html.B(_best(led)), "; ", html.B(_sureness(led)), "."]


def _best(led: list[Podium]) -> str:
    """ "Kortrijk is de beste op digitaal, Waregem op loket en Kuurne op informatie en communicatie"."""
    won: dict[tuple[str, ...], list[str]] = {}
    for podium in led:
        won.setdefault(podium.first.names if podium.first else (), []).append(podium.short)
    (names, shorts), *others = won.items()
    verb = "is de beste" if len(names) == 1 else "zijn samen de beste"
    return listed([f"{some(names)} {verb} op {listed(shorts)}", *(f"{some(n)} op {listed(s)}" for n, s in others)])


def _sureness(led: list[Podium]) -> str:
    unsure = sum(not podium.sure for podium in led)
    chance = Comparison.MAYBE_CHANCE.value
    if len(led) == 1:
        return f"die voorsprong is {chance if unsure else SURE}"
    if not unsure:
        return f"bij {of_all(len(led), len(led))} is de voorsprong {SURE}"
    return f"bij {of_all(unsure, len(led))} is de voorsprong {chance}"


def not_used(phrases: list[str]) -> Component | None:
    """What in the address was not understood; nothing when all was."""
    if not phrases:
        return None
    return html.P(f"Niet gebruikt, want niet bekend: {listed(phrases)}.", className="notice", role="status")
