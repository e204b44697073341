"""The coalitions the partner is in, and those that wait for its answer."""

import datetime

import pandas as pd
from dash import html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.components.cards import card, nothing_found
from portal.components.grids import ROW_HEIGHT
from portal.components.links import inside
from portal.exports.workbook import Kind
from portal.pages.cards import Card
from portal.pages.columns import WRAPS, date, link, number, text, word, written
from portal.pages.participation import remark_of
from portal.pages.partner.words import query_of
from portal.pages.rows import records
from portal.permissions import Viewer
from portal.queries.coalitions.coalitions import coalitions_of
from portal.queries.partners.partners import PartnerDetail
from portal.text import day
from portal.vocabulary import ParticipationState

SPOKEN_OF = 5


def _rows(session: Session, viewer: Viewer, partner: PartnerDetail) -> pd.DataFrame:
    return coalition_rows(coalitions_of(session, viewer, partner.slug))


COALITIONS = Card(
    *("partner", "coalities", "In welke coalities?", "deelnames in het portaal"),
    columns=(
        written("code", "Code"),
        link("title", "Coalitie", "/project/", grow=4, width=150, **WRAPS),
        word("state", "Stand", ParticipationState, book="state_label", width=150),
        date("since", "Sinds", width=108),
        text("lead", "Trekker", grow=2, width=110, **WRAPS),
        number("partners", "Partners", width=95),
        text("remark", "Toelichting", book="", grow=3, width=125, **WRAPS),
        written("expected_on", "Stapt in op", Kind.DATE),
        written("reason", "Reden"),
    ),
    rows=_rows,
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
