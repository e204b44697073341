"""The three things that somebody in a role does first, and whether they are still shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dash import html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.commands.people import close_first_steps
from portal.components import editing
from portal.components.links import inside
from portal.components.words import HELP
from portal.pages.outcome import Told, attempt
from portal.permissions import Role, Viewer
from portal.queries.reference import Option


@dataclass(frozen=True, slots=True)
class Step:
    """What to do, in a few words, where, and why."""

    title: str
    href: str
    why: str


OWN = "/gemeente/"  # the first of the own partners

STEPS: Mapping[Role, tuple[Step, Step, Step]] = {
    Role.STEERING: (
        Step("Lees wat veranderde", "/stuurgroep", "Sinds de vorige vergadering, van oud naar nieuw."),
        Step("Zie wat te laat is", "/ateliers", "Mijlpalen over tijd, het langst eerst."),
        Step("Kijk of het geld volgt", "/budget", "Begroot, vastgelegd, uitgegeven en de prognose."),
    ),
    Role.DIRECTOR: (
        Step("Beantwoord wat op u wacht", "/#home-first", "Uitnodigingen, voorwaarden en acties van uw bestuur."),
        Step("Zie wie dezelfde vraag heeft", OWN, "Uw uitdagingen, en wie u erover kunt bellen."),
        Step("Meld de voortgang", "/ronde", "Van elk project dat u trekt; ongewijzigd is ook een melding."),
    ),
    Role.MAYOR: (
        Step("Lees de regio in vijf zinnen", "/#home-first", "Inventaris, coalities, resultaten, geld en vergadering."),
        Step("Bekijk uw gemeente", "/gemeenten", "Wat ze meldde, waar ze meedoet, wat ze plant."),
        Step("Lees wat inwoners zeggen", "/stadsmonitor", "Uw gemeente tussen de andere van de regio."),
    ),
    Role.COORDINATOR: (
        Step("Zie wie nog moet melden", "/ronde", "De projecten van deze ronde, het langst stil eerst."),
        Step("Bereid de stuurgroep voor", "/stuurgroep", "Het portaal stelt voor wat aandacht vraagt; u kiest."),
        Step("Nodig partners uit", "/coalities", "Elk bestuur antwoordt zelf, met een reden."),
    ),
    Role.ATELIER: (
        Step("Meld de voortgang", "/ronde", "Van de projecten van uw ateliers."),
        Step("Werk de mijlpalen bij", "/ateliers", "De eerste datum blijft staan; u wijzigt wat nu verwacht wordt."),
        Step("Kijk uw budgetlijnen na", "/budget", "Boek wat vastgelegd en uitgegeven is, en geef een prognose."),
    ),
    Role.ADMIN: (
        Step("Nodig gebruikers uit", "/beheer", "Met e-mailadres, rol en bestuur of atelier."),
        Step("Lees een bestand in", "/import", "U ziet eerst wat zou wijzigen; daarna pas schrijft het portaal."),
        Step("Zie wie nog moet melden", "/ronde", "De projecten van deze ronde, het langst stil eerst."),
    ),
}


def steps_of(viewer: Viewer, own: Sequence[Option]) -> tuple[Step, ...]:
    """Those of the role; without an own partner they lead to all of them."""
    place = f"{OWN}{own[0].code}" if own else "/gemeenten"
    return tuple(replace(step, href=place) if step.href == OWN else step for step in STEPS[viewer.role])


def listed_steps(steps: Sequence[Step]) -> Component:
    return html.Ol(
        [html.Li([inside(step.title, step.href), html.Small(step.why)]) for step in steps], className="steps"
    )


def first_steps(steps: Sequence[Step], close_id: str) -> Component:
    """The card of a first visit, with the button that closes it for good."""
    close = editing.button(close_id, "Niet meer tonen")
    more = inside("Lees de gids", HELP)
    head = html.Div([html.H2("Welkom. Drie dingen om mee te beginnen"), close], className="first-head")
    return html.Section([head, listed_steps(steps), html.P(more, className="sub")], className="panel first")


def closed(viewer: Viewer) -> Told:
    """By the person alone, and never again shown to that person."""

    def act(session: Session) -> Told:
        close_first_steps(session, viewer)
        return Told("Gesloten.")

    return attempt(act)
