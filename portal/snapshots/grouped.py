"""Stilval in a few lines, one per kind and cause. Pure, and made when it is shown: what is frozen keeps its alerts."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from portal import numbers
from portal.number import Counted
from portal.snapshots.radar import Alert, Quiet, grants_end
from portal.snapshots.report import Report
from portal.snapshots.state import Kind, Row, State, day_of
from portal.text import day, listed, number, plural
from portal.vocabulary import MeetingBody, MeetingState

FIRST = 3  # what matters most; the rest comes after
GRAVE = 2
ROUNDS = 2  # as many steering groups back as *stil* looks
Cause = tuple[Quiet, bool]
"""The kind, and of who left whether it led."""
_SAID: dict[Cause, tuple[str, str]] = {
    (Quiet.PROJECT, False): ("traject is stil", "trajecten zijn stil"),
    (Quiet.GROUP, False): ("werkgroep heeft geen levend project", "werkgroepen hebben geen levend project"),
    (Quiet.RESULT, False): ("resultaat heeft niemand die eraan werkt", "resultaten hebben niemand die eraan werkt"),
    (Quiet.OWNERLESS, False): ("resultaat heeft niemand", "resultaten hebben niemand"),
    (Quiet.LEAVING, True): ("traject verloor zijn trekker", "trajecten verloren hun trekker"),
    (Quiet.LEAVING, False): ("deelname hield op", "deelnames hielden op"),
    (Quiet.SKIPPED, False): ("vergadering ging niet door", "vergaderingen gingen niet door"),
}
_COUNTED = {Quiet.PROJECT: numbers.QUIET_THEN, Quiet.OWNERLESS: numbers.OWNERLESS_THEN}


@dataclass(frozen=True, slots=True)
class Group:
    """`after`: since when, or after which day. `counted`: the number that its line begins with, where the dictionary
    has it."""

    cause: Cause
    alerts: tuple[Alert, ...]
    after: str = ""
    counted: Counted | None = None

    @property
    def kind(self) -> Quiet:
        return self.cause[0]

    @property
    def said(self) -> str:
        """ "24 resultaten hebben niemand na 31/10/2027"."""
        return f"{plural(len(self.alerts), *_SAID[self.cause])}{self.after}{_among(self.kind, self.alerts)}"

    @property
    def weight(self) -> int:
        return max(alert.weight for alert in self.alerts)

    @property
    def why(self) -> str:
        """The reason that they share; "" where each has its own."""
        reasons = {alert.why for alert in self.alerts}
        return reasons.pop() if len(reasons) == 1 else ""

    @property
    def since(self) -> date | None:
        """Of the one that is silent longest."""
        return min((alert.since for alert in self.alerts if alert.since), default=None)

    def named(self, most: int) -> str:
        """ "R-01 Meldpunt, R-02 Loket en nog 3"."""
        shown = [alert.what for alert in self.alerts[:most]]
        more = len(self.alerts) - most
        return listed([*shown, f"nog {number(more)}"]) if more > 0 else listed(shown)

    def only(self, concerns: Callable[[Alert], bool]) -> "Group | None":
        """What of it concerns something; None when nothing does."""
        alerts = tuple(filter(concerns, self.alerts))
        return replace(self, alerts=alerts, counted=None) if alerts else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed(Alert):
    """An alert under the line that it is counted in."""

    said: str


def alerts_of(groups: Iterable[Group]) -> list[Listed]:
    """Every alert, in the order of the lines."""
    return [
        Listed(**{of.name: getattr(alert, of.name) for of in fields(alert)}, said=group.said)
        for group in groups
        for alert in group.alerts
    ]


def grouped(report: Report) -> tuple[Group, ...]:
    """The gravest first, then where it concerns most."""
    found: dict[Cause, list[Alert]] = defaultdict(list)
    for alert in report.radar:
        found[_cause(alert, report.state)].append(alert)
    made = [_group(cause, tuple(alerts), report) for cause, alerts in found.items()]
    order = list(Quiet)
    return tuple(sorted(made, key=lambda one: (-one.weight, -len(one.alerts), order.index(one.kind))))


def _cause(alert: Alert, state: State) -> Cause:
    """A group that is *stil* counts with what is, as everywhere."""
    if alert.kind is Quiet.GROUP and (state.row(Kind.PROJECT, alert.key) or {}).get("quiet"):
        return Quiet.PROJECT, False
    return alert.kind, alert.kind is Quiet.LEAVING and alert.weight >= GRAVE


def _group(cause: Cause, alerts: tuple[Alert, ...], report: Report) -> Group:
    of = _COUNTED.get(cause[0])
    counted = of.at(len(alerts), report.header.spot) if of else None
    return Group(cause, alerts, _after(cause[0], report), counted)


def _after(kind: Quiet, report: Report) -> str:
    match kind:
        case Quiet.PROJECT:
            return f" sinds {_quiet_since(report.state)}"
        case Quiet.OWNERLESS:
            return f" na {day(grants_end(report.state), 'de subsidie')}"
        case Quiet.LEAVING:
            return f" sinds {report.previous.name} ({day(report.previous.day)})" if report.previous else ""
        case Quiet.GROUP | Quiet.RESULT | Quiet.SKIPPED:
            return ""


def _among(kind: Quiet, alerts: Sequence[Alert]) -> str:
    """How many of the silent ones are groups; in which ateliers nobody works."""
    match kind:
        case Quiet.PROJECT:
            groups = sum(alert.kind is Quiet.GROUP for alert in alerts)
            return f", waarvan {plural(groups, 'werkgroep', 'werkgroepen')} zonder project" if groups else ""
        case Quiet.RESULT:
            ateliers = sorted({alert.atelier for alert in alerts})
            return f", in {'atelier' if len(ateliers) == 1 else 'ateliers'} {listed(ateliers)}"
        case _:
            return ""


def _quiet_since(state: State) -> str:
    """The steering group from which *stil* counts: "Stuurgroep 5 (18/09/2026)"."""
    met = [(_met_on(row), row) for row in state.of(Kind.MEETING).values() if _was_held(row)]
    days = sorted((on, str(row["number"])) for on, row in met if on is not None and on <= state.as_of)
    if len(days) < ROUNDS:
        return "de vorige twee stuurgroepen"
    on, meeting = days[-ROUNDS]
    return f"{MeetingBody.STEERING.label} {meeting} ({day(on)})"


def _was_held(row: Row) -> bool:
    return row["body"] == MeetingBody.STEERING.value and row["state"] == MeetingState.FROZEN.value


def _met_on(row: Row) -> date | None:
    return day_of(row, "held_on") or day_of(row, "planned_on")
