"""The cards of a challenge's page that are tables, and the challenge that an address means."""

from urllib.parse import parse_qsl

import pandas as pd
from sqlalchemy.orm import Session

from portal.pages.cards import Card, Meant, offering
from portal.pages.columns import WRAPS, date, dots, link, number, text, word, written
from portal.pages.history import history_of_a
from portal.permissions import Viewer
from portal.queries.inventory.challenges import ChallengeDetail, challenge_detail
from portal.queries.inventory.likeness import like_challenges
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
        date("end_expected", "Verwacht", width=110),
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
        number("score", "Gelijkenis (op 100)", width=110),
    ),
    rows=_alike,
)
HISTORY = history_of_a("challenge")
DOWNLOADS = offering(meant, ALSO, PROJECTS, ALIKE, HISTORY)
