"""Which place is written: a partner, an area larger than a municipality, or one elsewhere; never by a guess."""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from portal.commands.files import Area
from portal.values import quoted
from portal.values.lists import either
from portal.values.synonyms import PARTNERS
from portal.words import fold

_ALONE = re.compile(r"(\d{1,5})(?:[.,]0+)?|(\d\d)[.\s](\d{3})", re.ASCII)
_AMONG_WORDS = re.compile(r"(?<!\d)\d{5}(?!\d|[A-Za-z](?:\d|\b))", re.ASCII)  # 12345A is a part of a municipality
_ASIDE = re.compile(r"[(\[{]([^)\]}]*)[)\]}]?")
_BETWEEN = re.compile(r"[\s/;,&+]+")
_COMPOUND = re.compile(r"[-–\s]+")
_MARKS = " -–—_:;,./()[]{}"
AROUND = frozenset({"stad", "gemeente", "gem", "ocmw", "nis", "refnis", "niscode", "code"})
AREAS = frozenset(
    {
        *("arrondissement", "arrondissementen", "arrond", "arr", "provincie", "provincies", "prov", "gewesten", "land"),
        *("wijk", "wijken", "buurt", "buurten", "deelgemeente", "deelgemeenten", "deelgem", "kern", "kernen"),
        *("cluster", "clusters", "district", "districten", "agglomeratie", "gemeenten", "steden", "sectoren"),
        *("statsec", "omgeving", "overige", "andere", "gemiddelde", "mediaan", "totaal"),
    }
)
AREA_ENDS = ("regio", "zone", "streek", "gewest", "gebied", "sector")
MUNICIPAL = frozenset({"gemeente", "gemeenten", "gem", "stad", "steden", "municipality", "municipalities"})
FIRST_MUNICIPALITY, THOUSAND = 11_001, 1_000
PROVINCE_THAT_ENDS_OTHERWISE = range(20_000, 21_000)
POSTCODES = range(4_001, 10_000)
MANY = 16_384  # a list of all municipalities comes back for every indicator and year


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
class Places:
    """`areas`: those that the portal holds already, by their code as a number. `others`: the names, without regard to
    spelling, of places that are known and no partner's."""

    by_nis: Mapping[str, KnownPartner]
    by_name: Mapping[str, KnownPartner]
    areas: Mapping[int, Area]
    others: Set[str]

    def find(self, name: str, nis: str, level: str = "") -> Place | None:
        """The partner, or an area larger than a municipality; None for a place elsewhere. Name and code may stand in
        either cell. `level`: what sort of area it is, where the file says so; of another sort no name is a partner's.

        Raises PlaceUnclear where the cells contradict each other, and where they only resemble a partner.
        """
        code, written = _code(name, nis), name or nis
        if is_of_other_areas(level) and not is_municipal(level):
            return self._area(code, name) if is_nis(code) and is_larger(int(code)) else None
        named = self._named(name) or self._named(nis)
        if named and not code and level and not is_municipal(level):
            raise PlaceUnclear(f"{quoted(level)} is geen bekend niveau; schrijf gemeente, als {named.name} dat is.")
        near = [] if named else self._near(written)
        if is_nis(code):
            return self._by_code(code, name, written, named, near)
        if near:
            said = either([one.name for one in near])
            raise PlaceUnclear(f"{quoted(written)} lijkt op {said}; verbeter de naam, of vul de NIS-code in.")
        if code and not _bare(written):
            raise PlaceUnclear(f"{quoted(written)} is geen NIS-code; schrijf de vijf cijfers ervan, of de naam.")
        return named

    def _by_code(
        self, code: str, name: str, written: str, named: KnownPartner | None, near: list[KnownPartner]
    ) -> Place | None:
        """A name that is a partner's must be that of the code; one that only resembles it may be of another place."""
        partner = self.by_nis.get(code.zfill(5))
        meant = [named] if named else near if partner else []
        if meant and meant[0].nis and partner not in meant:
            raise PlaceUnclear(_contradiction(code, written, meant[0]))
        return self._area(code, name) if partner is None and is_larger(int(code)) else partner

    def _named(self, written: str) -> KnownPartner | None:
        """Also with what stands before or behind a name: its kind, its code, its postcode."""
        return next(filter(None, map(self.by_name.get, _spellings(written))), None)

    def _area(self, code: str, name: str) -> Area:
        title = " ".join(_AMONG_WORDS.sub(" ", name).split()).strip(_MARKS)
        return self.areas.get(int(code)) or Area(str(int(code)), title or code)

    def _near(self, written: str) -> list[KnownPartner]:
        """The partners whose name somebody may have meant who wrote this."""
        names = {*_spellings(written)}
        if is_of_other_areas(written) or names & self.others:
            return []
        words = [tight(word) for word in _BETWEEN.split(_bare(written))]
        likely = [*names, *(words if len(words) > 1 else ())]
        meant = {self.by_name.get(word) for word in likely}
        return [
            partner
            for partner in dict.fromkeys(self.by_name.values())
            if partner in meant
            or any(is_slip(word, partner.name) for word in likely)
            or (partner.nis and names & _parts(partner.name))
        ]


def _contradiction(code: str, written: str, named: KnownPartner) -> str:
    return f"NIS-code {code} hoort niet bij {quoted(written)} ({named.nis}); verbeter de code of de naam."


