"""The inventory as a workbook: challenges, projects, and which project answers which challenge."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_loaders.comparing import Fault, Known, Rows, present_in, workbook
from data_loaders.kind import Kind, Table, choices, table
from data_loaders.plan import Alike, Key, Plan, Present, Step, Wanted
from data_loaders.problems import row_of
from data_loaders.sheets import Column, Sheet, SheetRow
from portal import clock
from portal.commands.base import Refused
from portal.commands.codes import TAKEN
from portal.commands.files import Entry
from portal.commands.inventory.challenges import CHALLENGE, link_challenge
from portal.commands.inventory.projects import PROJECT, in_order, require_in_reach
from portal.db.models import Atelier, Challenge, Partner, Project
from portal.permissions import Permission, Viewer, scope
from portal.queries import reference
from portal.queries.inventory.editable import editable_challenges, editable_links, editable_projects
from portal.queries.inventory.likeness import twins
from portal.queries.inventory.projects import project_twins
from portal.queries.inventory.subjects import subject_titles
from portal.queries.visible import visible_challenges, visible_projects
from portal.text import day
from portal.values import Code, Prose, Wrong
from portal.vocabulary import ProjectScope
from portal.words import fold

CHALLENGES, PROJECTS, LINKS = "Uitdagingen", "Projecten", "Koppelingen"
WHOSE = {CHALLENGES: "partner", PROJECTS: "reported_by"}
"""The key that says whose a row is; it does not change."""
OWN_CODE = {"says": "de code; leeg voor een nieuwe rij, die krijgt er zelf een, of kies er een die er nog niet is"}
WITH_OTHERS = "Waar de uitdaging bij hoort, samen met gelijke van andere partners."
SUBJECT = Column("onderwerp", "subject", Prose(), info=True, means=WITH_OTHERS)
A_PARTNER = "een van de partners; wijzigt niet meer"
REPORTER = f"{A_PARTNER}; een lokaal project heeft er altijd een"
ENDED = "een datum; nodig wanneer de fase afgerond of stopgezet is"
LINKED = Sheet(
    LINKS,
    (
        Column(
            *("project", "project", Code()),
            says="de code van een project, ook van een nieuw op het blad Projecten",
            means="Het werk dat een antwoord geeft.",
        ),
        Column(
            *("uitdaging", "challenge", Code()),
            says="de code van een uitdaging, ook van een nieuwe",
            means="De nood waarop dit het antwoord is.",
        ),
    ),
    ("project", "challenge"),
)


def tables(session: Session, viewer: Viewer) -> tuple[Table, ...]:
    """The challenges, projects and links that the viewer may change, each by code."""
    options = {
        "partner": reference.partner_options(session),
        "reported_by": reference.partner_options(session),
        "theme": reference.theme_options(session),
        "dimension": reference.dimension_options(session),
        "service": reference.service_options(session),
        "atelier": reference.atelier_options(session),
        "collaboration_type": reference.collaboration_type_options(session),
        "aspect": reference.indicator_options(session),
    }
    own = _own_partners(session, viewer)
    titles, codes = subject_titles(session, viewer), visible_codes(session, viewer)
    asked = [{**row, "subject": titles.get(row["id"], "")} for row in editable_challenges(session, viewer)]
    ends = choices(LINKED, project=sorted(codes[PROJECTS]), challenge=sorted(codes[CHALLENGES]))
    return (
        table(
            *(CHALLENGES, CHALLENGE.entity, asked, options),
            same="partner title",
            after={"": (SUBJECT,)},
            listed={"partner": own, "urgency": ("1", "2", "3")},
            code=OWN_CODE,
            partner={"says": A_PARTNER},
        ),
        table(
            *(PROJECTS, PROJECT.entity, editable_projects(session, viewer), options),
            same="reported_by title",
            listed={"reported_by": own} if own else {},
            code=OWN_CODE,
            reported_by={"says": REPORTER, "asked": True},
            ended_on={"says": ENDED},
            end_first_planned_on={"says": "de eerste planning blijft"},
        ),
        Table(LINKED, editable_links(session, viewer), ends, lambda row: f"{row['project']} bij {row['challenge']}"),
    )


def _own_partners(session: Session, viewer: Viewer) -> list[str]:
    """The partners whose challenges the viewer may bring in."""
    if not viewer.may(Permission.EDIT_INVENTORY):
        return []
    everybody = scope(viewer, Permission.EDIT_INVENTORY).partner_ids is None
    own = reference.partner_options(session) if everybody else reference.own_partner_options(session, viewer)
    return [slug for slug, _ in own]


def visible_codes(session: Session, viewer: Viewer) -> dict[str, frozenset[str]]:
    return {
        CHALLENGES: frozenset(session.scalars(select(Challenge.code).where(visible_challenges(viewer)))),
        PROJECTS: frozenset(session.scalars(select(Project.code).where(visible_projects(viewer)))),
    }


@dataclass(frozen=True, slots=True)
class More:
    """`visible` by sheet: the codes that the viewer knows of. `owners` by sheet and code: whose each row is."""

    visible: Mapping[str, frozenset[str]]
    owners: Mapping[tuple[str, str], str]
    partner_ids: Mapping[str, int]
    atelier_ids: Mapping[str, int]


def more(session: Session, viewer: Viewer) -> More:
    owners = {
        CHALLENGES: select(Challenge.code, Partner.title).join(Challenge.partner),
        PROJECTS: select(Project.code, Partner.title).outerjoin(Project.reported_by),
    }
    named = {(sheet, code): of or "de regio" for sheet, query in owners.items() for code, of in session.execute(query)}
    partners = dict(session.execute(select(Partner.slug, Partner.id)).all())
    ateliers = dict(session.execute(select(Atelier.code, Atelier.id)).all())
    return More(visible_codes(session, viewer), named, partners, ateliers)


LOCAL_HAS_A_REPORTER = "een lokaal project wordt door een partner gemeld; vul gemeld door in."
WHEN = "vul in wanneer het project eindigde."
NOT_ENDED = "een project in deze fase is niet beëindigd; wis de datum of wijzig de fase."
ORDER = ("ended_on", "end_expected_on", "start_on", "phase")
CALLED = {CHALLENGES: "de partner", PROJECTS: "wie het project meldde,"}
NOT_YOURS = "u mag hiervoor geen uitdagingen inlezen; alleen die van uw eigen bestuur."


def check(known: Known, rows: Rows, sound: bool) -> Iterator[Fault]:
    for sheet in WHOSE:
        for row in rows[sheet]:
            yield from ((row, *fault) for fault in _faults(sheet, row, known))
    yield from _unlinkable(known, rows, sound)


def _faults(sheet: str, row: SheetRow, known: Known) -> Iterator[tuple[str, str | Wrong]]:
    code, column = row.values["code"], WHOSE[sheet]
    present = known.present.get((sheet, code))
    if code in known.taken[sheet]:
        if code in known.more.visible[sheet]:
            owner = known.more.owners[sheet, code]
            yield "code", f"deze rij is van {owner} en mag u niet wijzigen; verwijder ze."
        else:  # of a row that the viewer may not know of, nothing is said but that its code is taken
            yield "code", TAKEN
    elif present is not None and present.values[column] != row.values[column]:
        yield column, f"{CALLED[sheet]} wijzigt niet meer; zet terug wat er stond ({present.values[column] or 'leeg'})."
    elif sheet == PROJECTS:
        yield from _project_faults(row.values, present, known)
    elif present is None:
        reach = scope(known.viewer, Permission.EDIT_INVENTORY)
        if not reach.has_partner(known.more.partner_ids.get(row.values["partner"])):
            yield "partner", NOT_YOURS


def _project_faults(
    values: Mapping[str, Any], present: Present | None, known: Known
) -> Iterator[tuple[str, str | Wrong]]:
    """A row that changes nothing is not judged: it may be older than the rule."""
    old: Mapping[str, Any] = present.values if present else {}
    said = {key for key in values if present is None or (key in old and values[key] != old[key])}
    if not said:
        return
    if values["scope"] is ProjectScope.LOCAL and not values["reported_by"] and present is None:
        yield "reported_by", LOCAL_HAS_A_REPORTER
        return
    as_it_would_be = _stand_in(values, known)
    try:
        in_order(as_it_would_be, said, old.get("end_expected_on"))
    except Refused as refused:
        yield next(key for key in ORDER if key in said), str(refused)
    else:
        if as_it_would_be.ended_on != values["ended_on"]:
            yield "ended_on", NOT_ENDED if values["ended_on"] else _when(values["end_expected_on"])
    try:
        require_in_reach(known.viewer, as_it_would_be)
    except Refused as refused:
        moved = next((key for key in ("atelier", "scope") if present is not None and key in said), "code")
        yield moved, str(refused)


def _when(expected: date | None) -> Wrong:
    """What is over likely ended when it should."""
    if expected is None or expected > clock.today():
        return Wrong(WHEN)
    return Wrong(f"{WHEN[:-1]}; bedoelt u {day(expected)}?", day(expected))


def _stand_in(values: Mapping[str, Any], known: Known) -> Project:
    """What the rules look at, without a row of the database behind it."""
    ends = {"end_first_planned_on": None, "version": 0}
    places = {
        "reported_by_id": known.more.partner_ids.get(values["reported_by"]),
        "atelier_id": known.more.atelier_ids.get(values["atelier"]),
    }
    return cast(Project, SimpleNamespace(**{**values, **ends, **places}))


def _unlinkable(known: Known, rows: Rows, sound: bool) -> Iterator[Fault]:
    """Both ends are there or come in with this file, and one of them may be changed.

    Where another sheet could not be read, an end that is not found may be one of its rows: nothing is said of it.
    """
    new = {sheet: {row.values["code"] for row in rows[sheet]} for sheet in WHOSE}
    ends = {PROJECTS: ("project", "project"), CHALLENGES: ("challenge", "uitdaging")}
    for row in rows[LINKS]:
        codes = {sheet: row.values[key] for sheet, (key, _) in ends.items()}
        lost = [sheet for sheet, code in codes.items() if code not in known.more.visible[sheet] | new[sheet]]
        for sheet in lost if sound else ():
            key, called = ends[sheet]
            yield row, key, f"{called} {codes[sheet]} bestaat niet; verbeter de code."
        if not lost and not any(_is_own(sheet, code, known, new) for sheet, code in codes.items()):
            yield row, "project", "geen van beide mag u wijzigen; verwijder deze rij."


def _is_own(sheet: str, code: str, known: Known, new: Mapping[str, set[Any]]) -> bool:
    return (sheet, code) in known.present or (code in new[sheet] and code not in known.taken[sheet])


TWINS = {CHALLENGES: twins, PROJECTS: project_twins}
MOST_COMPARED, MOST_ALIKE = 50, 3


def plan(session: Session, viewer: Viewer, wanted: Sequence[Wanted]) -> Plan:
    made = SHEETS.plan(session, viewer, wanted)
    return replace(made, alike=tuple(_alike(session, viewer, made)))


def _alike(session: Session, viewer: Viewer, plan: Plan) -> Iterator[Alike]:
    """Of each new row what it may repeat, as the form says it while somebody types; the same one alone, if there."""
    named = {row.wanted.key for row in plan.rows}
    yours = {key for key in present_in(tables(session, viewer)) if key not in named}
    for row in plan.of(Step.NEW)[:MOST_COMPARED]:
        of, title = row.wanted.key[0], row.wanted.values.get("title", "")
        if find := TWINS.get(of):
            found = find(session, viewer, title=title, most=MOST_ALIKE).to_dict("records")
            alike = [_like(row.wanted, of, title, one, yours) for one in found]
            yield from [one for one in alike if one.same][:1] or alike


def _like(wanted: Wanted, of: str, title: str, one: Mapping[Any, Any], yours: Container[Key]) -> Alike:
    of_partner = one["partner_slug"] == wanted.values[WHOSE[of]]
    where = wanted.where("title")
    return Alike(
        sheet=wanted.sheet,
        row=f"{wanted.sheet}!{row_of(where)}",
        where=where,
        title=title,
        of=of,
        code=one["code"],
        called=one["title"],
        whose=one["partner"] or "de regio",
        same=of_partner and fold(one["title"]) == fold(title),
        own=of_partner and (of, one["code"]) in yours,
    )


def put_link(session: Session, by: Viewer, one: Entry) -> object:
    return link_challenge(session, by, project=str(one.said["project"]), challenge=str(one.said["challenge"]))


SHEETS = workbook(
    tables,
    {CHALLENGES: CHALLENGE, PROJECTS: PROJECT, LINKS: put_link},
    check,
    more=more,
    name="inventory",
    title="Inventaris",
    files="uitdagingen-en-projecten",
    description="uitdagingen, projecten en hun koppelingen",
    right=PROJECT.right,
)
INVENTORY: Kind = replace(SHEETS, plan=plan)
