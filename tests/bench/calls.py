"""Calls that are timed, and their median."""

from collections.abc import Callable, Sequence
from statistics import median

from portal.config import settings
from tests.bench.visitor import Visitor
from tests.bench.work import VISITOR, Main

CALLS, ROUNDS, WARM = 200, 10, 5
Call = Callable[[], float]


def password() -> str:
    return settings().demo_password.get_secret_value()


def portal_calls(page: Main, port: int) -> tuple[Call, list[Call]]:
    """All of the page's calls, one after the other, and each alone."""
    visitor = Visitor(port)
    visitor.sign_in(VISITOR, password())
    each = [_caller(visitor, visitor.request_for(output, page.values)) for output in page.outputs]
    return lambda: sum(call() for call in each), each


def floor_call(port: int) -> Call:
    visitor = Visitor(port)
    return _caller(visitor, visitor.request_for("chart.figure", {}))


def _caller(visitor: Visitor, body: str) -> Call:
    return lambda: visitor.call(body)[0]


def medians(calls: Sequence[Call]) -> list[float]:
    """Milliseconds of each, taken in turns so that what the machine does meanwhile strikes all alike."""
    times: list[list[float]] = [[] for _ in calls]
    for call in calls:
        for _ in range(WARM):
            call()
    for _ in range(ROUNDS):
        for call, found in zip(calls, times, strict=True):
            found += [call() for _ in range(CALLS // ROUNDS)]
    return [median(found) * 1000 for found in times]
