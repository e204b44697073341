"""One municipality as it is drawn: its first sentence, its figures, and whom to call."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

import pandas as pd
from dash import html
from dash.development.base_component import Component

from portal.components.cards import card, key_figure
from portal.components.frame import Crumb, page_header
from portal.components.links import inside
from portal.components.tags import Tone, tag
from portal.pages.reports import reported, without_project
from portal.permissions import Permission, Viewer
from portal.queries.partners.figures import PartnerStanding
from portal.queries.partners.partners import Contact, PartnerDetail
from portal.text import in_words, listed, number, plural, sentence
from portal.vocabulary import PartnerKind


class Ids(StrEnum):
    SLUG = "partner-slug"
    BODY = "partner-body"
    HEAD = "partner-head"
    FIGURES = "partner-figures"
    ASKED = "partner-asked"
    AGREED = "partner-agreed"
    SHARED = "partner-shared"
    WORK = "partner-work"
    TOGETHER = "partner-together"
    SUPPORT = "partner-support"


INVENTORY = "inventaris in het portaal"


def whose(partner: PartnerDetail, things: str) -> str:
    return f"onze {things}" if partner.own else f"de {things} van {partner.name}"


def query_of(partner: PartnerDetail) -> str:
    """What a download of this partner carries."""
    return f"gemeente={partner.slug}"


AGREED = "Wat werd beslist, en wat is nog beloofd?"
CRUMBS = (Crumb("Overzicht", "/"), Crumb("Gemeenten", "/gemeenten"))


def opening(partner: PartnerDetail, standing: PartnerStanding, as_of: date) -> Component:
    told = [_identity(partner), *_story(partner, standing)]
    return page_header(partner.name, [*CRUMBS, Crumb(partner.name)], as_of, told)


def _identity(partner: PartnerDetail) -> str:
    if partner.kind is not PartnerKind.MUNICIPALITY:
        return f"{sentence(partner.kind.label)}. "
    if partner.population is None:
        return ""
    year = f" ({partner.population_year})" if partner.population_year else ""
    return f"{number(partner.population)} inwoners{year}. "


def _story(partner: PartnerDetail, standing: PartnerStanding) -> list[str | Component]:
    if not standing.challenges:
        return ["Er zijn hier geen uitdagingen geregistreerd", *_late(standing)]
    if not standing.open_challenges:
        return ["Alle gemelde uitdagingen zijn opgelost of vervallen", *_late(standing)]
    if not standing.candidates:
        return [html.B(_shared(partner, standing)), *_late(standing)]
    start = html.B(f"voor {in_words(standing.candidates)} kan een coalitie starten")
    return [html.B(_shared(partner, standing)), "; ", start, "."]


def _late(standing: PartnerStanding) -> list[str | Component]:
    """The end of the sentence, when what is shared leaves room for a second thing in bold."""
    if not standing.overdue:
        return ["."]
    projects = "één project is" if standing.overdue == 1 else f"{in_words(standing.overdue)} projecten zijn"
    return ["; ", html.B(f"{projects} over tijd"), "."]


def _shared(partner: PartnerDetail, standing: PartnerStanding) -> str:
    """ "Zeven van onze elf open uitdagingen leven ook elders in de regio"."""
    shared, of = standing.elsewhere, standing.open_challenges
    whose = "onze" if partner.own else "de"
    everywhere = "leven ook elders in de regio"
    if of == 1:
        only = f"{sentence(whose)} enige open uitdaging leeft"
        return f"{only} ook elders in de regio" if shared else f"{only} nergens anders in de regio"
    if not shared:
        return f"Geen van {whose} {in_words(of)} open uitdagingen leeft elders in de regio"
    if shared == of:
        return f"{'Al onze' if partner.own else 'Alle'} {in_words(of)} open uitdagingen {everywhere}"
    if shared == 1:
        return f"Eén van {whose} {in_words(of)} open uitdagingen leeft ook elders in de regio"
    return f"{sentence(in_words(shared))} van {whose} {in_words(of)} open uitdagingen {everywhere}"


def figures(viewer: Viewer, partner: PartnerDetail, standing: PartnerStanding) -> list[Component]:
    """The four key figures; each counts the rows of a card below."""
    return [
        key_figure("uitdagingen gemeld", reported(standing.challenges, standing), without_project(standing)),
        key_figure("eigen projecten", reported(standing.projects, standing), _overdue(standing)),
        key_figure("regionale coalities", _coalitions(standing), _leads(standing)),
        _asked(viewer, partner, standing),
    ]


def _overdue(standing: PartnerStanding) -> Component | str:
    if not standing.projects:
        return "geen gemeld"
    if not standing.overdue:
        return "geen over tijd"
    return tag(f"{number(standing.overdue)} over tijd", Tone.LATE, "▲")


def _coalitions(standing: PartnerStanding) -> str:
    return f"{number(standing.coalitions)} van {number(standing.of_coalitions)}" if standing.of_coalitions else "geen"


def _leads(standing: PartnerStanding) -> Component | str:
    if not standing.of_coalitions:
        return "er loopt nog geen coalitie"
    return tag(f"trekt er {number(standing.leads)}", Tone.ACCENT, "T") if standing.leads else "trekt er geen"


def _asked(viewer: Viewer, partner: PartnerDetail, standing: PartnerStanding) -> Component:
    """What waits for an answer: of the viewer who gives it, else of the partner."""
    if not (partner.own and viewer.may(Permission.EDIT_PARTICIPATION)):
        waiting = f"{plural(standing.invitations, 'uitnodiging', 'uitnodigingen')} zonder antwoord"
        return key_figure("open voorwaarden", number(standing.conditions), waiting)
    asked = (
        (standing.invitations, "uitnodiging", "uitnodigingen"),
        (standing.conditions, "open voorwaarde", "open voorwaarden"),
    )
    said = " · ".join(plural(*one) for one in asked if one[0]) or "niets dat wacht op u"
    return key_figure("vragen aan u", number(standing.invitations + standing.conditions), said)


MOST_TO_CALL = 5
ALONE = "Nog niemand deelt een open uitdaging met ons. De projectcoördinator helpt u verder."


class Neighbour(NamedTuple):
    """A partner to call, with how many of the challenges it shares."""

    slug: str
    name: str
    shares: int


def neighbours(sharing: pd.DataFrame, most: int = MOST_TO_CALL) -> list[Neighbour]:
    """The partners that share most of the challenges, most first and then in the order of their names."""
    pairs = [
        (slug, name)
        for slugs, names in zip(sharing["partner_slugs"], sharing["partners"], strict=True)
        for slug, name in zip(slugs, names, strict=True)
    ]
    counted = sorted(Counter(pairs).items(), key=lambda one: (-one[1], one[0][1]))
    return [Neighbour(slug, name, count) for (slug, name), count in counted[:most]]


def call_card(partner: PartnerDetail, sharing: pd.DataFrame, contacts: Sequence[Contact]) -> Component:
    """Of another partner its own directors; of the viewer's own partner those of who shares most with it."""
    if not partner.own:
        return card(f"Wie belt u bij {partner.name}?", people(contacts, partner.slug) or _nobody(partner.name))
    near = neighbours(sharing)
    if not near:
        return card("Wie belt u?", html.P(ALONE, className="sub"))
    lines = [html.Li(_line(one, people(contacts, one.slug)), style={"breakInside": "avoid"}) for one in near]
    silent = listed([one.name for one in near if people(contacts, one.slug) is None])
    called = html.Ul(lines, style={"columns": "3 280px", "margin": "0"})
    sub = "De besturen die het meest met ons delen, en hun algemeen directeur."
    return card("Wie belt u?", called, _nobody(silent) if silent else None, sub=sub)


def to_call(partner: PartnerDetail, sharing: pd.DataFrame) -> list[str]:
    """The slugs of the partners whose directors the card names."""
    return [one.slug for one in neighbours(sharing)] if partner.own else [partner.slug]


def _line(one: Neighbour, known: Component | None) -> list[Component | str]:
    name = inside(one.name, f"/gemeente/{one.slug}")
    return [name, f" deelt er {one.shares}", known or html.Div("nog niemand bekend")]


def people(contacts: Sequence[Contact], slug: str) -> Component | None:
    """Those of one partner, each with a way to write to them; None where nobody is known."""
    own = [one for one in contacts if one.partner_slug == slug]
    lines = [html.Div([f"{one.name}: ", html.A(one.email, href=f"mailto:{one.email}")]) for one in own]
    return html.Div(lines) if lines else None


def _nobody(names: str) -> Component:
    return html.P(
        f"Van {names} is nog niemand aangemeld. Vraag het de projectcoördinator; die kan iemand laten uitnodigen.",
        className="remark",
    )
