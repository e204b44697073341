"""From the sheet of participations to rows that can be compared; what may not be is said at its cell."""

from collections.abc import Iterator

from data_loaders.comparing import sheets_of, wanted_of
from data_loaders.kind import Asked, Reading
from data_loaders.participation.known import LABELS, Known
from data_loaders.participation.sheet import STATES
from data_loaders.plan import Present, told
from data_loaders.problems import Problems
from data_loaders.sheets import VERSION, SheetRow, read_sheets
from data_loaders.workbook import File, open_workbook
from portal import clock
from portal.vocabulary import ParticipationState

LATER, DECLINED, NOT_ASKED = ParticipationState.LATER, ParticipationState.DECLINED, ParticipationState.NOT_ASKED
NOT_SHARED = "is geen regionaal traject dat u kunt bijwerken; verbeter de code of verwijder deze rij."
NOT_YOURS = "is geen bestuur waarvoor u antwoordt; verwijder deze rij."
FROM_WHEN = "de stand is nieuw; vul in vanaf welke dag ze geldt."

Fault = tuple[str, str]


def read(known: Known, file: File, asked: Asked) -> Reading:
    problems = Problems()
    (table,) = known.tables
    with open_workbook(file) as book:
        rows = read_sheets(book, sheets_of(known.tables), problems).get(STATES, [])
    for row in rows:
        for key, why in _faults(row, known):
            problems.add(row.sheet, row.cells[key], why)
    return Reading(tuple(wanted_of(table.sheet, rows, LABELS[STATES])), problems.found())


def _faults(row: SheetRow, known: Known) -> Iterator[Fault]:
    project, partner = row.values["project"], row.values["partner"]
    if project not in known.projects:
        yield "project", f"{project} {NOT_SHARED}"
        return
    if partner not in known.own:
        yield "partner", f"{partner} {NOT_YOURS}"
        return
    present = known.present.get((STATES, project, partner))
    if present is not None and present.version != row.values.get(VERSION.key):
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
