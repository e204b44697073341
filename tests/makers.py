"""Makers of rows: a test says only what matters, the maker fills in the rest from the reference rows there are."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db import models as m
from portal.db.base import Base
from portal.permissions import Role, Viewer
from portal.vocabulary import (
    AgendaKind,
    EndorsementLevel,
    EndorsementState,
    EndorsementTrack,
    Health,
    MeetingBody,
    ParticipationState,
    PartnerKind,
    Phase,
    ProjectScope,
    RoadmapPart,
    ServiceKind,
    TargetKind,
)

_numbers = count(1)
SOME_DAY = date(2026, 3, 2)


def _added(session: Session, row: Any) -> Any:
    session.add(row)
    session.flush()
    return row


def _one_of(session: Session, model: Any, given: Any, **new: Any) -> Any:
    """The row itself, the row with this code, or (None) the first there is; made when there is none."""
    if isinstance(given, Base):
        return given
    key = model.slug if model is m.Partner else model.code
    wanted = select(model).order_by(model.id).limit(1)
    row = session.scalars(wanted if given is None else wanted.where(key == given)).first()
    code = given or f"{model.__tablename__}-{next(_numbers)}"
    return row or _added(session, model(**{key.key: code, "title": code.title()} | new))


def partner_of(session: Session, given: m.Partner | str | None = None) -> m.Partner:
    return _one_of(session, m.Partner, given, kind=PartnerKind.MUNICIPALITY)


def make_partner(session: Session, slug: str | None = None, **given: Any) -> m.Partner:
    slug = slug or f"gemeente-{next(_numbers)}"
    return _added(session, m.Partner(**{"slug": slug, "title": slug.title(), "kind": PartnerKind.MUNICIPALITY} | given))


def theme_of(session: Session, given: m.Theme | str | None = None) -> m.Theme:
    return _one_of(session, m.Theme, given)


def dimension_of(session: Session, given: m.Dimension | str | None = None) -> m.Dimension:
    return _one_of(session, m.Dimension, given)


def service_of(session: Session, given: m.Service | str | None = None) -> m.Service:
    return _one_of(session, m.Service, given, kind=ServiceKind.SERVICE)


def atelier_of(session: Session, given: m.Atelier | str | None = None) -> m.Atelier:
    return _one_of(session, m.Atelier, given)


def make_challenge(session: Session, **given: Any) -> m.Challenge:
    """A challenge; partner, theme, dimension and service may be a row, a code or left out."""
    number = next(_numbers)
    links = {
        "partner_id": partner_of(session, given.pop("partner", None)).id,
        "theme_id": theme_of(session, given.pop("theme", None)).id,
        "dimension_id": dimension_of(session, given.pop("dimension", None)).id,
        "service_id": service_of(session, given.pop("service", None)).id,
    }
    rest = {"code": f"U-TST-{number}", "title": f"Uitdaging {number}", "urgency": 2}
    return _added(session, m.Challenge(**rest | links | given))


def make_project(session: Session, **given: Any) -> m.Project:
    """A running project; reported_by, theme, service, dimension and atelier may be a row or a code."""
    number = next(_numbers)
    finders = {
        "reported_by": partner_of,
        "theme": theme_of,
        "dimension": dimension_of,
        "service": service_of,
        "atelier": atelier_of,
    }
    links = {f"{name}_id": find(session, given.pop(name)).id for name, find in finders.items() if given.get(name)}
    rest = {"code": f"P-TST-{number}", "title": f"Project {number}", "phase": Phase.EXECUTION}
    return _added(session, m.Project(**rest | links | given))


def make_coalition(session: Session, states: dict[str, ParticipationState] | None = None, **given: Any) -> m.Project:
    """A regional project with a current participation per partner slug."""
    project = make_project(session, **{"scope": ProjectScope.REGIONAL} | given)
    for slug, state in (states or {}).items():
        make_participation(session, project=project, partner=slug, state=state)
    return project


def make_participation(session: Session, **given: Any) -> m.Participation:
    project = given.pop("project", None) or make_project(session, scope=ProjectScope.REGIONAL)
    partner = partner_of(session, given.pop("partner", None))
    rest = {"state": ParticipationState.MEMBER, "since": SOME_DAY}
    return _added(session, m.Participation(project_id=project.id, partner_id=partner.id, **rest | given))


def link(session: Session, project: m.Project, *challenges: m.Challenge) -> list[m.ProjectChallenge]:
    """The project answers the challenges."""
    pairs: Iterable[m.ProjectChallenge] = (
        m.ProjectChallenge(project_id=project.id, challenge_id=challenge.id) for challenge in challenges
    )
    return [_added(session, pair) for pair in pairs]


def make_deliverable(session: Session, **given: Any) -> m.Deliverable:
    number = next(_numbers)
    atelier = atelier_of(session, given.pop("atelier", None))
    part = (
        given.pop("part", None)
        or session.scalars(select(m.Part).where(m.Part.atelier_id == atelier.id).order_by(m.Part.id)).first()
    )
    part = part or _added(session, m.Part(atelier_id=atelier.id, code="A", title="Onderdeel A"))
    rest = {"code": f"R-TST-{number}", "title": f"Resultaat {number}", "target_kind": TargetKind.YES_NO}
    return _added(session, m.Deliverable(part_id=part.id, **rest | given))


def make_milestone(session: Session, **given: Any) -> m.Milestone:
    """A milestone of `project` or of `deliverable` (a new result when neither is given)."""
    number = next(_numbers)
    project, deliverable = given.pop("project", None), given.pop("deliverable", None)
    if project is None and deliverable is None:
        deliverable = make_deliverable(session)
    places = {"project_id": project and project.id, "deliverable_id": deliverable and deliverable.id}
    rest = {"code": f"M-TST-{number}", "title": f"Mijlpaal {number}", "due_first": SOME_DAY, "due_expected": SOME_DAY}
    return _added(session, m.Milestone(**rest | places | given))


def make_endorsement(session: Session, **given: Any) -> m.Endorsement:
    partner = partner_of(session, given.pop("partner", None))
    rest = {
        "level": EndorsementLevel.COLLEGE,
        "track": EndorsementTrack.POLITICAL,
        "state": EndorsementState.CONDITIONS,
    }
    return _added(session, m.Endorsement(partner_id=partner.id, **rest | given))


def make_condition(session: Session, endorsement: m.Endorsement, **given: Any) -> m.EndorsementCondition:
    rest = {"text": "Eerst een kostenraming"}
    return _added(session, m.EndorsementCondition(endorsement_id=endorsement.id, **rest | given))


def make_risk(session: Session, **given: Any) -> m.Risk:
    """Of the programme unless a project or a deliverable is given."""
    of = {f"{key}_id": given.pop(key).id for key in ("project", "deliverable") if key in given}
    rest = {"code": f"RI-{next(_numbers):03d}", "title": "De leverancier is te laat", "chance": 3, "effect": 4}
    return _added(session, m.Risk(**rest | of | given))


def make_roadmap_item(session: Session, **given: Any) -> m.RoadmapItem:
    partner = partner_of(session, given.pop("partner", None))
    rest = {"part": RoadmapPart.BUSINESS, "title": f"Stap {next(_numbers)}", "year": SOME_DAY.year}
    return _added(session, m.RoadmapItem(partner_id=partner.id, **rest | given))


def make_meeting(session: Session, **given: Any) -> m.Meeting:
    rest = {"body": MeetingBody.STEERING, "number": 1000 + next(_numbers), "planned_on": SOME_DAY}
    return _added(session, m.Meeting(**rest | given))


def make_agenda_item(session: Session, meeting: m.Meeting, **given: Any) -> m.AgendaItem:
    rest = {"title": "Stand van zaken", "position": next(_numbers), "kind": AgendaKind.DISCUSSION}
    return _added(session, m.AgendaItem(meeting_id=meeting.id, **rest | given))


def make_action(session: Session, **given: Any) -> m.Action:
    meeting = given.pop("meeting", None) or make_meeting(session)
    owner = partner_of(session, given.pop("owner", None))
    rest = {"text": "Bezorgt de raming"}
    return _added(session, m.Action(meeting_id=meeting.id, owner_partner_id=owner.id, **rest | given))


def make_report(session: Session, project: m.Project, **given: Any) -> m.ProgressReport:
    rest = {"health": Health.GREEN, "progress": 50, "at": datetime(2026, 3, 2, 9, tzinfo=UTC)}
    return _added(session, m.ProgressReport(project_id=project.id, **rest | given))


def make_user(session: Session, role: Role = Role.COORDINATOR, **given: Any) -> m.User:
    number = next(_numbers)
    rest = {"email": f"iemand{number}@voorbeeld.example", "name": f"Iemand {number}", "role": role}
    return _added(session, m.User(**rest | given))


def viewer(
    role: Role, *partners: m.Partner | int, ateliers: Iterable[m.Atelier | int] = (), user_id: int | None = None
) -> Viewer:
    """Somebody in this role, serving these partners and ateliers."""
    return Viewer(
        role,
        user_id=user_id,
        name=role.label,
        partner_ids=frozenset(_ids(partners)),
        atelier_ids=frozenset(_ids(ateliers)),
    )


def _ids(rows: Iterable[Any]) -> Iterable[int]:
    return (row if isinstance(row, int) else row.id for row in rows)
