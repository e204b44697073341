"""Who shares the partner's challenges, and what answers them."""

from datetime import date

import pandas as pd
from dash.development.base_component import Component

from portal.components import grids
from portal.components.cards import card, nothing_found, source_line
from portal.exports.workbook import Column, Kind
from portal.pages.partner.ids import Parts
from portal.pages.partner.words import INVENTORY, download_of, whose
from portal.pages.rows import records
from portal.queries.partners import PartnerDetail

CANDIDATE, NONE_YET, ALONE = "kandidaat-coalitie", "nog geen", "–"
NAMED = 2

GRID = [
    grids.link("title", "Uitdaging", "/uitdaging/", grow=4, width=140, **grids.WRAPS),
    grids.text("briefly", "Ook bij", grow=3, width=110, **grids.WRAPS | {"tooltipField": "also_at"}),
    grids.link("answer", "Traject", "/project/", "project_code", grow=3, width=110, **grids.WRAPS),
]
EXPORT = (
    Column("Code", "code"),
    Column("Uitdaging", "title"),
    Column("Thema", "theme"),
    Column("Dienst", "service"),
    Column("Urgentie", "urgency", Kind.NUMBER),
    Column("Ook bij (aantal)", "shared_with", Kind.NUMBER),
    Column("Ook bij", "also_at"),
    Column("Code traject", "project_code"),
    Column("Traject", "answer"),
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
    rows = shared_rows(sharing)
    question = f"Wie deelt {whose(partner, 'uitdagingen')}?"
    foot = source_line(f"{INVENTORY}; zelfde dienst en thema", as_of, download_of(partner, "gedeeld"))
    if rows.empty:
        hint = "Er staat hier niets open dat een ander kan delen."
        return card(question, nothing_found("open uitdagingen", hint), foot=foot, span=7)
    shown = rows.drop(columns=["partners", "partner_slugs"])
    return card(
        question,
        grids.grid(Parts.SHARED, GRID, label=question, height=440, rows=records(shown), row_id="code"),
        sub="Voor elke open uitdaging: de andere besturen met dezelfde vraag, en het traject dat er al is.",
        foot=foot,
        span=7,
    )
