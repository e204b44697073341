"""Who takes part in which coalition, as a workbook, there and back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from data_loaders.comparing import Label, planned, present_in, read_tables, reading_of
from data_loaders.described import Options, choices, columns
from data_loaders.kind import Asked, Kind, Reading, Table
from data_loaders.plan import Key, Plan, Present, RowPlan, Step, told
from data_loaders.problems import Problems
from data_loaders.sheets import VERSION, Column, Sheet, SheetRow
from data_loaders.workbook import File
from portal import clock
from portal.commands.coalitions.participations import Told, load_participations
from portal.entities import coalitions as described
from portal.permissions import Permission, Viewer, scope
from portal.queries.coalitions.coalitions import leading_now, shared_projects
from portal.queries.coalitions.participations import editable_participations, partners_without_state
from portal.queries.reference import partner_options
from portal.values import Prose, Words
from portal.vocabulary import Improvement, ParticipationState

STATES = "Deelnames"
SINCE = "een datum; wijzigt de stand, dan de dag waarop de nieuwe begint (de vorige eindigt dan)"
UNKNOWN = {"kind": Words(Improvement, nothing=Improvement.UNKNOWN), "required": False}


def state_sheet(options: Options) -> Sheet:
    """With every partner, and the shared projects, to choose from."""
    project, *rest = columns(
        described.PARTICIPATION,
        options=options,
        project={"also": ("traject",), "says": "de code van een regionaal traject"},
        since={"required": False, "says": SINCE},
        improvement=UNKNOWN | {"also": ("wordt het beter",)},
        improvement_note={"also": ("toelichting beter",)},
        decision_organ={"also": ("orgaan beslissing",)},
        decision_on={"also": ("datum beslissing",)},
        decision_status={"also": ("stand beslissing",)},
        decision_url={"also": ("adres besluit",)},
        asked_on={"says": "wanneer de coördinator het vroeg"},
    )
    title = Column("titel", "title", Prose(), info=True)
    return Sheet(STATES, (project, title, *rest, VERSION), ("project", "partner"))


def _label(row: Mapping[str, Any]) -> str:
    return f"{row['partner']} in {row['project']}"


LABELS: Mapping[str, Label] = {STATES: _label}


@dataclass(frozen=True, slots=True)
class Known:
    """`own`: the slugs the viewer may answer for; `everything`: all of them, and for the whole region.

    `leads`: per project the slugs of who leads it now.
    """

    tables: tuple[Table, ...]
    present: Mapping[Key, Present]
    own: frozenset[str]
    everything: bool
    leads: Mapping[str, frozenset[str]]


def known_in(session: Session, viewer: Viewer) -> Known:
    there = tables(session, viewer)
    return Known(
        tables=there,
        present=present_in(there, LABELS),
        own=frozenset(slug for slug, _ in partners_without_state(session, viewer, "")),
        everything=scope(viewer, Permission.EDIT_PARTICIPATION).everything,
        leads=leading_now(session, viewer),
    )


def tables(session: Session, viewer: Viewer) -> tuple[Table, ...]:
    """The states that hold now, of every partner the viewer may answer for."""
    rows = editable_participations(session, viewer)
    sheet = state_sheet({"partner": partner_options(session), "project": shared_projects(session, viewer)})
    own = [slug for slug, _ in partners_without_state(session, viewer, "")]
    return (Table(sheet, rows, choices(sheet, partner=own)),)


LATER, DECLINED, NOT_ASKED = ParticipationState.LATER, ParticipationState.DECLINED, ParticipationState.NOT_ASKED
NOT_YOURS = "is geen bestuur waarvoor u antwoordt; verwijder deze rij."
FROM_WHEN = "de stand is nieuw; vul in vanaf welke dag ze geldt."

Fault = tuple[str, str]


def read(known: Known, file: File, asked: Asked) -> Reading:
    problems, notices = Problems(), list[str]()
    rows = read_tables(file, known.tables, known.present, problems, notices)
    for row in rows[STATES]:
        for key, why in _faults(row, known):
            problems.add(row.sheet, row.at(key), why)
    return reading_of(known.tables, rows, LABELS, problems, notices)


def _faults(row: SheetRow, known: Known) -> Iterator[Fault]:
    project, partner = row.values["project"], row.values["partner"]
    if partner not in known.own:
        yield "partner", f"{partner} {NOT_YOURS}"
        return
    present = known.present.get((STATES, project, partner))
    if present is not None and row.values[VERSION.key] not in {None, present.version}:
        return  # somebody was first: the plan tells both values
    changed = {key for key in row.values if present is None or row.values[key] != present.values.get(key)}
    yield from _state_faults(row, changed)
    yield from _since_faults(row, changed, present)
    if not known.everything and "state" in changed:
        yield from _not_by_a_partner(row, known.leads.get(project, frozenset()) - {partner})


def _state_faults(row: SheetRow, changed: set[str]) -> Iterator[Fault]:
    state, since, expected = (row.values[key] for key in ("state", "since", "expected_on"))
    if state is LATER and expected is None and changed & {"state", "expected_on"}:
        yield "expected_on", f"‘{LATER.label}’ vraagt een datum; vul in wanneer de partner verwacht in te stappen."
    if state is DECLINED and not row.values["reason"].strip() and changed & {"state", "reason"}:
        yield "reason", f"‘{DECLINED.label}’ vraagt een reden; vul ze in."
    if since is not None and expected is not None and expected < since and changed & {"since", "expected_on"}:
        yield "expected_on", f"{told(expected)} ligt voor sinds {told(since)}; kijk beide datums na."


def _since_faults(row: SheetRow, changed: set[str], present: Present | None) -> Iterator[Fault]:
    since, today = row.values["since"], clock.today()
    before = present.values["since"] if present else None
    if "state" in changed and (since is None or (since == before and since < today)):
        yield "since", FROM_WHEN
    elif since is not None and "since" in changed and since > today:
        yield "since", f"{told(since)} ligt in de toekomst; kies ‘{LATER.label}’ en vul in wanneer."
    elif "state" in changed and since is not None and before is not None and since < before:
        yield "since", f"{told(since)} ligt voor {told(before)}, toen de vorige stand begon; kijk de datum na."


def _not_by_a_partner(row: SheetRow, leads: frozenset[str]) -> Iterator[Fault]:
    if row.values["state"] is NOT_ASKED:
        yield "state", f"‘{NOT_ASKED.label}’ is geen antwoord; kies een andere stand."
    if row.values["state"] is ParticipationState.LEAD and leads:
        yield (
            "state",
            f"{', '.join(sorted(leads))} trekt al; een tweede trekker spreekt u af met de projectcoördinator.",
        )


plan = planned(tables, LABELS)


def apply(session: Session, viewer: Viewer, plan: Plan) -> None:
    load_participations(session, viewer, rows=[_told(row) for row in plan.to_write])


def _told(row: RowPlan) -> Told:
    """A new state takes everything that the file says; on a state that stays, only what differs."""
    _, project, partner = row.wanted.key
    changes = {change.field: change.new for change in row.changes}
    values = row.wanted.values if row.step is Step.NEW or "state" in changes else changes
    return Told(project, partner, values, row.present.version if row.present else None)


PARTICIPATION = Kind(
    name="participation",
    description="deelnames: de stand van elke partner in elk regionaal traject (.xlsx)",
    right=Permission.EDIT_PARTICIPATION,
    everything=False,
    known=known_in,
    read=read,
    plan=plan,
    apply=apply,
    tables=tables,
    title="Deelnames",
)
