"""The mail of a round, in words: when it opens, a week before it closes, and when it closes."""

from dataclasses import dataclass
from datetime import date

from portal.number import Counted
from portal.numbers import TO_REPORT, UNREPORTED
from portal.text import day, long_day, plural, sentence
from portal.vocabulary import DEMO_NOTICE, ReminderKind

ROUND_PATH = "/ronde"
NO_ADDRESS = "het portaal, onder "


@dataclass(frozen=True, slots=True)
class Waiting:
    """A project that still waits for a report in this round."""

    code: str
    title: str
    colour: str
    last_reported_on: date | None

    @property
    def line(self) -> str:
        last = f"laatst gemeld op {day(self.last_reported_on)}: {self.colour}"
        return f"- {self.code} {self.title} ({last if self.last_reported_on else 'nog nooit gemeld'})"


@dataclass(frozen=True, slots=True)
class Letter:
    """To one person, about the round that ends at the steering group of this number and day."""

    kind: ReminderKind
    meeting_id: int
    number: int
    until: date
    days_left: int
    user_id: int
    name: str
    address: str
    projects: tuple[Waiting, ...]

    @property
    def waiting(self) -> Counted:
        """How many of them wait for this person."""
        return TO_REPORT.at(len(self.projects), self.address)

    def subject(self, *, is_demo: bool) -> str:
        count = plural(len(self.projects), "project wacht", "projecten wachten")
        said = {
            ReminderKind.OPENING: f"De ronde voor stuurgroep {self.number} is open: {count} op uw melding",
            ReminderKind.REMINDER: f"Nog {plural(self.days_left, 'dag', 'dagen')}: {count} op uw melding",
            ReminderKind.CLOSING: f"De ronde sluit {self._closes}: {count} op uw melding",
        }
        return f"{'[Demo] ' if is_demo else ''}{said[self.kind]}"

    def body(self, *, base_url: str, programme: str, is_demo: bool) -> str:
        parts = (
            f"Dag {self.name}",
            f"{self._opening} Van {self._these} verwachten we nog een melding:",
            "\n".join(project.line for project in self.projects),
            f"‘{sentence(UNREPORTED.name)}’ telt: {UNREPORTED.meaning}",
            f"Melden kan op {base_url or NO_ADDRESS}{ROUND_PATH}. Veranderde er niets? Bevestig het project dan "
            "ongewijzigd: stilte is geen melding.",
            programme or "Het portaal",
            f"{DEMO_NOTICE}." if is_demo else "",
        )
        return "\n\n".join(filter(None, parts)) + "\n"

    @property
    def _opening(self) -> str:
        meets = f"stuurgroep {self.number} van {long_day(self.until)}"
        match self.kind:
            case ReminderKind.OPENING:
                return f"De ronde voor {meets} is open."
            case ReminderKind.REMINDER:
                return f"Over {plural(self.days_left, 'dag', 'dagen')} sluit de ronde voor {meets}."
            case ReminderKind.CLOSING:
                return f"De ronde voor {meets} sluit {self._closes}."

    @property
    def _closes(self) -> str:
        return {0: "vandaag", 1: "morgen"}.get(self.days_left, f"over {self.days_left} dagen")

    @property
    def _these(self) -> str:
        return "dit project" if len(self.projects) == 1 else "deze projecten"
