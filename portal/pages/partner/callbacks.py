"""The page of a partner: asked of the queries and drawn, a row of cards at a time."""

from dash import Input, Output
from dash.development.base_component import Component

from portal import clock
from portal.auth import callback, current_viewer
from portal.db.engine import reading
from portal.pages.agreed import agreed_card, remembered_on
from portal.pages.downloads import download_path
from portal.pages.invitations import invitations_card
from portal.pages.partner import contacts, sharing, support, survey, together, view, work
from portal.pages.partner.ids import Ids
from portal.permissions import Permission
from portal.queries.about import portal_state
from portal.queries.coalitions import coalitions, endorsement
from portal.queries.coalitions.participations import answered_of, invitations_of
from portal.queries.inventory.likeness import sharing_partners
from portal.queries.meetings.open_work import Concern
from portal.queries.partners import figures, partners
from portal.queries.partners.partners import contacts_of
from portal.queries.survey import observations

Cards = list[Component]


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.HEAD, "children"),
    Output(Ids.FIGURES, "children"),
    Output(Ids.BODY, "hidden"),
    Input(Ids.SLUG, "data"),
)
def show_opening(slug: str) -> tuple[Component, Cards, bool]:
    viewer = current_viewer()
    with reading() as session:
        as_of = portal_state(session).as_of
        if not partners.partner_exists(session, viewer, slug):
            return view.missing(as_of), [], True
        partner = partners.partner_detail(session, viewer, slug)
        counted = figures.partner_standing(session, viewer, slug)
    return view.opening(partner, counted, as_of), view.figures(viewer, partner, counted), False


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.ASKED, "children"),
    Output(Ids.ASKED, "hidden"),
    Input(Ids.SLUG, "data"),
)
def show_invitations(slug: str) -> tuple[Component | None, bool]:
    viewer = current_viewer()
    with reading() as session:
        partner = partners.partner_detail(session, viewer, slug)
        wanted = {partner.id} if partner.own and viewer.may(Permission.EDIT_PARTICIPATION) else set()
        asked, answered = (read(session, viewer, wanted) for read in (invitations_of, answered_of))
        as_of = portal_state(session).as_of
    shown = invitations_card(asked, answered, as_of, [Ids.SLUG])
    return shown, shown is None


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.AGREED, "children"),
    Output(Ids.AGREED, "hidden"),
    Input(Ids.SLUG, "data"),
)
def show_agreed(slug: str) -> tuple[Component | None, bool]:
    found = remembered_on(current_viewer(), Concern(partner=str(slug)), undone=True)
    shown = agreed_card(view.AGREED, found, download_path("partner", "afspraken", f"gemeente={slug}"), [Ids.SLUG])
    return shown, shown is None


@callback(Permission.VIEW_PORTAL, Output(Ids.SHARED, "children"), Input(Ids.SLUG, "data"))
def show_sharing(slug: str) -> Cards:
    with reading() as session:
        partner = partners.partner_detail(session, current_viewer(), slug)
        shared = sharing_partners(session, current_viewer(), slug)
        values = observations.observations(session, current_viewer())
        as_of = portal_state(session).as_of
    return [sharing.sharing_card(partner, shared, as_of), survey.survey_card(partner, values)]


@callback(Permission.VIEW_PORTAL, Output(Ids.TOGETHER, "children"), Input(Ids.SLUG, "data"))
def show_together(slug: str) -> Cards:
    viewer = current_viewer()
    with reading() as session:
        partner = partners.partner_detail(session, viewer, slug)
        joined = coalitions.coalitions_of(session, viewer, slug)
        invited = figures.open_invitations(session, viewer, slug)
        shared = sharing_partners(session, viewer, slug)
        people = contacts_of(session, viewer, contacts.to_call(partner, shared))
        as_of = portal_state(session).as_of
    return [contacts.call_card(partner, shared, people), together.coalitions_card(partner, joined, invited, as_of)]


@callback(Permission.VIEW_PORTAL, Output(Ids.WORK, "children"), Input(Ids.SLUG, "data"))
def show_work(slug: str) -> Cards:
    viewer = current_viewer()
    with reading() as session:
        partner = partners.partner_detail(session, viewer, slug)
        themes = partners.challenges_by_theme_and_urgency(session, viewer, slug)
        projects = partners.projects_of(session, viewer, slug)
        surveyed = figures.was_surveyed(session, slug)
        as_of = portal_state(session).as_of
    reported = work.themes_card(partner, themes, surveyed=surveyed, as_of=as_of)
    return [work.projects_card(partner, projects, clock.today(), as_of), reported]


@callback(Permission.VIEW_PORTAL, Output(Ids.SUPPORT, "children"), Input(Ids.SLUG, "data"))
def show_support(slug: str) -> Cards:
    viewer = current_viewer()
    with reading() as session:
        partner = partners.partner_detail(session, viewer, slug)
        levels = endorsement.endorsement_of(session, viewer, slug)
        asked = endorsement.open_conditions_of(session, viewer, slug)
        steps = partners.roadmap_of(session, viewer, slug)
        as_of = portal_state(session).as_of
    return [
        support.endorsement_card(partner, levels, asked, as_of),
        support.roadmap_card(partner, steps, as_of),
    ]
