"""The partner that an address names, and the downloads of the cards about it."""

from urllib.parse import parse_qsl

from sqlalchemy.orm import Session

from portal.pages.agreed import agreed_download
from portal.pages.cards import Meant, offered_by_hand, offering
from portal.pages.partner.sharing import SHARED
from portal.pages.partner.support import ROADMAP, SOURCE, endorsement_tables
from portal.pages.partner.survey import SURVEY
from portal.pages.partner.together import COALITIONS
from portal.pages.partner.view import AGREED
from portal.pages.partner.words import query_of
from portal.pages.partner.work import PROJECTS, THEMES
from portal.permissions import Permission, Viewer
from portal.queries.meetings.open_work import Concern
from portal.queries.partners.partners import PartnerDetail, partner_detail


def meant(session: Session, viewer: Viewer, query: str) -> Meant[PartnerDetail]:
    """Raises RowNotFound for one that is not there."""
    partner = partner_detail(session, viewer, dict(parse_qsl(query)).get("gemeente", ""))
    return Meant(partner, query_of(partner), (f"gemeente: {partner.name}",), partner.name)


def agreed_about(partner: PartnerDetail) -> Concern:
    return Concern(partner=partner.slug)


DOWNLOADS = {
    **offering(meant, SHARED, SURVEY, THEMES, PROJECTS, COALITIONS, ROADMAP),
    "draagvlak": offered_by_hand(meant, Permission.VIEW_PORTAL, "Is iedereen mee?", SOURCE, endorsement_tables),
    "afspraken": agreed_download(AGREED, meant, agreed_about),
}
