"""The report of the meeting on its page: the same words as on paper, whether it is a draft, and how it is approved."""

from typing import Any

from dash import Input, Output, State, html, no_update
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.auth import callback, current_viewer
from portal.commands.meetings.minutes import approve_minutes
from portal.components.cards import card, cards, nothing_found, source_line
from portal.components.editing import button
from portal.components.links import download
from portal.components.tables import Column, small_table
from portal.pages.given import Clicks, Written, row_number
from portal.pages.outcome import Told, attempt, told_box
from portal.pages.steering import asks
from portal.pages.steering.asks import Seen
from portal.pages.steering.filters import Ids, Parts
from portal.permissions import Permission, RowNotFound, Viewer
from portal.snapshots.minutes import ALSO, CORRECTED, PROMISED, PROMISES, Minutes

QUESTION = "Wat is het verslag?"
PACK = "/download/steering/pack-{spot}.docx"
APPROVING = "De vergadering die volgt, ging akkoord met dit verslag. Daarna is het geen ontwerp meer."


def minutes_card(seen: Seen) -> Component:
    """What stands on paper, in the same words."""
    told = seen.minutes
    if not seen.kept:
        none = nothing_found("verslag", "Wat deze vergadering zag, is niet bewaard.")
        return cards(card(QUESTION, none))
    asked = "?extract=conferentie" if seen.extract else ""
    word = PACK.format(spot=seen.header.spot) + asked
    body = [
        html.P([html.B(told.when), f" · {told.stands}"]),
        *[html.P([html.B(f"{word}: "), names]) for word, names in told.presence],
        *[part for point in told.points for part in (html.H3(point.title), *_lines(point.told))],
        *([html.H3(ALSO), *_lines(told.loose)] if told.loose else []),
        _promised(told),
        *([html.H3(CORRECTED), *_lines(told.corrections)] if told.corrections else []),
    ]
    foot = html.Div([source_line("verslag van de vergadering", seen.as_of), download(word, "Download als Word")])
    return cards(card(told.title, *body, foot=foot, flows=True))


def _lines(lines: tuple[tuple[str, str], ...]) -> list[Component]:
    return [html.P([html.B(f"{word}: "), text], className="minuted") for word, text in lines]


def _promised(told: Minutes) -> Component | None:
    if not told.promises:
        return None
    rows = [[one.serial, one.who, one.what, one.due] for one in told.promises]
    table = small_table(PROMISED, [Column(word) for word in PROMISES], rows)
    return html.Div([html.H3(PROMISED), table])


def approving(seen: Seen, viewer: Viewer) -> Component | None:
    """For who may, once it is frozen and as long as it is a draft."""
    draft = seen.frozen and seen.kept and seen.approved_on is None
    if not draft or not viewer.may(Permission.FREEZE_MEETINGS):
        return None
    send = button(Parts.APPROVE_SEND, "Keur het verslag goed", main=True)
    return html.Div([html.P(APPROVING), send, html.Div(id=Parts.APPROVE_SAID)], className="edit-form")


def approve(viewer: Viewer, sent: str) -> Told:
    """From now on it is no draft, or tells why not."""
    meeting, colon, version = sent.partition(":")
    if not colon:
        raise RowNotFound("meeting")
    meeting_id, seen_version = row_number(meeting), row_number(version)

    def act(session: Session) -> Told:
        row = approve_minutes(session, viewer, meeting_id=meeting_id, version=seen_version)
        return Told(f"Het verslag van {row.body.label} {row.number} is goedgekeurd.")

    return attempt(act)


@callback(Permission.VIEW_PORTAL, Output(Ids.APPROVE, "children"), Input(Ids.READY, "data"), prevent_initial_call=True)
def offer_approving(query: str) -> Component | None:
    seen = asks.seen(viewer := current_viewer(), query)
    return approving(seen, viewer) if seen else None


@callback(
    Permission.FREEZE_MEETINGS,
    Output(Parts.APPROVE_SAID, "children"),
    Input(Parts.APPROVE_SEND, "n_clicks"),
    State(Ids.MEETING, "data"),
    prevent_initial_call=True,
)
def approve_report(clicks: Clicks, meeting: Written) -> Any:
    return told_box(approve(current_viewer(), meeting or "")) if clicks else no_update
