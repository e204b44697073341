"""Whose a thing is: "onze projecten" for who serves the partner, else "de projecten van Menen"."""

from portal.pages.downloads import download_path
from portal.queries.partners import PartnerDetail

INVENTORY = "inventaris in het portaal"


def whose(partner: PartnerDetail, things: str) -> str:
    return f"onze {things}" if partner.own else f"de {things} van {partner.name}"


def download_of(partner: PartnerDetail, table: str) -> str:
    """The address of a table of this partner."""
    return download_path("partner", table, f"gemeente={partner.slug}")
