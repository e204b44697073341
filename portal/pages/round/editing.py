"""What is done in a progress round: mails, reports, confirmations."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal import clock
from portal.commands.inventory.projects import confirm_unchanged, report_progress
from portal.commands.once import once
from portal.db.engine import reading, writing
from portal.entities import inventory as described
from portal.entities.meetings import PROGRESS_REPORT
from portal.pages.editing.columns import fields, some
from portal.pages.editing.kinds import Editable, Values
from portal.pages.editing.saving import EXPECTED, told_time
from portal.pages.given import key, row_number
from portal.permissions import Permission, RowNotFound, Viewer
from portal.problems import noted
from portal.queries.inventory.editable import editable_progress
from portal.queries.meetings.rounds import RoundRow, round_projects
from portal.vocabulary import Health


@dataclass(frozen=True, slots=True)
class Seen:
    """A project, and the version of it that the person saw; as a button carries it ("12:3:" and the button's key)."""

    project_id: int
    version: int
    once: str = ""

    def __str__(self) -> str:
        return ":".join(filter(None, (str(self.project_id), str(self.version), self.once)))

    @classmethod
    def sent(cls, text: str) -> "Seen":
        """Raises RowNotFound for what no button of ours sends."""
        project_id, _, rest = text.partition(":")
        version, _, once = rest.partition(":")
        return cls(row_number(project_id), row_number(version), key(once))


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a confirmation, in one sentence."""

    project_id: int
    done: bool
    said: str


def confirm(viewer: Viewer, seen: Seen) -> Told:
    """Confirms one project unchanged, or tells why not; then nothing changed."""
    try:
        with once(seen.once, seen), writing() as session:
            confirm_unchanged(session, viewer, project_id=seen.project_id, version=seen.version)
    except EXPECTED as refused:
        return Told(seen.project_id, done=False, said=noted(refused).sentence)
    return Told(seen.project_id, done=True, said=f"Bevestigd ongewijzigd om {told_time(clock.now())}.")


def confirm_picked(viewer: Viewer, picked: Sequence[bool | None], shown: Sequence[str]) -> list[Told]:
    """Each by itself: what one refuses does not stop the others."""
    if len(picked) != len(shown):
        raise RowNotFound("picked")
    return [confirm(viewer, Seen.sent(one)) for one, chosen in zip(shown, picked, strict=True) if chosen]


def rows_now(viewer: Viewer) -> list[RoundRow]:
    with reading() as session:
        return round_projects(session, viewer)


def codes_left(viewer: Viewer) -> list[str]:
    """The projects without a report in this round, longest silent first."""
    return [row.code for row in rows_now(viewer) if not row.reported]


def after(codes: Sequence[str], code: str) -> str:
    """The one after this in the list, which begins anew at its end; "" when there is no other."""
    place = codes.index(code) + 1 if code in codes else 0
    others = [*codes[place:], *codes[:place]]
    return next((each for each in others if each != code), "")


def onward(viewer: Viewer, wanted: str) -> str:
    """The wanted project while it still has no report in this round, else the first that has none; "" at the end."""
    left = codes_left(viewer)
    return wanted if wanted in left else next(iter(left), "")


def _report(session: Session, by: Viewer, row_id: int, version: int, values: Values) -> object:
    return report_progress(session, by, project_id=row_id, version=version, values=values)


PROGRESS = Editable(
    name="voortgang",
    one="voortgang",
    right=Permission.EDIT_PROJECTS,
    fields=(
        *fields(
            described.PROJECT,
            "health progress end_expected_on",
            health=some(Health.GREEN, Health.AMBER, Health.RED) | {"start": None},
        ),
        *fields(PROGRESS_REPORT),
    ),
    rows=editable_progress,
    change=_report,
    opened=True,
    send="Bewaar en volgende",
)
EDITABLES = (PROGRESS,)
