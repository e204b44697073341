"""A meeting by the name its address has: "stuurgroep-7"."""

import re

from sqlalchemy.orm import Session

from portal.permissions import RowNotFound, Viewer
from portal.queries.meetings import chosen_meeting
from portal.vocabulary import MeetingBody

NAMED = re.compile(rf"({'|'.join(body.value for body in MeetingBody)})-([1-9][0-9]{{0,5}})")


def named(word: str) -> tuple[MeetingBody, int]:
    """Raises RowNotFound for what names no meeting."""
    found = NAMED.fullmatch(word)
    if found is None:
        raise RowNotFound(f"meeting {word}")
    return MeetingBody(found[1]), int(found[2])


def meeting_exists(session: Session, viewer: Viewer, word: str) -> bool:
    """Whether the viewer may know of it; True without a name, as the page then chooses one."""
    try:
        return not word or bool(chosen_meeting(session, viewer, *named(word)))
    except RowNotFound:
        return False
