"""What the field asks of a participation: a date for later, a reason for not, days in order, one lead."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.commands.base import Refused
from portal.db.base import day
from portal.db.models import Participation, Partner
from portal.permissions import Permission, Viewer, scope
from portal.vocabulary import ParticipationState

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
