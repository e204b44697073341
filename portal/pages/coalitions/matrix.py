"""The matrix of trajects and partners: its columns, its rows, and what each sign in it means."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from portal.components import grids
from portal.components.grids import ColumnDef
from portal.exports.workbook import Kind, Table
from portal.likeness.cooperation import EXPERTS
from portal.pages.columns import FIXED, Column, Columns, in_book, number, text, written
from portal.queries.coalitions.coalitions import Matrix
from portal.queries.inventory.counts import PartnerName
from portal.text import day
from portal.text import number as counted
from portal.vocabulary import ParticipationState

LEAD_UNKNOWN = "trekker onbekend"
# before a partner's slug: its state in the row, that state in a word, and in a sentence
STATE, LABEL, TOLD = "state ", "label ", "told "
_UPRIGHT: ColumnDef = {"headerClass": "upright", "resizable": False}


def _project() -> Column:
    below: ColumnDef = {"path": "/project/", "codeField": "code", "belowField": "below"}
    wraps: ColumnDef = {"wrapText": True, "autoHeight": True}
    looks: ColumnDef = {"cellRenderer": "LinkAbove", "cellRendererParams": below, "tooltipField": "title"}
    return text("title", "Traject", width=238, pinned="left", lockPinned=True, **looks, **wraps)


def _atelier() -> Column:
    """Sorts as the list of ateliers does, and shows the code."""
    order = {"comparator": {"function": "byAmount"}, "valueGetter": {"function": "params.data.place"}}
    shown = {"valueFormatter": {"function": "params.data.atelier || ''"}, "tooltipField": "atelier_title"}
    look = {"colId": "atelier", "headerName": "Atelier", "width": 46, "minWidth": 46, **_UPRIGHT, **order, **shown}
    return Column(key="atelier", heading="Atelier", look=look)


def _joined() -> Column:
    """Nobody is 0, and not known is no number."""
    said: ColumnDef = {
        "valueFormatter": {
            "function": "params.value == null ? 'niet bekend' : params.value + ' van ' + params.data.partners"
        }
    }
    return number("joined", "Doet mee", width=90, **said, cellClass="strong", sortingOrder=["desc", "asc"])


_BEFORE = (
    *(written("code", "Code"), _project(), written("scope_label", "Schaal")),
    *(written("type_code", "Type"), written("type", "Type samenwerking"), _atelier()),
    *(written("theme", "Thema"), written("lead", "Trekker")),
)
_AFTER = (
    _joined(),
    text("better_for", "Beter voor", book="", width=138, **FIXED),
    written("better", "Beter: ja", Kind.NUMBER),
    written("not_better", "Beter: nee", Kind.NUMBER),
    written("better_unknown", "Beter: onbekend", Kind.NUMBER),
)
OF_ALL = (*_BEFORE, *_AFTER)


def columns(partners: Sequence[PartnerName]) -> Columns:
    """The project stays in sight; a partner's column is as narrow as its sign, its name stands upright."""
    return (*_BEFORE, *(_partner(partner) for partner in partners), *_AFTER)


def _partner(partner: PartnerName) -> Column:
    key = f"{STATE}{partner.slug}"
    look = grids.marked(key, partner.title, ParticipationState, width=40, **_UPRIGHT, **FIXED)
    look["cellRendererParams"] |= {"toldField": f"{TOLD}{partner.slug}"}
    return Column(key, partner.title, look=look, book=f"{LABEL}{partner.slug}")


def table(found: Matrix) -> Table:
    """The coalitions with a column per partner: its state in words; empty, like a count, where nothing is known."""
    known = columns(found.partners)
    keys = dict.fromkeys(key for column in known for key in (column.written, column.key) if key)
    return Table("Matrix", in_book(known), pd.DataFrame(matrix_rows(found), columns=list(keys), dtype=object))


def matrix_rows(matrix: Matrix) -> list[dict[str, Any]]:
    """A row per coalition: per partner its state, and that state in words; nothing where nothing is known."""
    states: dict[str, dict[str, str]] = {code: {} for code in matrix.coalitions["code"]}
    for row in matrix.states.to_dict("records"):
        slug = row["partner_slug"]
        said = {f"{STATE}{slug}": row["state"], f"{LABEL}{slug}": row["state_label"], f"{TOLD}{slug}": told(row)}
        states[row["code"]] |= said
    places = {atelier: place for place, atelier in enumerate(dict.fromkeys(matrix.coalitions["atelier"]))}
    return [
        {
            **{str(name): value for name, value in row.items()},
            "lead": row["lead"] or LEAD_UNKNOWN,
            "joined": row["joined"] if row["known"] else None,
            "below": below(row),
            "better_for": better(row),
            "place": places[row["atelier"]],
            "partners": len(matrix.partners),
            **states[row["code"]],
        }
        for row in matrix.coalitions.to_dict("records")
    ]


def below(row: Mapping[Hashable, Any]) -> str:
    """The type and the lead; a group of experts needs none."""
    kind = f"Type {row['type_code']} · {row['type']}" if row["type_code"] else ""
    outside = " (buiten de regio)" if row["lead_outside"] else ""
    lead = f"{row['lead']} trekt{outside}" if row["lead"] else LEAD_UNKNOWN
    return " · ".join(filter(None, (kind, "" if row["type_code"] == EXPERTS and not row["lead"] else lead)))


def better(row: Mapping[Hashable, Any]) -> str:
    """For how many of those taking part it is better: "11 ja · 2 ?"; nothing when nobody takes part."""
    counts = ((row["better"], "ja"), (row["not_better"], "nee"), (row["better_unknown"], "?"))
    return " · ".join(f"{counted(count)} {word}" for count, word in counts if count)


def told(row: Mapping[Hashable, Any]) -> str:
    """A partner's state, since when, until when it waits and why."""
    since = f"sinds {day(row['since'])}" if row["since"] else "begin niet genoteerd"
    expected = f"vanaf {day(row['expected_on'])}" if row["expected_on"] else ""
    asked = ""
    if row["asked_on"] and row["state"] == ParticipationState.NOT_ASKED.value:
        asked = f"gevraagd op {day(row['asked_on'])}, nog geen antwoord"
    details = "; ".join(filter(None, (expected, asked, row["reason"])))
    return f"{row['partner']}: {row['state_label']}, {since}" + (f" ({details})" if details else "")
