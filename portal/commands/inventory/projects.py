"""Changes to projects, what holds for one whoever changes it, and what it reports in a round."""

from collections.abc import Set
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.commands.acts import Before, acts
from portal.commands.base import Conflict, Refused, changed, command
from portal.commands.codes import free_code, next_code
from portal.commands.editing import Values, edit, hold, partner_named, put
from portal.commands.inventory.editions import judge
from portal.commands.inventory.likeness import alike_again
from portal.commands.trail import locked_head
from portal.db.base import day
from portal.db.lookups import coming_steering_group, reported_version
from portal.db.models import Challenge, Deliverable, Part, Partner, ProgressReport, Project
from portal.entities import inventory
from portal.entities.fields import shape
from portal.permissions import Permission, PermissionDenied, RowNotFound, Viewer, scope
from portal.vocabulary import ENDED_PHASES, Health, Phase, ProjectScope, Visibility

Listed = TypeVar("Listed", Challenge, Project)
MAY_HAVE_ENDED = ENDED_PHASES | {Phase.AFTERCARE}
ENDS = frozenset({"phase", "ended_on"})
DATES = frozenset({"start_on", "end_expected_on", "ended_on", "phase"})


def knows_of(by: Viewer, row: Challenge | Project) -> bool:
    """Of what is internal, only who sees inside that partner may know."""
    whose = row.partner_id if isinstance(row, Challenge) else row.reported_by_id
    return row.visibility is not Visibility.INTERNAL or scope(by, Permission.VIEW_INTERNAL).has_partner(whose)


def place_of(session: Session, row: Any) -> Project | Deliverable | None:
    """The project or result that a row is about."""
    if row.project_id is not None:
        return session.get_one(Project, row.project_id)
    return None if row.deliverable_id is None else session.get_one(Deliverable, row.deliverable_id)


def atelier_of_place(session: Session, place: Project | Deliverable | None) -> int | None:
    if isinstance(place, Deliverable):
        return session.get_one(Part, place.part_id).atelier_id
    return place.atelier_id if place else None


def in_reach(by: Viewer, row: Project) -> bool:
    """The person may change it: everybody's, those of the own ateliers, or the own local ones."""
    reach = scope(by, Permission.EDIT_PROJECTS)
    own = row.scope is ProjectScope.LOCAL and reach.has_partner(row.reported_by_id)
    return knows_of(by, row) and (reach.everything or own or reach.has_atelier(row.atelier_id))


def require_in_reach(by: Viewer, row: Project) -> None:
    """Raises Refused for what would take the project out of the person's own hands."""
    if in_reach(by, row):
        return
    if scope(by, Permission.EDIT_PROJECTS).atelier_ids:
        raise Refused(
            "U wijzigt alleen projecten van uw eigen ateliers die u ook zelf kunt zien; er is niets gewijzigd."
        )
    raise Refused("Een bestuur meldt en wijzigt alleen eigen lokale projecten; vraag het de projectcoördinator.")


def in_order(row: Project, said: Set[str], end_before: date | None = None) -> None:
    """Keeps phase and dates together; `said` are the keys that were given, `end_before` the end expected until now.

    Raises Refused when they cannot be. What was not said is not judged: an old row may be corrected field by field.
    """
    if ENDS & said:
        _end(row, said)
    if DATES & said:
        _refuse_before_start(row)
    if row.end_first_planned_on is None and "end_expected_on" in said:
        changed(row, end_first_planned_on=end_before or row.end_expected_on)


def _end(row: Project, said: Set[str]) -> None:
    if row.phase in ENDED_PHASES:
        changed(row, ended_on=row.ended_on or clock.today())
    elif row.phase not in MAY_HAVE_ENDED and row.ended_on is not None:
        if "ended_on" in said:
            raise Refused(f"Een project in de fase ‘{row.phase.label}’ is niet beëindigd; wijzig eerst de fase.")
        changed(row, ended_on=None)


def _refuse_before_start(row: Project) -> None:
    ends = {"Het verwachte einde": row.end_expected_on}
    if row.phase is not Phase.STOPPED:  # what is stopped may never have started
        ends["De dag waarop het eindigde"] = row.ended_on
    for named, end in ends.items():
        if row.start_on and end and end < row.start_on:
            raise Refused(f"{named} ({day(end)}) ligt voor de start ({day(row.start_on)}); er is niets gewijzigd.")


COMPARED = frozenset({"title", "description", "scope", "theme", "service"})
NEW = {"scope": ProjectScope.LOCAL, "visibility": Visibility.REGION, "phase": Phase.IDEA}
UNREPORTED = "R"  # the stem of what nobody reported: regional and wider


