"""What one click does with a subject, told in words."""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from portal.commands.coalitions.coalitions import Plan, start_coalition
from portal.commands.inventory import subjects
from portal.db.engine import reading
from portal.pages.given import number
from portal.pages.subject.ids import Parts
from portal.pages.told import Told, attempt
from portal.permissions import Permission, RowNotFound, Viewer, require
from portal.queries.coalitions.candidates import find_subject
from portal.text import plural


@dataclass(frozen=True, slots=True)
class Seen:
    """A subject, and the version of it that the person saw."""

    group_id: int
    version: int

    @classmethod
    def sent(cls, group: str, version: int) -> "Seen":
        """Raises RowNotFound for what no page of ours sends."""
        return cls(number(group), version)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What stands in the form to decide: the title, the ticked challenges, the title of a second subject."""

    title: str
    ticked: frozenset[int]
    other: str


def decide(viewer: Viewer, by: object, seen: Seen, wanted: Wanted) -> Told:
    """`by` is the button: confirm (also to rename), split or reject."""
    acts = {Parts.CONFIRM.value: _confirm, Parts.SPLIT.value: _split, Parts.REJECT.value: _reject}
    if (act := acts.get(str(by))) is None:
        raise RowNotFound(f"act {by}")
    return attempt(lambda session: act(session, viewer, seen, wanted))


def _confirm(session: Session, by: Viewer, seen: Seen, wanted: Wanted) -> Told:
    kept = subjects.confirm_subject(
        session,
        by,
        group_id=seen.group_id,
        version=seen.version,
        title=wanted.title,
        challenge_ids=wanted.ticked,
    )
    return Told(f"‘{kept.title}’ is bevestigd met {plural(len(wanted.ticked), 'uitdaging', 'uitdagingen')}.")


def _split(session: Session, by: Viewer, seen: Seen, wanted: Wanted) -> Told:
    require(by, Permission.CONFIRM_GROUPS)
    apart = _members(session, by, seen.group_id) - wanted.ticked
    if not apart:
        return Told("Vink eerst af welke uitdagingen apart horen; er is niets gewijzigd.", done=False)
    second = subjects.split_subject(
        session, by, group_id=seen.group_id, version=seen.version, title=wanted.other, challenge_ids=apart
    )
    return Told(f"Gesplitst: ‘{second.title}’ is nu een eigen onderwerp.", href=f"/onderwerp/{second.id}")


def _reject(session: Session, by: Viewer, seen: Seen, _: Wanted) -> Told:
    subjects.reject_subject(session, by, group_id=seen.group_id, version=seen.version)
    return Told("Verworpen: dit wordt niet opnieuw voorgesteld.")


def start(viewer: Viewer, seen: Seen, plan: Plan) -> Told:
    """The project with all the subject's challenges and an invitation for each partner, or nothing at all."""
    require(viewer, Permission.CONFIRM_GROUPS)
    with reading() as session:
        plan = replace(plan, challenge_ids=_members(session, viewer, seen.group_id))

    def act(session: Session) -> Told:
        made = start_coalition(session, viewer, group_id=seen.group_id, version=seen.version, plan=plan)
        asked = plural(len(set(plan.partners)), "partner is", "partners zijn")
        return Told(f"{made.code} {made.title} is gestart; {asked} uitgenodigd.", href=f"/project/{made.code}")

    return attempt(act)


def _members(session: Session, viewer: Viewer, group_id: int) -> frozenset[int]:
    return frozenset(member.id for member in find_subject(session, viewer, str(group_id)).members)
