"""What the page of all partners shows, as a workbook."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from portal.exports.workbook import About, Column, Kind, Table
from portal.pages.downloads import Download, Made
from portal.pages.partners.reads import all_partners
from portal.pages.partners.view import SOURCE
from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state

LIST = (
    Column("Bestuur", "name"),
    Column("Soort", "kind_label"),
    Column("Inwoners", "population", Kind.NUMBER),
    Column("Jaar", "population_year"),
    Column("Coalities", "coalitions", Kind.NUMBER),
    Column("Trekt", "leads", Kind.NUMBER),
    Column("Uitdagingen", "challenges", Kind.NUMBER),
    Column("Open zonder project", "without_project", Kind.NUMBER),
    Column("Projecten", "projects", Kind.NUMBER),
)


def partners(session: Session, viewer: Viewer, query: Mapping[str, str]) -> Made:
    about = About("Waar staat elk bestuur?", SOURCE, portal_state(session).as_of)
    return about, (Table("Besturen", LIST, all_partners(session, viewer)),)


DOWNLOADS = {"besturen": Download(Permission.VIEW_PORTAL, partners)}
