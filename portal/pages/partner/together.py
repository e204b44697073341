"""The coalitions the partner is in, and those that wait for its answer."""

from datetime import date

import pandas as pd
from dash import html
from dash.development.base_component import Component

from portal.components import grids
from portal.components.cards import card, nothing_found, source_line
from portal.components.links import inside
from portal.components.tags import signs_of
from portal.exports.workbook import Column, Kind
from portal.pages.participation import remark_of
from portal.pages.partner.ids import Parts
from portal.pages.partner.words import download_of
from portal.pages.rows import records
from portal.queries.partners import PartnerDetail
from portal.text import day
from portal.vocabulary import ParticipationState

SPOKEN_OF = 5
AT_ONCE = 9
COALITIONS_GRID = [
    grids.link("title", "Coalitie", "/project/", grow=4, width=150, **grids.WRAPS),
    grids.signed("state", "Stand", signs_of(ParticipationState), width=150),
    grids.date("since", "Sinds", width=108),
    grids.text("lead", "Trekker", grow=2, width=110, **grids.WRAPS),
    grids.number("partners", "Partners", width=95),
    grids.text("remark", "Toelichting", grow=3, width=125, **grids.WRAPS),
]
COALITIONS_EXPORT = (
    Column("Code", "code"),
    Column("Coalitie", "title"),
    Column("Stand", "state_label"),
    Column("Sinds", "since", Kind.DATE),
    Column("Trekker", "lead"),
    Column("Partners", "partners", Kind.NUMBER),
    Column("Stapt in op", "expected_on", Kind.DATE),
    Column("Reden", "reason"),
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
    partner: PartnerDetail, coalitions: pd.DataFrame, invitations: pd.DataFrame, as_of: date
) -> Component:
    question = "In welke coalities zitten wij?" if partner.own else f"In welke coalities zit {partner.name}?"
    rows = coalition_rows(coalitions)
    waiting = _invited(invitations)
    foot = source_line("deelnames in het portaal", as_of, download_of(partner, "coalities"))
    if rows.empty:
        nothing = nothing_found("deelnames aan een coalitie", "Er is nog geen stand genoteerd.")
        return card(question, waiting, nothing, foot=foot)
    height = 48 + grids.ROW_HEIGHT * min(len(rows), 9) + 20
    table = grids.grid(
        Parts.COALITIONS, COALITIONS_GRID, label=question, height=height, rows=records(rows), row_id="code"
    )
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
