"""Stilval: what is going quiet, each with the sentence why it is listed and since when. Pure over two states."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from portal.addresses import of_result
from portal.snapshots.counted import living_projects
from portal.snapshots.state import Kind, Row, State, day_of
from portal.text import day, plural
from portal.vocabulary import TAKES_PART, MeetingBody, MeetingState, ParticipationState, ResultState, Word

GRACE_DAYS = 7  # a meeting that is not yet written down a week later was skipped


class Quiet(Word):
    """The six kinds of falling silent."""

    PROJECT = "project", "Stille trajecten"
    GROUP = "werkgroep", "Werkgroepen zonder levend project"
    RESULT = "resultaat", "Resultaten waaraan niemand werkt"
    OWNERLESS = "zonder_eigenaar", "Resultaten zonder eigenaar na de subsidie"
    LEAVING = "vertrek", "Partners die vertrekken"
    SKIPPED = "overgeslagen", "Vergaderingen die niet doorgingen"


@dataclass(frozen=True, slots=True)
class Alert:
    """`why` is a whole sentence; `since` None: from the beginning. `weight` 2 is worse than 1."""

    kind: Quiet
    key: str
    what: str
    why: str
    since: date | None
    path: str
    atelier: str = ""
    weight: int = 1

    @property
    def id(self) -> str:
        return f"{self.kind.value}.{self.key}"


def radar(before: State | None, now: State) -> list[Alert]:
    """By kind as listed; within it the worst, then the longest silent. `before` is the last meeting, for who left."""
    found = [*_projects(now), *_groups(now), *_results(now), *_ownerless(now), *_leaving(before, now), *_skipped(now)]
    order = list(Quiet)
    return sorted(found, key=lambda a: (order.index(a.kind), -a.weight, a.since or date.min, a.what))


def _projects(now: State) -> Iterator[Alert]:
    """Those that are *stil*, as everywhere; what nobody is in is a group."""
    for key, row in living_projects(now):
        if _is_group(row) or not row["quiet"]:
            continue
        seen = day_of(row, "last_seen")
        since = f"niets sinds {day(seen)}" if seen else "nog nooit iets gemeld"
        why = f"Geen verslag en geen wijziging sinds de vorige twee stuurgroepen: {since}."
        yield Alert(Quiet.PROJECT, key, _name(row), why, seen, *_place(row), weight=2)


def _is_group(row: Row) -> bool:
    return not row["partners"] and row["last_seen"] is None


def _groups(now: State) -> Iterator[Alert]:
    for key, row in living_projects(now):
        if _is_group(row):
            why = (
                "Werkgroep zonder levend project: geen enkele partner trekt of neemt deel, en er is nooit over gemeld."
            )
            yield Alert(Quiet.GROUP, key, _name(row), why, day_of(row, "start_on"), *_place(row), weight=2)


def _results(now: State) -> Iterator[Alert]:
    """Not reached, no milestone still to come, and no living shared project in its atelier."""
    busy = {row["of_code"] for row in now.of(Kind.MILESTONE).values() if row["done_on"] is None}
    living = {row["atelier"] for _, row in living_projects(now) if not _is_group(row)}
    for key, row in now.of(Kind.RESULT).items():
        if row["state"] == ResultState.REACHED.value or row["code"] in busy or row["atelier"] in living:
            continue
        steps = (step for step in now.of(Kind.MILESTONE).values() if step["of_code"] == row["code"])
        last = max((done for step in steps if (done := day_of(step, "done_on"))), default=None)
        why = f"Niemand werkt eraan: geen mijlpaal die nog komt, en geen levend project in atelier {row['atelier']}."
        yield Alert(Quiet.RESULT, key, _name(row), why, last, of_result(row["code"]), _atelier(row))


def _ownerless(now: State) -> Iterator[Alert]:
    """Only once every grant has ended or ends within a year: before, there is time."""
    end = grants_end(now)
    if end is None or end > now.as_of + timedelta(days=365):
        return
    for key, row in now.of(Kind.RESULT).items():
        if not row["owner_after_grant"]:
            left = (end - now.as_of).days
            when = f"over {plural(left, 'dag', 'dagen')}, op {day(end)}" if left > 0 else f"op {day(end)}"
            verb = "eindigt" if left > 0 else "eindigde"
            why = f"De subsidie {verb} {when}; wie het resultaat daarna draagt, is niet bekend."
            path, weight = of_result(row["code"]), 1 if left > 0 else 2
            yield Alert(Quiet.OWNERLESS, key, _name(row), why, None, path, _atelier(row), weight)


def grants_end(now: State) -> date | None:
    """The day that the last grant ends; None when no grant has one."""
    return max(
        (end for row in now.of(Kind.GRANT).values() if (end := day_of(row, "ends_on")) is not None), default=None
    )


def _leaving(before: State | None, now: State) -> Iterator[Alert]:
    """Was in the coalition at the last meeting and is not any more, while the project lives."""
    living = dict(living_projects(now))
    for key, was in before.of(Kind.PARTICIPATION).items() if before else ():
        row = now.row(Kind.PARTICIPATION, key)
        project = living.get(key.partition(".")[0])
        if was["state"] not in TAKES_PART or project is None or (row is not None and row["state"] in TAKES_PART):
            continue
        since = day_of(row, "since") if row else None
        reason = f": {row['reason']}" if row and row["reason"] else ""
        led = was["state"] == ParticipationState.LEAD.value
        why = f"{'Trok' if led else 'Nam deel'} bij de vorige vergadering, nu niet meer{reason.rstrip('.')}."
        what = f"{was['partner']} · {was['project']}"
        yield Alert(Quiet.LEAVING, key, what, why, since, *_place(project), weight=2 if led else 1)


def without_reason(alert: Alert) -> Alert:
    """The alert without what a partner wrote as its reason."""
    why, _, written = alert.why.partition(": ") if alert.kind is Quiet.LEAVING else (alert.why, "", "")
    return replace(alert, why=f"{why}.") if written else alert


def _skipped(now: State) -> Iterator[Alert]:
    """Planned over a week ago, and neither held nor frozen."""
    for key, row in now.of(Kind.MEETING).items():
        planned = day_of(row, "planned_on")
        if planned is None or row["held_on"] is not None or row["state"] == MeetingState.FROZEN.value:
            continue
        late = (now.as_of - planned).days
        if late > GRACE_DAYS:
            what = f"{MeetingBody(str(row['body'])).label} {row['number']}"
            days = plural(late, "dag", "dagen")
            why = f"Stond gepland op {day(planned)}, en is {days} later niet gehouden en niet verplaatst."
            path = f"/stuurgroep?vergadering={row['body']}-{row['number']}"
            yield Alert(Quiet.SKIPPED, key, what, why, planned, path)


def _name(row: Row) -> str:
    return f"{row['code']} {row['title']}"


def _atelier(row: Row) -> str:
    return str(row["atelier"] or "")


def _place(project: Row) -> tuple[str, str]:
    return f"/project/{project['code']}", _atelier(project)
