"""A calendar that other programs read: each meeting at its hour in Brussels, on both sides of a change of the clock."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event, Timezone

from portal.clock import REGION_TIME
from portal.exports.calendar import calendar
from portal.snapshots.occasion import Occasion
from portal.vocabulary import DEMO_NOTICE, MeetingBody

HOST = "https://portaal.example/"
CHANGED = datetime(2026, 10, 1, 8, 30, tzinfo=UTC)


def occasion(**given: Any) -> Occasion:
    rest: dict[str, Any] = {
        "uid": "6f1c0e3e-0000-5000-8000-000000000007",
        "body": MeetingBody.STEERING,
        "number": 7,
        "planned_on": date(2026, 12, 11),
        "held_on": None,
        "starts_at": time(14),
        "ends_at": time(16),
        "place": "Zaal 2; Leiedal, Kortrijk",
        "agenda": ("Verslag van stuurgroep 6", "Meldpunt: datum, telefoon; en kost"),
        "off": "",
        "sequence": 4,
        "changed_at": CHANGED,
    }
    return Occasion(**rest | given)


def read(*given: Occasion, notice: str = "") -> list[Event]:
    return Calendar.from_ical(calendar(given, HOST, notice)).events


def event(**given: Any) -> Event:
    (found,) = read(occasion(**given))
    return found


@pytest.mark.parametrize(
    ("on", "begins", "ends"),
    [
        (date(2026, 3, 28), 13, 15),  # the day before the clock goes forward
        (date(2026, 3, 29), 12, 14),
        (date(2026, 3, 30), 12, 14),
        (date(2026, 10, 24), 12, 14),
        (date(2026, 10, 25), 13, 15),  # the day on which it goes back
        (date(2026, 10, 30), 13, 15),
        (date(2027, 7, 1), 12, 14),
    ],
)
def test_a_meeting_at_two_is_at_two_in_brussels_on_both_sides_of_a_change_of_the_clock(
    on: date, begins: int, ends: int
):
    found = event(planned_on=on)
    assert (found.start.hour, found.end.hour) == (14, 16)
    assert found["DTSTART"].params["TZID"] == "Europe/Brussels"
    assert found.start.astimezone(UTC) == datetime(on.year, on.month, on.day, begins, tzinfo=UTC)
    assert found.end.astimezone(UTC) == datetime(on.year, on.month, on.day, ends, tzinfo=UTC)


def test_who_knows_no_time_zones_finds_in_the_file_when_the_clock_changes():
    (zone,) = (part for part in Calendar.from_ical(calendar([], HOST)).walk() if isinstance(part, Timezone))
    told, brussels = zone.to_tz(lookup_tzid=False), ZoneInfo("Europe/Brussels")
    hours = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hour) for hour in range(0, 15 * 365 * 24, 5))
    assert [at for at in hours if at.astimezone(told).utcoffset() != at.astimezone(brussels).utcoffset()] == []
    for change in (datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)):
        for minutes in range(0, 180, 15):
            at = change + timedelta(minutes=minutes)
            assert at.astimezone(told).utcoffset() == at.astimezone(brussels).utcoffset(), at


def test_a_meeting_without_hours_is_a_whole_day_that_keeps_nobody_from_anything():
    found = event(starts_at=None, ends_at=None)
    assert (found.start, found.end) == (date(2026, 12, 11), date(2026, 12, 12))
    assert found["TRANSP"] == "TRANSPARENT"


def test_a_meeting_of_which_nobody_said_when_it_ends_has_no_end():
    found = event(ends_at=None)
    assert found.start == datetime(2026, 12, 11, 14, tzinfo=REGION_TIME)
    assert "DTEND" not in found


def test_a_meeting_that_was_held_on_another_day_stands_on_that_day():
    assert event(held_on=date(2026, 12, 14)).start.date() == date(2026, 12, 14)


def test_a_meeting_is_told_by_its_name_place_agenda_and_page():
    found = event()
    assert (found["SUMMARY"], found["LOCATION"], found["STATUS"]) == (
        *("Stuurgroep 7", "Zaal 2; Leiedal, Kortrijk"),
        "CONFIRMED",
    )
    page = "https://portaal.example/stuurgroep?vergadering=stuurgroep-7"
    assert found["URL"] == page
    assert found["DESCRIPTION"].splitlines() == [
        *("Agenda:", "1. Verslag van stuurgroep 6", "2. Meldpunt: datum, telefoon; en kost"),
        *("", page),
    ]
    assert (found["UID"], found["SEQUENCE"]) == (occasion().uid, 4)
    assert found["LAST-MODIFIED"].dt == found["DTSTAMP"].dt == CHANGED


def test_a_meeting_that_does_not_go_on_is_cancelled_and_says_so():
    found = event(off="niet doorgegaan", agenda=())
    assert (found["SUMMARY"], found["STATUS"]) == ("Stuurgroep 7 (niet doorgegaan)", "CANCELLED")
    assert found["DESCRIPTION"].startswith("Deze vergadering is niet doorgegaan.\n")
    assert found["TRANSP"] == "TRANSPARENT"


def test_without_place_or_agenda_nothing_is_made_up():
    found = event(place="", agenda=())
    assert "LOCATION" not in found
    assert found["DESCRIPTION"].startswith("Er staat niets op de agenda.\n")


def test_of_a_demo_every_meeting_says_so():
    (found,) = read(occasion(), notice=f"{DEMO_NOTICE}.")
    assert found["DESCRIPTION"].endswith(f"\n\n{DEMO_NOTICE}.")


def test_equal_meetings_give_equal_files_in_lines_that_every_program_reads():
    long = occasion(agenda=tuple("é" * 299 + "," for _ in range(20)))
    file = calendar([long], HOST)
    assert file == calendar([long], HOST)
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    assert read(long)[0]["DESCRIPTION"].count("é" * 299 + ",") == 20


def test_without_meetings_the_file_is_a_calendar_without_events():
    assert read() == []
