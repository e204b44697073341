"""What is measured: a part of each page with its answers, what it asks by itself then, and the SQL behind them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from portal.db.engine import reading
from portal.db.models import Challenge, Partner, Project
from portal.pages import PART
from portal.permissions import Viewer
from portal.queries import reference
from portal.queries.coalitions.coalitions import coalition_matrix, count_coalitions
from portal.queries.inventory import counts
from portal.queries.inventory.challenges import challenge_rows
from portal.queries.inventory.filters import ChallengeFilter, CoalitionFilter, Page
from portal.queries.inventory.subjects import shared_subjects
from portal.queries.meetings.calendar import steering_calendar
from portal.queries.money.grants import grant_amounts
from portal.queries.money.time import spent_against_plan
from portal.queries.money.totals import settled
from portal.queries.people import viewer_at
from portal.queries.results.deliverables import deliverable_rows, urgent_milestones
from portal.queries.results.signals import project_signals
from portal.queries.survey.observations import edition
from portal.words import fold

VISITOR = "coordinator@demo.example"
ROWS = 50
ASKED = {"startRow": 0, "endRow": ROWS, "sortModel": [], "filterModel": {}}


LAYOUT = "_pages_content.children"


@dataclass(frozen=True, slots=True)
class Main:
    """What is asked of a page: an output that names each callback, and the values sent to them. `query`: what the
    queries behind them are asked."""

    path: str
    query: str
    ask: Callable[[Session, Viewer, str], None]
    outputs: tuple[str, ...]
    values: dict[str, Any]


def opened(
    path: str, part: str, query: str, ask: Callable[[Session, Viewer, str], None], **rows: dict[str, Any]
) -> Main:
    """A part with its answers; `rows`: what its grid asks by itself, by output."""
    search = "&".join(filter(None, (f"{PART}={part}" if part else "", query)))
    where = {"_pages_location.pathname": path, "_pages_location.search": f"?{search}" if search else ""}
    return Main(
        path, query, ask, (LAYOUT, *rows), where | {key: value for one in rows.values() for key, value in one.items()}
    )


def _ask_inventory(session: Session, viewer: Viewer, query: str) -> None:
    wanted = ChallengeFilter.from_query(query)
    counts.challenges_per_theme_and_partner(session, viewer, wanted)
    shared_subjects(session, viewer, wanted)
    counts.coverage_per_partner(session, viewer, wanted)
    challenge_rows(session, viewer, wanted, Page(offset=0, limit=ROWS))
    counts.count_challenges(session, viewer, wanted)


def _ask_coalitions(session: Session, viewer: Viewer, query: str) -> None:
    wanted = CoalitionFilter.from_query(query, reference.known_codes(session))
    coalition_matrix(session, viewer, wanted)
    count_coalitions(session, viewer)


def _ask_stadsmonitor(session: Session, viewer: Viewer, _: str) -> None:
    edition(session, viewer)


def _ask_ateliers(session: Session, viewer: Viewer, query: str) -> None:
    deliverable_rows(session, viewer, query.partition("=")[2] or None)


def _ask_budget(session: Session, viewer: Viewer, query: str) -> None:
    grant, _ = settled(session, viewer, query)
    if grant is not None:
        grant_amounts(session, viewer, grant)
        spent_against_plan(session, viewer, grant)


def _ask_search(session: Session, _: Viewer, text: str) -> None:
    """The plainest search there is: the word anywhere in what the inventory keeps, with whose it is."""
    for row, owner in ((Challenge, Challenge.partner_id), (Project, Project.reported_by_id)):
        found = select(row.id, row.code, row.title, row.description, Partner.title)
        found = found.outerjoin(Partner, Partner.id == owner).where(row.archived_at.is_(None))
        session.execute(found.where(*(row.search_key.contains(word) for word in fold(text).split()))).all()


def _ask_home(session: Session, viewer: Viewer, _: str) -> None:
    inventory_totals = counts.inventory_totals(session, viewer)
    assert inventory_totals is not None
    steering_calendar(session, viewer)
    urgent_milestones(session, viewer)
    project_signals(session, viewer)


def pages(partner: str) -> dict[str, Main]:
    """By name; `partner` is the slug the filter keeps to."""
    query = f"gemeente={partner}"
    rows = {"inventory-wanted.data": query, "inventory-uitdagingen.getRowsRequest": ASKED}
    found = (
        opened("/inventaris", "vragen", query, _ask_inventory, **{"inventory-uitdagingen.getRowsResponse": rows}),
        opened("/coalities", "deelname", "", _ask_coalitions),
        opened("/stadsmonitor", "regio", "", _ask_stadsmonitor),
        opened("/ateliers", "resultaten", "atelier=I", _ask_ateliers),
        opened("/budget", "stand", "per=atelier", _ask_budget),
        Main("/zoeken", "sluikstort", _ask_search, ("find-list.children",), {"find-text.value": "sluikstort"}),
        opened("/", "nu", "", _ask_home),
    )
    return {page.path: page for page in found}


def statements(engine: Engine, main: Main) -> list[tuple[str, list[Any]]]:
    """The SQL that the page's queries run for the visitor, with its parameters, to be run plainly by the floor."""
    found: list[tuple[str, list[Any]]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith("SELECT"):
            found.append((statement, list(parameters)))

    with reading(engine) as session:
        viewer = viewer_at(session, VISITOR)
        assert viewer is not None
        event.listen(engine, "before_cursor_execute", note)
        main.ask(session, viewer, main.query)
        event.remove(engine, "before_cursor_execute", note)
    return found
