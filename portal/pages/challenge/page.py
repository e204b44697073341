"""One challenge: what it is, who has it too, and what answers it."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from urllib.parse import parse_qsl

import pandas as pd
from dash import Input, Output, dcc, html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.auth import callback, current_viewer
from portal.components.cards import card, cards, skeleton, skeleton_card
from portal.components.frame import Crumb, missing, page_header
from portal.components.links import inside
from portal.components.tables import Cell, facts
from portal.components.tags import Tone, tag, word_tag
from portal.db.engine import reading
from portal.pages.cards import Card, Meant, offering
from portal.pages.columns import WRAPS, days, dots, link, numbers, text, word, written
from portal.pages.editing.places import form_place
from portal.pages.history import history_card, history_of_a
from portal.pages.linking import link_place
from portal.pages.partner.sharing import people
from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state
from portal.queries.inventory.challenges import ALSO_AT_MOST, ChallengeDetail, challenge_detail, challenge_exists
from portal.queries.inventory.counts import PartnerName
from portal.queries.inventory.likeness import like_challenges
from portal.queries.partners.partners import Contact, contacts_of
from portal.text import day, in_words, listed, plural
from portal.vocabulary import ChallengeStatus, Phase


class Ids(StrEnum):
    CODE = "challenge-code"
    HEAD = "challenge-head"
    BODY = "challenge-body"
    ABOUT = "challenge-about"
    ALIKE = "challenge-alike"
    ELSEWHERE = "challenge-elsewhere"
    HISTORY = "challenge-history"


SOURCE = "inventaris in het portaal"


def meant(session: Session, viewer: Viewer, query: str) -> Meant[ChallengeDetail]:
    """The challenge that an address names. Raises RowNotFound for one the viewer may not know of."""
    found = challenge_detail(session, viewer, dict(parse_qsl(query)).get("code", ""))
    return Meant(found, query_of(found), (f"uitdaging: {found.code} {found.title}",))


def query_of(found: ChallengeDetail) -> str:
    return f"code={found.code}"


ALSO: Card[ChallengeDetail] = Card(
    *("challenge", "ook-bij", "Wie heeft deze uitdaging ook?", f"{SOURCE}; zelfde dienst en thema"),
    sheet="Ook bij",
    columns=(
        written("code", "Code"),
        link("title", "Uitdaging", "/uitdaging/", grow=3, width=150, **WRAPS),
        link("partner", "Bestuur", "/gemeente/", "partner_slug", width=120),
        dots("urgency", "Urgentie", 3, width=95),
        *(written("status", "Status"), written("project_code", "Code project")),
        link("project_title", "Project", "/project/", "project_code", grow=2, width=130, **WRAPS),
    ),
    rows=lambda session, viewer, found: found.also_at,
)
PROJECTS: Card[ChallengeDetail] = Card(
    *("challenge", "projecten", "Wat beantwoordt deze uitdaging?", "projecten in het portaal"),
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
)
ALIKE: Card[ChallengeDetail] = Card(
    *("challenge", "lijkt-op", "Waar lijkt deze uitdaging op?"),
    source="gelijkenis van titels en omschrijvingen; een suggestie, niets wordt samengevoegd",
    sheet="Lijkt op",
    columns=(
        written("code", "Code"),
        link("title", "Uitdaging", "/uitdaging/", grow=3, width=150, **WRAPS),
        link("partner", "Bestuur", "/gemeente/", "partner_slug", width=120),
        word("status", "Status", ChallengeStatus, book="status_label", width=125),
        text("why", "Waarom", grow=3, width=150, **WRAPS),
        numbers("score", "Gelijkenis (op 100)", width=110),
    ),
    rows=lambda session, viewer, found: like_challenges(session, viewer, found.code),
)
HISTORY = history_of_a("challenge")
DOWNLOADS = offering(meant, ALSO, PROJECTS, ALIKE, HISTORY)


CRUMBS = (Crumb("Overzicht", "/"), Crumb("Inventaris", "/inventaris"))
NAMED = 3
MOST_TO_CALL = 5
URGENT = 3
URGENCIES = {3: "hoog", 2: "middel", 1: "laag"}


def opening(challenge: ChallengeDetail, as_of: date) -> Component:
    head = page_header(challenge.title, [*CRUMBS, Crumb(challenge.code)], as_of, story(challenge))
    return html.Div([head, html.Div(_tags(challenge), className="tags")])


def story(challenge: ChallengeDetail) -> list[str | Component]:
    """Who reported it, who has it too, what answers it; the last two in bold."""
    told = f"Gemeld door {challenge.partner}. "
    if not challenge.is_open:
        return [told, html.B(f"Deze uitdaging is {challenge.status.label}"), "."]
    return [told, html.B(_elsewhere(challenge)), "; ", html.B(_answered(challenge)), "."]


def _elsewhere(challenge: ChallengeDetail) -> str:
    names = [partner.title for partner in challenge.also_at_partners]
    if not names:
        return "Niemand anders meldde hetzelfde"
    if len(names) <= NAMED:
        return f"Leeft ook bij {listed(names)}"
    return f"Leeft ook bij {in_words(len(names))} andere besturen"


def _answered(challenge: ChallengeDetail) -> str:
    if not challenge.living:
        return "er loopt nog geen project voor"
    return (
        "één project werkt eraan" if challenge.living == 1 else f"{in_words(challenge.living)} projecten werken eraan"
    )


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
    hint = "Een coalitie kan starten wanneer anderen ze ook hebben." if challenge.also_at_partners else ""
    foot = PROJECTS.foot(as_of, query_of(challenge))
    none = ("project dat hieraan werkt", hint)
    return PROJECTS.drawn(challenge.projects, foot, none=none, span=5, row_id="code")


def also_card(challenge: ChallengeDetail, as_of: date) -> Component:
    cut = f"De eerste {ALSO_AT_MOST}. " if len(challenge.also_at) == ALSO_AT_MOST else ""
    return ALSO.drawn(
        challenge.also_at,
        ALSO.foot(as_of, query_of(challenge)),
        none=("gelijke uitdagingen", "Geen ander bestuur meldde iets in dezelfde dienst en hetzelfde thema."),
        sub=f"{cut}Dienst {challenge.service}, thema {challenge.theme}.",
        span=7,
        height=330,
        row_id="code",
    )


def alike_card(challenge: ChallengeDetail, alike: pd.DataFrame, as_of: date) -> Component:
    """The challenges of other partners with the same question in other words, most alike first."""
    none = ("uitdagingen die hierop lijken", "Geen ander bestuur verwoordde iets dat hierop lijkt.")
    foot = ALIKE.foot(as_of, query_of(challenge))
    return ALIKE.drawn(alike, foot, none=none, sub=told(alike), row_id="code")


def told(alike: pd.DataFrame) -> str:
    """How many, and at how many partners."""
    many = plural(len(alike), "uitdaging lijkt", "uitdagingen lijken")
    return f"{many} hierop, bij {plural(int(alike['partner'].nunique()), 'ander bestuur', 'andere besturen')}."


def to_call(challenge: ChallengeDetail) -> list[PartnerName]:
    """The partner that reported it, then those that have it too; as many as a person will call."""
    reported = PartnerName(challenge.partner_slug, challenge.partner)
    return [reported, *challenge.also_at_partners][:MOST_TO_CALL]


def call_card(challenge: ChallengeDetail, contacts: Sequence[Contact]) -> Component:
    """The directors of `to_call`, and what to do where nobody is known."""
    called = {one.title: people(contacts, one.slug) for one in to_call(challenge)}
    lines: list[tuple[str, Cell]] = [(name, known) for name, known in called.items() if known is not None]
    silent = listed([name for name, known in called.items() if known is None])
    said = [f"Van {silent} is nog niemand aangemeld. Vraag het de projectcoördinator."] if silent else []
    if len(challenge.also_at_partners) >= MOST_TO_CALL:
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
        cards(skeleton_card(ALSO.question, 330, span=7), skeleton_card("Wie belt u?", 200, span=5), id=Ids.ELSEWHERE),
        cards(skeleton_card(ALIKE.question, 200), id=Ids.ALIKE),
        cards(skeleton_card(HISTORY.question, 160), id=Ids.HISTORY),
    ]
    head = html.Div(skeleton(120), id=Ids.HEAD, className="page-head")
    edit = form_place("uitdagingen", code, refreshes=[Ids.CODE])
    linking = link_place("challenge", code, refreshes=[Ids.CODE])
    return html.Div([dcc.Store(id=Ids.CODE, data=code), head, edit, linking, html.Div(rows, id=Ids.BODY)])


Cards = list[Component]


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.HEAD, "children"),
    Output(Ids.ABOUT, "children"),
    Output(Ids.ELSEWHERE, "children"),
    Output(Ids.BODY, "hidden"),
    Input(Ids.CODE, "data"),
)
def show_challenge(code: str) -> tuple[Component, Cards, Cards, bool]:
    viewer = current_viewer()
    with reading() as session:
        as_of = portal_state(session).as_of
        if not challenge_exists(session, viewer, code):
            return missing(CRUMBS, as_of, "uitdaging", "Zoek ze op in de inventaris."), [], [], True
        found = challenge_detail(session, viewer, code)
        contacts = contacts_of(session, viewer, [one.slug for one in to_call(found)])
    about = [about_card(found), projects_card(found, as_of)]
    return opening(found, as_of), about, [also_card(found, as_of), call_card(found, contacts)], False


@callback(Permission.VIEW_PORTAL, Output(Ids.ALIKE, "children"), Input(Ids.CODE, "data"))
def show_alike(code: str) -> Component:
    with reading() as session:
        found = challenge_detail(session, current_viewer(), code)
        alike = like_challenges(session, current_viewer(), code)
        as_of = portal_state(session).as_of
    return alike_card(found, alike, as_of)


@callback(Permission.VIEW_PORTAL, Output(Ids.HISTORY, "children"), Input(Ids.CODE, "data"))
def show_history(code: str) -> Component:
    with reading() as session:
        found = challenge_detail(session, current_viewer(), code)
        changes = HISTORY.rows(session, current_viewer(), found)
        as_of = portal_state(session).as_of
    return history_card(HISTORY, changes, HISTORY.foot(as_of, query_of(found)))
