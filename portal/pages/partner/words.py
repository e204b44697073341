"""Whose a thing is: "onze projecten" for who serves the partner, else "de projecten van Menen"."""

from portal.queries.partners.partners import PartnerDetail

INVENTORY = "inventaris in het portaal"


def whose(partner: PartnerDetail, things: str) -> str:
    return f"onze {things}" if partner.own else f"de {things} van {partner.name}"


def query_of(partner: PartnerDetail) -> str:
    """What a download of this partner carries."""
    return f"gemeente={partner.slug}"
