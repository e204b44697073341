"""The two sides a link is made from: what may be linked there, in which words, and by which commands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypedDict

from sqlalchemy.orm import Session

from portal.commands.base import REFUSALS
from portal.commands.inventory.challenges import link_challenge, unlink_challenge
from portal.db.engine import reading, writing
from portal.permissions import RowNotFound, Viewer
from portal.problems import noted
from portal.queries.inventory.editable import Linkable, challenges_to_link, projects_to_link


@dataclass(frozen=True, slots=True)
class Side:
    """`own` and `other` are what the commands call this page's row and the one it is linked to."""

    own: str
    other: str
    linkable: Callable[[Session, Viewer, str], Linkable]
    opener: str
    label: str
    linked: str
    nothing: str


SIDES: Mapping[str, Side] = {
    "challenge": Side(
        own="challenge",
        other="project",
        linkable=projects_to_link,
        opener="Koppel aan een project",
        label="Welk project beantwoordt deze uitdaging?",
        linked="Gekoppeld aan",
        nothing="Er loopt geen ander project om aan te koppelen.",
    ),
    "project": Side(
        own="project",
        other="challenge",
        linkable=challenges_to_link,
        opener="Koppel een uitdaging",
        label="Welke uitdaging beantwoordt dit project?",
        linked="Beantwoordt",
        nothing="Er is geen andere open uitdaging om te koppelen.",
    ),
}


class Asked(TypedDict):
    """What a place says of itself."""

    page: str
    of: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody links: the side, and the code of the page's row."""

    page: str
    of: str

    @property
    def side(self) -> Side:
        return SIDES[self.page]

    @classmethod
    def asked(cls, data: Asked) -> "Place":
        """Raises RowNotFound for what no place of ours is."""
        if data["page"] not in SIDES:
            raise RowNotFound("link")
        return cls(data["page"], data["of"])


@dataclass(frozen=True, slots=True)
class Told:
    """What became of it, in one sentence."""

    said: str = ""
    refused: bool = False


def linkable(viewer: Viewer, place: Place) -> Linkable:
    with reading() as session:
        return place.side.linkable(session, viewer, place.of)


def change(viewer: Viewer, place: Place, other: str | None, *, unlink: bool) -> Told:
    """Links or unlinks the row with the code `other`. Whatever is refused is told, and nothing was changed."""
    if not other:
        return Told("Kies eerst iets uit de lijst; er is niets gewijzigd.", refused=True)
    codes = {place.side.own: place.of, place.side.other: other}
    try:
        with writing() as session:
            (unlink_challenge if unlink else link_challenge)(session, viewer, **codes)
    except REFUSALS as refused:
        return Told(noted(refused).sentence, refused=True)
    return Told(f"{other} is {'niet meer gekoppeld' if unlink else 'gekoppeld'}.")
