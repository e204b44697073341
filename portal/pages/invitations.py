"""Invitations to a coalition, and a participation in words."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from dash import html
from dash.development.base_component import Component

from portal.components.cards import WHOLE, card, source_line
from portal.components.links import inside
from portal.components.tags import word_tag
from portal.pages.editing.places import form_place
from portal.queries.coalitions.participations import AnswerRow, Invitation
from portal.text import day, in_words, plural, sentence


def remark_of(expected_on: date | None, reason: str) -> str:
    """Until when a partner waits, and why; nothing when neither is known."""
    return "; ".join(filter(None, (f"vanaf {day(expected_on)}" if expected_on else "", reason)))


QUESTION = "Gevraagd om mee te doen"
SUB = " Niet deelnemen is een legitieme keuze; uw antwoord staat meteen in de coalitie."
LONGEST = 280


def invitations_card(
    asked: Sequence[Invitation],
    answered: Sequence[AnswerRow],
    as_of: date,
    refreshes: Sequence[StrEnum],
    *,
    several: bool = False,
    span: int = WHOLE,
) -> Component | None:
    """None when nothing waits and nothing was answered of late. `several`: say for which partner."""
    if not asked and not answered:
        return None
    lines = html.Div([_invitation(row, refreshes, several) for row in asked], className="invitations")
    said = html.Span([waiting_sentence(len(asked)), SUB], role="status")
    foot = source_line("deelnames in het portaal", as_of)
    return card(QUESTION, lines, _answers(answered, several), sub=said, foot=foot, span=span)


def waiting_sentence(count: int) -> Component:
    if not count:
        return html.B("U heeft alles beantwoord.")
    verb = "wacht" if count == 1 else "wachten"
    return html.B(
        f"{sentence(in_words(count))} {'uitnodiging' if count == 1 else 'uitnodigingen'} {verb} op uw antwoord."
    )


def _invitation(row: Invitation, refreshes: Sequence[StrEnum], several: bool) -> Component:
    title = html.H3(inside(row.title, f"/project/{row.code}"))
    about = html.P(shortened(row.description)) if row.description else None
    answer = form_place("uitnodiging", str(row.id), refreshes)
    return html.Div([title, html.P(company(row, several), className="sub"), about, answer], className="invitation")


def company(row: Invitation, several: bool) -> str:
    """For whom, since when, and who is in it already."""
    whom = f"Voor {row.partner}. " if several else ""
    lead = f"{row.lead} trekt" if row.lead else "trekker onbekend"
    joined = plural(row.joined, "bestuur doet", "besturen doen") + " mee" if row.joined else "nog niemand doet mee"
    return f"{whom}Gevraagd op {day(row.asked_on)}; {lead}, {joined}."


def shortened(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST].rpartition(' ')[0] or text[:LONGEST]} …"


def _answers(answered: Sequence[AnswerRow], several: bool) -> Component | None:
    if not answered:
        return None
    lines = [html.Li(_answer(row, several)) for row in answered]
    return html.Div([html.H3("Dit antwoordde u"), html.Ul(lines)], className="answered")


def _answer(row: AnswerRow, several: bool) -> list[Component | str]:
    whom = f" ({row.partner})" if several else ""
    remark = remark_of(row.expected_on, row.reason)
    return [
        inside(row.title, f"/project/{row.code}"),
        f"{whom}: ",
        word_tag(row.state),
        f" sinds {day(row.since)}" + (f"; {remark}" if remark else ""),
    ]
