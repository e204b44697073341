"""One municipality: its first sentence and figures, who has the same question, what covers it, whom to call."""

from enum import StrEnum
from urllib.parse import parse_qsl, urlencode

from dash import Input, Output, dcc, html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal import clock, numbers
from portal.auth import callback, current_viewer
from portal.components.cards import card, cards
from portal.components.frame import missing
from portal.components.links import Content
from portal.components.numbers import keyed
from portal.pages.agreed import agreed_download, showing_agreed
from portal.pages.cards import Meant, offered_by_hand, offering
from portal.pages.editing.places import add_place, grid_place
from portal.pages.invitations import invitations_card
from portal.pages.partner import questions, sharing, starting, work
from portal.pages.partner.opening import CRUMBS, opening
from portal.pages.partner.questions import SHARED, Sharing, query_of
from portal.pages.partner.sharing import COALITIONS, SURVEY
from portal.pages.partner.work import PROJECTS, ROADMAP, SOURCE, THEMES, endorsement_tables
from portal.pages.parts import Draw, parted
from portal.pages.remembered import remembered, remembered_own
from portal.pages.standing import challenges_figure, coalitions_figure, projects_figure, reported, waiting_figure
from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state
from portal.queries.coalitions import coalitions, endorsement
from portal.queries.coalitions.participations import answered_of, invitations_of
from portal.queries.inventory.not_told import not_told, reported_not_told
from portal.queries.inventory.starting import has_challenges
from portal.queries.meetings.open_work import Concern
from portal.queries.partners import figures, partners
from portal.queries.partners.figures import PartnerStanding
from portal.queries.partners.partners import PartnerDetail, partner_detail
from portal.vocabulary import PartnerKind


class Ids(StrEnum):
    SLUG = "partner-slug"
    BODY = "partner-body"
    HEAD = "partner-head"
    FIGURES = "partner-figures"
    ASKED = "partner-asked"
    AGREED = "partner-agreed"
    COUNTED = "partner-counted"
    SHARED = "partner-shared"
    PROJECTS = "partner-own"
    COALITIONS = "partner-joined"
    SURVEY = "partner-survey"
    THEMES = "partner-reported"
    SUPPORT = "partner-support"


AGREED = "Wat werd beslist, en wat is nog beloofd?"


def key_figures(viewer: Viewer, partner: PartnerDetail, standing: PartnerStanding) -> list[Component]:
    """The four key figures, of every row."""
    own = partner.own and viewer.may(Permission.EDIT_PARTICIPATION)
    return [
        challenges_figure(partner.slug, standing),
        projects_figure(partner.slug, standing),
        coalitions_figure(partner.slug, standing),
        waiting_figure(partner.slug, standing, own=own),
    ]


def meant(session: Session, viewer: Viewer, query: str) -> Meant[PartnerDetail]:
    """Raises RowNotFound for one that is not there."""
    partner = partner_detail(session, viewer, dict(parse_qsl(query)).get("gemeente", ""))
    return Meant(partner, query_of(partner), (f"gemeente: {partner.name}",), partner.name)


def _named(_: Session, __: Viewer, slug: str) -> Meant[Concern]:
    return Meant(Concern(partner=slug), urlencode({"gemeente": slug}))


def agreed_about(partner: PartnerDetail) -> Concern:
    return Concern(partner=partner.slug)


DOWNLOADS = {
    **offering(meant, SHARED, SURVEY, THEMES, PROJECTS, COALITIONS, ROADMAP),
    "draagvlak": offered_by_hand(meant, Permission.VIEW_PORTAL, "Is iedereen mee?", SOURCE, endorsement_tables),
    "afspraken": agreed_download(AGREED, meant, agreed_about),
}
show_agreed = showing_agreed(AGREED, _named, lambda concern: concern, Ids.AGREED, Ids.SLUG)
EDITED = (
    ("Wat verandert er aan het draagvlak?", "draagvlak"),
    ("Welke voorwaarden zijn er, en welke zijn opgelost?", "voorwaarden"),
    ("Wat verandert er aan de roadmap?", "roadmap"),
)


