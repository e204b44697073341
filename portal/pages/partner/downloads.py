"""What the page of a partner shows, as workbooks: the same rows, the same scope."""

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from portal.exports.workbook import About, Table
from portal.pages.agreed import SOURCE, agreed_on, agreed_tables
from portal.pages.downloads import Download, Made
from portal.pages.partner import sharing, support, survey, together, view, work
from portal.pages.partner.words import INVENTORY
from portal.permissions import Permission, Viewer
from portal.queries import coalitions, endorsement, partners, stadsmonitor
from portal.queries.about import portal_state
from portal.queries.concerning import Concern
from portal.queries.sharing import sharing_partners

Rows = Callable[[Session, Viewer, str], tuple[Table, ...]]


def _of_partner(title: str, source: str, rows: Rows) -> Download:
    """A download of the partner that the address names; 404 for one that is not there."""

    def make(session: Session, viewer: Viewer, query: Mapping[str, str]) -> Made:
        partner = partners.partner_detail(session, viewer, query.get("gemeente", ""))
        about = About(f"{title}: {partner.name}", source, portal_state(session).as_of, (f"gemeente: {partner.name}",))
        return about, rows(session, viewer, partner.slug)

    return Download(Permission.VIEW_PORTAL, make)


def _shared(session: Session, viewer: Viewer, slug: str) -> tuple[Table, ...]:
    return (Table("Gedeeld", sharing.EXPORT, sharing.shared_rows(sharing_partners(session, viewer, slug))),)


def _survey(session: Session, viewer: Viewer, slug: str) -> tuple[Table, ...]:
    return (Table("Tevredenheid", survey.EXPORT, survey.own_rows(stadsmonitor.observations(session, viewer), slug)),)


def _themes(session: Session, viewer: Viewer, slug: str) -> tuple[Table, ...]:
    rows = partners.challenges_by_theme_and_urgency(session, viewer, slug)
    return (Table("Thema's", work.THEMES_EXPORT, rows),)


def _projects(session: Session, viewer: Viewer, slug: str) -> tuple[Table, ...]:
    return (Table("Projecten", work.PROJECTS_EXPORT, partners.projects_of(session, viewer, slug)),)


def _coalitions(session: Session, viewer: Viewer, slug: str) -> tuple[Table, ...]:
    rows = together.coalition_rows(coalitions.coalitions_of(session, viewer, slug))
    return (Table("Coalities", together.COALITIONS_EXPORT, rows),)


def _endorsement(session: Session, viewer: Viewer, slug: str) -> tuple[Table, ...]:
    return (
        Table("Draagvlak", support.LEVELS_EXPORT, endorsement.endorsement_of(session, viewer, slug)),
        Table("Open voorwaarden", support.CONDITIONS_EXPORT, endorsement.open_conditions_of(session, viewer, slug)),
    )


def _roadmap(session: Session, viewer: Viewer, slug: str) -> tuple[Table, ...]:
    return (Table("Roadmap", support.ROADMAP_EXPORT, partners.roadmap_of(session, viewer, slug)),)


def _agreed(session: Session, viewer: Viewer, slug: str) -> tuple[Table, ...]:
    return agreed_tables(agreed_on(session, viewer, Concern(partner=slug), undone=True))


DOWNLOADS = {
    "afspraken": _of_partner(view.AGREED, SOURCE, _agreed),
    "gedeeld": _of_partner("Wie deelt de uitdagingen", f"{INVENTORY}; zelfde dienst en thema", _shared),
    "tevredenheid": _of_partner("Tevredenheid van inwoners", "Gemeente-Stadsmonitor", _survey),
    "themas": _of_partner("Uitdagingen per thema en urgentie", INVENTORY, _themes),
    "projecten": _of_partner("Eigen projecten", "projecten in het portaal", _projects),
    "coalities": _of_partner("Coalities", "deelnames in het portaal", _coalitions),
    "draagvlak": _of_partner("Draagvlak per niveau", "bevraging door de projectcoördinator", _endorsement),
    "roadmap": _of_partner("Roadmap", "roadmap in het portaal", _roadmap),
}
