"""The agenda with its dossiers, the decisions and the actions of meetings as a workbook, there and back."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from textwrap import shorten
from typing import Any

from sqlalchemy.orm import Session

from data_loaders.comparing import Fault, Known, Rows, present_in, workbook
from data_loaders.kind import CODE, Kind, Label, Options, Table, columns
from data_loaders.numbered import moved, numbered, strangers
from data_loaders.plan import Key, Plan, Present, Wanted, make_plan
from data_loaders.sheets import Column, SheetRow
from portal.commands.acts import Acts
from portal.commands.files import Entry, Put, put_by
from portal.commands.meetings.agenda import ITEM
from portal.commands.meetings.agreed import ACTION, DECISION
from portal.commands.meetings.meetings import NOT_YOURS, ONE
from portal.entities.meetings import MEETING
from portal.permissions import RowNotFound, Viewer
from portal.queries.editable_rows import Labelled
from portal.queries.inventory.editable import known_projects
from portal.queries.meetings.bringing import ateliers_about, kept_ateliers, open_meetings
from portal.queries.meetings.editable import (
    discussable_ateliers,
    discussable_projects,
    editable_actions,
    editable_decisions,
    editable_items,
    spot_name,
    spot_named,
)
from portal.queries.reference import atelier_options, partner_options
from portal.queries.results.editable import result_options
from portal.values import Prose, Whole
from portal.vocabulary import MeetingBody

AGENDA, DECISIONS, ACTIONS = "Agenda", "Beslissingen", "Acties"
PLACE = "body number"
AT = f"{PLACE} item_id"
"""What says where a row belongs, and stays."""
ABOUT = ("project", "deliverable")
LONGEST_LABEL = 60
ITS_ITEM = (
    Column(
        *("bij agendapunt", "item_id", Whole()),
        required=False,
        says="het nr van een punt op het blad Agenda",
        means="Het punt van de agenda waar dit uit volgt.",
    ),
    Column("titel van het punt", "item", Prose(), info=True, means="Waarover het toen ging."),
)
GONE = "is gearchiveerd, afgesloten, van een vastgelegde vergadering of niet van u"
REMOVE = "verwijder de rij, of maak nr en versie leeg voor een nieuwe."
STAYS = "dit blijft bij zijn vergadering en zijn punt; zet terug wat er stond"
NO_PROJECT = "kan hier niet: kies een lopend project dat gedeeld is of van een atelier, en dat niet intern is."


def tables(session: Session, viewer: Viewer) -> tuple[Table, ...]:
    """What the viewer may change of meetings that are not frozen, and the open actions. A project that was chosen once
    may be read, whatever became of it; to choose from are those that a meeting can discuss."""
    options: Options = {
        "atelier": atelier_options(session),
        "project": known_projects(session, viewer),
        "deliverable": result_options(session),
        **dict.fromkeys(("partner", "owner_partner"), partner_options(session)),
    }
    listed = {
        "project": [code for code, _ in discussable_projects(session, viewer)],
        "atelier": [code for code, _ in discussable_ateliers(session, viewer)],
    }
    described: list[tuple[str, Acts[Any], Callable[..., list[Labelled]], Label, str]] = [
        (AGENDA, ITEM, editable_items, _point, f"{PLACE} title"),
        (DECISIONS, DECISION, editable_decisions, _decision, f"{PLACE} text"),
        (ACTIONS, ACTION, editable_actions, _action, f"{PLACE} owner_partner text"),
    ]
    return tuple(
        numbered(name, _columns(of, options), rows(session, viewer), label=label, same=same, **listed)
        for name, of, rows, label, same in described
    )


def _columns(of: Acts[Any], options: Options) -> list[Column]:
    where = columns(MEETING, PLACE, body={"says": "een orgaan uit de lijst; wijzigt niet meer"})
    told = columns(of.entity, f"{of.entity.told} {of.entity.typed}", options, **ABOUT_ONE)
    return [*where, *told] if of is ITEM else [*where, *ITS_ITEM, *told]


ABOUT_ONE: Mapping[str, Any] = {
    "project": {"says": "de code van een project; niet samen met een resultaat"},
    "deliverable": {"says": "de code van een resultaat; niet samen met een project"},
}


def _meeting(row: Mapping[str, Any]) -> str:
    return f"{row['body'].label} {row['number']}"


def _point(row: Mapping[str, Any]) -> str:
    return f"{row['title']} ({_meeting(row)})"


def _decision(row: Mapping[str, Any]) -> str:
    return f"beslissing van {_meeting(row)}: {shorten(row['text'], LONGEST_LABEL, placeholder='…')}"


def _action(row: Mapping[str, Any]) -> str:
    return f"actie van {row['owner_partner']}: {shorten(row['text'], LONGEST_LABEL, placeholder='…')}"


@dataclass(frozen=True, slots=True)
class More:
    """`open`: the meetings to which something may be added; `ateliers`: by key and code, of what is discussed; `own`:
    those that the viewer keeps, None for all."""

    open: frozenset[tuple[MeetingBody, int]]
    ateliers: Mapping[tuple[str, str], str]
    own: frozenset[str] | None


def more(session: Session, viewer: Viewer) -> More:
    own = kept_ateliers(session, viewer)
    return More(open_meetings(session, viewer), ateliers_about(session, viewer), own)


def before(known: Known, rows: Rows, _: bool) -> Iterator[Fault]:
    for name in (AGENDA, DECISIONS, ACTIONS):
        yield from strangers(known, rows, name, f"{GONE}; {REMOVE}")


def check(known: Known, rows: Rows, _: bool) -> Iterator[Fault]:
    for table in known.tables:
        name = table.sheet.name
        yield from moved(known, rows, name, PLACE if name == AGENDA else AT, STAYS)
        for row in rows[name]:
            present = known.present.get((name, row.values[CODE]))
            if present is None:
                yield from ((row, *fault) for fault in _nowhere(row, known))
            yield from ((row, *fault) for fault in _about(row, known, present))


def _nowhere(row: SheetRow, known: Known) -> Iterator[tuple[str, str]]:
    """Of a new row: no meeting that is still open, or no point of its agenda that the viewer keeps."""
    where, item = (row.values["body"], row.values["number"]), row.values.get("item_id")
    if where not in known.more.open:
        yield "number", f"{_meeting(row.values)} staat niet open; kies een vergadering die gepland of open is."
    elif item is not None:
        point = known.present.get((AGENDA, item))
        if point is None or (point.values["body"], point.values["number"]) != where:
            yield (
                "item_id",
                f"{item} is geen punt van {_meeting(row.values)} dat u bijhoudt; kijk het nr na.",
            )


def _about(row: SheetRow, known: Known, present: Present | None) -> Iterator[tuple[str, str]]:
    """What the table cannot be told, and what would be of an atelier that the viewer does not keep. What a row does not
    change is not judged."""
    said = {key for key in row.values if present is None or row.values[key] != present.values.get(key)}
    project, own = row.values["project"], known.more.own
    if not said & {*ABOUT, "atelier"}:
        return
    if project and row.values["deliverable"]:
        yield "deliverable", f"{ONE[:1].lower()}{ONE[1:]}."
    elif project and "project" in said and project not in known.tables[0].choices["project"]:
        yield "project", f"{project} {NO_PROJECT}"
    elif own is not None and row.values.get("item_id") is None and _atelier(row.values, known) not in own:
        yield ("atelier" if "atelier" in row.values else "project"), f"{NOT_YOURS[:1].lower()}{NOT_YOURS[1:]}."


def _atelier(values: Mapping[str, Any], known: Known) -> str | None:
    """The one that a row names, else that of what it is about."""
    of_place = (known.more.ateliers.get((key, values[key])) for key in ABOUT)
    return values.get("atelier") or next(filter(None, of_place), None)


def plan(session: Session, viewer: Viewer, wanted: Sequence[Wanted]) -> Plan:
    """What was agreed at a point is about what the point is about, where the file does not say so."""
    present = present_in(tables(session, viewer))
    points = {key: one.values for key, one in present.items() if key[0] == AGENDA}
    points |= {one.key: one.values for one in wanted if one.key in points}
    return make_plan([_inherited(one, points, present.get(one.key)) for one in wanted], present, versioned=True)


def _inherited(one: Wanted, points: Mapping[Key, Mapping[str, Any]], there: Present | None) -> Wanted:
    point = points.get((AGENDA, one.values.get("item_id")))
    if point is None or there is None or one.version is not None or any(one.values[key] for key in ABOUT):
        return one
    same = {key: point[key] for key in ABOUT}
    return replace(one, values={**one.values, **same}) if same.items() <= there.values.items() else one


def put_in(acts: Acts[Any]) -> Put:
    """A new row is added to its meeting, and to its point."""
    change = put_by(acts)

    def put(session: Session, by: Viewer, one: Entry) -> object:
        if one.row_id is not None:
            return change(session, by, one)
        spot = spot_named(session, by, spot_name(one.said["body"], one.said["number"]))
        if spot is None:
            raise RowNotFound(_meeting(one.said))
        at = {key: one.said[key] for key in ("item_id",) if key in one.said}
        values = {key: value for key, value in one.said.items() if key in acts.entity.shape.fields}
        return acts.add(session, by, values=values, meeting_id=spot.meeting.id, **at)

    return put


SHEETS = workbook(
    tables,
    {AGENDA: put_in(ITEM), DECISIONS: put_in(DECISION), ACTIONS: put_in(ACTION)},
    check,
    before=before,
    more=more,
    name="meetings",
    title="Vergaderingen",
    files="agenda-beslissingen-en-acties",
    description="agenda met dossiers, beslissingen en acties van vergaderingen die niet vastgelegd zijn",
    right=ITEM.right,
)
MEETINGS: Kind = replace(SHEETS, plan=plan)
