"""What the field asks of a participation: a date for later, a reason for not, days in order, one lead."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.commands.acts import Acts
from portal.commands.base import Refused, changed, command
from portal.commands.editing import Values, columns_of, conflict, partner_named, put
from portal.commands.inventory.projects import knows_of
from portal.db.base import day
from portal.db.lookups import editions
from portal.db.models import Participation, Partner, Project
from portal.entities import coalitions
from portal.permissions import Permission, PermissionDenied, RowNotFound, Viewer, scope
from portal.vocabulary import ENDED_PHASES, SHARED_SCOPES, ParticipationState

LATER, DECLINED, NOT_ASKED = ParticipationState.LATER, ParticipationState.DECLINED, ParticipationState.NOT_ASKED
EXPLAINED_BY: Mapping[ParticipationState, tuple[str, ...]] = {LATER: ("expected_on", "reason"), DECLINED: ("reason",)}
STAYS = ("improvement", "improvement_note", "decision_organ", "decision_on", "decision_url", "decision_status")
UNCHANGED = "er is niets gewijzigd."


def check(touched: Mapping[str, Any], wanted: Mapping[str, Any], *, day_before: date | None) -> None:
    """Raises Refused. `wanted` is the row as it would be; only rules that what is `touched` speaks of are asked.

    `day_before`: the row may not begin earlier than this.
    """
    state, since, expected = wanted.get("state"), wanted.get("since"), wanted.get("expected_on")
    if touched.keys() & {"state", "expected_on"} and state == LATER and expected is None:
        raise Refused(f"‘{LATER.label}’ vraagt een datum: vul in wanneer u verwacht in te stappen; {UNCHANGED}")
    if touched.keys() & {"state", "reason"} and state == DECLINED and not str(wanted.get("reason") or "").strip():
        raise Refused(f"‘{DECLINED.label}’ vraagt een reden; {UNCHANGED}")
    if "since" in touched and since is not None:
        _check_since(since, day_before)
    if touched.keys() & {"since", "expected_on"} and since is not None and expected is not None and expected < since:
        raise Refused(f"Verwacht op {day(expected)} ligt voor sinds {day(since)}; {UNCHANGED}")


def _check_since(since: date, day_before: date | None) -> None:
    if since > clock.today():
        raise Refused(f"Sinds {day(since)} ligt in de toekomst; kies ‘{LATER.label}’ met een datum. Nu {UNCHANGED}")
    if day_before is not None and since < day_before:
        raise Refused(f"Sinds {day(since)} ligt voor {day(day_before)}, toen de vorige stand begon; {UNCHANGED}")


def check_lead(session: Session, by: Viewer, project_id: int, partner_id: int, columns: Mapping[str, Any]) -> None:
    """A partner answers, it does not go back to not asked; and a second lead is for the coordinator to accept."""
    if scope(by, Permission.EDIT_PARTICIPATION).everything:
        return
    if columns.get("state") == NOT_ASKED:
        raise Refused(f"‘{NOT_ASKED.label}’ is geen antwoord; kies een andere stand. Nu {UNCHANGED}")
    if columns.get("state") != ParticipationState.LEAD:
        return
    leading = session.scalar(
        select(Partner.title)
        .join(Participation, Participation.partner_id == Partner.id)
        .where(Participation.project_id == project_id, Participation.partner_id != partner_id)
        .where(Participation.state == ParticipationState.LEAD)
        .where(Participation.until.is_(None), Participation.archived_at.is_(None))
        .limit(1)
    )
    if leading is not None:
        raise Refused(f"{leading} trekt al; een tweede trekker spreekt u af met de projectcoördinator. Nu {UNCHANGED}")


def kept_in(session: Session, current: Participation, state: ParticipationState, since: date) -> dict[str, Any]:
    """What goes along to the next state: improvement and decision; a date and a reason only where they explain it.

    Back on the same day to the state that just ended, its own date and reason come back too.
    """
    kept = {key: getattr(current, key) for key in STAYS}
    source = current
    if current.since == since and (ended := _just_ended(session, current, state)) is not None:
        source = ended
    elif current.state in EXPLAINED_BY:
        return kept  # its date and reason explained the state that ends
    return kept | {key: getattr(source, key) for key in EXPLAINED_BY.get(state, ())}


def _just_ended(session: Session, current: Participation, state: ParticipationState) -> Participation | None:
    return session.scalars(
        select(Participation)
        .where(Participation.project_id == current.project_id, Participation.partner_id == current.partner_id)
        .where(Participation.until == current.since, Participation.state == state)
        .where(Participation.archived_at.is_(None))
        .order_by(Participation.id.desc())
        .limit(1)
    ).one_or_none()


SHAPE = coalitions.PARTICIPATION.shape


@command(Permission.EDIT_PARTICIPATION)
def invite_partners(
    session: Session, by: Viewer, *, project: str, partners: Collection[str], asked_on: date | None = None
) -> list[Participation]:
    """An invitation that waits for an answer, for each of these partners (slugs) that was not asked yet.

    Raises PermissionDenied for who does not invite for the whole region, Refused when one has answered already.
    """
    if not scope(by, Permission.EDIT_PARTICIPATION).everything:
        raise PermissionDenied(Permission.EDIT_PARTICIPATION, "invites nobody")
    row = _held(session, by, Project.code == project)
    if row.phase in ENDED_PHASES:
        raise Refused(f"{row.title} is {row.phase.label}; daarvoor wordt niemand meer uitgenodigd.")
    day = asked_on or clock.today()
    if day > clock.today():
        raise Refused("Een uitnodiging kan niet in de toekomst gedateerd zijn; er is niets gewijzigd.")
    invited = [_invite(session, row, partner_named(session, slug), day) for slug in dict.fromkeys(partners)]
    if not invited:
        raise Refused("Kies minstens één partner om uit te nodigen.")
    return [one for one in invited if one is not None]


def _invite(session: Session, project: Project, partner: Partner, day: date) -> Participation | None:
    """None for who has been asked already."""
    current = _current(session, project.id, partner.id)
    if current is None:
        asked = {"state": ParticipationState.NOT_ASKED, "since": day, "asked_on": day}
        return _begun(session, project.id, partner.id, asked)
    if current.state is not ParticipationState.NOT_ASKED:
        said = f"{partner.title} antwoordde al voor {project.title} (‘{current.state.label}’)"
        raise Refused(f"{said}; laat die partner weg. Er is niemand uitgenodigd.")
    if current.asked_on is not None:
        return None
    changed(current, asked_on=day)
    return current


@command(Permission.EDIT_PARTICIPATION)
def answer_participation(session: Session, by: Viewer, row_id: int, version: int, values: Values) -> Participation:
    """Another state ends the one that holds and begins the next on `since` (default today); the rest is edited.

    `row_id` and `version` as `editions` has them. Raises Conflict, or Refused by the rules of the field.
    """
    first = session.get(Participation, row_id)
    if first is None:
        raise RowNotFound(f"participation {row_id}")
    project = _held(session, by, Project.id == first.project_id)
    _require_own(by, first.partner_id, project)
    current = _current(session, first.project_id, first.partner_id)
    if current is None:
        raise RowNotFound(f"participation {row_id}")
    now = _version(session, current)
    if now != version:
        found = conflict(session, current, values, SHAPE)
        found.version = now
        raise found
    return _answered(session, by, current, columns_of(session, values, SHAPE))


@command(Permission.EDIT_PARTICIPATION)
def add_participation(session: Session, by: Viewer, *, project: str, partner: str, values: Values) -> Participation:
    """The first state of a partner in a project, from `since` (default today)."""
    row, whose = _held(session, by, Project.code == project), partner_named(session, partner)
    _require_own(by, whose.id, row)
    if _current(session, row.id, whose.id) is not None:
        raise Refused(f"{whose.title} heeft in {row.title} al een stand; wijzig die.")
    columns = {"since": clock.today()} | columns_of(session, values, SHAPE)
    if columns.get("state") is None:
        raise Refused("Kies een stand; er is niets gewijzigd.")
    check(columns, columns, day_before=None)
    check_lead(session, by, row.id, whose.id, columns)
    return _begun(session, row.id, whose.id, columns)


PARTICIPATION = Acts(
    *(coalitions.PARTICIPATION, Permission.EDIT_PARTICIPATION, answer_participation), add=add_participation
)


def _answered(session: Session, by: Viewer, current: Participation, columns: dict[str, Any]) -> Participation:
    before = session.scalar(
        select(Participation.until)
        .where(Participation.project_id == current.project_id, Participation.partner_id == current.partner_id)
        .where(Participation.until.is_not(None), Participation.archived_at.is_(None))
        .order_by(Participation.until.desc())
        .limit(1)
    )
    state = columns.get("state", current.state)
    if state == current.state:
        check(columns, {key: getattr(current, key) for key in SHAPE.fields} | columns, day_before=before)
        put(current, columns)
        session.flush()
        return current
    check_lead(session, by, current.project_id, current.partner_id, columns)
    columns["since"] = columns.get("since") or clock.today()
    wanted = kept_in(session, current, state, columns["since"]) | columns
    check(wanted, wanted, day_before=current.since or before)
    changed(current, until=columns["since"])
    session.flush()  # it ends before the next begins: only one holds at a time
    return _begun(session, current.project_id, current.partner_id, wanted)


def _begun(session: Session, project_id: int, partner_id: int, columns: dict[str, Any]) -> Participation:
    row = Participation(project_id=project_id, partner_id=partner_id)
    put(row, columns)
    session.add(row)
    session.flush()
    return row


def _held(session: Session, by: Viewer, which: Any) -> Project:
    """The project; whoever changes its coalition at the same moment waits. Raises RowNotFound for who may not know."""
    found = select(Project).where(which, Project.archived_at.is_(None)).with_for_update(key_share=True)
    row = session.scalars(found).one_or_none()
    if row is None or not knows_of(by, row):
        raise RowNotFound("project")
    if row.scope not in SHARED_SCOPES:
        raise Refused(f"{row.title} is een lokaal project; alleen een regionaal traject heeft een coalitie.")
    return row


def _require_own(by: Viewer, partner_id: int, project: Project) -> None:
    if not scope(by, Permission.EDIT_PARTICIPATION).has_partner(partner_id):
        raise PermissionDenied(Permission.EDIT_PARTICIPATION, project.code)


def _current(session: Session, project_id: int, partner_id: int) -> Participation | None:
    wanted = select(Participation).where(
        Participation.project_id == project_id,
        Participation.partner_id == partner_id,
        Participation.until.is_(None),
        Participation.archived_at.is_(None),
    )
    return session.scalars(wanted.execution_options(populate_existing=True)).one_or_none()


def _version(session: Session, row: Participation) -> int:
    edition = editions(Participation.project_id == row.project_id, Participation.partner_id == row.partner_id)
    return int(session.scalars(select(edition.c.version)).one())
