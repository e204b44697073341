"""The matrix of shared projects against partners, by what the address of the page says."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from portal.components import grids
from portal.components.grids import ColumnDef
from portal.exports import workbook
from portal.exports.workbook import Kind, Table
from portal.likeness.groups import EXPERTS
from portal.pages.cards import Card, Meant
from portal.pages.coalitions.rules import PARTICIPATIONS
from portal.pages.columns import FIXED, Column, Columns, in_book, numbers, text, written
from portal.pages.filters import FilterKey, Filters
from portal.pages.remembered import remembered
from portal.permissions import Viewer
from portal.queries.about import portal_state
from portal.queries.coalitions.coalitions import (
    LEAD_UNKNOWN,
    CoalitionRow,
    Matrix,
    PartnerState,
    coalition_matrix,
    count_coalitions,
)
from portal.queries.coalitions.type_rules import TypeCheck, type_checks
from portal.queries.inventory.counts import PartnerName
from portal.queries.inventory.filters import CoalitionFilter
from portal.queries.reference import known_codes
from portal.text import day, number
from portal.vocabulary import Improvement, ParticipationState


class Ids(StrEnum):
    HEAD = "coalitions-head"
    TYPES = "coalitions-types"
    THEMES = "coalitions-themes"
    ATELIERS = "coalitions-ateliers"
    PARTNERS = "coalitions-with"
    COUNT = "coalitions-count"
    UNKNOWN = "coalitions-unknown"
    INVITE = "coalitions-invite"
    LEADS = "coalitions-leads"


class Parts(StrEnum):
    """What stands in the form of who may invite."""

    INVITE_TO = "coalitions-part-invite-to"
    INVITE_WHO = "coalitions-part-invite-who"
    INVITE_HINT = "coalitions-part-invite-hint"
    INVITE_SEND = "coalitions-part-invite-send"
    INVITE_SAID = "coalitions-part-invite-said"


FILTERS = Filters(
    "coalitions",
    (
        FilterKey("type", Ids.TYPES, "Type samenwerking", "Alle types", many=True),
        FilterKey("thema", Ids.THEMES, "Thema", "Alle thema's", many=True),
        FilterKey("atelier", Ids.ATELIERS, "Atelier", "Alle ateliers", many=True),
        FilterKey("partner", Ids.PARTNERS, "Partner die meedoet", "Alle partners", many=True),
    ),
)


def meant(session: Session, _: Viewer, query: str) -> Meant[CoalitionFilter]:
    return Meant(CoalitionFilter.from_query(query, known_codes(session)), query, FILTERS.told(query))


@remembered
def matrix(session: Session, viewer: Viewer, query: str) -> tuple[Matrix, int, CoalitionFilter, date]:
    """The coalitions that the address leaves, of how many, and the date they are true for."""
    wanted = meant(session, viewer, query).wanted
    found = coalition_matrix(session, viewer, wanted)
    return found, count_coalitions(session, viewer), wanted, portal_state(session).as_of


@remembered
def checks(session: Session, viewer: Viewer, query: str) -> list[TypeCheck]:
    return type_checks(session, viewer, meant(session, viewer, query).wanted)


# before a partner's slug: its state in the row, that state in a word, and in a sentence
STATE, LABEL, TOLD = "state ", "label ", "told "
_UPRIGHT: ColumnDef = {"headerClass": "upright", "resizable": False}


def _project() -> Column:
    below: ColumnDef = {"path": "/project/", "codeField": "code", "belowField": "below"}
    wraps: ColumnDef = {"wrapText": True}
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
    return numbers("joined", "Doet mee", width=90, **said, cellClass="strong", sortingOrder=["desc", "asc"])


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
    return Table(
        "Matrix", in_book(known), pd.DataFrame(matrix_rows(found), columns=list(keys), dtype=object), "project"
    )


def matrix_rows(matrix: Matrix) -> list[dict[str, Any]]:
    """A row per coalition: per partner its state, and that state in words; nothing where nothing is known."""
    places = {atelier: place for place, atelier in enumerate(dict.fromkeys(one.atelier for one in matrix.coalitions))}
    return [
        {
            **{name: getattr(one, name) for name in _AS_THEY_ARE},
            "scope_label": one.scope.label,
            "lead": one.lead or LEAD_UNKNOWN,
            "joined": one.joined if one.known else None,
            "better": one.better(Improvement.YES),
            "not_better": one.better(Improvement.NO),
            "better_unknown": one.better(Improvement.UNKNOWN),
            "below": below(one),
            "better_for": better(one),
            "place": places[one.atelier],
            "partners": len(matrix.partners),
            **{f"{STATE}{state.partner_slug}": state.state.value for state in one.states},
            **{f"{LABEL}{state.partner_slug}": state.state.label for state in one.states},
            **{f"{TOLD}{state.partner_slug}": told(state) for state in one.states},
        }
        for one in matrix.coalitions
    ]


_AS_THEY_ARE = ("code", "title", "type_code", "type", "atelier", "atelier_title", "theme")


def below(one: CoalitionRow) -> str:
    """The type and the lead; a group of experts needs none."""
    kind = f"Type {one.type_code} · {one.type}" if one.type_code else ""
    outside = " (buiten de regio)" if one.lead_outside else ""
    lead = f"{one.lead} trekt{outside}" if one.lead else LEAD_UNKNOWN
    return " · ".join(filter(None, (kind, "" if one.type_code == EXPERTS and not one.lead else lead)))


def better(one: CoalitionRow) -> str:
    """For how many of those taking part it is better: "11 ja · 2 ?"; nothing when nobody takes part."""
    words = ((Improvement.YES, "ja"), (Improvement.NO, "nee"), (Improvement.UNKNOWN, "?"))
    return " · ".join(f"{number(count)} {word}" for how, word in words if (count := one.better(how)))


def told(one: PartnerState) -> str:
    """A partner's state, since when, until when it waits and why."""
    since = f"sinds {day(one.since)}" if one.since else "begin niet genoteerd"
    expected = f"vanaf {day(one.expected_on)}" if one.expected_on else ""
    waits = one.asked_on and one.state is ParticipationState.NOT_ASKED
    asked = f"gevraagd op {day(one.asked_on)}, nog geen antwoord" if waits else ""
    details = "; ".join(filter(None, (expected, asked, one.reason)))
    return f"{one.partner}: {one.state.label}, {since}" + (f" ({details})" if details else "")


STATES = (
    *(workbook.Column("Code", "code"), workbook.Column("Partner", "partner"), workbook.Column("Stand", "state")),
    workbook.Column("Sinds", "since", Kind.DATE),
    workbook.Column("Verwacht op", "expected_on", Kind.DATE),
    workbook.Column("Gevraagd op", "asked_on", Kind.DATE),
    *(workbook.Column("Reden", "reason"), workbook.Column("Beter?", "improvement")),
)
MATRIX: Card[CoalitionFilter] = Card(
    *("coalitions", "matrix", "Wie doet waar mee?", PARTICIPATIONS),
    columns=OF_ALL,
    rows=lambda session, viewer, wanted: pd.DataFrame(matrix_rows(coalition_matrix(session, viewer, wanted))),
)


def with_states(session: Session, viewer: Viewer, wanted: CoalitionFilter) -> tuple[Table, ...]:
    found = coalition_matrix(session, viewer, wanted)
    return table(found), Table("Deelnames", STATES, found.states, "participation project")
