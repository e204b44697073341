"""The cards of the coalitions page."""

import pandas as pd
from sqlalchemy.orm import Session

from portal.components.tags import Sign, Tone
from portal.exports.workbook import Column, Kind, Table
from portal.pages.cards import Card, everything, offered_by_hand, offering
from portal.pages.coalitions import matrix, rules
from portal.pages.coalitions.matrix import meant
from portal.pages.coalitions.rules import candidate_rows
from portal.pages.columns import WRAPS, link, numbers, signed, text, written
from portal.permissions import Permission, Viewer
from portal.queries.coalitions.candidates import candidate_coalitions, together_and_alone
from portal.queries.coalitions.coalitions import coalition_matrix
from portal.queries.coalitions.type_rules import Verdict, type_checks
from portal.queries.inventory.filters import CoalitionFilter
from portal.queries.inventory.likeness import like_projects
from portal.queries.reference import collaboration_type_options

PAIRS_SOURCE = f"{rules.LIKENESS} (projecten)"
VERDICTS = {
    Verdict.FITS.value: Sign(Verdict.FITS.label, Tone.GOOD, "✓"),
    Verdict.DEVIATES.value: Sign(Verdict.DEVIATES.label, Tone.ATTENTION, "▲"),
    Verdict.OPEN.value: Sign(Verdict.OPEN.label, Tone.PLAIN, "○"),
}
_CODE = written("code", "Code")
PLACES = (
    written("partner", "Partner"),
    written("value", "Waarde", Kind.DECIMAL),
    written("rank", "Plaats", Kind.NUMBER),
    written("leads", "Trekker"),
)
RULE = (
    text("type", "Type", width=150, **WRAPS),
    *(written("rule", "Regel"), written("aspect", "Aspect"), written("edition", "Editie")),
    signed("verdict", "Toets", VERDICTS, book="verdict", width=190),
    text("told", "Waarom", grow=4, width=240, **WRAPS),
    text("deviation", "Bewust afgeweken, want …", grow=2, width=160, **WRAPS),
)
STATES = (
    *(Column("Code", "code"), Column("Partner", "partner"), Column("Stand", "state")),
    Column("Sinds", "since", Kind.DATE),
    Column("Verwacht op", "expected_on", Kind.DATE),
    Column("Gevraagd op", "asked_on", Kind.DATE),
    *(Column("Reden", "reason"), Column("Beter?", "improvement")),
)


def _survey(session: Session, viewer: Viewer, wanted: CoalitionFilter) -> str:
    return rules.survey_of(type_checks(session, viewer, wanted))


def _leads(session: Session, viewer: Viewer, wanted: CoalitionFilter) -> list[rules.PlaceRow]:
    return rules.place_rows(rules.challengers(type_checks(session, viewer, wanted)))


def _pairs(session: Session, viewer: Viewer, _: None) -> pd.DataFrame:
    pairs = like_projects(session, viewer)
    return pairs.assign(pair=pairs["code"] + " " + pairs["other_code"])


MATRIX: Card[CoalitionFilter] = Card(
    *("coalitions", "matrix", "Wie doet waar mee?", rules.PARTICIPATIONS),
    columns=matrix.OF_ALL,
    rows=lambda session, viewer, wanted: pd.DataFrame(matrix.matrix_rows(coalition_matrix(session, viewer, wanted))),
)
LEADS = Card(
    *("coalitions", "trekkers", "Klopt de trekker?", _survey),
    columns=(
        *(_CODE, written("title", "Traject"), written("aspect", "Aspect"), written("edition", "Editie")),
        *PLACES,
    ),
    rows=_leads,
    dated=False,
)
RULES: Card[CoalitionFilter] = Card(
    *("coalitions", "regels", "Past elke coalitie bij haar type?", rules.RULES),
    columns=(_CODE, link("title", "Traject", "/project/", grow=2, width=150, **WRAPS), *RULE),
    rows=lambda session, viewer, wanted: rules.rule_rows(type_checks(session, viewer, wanted)),
)
EACH: Card[None] = Card(
    *("coalitions", "partners", "Wie werkt samen, en wie nog alleen?"),
    source=f"{rules.PARTICIPATIONS}; ‘ook elders’: {PAIRS_SOURCE}",
    columns=(
        link("partner", "Partner", "/gemeente/", "slug", grow=1, width=116),
        link(
            *("coalitions", "Doet mee in", "/coalities?partner=", "slug"),
            kind=Kind.NUMBER,
            width=84,
            type="rightAligned",
        ),
        numbers("leads", "Trekt", width=80),
        numbers("local", "Lokale projecten", width=104),
        numbers("side_by_side", "Waarvan ook elders", width=104),
    ),
    rows=lambda session, viewer, _: together_and_alone(session, viewer),
)
PAIRS = Card(
    *("coalitions", "naast-elkaar", "Welke lokale projecten lopen naast elkaar?", PAIRS_SOURCE),
    sheet="Naast elkaar",
    columns=(
        _CODE,
        link("title", "Project", "/project/", grow=2, width=150, **WRAPS),
        link("partner", "Bestuur", "/gemeente/", "partner_slug", width=120),
        written("phase_label", "Fase"),
        written("other_code", "Lijkt op (code)"),
        link("other_title", "Lijkt op", "/project/", "other_code", grow=2, width=150, **WRAPS),
        link("other_partner", "Ander bestuur", "/gemeente/", "other_partner_slug", width=120),
        written("other_phase_label", "Fase daar"),
        written("score", "Gelijkenis (op 100)", Kind.NUMBER),
        text("why", "Waarom", grow=3, width=150, **WRAPS),
    ),
    rows=_pairs,
)
CANDIDATES: Card[None] = Card(
    *("coalitions", "kandidaten", "Wat kunnen we nog samen doen?", f"{rules.LIKENESS} (uitdagingen)"),
    columns=(
        link("title", "Onderwerp", "/onderwerp/", "id", grow=2, width=150, **WRAPS),
        written("count", "Aantal partners", Kind.NUMBER),
        text("partners", "Partners", grow=3, width=150, **WRAPS),
        written("challenges", "Uitdagingen", Kind.NUMBER),
        text("advice", "Hoe samen?", grow=2, width=130, **WRAPS | {"tooltipField": "because"}),
        written("because", "Omdat"),
        written("alike", "Regionaal traject met hetzelfde onderwerp"),
    ),
    rows=lambda session, viewer, _: candidate_rows(
        candidate_coalitions(session, viewer), collaboration_type_options(session)
    ),
)


def _with_states(session: Session, viewer: Viewer, wanted: CoalitionFilter) -> tuple[Table, ...]:
    found = coalition_matrix(session, viewer, wanted)
    return matrix.table(found), Table("Deelnames", STATES, found.states)


DOWNLOADS = {
    MATRIX.name: offered_by_hand(meant, Permission.VIEW_PORTAL, MATRIX.question, rules.PARTICIPATIONS, _with_states),
    **offering(meant, LEADS, RULES),
    **offering(everything, EACH, PAIRS, CANDIDATES),
}
