"""What holds for a project whoever changes it: who reaches it, and how phase and dates go together."""

from collections.abc import Set
from datetime import date

from portal import clock
from portal.commands.base import Refused, changed
from portal.commands.known import knows_of
from portal.db.base import day
from portal.db.models import Project
from portal.permissions import Permission, Viewer, scope
from portal.vocabulary import ENDED_PHASES, Phase, ProjectScope

MAY_HAVE_ENDED = ENDED_PHASES | {Phase.AFTERCARE}
ENDS = frozenset({"phase", "ended_on"})
DATES = frozenset({"start_on", "end_expected_on", "ended_on", "phase"})


def in_reach(by: Viewer, row: Project) -> bool:
    """The person may change it: everybody's, those of the own ateliers, or the own local ones."""
    reach = scope(by, Permission.EDIT_PROJECTS)
    own = row.scope is ProjectScope.LOCAL and reach.has_partner(row.reported_by_id)
    return knows_of(by, row) and (reach.everything or own or reach.has_atelier(row.atelier_id))


def require_in_reach(by: Viewer, row: Project) -> None:
    """Raises Refused for what would take the project out of the person's own hands."""
    if in_reach(by, row):
        return
    if scope(by, Permission.EDIT_PROJECTS).atelier_ids:
        raise Refused(
            "U wijzigt alleen projecten van uw eigen ateliers die u ook zelf kunt zien; er is niets gewijzigd."
        )
    raise Refused("Een bestuur meldt en wijzigt alleen eigen lokale projecten; vraag het de projectcoördinator.")


def in_order(row: Project, said: Set[str], end_before: date | None = None) -> None:
    """Keeps phase and dates together; `said` are the keys that were given, `end_before` the end expected until now.

    Raises Refused when they cannot be. What was not said is not judged: an old row may be corrected field by field.
    """
    if ENDS & said:
        _end(row, said)
    if DATES & said:
        _refuse_before_start(row)
    if row.end_first_planned_on is None and "end_expected_on" in said:
        changed(row, end_first_planned_on=end_before or row.end_expected_on)


def _end(row: Project, said: Set[str]) -> None:
    if row.phase in ENDED_PHASES:
        changed(row, ended_on=row.ended_on or clock.today())
    elif row.phase not in MAY_HAVE_ENDED and row.ended_on is not None:
        if "ended_on" in said:
            raise Refused(f"Een project in de fase ‘{row.phase.label}’ is niet beëindigd; wijzig eerst de fase.")
        changed(row, ended_on=None)


def _refuse_before_start(row: Project) -> None:
    ends = {"Het verwachte einde": row.end_expected_on}
    if row.phase is not Phase.STOPPED:  # what is stopped may never have started
        ends["De dag waarop het eindigde"] = row.ended_on
    for named, end in ends.items():
        if row.start_on and end and end < row.start_on:
            raise Refused(f"{named} ({day(end)}) ligt voor de start ({day(row.start_on)}); er is niets gewijzigd.")
