"""What the portal knows when a file of the survey comes in: its indicators and its partners."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.commands.survey import Area
from portal.db.models import Indicator, Partner
from portal.permissions import Viewer
from portal.values.synonyms import PARTNERS
from portal.words import fold

_QUOTED = re.compile(r"[\"“„]([^\"”“]+)[\"”“]")
FIRST_MUNICIPALITY, THOUSAND = 11_001, 1_000
PROVINCE_THAT_ENDS_OTHERWISE = range(20_000, 21_000)


@dataclass(frozen=True, slots=True)
class KnownIndicator:
    id: int
    code: str
    title: str
    short: str
    question: str

    def means(self, item: str) -> bool:
        """Whether this item, of several under the indicator, is the one that the portal shows."""
        wanted = [fold(phrase) for phrase in _QUOTED.findall(self.question)]
        key = fold(item)
        return key in {fold(self.title), fold(self.short), fold(self.code)} or any(phrase in key for phrase in wanted)


@dataclass(frozen=True, slots=True)
class KnownPartner:
    id: int
    slug: str
    name: str
    nis: str | None


Place = KnownPartner | Area


class PlaceUnclear(ValueError):
    """The text is the Dutch sentence, without the cell."""


@dataclass(frozen=True, slots=True)
class Known:
    indicators: Mapping[str, KnownIndicator]
    by_nis: Mapping[str, KnownPartner]
    by_name: Mapping[str, KnownPartner]
    codes: Sequence[str]

    def indicator(self, text: str) -> KnownIndicator | None:
        """By code, title or short name; a code may be followed by words."""
        key = fold(text)
        return self.indicators.get(key) or self.indicator_in(text)

    def indicator_in(self, text: str) -> KnownIndicator | None:
        """The one indicator whose code or title stands somewhere in a text; None for none or several."""
        key = f" {fold(text)} "
        found = {
            one.code: one
            for one in self.indicators.values()
            if f" {fold(one.code)} " in key or f" {fold(one.title)} " in key
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def place(self, name: str, nis: str) -> Place | None:
        """The partner, or an area larger than a municipality; None for any other place. Raises PlaceUnclear."""
        named = self._named(name)
        if not nis.isascii() or not nis.isdigit():
            return named or self._named(nis)
        partner = self.by_nis.get(nis.zfill(5)) or self.by_nis.get(nis)
        if named is not None and named is not partner and named.nis:
            raise PlaceUnclear(f"NIS-code {nis} hoort niet bij “{name}” ({named.nis}); verbeter de code of de naam.")
        if partner is not None:
            return partner
        return Area(nis, name or nis) if is_larger(int(nis)) else None

    def _named(self, written: str) -> KnownPartner | None:
        """Also with what stands before a name, or between brackets behind it: "Stad Wervik", "WERVIK (33029)"."""
        found = (self.by_name.get(tight(name)) for name in PARTNERS.names(written) if name)
        return next(filter(None, found), None)


def is_larger(nis: int) -> bool:
    """Whether a NIS code is of a region, a province or an arrondissement.

    >>> [is_larger(nis) for nis in (2000, 20001, 30000, 11001, 44021)]
    [True, True, True, False, False]
    """
    return nis < FIRST_MUNICIPALITY or nis % THOUSAND == 0 or nis in PROVINCE_THAT_ENDS_OTHERWISE


def tight(name: str) -> str:
    """A name without regard to case, accents, hyphens and spaces."""
    return fold(name).replace(" ", "")


def known_in(session: Session, viewer: Viewer) -> Known:
    indicators = [
        KnownIndicator(row.id, row.code, row.title, row.short, row.question)
        for row in session.scalars(select(Indicator).order_by(Indicator.position, Indicator.id))
    ]
    partners = [
        KnownPartner(row.id, row.slug, row.title, row.nis)
        for row in session.scalars(select(Partner).where(Partner.archived_at.is_(None)).order_by(Partner.id))
    ]
    return Known(
        {fold(text): one for one in indicators for text in (one.short, one.title, one.code)},
        {one.nis: one for one in partners if one.nis},
        {tight(text): one for one in partners for text in (one.slug, one.name)},
        [one.code for one in indicators],
    )
