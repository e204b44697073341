"""Changes to the results promised and to the dated steps to them. What was promised stays a fact; the first plan of a
step is written once, and never again."""

from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.commands.acts import Acts, acts, change_of
from portal.commands.base import Clash, Conflict, Refused, command
from portal.commands.codes import next_code
from portal.commands.editing import Values, hold, last_change, partner_named, put
from portal.commands.inventory.projects import atelier_of_place, knows_of, place_of
from portal.db.models import Deliverable, DeliverablePartner, Milestone, Project, ProjectDeliverable
from portal.entities import results
from portal.permissions import Permission, PermissionDenied, RowNotFound, Viewer, scope
from portal.vocabulary import TargetKind

RIGHT = Permission.EDIT_DELIVERABLES
HUNDRED = 100


@command(RIGHT)
def tick_partner(
    session: Session, by: Viewer, *, deliverable_id: int, partner: str, reached_on: date, seen: date | None
) -> DeliverablePartner | None:
    """The partner (its slug) reached the result on this day; `seen` is the day that stood there for this person.

    What already is so stays so. Raises Conflict when another day stands there than was seen.
    """
    return _set(session, _own_result(session, by, deliverable_id, False), partner, reached_on, seen)


@command(RIGHT)
def untick_partner(
    session: Session, by: Viewer, *, deliverable_id: int, partner: str, seen: date | None
) -> DeliverablePartner | None:
    """The partner has not reached the result after all: it is counted, and not yet there. Else as `tick_partner`."""
    return _set(session, _own_result(session, by, deliverable_id, False), partner, None, seen)


@command(RIGHT)
def link_project(session: Session, by: Viewer, *, project: str, result: str) -> ProjectDeliverable:
    """The project with this code works on the result with that code.

    For who may change the results of the atelier of either of the two. Raises Refused when they are linked already.
    """
    work, aim = _both(session, by, project, result)
    if _link(session, work, aim) is not None:
        raise Refused(f"{work.code} werkt al aan {aim.code}.")
    row = ProjectDeliverable(project_id=work.id, deliverable_id=aim.id)
    session.add(row)
    session.flush()
    return row


@command(RIGHT)
def unlink_project(session: Session, by: Viewer, *, project: str, result: str) -> None:
    """For who may link them. The trace keeps that they were. Raises Refused when they are not linked."""
    work, aim = _both(session, by, project, result)
    row = _link(session, work, aim)
    if row is None:
        raise Refused(f"{work.code} werkt niet meer aan {aim.code}.")
    session.delete(row)
    session.flush()


def _both(session: Session, by: Viewer, project: str, result: str) -> tuple[Project, Deliverable]:
    """Both rows; the result is held, so that two who link the same do so one after the other."""
    found = select(Deliverable).where(Deliverable.code == result, Deliverable.archived_at.is_(None))
    aim = session.scalars(found.with_for_update(key_share=True)).one_or_none()
    work = session.scalars(select(Project).where(Project.code == project, Project.archived_at.is_(None))).one_or_none()
    if aim is None or work is None or not knows_of(by, work):
        raise RowNotFound(f"{project} {result}")
    if not any(scope(by, RIGHT).has_atelier(atelier_of_place(session, one)) for one in (work, aim)):
        raise PermissionDenied(RIGHT, f"{project} {result}")
    return work, aim


def _link(session: Session, project: Project, result: Deliverable) -> ProjectDeliverable | None:
    found = select(ProjectDeliverable).filter_by(project_id=project.id, deliverable_id=result.id)
    return session.scalars(found).one_or_none()


def _number(row: Deliverable, value: object) -> float | None:
    if value is None:
        return None
    if row.target_kind is TargetKind.PARTNERS:
        raise Refused("Dit resultaat telt partners: vink aan wie het bereikte. Er is niets gewijzigd.")
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise Refused("Bereikte waarde is een getal; er is niets gewijzigd.")
    number = round(float(value), 2)
    most = HUNDRED if row.target_kind is TargetKind.PERCENTAGE else 10**11
    if not 0 <= number <= most:
        limit = "ligt tussen 0 en 100" if most == HUNDRED else "is niet kleiner dan 0, en niet zo groot"
        raise Refused(f"Bereikte waarde {limit}; er is niets gewijzigd.")
    return number


