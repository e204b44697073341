"""The cards of the page of all partners: one list, on the map and as a grid."""

import pandas as pd
from sqlalchemy.orm import Session

from portal.components.grids import ColumnDef
from portal.exports.workbook import Kind
from portal.pages.cards import Card, everything, offering
from portal.pages.columns import link, number, written
from portal.pages.partners.view import partner_rows
from portal.permissions import Viewer
from portal.queries.inventory.counts import published_against_now
from portal.queries.partners.figures import coalitions_per_partner
from portal.queries.partners.partners import partner_list
from portal.text import NO_DATA

# nothing known is said in words, once for the three counts, and never as 0
_OR_UNKNOWN: ColumnDef = {
    "valueFormatter": {"function": f"params.value == null ? '{NO_DATA}' : asNumber(params.value)"},
    "colSpan": {"function": "params.data.challenges == null ? 3 : 1"},
}


def _all_partners(session: Session, viewer: Viewer, _: None) -> pd.DataFrame:
    """See `view.partner_rows`."""
    counts = published_against_now(session, viewer)
    return partner_rows(partner_list(session, viewer), counts, coalitions_per_partner(session, viewer))


PARTNERS = Card(
    *("partners", "besturen", "Waar staat elk bestuur?", "inventaris en deelnames in het portaal"),
    columns=(
        link("name", "Bestuur", "/gemeente/", "slug", grow=1, width=118),
        written("kind_label", "Soort"),
        written("population", "Inwoners", Kind.NUMBER),
        written("population_year", "Jaar", Kind.YEAR),
        number("coalitions", "Coalities", width=90),
        number("leads", "Trekt", width=80),
        number("challenges", "Uitdagingen", width=115, **_OR_UNKNOWN),
        number("without_project", "Open zonder project", width=115),
        number("projects", "Projecten", width=105),
    ),
    rows=_all_partners,
)
DOWNLOADS = offering(everything, PARTNERS)