def is_nis(code: str) -> bool:
    """Whether a number is a NIS code, and not that of a row, a year or the post."""
    return bool(code) and (int(code) >= FIRST_MUNICIPALITY or is_larger(int(code)))


def is_larger(nis: int) -> bool:
    """Whether a NIS code is of a region, a province or an arrondissement.

    >>> [is_larger(nis) for nis in (2000, 20001, 30000, 11001, 44021, 8000)]
    [True, True, True, False, False, False]
    """
    return nis in PROVINCE_THAT_ENDS_OTHERWISE or (nis > 0 and nis % THOUSAND == 0 and nis not in POSTCODES)


def tight(name: str) -> str:
    """A name without regard to case, accents, hyphens and spaces."""
    return fold(name).replace(" ", "")


def is_of_other_areas(said: str) -> bool:
    """Whether what is said of a place makes it larger or smaller than a municipality: "Provincie X", "X (regio)"."""
    asides = [fold(aside).split() for aside in _ASIDE.findall(said)]
    words = fold(_ASIDE.sub(" ", said)).split()
    return any(map(_is_area, words)) or any(aside and all(map(_is_area, aside)) for aside in asides)


def is_municipal(level: str) -> bool:
    return not MUNICIPAL.isdisjoint(fold(level).split())


def _is_area(word: str) -> bool:
    return word in AREAS or word.endswith(AREA_ENDS)


def _code(name: str, nis: str) -> str:
    """The one code in these two cells, empty for none. Raises PlaceUnclear where they hold two."""
    beside, own = code_in(name), code_in(nis)
    if beside and own and int(beside) != int(own):
        raise PlaceUnclear(f"NIS-code {own} hoort niet bij {quoted(name)}; verbeter de code of de naam.")
    return own or beside


def code_in(written: str) -> str:
    """The NIS code that stands alone in a text or, with all its five digits, among words; else nothing.

    >>> [code_in(text) for text in ("2000", "11001.0", "11.001", "X (11001)", "11001A00", "2000 X")]
    ['2000', '11001', '11001', '11001', '', '']
    """
    if alone := _ALONE.fullmatch(written.strip()):
        return "".join(filter(None, alone.groups()))
    found = {*_AMONG_WORDS.findall(written)}
    return found.pop() if len(found) == 1 else ""


def _bare(written: str) -> str:
    """Without codes and what stands between brackets; nothing where there are no letters."""
    bare = _ASIDE.sub(" ", _AMONG_WORDS.sub(" ", written)).strip(_MARKS)
    return bare if any(map(str.isalpha, bare)) else ""


@lru_cache(maxsize=MANY)
def _spellings(written: str) -> tuple[str, ...]:
    """The names that a text may be, without regard to spelling: as it stands, and without what says nothing."""
    return tuple(dict.fromkeys(filter(None, (tight(written), *_bare_names(written)))))


def _bare_names(written: str) -> Iterator[str]:
    if is_of_other_areas(written):
        return
    for name in PARTNERS.names(_bare(written)):
        words = [word for word in name.split() if not word.isdigit()]
        while words and words[-1] in AROUND:
            words.pop()
        while words and words[0] in AROUND:
            words.pop(0)
        yield "".join(words)


SHORTEST, SHORT, LONG = 5, 6, 12
_HEARD = (("ij", "y"), ("gh", "g"), ("cq", "k"), ("ck", "k"), ("c", "k"), ("q", "k"))
_KEYS = ("azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_SOUNDS = ("aeiouy", "sz", "vwf", "dt", "mn", "gh", "bp")
_TAKEN_FOR = {frozenset(pair) for row in _KEYS for pair in pairwise(row)} | {
    frozenset({one, other}) for sound in _SOUNDS for one in sound for other in sound if one != other
}


@lru_cache(maxsize=MANY)
def is_slip(written: str, name: str) -> bool:
    """Whether a text is a name with one slip of the fingers, or two in a long one. A short name is soon that of
    another town: there one letter for another is a slip only between neighbours on the keyboard or in sound.

    >>> [is_slip(text, "Tormegem") for text in ("tormegm", "Tomregem", "Dormeghem", "tormegem", "Tarmelgem")]
    [True, True, True, False, False]
    >>> [is_slip(text, "Torme") for text in ("Tormee", "Yorme", "Torne", "Torpe")]
    [True, True, True, False]
    """
    spelled = tight(written), tight(name)
    if len(spelled[1]) < SHORTEST or spelled[0] == spelled[1]:
        return False
    return _are_near(*spelled) or _are_near(_heard(spelled[0]), _heard(spelled[1]))


def _are_near(one: str, other: str) -> bool:
    most = 2 if len(other) >= LONG else 1
    if OSA.distance(one, other, score_cutoff=most) > most:
        return False
    if len(other) >= SHORT or len(one) != len(other):
        return True
    differ = [frozenset(pair) for pair in zip(one, other, strict=True) if len({*pair}) > 1]
    return len(differ) != 1 or differ[0] in _TAKEN_FOR


def _heard(name: str) -> str:
    """As it sounds: older spellings of a name are heard alike."""
    for written, sound in _HEARD:
        name = name.replace(written, sound)
    return name


@lru_cache(maxsize=256)
def _parts(name: str) -> Set[str]:
    """Of a name of several words, those that are a name by themselves."""
    words = _COMPOUND.split(name)
    return {tight(word) for word in words if len(tight(word)) >= SHORTEST} if len(words) > 1 else frozenset()