def _set(
    session: Session, result: Deliverable, slug: str, reached_on: date | None, seen: date | None
) -> DeliverablePartner | None:
    """None when there was no tick and none is asked. The result is held, so that two never make one tick twice."""
    partner = partner_named(session, slug)
    row = session.scalars(
        select(DeliverablePartner)
        .filter_by(deliverable_id=result.id, partner_id=partner.id)
        .execution_options(populate_existing=True)
    ).one_or_none()
    present = row.reached_on if row else None
    if present == reached_on:
        return row
    if present != seen:
        who, at = last_change(session, row) if row else ("Portaal", None)
        raise Conflict.between((Clash(slug, present, reached_on),), who=who, at=at, version=0)
    if row is None:
        row = DeliverablePartner(deliverable_id=result.id, partner_id=partner.id)
        put(row, {"reached_on": reached_on})
        session.add(row)
        session.flush()
    else:
        put(row, {"reached_on": reached_on})
    return row


def _own_result(session: Session, by: Viewer, deliverable_id: int, _: bool) -> Deliverable:
    """Held. Everybody knows the results, so one of another atelier is forbidden, not unknown."""
    row = hold(session, Deliverable, deliverable_id)
    if not scope(by, RIGHT).has_atelier(atelier_of_place(session, row)):
        raise PermissionDenied(RIGHT, row.code)
    return row


def _checked(_: Session, __: Viewer, row: Deliverable, values: Values) -> Values:
    """Raises Refused for a number that is not counted here; two decimals are kept."""
    number = {"reached_value": _number(row, values["reached_value"])} if "reached_value" in values else {}
    return {**values, **number}


change_deliverable = change_of("deliverable", RIGHT, results.DELIVERABLE, _own_result, checked=_checked)
RESULT = Acts(results.DELIVERABLE, RIGHT, change_deliverable)
LONGEST_STEM = 34


def _begun(session: Session, by: Viewer, values: Values, *, of: str) -> tuple[Milestone, Values]:
    """A step to the result, or in the project, with this code, which becomes M-<that code>-<number>, as its other steps
    have it; what is expected now is its first plan too."""
    place = _place_named(session, of)
    _refuse_stranger(session, by, place)
    owner = "deliverable_id" if isinstance(place, Deliverable) else "project_id"
    beside = select(Milestone.code).where(getattr(Milestone, owner) == place.id)
    code = next_code(session, Milestone, beside, f"M-{place.code}"[:LONGEST_STEM])
    return Milestone(code=code, **{owner: place.id}), values


def _first_plan(_: Session, __: Viewer, row: Milestone, *___: object) -> None:
    row.due_first = row.due_first or row.due_expected


def _place_of(session: Session, row: Milestone) -> Deliverable | Project:
    """Raises RowNotFound when it is archived."""
    place = place_of(session, row)
    if place is None or place.archived_at is not None:
        raise RowNotFound(f"milestone {row.id}")
    return place


def _place_named(session: Session, code: str) -> Deliverable | Project:
    """Held, so that no two steps of it get one code. Raises RowNotFound, as for a project that somebody may not see."""
    found = [
        row
        for model in (Deliverable, Project)
        for row in session.scalars(select(model).where(model.code == code, model.archived_at.is_(None)))
    ]
    if len(found) != 1:
        raise RowNotFound(code)
    row = found[0]
    return hold(session, Deliverable, row.id) if isinstance(row, Deliverable) else hold(session, Project, row.id)


def _refuse_stranger(session: Session, by: Viewer, place: Deliverable | Project) -> None:
    """Somebody's internal project does not exist for another; a visible one may not be touched."""
    if isinstance(place, Project) and not knows_of(by, place):
        raise RowNotFound(place.code)
    if not scope(by, RIGHT).has_atelier(atelier_of_place(session, place)):
        raise PermissionDenied(RIGHT, place.code)


def _own_step(session: Session, by: Viewer, milestone_id: int, archived: bool) -> Milestone:
    row = hold(session, Milestone, milestone_id, archived=archived)
    _refuse_stranger(session, by, _place_of(session, row))
    return row


MILESTONE = acts("milestone", RIGHT, results.MILESTONE, _own_step, _begun, settled=_first_plan)
"""Archived, a step is out of every list and count."""
add_milestone = MILESTONE.add
