"""Five steering groups in half a year: between any two of them, exactly what people did is told, and nothing else."""

from itertools import combinations

import pytest

from portal.queries.meetings.meetings import report_between, report_of
from portal.snapshots.state import diff
from portal.vocabulary import MeetingBody
from tests.half_year import HalfYear, between
from tests.snapshots.rows import applied


@pytest.fixture
def year(session):
    lived = HalfYear(session)
    lived.live()
    return lived


def expected(year, earlier, later):
    return sorted((one.act, one.old, one.new, one.who, one.on) for one in between(year.told, earlier, later))


def told(report):
    return sorted(
        (line.act, *(text.replace("\N{NO-BREAK SPACE}", " ") for text in (line.old, line.new)), line.who, line.at[:10])
        for line in report.lines
    )


def test_between_any_two_meetings_every_change_is_told_once_by_who_made_it_and_nothing_else(session, year):
    table = year.coordinator
    kept = {number: report_of(session, table, MeetingBody.STEERING, number) for number in range(1, 6)}
    assert kept[1].lines == ()
    for earlier, later in combinations(kept, 2):
        compared = report_between(session, table, kept[earlier], kept[later])
        assert told(compared) == expected(year, earlier, later), (earlier, later)
        was, now = kept[earlier].state, kept[later].state
        made = applied(was, diff(was, now), as_of=now.as_of, sequence=now.sequence)
        assert made.to_json() == now.to_json()
        if later == earlier + 1:
            assert compared.lines == kept[later].lines
    assert not report_between(session, table, kept[3], kept[3]).lines
