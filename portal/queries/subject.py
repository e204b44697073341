"""One subject: its challenges beside each other, and how its partners could take it up."""

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db.models import Challenge, Dimension, Partner, Service, Theme
from portal.db.sorting import bytewise
from portal.permissions import Permission, RowNotFound, Viewer
from portal.queries.candidates import Candidate, candidate_coalitions
from portal.queries.frames import frame
from portal.queries.subjects import SHOWN, Subject, subjects
from portal.queries.visible import visible_challenges
from portal.vocabulary import GroupState

CHALLENGES = (
    *("id", "code", "title", "description", "partner", "partner_slug", "urgency", "status", "visibility"),
    *("theme", "dimension", "service"),
)


def find_subject(session: Session, viewer: Viewer, number: str) -> Subject:
    """A rejected one only for who decides on them. Raises RowNotFound."""
    states = frozenset(GroupState) if viewer.may(Permission.CONFIRM_GROUPS) else SHOWN
    found = next((one for one in subjects(session, viewer, states) if str(one.id) == number), None)
    if found is None:
        raise RowNotFound(f"subject {number}")
    return found


def subject_exists(session: Session, viewer: Viewer, number: str) -> bool:
    try:
        find_subject(session, viewer, number)
    except RowNotFound:
        return False
    return True


def candidate_of(session: Session, viewer: Viewer, subject: Subject) -> Candidate | None:
    """How its partners could work together; None when a living shared project answers it already."""
    every = candidate_coalitions(session, viewer, most=10_000)
    return next((one for one in every if one.subject.id == subject.id), None)


def challenges_of(session: Session, viewer: Viewer, subject: Subject) -> pd.DataFrame:
    """The subject's challenges, by partner and code.

    Columns: id (int), code, title, description, partner, partner_slug (str), urgency (int), status, visibility (words),
    theme, dimension, service (str).
    """
    found = (
        select(Challenge.id, Challenge.code, Challenge.title, Challenge.description, Partner.title, Partner.slug)
        .add_columns(Challenge.urgency, Challenge.status, Challenge.visibility)
        .add_columns(Theme.title, Dimension.title, Service.title)
        .join(Challenge.partner)
        .join(Challenge.theme)
        .join(Challenge.dimension)
        .join(Challenge.service)
        .where(Challenge.id.in_([member.id for member in subject.members]), visible_challenges(viewer))
        .order_by(bytewise(Partner.title_key), bytewise(Challenge.code))
    )
    return frame(CHALLENGES, session.execute(found))
