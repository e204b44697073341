"""Vastleggen: what it means, the day the meeting was held, and what became of it."""

from datetime import date
from typing import Any

from dash import html
from dash.development.base_component import Component

from portal import clock, text
from portal.commands.base import Refused
from portal.commands.meetings.freezing import freeze_meeting
from portal.components.aria import named
from portal.components.editing import button, day, labelled, opener
from portal.pages.given import number
from portal.pages.steering import words
from portal.pages.steering.answers import Seen
from portal.pages.steering.ids import Parts
from portal.pages.told import Told, attempt
from portal.permissions import Permission, RowNotFound, Viewer
from portal.queries.meetings.meetings import live_report
from portal.values import Day, Wrong

HELD_ON = "Gehouden op"


def freezing(seen: Seen, viewer: Viewer) -> Component | None:
    """Nothing for a meeting that is frozen, nor for who may not freeze."""
    if seen.frozen or not viewer.may(Permission.FREEZE_MEETINGS):
        return None
    today = clock.today()
    held_on = day(Parts.FREEZE_ON, text.day(min(seen.header.day, today)), HELD_ON, latest=today)
    return opener(
        "Vastleggen …",
        html.Div(
            [
                html.P(words.FREEZING),
                labelled(Parts.FREEZE_ON, HELD_ON, held_on),
                html.Div(
                    button(Parts.FREEZE_SEND, f"Leg {seen.header.name} vast", main=True), className="edit-choices"
                ),
                html.Div(id=Parts.FREEZE_SAID),
            ],
            className="edit-form freezing",
            role="group",
            **named("Vastleggen"),
        ),
    )


def spot(seen: Seen) -> str:
    """The meeting, and the version of it that is on the screen; as the page carries it ("21:4")."""
    return f"{seen.id}:{seen.version}"


def freeze(viewer: Viewer, sent: str, held_on: str) -> Told:
    """Keeps what the meeting sees now, or tells why not; then nothing changed."""
    meeting, colon, version = sent.partition(":")
    if not colon:
        raise RowNotFound("meeting")
    meeting_id, seen_version = number(meeting), number(version)
    held = _day(held_on)
    return attempt(
        lambda session: _done(
            freeze_meeting(
                session,
                viewer,
                meeting_id=meeting_id,
                version=seen_version,
                held_on=held,
                see=lambda session, row, held_on: live_report(session, row, frozen_on=held_on),
            )
        )
    )


def _done(row: Any) -> Told:
    return Told(f"{row.body.label} {row.number} is vastgelegd; wat ze zag, blijft voortaan zo staan.")


def _day(typed: str) -> date | None:
    """None for an empty field: then it was held as planned."""
    try:
        held: date | None = Day().read(typed)
    except Wrong as wrong:
        raise Refused(f"{HELD_ON}: {wrong}") from wrong
    return held
