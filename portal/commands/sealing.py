"""Begins the sealing of a trace that an older release wrote, and vouches for rows that came in without one."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.commands.base import Refused, command
from portal.commands.trail import Change, Origin, locked_head, secrets_of, write_trail
from portal.db.models import Audit, PortalInfo
from portal.db.traced import SECRET, traced_fields, traced_models, untraced_rows
from portal.db.trail_seal import canonical, current_seals
from portal.permissions import Permission, Viewer
from portal.vocabulary import AuditAction, AuditSource, DatabaseKind

Fields = Mapping[str, object]
Secrets = Mapping[str, str]


@command(Permission.MANAGE_PORTAL)
def seal_trail(session: Session, by: Viewer) -> int | None:
    """One line that pins the unkeyed chain before it, and by their digests the secrets that are there; from it on
    every row is sealed. Gives its number; None where sealing began before. What is there is taken as it is.
    """
    head = locked_head(session)
    if head.audit_sealed_from:
        return None
    before = {"audit_hash": head.audit_hash}
    head.audit_sealed_from = head.audit_sequence + 1
    current_seals().seal_head(head)
    _say(session, by, head, {"sealed_from": head.audit_sealed_from}, before=before, secrets=_secrets(session))
    return head.audit_sealed_from


@command(Permission.MANAGE_PORTAL)
def vouch_for_rows(session: Session, by: Viewer) -> None:
    """Only in a demo, that was made larger for measuring: one line for all rows that came in without one."""
    head = locked_head(session)
    if head.kind is not DatabaseKind.DEMO:
        raise Refused("Alleen in een demo komen rijen zonder spoor binnen; er is niets gewijzigd.")
    _say(session, by, head, {}, before={}, secrets={})


def _say(session: Session, by: Viewer, head: PortalInfo, after: Fields, *, before: Fields, secrets: Secrets) -> None:
    told = {**after, "untold": canonical(_untold(session))}
    change = Change(
        Audit.__tablename__, head.audit_sequence + 1, AuditAction.CREATED, dict(before), told, dict(secrets)
    )
    write_trail(session, [change], Origin(by.user_id, "seal_trail", AuditSource.CLI))


def _untold(session: Session) -> dict[str, list[int]]:
    """The ids of rows of which the trace tells nothing, by table."""
    found: dict[str, list[int]] = {}
    for model in traced_models():
        lines = select(Audit.id).where(Audit.entity == model.__tablename__, Audit.entity_id == model.id)
        rows = select(model.id).where(~untraced_rows(model), ~lines.exists()).order_by(model.id)
        if ids := list(session.scalars(rows)):
            found[model.__tablename__] = ids
    return found


def _secrets(session: Session) -> dict[str, str]:
    secrets: dict[str, str] = {}
    for model in traced_models():
        if names := SECRET & set(traced_fields(model)):
            for row in session.scalars(select(model)):
                secrets |= secrets_of(row, sorted(names))
    return secrets
