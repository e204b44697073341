"""A meeting as it is drawn, and how it is frozen."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from dash import html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal import clock, text
from portal.commands.base import Refused
from portal.commands.meetings.meetings import freeze_meeting
from portal.components.aria import named
from portal.components.cards import nothing_found
from portal.components.editing import button, day, labelled, opener
from portal.components.frame import Crumb, page_header, tab_links
from portal.components.links import inside
from portal.pages.given import row_number
from portal.pages.outcome import Told, attempt
from portal.pages.steering import agenda, cockpit, editing_order, minutes, news, radar, words
from portal.pages.steering.asks import Seen
from portal.pages.steering.cards import ACTIONS, CALENDAR, DECISIONS, foot
from portal.pages.steering.filters import PATH, SCREEN, SHOWN, Ids, Parts, address_of
from portal.permissions import Permission, RowNotFound, Viewer
from portal.queries.meetings.meetings import live_report
from portal.snapshots.extract import WITHHELD
from portal.snapshots.report import Header
from portal.text import moment
from portal.values import Day, Wrong
from portal.vocabulary import MeetingBody

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
    meeting_id, seen_version = row_number(meeting), row_number(version)
    try:
        held = Day().read(held_on)  # None for an empty field: then it was held as planned
    except Wrong as wrong:
        raise Refused(f"{HELD_ON}: {wrong}") from wrong

    def act(session: Session) -> Told:
        row = freeze_meeting(
            session,
            viewer,
            meeting_id=meeting_id,
            version=seen_version,
            held_on=held,
            see=lambda session, row, held_on: live_report(session, row, frozen_on=held_on),
        )
        return Told(f"{row.body.label} {row.number} is vastgelegd; wat ze zag, blijft voortaan zo staan.")

    return attempt(act)


Draw = Callable[[Seen], Component | list[Component] | None]
PACK = "/download/steering/pack-{body}-{number}.{form}"
FORMS = (("PowerPoint", "pptx"), ("Excel", "xlsx"), ("Verslag (Word)", "docx"))
EXTRACTS = ((MeetingBody.CONFERENCE, "de Conferentie"), (MeetingBody.EXELLO, "Exello"))
PRINTS: dict[str, Any] = {"data-print": ""}
BUTTON = "btn btn-outline-primary btn-sm"


def head(seen: Seen) -> Component:
    header = seen.header
    crumbs = [Crumb("Overzicht", "/"), Crumb(header.body.label, PATH if header.body is MeetingBody.STEERING else None)]
    told = page_header(words.title(header), [*crumbs, Crumb(str(header.number))], seen.as_of, words.opening(seen))
    ways = html.Div([_bodies(seen), _neighbours(seen)], className="meeting-ways")
    notes = [_kept(seen), html.P(WITHHELD, className="notice") if seen.withheld else None]
    return html.Div([html.Div([told, _buttons(seen), ways], className="meeting-head"), *notes, cockpit.figures(seen)])


def missing(*, first: bool) -> Component:
    """For an address that names no meeting this viewer may know of; `first`: there is none at all."""
    hint = "De coördinator plant de eerste." if first else "Dit bestaat niet of is voor u niet zichtbaar."
    said = nothing_found("vergaderingen" if first else "vergadering op dit adres", hint)
    return html.Div([html.H1("Stuurgroep" if first else "Niet gevonden"), said])


def _kept(seen: Seen) -> Component | None:
    """What frozen means, and the dated notes that correct what was frozen."""
    if not seen.frozen:
        return None
    notes = [
        html.Li([html.B(f"Nota van {moment(note.at)}"), f" · {note.by}" if note.by else "", html.P(note.text)])
        for note in seen.notes
    ]
    listed = [html.Ul(notes, className="plain notes")] if notes else []
    return html.Div([html.P(words.frozen(seen)), *listed], className="kept", role="note")


def _buttons(seen: Seen) -> Component:
    header = seen.header
    room = address_of(header.body, header.number, seen.against, **{SHOWN: SCREEN})
    marks: dict[str, Any] = {"data-presents": ""}
    shown = inside("▶ Presenteer", room, className="btn btn-primary btn-sm", **marks)
    return html.Div([shown, _bundle(seen)], className="buttons")


def _bundle(seen: Seen) -> Component:
    """Everything that goes out of the meeting, behind one button."""
    header = seen.header
    asked = {"extract": MeetingBody.CONFERENCE.value} if seen.extract else {}
    packs = [html.Li([_pack(header, *kind, **asked) for kind in FORMS])] if seen.kept else []
    more = _extracts(header) if seen.kept and not seen.extract else []
    printing = html.Li(html.Button("Druk af", type="button", className=BUTTON, **PRINTS))
    return html.Details(
        [html.Summary("Maak de bundel", className=BUTTON), html.Ul([*packs, *more, printing])], className="extracts"
    )


def _pack(header: Header, name: str, form: str, **asked: str) -> Component:
    query = "".join(f"?{key}={value}" for key, value in asked.items())
    path = PACK.format(body=header.body.value, number=header.number, form=form)
    return html.A(name, href=path + query, className=BUTTON)


def _extracts(header: Header) -> list[Component]:
    return [
        html.Li([html.Span(f"Uittreksel voor {name}"), *(_pack(header, *kind, extract=body.value) for kind in FORMS)])
        for body, name in EXTRACTS
    ]


def _bodies(seen: Seen) -> Component:
    """A way to each body that has a meeting this viewer may know of."""
    links = [Crumb(body.label, address_of(body, number)) for body, number in seen.numbers.items()]
    here = seen.header.body
    current = address_of(here, seen.numbers[here]) if here in seen.numbers else ""
    return tab_links(links, current, "Wie vergadert")


def _neighbours(seen: Seen) -> Component:
    """The meeting before and the one after, of the same body."""
    mine = [row for row in seen.meetings if row.body is seen.header.body]
    place = next((at for at, row in enumerate(mine) if row.number == seen.header.number), None)
    before = mine[place - 1] if place else None
    after = mine[place + 1] if place is not None and place + 1 < len(mine) else None
    links = [
        *([inside(f"‹ {before.name}", address_of(before.body, before.number))] if before else []),
        *([inside(f"{after.name} ›", address_of(after.body, after.number))] if after else []),
    ]
    return html.Nav(links, className="neighbours", **named("Vorige en volgende vergadering"))


DRAWN: Sequence[Mapping[str, Draw]] = (
    *({str(place): partial(news.topic_part, topic=topic)} for topic, place in news.TOPICS.items()),
    {Ids.PROMISED: news.promised_card},
    {Ids.STUCK: news.stuck_card},
    {Ids.QUIET: radar.quiet_card},
    {Ids.COLOURS: news.colours_card},
    {Ids.RISKS: news.risks_card},
    {Ids.MONEY: news.money_card},
    {Ids.PROPOSED: editing_order.proposed},
    {Ids.DECISIONS: agenda.decisions_body, DECISIONS.source_id: partial(foot, DECISIONS)},
    {Ids.ACTIONS: agenda.actions_body, ACTIONS.source_id: partial(foot, ACTIONS)},
    {Ids.MINUTES: minutes.minutes_card},
    {Ids.CALENDAR: agenda.calendar_body, CALENDAR.source_id: partial(foot, CALENDAR)},
)
"""What stands in each place of the page, drawn of what is seen; a few at a time, so that no answer is large."""
