"""What people choose to see of the money, as a value: it travels in the address and into every query."""

from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import parse_qs, quote, urlencode

from portal.permissions import Permission, Viewer
from portal.vocabulary import Word

CODE_LENGTH, QUERY_LENGTH = 100, 2_000


class Per(Word):
    """By what the four amounts are told apart; `PARTNER` counts the own contributions alone."""

    ATELIER = "atelier", "atelier"
    YEAR = "jaar", "jaar"
    COST = "kost", "kostensoort"
    PARTNER = "partner", "partner (eigen inbreng)"
    FUNDING = "bron", "financiering"


class Show(Word):
    """Which lines are shown; `OVER`: forecast above budgeted, `FAR_OVER`: by more than a tenth."""

    ALL = "", "alle lijnen"
    OVER = "boven", "prognose boven begroot"
    FAR_OVER = "ver-boven", "prognose meer dan 10 % boven begroot"
    QUIET = "stil", "zonder boeking sinds de vorige twee stuurgroepen"
    NO_FORECAST = "zonder-prognose", "zonder prognose"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyFilter:
    """A grant's code ("": the first of `grants`), a dimension and one of its rows, which lines, and one line."""

    grant: str = ""
    per: Per = Per.ATELIER
    of: str = ""
    show: Show = Show.ALL
    line: str = ""

    @classmethod
    def from_query(cls, query: str) -> Self:
        """The filter in an address; a dimension or choice that does not exist is the first. Never an error."""
        given = {key: texts[0][:CODE_LENGTH] for key, texts in parse_qs(query[:QUERY_LENGTH].removeprefix("?")).items()}
        return cls(
            grant=given.get("dossier", ""),
            per=next((per for per in Per if per.value == given.get("per")), Per.ATELIER),
            of=given.get("van", ""),
            show=next((show for show in Show if show.value == given.get("toon")), Show.ALL),
            line=given.get("lijn", ""),
        )

    def to_query(self) -> str:
        """The filter as the part of an address after the question mark; `per` is always said."""
        said = {
            "dossier": self.grant,
            "per": self.per.value,
            "van": self.of,
            "toon": self.show.value,
            "lijn": self.line,
        }
        return urlencode({key: text for key, text in said.items() if text}, quote_via=quote)

    def seen_by(self, viewer: Viewer) -> Self:
        """Who sees no more than totals has no other choice than the grant."""
        return self if viewer.may(Permission.VIEW_MONEY) else replace(type(self)(), grant=self.grant)
