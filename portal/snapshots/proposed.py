"""What of a report needs the table's attention: projects, results and ateliers, each with why. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portal.addresses import ATELIER, of_work
from portal.snapshots.counted import is_living
from portal.snapshots.lines import words
from portal.snapshots.radar import Alert, Quiet
from portal.snapshots.report import Report
from portal.snapshots.state import Kind, Row, State, day_of
from portal.text import day, listed, plural
from portal.vocabulary import AgendaKind, Health, Word

HEALTH = words(Health)
FAR_OVER = "ver-boven"
WORST = 2
URGENT = [AgendaKind.DECISION, AgendaKind.DISCUSSION, AgendaKind.INFORMATION]


class About(Word):
    """What an item of the agenda can be about."""

    PROJECT = "project", "project"
    RESULT = "resultaat", "resultaat"
    ATELIER = "atelier", "atelier"
    MEETING = "vergadering", "vergadering"


@dataclass(frozen=True, slots=True)
class Proposal:
    """`why` is whole sentences; `suggested` the kind of item it asks for."""

    about: About
    code: str
    title: str
    atelier: str
    why: str
    path: str
    suggested: AgendaKind


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence about a project or result (its key in the state) or an atelier (its code), and what it asks for."""

    about: About
    key: str
    why: str
    asks: AgendaKind = AgendaKind.DISCUSSION


def proposed(report: Report, moves: Mapping[str, int]) -> list[Proposal]:
    """By atelier; within it what asks for a decision first. `moves`: how often a milestone (its key) moved, ever."""
    found: dict[tuple[About, str], list[Reason]] = defaultdict(list)
    for reason in _reasons(report, moves):
        found[reason.about, reason.key].append(reason)
    made = [_proposal(report.state, about, key, reasons) for (about, key), reasons in found.items()]
    return sorted(made, key=lambda one: (one.atelier or "~", URGENT.index(one.suggested), one.about, one.code))


def _reasons(report: Report, moves: Mapping[str, int]) -> Iterator[Reason]:
    yield from _moved(report, moves)
    yield from _stuck(report)
    yield from _red(report.state)
    yield from _silent(report)
    yield from _over_budget(report.state)


def _moved(report: Report, moves: Mapping[str, int]) -> Iterator[Reason]:
    """A first time is for information; from the second on the table decides."""
    for line in report.lines:
        row = report.state.row(Kind.MILESTONE, line.key) if line.kind is Kind.MILESTONE else None
        place = _place_of(report.state, row) if row else None
        if row is None or place is None or line.act != "verschoven":
            continue
        times = moves.get(line.key, 1)
        again = f", voor de {times}e keer" if times > 1 else ""
        why = f"‘{row['title']}’ verschoof van {line.old} naar {line.new}{again}."
        yield Reason(*place, why, AgendaKind.DECISION if times > 1 else AgendaKind.INFORMATION)


def _stuck(report: Report) -> Iterator[Reason]:
    for line in report.stuck:
        row = report.state.row(line.kind, line.key)
        if row is None or line.kind not in {Kind.MILESTONE, Kind.PROJECT}:
            continue
        step = line.kind is Kind.MILESTONE
        place = _place_of(report.state, row) if step else (About.PROJECT, line.key)
        due = day(day_of(row, "due_expected" if step else "end_expected_on"))
        if place is not None:
            what = f"‘{row['title']}’" if step else "Het einde"
            yield Reason(*place, f"{what} werd verwacht op {due} en bewoog niet.")


def _red(state: State) -> Iterator[Reason]:
    for key, row in state.of(Kind.PROJECT).items():
        if not is_living(row):
            continue
        if row["signal"] == Health.RED.value:
            why = f"Het berekende signaal is rood ({row['why']}), gemeld is {HEALTH(row['health'])}."
            yield Reason(About.PROJECT, key, why)
        elif row["health"] == Health.RED.value:
            yield Reason(About.PROJECT, key, "De gemelde kleur is rood.")


def _silent(report: Report) -> Iterator[Reason]:
    for alert in report.radar:
        about = _about(alert)
        if about is not None and alert.weight >= WORST:
            key = alert.key.partition(".")[0]  # who left is listed by project and partner
            who = f"{alert.what.partition(' · ')[0]}: " if alert.kind is Quiet.LEAVING else ""
            yield Reason(about, key, f"{who}{alert.why}")


def _about(alert: Alert) -> About | None:
    match alert.kind:
        case Quiet.PROJECT | Quiet.GROUP | Quiet.LEAVING:
            return About.PROJECT
        case Quiet.RESULT | Quiet.OWNERLESS:
            return About.RESULT
        case Quiet.SKIPPED:
            return None


def _over_budget(state: State) -> Iterator[Reason]:
    """Money hangs under an atelier: its lines name no project and no result."""
    lines: dict[str, list[str]] = defaultdict(list)
    for row in state.of(Kind.LINE).values():
        if row["standing"] == FAR_OVER and row["atelier"]:
            lines[str(row["atelier"])].append(str(row["code"]))
    for atelier, codes in lines.items():
        many = plural(len(codes), "begrotingslijn ligt", "begrotingslijnen liggen")
        why = f"{many} meer dan 10 % boven begroot: {listed(sorted(codes))}."
        yield Reason(About.ATELIER, atelier, why, AgendaKind.DECISION)


def _place_of(state: State, step: Row) -> tuple[About, str] | None:
    """The project or result that a milestone belongs to."""
    about, kind = (About.PROJECT, Kind.PROJECT) if step["project_code"] else (About.RESULT, Kind.RESULT)
    keys = (key for key, row in state.of(kind).items() if row["code"] == step["of_code"])
    key = next(keys, None)
    return None if key is None else (about, key)


def _proposal(state: State, about: About, key: str, reasons: list[Reason]) -> Proposal:
    why = " ".join(dict.fromkeys(reason.why for reason in reasons))
    suggested = min((reason.asks for reason in reasons), key=URGENT.index)
    if about is About.ATELIER:
        title = str((state.row(Kind.MONEY, key) or {"title": ""})["title"])
        return Proposal(about, key, title, key, why, f"{ATELIER}{key}", suggested)
    row = state.of(Kind.PROJECT if about is About.PROJECT else Kind.RESULT)[key]
    path = of_work(about is About.PROJECT and row["code"], row["code"])
    return Proposal(about, str(row["code"]), str(row["title"]), str(row["atelier"] or ""), why, path, suggested)
