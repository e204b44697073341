"""What is done with the people who may sign in: each act by its command, with what to say of it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from portal.commands import people
from portal.commands.base import Refused
from portal.pages.given import number, text, texts
from portal.pages.management.ids import Ids
from portal.pages.told import Told, attempt
from portal.permissions import Permission, Role, RowNotFound, Viewer, require
from portal.queries.accounts import place_ids


@dataclass(frozen=True, slots=True)
class Wanted:
    """Role and places as the form has them."""

    role: object
    partners: object
    ateliers: object

    def of(self, session: Session, viewer: Viewer) -> dict[str, Any]:
        """As the commands take them. Raises Refused for a role that is none."""
        role = next((each for each in Role if each.value == text(self.role)), None)
        if role is None:
            raise Refused("Kies een rol; er is niets gewijzigd.")
        partners, ateliers = place_ids(session, viewer, texts(self.partners), texts(self.ateliers))
        return {"role": role, "partner_ids": partners, "atelier_ids": ateliers}


def invite(viewer: Viewer, email: object, name: object, wanted: Wanted) -> Told:
    def act(session: Session) -> Told:
        require(viewer, Permission.MANAGE_PORTAL)
        given = {"email": text(email), "name": text(name), **wanted.of(session, viewer)}
        token = people.invite_user(session, viewer, **given)
        return Told(f"{text(name).strip()} is toegevoegd.", token=token)

    return attempt(act)


def do(viewer: Viewer, button: object, who: dict[str, Any], wanted: Wanted) -> Told:
    """What this button of a person's form asks. Raises RowNotFound for a button that is not there."""
    user_id = number(who.get("id"))

    def act(session: Session) -> Told:
        require(viewer, Permission.MANAGE_PORTAL)
        match button:
            case Ids.SAVE:
                seen = number(who.get("version"))
                people.change_role(session, viewer, user_id=user_id, version=seen, **wanted.of(session, viewer))
                return Told("Bewaard. Wie van rol of plaats verandert, meldt zich opnieuw aan.")
            case Ids.RENEW:
                token = people.renew_invitation(session, viewer, user_id=user_id)
                return Told("Er is een nieuwe uitnodiging; een vorige link werkt niet meer.", token=token)
            case Ids.SWITCH if who.get("active"):
                people.disable_user(session, viewer, user_id=user_id)
                return Told("Uitgeschakeld; de persoon is overal afgemeld.")
            case Ids.SWITCH:
                people.enable_user(session, viewer, user_id=user_id)
                return Told("Weer ingeschakeld.")
            case _:
                raise RowNotFound("button")

    return attempt(act)
