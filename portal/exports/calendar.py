"""Meetings as iCalendar (RFC 5545), for the calendar that somebody uses every day."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from portal.clock import REGION_TIME
from portal.snapshots.occasion import Occasion

ASKED_EVERY = timedelta(hours=6)
WINTER, SUMMER = timedelta(hours=1), timedelta(hours=2)


def calendar(occasions: Iterable[Occasion], host: str, notice: str = "") -> bytes:
    """An .ics file; equal occasions give equal files. `host`: the portal's address, with a slash behind it; `notice` is
    said of each."""
    made = Calendar()
    made.add("prodid", "-//Digitale transformatie Zuid-West-Vlaanderen//Portaal//NL")
    made.add("version", "2.0")
    made.add("x-wr-calname", "Vergaderingen digitale transformatie")
    made.add("refresh-interval", ASKED_EVERY, parameters={"value": "DURATION"})
    made.add_component(_brussels())
    for one in occasions:
        made.add_component(_event(one, host, notice))
    return bytes(made.to_ical())


def _event(one: Occasion, host: str, notice: str) -> Event:
    page = f"{host}stuurgroep?vergadering={one.body.value}-{one.number}"
    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", one.changed_at.astimezone(UTC))
    event.add("last-modified", one.changed_at.astimezone(UTC))
    event.add("sequence", one.sequence)
    event.add("summary", f"{one.name} ({one.off})" if one.off else one.name)
    event.add("status", "CANCELLED" if one.off else "CONFIRMED")
    if one.place:
        event.add("location", one.place)
    event.add("description", "\n".join([*_said(one), "", page, *(["", notice] if notice else [])]))
    event.add("url", page)
    _when(event, one)
    return event


def _when(event: Event, one: Occasion) -> None:
    """Without hours the whole day, which keeps nobody from other appointments."""
    if one.starts_at is None:
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(days=1))
    else:
        event.add("dtstart", datetime.combine(one.day, one.starts_at, REGION_TIME))
        if one.ends_at is not None:
            event.add("dtend", datetime.combine(one.day, one.ends_at, REGION_TIME))
    event.add("transp", "TRANSPARENT" if one.off or one.starts_at is None else "OPAQUE")


def _said(one: Occasion) -> list[str]:
    points = [f"{place}. {title}" for place, title in enumerate(one.agenda, start=1)]
    agenda = ["Agenda:", *points] if points else ["Er staat niets op de agenda."]
    return [f"Deze vergadering is {one.off}.", "", *agenda] if one.off else agenda


def _brussels() -> Timezone:
    """Since 1996 the clock changes at one in the morning, universal time, on the last Sundays of March and October."""
    zone = Timezone()
    zone.add("tzid", REGION_TIME.key)
    for made, name, begins, month, before, after in (
        (TimezoneDaylight(), "CEST", datetime(1996, 3, 31, 2), 3, WINTER, SUMMER),  # noqa: DTZ001 - the wall's own time
        (TimezoneStandard(), "CET", datetime(1996, 10, 27, 3), 10, SUMMER, WINTER),  # noqa: DTZ001
    ):
        made.add("tzname", name)
        made.add("dtstart", begins)
        made.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        made.add("tzoffsetfrom", before)
        made.add("tzoffsetto", after)
        zone.add_component(made)
    return zone
