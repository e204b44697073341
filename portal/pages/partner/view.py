"""The page of a partner in words: whose it is, what is going on there, and the four numbers that count."""

from datetime import date

from dash import html
from dash.development.base_component import Component

from portal.components.cards import key_figure, nothing_found
from portal.components.frame import Crumb, page_header
from portal.components.tags import Tone, tag
from portal.pages.standing import reported, without_project
from portal.permissions import Permission, Viewer
from portal.queries.partners.figures import PartnerStanding
from portal.queries.partners.partners import PartnerDetail
from portal.text import in_words, number, plural, sentence
from portal.vocabulary import PartnerKind

AGREED = "Wat werd beslist, en wat is nog beloofd?"
CRUMBS = (Crumb("Overzicht", "/"), Crumb("Gemeenten", "/gemeenten"))


def missing(as_of: date) -> Component:
    """For an address inside the portal that names no partner."""
    nothing = nothing_found("bestuur op dit adres", "Kies een bestuur in de lijst van gemeenten.")
    return html.Div([page_header("Niet gevonden", CRUMBS, as_of), nothing])


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
