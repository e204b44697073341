"""The page of a subject: asked of the queries and drawn; and what the coordinator decides of it."""

from typing import Any

from dash import Input, Output, State, ctx, no_update
from dash.development.base_component import Component

from portal.auth import callback, current_viewer
from portal.commands.coalitions.coalitions import Plan
from portal.db.engine import reading
from portal.pages.given import Chosen, Clicks, Written
from portal.pages.subject import acts, forms, view
from portal.pages.subject.ids import Ids, Parts
from portal.pages.told import told_box
from portal.permissions import Permission
from portal.queries import reference
from portal.queries.about import portal_state
from portal.queries.coalitions.candidates import candidate_of, challenges_of, find_subject, subject_exists
from portal.queries.inventory.subjects import title_for
from portal.queries.meetings.state_work import TABLE

Cards = list[Component]


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.HEAD, "children"),
    Output(Ids.MEMBERS, "children"),
    Output(Ids.BODY, "hidden"),
    Input(Ids.NUMBER, "data"),
)
def show_subject(number: str) -> tuple[Component, Component | None, bool]:
    with reading() as session:
        as_of = portal_state(session).as_of
        if not subject_exists(session, current_viewer(), number):
            return view.missing(as_of), None, True
        subject = find_subject(session, current_viewer(), number)
        challenges = challenges_of(session, current_viewer(), subject)
    return view.opening(subject, as_of), view.members_card(challenges, as_of), False


@callback(Permission.VIEW_PORTAL, Output(Ids.TOGETHER, "children"), Input(Ids.NUMBER, "data"))
def show_together(number: str) -> Cards:
    with reading() as session:
        subject = find_subject(session, current_viewer(), number)
        candidate = candidate_of(session, current_viewer(), subject)
        types = reference.collaboration_type_options(session)
        as_of = portal_state(session).as_of
    return [view.together_card(candidate, types, as_of), view.answers_card(subject, candidate, as_of)]


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.ACTS, "children"),
    Output(Ids.ACTS, "hidden"),
    Input(Ids.NUMBER, "data"),
)
def show_acts(number: str) -> tuple[Cards, bool]:
    viewer = current_viewer()
    if not viewer.may(Permission.CONFIRM_GROUPS):
        return [], True
    with reading() as session:
        subject = find_subject(session, viewer, number)
        challenges = challenges_of(session, viewer, subject)
        candidate, title = candidate_of(session, viewer, subject), title_for(session, TABLE, subject)
        lists = reference.collaboration_type_options(session), reference.partner_options(session)
    return [forms.decide_card(subject, challenges), forms.start_card(subject, title, candidate, *lists)], False


@callback(
    Permission.CONFIRM_GROUPS,
    Output(Ids.SAID, "children"),
    *(Input(part, "n_clicks") for part in (Parts.CONFIRM, Parts.SPLIT, Parts.REJECT)),
    State(Ids.NUMBER, "data"),
    State(Parts.SEEN, "data"),
    *(State(part, "value") for part in (Parts.TITLE, Parts.TICKED, Parts.OTHER)),
    prevent_initial_call=True,
)
def decide(  # noqa: PLR0917 - one for each part of the form
    confirmed: Clicks,
    split: Clicks,
    rejected: Clicks,
    number: str,
    seen: int,
    title: Written,
    ticked: list[int] | None,
    other: Written,
) -> Any:
    if not (confirmed or split or rejected):  # buttons that came anew are no click
        return no_update
    wanted = acts.Wanted(title or "", frozenset(ticked or ()), other or "")
    return told_box(acts.decide(current_viewer(), ctx.triggered_id, acts.Seen.sent(number, seen), wanted))


@callback(
    Permission.CONFIRM_GROUPS,
    Output(Ids.SAID, "children", allow_duplicate=True),
    Input(Parts.START, "n_clicks"),
    State(Ids.NUMBER, "data"),
    State(Parts.SEEN, "data"),
    *(State(part, "value") for part in (Parts.NAME, Parts.PARTNERS, Parts.TYPE, Parts.ABOUT)),
    prevent_initial_call=True,
)
def start(  # noqa: PLR0917 - one for each part of the form
    clicks: Clicks, number: str, seen: int, title: Written, partners: Chosen, kind: Written, about: Written
) -> Any:
    if not clicks:
        return no_update
    plan = Plan(title or "", frozenset(), tuple(partners or ()), kind, about or "")
    return told_box(acts.start(current_viewer(), acts.Seen.sent(number, seen), plan))
