"""What the coordinator may do with a subject: confirm, rename, split, reject, and start a coalition from it."""

from collections.abc import Sequence

import dash_bootstrap_components as dbc
import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from portal.components.aria import named
from portal.components.cards import card
from portal.components.editing import button, choice, line, prose
from portal.pages.subject.ids import Parts
from portal.queries.coalitions.candidates import Candidate
from portal.queries.inventory.subjects import Subject
from portal.queries.reference import Option
from portal.text import plural
from portal.vocabulary import GroupState

LONGEST_TITLE, LONGEST_TEXT = 300, 4000
SPLIT_HINT = "Vink hierboven af wat apart hoort en geef dat een titel."


def decide_card(subject: Subject, challenges: pd.DataFrame) -> Component:
    """The title, the challenges that belong, and three buttons; `SEEN` is the version these were shown of."""
    confirmed = subject.state is GroupState.CONFIRMED
    ticks = [(row["id"], f"{row['partner']}: {row['title']}") for row in challenges.to_dict("records")]
    fields = [
        _field("Titel van het onderwerp", Parts.TITLE, line(Parts.TITLE, subject.title, LONGEST_TITLE, wrong=False)),
        _group("Welke uitdagingen horen hierbij?", _ticks(Parts.TICKED, ticks), "field wide ticks long"),
        _field(
            "Titel van het tweede onderwerp", Parts.OTHER, line(Parts.OTHER, "", LONGEST_TITLE, wrong=False), SPLIT_HINT
        ),
    ]
    ends = [
        button(Parts.CONFIRM, "Bewaar" if confirmed else "Bevestig", main=True),
        button(Parts.SPLIT, "Splits"),
        button(Parts.REJECT, "Verwerp"),
    ]
    return card(
        "Horen deze uitdagingen samen?",
        dcc.Store(id=Parts.SEEN, data=subject.version),
        html.Div(fields, className="form-fields"),
        html.Div(ends, className="edit-choices"),
        sub="Uw besluit wordt onthouden: wat u verwerpt, wordt niet opnieuw voorgesteld.",
        span=6,
    )


def start_card(
    subject: Subject, title: str, candidate: Candidate | None, types: Sequence[Option], partners: Sequence[Option]
) -> Component:
    """A new regional project with the subject's partners already ticked; `title` is for everybody to read."""
    if subject.state is GroupState.REJECTED:
        return html.Div(hidden=True)
    advice = candidate.advice.code if candidate else ""
    kinds = [(option.code, f"{option.code}. {option.label}") for option in types]
    own = [partner.slug for partner in subject.partners]
    fields = [
        _field("Titel van het traject", Parts.NAME, line(Parts.NAME, title, LONGEST_TITLE, wrong=False)),
        _field("Type samenwerking (mag leeg)", Parts.TYPE, choice(Parts.TYPE, advice, kinds, wrong=False)),
        _field("Omschrijving (mag leeg)", Parts.ABOUT, prose(Parts.ABOUT, "", LONGEST_TEXT, wrong=False)),
        _group("Welke partners nodigt u uit?", _ticks(Parts.PARTNERS, partners, own)),
    ]
    linked = plural(len(subject.members), "uitdaging wordt", "uitdagingen worden")
    return card(
        "Start een coalitie",
        html.Div(fields, className="form-fields"),
        html.Div(button(Parts.START, "Start de coalitie", main=True), className="edit-choices"),
        sub=f"Een nieuw regionaal traject: {linked} gekoppeld en elke gekozen partner krijgt een uitnodiging.",
        span=6,
    )


def _field(label: str, control_id: str, control: Component, hint: str = "") -> Component:
    told = html.Small(hint, className="hint") if hint else None
    return html.Div([html.Label(label, htmlFor=control_id), control, told], className="field wide")


def _group(label: str, ticks: Component, looks: str = "field wide ticks") -> Component:
    heading = html.Span(label, className="label")
    return html.Div([heading, html.Div(ticks, role="group", **named(label))], className=looks)


def _ticks(control_id: str, options: Sequence[tuple[object, str]], ticked: Sequence[object] | None = None) -> Component:
    listed = [{"value": value, "label": label} for value, label in options]
    chosen = [value for value, _ in options] if ticked is None else list(ticked)
    box: Component = dbc.Checklist(id=control_id, options=listed, value=chosen)
    return box
