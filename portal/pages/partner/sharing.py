"""Who shares the partner's challenges, and what answers them."""

from datetime import date

import pandas as pd
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.exports.workbook import Kind
from portal.pages.cards import Card
from portal.pages.columns import WRAPS, link, text, written
from portal.pages.partner.words import INVENTORY, query_of, whose
from portal.permissions import Viewer
from portal.queries.inventory.likeness import sharing_partners
from portal.queries.partners.partners import PartnerDetail

CANDIDATE, NONE_YET, ALONE = "kandidaat-coalitie", "nog geen", "–"
NAMED = 2


def _rows(session: Session, viewer: Viewer, partner: PartnerDetail) -> pd.DataFrame:
    return shared_rows(sharing_partners(session, viewer, partner.slug))


SHARED = Card(
    *("partner", "gedeeld", "Wie deelt de uitdagingen?", f"{INVENTORY}; zelfde dienst en thema"),
    columns=(
        written("code", "Code"),
        link("title", "Uitdaging", "/uitdaging/", grow=4, width=140, **WRAPS),
        *(written("theme", "Thema"), written("service", "Dienst"), written("urgency", "Urgentie", Kind.NUMBER)),
        written("shared_with", "Ook bij (aantal)", Kind.NUMBER),
        text("briefly", "Ook bij", book="also_at", grow=3, width=110, **WRAPS | {"tooltipField": "also_at"}),
        written("project_code", "Code traject"),
        link("answer", "Traject", "/project/", "project_code", grow=3, width=110, **WRAPS),
    ),
    rows=_rows,
)


def shared_rows(sharing: pd.DataFrame) -> pd.DataFrame:
    """The frame of `sharing_partners`, with `also_at` (every name, "–" for nobody), `briefly` (the first names and how
    many more) and `answer`: the project's title, or "kandidaat-coalitie" when others have it too and nothing answers
    it, or "nog geen"."""
    answers = [
        row["project_title"] or (CANDIDATE if row["shared_with"] else NONE_YET) for row in sharing.to_dict("records")
    ]
    return sharing.assign(
        also_at=pd.Series([", ".join(names) or ALONE for names in sharing["partners"]], dtype=object),
        briefly=pd.Series([_briefly(names) for names in sharing["partners"]], dtype=object),
        answer=pd.Series(answers, dtype=object),
    )


def _briefly(names: tuple[str, ...]) -> str:
    more = f" +{len(names) - NAMED}" if len(names) > NAMED + 1 else ""
    return (", ".join(names[:NAMED] if more else names) + more) or ALONE


def sharing_card(partner: PartnerDetail, sharing: pd.DataFrame, as_of: date) -> Component:
    return SHARED.drawn(
        shared_rows(sharing).drop(columns=["partners", "partner_slugs"]),
        SHARED.foot(as_of, query_of(partner)),
        none=("open uitdagingen", "Er staat hier niets open dat een ander kan delen."),
        question=f"Wie deelt {whose(partner, 'uitdagingen')}?",
        sub="Voor elke open uitdaging: de andere besturen met dezelfde vraag, en het traject dat er al is.",
        span=7,
        height=440,
        row_id="code",
    )
