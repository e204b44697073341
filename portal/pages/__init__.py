"""The pages: one list that drives the menu, the routing, the guard and the tests."""

import re
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import NamedTuple

from portal.permissions import Permission
from portal.words import anchor

PLACE = "_pages_location"  # where the browser is; Dash keeps it
PART = "deel"  # the word of an address that names the open part


class Part(NamedTuple):
    """A part of a page, under a tab; `name` is its word in the address."""

    name: str
    title: str
    right: Permission = Permission.VIEW_PORTAL


@dataclass(frozen=True, slots=True)
class Page:
    """A page at a path (`<code>` stands for one word), with the right it takes to open it. `key`: of the query, the
    one that names a row of which the page is. `guide`: the place of its part there, where that does not bear the page's
    title. It opens on the first of its `parts`; the address names any other."""

    name: str
    path: str
    title: str
    right: Permission = Permission.VIEW_PORTAL
    in_menu: bool = False
    key: str = ""
    guide: str = ""
    parts: tuple[Part, ...] = ()

    @property
    def help(self) -> str:
        """The place of its part in the guide: what `guide` says, else where its title stands."""
        return self.guide or anchor(self.title)

    @property
    def module(self) -> str:
        return f"portal.pages.{self.name}"

    def file(self, name: str) -> ModuleType:
        """One of the files in the page's folder: `page` (its layout and callbacks), `cards`, `editing`."""
        return import_module(f"{self.module}.{name}")

    def matches(self, path: str) -> str | None:
        """The word in the path's place of `<...>`, "" for a page without one; None when the path is another's."""
        pattern = re.sub(r"<\w+>", r"([\\w.-]+)", self.path)
        found = re.fullmatch(pattern, path.rstrip("/") or "/")
        return None if found is None else "".join(found.groups())

    def named(self, word: str) -> dict[str, str]:
        """The word of its path under its name there."""
        return dict.fromkeys(re.findall(r"<(\w+)>", self.path), word)


ATELIERS = (
    Part("nu", "Nu"),
    Part("resultaten", "Resultaten"),
    Part("tijdlijn", "Tijdlijn"),
    Part("partners", "Partners"),
    Part("risicos", "Risico's"),
    Part("afspraken", "Afspraken"),
)
COALITIONS = (
    Part("deelname", "Wie doet mee"),
    Part("trekkers", "Trekker en type"),
    Part("kandidaten", "Kandidaten"),
    Part("naast-elkaar", "Naast elkaar"),
)
INVENTORY = (Part("overzicht", "Overzicht"), Part("vragen", "Vragen"), Part("lijst", "Lijst"))
BUDGET = (
    Part("stand", "Stand"),
    Part("verloop", "Verloop", Permission.VIEW_MONEY),
    Part("verdeling", "Verdeling"),
    Part("lijnen", "Lijnen en boekingen", Permission.VIEW_MONEY),
)
MANAGEMENT = (
    Part("gebruikers", "Gebruikers", Permission.MANAGE_PORTAL),
    Part("synoniemen", "Synoniemen", Permission.MANAGE_PORTAL),
    Part("imports", "Imports", Permission.VIEW_AUDIT),
    Part("archief", "Archief", Permission.VIEW_AUDIT),
    Part("logboek", "Logboek", Permission.VIEW_AUDIT),
)
PARTNER = (
    Part("kern", "Kern"),
    Part("uitdagingen", "Uitdagingen"),
    Part("projecten", "Projecten en coalities"),
    Part("draagvlak", "Draagvlak en roadmap"),
    Part("inwoners", "Inwoners"),
    Part("afspraken", "Afspraken"),
)
PROJECT = (
    Part("kern", "Kern"),
    Part("verloop", "Voortgang en geld"),
    Part("deelname", "Wie doet mee"),
    Part("risicos", "Risico's en afspraken"),
    Part("geschiedenis", "Geschiedenis"),
)
RESULT = (
    Part("kern", "Kern"),
    Part("stappen", "Mijlpalen"),
    Part("projecten", "Projecten en geld"),
    Part("risicos", "Risico's en afspraken"),
    Part("geschiedenis", "Geschiedenis"),
)
STADSMONITOR = (
    Part("regio", "Regio"),
    Part("gemeente", "Eén gemeente"),
    Part("verandering", "Wat veranderde"),
    Part("indicatoren", "Twee indicatoren"),
    Part("kaarten", "Kaarten"),
)
STEERING = (
    Part("vergadering", "Vergadering"),
    Part("veranderd", "Wat veranderde"),
    Part("stil", "Wat stilvalt"),
    Part("geld", "Geld en risico's"),
    Part("afspraken", "Beslissingen en acties"),
    Part("kalender", "Kalender"),
    Part("verslag", "Verslag"),
)
PAGES = (
    Page("home", "/", "Overzicht", in_menu=True, parts=(Part("nu", "Voor u"), Part("regio", "In de regio"))),
    Page("inventory", "/inventaris", "Inventaris", in_menu=True, parts=INVENTORY),
    Page("coalitions", "/coalities", "Coalities", in_menu=True, parts=COALITIONS),
    Page("stadsmonitor", "/stadsmonitor", "Stadsmonitor", in_menu=True, parts=STADSMONITOR),
    Page("ateliers", "/ateliers", "Ateliers", in_menu=True, parts=ATELIERS),
    Page("round", "/ronde", "Voortgangsronde", right=Permission.EDIT_PROJECTS, in_menu=True),
    Page("budget", "/budget", "Budget", right=Permission.VIEW_MONEY_TOTALS, in_menu=True, parts=BUDGET),
    Page("partners", "/gemeenten", "Gemeenten", in_menu=True, guide="gemeente"),
    Page("steering", "/stuurgroep", "Stuurgroep", in_menu=True, key="vergadering", parts=STEERING),
    Page("imports", "/import", "Excel", right=Permission.IMPORT_DATA, in_menu=True),
    Page("management", "/beheer", "Beheer", right=Permission.VIEW_AUDIT, in_menu=True, parts=MANAGEMENT),
    Page("search", "/zoeken", "Zoeken"),
    Page("account", "/account", "Mijn account", right=Permission.EDIT_OWN_ACCOUNT),
    Page("partner", "/gemeente/<slug>", "Gemeente", parts=PARTNER),
    Page("challenge", "/uitdaging/<code>", "Uitdaging", guide="uitdaging-en-project"),
    Page("subject", "/onderwerp/<number>", "Onderwerp"),
    Page("project", "/project/<code>", "Project", guide="uitdaging-en-project", parts=PROJECT),
    Page("result", "/resultaat/<code>", "Resultaat", guide="een-resultaat", parts=RESULT),
    Page("glossary", "/begrippen", "Begrippen"),
    Page("guide", "/hulp", "Hulp"),
)


def page_at(path: str) -> tuple[Page, str] | None:
    """The page that answers at this path, and the word its path carries."""
    for page in PAGES:
        word = page.matches(path)
        if word is not None:
            return page, word
    return None
