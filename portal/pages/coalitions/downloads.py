"""What the coalitions page shows, as workbooks: the same filter, the same scope."""

from collections.abc import Mapping
from urllib.parse import urlencode

import pandas as pd
from sqlalchemy.orm import Session

from portal.exports.workbook import About, Column, Kind, Table
from portal.pages.coalitions import rules, sources, view
from portal.pages.coalitions.candidates import candidate_rows
from portal.pages.coalitions.fields import KEYS
from portal.pages.coalitions.grids import STATE
from portal.pages.downloads import Download, Made
from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state
from portal.queries.candidates import candidate_coalitions
from portal.queries.coalition_matrix import Matrix, coalition_matrix
from portal.queries.filters import CoalitionFilter
from portal.queries.likeness import like_projects
from portal.queries.reference import collaboration_type_options, known_codes
from portal.queries.side_by_side import together_and_alone
from portal.queries.type_checks import TypeCheck, type_checks

COALITIONS = (
    Column("Code", "code"),
    Column("Traject", "title"),
    Column("Schaal", "scope_label"),
    Column("Type", "type_code"),
    Column("Type samenwerking", "type"),
    Column("Atelier", "atelier"),
    Column("Thema", "theme"),
    Column("Trekker", "lead"),
    Column("Doet mee", "joined", Kind.NUMBER),
    Column("Beter: ja", "better", Kind.NUMBER),
    Column("Beter: nee", "not_better", Kind.NUMBER),
    Column("Beter: onbekend", "better_unknown", Kind.NUMBER),
)
STATES = (
    Column("Code", "code"),
    Column("Partner", "partner"),
    Column("Stand", "state_label"),
    Column("Sinds", "since", Kind.DATE),
    Column("Verwacht op", "expected_on", Kind.DATE),
    Column("Gevraagd op", "asked_on", Kind.DATE),
    Column("Reden", "reason"),
    Column("Beter", "improvement_label"),
)
LEADS = (
    Column("Code", "code"),
    Column("Traject", "title"),
    Column("Aspect", "aspect"),
    Column("Editie", "edition"),
    Column("Partner", "partner"),
    Column("Waarde", "value", Kind.DECIMAL),
    Column("Plaats", "rank", Kind.NUMBER),
    Column("Trekker", "leads"),
)
RULES = (
    Column("Code", "code"),
    Column("Traject", "title"),
    Column("Type", "type"),
    Column("Regel", "rule"),
    Column("Aspect", "aspect"),
    Column("Editie", "edition"),
    Column("Toets", "verdict_label"),
    Column("Waarom", "told"),
    Column("Bewust afgeweken, want", "deviation"),
)
EACH = (
    Column("Partner", "partner"),
    Column("Doet mee in coalities", "coalitions", Kind.NUMBER),
    Column("Trekt", "leads", Kind.NUMBER),
    Column("Lopende lokale projecten", "local", Kind.NUMBER),
    Column("Waarvan ook elders", "side_by_side", Kind.NUMBER),
)
PAIRS = (
    Column("Code", "code"),
    Column("Project", "title"),
    Column("Bestuur", "partner"),
    Column("Fase", "phase_label"),
    Column("Lijkt op (code)", "other_code"),
    Column("Lijkt op", "other_title"),
    Column("Ander bestuur", "other_partner"),
    Column("Fase daar", "other_phase_label"),
    Column("Gelijkenis (0-100)", "score", Kind.NUMBER),
    Column("Waarom", "why"),
)
CANDIDATES = (
    Column("Onderwerp", "title"),
    Column("Aantal partners", "count", Kind.NUMBER),
    Column("Partners", "partners"),
    Column("Uitdagingen", "challenges", Kind.NUMBER),
    Column("Voorgesteld type", "advice"),
    Column("Omdat", "because"),
    Column("Regionaal traject met hetzelfde onderwerp", "alike"),
)


