"""Builds the demo in one transaction: killed halfway, the database is as empty as before. First its accounts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from data_loaders.demo.coalitions import plan_coalitions
from data_loaders.demo.inventory import plan_inventory, plan_year
from data_loaders.demo.meetings import plan_meetings
from data_loaders.demo.money import plan_money
from data_loaders.demo.projects import plan_progress, plan_projects
from data_loaders.demo.questions import plan_questions
from data_loaders.demo.results import plan_endorsement, plan_results, plan_risks
from data_loaders.demo.stage import Stage
from data_loaders.reference.files import Line, lines_of
from portal import clock
from portal.commands.base import coming_from
from portal.commands.demo import DemoRefused, begin_demo, open_accounts
from portal.commands.inventory.likeness import refresh_likeness
from portal.commands.once import numbered
from portal.commands.reference import ReferenceRefused
from portal.db.models import Audit, Challenge, Participation, Partner, Project, User, UserAtelier, UserPartner
from portal.permissions import Role, Viewer
from portal.vocabulary import AuditSource

DOMAIN = "demo.example"
FOLDER = Path(__file__).parent


def plan_accounts(stage: Stage, password_hash: Callable[[str], str], password: str) -> None:
    """Everybody has an account from the grant's first day."""
    stage.on(stage.begun, lambda: _open(stage, password_hash, password))


def _open(stage: Stage, password_hash: Callable[[str], str], password: str) -> None:
    by_slug = {partner.slug: partner for partner in stage.partners}
    served: set[str] = set()
    for line in lines_of(FOLDER / "accounts.csv", "account", "name", "role", "partner", "atelier"):
        slug = line.maybe("partner")
        if slug and slug not in by_slug:
            continue  # another region has other partners
        user = _user(line, by_slug.get(slug or ""), password_hash(password))
        _let_in(stage, user, by_slug.get(slug or ""), line.whole("atelier"))
        served.add(slug or "")
    for partner in stage.partners:
        if partner.slug not in served:
            _let_in(stage, _director(partner), partner, None)


def _user(line: Line, partner: Partner | None, password_hash: str) -> User:
    name = line.maybe("name") or (_title_of_director(partner) if partner else line.text("account"))
    return User(
        email=f"{line.text('account')}@{DOMAIN}",
        name=name,
        role=line.word("role", Role),
        password_hash=password_hash,
    )


def _director(partner: Partner) -> User:
    return User(email=f"directeur.{partner.slug}@{DOMAIN}", name=_title_of_director(partner), role=Role.DIRECTOR)


def _title_of_director(partner: Partner) -> str:
    return f"Algemeen directeur {partner.title}"


def _let_in(stage: Stage, user: User, partner: Partner | None, atelier: int | None) -> None:
    open_accounts(stage.session, Viewer.system(), rows=[user])
    ateliers = stage.ateliers[atelier - 1 : atelier] if atelier else []
    links = [UserPartner(user_id=user.id, partner_id=partner.id)] if partner else []
    open_accounts(
        stage.session,
        Viewer.system(),
        rows=[*links, *(UserAtelier(user_id=user.id, atelier_id=own.id) for own in ateliers)],
    )
    viewer = Viewer(
        user.role,
        user.id,
        user.name,
        frozenset({partner.id} if partner else ()),
        frozenset(own.id for own in ateliers),
    )
    if partner:
        stage.directors[partner.id] = viewer
    else:
        stage.people[user.role] = viewer


@dataclass(frozen=True, slots=True)
class DemoCounts:
    """What the demo holds."""

    challenges: int
    projects: int
    participations: int
    users: int
    changes: int


def build_demo(
    engine: Engine, today: date | None = None, *, password_hash: Callable[[str], str], password: str
) -> DemoCounts:
    """Fills a database that holds only reference data with a year that ends yesterday.

    Raises DemoRefused with a Dutch sentence in a real or used database, or one of a region the files do not know.
    """
    with engine.connect() as connection, connection.begin():
        # every command commits: only the end of this block does so for real
        session = Session(connection, join_transaction_mode="rollback_only", expire_on_commit=False)
        with session, coming_from(AuditSource.WEB), numbered():
            try:
                _play(session, today or clock.today(), password_hash, password)
            except ReferenceRefused as refused:
                raise DemoRefused(str(refused)) from refused
            return _counted(session)


def _play(session: Session, today: date, password_hash: Callable[[str], str], password: str) -> None:
    stage = Stage(session, today)
    inventoried = plan_inventory(stage)
    _begin(session, min(inventoried, today - timedelta(days=1)))
    plan_accounts(stage, password_hash, password)
    plan_projects(stage)
    plan_coalitions(stage)
    plan_questions(stage)
    plan_endorsement(stage)
    plan_results(stage)
    plan_risks(stage)
    plan_money(stage)
    plan_year(stage)
    plan_progress(stage, plan_meetings(stage))
    stage.play()
    refresh_likeness(session, Viewer.system())


def _begin(session: Session, day: date) -> None:
    with clock.standing_at(datetime.combine(day, time(8), tzinfo=clock.REGION_TIME)):
        begin_demo(session, Viewer.system())


def _counted(session: Session) -> DemoCounts:
    def count(model: type[Challenge | Project | Participation | User | Audit]) -> int:
        return session.scalar(select(func.count()).select_from(model)) or 0

    return DemoCounts(count(Challenge), count(Project), count(Participation), count(User), count(Audit))
