"""What the page of the ateliers shows, as workbooks: the same choice, the same rows."""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from portal.exports.workbook import About, Table
from portal.pages.agreed import SOURCE, agreed_on, agreed_tables
from portal.pages.ateliers import fields, grids, rows, view
from portal.pages.downloads import Download, Made
from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state
from portal.queries.concerning import Concern
from portal.queries.deliverables import deliverable_rows, results_per_atelier
from portal.queries.milestones import milestone_rows, urgent_milestones
from portal.queries.reference import atelier_options

Rows = Callable[[Session, Viewer, str | None], Table]


def _of_choice(title: str, source: str, table: Rows) -> Download:
    """A download of the atelier that the address names, or of all."""

    def make(session: Session, viewer: Viewer, query: Mapping[str, str]) -> Made:
        choice = fields.choice_in(urlencode(query), atelier_options(session))
        filters = (f"atelier: {choice.code} · {choice.title}",) if choice.code else ()
        about = About(title, source, portal_state(session).as_of, filters)
        return about, (table(session, viewer, choice.code),)

    return Download(Permission.VIEW_PORTAL, make)


def _of_all(title: str, source: str, table: Callable[[Session, Viewer], Table]) -> Download:
    def make(session: Session, viewer: Viewer, query: Mapping[str, str]) -> Made:
        return About(title, source, portal_state(session).as_of), (table(session, viewer),)

    return Download(Permission.VIEW_PORTAL, make)


def _urgent(session: Session, viewer: Viewer) -> Table:
    return Table("Dringend", grids.STEPS_EXPORT, urgent_milestones(session, viewer))


def _overview(session: Session, viewer: Viewer) -> Table:
    return Table("Ateliers", grids.OVERVIEW_EXPORT, results_per_atelier(session, viewer))


def _results(session: Session, viewer: Viewer, atelier: str | None) -> Table:
    found = rows.result_rows(deliverable_rows(session, viewer, atelier))
    return Table("Resultaten", grids.RESULTS_EXPORT, found)


def _steps(session: Session, viewer: Viewer, atelier: str | None) -> Table:
    return Table("Mijlpalen", grids.STEPS_EXPORT, milestone_rows(session, viewer, atelier))


def _partners(session: Session, viewer: Viewer, atelier: str | None) -> Table:
    found = rows.partner_rows(rows.result_rows(deliverable_rows(session, viewer, atelier)))
    return Table("Partners", grids.PARTNERS_EXPORT, found)


def _agreed(session: Session, viewer: Viewer, query: Mapping[str, str]) -> Made:
    choice = fields.choice_in(urlencode(query), atelier_options(session))
    found = agreed_on(session, viewer, Concern(results_of=choice.code or ""), undone=True)
    filters = (f"atelier: {choice.code} · {choice.title}",) if choice.code else ()
    return About(view.AGREED, SOURCE, found.as_of, filters), agreed_tables(found)


DOWNLOADS = {
    "afspraken": Download(Permission.VIEW_PORTAL, _agreed),
    "dringend": _of_all(view.URGENT_QUESTION, view.STEPS_SOURCE, _urgent),
    "stand": _of_all("Hoe ver staat elk atelier?", view.SOURCE, _overview),
    "resultaten": _of_choice("Hoe ver staat elk resultaat?", view.SOURCE, _results),
    "mijlpalen": _of_choice("Halen we de mijlpalen op tijd?", view.STEPS_SOURCE, _steps),
    "partners": _of_choice("Welke partners zijn er al?", view.SOURCE, _partners),
}
