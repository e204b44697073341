"""One challenge: what it is, who has it too, and what answers it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl, urlencode

from dash import MATCH, Input, Output, dcc, html, no_update
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.auth import callback, current_viewer
from portal.components.cards import card, cards, nothing_found, skeleton, skeleton_card
from portal.components.frame import Crumb, missing, page_header
from portal.components.links import inside
from portal.components.tables import Cell, facts
from portal.components.tags import Tone, tag, word_tag
from portal.db.engine import reading
from portal.exports.workbook import Kind
from portal.pages.cards import Card, Meant, offering
from portal.pages.challenge.words import story
from portal.pages.columns import WRAPS, days, link, text, told, word, written
from portal.pages.editing.places import form_place
from portal.pages.given import Clicks, pressed_id
from portal.pages.history import history_card, history_of_a
from portal.pages.linking import link_place
from portal.pages.partner.questions import SOURCE as SAME_SOURCE
from portal.pages.partner.questions import people
from portal.pages.same_question import SHOWN, covered, more, more_id, pair_table, rest_id
from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state
from portal.queries.inventory.challenges import ChallengeDetail, SameChallenge, challenge_detail, challenge_exists
from portal.queries.inventory.counts import PartnerName
from portal.queries.partners.partners import Contact, contacts_of
from portal.text import day, listed
from portal.vocabulary import Phase


class Ids(StrEnum):
    CODE = "challenge-code"
    HEAD = "challenge-head"
    BODY = "challenge-body"
    ABOUT = "challenge-about"
    TOLD = "challenge-told"
    ELSEWHERE = "challenge-elsewhere"
    HISTORY = "challenge-history"


SOURCE = "inventaris in het portaal"


def meant(session: Session, viewer: Viewer, query: str) -> Meant[ChallengeDetail]:
    """The challenge that an address names. Raises RowNotFound for one the viewer may not know of."""
    found = challenge_detail(session, viewer, dict(parse_qsl(query)).get("code", ""))
    return Meant(found, query_of(found), (f"uitdaging: {found.code} {found.title}",))


def query_of(found: ChallengeDetail) -> str:
    return f"code={found.code}"


@dataclass(frozen=True, slots=True)
class Other(SameChallenge):
    """Another's challenge as the workbook tells it."""

    @property
    def name(self) -> str:
        return self.partner.title


SAME: Card[ChallengeDetail] = Card(
    *("challenge", "dezelfde-vraag", "Wie heeft dezelfde vraag?", SAME_SOURCE),
    sheet="Dezelfde vraag",
    of="challenge",
    columns=(
        *(written("code", "Code"), written("title", "Uitdaging"), written("name", "Bestuur")),
        *(written("status", "Status"), written("origin", "Dezelfde vraag"), written("why", "Want")),
        written("score", "Gelijkenis (op 100)", Kind.NUMBER),
        *(written("project_code", "Code traject"), written("project", "Wat antwoordt erop")),
        written("project_state", "Stand traject"),
    ),
    rows=lambda session, viewer, found: told(found.same, Other),
)
PROJECTS: Card[ChallengeDetail] = Card(
    *("challenge", "projecten", "Wat beantwoordt deze uitdaging?", "projecten in het portaal"),
    of="project",
    columns=(
        written("code", "Code"),
        link("title", "Project", "/project/", grow=2, width=150, **WRAPS),
        word("phase", "Fase", Phase, width=140),
        text("scope_label", "Schaal", width=115),
        written("reported_by", "Gemeld door"),
        days("end_expected", "Verwacht", width=110),
        written("health", "Gemeld"),
    ),
    rows=lambda session, viewer, found: found.projects,
    row_id="code",
)
HISTORY = history_of_a("challenge")
DOWNLOADS = offering(meant, SAME, PROJECTS, HISTORY)


CRUMBS = (Crumb("Overzicht", "/"), Crumb("Inventaris", "/inventaris"))
MOST_TO_CALL = 5
URGENT = 3
URGENCIES = {3: "hoog", 2: "middel", 1: "laag"}


def opening(challenge: ChallengeDetail, as_of: date) -> Component:
    head = page_header(challenge.title, [*CRUMBS, Crumb(challenge.code)], as_of, story(challenge))
    return html.Div([head, html.Div(_tags(challenge), className="tags")])


def _tags(challenge: ChallengeDetail) -> list[Component | str]:
    tone = Tone.ATTENTION if challenge.urgency == URGENT else Tone.PLAIN
    urgency = tag(f"urgentie {URGENCIES[challenge.urgency]}", tone, "●" * challenge.urgency)
    return [word_tag(challenge.status), " ", urgency, " ", word_tag(challenge.visibility)]


def about_card(challenge: ChallengeDetail) -> Component:
    known = facts(
        [
            ("Code", challenge.code),
            ("Bestuur", inside(challenge.partner, f"/gemeente/{challenge.partner_slug}")),
            ("Thema", challenge.theme),
            ("Dienst", challenge.service),
            ("Dimensie", challenge.dimension),
            ("Urgentie", f"{URGENCIES[challenge.urgency]} ({challenge.urgency} van 3)"),
            ("Status", challenge.status.label),
            ("Zichtbaar", challenge.visibility.label),
            ("Ingebracht door", challenge.raised_by or None),
            ("Geïnventariseerd", day(challenge.inventoried_on) if challenge.inventoried_on else None),
        ]
    )
    told = html.P(challenge.description or "Er is geen omschrijving.", className="told")
    return card("Waarover gaat het?", told, known, span=7)


