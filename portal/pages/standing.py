"""What a partner reported, in figures that the first page and the partner's own page show alike."""

from portal.queries.partners.figures import PartnerStanding
from portal.text import NO_DATA, number


def reported(rows: int, standing: PartnerStanding) -> str:
    """0 is a fact only where somebody asked."""
    return number(rows) if rows or standing.surveyed else NO_DATA


def without_project(standing: PartnerStanding) -> str:
    if not standing.challenges:
        return "niets geregistreerd" if standing.surveyed else "niet in de gepubliceerde inventaris"
    if not standing.open_challenges:
        return "geen enkele nog open"
    return f"{number(standing.without_project)} zonder project" if standing.without_project else "elk met een project"
