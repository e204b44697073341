"""The tables behind the cards of the first page: whole, as workbooks."""

from collections.abc import Callable

import pandas as pd
from sqlalchemy.orm import Session

from portal.exports.workbook import Kind
from portal.pages.cards import Card, everything, offering
from portal.pages.columns import Columns, written
from portal.permissions import Permission, Viewer
from portal.queries.meetings.open_work import open_actions, reports_due
from portal.queries.money.grants import grants
from portal.queries.money.rows import Per
from portal.queries.money.totals import totals_per
from portal.queries.partners.figures import coalitions_per_partner, open_invitations
from portal.queries.partners.partners import partner_list
from portal.queries.reference import own_partner_options
from portal.queries.results.deliverables import results_per_atelier, urgent_milestones
from portal.queries.results.signals import project_signals

MILESTONES = (
    written("title", "Mijlpaal"),
    written("of_title", "Van"),
    written("atelier", "Atelier"),
    written("due_first", "Eerste plan", Kind.DATE),
    written("due_expected", "Verwacht", Kind.DATE),
    written("slip_days", "Uitloop (dagen)", Kind.NUMBER),
    written("days_late", "Dagen te laat", Kind.NUMBER),
)
SIGNALS = (
    written("code", "Code"),
    written("title", "Traject"),
    written("atelier", "Atelier"),
    written("phase_label", "Fase"),
    written("health_label", "Gemeld"),
    written("signal", "Berekend"),
    written("why", "Waarom"),
    written("last_seen", "Laatste teken", Kind.DATE),
    written("end_expected", "Verwacht einde", Kind.DATE),
)
ACTIONS = (
    written("text", "Actie"),
    written("owner", "Wie"),
    written("due_on", "Tegen", Kind.DATE),
    written("days_left", "Dagen over", Kind.NUMBER),
    written("meeting", "Vergadering"),
    written("project_title", "Project"),
)
PARTNERS = (
    written("name", "Partner"),
    written("kind_label", "Soort"),
    written("coalitions", "Doet mee in", Kind.NUMBER),
    written("leads", "Trekt", Kind.NUMBER),
)
REPORTS = (
    written("code", "Code"),
    written("title", "Traject"),
    written("atelier", "Atelier"),
    written("health_label", "Gemeld"),
    written("last_reported_on", "Laatste melding", Kind.DATE),
)
RESULTS = (
    written("code", "Atelier"),
    written("title", "Naam"),
    written("results", "Resultaten", Kind.NUMBER),
    written("bereikt", "Bereikt", Kind.NUMBER),
    written("milestones", "Mijlpalen", Kind.NUMBER),
    written("milestones_late", "Mijlpalen over tijd", Kind.NUMBER),
)
MONEY = (
    written("code", "Atelier"),
    written("name", "Naam"),
    written("budgeted", "Begroot", Kind.EURO),
    written("committed", "Vastgelegd", Kind.EURO),
    written("spent", "Uitgegeven", Kind.EURO),
    written("forecast", "Prognose", Kind.EURO),
)
QUESTIONS = (
    written("partner", "Partner"),
    written("code", "Code"),
    written("title", "Traject"),
    written("asked_on", "Gevraagd op", Kind.DATE),
)


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


def _card(
    name: str,
    question: str,
    source: str,
    columns: Columns,
    rows: Callable[[Session, Viewer], pd.DataFrame],
    *,
    right: Permission = Permission.VIEW_PORTAL,
) -> Card[None]:
    return Card("home", name, question, source, columns, lambda session, viewer, _: rows(session, viewer), right=right)


REPORTED = "deelnames in het portaal"
LATE = _card("mijlpalen", "Wat is te laat of dringend?", "mijlpalen in het portaal", MILESTONES, urgent_milestones)
STUCK = _card("signalen", "Waar zit het vast?", "voortgangsmeldingen en mijlpalen", SIGNALS, project_signals)
OPEN = _card(
    *("acties", "Welke acties staan open?", "verslagen van de vergaderingen", ACTIONS, open_actions),
    right=Permission.VIEW_OPEN_MEETINGS,
)
JOINED = _card("deelnames", "Welke gemeenten doen mee?", REPORTED, PARTNERS, _joined)
OWED = _card(
    *("meldingen", "Wie moet nog melden?", "voortgangsmeldingen", REPORTS, reports_due), right=Permission.EDIT_PROJECTS
)
REACHED = _card(
    *("resultaten", "Welke resultaten zijn bereikt?", "resultaten in het portaal", RESULTS, results_per_atelier)
)
SPENT = _card(
    *("geld", "Ligt het geld op schema?", "boekingen in het portaal", MONEY, _money), right=Permission.VIEW_MONEY_TOTALS
)
ASKED = _card("vragen", "Wat wacht op u?", REPORTED, QUESTIONS, _questions, right=Permission.EDIT_PARTICIPATION)
DOWNLOADS = offering(everything, LATE, STUCK, OPEN, JOINED, OWED, REACHED, SPENT, ASKED)