def layout(slug: str = "", **query: str) -> Component:
    draws: dict[str, list[Component]] = {
        "kern": [
            html.Div(id=Ids.ASKED, className="cards", hidden=True),
            html.Div(id=Ids.SHARED, className="cards answer"),
            cards(id=Ids.FIGURES),
        ],
        "uitdagingen": [cards(id=Ids.THEMES)],
        "projecten": [cards(id=Ids.PROJECTS), cards(id=Ids.COALITIONS)],
        "draagvlak": [cards(id=Ids.SUPPORT), *_for_editors(slug)],
        "inwoners": [cards(id=Ids.SURVEY)],
        "afspraken": [html.Div(id=Ids.AGREED, className="cards")],
    }
    head = html.Div(id=Ids.HEAD, className="page-head")
    stores = [dcc.Store(id=Ids.SLUG, data=slug), dcc.Store(id=Ids.COUNTED, data=slug)]
    drawn = {name: _body(rows) for name, rows in draws.items()}
    return parted("partner", query, drawn, *stores, head, counts=_counts(slug))


def _body(rows: list[Component]) -> Draw:
    return lambda: html.Div(rows, id=Ids.BODY, className="answer-first")


def _for_editors(slug: str) -> list[Component]:
    return [html.Div(_editing(question, name, slug), className="cards for-editors") for question, name in EDITED]


def _counts(slug: str) -> dict[str, Content]:
    """The numbers that count in a part, of a partner that is there and of which something is known."""
    viewer = current_viewer()
    if not is_there(viewer, slug):
        return {}
    counted = counted_of(viewer, slug)
    if reported(counted.challenges + counted.projects, counted) is None:
        return {}
    projects = numbers.PROJECTS.at(counted.projects, slug), numbers.JOINED.at(counted.coalitions, slug)
    return {
        "uitdagingen": [keyed(numbers.OPEN.at(counted.open_challenges, slug)), " open"],
        "projecten": [keyed(projects[0]), " · ", keyed(projects[1])],
    }


def _editing(question: str, name: str, slug: str) -> Component:
    """For who may: a new row, and all there are in a grid that saves by itself; the cards above follow."""
    return card(question, *(place(name, slug, refreshes=[Ids.SLUG]) for place in (add_place, grid_place)))


Cards = list[Component]


@remembered
def is_there(session: Session, viewer: Viewer, slug: str) -> bool:
    return partners.partner_exists(session, viewer, slug)


@remembered
def counted_of(session: Session, viewer: Viewer, slug: str) -> PartnerStanding:
    return figures.partner_standing(session, viewer, slug)


@remembered
def sharing_with(session: Session, viewer: Viewer, slug: str) -> Sharing:
    return questions.sharing_of(session, viewer, partner_detail(session, viewer, slug))


@remembered_own
def opening_of(session: Session, viewer: Viewer, slug: str) -> tuple[Component, bool]:
    as_of = portal_state(session).as_of
    if not partners.partner_exists(session, viewer, slug):
        return missing(CRUMBS, as_of, "bestuur", "Kies een bestuur in de lijst van gemeenten."), True
    return opening(partner_detail(session, viewer, slug), counted_of(viewer, slug), as_of), False


@remembered_own
def figures_of(session: Session, viewer: Viewer, slug: str) -> Cards:
    return key_figures(viewer, partner_detail(session, viewer, slug), counted_of(viewer, slug))


@remembered_own
def waiting(session: Session, viewer: Viewer, slug: str) -> Component | None:
    partner = partner_detail(session, viewer, slug)
    wanted = {partner.id} if partner.own and viewer.may(Permission.EDIT_PARTICIPATION) else set()
    asked, answered = invitations_of(session, viewer, wanted), answered_of(session, viewer, wanted)
    return invitations_card(asked, answered, portal_state(session).as_of, [Ids.SLUG])


@remembered_own
def shared(session: Session, viewer: Viewer, slug: str) -> Cards:
    partner, as_of = partner_detail(session, viewer, slug), portal_state(session).as_of
    if partner.kind is PartnerKind.MUNICIPALITY and not has_challenges(session, slug):
        return starting.start_cards(slug, starting.start_of(session, viewer, slug), as_of, [Ids.SLUG], [Ids.COUNTED])
    return questions.sharing_cards(partner, sharing_with(viewer, slug), as_of, [Ids.COUNTED])


