"""The first sentence about a municipality."""

from datetime import date

from dash import html
from dash.development.base_component import Component

from portal import numbers
from portal.components.frame import Crumb, page_header
from portal.components.numbers import keyed
from portal.queries.partners.figures import PartnerStanding
from portal.queries.partners.partners import PartnerDetail
from portal.text import in_words, number, plural, sentence
from portal.vocabulary import PartnerKind

CRUMBS = (Crumb("Overzicht", "/"), Crumb("Gemeenten", "/gemeenten"))


def opening(partner: PartnerDetail, standing: PartnerStanding, as_of: date) -> Component:
    told = [*([] if partner.own else [_identity(partner)]), *_story(partner, standing)]
    return page_header(partner.name, [*CRUMBS, Crumb(partner.name)], as_of, told)


def _identity(partner: PartnerDetail) -> Component | str:
    if partner.kind is not PartnerKind.MUNICIPALITY:
        return f"{sentence(partner.kind.label)}. "
    if partner.population is None:
        return ""
    year = f" ({partner.population_year})" if partner.population_year else ""
    count = numbers.INHABITANTS.at(partner.population, partner.slug)
    return html.Span([keyed(count, f"{number(partner.population)} inwoners"), f"{year}. "])


def _story(partner: PartnerDetail, standing: PartnerStanding) -> list[str | Component]:
    """What waits, and how many questions live elsewhere too."""
    waits: list[str | Component] = []
    if standing.waiting:
        waits = [html.B([_waiting(partner, standing), "."]), " "]
    if not standing.challenges:
        begin = ": begin met wat ook bij u leeft" if partner.own else ""
        return [*waits, f"Er zijn hier nog geen uitdagingen geregistreerd{begin}", *_late(partner, standing)]
    if not standing.open_challenges:
        return [*waits, "Alle gemelde uitdagingen zijn opgelost of vervallen", *_late(partner, standing)]
    return [*waits, *_elsewhere(partner, standing), *(["."] if waits else _late(partner, standing))]


def _waiting(partner: PartnerDetail, standing: PartnerStanding) -> Component:
    asked = standing.waiting
    said = f"{sentence(in_words(asked))} {'vraag wacht' if asked == 1 else 'vragen wachten'} op antwoord"
    return keyed(numbers.WAITING.at(asked, partner.slug), said)


def _late(partner: PartnerDetail, standing: PartnerStanding) -> list[str | Component]:
    """The end of the sentence, where it leaves room for a second thing in bold."""
    if not standing.overdue:
        return ["."]
    projects = "één project is" if standing.overdue == 1 else f"{in_words(standing.overdue)} projecten zijn"
    late = numbers.OVERDUE_PROJECTS.at(standing.overdue, partner.slug)
    return ["; ", html.B(keyed(late, f"{projects} te laat")), "."]


def _elsewhere(partner: PartnerDetail, standing: PartnerStanding) -> list[str | Component]:
    """ "Van onze 14 open uitdagingen leven er elf ook elders: twee bevestigd, negen gelijkend"."""
    shared, whose, slug = standing.elsewhere, "onze" if partner.own else "de", partner.slug
    many = plural(standing.open_challenges, "open uitdaging", "open uitdagingen")
    of = keyed(numbers.OPEN.at(standing.open_challenges, slug), many)
    every = numbers.ELSEWHERE.at(shared.total, slug)
    if not shared.total:
        return [f"Van {whose} ", of, " leeft er ", keyed(every, "geen"), " elders"]
    lives = html.B([keyed(every, in_words(shared.total)), " ook elders"])
    return [
        *(f"Van {whose} ", of, f" {'leeft' if shared.total == 1 else 'leven'} er ", lives, ": "),
        *(keyed(numbers.CONFIRMED_ELSEWHERE.at(shared.confirmed, slug), in_words(shared.confirmed)), " bevestigd, "),
        *(keyed(numbers.ALIKE_ELSEWHERE.at(shared.alike, slug), in_words(shared.alike)), " gelijkend"),
    ]
