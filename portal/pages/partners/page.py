"""The municipalities beside each other."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import pandas as pd
from dash import Input, Output, dcc, html
from dash.development.base_component import Component

from portal import numbers as dictionary
from portal.auth import callback, current_viewer
from portal.components.cards import Tile, card, cards, tile_map
from portal.components.frame import Crumb, page_header
from portal.components.links import inside
from portal.components.numbers import keyed
from portal.db.engine import reading
from portal.exports.workbook import Kind
from portal.pages.cards import Card, answering, everything, offering
from portal.pages.columns import count, holding, link, numbers, written
from portal.permissions import Permission
from portal.queries.about import portal_state
from portal.queries.coalitions.coalitions import count_coalitions
from portal.queries.inventory.counts import published_against_now
from portal.queries.partners.figures import JoinedPartner, joined_partners
from portal.text import in_words, listed, plural, sentence


class Ids(StrEnum):
    START = "partners-start"
    HEAD = "partners-head"
    TILES = "partners-tiles"
    TILES_SOURCE = "partners-tiles-source"


NAMED = 3
COALITIONS = ("coalitie", "coalities")


@dataclass(frozen=True, slots=True)
class PartnerStand(JoinedPartner):
    """What it reported is None where nothing was published and nothing is registered."""

    challenges: int | None
    without_project: int | None
    projects: int | None


def partner_rows(partners: Iterable[JoinedPartner], counts: pd.DataFrame) -> list[PartnerStand]:
    """The viewer's own partners first, then as given; `counts`: of `published_against_now`."""
    silent = counts["published_year"].isna() & (counts["challenges_now"] == 0) & (counts["projects_now"] == 0)
    known = {row["slug"]: row for row in counts[~silent].to_dict("records")}
    keys = {"challenges": "challenges_now", "without_project": "without_project", "projects": "projects_now"}
    rows = []
    for one in partners:
        counted: dict[str, Any] = {
            name: known[one.slug][key] if one.slug in known else None for name, key in keys.items()
        }
        rows.append(PartnerStand(**asdict(one), **counted))
    return sorted(rows, key=lambda row: not row.own)


def story(rows: Sequence[PartnerStand], of: int) -> list[str | Component]:
    """`of` is the number of living coalitions."""
    partners = keyed(dictionary.PARTNERS.at(len(rows)), f"{sentence(in_words(len(rows)))} besturen")
    if not of:
        return [partners, " werken samen; er loopt nog geen regionale coalitie."]
    living = keyed(dictionary.COALITIONS.at(of), plural(of, "coalitie die loopt", "coalities die lopen"))
    running: list[str | Component] = [partners, ", ", living, ". "]
    if not any(row.coalitions for row in rows):
        return [*running, html.B("Nog niemand neemt deel"), "."]
    return [*running, html.B(_busiest(rows)), "; ", html.B(_leaders(rows)), "."]


def _busiest(rows: Sequence[PartnerStand]) -> list[str | Component]:
    most = max(row.coalitions for row in rows)
    first = [row.name for row in rows if row.coalitions == most]
    many: list[str | Component] = [listed(first), f" {'zit' if len(first) == 1 else 'zitten'}"]
    if len(first) > NAMED:
        count = len(first)
        many = [keyed(dictionary.BUSIEST.at(count), sentence(in_words(count))), " besturen zitten"]
    return [*many, " in de meeste (", keyed(dictionary.MOST_JOINED.at(most)), ")"]


def _leaders(rows: Sequence[PartnerStand]) -> Component:
    idle = sum(not row.leads for row in rows)
    said = f"{in_words(idle)} {'bestuur trekt' if idle == 1 else 'besturen trekken'} er nog geen"
    return keyed(dictionary.LEADERLESS.at(idle), said if idle else "elk bestuur trekt er minstens één")


def tiles(rows: Iterable[PartnerStand]) -> list[Tile]:
    """A tile per partner with a place on the map, by name; the viewer's own is marked."""
    return [
        Tile(
            *(row.slug, row.name, row.tile_row, row.tile_col, row.coalitions, f"/gemeente/{row.slug}", row.own),
            number=dictionary.JOINED,
        )
        for row in sorted(rows, key=lambda row: row.name)
        if row.tile_row is not None and row.tile_col is not None
    ]


def _joined(row: PartnerStand) -> Component:
    return keyed(dictionary.JOINED.at(row.coalitions, row.slug), plural(row.coalitions, *COALITIONS))


def off_the_map(rows: Iterable[PartnerStand]) -> Component | None:
    """The partners without a place on the map, with the same number."""
    lines = [
        html.Li([inside(row.name, f"/gemeente/{row.slug}"), ": ", _joined(row)]) for row in rows if row.tile_row is None
    ]
    return html.Div([html.H3("Niet op de kaart"), html.Ul(lines)]) if lines else None


PARTNERS: Card[None] = Card(
    *("partners", "besturen", "Waar staat elk bestuur?", "inventaris en deelnames in het portaal"),
    columns=(
        link("name", "Bestuur", "/gemeente/", "slug", grow=1, width=118),
        written("kind", "Soort"),
        written("population", "Inwoners", Kind.NUMBER),
        written("population_year", "Jaar", Kind.YEAR),
        holding(dictionary.JOINED, numbers("coalitions", "Coalities", width=90)),
        holding(dictionary.LEADS, numbers("leads", "Trekt", width=80)),
        holding(dictionary.CHALLENGES, count("challenges", "Uitdagingen", width=115)),
        holding(dictionary.WITHOUT_PROJECT, count("without_project", "Open zonder project", width=115)),
        holding(dictionary.PROJECTS, count("projects", "Projecten", width=105)),
    ),
    rows=lambda session, viewer, _: partner_rows(
        joined_partners(session, viewer), published_against_now(session, viewer)
    ),
    short=True,
    row_id="slug",
)
DOWNLOADS = offering(everything, PARTNERS)


def layout(**_: str) -> Component:
    return html.Div(
        [
            dcc.Store(id=Ids.START, data=""),
            html.Div(id=Ids.HEAD, className="page-head"),
            cards(
                card(
                    "In hoeveel coalities zit elke gemeente?",
                    html.Div(id=Ids.TILES),
                    sub="Regionale en bovenregionale trajecten die lopen. Kies een gemeente om haar pagina te openen.",
                    foot=html.Div(id=Ids.TILES_SOURCE),
                    span=5,
                ),
                PARTNERS.card(
                    PARTNERS.listing(),
                    sub="Gemeenten en intergemeentelijke besturen. Ook interne rijen tellen mee.",
                    span=7,
                ),
            ),
        ]
    )


show_list = answering(everything, Input(Ids.START, "data"), PARTNERS)


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.HEAD, "children"),
    Output(Ids.TILES, "children"),
    Output(Ids.TILES_SOURCE, "children"),
    Input(Ids.START, "data"),
)
def show_partners(_: str) -> tuple[Any, ...]:
    with reading() as session:
        rows = PARTNERS.rows(session, current_viewer(), None)
        of = count_coalitions(session, current_viewer())
        as_of = portal_state(session).as_of
    drawn = [tile_map(tiles(rows), "Coalities per gemeente", "coalities"), off_the_map(rows)]
    head = page_header("Gemeenten", [Crumb("Overzicht", "/"), Crumb("Gemeenten")], as_of, story(rows, of))
    return head, drawn, PARTNERS.foot(as_of)
