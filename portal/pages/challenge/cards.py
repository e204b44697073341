"""One challenge as it is drawn, and what its cards ask."""

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import parse_qsl

import pandas as pd
from dash import html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.components.cards import card, nothing_found
from portal.components.frame import Crumb, page_header
from portal.components.links import inside
from portal.components.tables import Cell, facts
from portal.components.tags import Tone, tag, word_tag
from portal.pages.cards import Card, Meant, offering
from portal.pages.columns import WRAPS, days, dots, link, numbers, text, word, written
from portal.pages.history import history_of_a
from portal.permissions import Viewer
from portal.queries.inventory.challenges import ALSO_AT_MOST, ChallengeDetail, challenge_detail
from portal.queries.inventory.counts import PartnerName
from portal.queries.inventory.likeness import like_challenges
from portal.text import day, in_words, listed, plural
from portal.vocabulary import ChallengeStatus, Phase

SOURCE = "inventaris in het portaal"


def meant(session: Session, viewer: Viewer, query: str) -> Meant[ChallengeDetail]:
    """The challenge that an address names. Raises RowNotFound for one the viewer may not know of."""
    found = challenge_detail(session, viewer, dict(parse_qsl(query)).get("code", ""))
    return Meant(found, query_of(found), (f"uitdaging: {found.code} {found.title}",))


def query_of(found: ChallengeDetail) -> str:
    return f"code={found.code}"


def _alike(session: Session, viewer: Viewer, found: ChallengeDetail) -> pd.DataFrame:
    return like_challenges(session, viewer, found.code)


ALSO: Card[ChallengeDetail] = Card(
    *("challenge", "ook-bij", "Wie heeft deze uitdaging ook?", f"{SOURCE}; zelfde dienst en thema"),
    sheet="Ook bij",
    columns=(
        written("code", "Code"),
        link("title", "Uitdaging", "/uitdaging/", grow=3, width=150, **WRAPS),
        link("partner", "Bestuur", "/gemeente/", "partner_slug", width=120),
        dots("urgency", "Urgentie", 3, width=95),
        *(written("status_label", "Status"), written("project_code", "Code project")),
        link("project_title", "Project", "/project/", "project_code", grow=2, width=130, **WRAPS),
    ),
    rows=lambda session, viewer, found: found.also_at,
)
PROJECTS: Card[ChallengeDetail] = Card(
    *("challenge", "projecten", "Wat beantwoordt deze uitdaging?", "projecten in het portaal"),
    columns=(
        written("code", "Code"),
        link("title", "Project", "/project/", grow=2, width=150, **WRAPS),
        word("phase", "Fase", Phase, book="phase_label", width=140),
        text("scope_label", "Schaal", width=115),
        written("reported_by", "Gemeld door"),
        days("end_expected", "Verwacht", width=110),
        written("health_label", "Gemeld"),
    ),
    rows=lambda session, viewer, found: found.projects,
)
ALIKE = Card(
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
    rows=_alike,
)
HISTORY = history_of_a("challenge")
DOWNLOADS = offering(meant, ALSO, PROJECTS, ALIKE, HISTORY)


CRUMBS = (Crumb("Overzicht", "/"), Crumb("Inventaris", "/inventaris"))
NAMED = 3
MOST_TO_CALL = 5
URGENT = 3
URGENCIES = {3: "hoog", 2: "middel", 1: "laag"}


def missing(as_of: date) -> Component:
    """For an address inside the portal that names no challenge, or none this viewer may know of."""
    nothing = nothing_found("uitdaging op dit adres", "Zoek ze op in de inventaris.")
    return html.Div([page_header("Niet gevonden", CRUMBS, as_of), nothing])


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
    living = int(challenge.projects["living"].sum())
    if not living:
        return "er loopt nog geen project voor"
    return "één project werkt eraan" if living == 1 else f"{in_words(living)} projecten werken eraan"


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


def call_card(challenge: ChallengeDetail, contacts: pd.DataFrame) -> Component:
    """The directors of `to_call`, and what to do where nobody is known."""
    called = to_call(challenge)
    people = {one.title: contacts[contacts["partner_slug"] == one.slug].to_dict("records") for one in called}
    lines: list[tuple[str, Cell]] = [
        (name, html.Div([html.Div([f"{one['name']}: ", _mail(one["email"])]) for one in found]))
        for name, found in people.items()
        if found
    ]
    return card("Wie belt u?", facts(lines) if lines else None, *_hints(challenge, people), span=5)


def _hints(challenge: ChallengeDetail, people: Mapping[str, Sequence[object]]) -> list[Component]:
    silent = listed([name for name, found in people.items() if not found])
    said = [f"Van {silent} is nog niemand aangemeld. Vraag het de projectcoördinator."] if silent else []
    if len(challenge.also_at_partners) >= MOST_TO_CALL:
        said.append("De anderen vindt u op de pagina van hun bestuur.")
    return [html.P(one, className="remark") for one in said]


def _mail(address: str) -> Component:
    return html.A(address, href=f"mailto:{address}")
