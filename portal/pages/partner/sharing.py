"""What a municipality shares with others, and in which coalitions it is."""

import datetime
from datetime import date

import pandas as pd
from dash import html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.components.cards import card, nothing_found
from portal.components.grids import ROW_HEIGHT
from portal.components.links import inside
from portal.exports.workbook import Kind
from portal.pages.cards import Card
from portal.pages.columns import WRAPS, days, link, numbers, records, text, word, written
from portal.pages.invitations import remark_of
from portal.pages.partner.view import INVENTORY, query_of, whose
from portal.permissions import Viewer
from portal.queries.coalitions.coalitions import coalitions_of
from portal.queries.inventory.likeness import sharing_partners
from portal.queries.partners.partners import PartnerDetail
from portal.text import day
from portal.vocabulary import ParticipationState

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


SPOKEN_OF = 5


def _together_rows(session: Session, viewer: Viewer, partner: PartnerDetail) -> pd.DataFrame:
    return coalition_rows(coalitions_of(session, viewer, partner.slug))


COALITIONS = Card(
    *("partner", "coalities", "In welke coalities?", "deelnames in het portaal"),
    columns=(
        written("code", "Code"),
        link("title", "Coalitie", "/project/", grow=4, width=150, **WRAPS),
        word("state", "Stand", ParticipationState, book="state_label", width=150),
        days("since", "Sinds", width=108),
        text("lead", "Trekker", grow=2, width=110, **WRAPS),
        numbers("partners", "Partners", width=95),
        text("remark", "Toelichting", book="", grow=3, width=125, **WRAPS),
        written("expected_on", "Stapt in op", Kind.DATE),
        written("reason", "Reden"),
    ),
    rows=_together_rows,
)


def coalition_rows(coalitions: pd.DataFrame) -> pd.DataFrame:
    """The frame of `coalitions_of` without those that did not ask; an unknown lead is said, and `remark` tells until
    when a partner waits and why."""
    asked = coalitions[coalitions["state"] != ParticipationState.NOT_ASKED.value]
    remarks = [remark_of(row["expected_on"], row["reason"]) for row in asked.to_dict("records")]
    return asked.assign(
        lead=asked["lead"].where(asked["lead"].notna(), "trekker onbekend"),
        remark=pd.Series(remarks, index=asked.index, dtype=object),
    )


def coalitions_card(
    partner: PartnerDetail, coalitions: pd.DataFrame, invitations: pd.DataFrame, as_of: datetime.date
) -> Component:
    question = "In welke coalities zitten wij?" if partner.own else f"In welke coalities zit {partner.name}?"
    rows = coalition_rows(coalitions)
    waiting = _invited(invitations)
    foot = COALITIONS.foot(as_of, query_of(partner))
    if rows.empty:
        nothing = nothing_found("deelnames aan een coalitie", "Er is nog geen stand genoteerd.")
        return card(question, waiting, nothing, foot=foot)
    height = 48 + ROW_HEIGHT * min(len(rows), 9) + 20
    table = COALITIONS.grid(question, height=height, rows=records(rows), row_id="code")
    sub = "De regionale en bovenregionale trajecten die lopen, met de stand van nu."
    return card(question, waiting, table, sub=sub, foot=foot)


def _invited(invitations: pd.DataFrame) -> Component | None:
    rows = invitations.to_dict("records")
    if not rows:
        return None
    lines = [
        html.Li([inside(row["title"], f"/project/{row['code']}"), f", gevraagd op {day(row['asked_on'])}"])
        for row in rows[:SPOKEN_OF]
    ]
    more = [html.Li(f"en nog {len(rows) - SPOKEN_OF}")] if len(rows) > SPOKEN_OF else []
    return html.Div([html.B("Wacht op een antwoord:"), html.Ul([*lines, *more])], className="notice")
