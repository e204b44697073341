"""The dossier of a point of the agenda: what was prepared, and the facts that nobody types. Pure over the report."""

from dataclasses import dataclass
from datetime import date

from portal.addresses import PROJECT, RESULT
from portal.snapshots.agreed import Agreed, decided_before, decisions, promised_here
from portal.snapshots.facts import RISK_STATE, Facts, facts_of, in_short, rows_of
from portal.snapshots.lines import Line
from portal.snapshots.radar import Alert
from portal.snapshots.report import About, Item, Report
from portal.snapshots.state import Kind, Row, State, day_of
from portal.text import day, number
from portal.vocabulary import (
    LIVE_RISKS,
    Concern,
)

NO_PROPOSAL = "Nog geen voorstel."


@dataclass(frozen=True, slots=True)
class Condition:
    """What a partner asks before it joins, open still."""

    partner: str
    text: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Danger:
    """A risk that lives."""

    code: str
    title: str
    chance: int
    effect: int
    measure: str
    state: str


@dataclass(frozen=True, slots=True)
class Brief:
    """`facts`: of everything the point is about, the first first. `changes`: since the meeting before."""

    item: Item
    place: int
    facts: tuple[Facts, ...]
    conditions: tuple[Condition, ...]
    risks: tuple[Danger, ...]
    last: Agreed | None
    changes: tuple[Line, ...]
    stuck: tuple[Line, ...]
    quiet: tuple[Alert, ...]
    decided: tuple[Agreed, ...]
    promised: tuple[Agreed, ...]

    @property
    def empty(self) -> bool:
        """Nobody wrote down what it proposes."""
        return not self.item.proposal


def briefs(report: Report) -> tuple[Brief, ...]:
    """Of every point, in the order of the agenda."""
    return tuple(_brief(report, item, place) for place, item in enumerate(report.agenda, start=1))


def brief_of(report: Report, item_id: int) -> Brief | None:
    """None where no point of the agenda has this id."""
    places = {item.id: (item, place) for place, item in enumerate(report.agenda, start=1)}
    return _brief(report, *places[item_id]) if item_id in places else None


def _brief(report: Report, item: Item, place: int) -> Brief:
    state, abouts = report.state, item.abouts or _first_about(report.state, item)
    facts = tuple(facts_of(state, about) for about in abouts)
    codes = [about.code for about in abouts]
    joined = {name for each in facts if each.company for name in each.company.joined}
    last = next((found for code in codes if (found := decided_before(report, code))), None)
    return Brief(
        item,
        place,
        facts,
        conditions=tuple(_conditions(state, joined)),
        risks=tuple(_risks(state, abouts)),
        last=last,
        changes=tuple(line for line in report.lines if not line.minor and is_about(item, line)),
        stuck=tuple(line for line in report.stuck if is_about(item, line)),
        quiet=tuple(alert for alert in report.radar if concerns(item, alert)),
        decided=tuple(one for one in decisions(report) if one.item == item.position),
        promised=tuple(one for one in promised_here(report) if one.item == item.position),
    )


def _first_about(state: State, item: Item) -> tuple[About, ...]:
    """What was frozen before points had a dossier says only a name and a page."""
    code, _, title = item.about.partition(" ")
    for concern, kind in ((Concern.PROJECT, Kind.PROJECT), (Concern.RESULT, Kind.RESULT)):
        for key, row in state.of(kind).items():
            if code and row["code"] == code:
                return (About(concern, key, code, title, item.path),)
    return (About(Concern.ATELIER, item.atelier, f"Atelier {item.atelier}", "", item.path),) if item.atelier else ()


def is_about(item: Item, line: Line) -> bool:
    """Whether a change is about what the point is about: a project, a result, else a whole atelier."""
    if item.path.startswith((PROJECT, RESULT)):
        return line.path.partition("?")[0] == item.path
    if _names_a_row(item):
        return line.what == item.about or line.detail.startswith(item.about)
    return bool(item.atelier) and line.atelier == item.atelier


def concerns(item: Item, alert: Alert) -> bool:
    """The same for what falls silent."""
    if item.path.startswith((PROJECT, RESULT)):
        return alert.path.partition("?")[0] == item.path
    if _names_a_row(item):
        return alert.what == item.about
    return bool(item.atelier) and alert.atelier == item.atelier


def _names_a_row(item: Item) -> bool:
    return bool(item.about) and not item.about.endswith(f" {item.atelier}")


