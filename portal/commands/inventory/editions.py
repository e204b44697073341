"""By which edition of the survey the lead of a project is judged: the one that was newest when its aspect was chosen,
until somebody says another. A newer edition judges nobody anew by itself."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.commands.base import Refused, changed, command
from portal.commands.editing import Values
from portal.db.lookups import survey_years
from portal.db.models import Observation, Project
from portal.permissions import Permission, Viewer
from portal.text import listed

JUDGED = frozenset({"aspect", "aspect_year"})


def judge(session: Session, row: Project, said: Values, aspect_before: object) -> None:
    """For use inside a command that set what was said. Raises Refused for an edition without this aspect."""
    if not JUDGED & said.keys():
        return
    if row.aspect_id is None:
        if said.get("aspect_year") is not None and aspect_before is None:
            raise Refused("Kies eerst een aspect, dan de editie ervan; er is niets gewijzigd.")
        changed(row, aspect_year=None)
        return
    known = _editions(session, row.aspect_id)
    if row.aspect_year is None:
        changed(row, aspect_year=next(iter(known), None))
    elif row.aspect_year not in known:
        there = f"er zijn er van {listed([str(year) for year in known])}" if known else "er is er nog geen"
        raise Refused(f"Dit aspect heeft geen editie {row.aspect_year}; {there}. Er is niets gewijzigd.")


@command(Permission.MANAGE_PORTAL)
def keep_judged_editions(session: Session, by: Viewer) -> int:
    """Projects of an older release, which knew of one edition only, keep the newest there is now; gives how many."""
    older = select(Project).where(Project.aspect_id.is_not(None), Project.aspect_year.is_(None)).order_by(Project.id)
    kept = 0
    for row in session.scalars(older).all():
        kept += changed(row, aspect_year=next(iter(_editions(session, row.aspect_id)), None))
    return kept


def _editions(session: Session, indicator_id: int | None) -> list[int]:
    return list(session.scalars(survey_years(Observation.indicator_id == indicator_id)))