@remembered_own
def joined(session: Session, viewer: Viewer, slug: str) -> Component:
    partner = partner_detail(session, viewer, slug)
    rows, invited = coalitions.coalitions_of(session, viewer, slug), invitations_of(session, viewer, {partner.id})
    return sharing.coalitions_card(partner, rows, invited, portal_state(session).as_of)


@remembered_own
def surveyed(session: Session, viewer: Viewer, slug: str) -> Component:
    return sharing.survey_card(partner_detail(session, viewer, slug), sharing.surveyed(session, viewer))


@remembered_own
def projects(session: Session, viewer: Viewer, slug: str) -> Component:
    partner, rows = partner_detail(session, viewer, slug), partners.projects_of(session, viewer, slug)
    hidden = reported_not_told(session, viewer, slug)
    return work.projects_card(partner, rows, clock.today(), portal_state(session).as_of, hidden)


@remembered_own
def themes(session: Session, viewer: Viewer, slug: str) -> Component:
    return work.themes_card(
        partner_detail(session, viewer, slug),
        partners.challenges_by_theme_and_urgency(session, viewer, slug),
        surveyed=figures.was_surveyed(session, slug),
        as_of=portal_state(session).as_of,
        left_out=not_told(session, viewer, frozenset({slug})).challenges,
    )


@remembered_own
def support(session: Session, viewer: Viewer, slug: str) -> Cards:
    partner, as_of = partner_detail(session, viewer, slug), portal_state(session).as_of
    levels = endorsement.endorsement_of(session, viewer, slug)
    asked = endorsement.open_conditions_of(session, viewer, slug)
    steps = partners.roadmap_of(session, viewer, slug)
    return [work.endorsement_card(partner, levels, asked, as_of), work.roadmap_card(partner, steps, as_of)]


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.HEAD, "children"),
    Output(Ids.BODY, "hidden"),
    Input(Ids.SLUG, "data"),
    Input(Ids.COUNTED, "data"),
)
def show_opening(slug: str, _: str) -> tuple[Component, bool]:
    return opening_of(current_viewer(), slug)


@callback(Permission.VIEW_PORTAL, Output(Ids.FIGURES, "children"), Input(Ids.SLUG, "data"), Input(Ids.COUNTED, "data"))
def show_figures(slug: str, _: str) -> Cards:
    return figures_of(current_viewer(), slug)


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.ASKED, "children"),
    Output(Ids.ASKED, "hidden"),
    Input(Ids.SLUG, "data"),
)
def show_invitations(slug: str) -> tuple[Component | None, bool]:
    shown = waiting(current_viewer(), slug)
    return shown, shown is None


@callback(Permission.VIEW_PORTAL, Output(Ids.SHARED, "children"), Input(Ids.SLUG, "data"))
def show_sharing(slug: str) -> Cards:
    return shared(current_viewer(), slug)


@callback(Permission.VIEW_PORTAL, Output(Ids.COALITIONS, "children"), Input(Ids.SLUG, "data"))
def show_coalitions(slug: str) -> Component:
    return joined(current_viewer(), slug)


@callback(Permission.VIEW_PORTAL, Output(Ids.SURVEY, "children"), Input(Ids.SLUG, "data"))
def show_survey(slug: str) -> Component:
    return surveyed(current_viewer(), slug)


@callback(Permission.VIEW_PORTAL, Output(Ids.PROJECTS, "children"), Input(Ids.SLUG, "data"))
def show_projects(slug: str) -> Component:
    return projects(current_viewer(), slug)


@callback(Permission.VIEW_PORTAL, Output(Ids.THEMES, "children"), Input(Ids.SLUG, "data"))
def show_themes(slug: str) -> Component:
    return themes(current_viewer(), slug)


@callback(Permission.VIEW_PORTAL, Output(Ids.SUPPORT, "children"), Input(Ids.SLUG, "data"))
def show_support(slug: str) -> Cards:
    return support(current_viewer(), slug)
