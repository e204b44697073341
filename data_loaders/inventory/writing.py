"""Compares the rows of a file with the inventory, and hands the difference to the command."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from data_loaders.comparing import entries, planned
from data_loaders.inventory.known import LABELS, tables
from data_loaders.inventory.sheets import CHALLENGES, LINKS, PROJECTS, WHOSE
from data_loaders.plan import Plan, Step, Wanted
from portal.commands.files import load_inventory
from portal.permissions import Viewer
from portal.queries.inventory.likeness import twins
from portal.queries.inventory.projects import project_twins
from portal.words import fold

TWINS = {CHALLENGES: twins, PROJECTS: project_twins}
MOST_COMPARED, MOST_ALIKE = 50, 3
compare = planned(tables, LABELS)


def plan(session: Session, viewer: Viewer, wanted: Sequence[Wanted]) -> Plan:
    made = compare(session, viewer, wanted)
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
        challenges=entries(plan, CHALLENGES, of=WHOSE[CHALLENGES]),
        projects=entries(plan, PROJECTS, of=WHOSE[PROJECTS]),
        links=[(row.wanted.key[1], row.wanted.key[2]) for row in plan.to_write if row.wanted.key[0] == LINKS],
    )
