"""One search over everything a viewer may read: which rows answer, the best first, and how that can be narrowed."""

from collections import Counter
from collections.abc import Iterable
from heapq import nsmallest
from itertools import groupby

from sqlalchemy.orm import Session

from portal.likeness.sought import Rank, sought
from portal.permissions import Viewer
from portal.queries.search.kinds import REGION, Choice, Findable, Found, Going, Group, Hit, Wanted
from portal.queries.search.reading import Key, keys_of, read
from portal.queries.search.texts import Library, library
from portal.words import fold

SUGGESTED, AT_ONCE, AT_MOST = 8, 16, 100
LEAST, MOST = 1, 5  # of a kind, among several


def search(
    session: Session, viewer: Viewer, wanted: Wanted, known: Library | None = None, *, most: int = AT_MOST
) -> Found:
    """`known`: what `library` gave this viewer, where the caller kept it. `most`: of a kind that is asked for alone; of
    several the best few of each."""
    known = known or library(session, viewer)
    asked = sought(known.words, wanted.text, exact=wanted.exact)
    keys = keys_of(session, viewer, asked, known)
    left = [key for key in keys if _is_wanted(key, wanted)]
    kinds = [(kind, list(those)) for kind, those in groupby(left, lambda key: key.kind)]
    whole = len(wanted.kinds) == 1 or most > AT_MOST
    shown = {kind: those[: most if whole else _few(kind, len(kinds))] for kind, those in kinds}
    hits = read(session, asked, known, [key for those in shown.values() for key in those])
    groups = tuple(Group(kind, len(those), tuple(hits[key] for key in shown[kind])) for kind, those in kinds)
    also = (word for group in groups for hit in group.hits for word in hit.also)
    return Found(
        wanted=wanted,
        sought=bool(asked.parts),
        total=len(left),
        groups=groups,
        kinds=_kinds(keys, wanted),
        partners=_partners(known, keys, wanted),
        going=_going(keys, wanted),
        otherwise=sum(key.rank >= Rank.MEANT_IN_TITLE for key in left),
        also=tuple(dict.fromkeys(also)),
    )


def suggested(session: Session, viewer: Viewer, text: str, known: Library) -> tuple[tuple[Hit, ...], int]:
    """The best of all kinds, and how many answer."""
    asked = sought(known.words, text)
    keys = keys_of(session, viewer, asked, known)
    best = nsmallest(SUGGESTED, keys, key=lambda key: (key.rank, *key[:6]))
    hits = read(session, asked, known, best)
    return tuple(hits[key] for key in best), len(keys)


def _few(kind: Findable, kinds: int) -> int:
    """How many of a kind are shown beside others, so that all of it stands on one screen or two."""
    each = AT_ONCE // kinds + (kind in {Findable.CHALLENGE, Findable.PROJECT})
    return min(max(each, LEAST), MOST)


def _is_wanted(key: Key, wanted: Wanted) -> bool:
    return _of_kind(key, wanted) and _of_partner(key, wanted) and _is_going(key, wanted)


def _of_kind(key: Key, wanted: Wanted) -> bool:
    return not wanted.kinds or key.kind in wanted.kinds


def _of_partner(key: Key, wanted: Wanted) -> bool:
    return not wanted.partners or (key.partner or REGION) in wanted.partners


def _is_going(key: Key, wanted: Wanted) -> bool:
    return not wanted.going or key.going in wanted.going


def _kinds(keys: Iterable[Key], wanted: Wanted) -> tuple[Choice, ...]:
    """Every kind, none left out where it has nothing."""
    counts = Counter(key.kind for key in keys if _of_partner(key, wanted) and _is_going(key, wanted))
    return tuple(Choice(kind.value, kind.label, counts[kind]) for kind in Findable)


def _partners(known: Library, keys: Iterable[Key], wanted: Wanted) -> tuple[Choice, ...]:
    """The region first, then by name; those without a row only where they were chosen."""
    counts = Counter(key.partner or REGION for key in keys if _of_kind(key, wanted) and _is_going(key, wanted))
    named = sorted((place for place in known.partners.values() if place.slug), key=lambda place: fold(place.name))
    every = [(REGION, "Regio"), *((place.slug, place.name) for place in named)]
    return tuple(Choice(slug, name, counts[slug]) for slug, name in every if counts[slug] or slug in wanted.partners)


def _going(keys: Iterable[Key], wanted: Wanted) -> tuple[Choice, ...]:
    counts = Counter(key.going for key in keys if _of_kind(key, wanted) and _of_partner(key, wanted))
    return tuple(Choice(going.value, going.label, counts[going]) for going in Going)
