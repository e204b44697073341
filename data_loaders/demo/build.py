"""Builds the demo in one transaction: killed halfway, the database is as empty as before."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from data_loaders.demo.accounts import plan_accounts
from data_loaders.demo.coalitions import plan_coalitions
from data_loaders.demo.endorsement import plan_endorsement
from data_loaders.demo.inventory import plan_inventory
from data_loaders.demo.meetings import plan_meetings
from data_loaders.demo.money import plan_money
from data_loaders.demo.progress import plan_progress
from data_loaders.demo.projects import plan_projects
from data_loaders.demo.results import plan_results
from data_loaders.demo.stage import Stage
from data_loaders.demo.year import plan_year
from portal import clock
from portal.commands.base import coming_from
from portal.commands.demo import DemoRefused, begin_demo
from portal.commands.likeness import refresh_likeness
from portal.commands.once import numbered
from portal.commands.reference import ReferenceRefused
from portal.db.models import Audit, Challenge, Participation, Project, User
from portal.permissions import Viewer
from portal.vocabulary import AuditSource


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
    plan_endorsement(stage)
    plan_results(stage)
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