def projects_card(challenge: ChallengeDetail, as_of: date) -> Component:
    hint = "Een coalitie kan starten: anderen hebben dezelfde vraag." if challenge.also_at else ""
    foot = PROJECTS.foot(as_of, query_of(challenge))
    if not challenge.projects and challenge.cover:
        through = html.P(covered(challenge.cover, None))
        return card(
            PROJECTS.question, through, sub="Gekoppeld aan dezelfde vraag bij een ander bestuur.", foot=foot, span=5
        )
    none = ("project dat hieraan werkt", hint)
    return PROJECTS.drawn(challenge.projects, foot, none=none, span=5)


def same_card(challenge: ChallengeDetail, as_of: date) -> Component:
    """Who has the same question, and beside each the answer of who may give it."""
    table = pair_table(challenge.code, challenge.same, answerable=challenge.answerable)
    none = nothing_found("dezelfde vraag bij een ander bestuur", "Niemand verwoordde iets dat hierop lijkt.")
    topic = urlencode({"dienst": challenge.service_code, "thema": challenge.theme_code})
    way = html.P(inside("Alles in zelfde dienst en thema", f"/inventaris?{topic}"), className="sub")
    marks: dict[str, Any] = {"data-refreshes": json.dumps([Ids.TOLD])}
    rest = more("challenge", challenge.code, table.left_out(SHOWN))
    body = html.Div([*(table.first(SHOWN) or [none]), rest], **marks)
    return card(SAME.question, body, way, foot=SAME.foot(as_of, query_of(challenge)), span=7, flows=True)


def to_call(challenge: ChallengeDetail) -> list[PartnerName]:
    """The partner that reported it, unless it is the viewer's own, then those with the same question; as many as a
    person will call."""
    reported = [] if challenge.own else [PartnerName(challenge.partner_slug, challenge.partner)]
    return [*reported, *challenge.also_at][:MOST_TO_CALL]


def call_card(challenge: ChallengeDetail, contacts: Sequence[Contact]) -> Component:
    """The directors of `to_call`, and what to do where nobody is known."""
    called = {one.title: people(contacts, one.slug) for one in to_call(challenge)}
    lines: list[tuple[str, Cell]] = [(name, known) for name, known in called.items() if known is not None]
    silent = listed([name for name, known in called.items() if known is None])
    said = [f"Van {silent} is nog niemand aangemeld. Vraag het de projectcoördinator."] if silent else []
    if len(challenge.also_at) >= MOST_TO_CALL:
        said.append("De anderen vindt u op de pagina van hun bestuur.")
    hints = [html.P(one, className="remark") for one in said]
    return card("Wie belt u?", facts(lines) if lines else None, *hints, span=5)


def layout(code: str = "", **_: str) -> Component:
    rows = [
        cards(
            skeleton_card("Waarover gaat het?", 330, span=7),
            skeleton_card(PROJECTS.question, 250, span=5),
            id=Ids.ABOUT,
        ),
        cards(skeleton_card(SAME.question, 330, span=7), skeleton_card("Wie belt u?", 200, span=5), id=Ids.ELSEWHERE),
        cards(skeleton_card(HISTORY.question, 160), id=Ids.HISTORY),
    ]
    head = html.Div(skeleton(120), id=Ids.HEAD, className="page-head")
    edit = form_place("uitdagingen", code, refreshes=[Ids.CODE])
    linking = link_place("challenge", code, refreshes=[Ids.CODE])
    stores = [dcc.Store(id=Ids.CODE, data=code), dcc.Store(id=Ids.TOLD, data=code)]
    return html.Div([*stores, head, edit, linking, html.Div(rows, id=Ids.BODY)])


Cards = list[Component]


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.HEAD, "children"),
    Output(Ids.BODY, "hidden"),
    Input(Ids.CODE, "data"),
    Input(Ids.TOLD, "data"),
)
def show_head(code: str, _: str) -> tuple[Component, bool]:
    with reading() as session:
        as_of = portal_state(session).as_of
        if not challenge_exists(session, current_viewer(), code):
            return missing(CRUMBS, as_of, "uitdaging", "Zoek ze op in de inventaris."), True
        return opening(challenge_detail(session, current_viewer(), code), as_of), False


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.ABOUT, "children"),
    Output(Ids.ELSEWHERE, "children"),
    Input(Ids.CODE, "data"),
)
def show_challenge(code: str) -> tuple[Cards, Cards]:
    viewer = current_viewer()
    with reading() as session:
        as_of = portal_state(session).as_of
        found = challenge_detail(session, viewer, code)
        contacts = contacts_of(session, viewer, [one.slug for one in to_call(found)])
    about = [about_card(found), projects_card(found, as_of)]
    return about, [same_card(found, as_of), call_card(found, contacts)]


@callback(
    Permission.VIEW_PORTAL,
    Output(rest_id("challenge", MATCH), "children"),
    Input(more_id("challenge", MATCH), "n_clicks"),
    prevent_initial_call=True,
)
def show_rest(clicks: Clicks) -> Any:
    if not clicks:
        return no_update
    with reading() as session:
        found = challenge_detail(session, current_viewer(), pressed_id()["of"])
    return pair_table(found.code, found.same, answerable=found.answerable).rest(SHOWN)


@callback(Permission.VIEW_PORTAL, Output(Ids.HISTORY, "children"), Input(Ids.CODE, "data"))
def show_history(code: str) -> Component:
    with reading() as session:
        found = challenge_detail(session, current_viewer(), code)
        changes = HISTORY.rows(session, current_viewer(), found)
        as_of = portal_state(session).as_of
    return history_card(HISTORY, changes, HISTORY.foot(as_of, query_of(found)))
