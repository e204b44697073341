"""What is done with the people who may sign in: each act by its command, with what to say of it."""

from dataclasses import dataclass
from typing import Any, TypedDict

from sqlalchemy.orm import Session

from portal.commands import people
from portal.commands.base import Refused
from portal.pages.given import Chosen, Written
from portal.pages.management.ids import Ids
from portal.pages.told import Told, attempt
from portal.permissions import Permission, Role, RowNotFound, Viewer, require
from portal.queries.people import place_ids


class Person(TypedDict):
    """Whose form it is, as it was seen."""

    id: int
    version: int
    active: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """Role and places as the form has them."""

    role: Written
    partners: Chosen
    ateliers: Chosen

    def of(self, session: Session, viewer: Viewer) -> dict[str, Any]:
        """As the commands take them. Raises Refused for a role that is none."""
        role = next((each for each in Role if each.value == self.role), None)
        if role is None:
            raise Refused("Kies een rol; er is niets gewijzigd.")
        partners, ateliers = place_ids(session, viewer, self.partners or [], self.ateliers or [])
        return {"role": role, "partner_ids": partners, "atelier_ids": ateliers}


def invite(viewer: Viewer, email: str, name: str, wanted: Wanted) -> Told:
    def act(session: Session) -> Told:
        require(viewer, Permission.MANAGE_PORTAL)
        given = {"email": email, "name": name, **wanted.of(session, viewer)}
        token = people.invite_user(session, viewer, **given)
        return Told(f"{name.strip()} is toegevoegd.", token=token)

    return attempt(act)


def do(viewer: Viewer, button: object, who: Person, wanted: Wanted) -> Told:
    """What this button of a person's form asks. Raises RowNotFound for a button that is not there."""
    user_id = who["id"]

    def act(session: Session) -> Told:
        require(viewer, Permission.MANAGE_PORTAL)
        match button:
            case Ids.SAVE:
                seen = who["version"]
                people.change_role(session, viewer, user_id=user_id, version=seen, **wanted.of(session, viewer))
                return Told("Bewaard. Wie van rol of plaats verandert, meldt zich opnieuw aan.")
            case Ids.RENEW:
                token = people.renew_invitation(session, viewer, user_id=user_id)
                return Told("Er is een nieuwe uitnodiging; een vorige link werkt niet meer.", token=token)
            case Ids.SWITCH if who["active"]:
                people.disable_user(session, viewer, user_id=user_id)
                return Told("Uitgeschakeld; de persoon is overal afgemeld.")
            case Ids.SWITCH:
                people.enable_user(session, viewer, user_id=user_id)
                return Told("Weer ingeschakeld.")
            case _:
                raise RowNotFound("button")

    return attempt(act)
