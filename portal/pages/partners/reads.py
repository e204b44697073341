"""What the page and its download both show."""

import pandas as pd
from sqlalchemy.orm import Session

from portal.pages.partners.view import partner_rows
from portal.permissions import Viewer
from portal.queries.inventory import published_against_now
from portal.queries.partners import partner_list
from portal.queries.standing import coalitions_per_partner


def all_partners(session: Session, viewer: Viewer) -> pd.DataFrame:
    """See `view.partner_rows`."""
    counts = published_against_now(session, viewer)
    return partner_rows(partner_list(session, viewer), counts, coalitions_per_partner(session, viewer))
