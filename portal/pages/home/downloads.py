"""What the first page shows, whole, as workbooks."""

from collections.abc import Callable, Mapping

import pandas as pd
from sqlalchemy.orm import Session

from portal.exports.workbook import About, Column, Kind, Table
from portal.pages.downloads import Download, Made
from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state
from portal.queries.deliverables import results_per_atelier
from portal.queries.milestones import urgent_milestones
from portal.queries.money import grants
from portal.queries.money_filter import Per
from portal.queries.money_totals import totals_per
from portal.queries.partners import partner_list
from portal.queries.reference import own_partner_options
from portal.queries.signals import project_signals
from portal.queries.standing import coalitions_per_partner, open_invitations
from portal.queries.waiting import open_actions, reports_due

MILESTONES = (
    Column("Mijlpaal", "title"),
    Column("Van", "of_title"),
    Column("Atelier", "atelier"),
    Column("Eerste plan", "due_first", Kind.DATE),
    Column("Verwacht", "due_expected", Kind.DATE),
    Column("Uitloop (dagen)", "slip_days", Kind.NUMBER),
    Column("Dagen te laat", "days_late", Kind.NUMBER),
)
SIGNALS = (
    Column("Code", "code"),
    Column("Traject", "title"),
    Column("Atelier", "atelier"),
    Column("Fase", "phase_label"),
    Column("Gemeld", "health_label"),
    Column("Berekend", "signal"),
    Column("Waarom", "why"),
    Column("Laatste teken", "last_seen", Kind.DATE),
    Column("Verwacht einde", "end_expected", Kind.DATE),
)
ACTIONS = (
    Column("Actie", "text"),
    Column("Wie", "owner"),
    Column("Tegen", "due_on", Kind.DATE),
    Column("Dagen over", "days_left", Kind.NUMBER),
    Column("Vergadering", "meeting"),
    Column("Project", "project_title"),
)
PARTNERS = (
    Column("Partner", "name"),
    Column("Soort", "kind_label"),
    Column("Doet mee in", "coalitions", Kind.NUMBER),
    Column("Trekt", "leads", Kind.NUMBER),
)
REPORTS = (
    Column("Code", "code"),
    Column("Traject", "title"),
    Column("Atelier", "atelier"),
    Column("Gemeld", "health_label"),
    Column("Laatste melding", "last_reported_on", Kind.DATE),
)
RESULTS = (
    Column("Atelier", "code"),
    Column("Naam", "title"),
    Column("Resultaten", "results", Kind.NUMBER),
    Column("Bereikt", "bereikt", Kind.NUMBER),
    Column("Mijlpalen", "milestones", Kind.NUMBER),
    Column("Mijlpalen over tijd", "milestones_late", Kind.NUMBER),
)
MONEY = (
    Column("Atelier", "code"),
    Column("Naam", "name"),
    Column("Begroot", "budgeted", Kind.EURO),
    Column("Vastgelegd", "committed", Kind.EURO),
    Column("Uitgegeven", "spent", Kind.EURO),
    Column("Prognose", "forecast", Kind.EURO),
)
QUESTIONS = (
    Column("Partner", "partner"),
    Column("Code", "code"),
    Column("Traject", "title"),
    Column("Gevraagd op", "asked_on", Kind.DATE),
)
Rows = Callable[[Session, Viewer], pd.DataFrame]


def _joined(session: Session, viewer: Viewer) -> pd.DataFrame:
    return partner_list(session, viewer).merge(coalitions_per_partner(session, viewer), on="slug")


def _money(session: Session, viewer: Viewer) -> pd.DataFrame:
    found = grants(session, viewer)
    empty = pd.DataFrame(columns=[column.key for column in MONEY])
    return totals_per(session, viewer, found[0], Per.ATELIER) if found else empty


def _questions(session: Session, viewer: Viewer) -> pd.DataFrame:
    asked = [
        open_invitations(session, viewer, partner.code).assign(partner=partner.label)
        for partner in own_partner_options(session, viewer)
    ]
    return pd.concat(asked) if asked else pd.DataFrame(columns=[column.key for column in QUESTIONS])


def _of(title: str, source: str, columns: tuple[Column, ...], rows: Rows, right: Permission) -> Download:
    def make(session: Session, viewer: Viewer, query: Mapping[str, str]) -> Made:
        about = About(title, source, portal_state(session).as_of)
        return about, (Table(title, columns, rows(session, viewer)),)

    return Download(right, make)


_ALL, _MEETING = Permission.VIEW_PORTAL, Permission.VIEW_OPEN_MEETINGS
DOWNLOADS = {
    "mijlpalen": _of("Mijlpalen", "mijlpalen in het portaal", MILESTONES, urgent_milestones, _ALL),
    "signalen": _of("Signalen", "voortgangsmeldingen en mijlpalen", SIGNALS, project_signals, _ALL),
    "acties": _of("Acties", "verslagen van de vergaderingen", ACTIONS, open_actions, _MEETING),
    "deelnames": _of("Deelnames", "deelnames in het portaal", PARTNERS, _joined, _ALL),
    "meldingen": _of("Meldingen", "voortgangsmeldingen", REPORTS, reports_due, Permission.EDIT_PROJECTS),
    "resultaten": _of("Resultaten", "resultaten in het portaal", RESULTS, results_per_atelier, _ALL),
    "geld": _of("Geld", "boekingen in het portaal", MONEY, _money, Permission.VIEW_MONEY_TOTALS),
    "vragen": _of("Vragen", "deelnames in het portaal", QUESTIONS, _questions, Permission.EDIT_PARTICIPATION),
}
