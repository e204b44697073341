"""Takes an import back: what it changed gets its old values, what it made goes, what it removed returns."""

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal import clock
from portal.clock import REGION_TIME
from portal.commands.base import Refused, changed, command
from portal.commands.import_effects import PORTAL, Effect, Key, effects_of, named, rows_of, used_by_others
from portal.commands.likeness import keep_likeness
from portal.db.base import Base
from portal.db.models import Audit, ChallengeGroup, ChallengeGroupMember, ImportRun, User
from portal.db.traced import MODELS, untraced_rows
from portal.permissions import Permission, RowNotFound, Viewer, scope

NO_LONGER = "Deze import kan niet meer ongedaan gemaakt worden"


@command(Permission.IMPORT_DATA)
def undo_import(session: Session, by: Viewer, *, run_id: int) -> ImportRun:
    """As if the file was never loaded, in one transaction, itself traced. What the import made is removed whole: the
    trace keeps what it held, and its codes are free for the next file.

    Raises RowNotFound for another's run, unless this person imports everything; Refused naming the first row that
    changed since, or that something made later points at.
    """
    run = session.get(ImportRun, run_id, with_for_update=True, populate_existing=True)
    everything = scope(by, Permission.IMPORT_DATA).everything
    if run is None or not (everything or (run.by_id is not None and run.by_id == by.user_id)):
        raise RowNotFound(f"import {run_id}")
    if run.undone_at is not None:
        raise Refused("Deze import is al ongedaan gemaakt; er is niets gewijzigd.")
    trail = session.scalars(select(Audit).where(Audit.import_run_id == run.id).order_by(Audit.sequence)).all()
    if not trail:
        raise Refused("Van deze import is geen wijziging bekend; er is niets gewijzigd.")
    effects = effects_of(trail)
    rows = rows_of(session, effects)
    _refuse_newer(session, effects.keys(), rows, trail[-1].sequence)
    if not everything:
        _refuse_moved(session, by, trail[-1].sequence)
    _take_back(session, effects, rows)
    changed(run, undone_at=clock.now())
    return run


def _refuse_newer(session: Session, touched: Iterable[Key], rows: dict[Key, Base], last: int) -> None:
    keys = set(touched)
    newer = (
        select(Audit.entity, Audit.entity_id, Audit.at, Audit.action, User.name)
        .outerjoin(User, User.id == Audit.user_id)
        .where(Audit.sequence > last, Audit.entity.in_(sorted({entity for entity, _ in keys})))
        .order_by(Audit.sequence)
    )
    for entity, entity_id, at, action, name in session.execute(newer):
        if (entity, entity_id) in keys:
            what = named(session, (entity, entity_id), rows.get((entity, entity_id)))
            when = f"{at.astimezone(REGION_TIME):%d/%m/%Y om %H:%M}"
            raise Refused(f"{NO_LONGER}: {what} is op {when} {action.label} door {name or PORTAL}.")


def _refuse_moved(session: Session, by: Viewer, last: int) -> None:
    """What somebody was allowed then, they may not be allowed now."""
    moved = select(Audit.id).where(
        Audit.sequence > last,
        Audit.entity == User.__tablename__,
        Audit.entity_id == by.user_id,
        Audit.after.contains('"epoch":', autoescape=True),
    )
    if session.scalar(moved.limit(1)) is not None:
        raise Refused(f"{NO_LONGER}: uw account is sindsdien gewijzigd. Vraag het de projectcoördinator.")


def _take_back(session: Session, effects: dict[Key, Effect], rows: dict[Key, Base]) -> None:
    made = {key for key, effect in effects.items() if effect.made}
    user = used_by_others(session, made, effects.keys())
    if user is not None:
        what = named(session, user, rows[user])
        raise Refused(f"{NO_LONGER}: {what} wordt intussen elders gebruikt.")
    neighbours = _leave_suggestions(session, {key[1] for key in made if key[0] == "challenge"})
    order = {table.name: place for place, table in enumerate(Base.metadata.sorted_tables)}
    try:
        _remove(session, sorted(made, key=lambda key: (-order[key[0]], key[1])), rows)
        for key, effect in effects.items():
            if key in rows and not effect.made:
                changed(rows[key], **effect.values)
        session.flush()
        _return(session, [e for e in effects.values() if e.gone], order)
    except IntegrityError as clash:
        raise Refused(f"{NO_LONGER}: een rij past niet meer bij wat er sindsdien bijkwam.") from clash
    kept = {
        entity: {key[1] for key in effects.keys() - made if key[0] == entity} for entity in ("challenge", "project")
    }
    keep_likeness(session, challenge_ids=kept["challenge"] | neighbours, project_ids=kept["project"])


def _remove(session: Session, keys: list[Key], rows: dict[Key, Base]) -> None:
    """Table by table: what points at others goes before what it points at."""
    table = ""
    for key in keys:
        if key[0] != table:
            session.flush()
            table = key[0]
        if key in rows:
            session.delete(rows[key])
    session.flush()


def _return(session: Session, gone: list[Effect], order: dict[str, int]) -> None:
    for effect in sorted(gone, key=lambda each: (order[each.entity], each.entity_id)):
        session.add(MODELS[effect.entity](id=effect.entity_id, **effect.values))
        session.flush()


def _leave_suggestions(session: Session, challenge_ids: set[int]) -> set[int]:
    """Suggestions are derived: they let go of what is removed. Gives who stood with it, to be worked out anew."""
    if not challenge_ids:
        return set()
    members = select(ChallengeGroupMember.challenge_group_id, ChallengeGroupMember.challenge_id)
    found = session.execute(members.where(untraced_rows(ChallengeGroupMember))).all()
    groups = {group for group, challenge in found if challenge in challenge_ids}
    session.execute(delete(ChallengeGroup).where(ChallengeGroup.id.in_(groups)))  # its members go with it
    return {challenge for group, challenge in found if group in groups} - challenge_ids
