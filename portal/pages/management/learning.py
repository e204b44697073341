"""What the list of synonyms could learn from what people called the same; nothing changes until somebody accepts it."""

from collections.abc import Sequence

from dash import ALL, Input, Output, html, no_update
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal import clock
from portal.auth import callback, current_viewer
from portal.commands.inventory.likeness import learn_synonyms
from portal.components import editing
from portal.components.cards import card, nothing_found, skeleton
from portal.db.engine import reading
from portal.pages.given import Clicks, Written, pressed_id
from portal.pages.management import Ids
from portal.pages.outcome import Told, attempt, told_box
from portal.permissions import Permission, RowNotFound, Viewer
from portal.queries.inventory.learning import Proposal, Titled, proposals
from portal.text import plural

ACCEPT = "management-learn"


def section() -> Component:
    return card(
        "Wat kan de lijst leren?",
        html.Div(id=Ids.LEARN_SAID),
        html.Div(skeleton(90), id=Ids.LEARN),
        sub="Besturen noemden twee uitdagingen dezelfde vraag, maar de lijst kent hun woorden nog niet als gelijk.",
    )


def drawn(found: Sequence[Proposal]) -> Component:
    if not found:
        return nothing_found("woorden om te leren", "De lijst kent de woorden van alles wat bevestigd is.")
    return html.Ul([html.Li(_line(one)) for one in found], className="links")


def _line(one: Proposal) -> list[Component]:
    new = " (ook dat woord komt op de lijst)" if one.new else ""
    told = html.Span(
        [html.B(f"‘{one.term}’ betekent ‘{one.meaning}’"), new, html.Br(), _because(one.because), *_change(one)]
    )
    button = editing.button(
        {"type": ACCEPT, "term": one.term, "meaning": one.meaning}, "Zet op de lijst", about=one.term
    )
    return [told, button]


def _because(pairs: Sequence[Titled]) -> str:
    first = pairs[0]
    more = f" en {plural(len(pairs) - 1, 'ander paar', 'andere paren')}" if len(pairs) > 1 else ""
    return f"want ‘{first.one}’ en ‘{first.other}’{more} zijn bevestigd. "


def _change(one: Proposal) -> list[Component | str]:
    if one.gained is None or one.lost is None:
        return ["Het woord staat in te veel uitdagingen om vooraf te rekenen wat er verandert."]
    counts = f"Wint {plural(len(one.gained), 'paar', 'paren')}, verliest {plural(len(one.lost), 'paar', 'paren')}."
    pairs = [("+", pair) for pair in one.gained] + [("−", pair) for pair in one.lost]
    if not pairs:
        return [counts]
    lines = [html.Li(f"{sign} ‘{pair.one}’ en ‘{pair.other}’") for sign, pair in pairs]
    return [html.Details([html.Summary(counts), html.Ul(lines)], className="as-table")]


@callback(Permission.MANAGE_PORTAL, Output(Ids.LEARN, "children"), Input(Ids.WORDS_NOW, "data"))
def show_lessons(_: Written) -> Component:
    with reading() as session:
        return drawn(proposals(session, current_viewer()))


@callback(
    Permission.MANAGE_PORTAL,
    Output(Ids.LEARN_SAID, "children"),
    Output(Ids.WORDS_NOW, "data", allow_duplicate=True),
    Input({"type": ACCEPT, "term": ALL, "meaning": ALL}, "n_clicks"),
    prevent_initial_call=True,
)
def accept_lesson(clicks: list[Clicks]) -> tuple[object, object]:
    if not any(clicks):
        return no_update, no_update
    by = pressed_id()
    told = accept(current_viewer(), by["term"], by["meaning"])
    return told_box(told), no_update if told.refused else clock.now().isoformat()


def accept(viewer: Viewer, term: str, meaning: str) -> Told:
    """Puts a proposal on the list. Raises RowNotFound for what is none, or none any more."""

    def act(session: Session) -> Told:
        found = next((one for one in proposals(session, viewer) if (one.term, one.meaning) == (term, meaning)), None)
        if found is None:
            raise RowNotFound("proposal")
        words = {term: meaning} | ({meaning: meaning} if found.new else {})
        learn_synonyms(session, viewer, synonyms=words)
        return Told(f"‘{term}’ betekent nu ‘{meaning}’. De gelijkenis is herrekend; u vindt het in de lijst hierboven.")

    return attempt(act)
