"""A card is one thing: a question, what it asks, the columns of its table, its source and its download.

From it come the ids, the place in the layout, what a callback fills and the workbook, so that a page says each once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

import pandas as pd
from dash import Input, Output, Patch, html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.auth import callback, current_viewer
from portal.components import cards, charts, grids
from portal.components.links import Content
from portal.components.sources import source_line
from portal.exports.workbook import About, Kind, Table
from portal.figures.base import Figure
from portal.pages.columns import Columns, in_book, on_screen
from portal.pages.downloads import Download, Made, download_path
from portal.pages.remembered import remembered
from portal.pages.rows import money_records, records
from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state

W = TypeVar("W")


@dataclass(frozen=True, slots=True)
class Meant(Generic[W]):
    """What an address means to a viewer. `wanted` is what the cards of a page are asked with, `query` says it in an
    address and `filters` in words; `name` is what the page is about, where that is one thing."""

    wanted: W
    query: str = ""
    filters: tuple[str, ...] = ()
    name: str = ""


Read = Callable[[Session, Viewer, str], Meant[W]]


@dataclass(frozen=True, slots=True, eq=False)
class Card(Generic[W]):
    """`name` is its word in the address of the download, on the page called `page`. `rows` are those of the grid and of
    the workbook; `total`, `said` and `figure` are made of them. Without a `sheet` of its own, the name is that too.
    `dated` False: the source says itself what the answer is true for. `hides`: without rows its part is not shown.
    """

    page: str
    name: str
    question: str
    source: str | Callable[[Session, Viewer, W], str]
    columns: Columns
    rows: Callable[[Session, Viewer, W], pd.DataFrame]
    sheet: str = ""
    right: Permission = Permission.VIEW_PORTAL
    total: Callable[[pd.DataFrame], Mapping[str, Any]] | None = None
    said: Callable[[W, pd.DataFrame], Content] | None = None
    figure: Callable[[pd.DataFrame], Figure] | None = None
    dated: bool = True
    hides: bool = False

    @property
    def id(self) -> str:
        return f"{self.page}-{self.name}"

    @property
    def source_id(self) -> str:
        return f"{self.id}-source"

    @property
    def said_id(self) -> str:
        return f"{self.id}-said"

    @property
    def chart_id(self) -> str:
        return f"{self.id}-chart"

    @property
    def part_id(self) -> str:
        return f"{self.id}-part"

    def card(self, *body: Component | str | None, **look: Any) -> Component:
        """Its question over `body`, and the place of its source."""
        return cards.card(self.question, *body, foot=html.Div(id=self.source_id), **look)

    def grid(self, label: str = "", *, height: int | None = None, **more: Any) -> Component:
        """The place of its rows."""
        return grids.grid(self.id, on_screen(self.columns), label=label or self.question, height=height, **more)

    def behind(self, label: str = "", *, height: int | None = 320, **more: Any) -> Component:
        """The numbers behind a chart, one click away."""
        table = self.grid(label, height=height, **more)
        return html.Details([html.Summary("Toon als tabel"), table], className="as-table")

    def chart(self, label: str, height: int) -> Component:
        return charts.chart(self.chart_id, label, height)

    def source_of(self, session: Session, viewer: Viewer, wanted: W) -> str:
        return self.source if isinstance(self.source, str) else self.source(session, viewer, wanted)

    def foot(self, as_of: date | None, query: str = "", source: str = "") -> Component:
        """The source line, of a card that is drawn by hand too."""
        said = source or (self.source if isinstance(self.source, str) else "")
        return source_line(said, as_of if self.dated else None, download_path(self.page, self.name, query))

    def table(self, rows: pd.DataFrame) -> Table:
        return Table(self.sheet or self.name.capitalize(), in_book(self.columns), rows)

    @property
    def outputs(self) -> list[Output]:
        """What a callback fills, in the order of `answer`."""
        return [
            Output(self.id, "rowData"),
            *([Output(self.id, "dashGridOptions")] if self.total else []),
            *([Output(self.said_id, "children")] if self.said else []),
            *([Output(self.chart_id, "figure")] if self.figure else []),
            *([Output(self.part_id, "hidden")] if self.hides else []),
            Output(self.source_id, "children"),
        ]

    def answer(self, session: Session, viewer: Viewer, meant: Meant[W]) -> list[Any]:
        rows = self.rows(session, viewer, meant.wanted)
        as_of = portal_state(session).as_of
        return [
            money_records(rows) if any(one.kind is Kind.EURO for one in self.columns) else records(rows),
            *([pinned(self.total(rows))] if self.total else []),
            *([self.said(meant.wanted, rows)] if self.said else []),
            *([self.figure(rows)] if self.figure else []),
            *([rows.empty] if self.hides else []),
            self.foot(as_of, meant.query, self.source_of(session, viewer, meant.wanted)),
        ]


def pinned(row: Mapping[str, Any]) -> Patch:
    """The row that stays at the bottom of a grid."""
    options = Patch()
    options["pinnedBottomRowData"] = [dict(row)]
    return options


def answering(read: Read[W], asked: Input, *shown: Card[W]) -> Callable[[str], tuple[Any, ...]]:
    """A callback that answers these cards together, once per question and audience, and again after any change."""

    @remembered
    def answer(session: Session, viewer: Viewer, query: str) -> tuple[Any, ...]:
        meant = read(session, viewer, query)
        return tuple(value for card in shown for value in card.answer(session, viewer, meant))

    def show(query: str) -> tuple[Any, ...]:
        return answer(current_viewer(), query)

    callback(shown[0].right, *(output for card in shown for output in card.outputs), asked)(show)
    return show


Tables = Callable[[Session, Viewer, W], tuple[Table, ...]]


def offering(read: Read[W], *shown: Card[W]) -> dict[str, Download]:
    """The download of each card: its rows, and what its source line says."""
    return {card.name: _download(read, card) for card in shown}


def _download(read: Read[W], card: Card[W]) -> Download:
    def make(session: Session, viewer: Viewer, query: Mapping[str, str]) -> Made:
        meant = read(session, viewer, urlencode(query))
        source = card.source_of(session, viewer, meant.wanted)
        return about(session, card.question, source, meant), (card.table(card.rows(session, viewer, meant.wanted)),)

    return Download(card.right, make)


def offered_by_hand(read: Read[W], right: Permission, title: str, source: str, tables: Tables[W]) -> Download:
    """A workbook of several tables."""

    def make(session: Session, viewer: Viewer, query: Mapping[str, str]) -> Made:
        meant = read(session, viewer, urlencode(query))
        return about(session, title, source, meant), tables(session, viewer, meant.wanted)

    return Download(right, make)


def about(session: Session, title: str, source: str, meant: Meant[Any]) -> About:
    whole = f"{title}: {meant.name}" if meant.name else title
    return About(whole, source, portal_state(session).as_of, meant.filters)


def everything(session: Session, viewer: Viewer, query: str) -> Meant[None]:
    """For cards that no choice in the address changes."""
    return Meant(None)
