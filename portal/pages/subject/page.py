"""One subject: the same challenge at several partners, beside each other."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from dash import Input, Output, State, ctx, dcc, html, no_update
from dash.development.base_component import Component

from portal import numbers
from portal.auth import callback, current_viewer
from portal.commands.coalitions.coalitions import Plan
from portal.components.cards import card, cards, nothing_found, skeleton, skeleton_card, source_line
from portal.components.frame import Crumb, missing, page_header
from portal.components.links import inside
from portal.components.numbers import keyed
from portal.components.tags import Tone, tag, word_tag
from portal.db.engine import reading
from portal.pages.coalitions.rules import LIKENESS, SURVEY, leads_in
from portal.pages.given import Chosen, Clicks, Written
from portal.pages.outcome import told_box
from portal.pages.subject import acts
from portal.pages.subject.acts import Ids, Parts
from portal.permissions import Permission
from portal.queries import reference
from portal.queries.about import portal_state
from portal.queries.coalitions.candidates import (
    Candidate,
    SubjectChallenge,
    candidate_of,
    challenges_of,
    find_subject,
    subject_exists,
)
from portal.queries.inventory.subjects import Subject, title_for
from portal.queries.meetings.state import TABLE
from portal.queries.reference import Option
from portal.text import in_words, plural, sentence
from portal.vocabulary import GroupState, Visibility

CRUMBS = (Crumb("Overzicht", "/"), Crumb("Coalities", "/coalities"))
STATES = {
    GroupState.SUGGESTED: ("voorgesteld", Tone.PLAIN, "○"),
    GroupState.CONFIRMED: ("bevestigd", Tone.GOOD, "✓"),
    GroupState.REJECTED: ("verworpen", Tone.PLAIN, "×"),
}
SIDE_BY_SIDE = "Welke uitdagingen lijken op elkaar?"
HOW, ANSWERED = "Hoe kan het samen?", "Wat beantwoordt dit al?"


def opening(subject: Subject, as_of: date) -> Component:
    head = page_header(subject.title, [*CRUMBS, Crumb(subject.title)], as_of, story(subject))
    return html.Div([head, html.Div(tag(*STATES[subject.state]), style={"marginBottom": "20px"})])


def story(subject: Subject) -> list[str | Component]:
    """How many challenges of how many partners; and, in bold, whether somebody decided that they belong together."""
    of, members, partners = str(subject.id), len(subject.members), len(subject.partners)
    many: list[str | Component] = [
        *(keyed(numbers.MEMBERS.at(members, of), sentence(in_words(members))), " uitdagingen van "),
        *(keyed(numbers.SUBJECT_PARTNERS.at(partners, of), in_words(partners)), " besturen "),
    ]
    match subject.state:
        case GroupState.CONFIRMED:
            return [*many, html.B("horen samen"), "."]
        case GroupState.REJECTED:
            return [*many, "leken op elkaar, maar ", html.B("horen niet samen"), "."]
    return [*many, "lijken op elkaar; ", html.B("niemand bevestigde dat al"), "."]


def members_card(challenges: Sequence[SubjectChallenge], as_of: date) -> Component:
    shown = html.Div([_member(one) for one in challenges], className="side-by-side")
    sub = "Naast elkaar, in de woorden van elk bestuur. Niets wordt samengevoegd."
    return card(SIDE_BY_SIDE, shown, sub=sub, foot=source_line(LIKENESS, as_of), flows=True)


def _member(one: SubjectChallenge) -> Component:
    internal = one.visibility is Visibility.INTERNAL
    closed: list[str | Component] = [" ", word_tag(one.visibility)] if internal else []
    return html.Div(
        [
            html.H3(inside(one.title, f"/uitdaging/{one.code}")),
            html.P([inside(one.partner, f"/gemeente/{one.partner_slug}"), f" · {one.code}"], className="sub"),
            html.P(one.description or "Geen omschrijving."),
            html.P([word_tag(one.status), *closed, f" {one.theme} · {one.service}"], className="sub"),
        ]
    )


def together_card(candidate: Candidate | None, types: list[Option], as_of: date) -> Component:
    """The way to work together that fits where the partners stand, and projects that speak of the same."""
    if candidate is None:
        return card(HOW, html.P("Een regionaal traject antwoordt hier al op."), span=6)
    names = {option.code: option.label for option in types}
    advice = candidate.advice
    leads = leads_in(candidate)
    said = html.P([html.B(f"Type {advice.code}: {names.get(advice.code, '')}"), f", want {advice.because}."])
    who = html.P(f"Volgens de regel van dat type trekt {leads}.") if leads else None
    return card(HOW, said, who, sub="Een voorstel; u kiest.", foot=source_line(SURVEY, as_of), span=6)


def answers_card(subject: Subject, candidate: Candidate | None, as_of: date) -> Component:
    alike = candidate.alike if candidate else ()
    if not subject.answers and not alike:
        return card(ANSWERED, nothing_found("projecten die hierop antwoorden", "Hier kan iets starten."), span=6)
    linked = [html.Li([inside(one.title, f"/project/{one.code}"), f" ({one.scope})"]) for one in subject.answers]
    near = [html.Li([inside(one.title, f"/project/{one.code}"), " (zelfde onderwerp)"]) for one in alike]
    many = sentence(plural(len(linked), "project is", "projecten zijn"))
    sub = f"{many} aan een van deze uitdagingen gekoppeld."
    foot = source_line("inventaris in het portaal", as_of)
    return card(ANSWERED, html.Ul([*linked, *near], className="columns"), sub=sub, foot=foot, span=6)


def layout(number: str = "", **_: str) -> Component:
    again: dict[str, Any] = {"data-refreshes": json.dumps([Ids.NUMBER.value])}
    rows = [
        html.Div(skeleton_card(SIDE_BY_SIDE, 330), id=Ids.MEMBERS, className="cards"),
        html.Div(
            [html.Div(id=Ids.SAID), html.Div(id=Ids.ACTS, className="cards", hidden=True)], className="acts", **again
        ),
        cards(skeleton_card(HOW, 200, span=6), skeleton_card(ANSWERED, 200, span=6), id=Ids.TOGETHER),
    ]
    head = html.Div(skeleton(120), id=Ids.HEAD, className="page-head")
    return html.Div([dcc.Store(id=Ids.NUMBER, data=number), head, html.Div(rows, id=Ids.BODY)])


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
            hint = "Een voorstel verdwijnt wanneer de teksten wijzigen. Kies er een bij de coalities."
            return missing(CRUMBS, as_of, "onderwerp", hint), None, True
        subject = find_subject(session, current_viewer(), number)
        challenges = challenges_of(session, current_viewer(), subject)
    return opening(subject, as_of), members_card(challenges, as_of), False


@callback(Permission.VIEW_PORTAL, Output(Ids.TOGETHER, "children"), Input(Ids.NUMBER, "data"))
def show_together(number: str) -> Cards:
    with reading() as session:
        subject = find_subject(session, current_viewer(), number)
        candidate = candidate_of(session, current_viewer(), subject)
        types = reference.collaboration_type_options(session)
        as_of = portal_state(session).as_of
    return [together_card(candidate, types, as_of), answers_card(subject, candidate, as_of)]


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
    return [acts.decide_card(subject, challenges), acts.start_card(subject, title, candidate, *lists)], False


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
