"""Who may do what: one table of roles and permissions, each with the rows it reaches.

A permission is granted for a *reach*: every row, or only the viewer's own partners or own ateliers.
`scope()` turns the reach into the ids a query or command must keep to; nothing else decides on rows.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from portal.vocabulary import Word


class Role(Word):
    STEERING = "stuurgroep", "Stuurgroep"
    DIRECTOR = "directeur", "Algemeen directeur"
    MAYOR = "burgemeester", "Burgemeester"
    COORDINATOR = "coordinator", "Projectcoördinator"
    ATELIER = "atelier", "Atelierverantwoordelijke"
    ADMIN = "beheerder", "Beheerder"


class Permission(StrEnum):
    VIEW_PORTAL = "view_portal"
    VIEW_INTERNAL = "view_internal"
    EDIT_INVENTORY = "edit_inventory"
    EDIT_PARTICIPATION = "edit_participation"
    EDIT_PROJECTS = "edit_projects"
    EDIT_DELIVERABLES = "edit_deliverables"
    VIEW_MONEY_TOTALS = "view_money_totals"
    VIEW_MONEY = "view_money"
    EDIT_MONEY = "edit_money"
    EDIT_MEETINGS = "edit_meetings"
    EDIT_BRIEFS = "edit_briefs"
    CLOSE_ACTIONS = "close_actions"
    FREEZE_MEETINGS = "freeze_meetings"
    VIEW_OPEN_MEETINGS = "view_open_meetings"
    CONFIRM_GROUPS = "confirm_groups"
    IMPORT_DATA = "import_data"
    EXPORT_DATA = "export_data"
    VIEW_AUDIT = "view_audit"
    MANAGE_PORTAL = "manage_portal"
    EDIT_OWN_ACCOUNT = "edit_own_account"


class Reach(StrEnum):
    ALL = "all"
    OWN_PARTNERS = "own_partners"
    OWN_ATELIERS = "own_ateliers"


class PermissionDenied(Exception):
    """The viewer may not do this; nothing changed."""

    def __init__(self, permission: Permission, why: str = "") -> None:
        super().__init__(f"{permission}{': ' if why else ''}{why}")
        self.permission = permission


class RowNotFound(LookupError):
    """There is no such row, or the viewer may not know that there is."""


_EVERYBODY: dict[Permission, Reach] = {
    Permission.VIEW_PORTAL: Reach.ALL,
    Permission.VIEW_MONEY_TOTALS: Reach.ALL,
    Permission.EXPORT_DATA: Reach.ALL,
    Permission.EDIT_OWN_ACCOUNT: Reach.ALL,
}
_EVERYTHING: dict[Permission, Reach] = {
    permission: Reach.ALL for permission in Permission if permission is not Permission.MANAGE_PORTAL
}

GRANTS: dict[Role, dict[Permission, Reach]] = {
    Role.STEERING: _EVERYBODY
    | {
        Permission.VIEW_MONEY: Reach.ALL,
        Permission.VIEW_OPEN_MEETINGS: Reach.ALL,
        Permission.EDIT_MEETINGS: Reach.ALL,
        Permission.EDIT_BRIEFS: Reach.ALL,
        Permission.CLOSE_ACTIONS: Reach.ALL,
    },
    Role.DIRECTOR: _EVERYBODY
    | {
        Permission.VIEW_INTERNAL: Reach.OWN_PARTNERS,
        Permission.EDIT_INVENTORY: Reach.OWN_PARTNERS,
        Permission.EDIT_PARTICIPATION: Reach.OWN_PARTNERS,
        Permission.EDIT_PROJECTS: Reach.OWN_PARTNERS,
        Permission.VIEW_MONEY: Reach.ALL,
        Permission.VIEW_OPEN_MEETINGS: Reach.ALL,
        Permission.EDIT_BRIEFS: Reach.OWN_PARTNERS,
        Permission.CLOSE_ACTIONS: Reach.OWN_PARTNERS,
        Permission.IMPORT_DATA: Reach.OWN_PARTNERS,
    },
    Role.MAYOR: _EVERYBODY,
    Role.COORDINATOR: _EVERYTHING,
    Role.ATELIER: _EVERYBODY
    | {
        Permission.EDIT_PROJECTS: Reach.OWN_ATELIERS,
        Permission.EDIT_DELIVERABLES: Reach.OWN_ATELIERS,
        Permission.VIEW_MONEY: Reach.OWN_ATELIERS,
        Permission.EDIT_MONEY: Reach.OWN_ATELIERS,
        Permission.VIEW_OPEN_MEETINGS: Reach.ALL,
        Permission.EDIT_MEETINGS: Reach.OWN_ATELIERS,
        Permission.EDIT_BRIEFS: Reach.OWN_ATELIERS,
        Permission.IMPORT_DATA: Reach.OWN_ATELIERS,
    },
    Role.ADMIN: _EVERYTHING | {Permission.MANAGE_PORTAL: Reach.ALL},
}


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks: what a query or command may know of the person. Hashable, so that a cache can keep scopes apart."""

    role: Role
    user_id: int | None = None
    name: str = ""
    partner_ids: frozenset[int] = frozenset()
    atelier_ids: frozenset[int] = frozenset()

    @classmethod
    def system(cls) -> Self:
        """The portal itself, when it brings in reference data or a demo."""
        return cls(role=Role.ADMIN, name="Portaal")

    def may(self, permission: Permission) -> bool:
        return permission in GRANTS[self.role]


@dataclass(frozen=True, slots=True)
class Scope:
    """The rows a permission reaches. `None` means every partner, or every atelier."""

    partner_ids: frozenset[int] | None = frozenset()
    atelier_ids: frozenset[int] | None = frozenset()

    @property
    def everything(self) -> bool:
        return self.partner_ids is None

    @property
    def nothing(self) -> bool:
        return self.partner_ids == frozenset() and self.atelier_ids == frozenset()

    def has_partner(self, partner_id: int | None) -> bool:
        return self.partner_ids is None or (partner_id is not None and partner_id in self.partner_ids)

    def has_atelier(self, atelier_id: int | None) -> bool:
        return self.atelier_ids is None or (atelier_id is not None and atelier_id in self.atelier_ids)


def scope(viewer: Viewer, permission: Permission) -> Scope:
    """The rows this viewer reaches with this permission; nothing when it is not granted."""
    match GRANTS[viewer.role].get(permission):
        case Reach.ALL:
            return Scope(None, None)
        case Reach.OWN_PARTNERS:
            return Scope(viewer.partner_ids, frozenset())
        case Reach.OWN_ATELIERS:
            return Scope(frozenset(), viewer.atelier_ids)
        case _:
            return Scope()


def require(viewer: Viewer, permission: Permission) -> None:
    """Raises PermissionDenied when the role does not hold the permission at all."""
    if not viewer.may(permission):
        raise PermissionDenied(permission)