def _wanted(session: Session, query: Mapping[str, str]) -> CoalitionFilter:
    return CoalitionFilter.from_query(urlencode(dict(query)), known_codes(session))


def _about(session: Session, title: str, source: str, query: Mapping[str, str] | None = None) -> About:
    filters = tuple(f"{key}: {text}" for key, text in (query or {}).items() if key in KEYS and text)
    return About(title, source, portal_state(session).as_of, filters)


def matrix(session: Session, viewer: Viewer, query: Mapping[str, str]) -> Made:
    found = coalition_matrix(session, viewer, _wanted(session, query))
    wide = Table("Matrix", (*COALITIONS, *_partner_columns(found)), _with_states(found))
    about = _about(session, "Wie doet waar mee?", sources.PARTICIPATIONS, query)
    return about, (wide, Table("Deelnames", STATES, found.states))


def _partner_columns(found: Matrix) -> list[Column]:
    return [Column(partner.title, f"{STATE}{partner.slug}") for partner in found.partners]


def _with_states(found: Matrix) -> pd.DataFrame:
    """The coalitions with a column per partner: its state in words; empty, like a count, where nothing is known."""
    said = {(row["code"], row["partner_slug"]): row["state_label"] for row in found.states.to_dict("records")}
    columns = {
        f"{STATE}{partner.slug}": [said.get((code, partner.slug), "") for code in found.coalitions["code"]]
        for partner in found.partners
    }
    lead = found.coalitions["lead"].where(found.coalitions["lead"].notna(), view.LEAD_UNKNOWN)
    joined = found.coalitions["joined"].where(found.coalitions["known"] > 0)
    states = pd.DataFrame(columns, index=found.coalitions.index, dtype=object)
    return pd.concat([found.coalitions.assign(lead=lead, joined=joined), states], axis="columns")


def _checks(session: Session, viewer: Viewer, query: Mapping[str, str]) -> list[TypeCheck]:
    return type_checks(session, viewer, _wanted(session, query))


def leads(session: Session, viewer: Viewer, query: Mapping[str, str]) -> Made:
    checks = _checks(session, viewer, query)
    about = _about(session, "Klopt de trekker?", sources.survey(checks), query)
    return about, (Table("Trekkers", LEADS, rules.place_rows(rules.challengers(checks))),)


def type_rules(session: Session, viewer: Viewer, query: Mapping[str, str]) -> Made:
    rows = rules.rule_rows(_checks(session, viewer, query))
    return _about(session, "Past elke coalitie bij haar type?", sources.RULES, query), (Table("Regels", RULES, rows),)


def each(session: Session, viewer: Viewer, query: Mapping[str, str]) -> Made:
    about = _about(session, "Wie werkt samen, en wie nog alleen?", sources.EACH)
    return about, (Table("Partners", EACH, together_and_alone(session, viewer)),)


def pairs(session: Session, viewer: Viewer, query: Mapping[str, str]) -> Made:
    about = _about(session, "Welke lokale projecten lopen naast elkaar?", sources.PAIRS)
    return about, (Table("Naast elkaar", PAIRS, like_projects(session, viewer)),)


def candidates(session: Session, viewer: Viewer, query: Mapping[str, str]) -> Made:
    rows = candidate_rows(candidate_coalitions(session, viewer), collaboration_type_options(session))
    about = _about(session, "Wat kunnen we nog samen doen?", f"{sources.LIKENESS} (uitdagingen)")
    return about, (Table("Kandidaten", CANDIDATES, rows),)


DOWNLOADS = {
    "matrix": Download(Permission.VIEW_PORTAL, matrix),
    "trekkers": Download(Permission.VIEW_PORTAL, leads),
    "regels": Download(Permission.VIEW_PORTAL, type_rules),
    "partners": Download(Permission.VIEW_PORTAL, each),
    "naast-elkaar": Download(Permission.VIEW_PORTAL, pairs),
    "kandidaten": Download(Permission.VIEW_PORTAL, candidates),
}
