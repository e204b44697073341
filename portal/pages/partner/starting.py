"""How a municipality without challenges begins: what others report and it may have too, and where it can join."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from dash import ALL, MATCH, Input, Output, html, no_update
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.auth import callback, current_viewer
from portal.commands.inventory.challenges import have_not, have_too
from portal.components import editing as parts
from portal.components.cards import card, nothing_found, source_line
from portal.components.links import inside
from portal.components.tables import Cell, Column, small_table
from portal.pages.editing.places import add_place
from portal.pages.given import Clicks, pressed_id, row_number
from portal.pages.outcome import Told, attempt, told_box
from portal.pages.partner.questions import INVENTORY
from portal.pages.same_question import Line, covered, lines_of, of, whom
from portal.permissions import Permission, Viewer
from portal.queries.inventory.counts import PartnerName
from portal.queries.inventory.starting import (
    FirstQuestion,
    Joinable,
    Peers,
    first_questions,
    joinable,
    may_report,
    peers_of,
)
from portal.queries.partners.partners import Contact, contacts_of
from portal.text import listed, plural

QUESTION = "Wat leeft er bij buren en besturen van onze grootte?"
JOIN = "Waar kunnen wij bij?"
HEADINGS = ("Vraag", "Bij wie", "Wat antwoordt erop", "Wie belt u")
SHOWN = 4


class Part(StrEnum):
    """A PLACE holds the button, and then what became of it. The ACT of a challenge that was made takes it back."""

    PLACE = "have-place"
    ACT = "have-act"


def place_id(slug: str, like: str) -> dict[str, str]:
    return {"type": Part.PLACE.value, "own": slug, "like": like}


def act_id(slug: str, like: str, code: str = "", version: int = 0) -> dict[str, str]:
    """`code` and `version` of what was made; without them the button that makes it."""
    return {"type": Part.ACT.value, "own": slug, "like": like, "code": code, "version": str(version)}


@dataclass(frozen=True, slots=True)
class Start:
    """What the cards of a beginning show; `may_report`: with the buttons and the form of a first challenge."""

    peers: Peers
    questions: list[FirstQuestion]
    joinable: list[Joinable]
    contacts: list[Contact]
    may_report: bool


def start_of(session: Session, viewer: Viewer, slug: str) -> Start:
    questions = first_questions(session, viewer, slug)
    called = {partner.slug for one in questions for partner in one.peers}
    return Start(
        peers=peers_of(session, slug),
        questions=questions,
        joinable=joinable(session, viewer, slug),
        contacts=contacts_of(session, viewer, called),
        may_report=may_report(session, viewer, slug),
    )


def start_cards(
    slug: str, start: Start, as_of: date, refreshes: Sequence[str], counted: Sequence[str]
) -> list[Component]:
    return [start_card(slug, start, as_of, refreshes, counted), join_card(start, as_of)]


def start_card(
    slug: str, start: Start, as_of: date, refreshes: Sequence[str], counted: Sequence[str] = (), *, shown: int = SHOWN
) -> Component:
    """`refreshes`: the stores whose callbacks draw what a first challenge changes; `counted`: those that only count it,
    so that after one click the next stands there still."""
    lines = lines_of(HEADINGS, QUESTION, [_line(slug, one, start) for one in start.questions], shown)
    none = nothing_found("vragen bij buren", "Er zijn nog geen onderwerpen die bij twee besturen leven.")
    form = [add_place("uitdagingen", slug, refreshes)] if start.may_report else []
    marks: dict[str, Any] = {"data-refreshes": json.dumps(list(counted))}
    return card(
        QUESTION,
        html.Div(lines or [none], **marks),
        *form,
        sub=_who(start.peers),
        foot=source_line(f"onderwerpen van {INVENTORY}", as_of),
        flows=True,
    )


def _who(peers: Peers) -> str:
    """Who they are."""
    beside = f"Buren: {listed([one.title for one in peers.neighbours])}. " if peers.neighbours else ""
    sized = f"Van onze grootte: {listed([one.title for one in peers.same_size])}." if peers.same_size else ""
    return beside + sized


def _line(slug: str, one: FirstQuestion, start: Start) -> Line:
    asking = [_asked(slug, one)] if start.may_report else []
    more = one.partners - len(one.peers)
    who = [*_named(one.peers), *([html.Small(f"en nog {plural(more, 'bestuur', 'besturen')}")] if more else [])]
    head: list[Component | str] = [inside(one.title, f"/uitdaging/{one.code}"), html.Small(one.subject), *asking]
    return Line(head, (who, covered(one.cover, None), whom(one.peers, start.contacts)))


def _named(partners: Sequence[PartnerName]) -> list[Component | str]:
    return [part for place, one in enumerate(partners) for part in ([", "] if place else []) + [of(one)]]


def _asked(slug: str, one: FirstQuestion) -> Component:
    return html.Div(_button(slug, one.code, one.title), id=place_id(slug, one.code), className="same-place")


def _button(slug: str, like: str, about: str) -> list[Component]:
    pressed = act_id(slug, like)
    return [parts.button(pressed, "hebben wij ook", about=about)]


def join_card(start: Start, as_of: date) -> Component:
    """Shared projects that the partner is not in yet, and why them."""
    rows: list[list[Cell]] = [[inside(one.title, f"/project/{one.code}"), _why(one)] for one in start.joinable[:SHOWN]]
    table = small_table(JOIN, [Column("Coalitie"), Column("Wie doet al mee")], rows)
    said = table if rows else nothing_found("coalities om bij te komen", "Wij zijn overal gevraagd of doen al mee.")
    way = html.P(inside("Alle coalities", "/coalities"))
    return card(JOIN, said, way, foot=source_line("deelnames in het portaal", as_of))


def _why(one: Joinable) -> str:
    joined = f"{plural(one.partners, 'bestuur', 'besturen')} doen mee" if one.partners > 1 else "één bestuur doet mee"
    return f"{listed([peer.title for peer in one.peers])}; {joined}" if one.peers else joined


def adopt(viewer: Viewer, slug: str, like: str) -> tuple[Told, str, int]:
    """What became of it, and the code and version of the challenge that was made ("" and 0 when refused)."""
    made: list[tuple[str, int]] = []

    def act(session: Session) -> Told:
        row = have_too(session, viewer, partner=slug, like=like)
        made.append((row.code, row.version))
        return Told(f"Toegevoegd als {row.code}.", href=f"/uitdaging/{row.code}")

    told = attempt(act)
    return told, *(made[0] if made and not told.refused else ("", 0))


def leave(viewer: Viewer, code: str, version: int, like: str) -> Told:
    def act(session: Session) -> Told:
        have_not(session, viewer, code=code, version=version, like=like)
        return Told("Ongedaan gemaakt.")

    return attempt(act)


@callback(
    Permission.EDIT_INVENTORY,
    Output({"type": Part.PLACE.value, "own": MATCH, "like": MATCH}, "children"),
    Input({"type": Part.ACT.value, "own": MATCH, "like": MATCH, "code": ALL, "version": ALL}, "n_clicks"),
    prevent_initial_call=True,
)
def save_own(clicks: list[Clicks]) -> Any:
    if not any(clicks):
        return no_update
    by = pressed_id()
    own, like = by["own"], by["like"]
    if by["code"]:
        told = leave(current_viewer(), by["code"], row_number(by["version"]), like)
        return [told_box(told), *([] if told.refused else _button(own, like, like))]
    told, code, version = adopt(current_viewer(), own, like)
    undo = parts.button(act_id(own, like, code, version), "Ongedaan maken", about=code)
    return [told_box(told), *([undo] if code else [])]