def _conditions(state: State, partners: set[str]) -> list[Condition]:
    """Of those who are in it, what is due first on top."""
    rows = [row for row in state.of(Kind.CONDITION).values() if row["partner"] in partners and not row["resolved_on"]]
    found = [Condition(str(row["partner"]), str(row["text"]), day_of(row, "due_on")) for row in rows]
    return sorted(found, key=lambda one: (one.due_on or date.max, one.partner, one.text))


def _risks(state: State, abouts: tuple[About, ...]) -> list[Danger]:
    """Of everything the point is about; the gravest first."""
    found = [
        Danger(
            *(str(row["code"]), str(row["title"]), int(str(row["chance"])), int(str(row["effect"]))),
            *(str(row["measure"] or ""), RISK_STATE(row["state"])),
        )
        for key, row in state.of(Kind.RISK).items()
        if row["state"] in LIVE_RISKS and any(_endangers(key, row, about) for about in abouts)
    ]
    return sorted(found, key=lambda one: (-one.chance * one.effect, one.code))


def _endangers(key: str, row: Row, about: About) -> bool:
    match about.concern:
        case Concern.PROJECT:
            return bool(about.code) and row["project_code"] == about.code
        case Concern.RESULT:
            return bool(about.code) and row["result_code"] == about.code
        case Concern.RISK:
            return key == about.key
        case _:
            return False


def minutes_of(agenda: tuple[Item, ...]) -> int:
    """What the agenda asks together."""
    return sum(item.minutes or 0 for item in agenda)


FEW = 3


def told(brief: Brief) -> list[tuple[str, str]]:
    """What was prepared, each answer under its question; what nobody wrote is left out, but for the proposal."""
    item = brief.item
    answers = [
        ("Wat stellen we voor?", item.proposal or NO_PROPOSAL),
        ("Waarom nu?", item.why_now),
        ("Wat kost het, en wie draagt het?", item.cost),
        ("Welke keuzes zijn er?", item.options),
        ("Wat vragen we, en van wie?", item.asked),
    ]
    return [(question, answer) for question, answer in answers if answer]


def facts_told(brief: Brief) -> list[tuple[str, str]]:
    """What nobody types, each under its word: of everything the point is about, then what may go wrong, what is asked
    first, what was decided last, and what changed."""
    rows = [
        *(rows_of(brief.facts[0]) if brief.facts else ()),
        *(("Ook over", in_short(each)) for each in brief.facts[1:]),
    ]
    dangers = [f"{one.code} {one.title}: kans {number(one.chance)}, gevolg {number(one.effect)}" for one in brief.risks]
    asked = [f"{one.partner}: {one.text}" for one in brief.conditions]
    moved = [f"{line.what}: {line.label or line.act} {line.old} → {line.new}" for line in brief.changes if line.new]
    last = [f"{brief.last.of}: {brief.last.text}"] if brief.last else []
    more = (("Risico's", dangers), ("Open voorwaarden", asked), ("Laatst beslist", last), ("Veranderd", moved))
    return rows + [(word, _few(lines)) for word, lines in more if lines]


def _few(lines: list[str]) -> str:
    rest = [f"en nog {number(len(lines) - FEW)}"] if len(lines) > FEW else []
    return "; ".join([*lines[:FEW], *rest])


def agreed_told(brief: Brief, *, whole: bool = True) -> list[tuple[str, str]]:
    """What was decided and promised at it, each with its number; `whole`: also what was said, which may be long."""
    noted = [("Besproken", brief.item.note)] if whole and brief.item.note else []
    moved = [("Uitgesteld", f"naar {brief.item.goes_to}")] if brief.item.goes_to else []
    decided = [(f"Beslissing {one.serial}".strip(), decision_said(one)) for one in brief.decided]
    return [*noted, *moved, *decided, *((f"Actie {one.serial}".strip(), action_said(one)) for one in brief.promised)]


def decision_said(one: Agreed) -> str:
    """ "Het meldpunt start in maart (goedgekeurd)"."""
    about = ", ".join(filter(None, (one.outcome.label if one.outcome else "", one.who)))
    return f"{one.text} ({about})" if about else one.text


def action_said(one: Agreed) -> str:
    """ "Menen legt de termijnen voor, tegen 18/01/2027": who does what by when."""
    due = f", tegen {day(one.due_on)}" if one.due_on else ""
    return f"{one.who}: {one.text}{due}"
