"""The first sentence about a municipality."""

from datetime import date

from dash import html
from dash.development.base_component import Component

from portal.components.frame import Crumb, page_header
from portal.queries.partners.figures import PartnerStanding
from portal.queries.partners.partners import PartnerDetail
from portal.text import in_words, number, plural, sentence
from portal.vocabulary import PartnerKind

CRUMBS = (Crumb("Overzicht", "/"), Crumb("Gemeenten", "/gemeenten"))


def opening(partner: PartnerDetail, standing: PartnerStanding, as_of: date) -> Component:
    told = [*([] if partner.own else [_identity(partner)]), *_story(partner, standing)]
    return page_header(partner.name, [*CRUMBS, Crumb(partner.name)], as_of, told)


def _identity(partner: PartnerDetail) -> str:
    if partner.kind is not PartnerKind.MUNICIPALITY:
        return f"{sentence(partner.kind.label)}. "
    if partner.population is None:
        return ""
    year = f" ({partner.population_year})" if partner.population_year else ""
    return f"{number(partner.population)} inwoners{year}. "


def _story(partner: PartnerDetail, standing: PartnerStanding) -> list[str | Component]:
    """What waits, and how many questions live elsewhere too."""
    waits: list[str | Component] = []
    if standing.waiting:
        waits = [html.B(f"{sentence(_waiting(standing))}."), " "]
    if not standing.challenges:
        begin = ": begin met wat ook bij u leeft" if partner.own else ""
        return [*waits, f"Er zijn hier nog geen uitdagingen geregistreerd{begin}", *_late(standing)]
    if not standing.open_challenges:
        return [*waits, "Alle gemelde uitdagingen zijn opgelost of vervallen", *_late(standing)]
    return [*waits, *_elsewhere(partner, standing), *(["."] if waits else _late(standing))]


def _waiting(standing: PartnerStanding) -> str:
    asked = standing.waiting
    return f"{in_words(asked)} {'vraag wacht' if asked == 1 else 'vragen wachten'} op antwoord"


def _late(standing: PartnerStanding) -> list[str | Component]:
    """The end of the sentence, where it leaves room for a second thing in bold."""
    if not standing.overdue:
        return ["."]
    projects = "één project is" if standing.overdue == 1 else f"{in_words(standing.overdue)} projecten zijn"
    return ["; ", html.B(f"{projects} over tijd"), "."]


def _elsewhere(partner: PartnerDetail, standing: PartnerStanding) -> list[str | Component]:
    """ "Van onze 14 open uitdagingen leven er elf ook elders: twee bevestigd, negen gelijkend"."""
    shared, whose = standing.elsewhere, "onze" if partner.own else "de"
    of = plural(standing.open_challenges, "open uitdaging", "open uitdagingen")
    if not shared.total:
        return [f"Van {whose} {of} leeft er geen elders"]
    lives = html.B(f"{in_words(shared.total)} ook elders")
    kinds = f"{in_words(shared.confirmed)} bevestigd, {in_words(shared.alike)} gelijkend"
    return [f"Van {whose} {of} {'leeft' if shared.total == 1 else 'leven'} er ", lives, f": {kinds}"]
