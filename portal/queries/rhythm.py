"""Who meets, and every how many days they mean to."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db.models import GovernanceBody
from portal.vocabulary import MeetingBody


def rhythm_days(session: Session) -> dict[MeetingBody, int | None]:
    """Per body; None for one without a rhythm of its own."""
    found = session.execute(select(GovernanceBody.code, GovernanceBody.rhythm_days))
    days = {row.code: row.rhythm_days for row in found}
    return {body: days.get(body.value) for body in MeetingBody}
