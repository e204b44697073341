"""A card is one thing: a question, what it asks, the columns of its table, its source and its download.

From it come the ids, the place in the layout, what a callback fills and the workbook, so that a page says each once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from dash import Input, Output, Patch, html
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate
from sqlalchemy.orm import Session

from portal.auth import callback, current_viewer
from portal.components import cards, charts, grids
from portal.components.cards import nothing_found, source_line
from portal.components.links import Content
from portal.components.listed import listed
from portal.exports.workbook import About, Kind, Rows, Table
from portal.figures.base import Figure
from portal.pages.columns import Columns, in_book, money_records, on_screen, records
from portal.pages.downloads import Download, Made, download_path
from portal.pages.remembered import remembered
from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state

W = TypeVar("W")
Source = str | Callable[[Session, Viewer, Any], str]


class NothingYet(PreventUpdate):
    """There is nothing to ask about. A card stays as it is; a workbook has its first sheet alone, with this source."""

    def __init__(self, source: str) -> None:
        super().__init__(source)  # type: ignore[no-untyped-call]


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
    """`name` is its word in the address of the download, on the page called `page`. `rows` (Rows) are those of the grid
    and of the workbook; `total`, `said` and `figure` are made of them. Without a `sheet` of its own, the name is that
    too; `of` as in `Table`. `dated` False: the source says itself what the answer is true for. `hides`: without rows
    its part is not shown. `short`: its rows are few, and come by `listing`; otherwise, or where they are more, a grid
    of `height` pixels.
    """

    page: str
    name: str
    question: str
    source: str | Callable[[Session, Viewer, W], str]
    columns: Columns | Callable[[W], Columns]
    rows: Callable[[Session, Viewer, W], Any]
    sheet: str = ""
    of: str = ""
    right: Permission = Permission.VIEW_PORTAL
    total: Callable[[Any], Mapping[str, Any]] | None = None
    said: Callable[[W, Any], Content] | None = None
    figure: Callable[[Any], Figure] | None = None
    dated: bool = True
    hides: bool = False
    short: bool = False
    height: int = 560
    row_id: str = "id"

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

    def columns_of(self, wanted: W) -> Columns:
        return self.columns(wanted) if callable(self.columns) else self.columns

    def grid(self, label: str = "", columns: Columns = (), *, height: int | None = None, **more: Any) -> Component:
        """The place of its rows; with `columns` to begin with where they depend on what is asked."""
        begin = columns if callable(self.columns) else self.columns
        return grids.grid(self.id, on_screen(begin), label=label or self.question, height=height, **more)

    def listing(self) -> Component:
        """The place of its rows where they are few."""
        return html.Div(id=self.id, className="listing")

    def listed(self, rows: Rows, label: str = "", columns: Columns | None = None) -> Component:
        """Few rows as a table, more as a grid. `columns`: where they depend on what is asked."""
        if columns is None:
            columns = () if callable(self.columns) else self.columns
        total = self.total(rows) if self.total else None
        return listed(
            f"{self.id}-rows",
            on_screen(columns),
            _records(rows, columns),
            label=label or self.question,
            height=self.height,
            row_id=self.row_id,
            total=total,
        )

    def behind(self, label: str = "", *, height: int | None = 320, **more: Any) -> Component:
        """The numbers behind a chart, one click away."""
        table = self.grid(label, height=height, **more)
        return html.Details([html.Summary("Toon als tabel"), table], className="as-table")

    def drawn(
        self,
        rows: Rows,
        foot: Component | None,
        *after: Component | None,
        none: tuple[str, str],
        question: str = "",
        sub: Content | None = None,
        span: int = cards.WHOLE,
    ) -> Component:
        """The whole card, its rows in it, for a page whose cards come at once. `none`: what there is none of, and what
        to make of that."""
        asked = question or self.question
        if not len(rows):
            return cards.card(asked, nothing_found(*none), foot=foot, span=span)
        return cards.card(asked, self.listed(rows, asked), *after, sub=sub, foot=foot, span=span)

    def chart(self, label: str, height: int) -> Component:
        return charts.chart(self.chart_id, label, height)

    def foot(self, as_of: date | None, query: str = "", source: str = "") -> Component:
        """The source line, of a card that is drawn by hand too."""
        said = source or (self.source if isinstance(self.source, str) else "")
        return source_line(said, as_of if self.dated else None, download_path(self.page, self.name, query))

    def whole_foot(self, session: Session, viewer: Viewer, meant: Meant[W]) -> Component:
        """The source line as this viewer reads it of what was asked."""
        source = _source_of(self.source, session, viewer, meant.wanted)
        return self.foot(portal_state(session).as_of, meant.query, source)

    def table(self, wanted: W, rows: Rows) -> Table:
        return Table(self.sheet or self.name.capitalize(), in_book(self.columns_of(wanted)), rows, self.of)

    @property
    def outputs(self) -> list[Output]:
        """What a callback fills, in the order of `answer`."""
        return [
            *self._row_outputs,
            *([Output(self.said_id, "children")] if self.said else []),
            *([Output(self.chart_id, "figure")] if self.figure else []),
            *([Output(self.part_id, "hidden")] if self.hides else []),
            Output(self.source_id, "children"),
        ]

    @property
    def _row_outputs(self) -> list[Output]:
        if self.short:
            return [Output(self.id, "children")]
        return [
            *([Output(self.id, "columnDefs")] if callable(self.columns) else []),
            Output(self.id, "rowData"),
            *([Output(self.id, "dashGridOptions")] if self.total else []),
        ]

    def answer(self, session: Session, viewer: Viewer, meant: Meant[W]) -> list[Any]:
        rows = self.rows(session, viewer, meant.wanted)
        return [
            *self._row_answers(rows, self.columns_of(meant.wanted)),
            *([self.said(meant.wanted, rows)] if self.said else []),
            *([self.figure(rows)] if self.figure else []),
            *([not len(rows)] if self.hides else []),
            self.whole_foot(session, viewer, meant),
        ]

    def _row_answers(self, rows: Rows, columns: Columns) -> list[Any]:
        if self.short:
            return [self.listed(rows, columns=columns)]
        return [
            *([on_screen(columns)] if callable(self.columns) else []),
            _records(rows, columns),
            *([pinned(self.total(rows))] if self.total else []),
        ]


def _records(rows: Rows, columns: Columns) -> list[dict[str, Any]]:
    return money_records(rows) if any(one.kind is Kind.EURO for one in columns) else records(rows)


def pinned(*rows: Mapping[str, Any]) -> Patch:
    """What stays at the bottom of a grid."""
    options = Patch()
    options["pinnedBottomRowData"] = [dict(row) for row in rows]
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
    def tables(session: Session, viewer: Viewer, wanted: W) -> tuple[Table, ...]:
        rows = card.rows(session, viewer, wanted)
        return (card.table(wanted, rows),)

    return offered_by_hand(read, card.right, card.question, card.source, tables)


def offered_by_hand(read: Read[W], right: Permission, title: str, source: Source, tables: Tables[W]) -> Download:
    """A workbook of several tables."""

    def make(session: Session, viewer: Viewer, query: Mapping[str, str]) -> Made:
        as_of = portal_state(session).as_of
        try:
            meant = read(session, viewer, urlencode(query))
        except NothingYet as nothing:
            return About(title, str(nothing), as_of), ()
        whole = f"{title}: {meant.name}" if meant.name else title
        said = _source_of(source, session, viewer, meant.wanted)
        return About(whole, said, as_of, meant.filters), tables(session, viewer, meant.wanted)

    return Download(right, make)


def _source_of(source: Source, session: Session, viewer: Viewer, wanted: Any) -> str:
    return source if isinstance(source, str) else source(session, viewer, wanted)


def everything(session: Session, viewer: Viewer, query: str) -> Meant[None]:
    """For cards that no choice in the address changes."""
    return Meant(None)
