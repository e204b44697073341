"""The page of a subject in words: the challenges side by side, how it could go together, what answers it."""

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from portal.components.cards import card, nothing_found, source_line
from portal.components.frame import Crumb, page_header
from portal.components.links import inside
from portal.components.tags import Tone, tag, word_tag
from portal.pages.coalitions.rules import LIKENESS, SURVEY
from portal.queries.coalitions.candidates import Candidate
from portal.queries.inventory.subjects import Subject
from portal.queries.reference import Option
from portal.text import in_words, listed, plural, sentence
from portal.vocabulary import GroupState, Visibility

CRUMBS = (Crumb("Overzicht", "/"), Crumb("Coalities", "/coalities"))
STATES = {
    GroupState.SUGGESTED: ("voorgesteld", Tone.PLAIN, "○"),
    GroupState.CONFIRMED: ("bevestigd", Tone.GOOD, "✓"),
    GroupState.REJECTED: ("verworpen", Tone.PLAIN, "×"),
}
SIDE_BY_SIDE = "Welke uitdagingen lijken op elkaar?"


def missing(as_of: date) -> Component:
    """For an address that names no subject, or none this viewer may know of."""
    hint = "Een voorstel verdwijnt wanneer de teksten wijzigen. Kies er een bij de coalities."
    return html.Div([page_header("Niet gevonden", CRUMBS, as_of), nothing_found("onderwerp op dit adres", hint)])


def opening(subject: Subject, as_of: date) -> Component:
    head = page_header(subject.title, [*CRUMBS, Crumb(subject.title)], as_of, story(subject))
    return html.Div([head, html.Div(tag(*STATES[subject.state]), style={"marginBottom": "20px"})])


def story(subject: Subject) -> list[str | Component]:
    """How many challenges of how many partners; and, in bold, whether somebody decided that they belong together."""
    many = f"{sentence(in_words(len(subject.members)))} uitdagingen van {in_words(len(subject.partners))} besturen"
    match subject.state:
        case GroupState.CONFIRMED:
            return [f"{many} ", html.B("horen samen"), "."]
        case GroupState.REJECTED:
            return [f"{many} leken op elkaar, maar ", html.B("horen niet samen"), "."]
    return [f"{many} lijken op elkaar; ", html.B("niemand bevestigde dat al"), "."]


def members_card(challenges: pd.DataFrame, as_of: date) -> Component:
    shown = [_member(row) for row in challenges.to_dict("records")]
    sub = "Naast elkaar, in de woorden van elk bestuur. Niets wordt samengevoegd."
    return card(
        SIDE_BY_SIDE, html.Div(shown, className="side-by-side"), sub=sub, foot=source_line(LIKENESS, as_of), flows=True
    )


def _member(row: Mapping[Hashable, Any]) -> Component:
    closed: list[str | Component] = (
        [" ", word_tag(row["visibility"])] if row["visibility"] is Visibility.INTERNAL else []
    )
    return html.Div(
        [
            html.H3(inside(row["title"], f"/uitdaging/{row['code']}")),
            html.P([inside(row["partner"], f"/gemeente/{row['partner_slug']}"), f" · {row['code']}"], className="sub"),
            html.P(row["description"] or "Geen omschrijving."),
            html.P([word_tag(row["status"]), *closed, f" {row['theme']} · {row['service']}"], className="sub"),
        ]
    )


def together_card(candidate: Candidate | None, types: list[Option], as_of: date) -> Component:
    """The way to work together that fits where the partners stand, and projects that speak of the same."""
    question = "Hoe kan het samen?"
    if candidate is None:
        return card(question, html.P("Een regionaal traject antwoordt hier al op."), span=6)
    names = {option.code: option.label for option in types}
    advice = candidate.advice
    titles = {standing.partner.slug: standing.partner.title for standing in candidate.standings}
    leads = listed([titles.get(slug, slug) for slug in advice.leads])
    said = html.P([html.B(f"Type {advice.code}: {names.get(advice.code, '')}"), f", want {advice.because}."])
    who = html.P(f"Volgens de regel van dat type trekt {leads}.") if leads else None
    return card(question, said, who, sub="Een voorstel; u kiest.", foot=source_line(SURVEY, as_of), span=6)


def answers_card(subject: Subject, candidate: Candidate | None, as_of: date) -> Component:
    question = "Wat beantwoordt dit al?"
    alike = candidate.alike if candidate else ()
    if not subject.answers and not alike:
        return card(question, nothing_found("projecten die hierop antwoorden", "Hier kan iets starten."), span=6)
    linked = [html.Li([inside(one.title, f"/project/{one.code}"), f" ({one.scope})"]) for one in subject.answers]
    near = [html.Li([inside(one.title, f"/project/{one.code}"), " (zelfde onderwerp)"]) for one in alike]
    many = sentence(plural(len(linked), "project is", "projecten zijn"))
    sub = f"{many} aan een van deze uitdagingen gekoppeld."
    foot = source_line("inventaris in het portaal", as_of)
    return card(question, html.Ul([*linked, *near], className="columns"), sub=sub, foot=foot, span=6)
