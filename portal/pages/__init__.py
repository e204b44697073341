"""The pages: one list that drives the menu, the routing, the guard and the tests."""

import re
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

from portal.permissions import Permission
from portal.words import anchor


@dataclass(frozen=True, slots=True)
class Page:
    """A page at a path (`<code>` stands for one word), with the right it takes to open it. `key`: of the query, the
    one that names a row of which the page is. `guide`: the place of its part there, where that does not bear the page's
    title."""

    name: str
    path: str
    title: str
    right: Permission = Permission.VIEW_PORTAL
    in_menu: bool = False
    key: str = ""
    guide: str = ""

    @property
    def help(self) -> str:
        """The place of its part in the guide: what `guide` says, else where its title stands."""
        return self.guide or anchor(self.title)

    @property
    def module(self) -> str:
        return f"portal.pages.{self.name}"

    def part(self, name: str) -> ModuleType:
        """One of the files in the page's folder: `page` (its layout and callbacks), `cards`, `editing`."""
        return import_module(f"{self.module}.{name}")

    def matches(self, path: str) -> str | None:
        """The word in the path's place of `<...>`, "" for a page without one; None when the path is another's."""
        pattern = re.sub(r"<\w+>", r"([\\w.-]+)", self.path)
        found = re.fullmatch(pattern, path.rstrip("/") or "/")
        return None if found is None else "".join(found.groups())


PAGES = (
    Page("home", "/", "Overzicht", in_menu=True),
    Page("inventory", "/inventaris", "Inventaris", in_menu=True),
    Page("coalitions", "/coalities", "Coalities", in_menu=True),
    Page("stadsmonitor", "/stadsmonitor", "Stadsmonitor", in_menu=True),
    Page("ateliers", "/ateliers", "Ateliers", in_menu=True),
    Page("round", "/ronde", "Voortgangsronde", right=Permission.EDIT_PROJECTS, in_menu=True),
    Page("budget", "/budget", "Budget", right=Permission.VIEW_MONEY_TOTALS, in_menu=True),
    Page("partners", "/gemeenten", "Gemeenten", in_menu=True, guide="gemeente"),
    Page("steering", "/stuurgroep", "Stuurgroep", in_menu=True, key="vergadering"),
    Page("imports", "/import", "Excel", right=Permission.IMPORT_DATA, in_menu=True),
    Page("management", "/beheer", "Beheer", right=Permission.VIEW_AUDIT, in_menu=True),
    Page("search", "/zoeken", "Zoeken"),
    Page("account", "/account", "Mijn account", right=Permission.EDIT_OWN_ACCOUNT),
    Page("partner", "/gemeente/<slug>", "Gemeente"),
    Page("challenge", "/uitdaging/<code>", "Uitdaging", guide="uitdaging-en-project"),
    Page("subject", "/onderwerp/<number>", "Onderwerp"),
    Page("project", "/project/<code>", "Project", guide="uitdaging-en-project"),
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
