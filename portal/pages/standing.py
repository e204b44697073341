"""Where one partner stands in four key figures, as the first page and its own page show them."""

from dash import html
from dash.development.base_component import Component

from portal import numbers
from portal.components.links import Content
from portal.components.numbers import key_figure, keyed
from portal.components.tags import Tone, tag
from portal.number import Counted
from portal.queries.partners.figures import PartnerStanding
from portal.text import number, plural


def reported(rows: int, standing: PartnerStanding) -> int | None:
    """0 is a fact only where somebody asked."""
    return rows if rows or standing.surveyed else None


def challenges_figure(slug: str, standing: PartnerStanding, *detail: Component | str) -> Component:
    known = numbers.CHALLENGES.at(reported(standing.challenges, standing), slug)
    return key_figure(known, *(detail or [without_project(slug, standing)]))


def without_project(slug: str, standing: PartnerStanding) -> Component | str:
    if not standing.challenges:
        return "niets geregistreerd" if standing.surveyed else "niet in de gepubliceerde inventaris"
    if not standing.open_challenges:
        return "geen enkele nog open"
    count = standing.without_project
    return keyed(
        numbers.WITHOUT_PROJECT.at(count, slug), f"{number(count)} zonder project" if count else "elk met een project"
    )


def projects_figure(slug: str, standing: PartnerStanding) -> Component:
    known = numbers.PROJECTS.at(reported(standing.projects, standing), slug)
    return key_figure(known, _overdue(slug, standing))


def _overdue(slug: str, standing: PartnerStanding) -> Component | str:
    if not standing.projects:
        return "geen gemeld"
    late = numbers.OVERDUE_PROJECTS.at(standing.overdue, slug)
    said: Content = tag(f"{number(standing.overdue)} te laat", Tone.LATE, "▲") if standing.overdue else "niets te laat"
    return keyed(late, said)


def coalitions_figure(slug: str, standing: PartnerStanding) -> Component:
    joined = numbers.JOINED.at(standing.coalitions, slug)
    if not standing.of_coalitions:
        return key_figure(joined, "er loopt nog geen coalitie", said="geen", label="gedeelde trajecten")
    of = html.Span([number(standing.coalitions), " van ", keyed(numbers.COALITIONS.at(standing.of_coalitions))])
    return key_figure(joined, _leads(slug, standing), said=of, label="gedeelde trajecten")


def _leads(slug: str, standing: PartnerStanding) -> Component:
    said: Content = tag(f"trekt er {number(standing.leads)}", Tone.ACCENT, "T") if standing.leads else "trekt er geen"
    return keyed(numbers.LEADS.at(standing.leads, slug), said)


def waiting_figure(slug: str, standing: PartnerStanding, *, own: bool = True) -> Component:
    """What waits for the partner, and of what it consists."""
    parts = (
        (numbers.INVITATIONS.at(standing.invitations, slug), "uitnodiging", "uitnodigingen"),
        (numbers.CONDITIONS.at(standing.conditions, slug), "open voorwaarde", "open voorwaarden"),
        (numbers.OWN_ACTIONS.at(standing.actions, slug), "open actie", "open acties"),
    )
    told = [keyed(counted, plural(value, *words)) for counted, *words in parts if (value := _whole(counted))]
    detail = [part for one in told for part in (" · ", one)][1:] or ["niets wacht op antwoord"]
    label = "" if own else "wacht op dit bestuur"
    return key_figure(numbers.WAITING.at(standing.waiting, slug), *detail, label=label)


def _whole(counted: Counted) -> int:
    return int(counted.value or 0)
