"""What changed in a row, as people read it: a few changes as lines, many as a grid."""

from collections.abc import Sequence
from typing import Any, Protocol

from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.components.cards import card
from portal.components.changes import Change, change_list
from portal.exports.workbook import Kind
from portal.pages.cards import Card
from portal.pages.columns import FIXED, WIDE, old_new, text, written
from portal.permissions import Viewer
from portal.queries.trace.history import history_of
from portal.queries.trace.words import TraceRow
from portal.text import moment
from portal.vocabulary import AuditAction

AS_LINES = 8
QUESTION = "Wat veranderde er?"
COLUMNS = (
    text("when", "Wanneer", book="at", kind=Kind.INSTANT, width=150, **FIXED),
    text("said", "Wat", grow=3, width=170, **WIDE),
    old_new("new", "Van → naar", "old", book="", grow=4, width=200, **WIDE),
    *(written("old", "Oud"), written("new", "Nieuw")),
    text("who", "Wie", grow=2, width=150, **WIDE),
    text("source", "Langs", width=110, **FIXED),
)
_SYMBOLS = {AuditAction.CREATED.label: "+", AuditAction.REMOVED.label: "×"}


class Row(Protocol):
    @property
    def id(self) -> int: ...


def history_of_a(what: str, entity: str = "") -> Card[Any]:
    """The card on the page called `what`, which is also what the row is to its history, unless it is an `entity`."""

    def rows(session: Session, viewer: Viewer, found: Row) -> list[TraceRow]:
        return history_of(session, viewer, entity or what, found.id)

    return Card(what, "historiek", QUESTION, "logboek van het portaal", COLUMNS, rows, height=400)


def history_card(shown: Card[Any], rows: Sequence[TraceRow], foot: Component) -> Component:
    """A few changes as lines, more as a grid."""
    if 0 < len(rows) <= AS_LINES:
        return card(QUESTION, change_list([line_of(row) for row in rows]), foot=foot)
    return shown.drawn(
        rows,
        foot,
        none=("veranderingen", "Sinds de start van het portaal bleef alles zoals het is."),
        sub="Nieuwste bovenaan; wat was, staat doorstreept voor wat werd.",
    )


def line_of(row: TraceRow) -> Change:
    return Change(
        symbol=_SYMBOLS.get(row.field_label, "→"),
        kind=row.field_label,
        what=row.said[:1].upper() + row.said[1:],
        old=row.old or None,
        new=row.new or None,
        detail=f"{row.who}, {moment(row.at)}, langs {row.source}",
    )
