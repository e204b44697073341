"""Who takes part in which coalition, as a workbook, there and back."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from data_loaders.comparing import Fault, Known, Rows, workbook
from data_loaders.kind import Options, Table, table
from data_loaders.plan import Present, told
from data_loaders.sheets import VERSION, Column, SheetRow
from portal import clock
from portal.commands.coalitions.participations import PARTICIPATION as TAKES_PART
from portal.commands.files import Entry, put_by
from portal.permissions import Viewer, scope
from portal.queries.coalitions.coalitions import leading_now, shared_projects
from portal.queries.coalitions.participations import editable_participations, partners_without_state
from portal.queries.editable_rows import Labelled
from portal.queries.reference import partner_options
from portal.values import Prose, Words
from portal.vocabulary import Improvement, ParticipationState

STATES = "Deelnames"
SINCE = "een datum; wijzigt de stand, dan de dag waarop de nieuwe begint (de vorige eindigt dan)"
UNKNOWN = {"kind": Words(Improvement, nothing=Improvement.UNKNOWN), "required": False}


def tables(session: Session, viewer: Viewer) -> tuple[Table, ...]:
    """The states that hold now, of every partner the viewer may answer for; with every partner, and the shared
    projects, to choose from."""
    options: Options = {"partner": partner_options(session), "project": shared_projects(session, viewer)}
    own = [slug for slug, _ in partners_without_state(session, viewer, "")]
    return (states(editable_participations(session, viewer), options, own),)


def states(rows: Sequence[Labelled], options: Options, own: Sequence[str]) -> Table:
    return table(
        *(STATES, TAKES_PART.entity, rows, options),
        key=("project", "partner"),
        label=_label,
        after={"project": (Column("titel", "title", Prose(), info=True, means="Hoe het traject heet."),)},
        listed={"partner": own},
        project={"also": ("traject",), "says": "de code van een regionaal traject"},
        since={"required": False, "says": SINCE},
        improvement=UNKNOWN | {"also": ("wordt het beter",)},
        improvement_note={"also": ("toelichting beter",)},
        decision_organ={"also": ("orgaan beslissing",)},
        decision_on={"also": ("datum beslissing",)},
        decision_status={"also": ("stand beslissing",)},
        decision_url={"also": ("adres besluit",)},
    )


def _label(row: Mapping[str, Any]) -> str:
    return f"{row['partner']} in {row['project']}"


LATER, DECLINED, NOT_ASKED = ParticipationState.LATER, ParticipationState.DECLINED, ParticipationState.NOT_ASKED
NOT_YOURS = "is geen bestuur waarvoor u antwoordt; verwijder deze rij."
FROM_WHEN = "de stand is nieuw; vul in vanaf welke dag ze geldt."


def check(known: Known, rows: Rows, _: bool) -> Iterator[Fault]:
    """`more`: per project the slugs of who leads it now."""
    leads: Mapping[str, frozenset[str]] = known.more
    own, everything = {*known.tables[0].choices["partner"]}, scope(known.viewer, TAKES_PART.right).everything
    for row in rows[STATES]:
        project, partner = row.values["project"], row.values["partner"]
        if partner not in own:
            yield row, "partner", f"{partner} {NOT_YOURS}"
            continue
        present = known.present.get((STATES, project, partner))
        if present is not None and row.values[VERSION.key] not in {None, present.version}:
            continue  # somebody was first: the plan tells both values
        changed = {key for key in row.values if present is None or row.values[key] != present.values.get(key)}
        yield from ((row, *fault) for fault in _state_faults(row, changed))
        yield from ((row, *fault) for fault in _since_faults(row, changed, present))
        if not everything and "state" in changed:
            others = leads.get(project, frozenset()) - {partner}
            yield from ((row, "state", why) for why in _not_by_a_partner(row, others))


def _state_faults(row: SheetRow, changed: set[str]) -> Iterator[tuple[str, str]]:
    state, since, expected = (row.values[key] for key in ("state", "since", "expected_on"))
    if state is LATER and expected is None and changed & {"state", "expected_on"}:
        yield "expected_on", f"‘{LATER.label}’ vraagt een datum; vul in wanneer de partner verwacht in te stappen."
    if state is DECLINED and not row.values["reason"].strip() and changed & {"state", "reason"}:
        yield "reason", f"‘{DECLINED.label}’ vraagt een reden; vul ze in."
    if since is not None and expected is not None and expected < since and changed & {"since", "expected_on"}:
        yield "expected_on", f"{told(expected)} ligt voor sinds {told(since)}; kijk beide datums na."


def _since_faults(row: SheetRow, changed: set[str], present: Present | None) -> Iterator[tuple[str, str]]:
    since, today = row.values["since"], clock.today()
    before = present.values["since"] if present else None
    if "state" in changed and (since is None or (since == before and since < today)):
        yield "since", FROM_WHEN
    elif since is not None and "since" in changed and since > today:
        yield "since", f"{told(since)} ligt in de toekomst; kies ‘{LATER.label}’ en vul in wanneer."
    elif "state" in changed and since is not None and before is not None and since < before:
        yield "since", f"{told(since)} ligt voor {told(before)}, toen de vorige stand begon; kijk de datum na."


def _not_by_a_partner(row: SheetRow, leads: frozenset[str]) -> Iterator[str]:
    if row.values["state"] is NOT_ASKED:
        yield f"‘{NOT_ASKED.label}’ is geen antwoord; kies een andere stand."
    if row.values["state"] is ParticipationState.LEAD and leads:
        yield f"{', '.join(sorted(leads))} trekt al; een tweede trekker spreekt u af met de projectcoördinator."


def put(session: Session, by: Viewer, one: Entry) -> object:
    """A new state takes everything that the file says; on a state that stays, only what differs."""
    if one.row_id is None or "state" not in one.changes:
        return put_by(TAKES_PART)(session, by, one)
    said = {key: value for key, value in one.said.items() if key not in {"project", "partner"}}
    return TAKES_PART.change(session, by, one.row_id, one.version, said)


PARTICIPATION = workbook(
    tables,
    {STATES: put},
    check,
    more=leading_now,
    name="participation",
    title="Deelnames",
    description="deelnames: de stand van elke partner in elk regionaal traject",
    right=TAKES_PART.right,
)
