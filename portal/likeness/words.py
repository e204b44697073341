"""Dutch words as likeness sees them, without endings; and, in words that people can check, why two texts are alike."""

from collections.abc import Mapping
from functools import lru_cache

from portal.words import fold

SHORTEST = 3
_VOWELS = ("a", "e", "o", "u")
_MARKS = ".,;:!?()[]\"'‘’“”…"
_STOP = """
aan achter af al alle alleen alles als alvast ander andere anderen anders apart ben beter bij blijft blijven boven
buiten daar daardoor dan dat de deel deze die dit doet door doen druk duidelijk duidelijke dus echt een eens eerst
eigen elk elkaar elke en enkel enkele er ermee geen gaan gaat gebeurt gebeuren gebruik gebruiken gebruikt gedaan
geeft gekend gelijk gemaakt genoeg genomen geven goed goede grote haar had hadden hebben heb heeft hem het hier hij hoe
hoeft hoelang hun iedere iedereen iemand iets ik in is ja je jaar kan komen komt krijgen krijgt kunnen kost laat laatste
lang langs later liever ligt liggen lopen loopt lukt maak maakt maar maken meer meest men met mee mijn minder
mis missen mogelijk moet moeten mogen na naar naast nauwelijks neemt net niemand niet niets nieuw nieuwe nieuwigheden
nodig nog nood nooit nu of om omdat ondanks onder ons onvoldoende onze ook op over per raken samen sommige staan staat
steeds te tegen tegenover telkens ten ter terug terwijl toe tot tussen twee drie uit uw vaak van vandaag vanuit veel
verder verschillend verschillende verschillen vier vijf volgens volledig volledige voor vooral vraag vragen vraagt waar
waardoor wanneer waren was wat we weg wel weinig welk welke weten werd werk werken werkt wie wij willen worden wordt
zal ze zelden zelf zich zij zijn zit zitten zo zoals zodat zonder zou zouden
beheer beheren bestuur besturen bestaan bestaat bieden burger burgers dienst diensten digitaal digitale
digitaliseren digitalisering gemeente gemeentelijk gemeentelijke gemeenten informatie inwoner inwoners medewerker
medewerkers ontbreekt ontbreken organisatie probleem problemen regio regionaal regionale stad stedelijk stedelijke
steden systeem systemen toepassing toepassingen verbeteren verbetering collega
"""


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The word without plural, bending and doubled letters; not a word of Dutch, only a key.

    >>> stem("afspraken") == stem("afspraak"), stem("digitale") == stem("digitaal"), stem("schijven") == stem("schijf")
    (True, True, True)
    """
    bare = word
    if len(bare) > SHORTEST + 1 and bare.endswith("s") and not bare.endswith(("ss", "us", "is")):
        bare = bare[:-1]
    if len(bare) > SHORTEST + 1:
        bare = bare.removesuffix("en") if bare.endswith("en") else bare.removesuffix("e")
    if bare[-1:] == bare[-2:-1]:
        bare = bare[:-1]
    if bare[-2:-1] in _VOWELS and bare[-2:-1] == bare[-3:-2]:
        bare = bare[:-2] + bare[-1]
    return bare[:-1] + {"v": "f", "z": "s"}.get(bare[-1:], bare[-1:])


STOP = frozenset(stem(word) for word in _STOP.split())


def spoken_and_stemmed(text: str) -> list[tuple[str, str]]:
    """Each word of a text as people may read it and as its stem, in their order."""
    found: list[tuple[str, str]] = []
    for written in text.split():
        parts = fold(written).split()
        spoken = parts if len(parts) > 1 else [written.strip(_MARKS).casefold()]
        found.extend(zip(spoken, map(stem, parts), strict=False))
    return found


LONGEST = 400
SHOWN = 4


def why(one: Mapping[str, str], other: Mapping[str, str], *, same_service: bool, same_theme: bool) -> str:
    """From what each text says per concept (see `Thesaurus.spoken`); the first text's words stand first."""
    shared = [key for key in one if key in other]
    meant = [key for key in shared if one[key] != other[key]]
    said = [f"{_meaning(key, one[key])}'{one[key]}' en '{other[key]}'" for key in meant]
    said += [f"beide '{one[key]}'" for key in shared if key not in meant]
    around = [name for name, same in (("dienst", same_service), ("thema", same_theme)) if same]
    return "; ".join([*said[:SHOWN], *([f"zelfde {' en '.join(around)}"] if around else [])])[:LONGEST]


def _meaning(key: str, spoken: str) -> str:
    """A meaning of the list stands before its words; a mere stem is nothing to read."""
    return "" if stem(fold(spoken)) == key else f"{key}: "
