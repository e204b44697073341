"""What the portal knows of its coalitions, and what of them this viewer may answer for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from data_loaders.comparing import Label, present_in
from data_loaders.described import choices
from data_loaders.kind import Table
from data_loaders.participation.sheet import STATES, state_sheet
from data_loaders.plan import Key, Present
from portal.permissions import Permission, Viewer, scope
from portal.queries.coalitions.coalitions import leading_now, shared_projects
from portal.queries.coalitions.participations import editable_participations, partners_without_state
from portal.queries.reference import partner_options


def _label(row: Mapping[str, Any]) -> str:
    return f"{row['partner']} in {row['project']}"


LABELS: Mapping[str, Label] = {STATES: _label}


@dataclass(frozen=True, slots=True)
class Known:
    """`own`: the slugs the viewer may answer for; `everything`: all of them, and for the whole region.

    `leads`: per project the slugs of who leads it now.
    """

    tables: tuple[Table, ...]
    present: Mapping[Key, Present]
    own: frozenset[str]
    everything: bool
    leads: Mapping[str, frozenset[str]]


def known_in(session: Session, viewer: Viewer) -> Known:
    there = tables(session, viewer)
    return Known(
        tables=there,
        present=present_in(there, LABELS),
        own=frozenset(slug for slug, _ in partners_without_state(session, viewer, "")),
        everything=scope(viewer, Permission.EDIT_PARTICIPATION).everything,
        leads=leading_now(session, viewer),
    )


def tables(session: Session, viewer: Viewer) -> tuple[Table, ...]:
    """The states that hold now, of every partner the viewer may answer for."""
    rows = editable_participations(session, viewer)
    sheet = state_sheet({"partner": partner_options(session), "project": shared_projects(session, viewer)})
    own = [slug for slug, _ in partners_without_state(session, viewer, "")]
    return (Table(sheet, rows, choices(sheet, partner=own)),)