def _begun(
    session: Session, by: Viewer, values: Values, *, reported_by: str | None = None, code: str | None = None
) -> tuple[Project, Values]:
    """A project reported by the partner with this slug; None for one that nobody reported, which is never local.

    Without a code it gets the next one of its partner, or of the projects that nobody reported.
    """
    partner = _reporter(session, by, reported_by) if reported_by else None
    said = NEW | dict(values)
    if partner is None and said["scope"] == ProjectScope.LOCAL:
        raise Refused("Kies welk bestuur dit lokale project meldt; er is niets gewijzigd.")
    code = free_code(session, Project, code) if code else _next_code(session, partner)
    return Project(code=code, reported_by_id=partner and partner.id), said


def _reporter(session: Session, by: Viewer, slug: str) -> Partner:
    """Held, so that two new projects do not get the same code."""
    partner = partner_named(session, slug, held=True)
    reach = scope(by, Permission.EDIT_PROJECTS)
    if not reach.atelier_ids and not reach.has_partner(partner.id):
        raise PermissionDenied(Permission.EDIT_PROJECTS, slug)
    return partner


def _next_code(session: Session, partner: Partner | None) -> str:
    if partner is None:  # there is no partner to hold: who adds one waits for the trace
        locked_head(session)
        beside = select(Project.code).where(Project.reported_by_id.is_(None), Project.code.startswith(f"{UNREPORTED}-"))
        return next_code(session, Project, beside, UNREPORTED)
    beside = select(Project.code).where(Project.reported_by_id == partner.id)
    return next_code(session, Project, beside, f"P-{partner.slug[:3].upper()}")


def own_row(session: Session, by: Viewer, model: type[Listed], row_id: int, archived: bool = False) -> Listed:
    """Held. Another's internal row does not exist for this person; another's visible row may not be touched."""
    row = hold(session, model, row_id, archived=archived)
    if isinstance(row, Project):
        right, mine = Permission.EDIT_PROJECTS, in_reach(by, row)
    else:
        right = Permission.EDIT_INVENTORY
        mine = scope(by, right).has_partner(row.partner_id)
    if not knows_of(by, row) or (archived and not mine):  # archived, it is in no list of theirs
        raise RowNotFound(f"{model.__tablename__} {row_id}")
    if not mine:
        raise PermissionDenied(right, row.code)
    return row


def _own(session: Session, by: Viewer, project_id: int, archived: bool) -> Project:
    return own_row(session, by, Project, project_id, archived)


def _settled(session: Session, by: Viewer, row: Project, values: Values, before: Before) -> None:
    """Raises Refused also when the person could no longer change the project afterwards."""
    in_order(row, values.keys(), before.get("end_expected_on"))
    judge(session, row, values, before.get("aspect"))
    require_in_reach(by, row)
    if COMPARED & values.keys():
        alike_again(session, by, row)


PROJECT = acts(
    *("project", Permission.EDIT_PROJECTS, inventory.PROJECT, _own, _begun),
    settled=_settled,
    leaves=alike_again,
    returns=alike_again,
)
"""Archived, a project is out of every list and count, with its links and participations kept."""
add_project = PROJECT.add


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
def report_after(session: Session, by: Viewer, *, project_id: int, version: int, values: Values) -> ProgressReport:
    """`report_progress` for who saw what was reported before: `version` as `reported_version` numbers it. Raises
    Conflict when another report came since."""
    row = _reported_on(session, by, project_id)
    newest = session.scalar(select(func.max(ProgressReport.at)).where(ProgressReport.project_id == row.id))
    if reported_version(row.version, newest) != version:
        raise Conflict(f"Over {row.code} is intussen iets gemeld of gewijzigd; er is niets gewijzigd.")
    return report_progress(session, by, project_id=project_id, version=row.version, values=values)


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
    row = own_row(session, by, Project, project_id)
    if row.phase in ENDED_PHASES:
        raise Refused(f"{row.code} is {row.phase.label}: er valt niets meer te melden.")
    return row


def _checked(values: Values) -> Values:
    progress = values.get("progress")
    if isinstance(progress, int) and not 0 <= progress <= WHOLE:
        raise Refused("Voortgang ligt tussen 0 en 100; er is niets gewijzigd.")
    return values


NO_COLOUR = "heeft nog geen kleur: kies groen, oranje of rood"


def _written(session: Session, by: Viewer, row: Project, told: Values) -> ProgressReport:
    if row.health is Health.UNKNOWN:
        raise Refused(f"{row.code} {NO_COLOUR}; er is niets gewijzigd.")
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
