"""Compares the rows of a file with the inventory, and hands the difference to the command."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from data_loaders.comparing import present_in
from data_loaders.inventory.known import LABELS, tables
from data_loaders.inventory.sheets import CHALLENGES, LINKS, PROJECTS
from data_loaders.plan import Plan, RowPlan, Step, Wanted, make_plan
from portal.commands.inventory import Entry, load_inventory
from portal.permissions import Viewer
from portal.queries.likeness import twins
from portal.queries.project_twins import project_twins
from portal.words import fold

TWINS = {CHALLENGES: twins, PROJECTS: project_twins}
MOST_COMPARED, MOST_ALIKE = 50, 3
WHOSE = {CHALLENGES: "partner", PROJECTS: "reported_by"}


def plan(session: Session, viewer: Viewer, wanted: Sequence[Wanted]) -> Plan:
    made = make_plan(wanted, present_in(tables(session, viewer), LABELS), versioned=True)
    return replace(made, notices=tuple(_alike(session, viewer, made)))


def _alike(session: Session, viewer: Viewer, plan: Plan) -> Iterator[str]:
    """Of each new row what it may repeat, as the form says it while somebody types."""
    for row in plan.of(Step.NEW)[:MOST_COMPARED]:
        sheet, title = row.wanted.key[0], row.wanted.values.get("title", "")
        if find := TWINS.get(sheet):
            found = find(session, viewer, title=title, most=MOST_ALIKE).to_dict("records")
            whose = row.wanted.values[WHOSE[sheet]]
            same = [one for one in found if one["partner_slug"] == whose and fold(one["title"]) == fold(title)]
            if same:
                said = f"{same[0]['partner'] or 'de regio'} heeft deze titel al ({same[0]['code']})"
                yield f"{row.wanted.where('title')}: “{title}”: {said}; is het dezelfde, gebruik dan die code."
            elif found:
                named = "; ".join(f"{one['code']} {one['title']} ({one['partner'] or 'de regio'})" for one in found)
                yield f"{row.wanted.where('title')}: “{title}” lijkt op {named}."


def apply(session: Session, viewer: Viewer, plan: Plan) -> None:
    load_inventory(
        session,
        viewer,
        challenges=_entries(plan.to_write, CHALLENGES),
        projects=_entries(plan.to_write, PROJECTS),
        links=[(row.wanted.key[1], row.wanted.key[2]) for row in plan.to_write if row.wanted.key[0] == LINKS],
    )


def _entries(rows: Iterable[RowPlan], sheet: str) -> list[Entry]:
    return [_entry(row, WHOSE[sheet]) for row in rows if row.wanted.key[0] == sheet]


def _entry(row: RowPlan, whose: str) -> Entry:
    """A new row says everything, its empty cells too; of another only what changes."""
    _, code = row.wanted.key
    if row.step is Step.NEW:
        values = {key: value for key, value in row.wanted.values.items() if key != whose}
        return Entry(code, values, partner=row.wanted.values[whose])
    return Entry(code, {change.field: change.new for change in row.changes}, version=row.wanted.version)
