"""Why two texts are alike, in words that people can check against the texts."""

from collections.abc import Mapping

from portal.likeness.words import stem
from portal.words import fold

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
