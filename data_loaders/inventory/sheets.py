"""The inventory as a workbook: its sheets, what of it is known, and what goes out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_loaders.comparing import Label, entries, planned, present_in
from data_loaders.described import Options, choices, columns
from data_loaders.kind import Table
from data_loaders.plan import Key, Plan, Present, Step, Wanted
from data_loaders.sheets import VERSION, Column, Sheet
from portal.commands.codes import TAKEN
from portal.commands.files import load_inventory
from portal.db.models import Atelier, Challenge, Partner, Project
from portal.entities.inventory import CHALLENGE, PROJECT
from portal.permissions import Permission, Viewer, scope
from portal.queries import reference
from portal.queries.inventory.editable import editable_challenges, editable_links, editable_projects
from portal.queries.inventory.likeness import twins
from portal.queries.inventory.projects import project_twins
from portal.queries.inventory.subjects import subject_titles
from portal.queries.visible import visible_challenges, visible_projects
from portal.values import Code, Prose
from portal.words import fold

CHALLENGES, PROJECTS, LINKS = "Uitdagingen", "Projecten", "Koppelingen"
WHOSE = {CHALLENGES: "partner", PROJECTS: "reported_by"}
"""The key that says whose a row is; it does not change."""
OWN_CODE = {"says": "de code; leeg voor een nieuwe rij, die krijgt er zelf een, of kies er een die er nog niet is"}
SUBJECT = Column("onderwerp", "subject", Prose(), info=True, says="waar ze bij hoort, met gelijke van andere partners")
REPORTER = "de partner die het meldde; wijzigt niet meer; een lokaal project heeft er altijd een"
ENDED = "een datum; nodig wanneer de fase afgerond of stopgezet is"


def challenges(options: Options) -> Sheet:
    whose = {"says": "wie ze meldde; wijzigt niet meer"}
    return Sheet(
        CHALLENGES, (*columns(CHALLENGE, options=options, code=OWN_CODE, partner=whose), SUBJECT, VERSION), ("code",)
    )


def projects(options: Options) -> Sheet:
    described = columns(
        PROJECT,
        options=options,
        code=OWN_CODE,
        reported_by={"says": REPORTER},
        ended_on={"says": ENDED},
        end_first_planned_on={"says": "de eerste planning blijft"},
    )
    return Sheet(PROJECTS, (*described, VERSION), ("code",))


LINKED = Sheet(
    LINKS,
    (
        Column("project", "project", Code(), says="de code van een project, ook van een nieuw op het blad Projecten"),
        Column("uitdaging", "challenge", Code(), says="de code van een uitdaging, ook van een nieuwe"),
    ),
    ("project", "challenge"),
)


def _coded(row: Mapping[str, Any]) -> str:
    return f"{row['code'] or 'nieuw:'} {row['title']}"


def _linked(row: Mapping[str, Any]) -> str:
    return f"{row['project']} bij {row['challenge']}"


LABELS: Mapping[str, Label] = {CHALLENGES: _coded, PROJECTS: _coded, LINKS: _linked}


@dataclass(frozen=True, slots=True)
class Known:
    """`present` by key of the row: what the viewer may change. `others` by sheet and code: why the rest may not be.

    `visible` by sheet: the codes that the viewer knows of.
    """

    viewer: Viewer
    tables: tuple[Table, ...]
    present: Mapping[Key, Present]
    others: Mapping[tuple[str, str], str]
    visible: Mapping[str, frozenset[str]]
    partner_ids: Mapping[str, int]
    atelier_ids: Mapping[str, int]

    def may_change(self, sheet: str, code: str) -> bool:
        return (sheet, code) in self.present


def known_in(session: Session, viewer: Viewer) -> Known:
    there = tables(session, viewer)
    present = present_in(there, LABELS)
    visible = _visible(session, viewer)
    return Known(
        viewer=viewer,
        tables=there,
        present=present,
        others=_others(session, present, visible),
        visible=visible,
        partner_ids=_ids(session, Partner.slug, Partner.id),
        atelier_ids=_ids(session, Atelier.code, Atelier.id),
    )


def tables(session: Session, viewer: Viewer) -> tuple[Table, ...]:
    """The challenges, projects and links that the viewer may change, each by code."""
    options = _options(session)
    rows = editable_challenges(session, viewer)
    titles = subject_titles(session, viewer)
    rows["subject"] = [titles.get(each, "") for each in rows["id"]]
    own = [code for code, _ in _own_partners(session, viewer)]
    visible = _visible(session, viewer)
    ends = choices(LINKED, project=sorted(visible[PROJECTS]), challenge=sorted(visible[CHALLENGES]))
    asked, worked = challenges(options), projects(options)
    return (
        Table(asked, rows, choices(asked, partner=own, urgency=("1", "2", "3"))),
        Table(worked, editable_projects(session, viewer), choices(worked)),
        Table(LINKED, editable_links(session, viewer), ends),
    )


def _options(session: Session) -> Options:
    return {
        "partner": reference.partner_options(session),
        "reported_by": reference.partner_options(session),
        "theme": reference.theme_options(session),
        "dimension": reference.dimension_options(session),
        "service": reference.service_options(session),
        "atelier": reference.atelier_options(session),
        "collaboration_type": reference.collaboration_type_options(session),
        "aspect": reference.indicator_options(session),
    }


def _own_partners(session: Session, viewer: Viewer) -> list[reference.Option]:
    """The partners whose challenges the viewer may bring in."""
    if scope(viewer, Permission.EDIT_INVENTORY).partner_ids is None:
        return reference.partner_options(session)
    return reference.own_partner_options(session, viewer) if viewer.may(Permission.EDIT_INVENTORY) else []


def _visible(session: Session, viewer: Viewer) -> dict[str, frozenset[str]]:
    return {
        CHALLENGES: frozenset(session.scalars(select(Challenge.code).where(visible_challenges(viewer)))),
        PROJECTS: frozenset(session.scalars(select(Project.code).where(visible_projects(viewer)))),
    }


def _others(
    session: Session, present: Mapping[Key, Present], visible: Mapping[str, frozenset[str]]
) -> dict[tuple[str, str], str]:
    """Of a row that the viewer may not know of, nothing is said but that its code is taken."""
    owners = {
        CHALLENGES: select(Challenge.code, Partner.title).join(Challenge.partner),
        PROJECTS: select(Project.code, Partner.title).outerjoin(Project.reported_by),
    }
    return {
        (sheet, code): f"deze rij is van {owner or 'de regio'} en mag u niet wijzigen; verwijder ze."
        if code in visible[sheet]
        else TAKEN
        for sheet, query in owners.items()
        for code, owner in session.execute(query)
        if (sheet, code) not in present
    }


def _ids(session: Session, code: Any, row_id: Any) -> dict[str, int]:
    return dict(session.execute(select(code, row_id)).all())


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
