"""What a project reports in a round; the report and the project's own colour, share and end change together."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.commands.base import Refused, command
from portal.commands.editing import Values, edit, hold, put
from portal.commands.known import knows_of
from portal.commands.project_rules import in_order, in_reach
from portal.db.lookups import coming_steering_group
from portal.db.models import ProgressReport, Project
from portal.entities.fields import shape
from portal.permissions import Permission, PermissionDenied, RowNotFound, Viewer
from portal.vocabulary import ENDED_PHASES, Health

OF_PROJECT = shape(Project, "health progress end_expected_on")
TOLD = ("done", "next", "blocked")
WHOLE = 100


@command(Permission.EDIT_PROJECTS)
def report_progress(session: Session, by: Viewer, *, project_id: int, version: int, values: Values) -> ProgressReport:
    """A report for the round that runs, beside those there are: the newest counts.

    Keys of `values`: health, progress (0 to 100, or None), end_expected_on, which the project gets and keeps where
    they are left out; and the texts done, next, blocked. Refused when there is nothing to tell.
    """
    row = _reported_on(session, by, project_id)
    if not values:
        raise Refused("Vul in wat er veranderde, of bevestig het project ongewijzigd.")
    of_project = {key: value for key, value in values.items() if key not in TOLD}
    end_before = row.end_expected_on
    edit(session, row, version, _checked(of_project), OF_PROJECT)
    in_order(row, of_project.keys(), end_before)
    return _written(session, by, row, {key: values.get(key) or "" for key in TOLD})


@command(Permission.EDIT_PROJECTS)
def confirm_unchanged(session: Session, by: Viewer, *, project_id: int, version: int) -> ProgressReport:
    """A report that says nothing changed: the project's colour and share, and what the last report had next and
    what blocked it. What was done is empty: nothing was. Refused while the project has no colour to confirm.
    """
    row = _reported_on(session, by, project_id)
    edit(session, row, version, {}, OF_PROJECT)
    last = session.scalars(
        select(ProgressReport)
        .where(ProgressReport.project_id == row.id)
        .order_by(ProgressReport.at.desc(), ProgressReport.id.desc())
        .limit(1)
    ).one_or_none()
    said = {"next": last.next, "blocked": last.blocked} if last else {}
    return _written(session, by, row, said | {"confirmed_unchanged": True})


def _reported_on(session: Session, by: Viewer, project_id: int) -> Project:
    """Held. Another's internal row does not exist for this person; another's visible row may not be reported on."""
    row = hold(session, Project, project_id)
    if not knows_of(by, row):
        raise RowNotFound(f"project {project_id}")
    if not in_reach(by, row):
        raise PermissionDenied(Permission.EDIT_PROJECTS, row.code)
    if row.phase in ENDED_PHASES:
        raise Refused(f"{row.code} is {row.phase.label}: er valt niets meer te melden.")
    return row


def _checked(values: Values) -> Values:
    progress = values.get("progress")
    if isinstance(progress, int) and not 0 <= progress <= WHOLE:
        raise Refused("Voortgang ligt tussen 0 en 100; er is niets gewijzigd.")
    return values


def _written(session: Session, by: Viewer, row: Project, told: Values) -> ProgressReport:
    if row.health is Health.UNKNOWN:
        raise Refused(f"{row.code} heeft nog geen kleur: kies groen, oranje of rood; er is niets gewijzigd.")
    meeting = session.scalars(coming_steering_group(clock.today())).one_or_none()
    report = ProgressReport(
        project_id=row.id,
        meeting_id=meeting and meeting.id,
        health=row.health,
        progress=row.progress,
        by_id=by.user_id,
        at=clock.now(),
    )
    put(report, told)
    session.add(report)
    session.flush()
    return report
