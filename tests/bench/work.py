"""What is measured: a part of each page with its answers, what it asks by itself then, and the SQL behind them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from portal.db.engine import reading
from portal.db.models import Challenge, Partner, Project
from portal.pages import PART
from portal.words import fold
from tests.bench.asked import Statement, asked

VISITOR = "coordinator@demo.example"
ROWS = 50
ASKED = {"startRow": 0, "endRow": ROWS, "sortModel": [], "filterModel": {}}


LAYOUT = "_pages_content.children"


@dataclass(frozen=True, slots=True)
class Main:
    """What is asked of a page: an output that names each callback, and the values sent to them. `plain`: the queries of
    the floor, where they are not those that the page asks itself."""

    path: str
    outputs: tuple[str, ...]
    values: dict[str, Any]
    plain: Callable[[Session, str], None] | None = None
    query: str = ""


def opened(path: str, part: str, query: str = "", **rows: dict[str, Any]) -> Main:
    """A part with its answers; `rows`: what its grid asks by itself, by output."""
    search = "&".join(filter(None, (f"{PART}={part}", query)))
    where = {"_pages_location.pathname": path, "_pages_location.search": f"?{search}"}
    return Main(path, (LAYOUT, *rows), where | {key: value for one in rows.values() for key, value in one.items()})


def _ask_search(session: Session, text: str) -> None:
    """The plainest search there is: the word anywhere in what the inventory keeps, with whose it is."""
    for row, owner in ((Challenge, Challenge.partner_id), (Project, Project.reported_by_id)):
        found = select(row.id, row.code, row.title, row.description, Partner.title)
        found = found.outerjoin(Partner, Partner.id == owner).where(row.archived_at.is_(None))
        session.execute(found.where(*(row.search_key.contains(word) for word in fold(text).split()))).all()


def pages(partner: str) -> dict[str, Main]:
    """By name; `partner` is the slug the filter keeps to."""
    query = f"gemeente={partner}"
    rows = {"inventory-wanted.data": query, "inventory-uitdagingen.getRowsRequest": ASKED}
    search = Main("/zoeken", ("find-list.children",), {"find-text.value": "sluikstort"}, _ask_search, "sluikstort")
    found = (
        opened("/inventaris", "vragen", query, **{"inventory-uitdagingen.getRowsResponse": rows}),
        opened("/coalities", "deelname"),
        opened("/stadsmonitor", "regio"),
        opened("/ateliers", "resultaten", "atelier=I"),
        opened("/budget", "stand"),
        opened("/stuurgroep", "vergadering"),
        opened(f"/gemeente/{partner}", "kern"),
        opened("/project/R-05", "kern"),
        opened("/resultaat/I.D-1", "kern"),
        search,
        opened("/", "nu"),
    )
    return {page.path: page for page in found}


def plainly(engine: Engine, main: Main) -> list[Statement]:
    """The SQL of the page's plain queries, with its parameters."""
    found: list[Statement] = []
    assert main.plain is not None

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith("SELECT"):
            found.append((statement, list(parameters)))

    with reading(engine) as session:
        event.listen(engine, "before_cursor_execute", note)
        main.plain(session, main.query)
        event.remove(engine, "before_cursor_execute", note)
    return found


def statements(engine: Engine, main: Main, environment: Mapping[str, str]) -> list[Statement]:
    """What the floor runs: the same queries as the page, or its plain ones."""
    return plainly(engine, main) if main.plain else asked(main.outputs, main.values, environment)
