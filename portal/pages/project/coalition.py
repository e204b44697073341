"""The coalition of a shared project: whether it fits its type, who is better off, and what the partners decided."""

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.components.cards import card, nothing_found
from portal.components.tags import tag
from portal.exports.workbook import Kind, Table
from portal.pages.cards import Card
from portal.pages.coalitions import cards, rules
from portal.pages.coalitions.rules import PARTICIPATIONS
from portal.pages.columns import in_book, written
from portal.pages.project.course import PARTICIPANTS
from portal.pages.project.view import query_of
from portal.permissions import Viewer
from portal.queries.coalitions.type_checks import TypeCheck, type_check_of
from portal.queries.inventory.projects import ProjectDetail
from portal.text import day, in_words, listed, plural, sentence
from portal.vocabulary import TAKES_PART, DecisionStatus, Improvement, ParticipationState

SAID_AT_MOST = 5
BETTER = "Wie wordt er beter van?"
JOINS_NOT = frozenset({ParticipationState.DECLINED})


def _rules(session: Session, viewer: Viewer, project: ProjectDetail) -> pd.DataFrame:
    return rules.rule_rows([type_check_of(session, viewer, project.code)])


RULE = Card("project", "regel", "Past de coalitie bij haar type?", rules.RULES, cards.RULE, _rules)
DECISIONS: Card[ProjectDetail] = Card(
    *("project", "beslissingen", "Wat beslisten de besturen?", PARTICIPATIONS),
    columns=(
        *(written("partner", "Bestuur"), written("state_label", "Stand"), written("decision_organ", "Orgaan")),
        *(written("decision", "Beslissing"), written("decision_on", "Datum", Kind.DATE)),
        written("decision_url", "Adres"),
    ),
    rows=lambda session, viewer, project: decided(project.participants),
)


def rule_tables(session: Session, viewer: Viewer, project: ProjectDetail) -> tuple[Table, ...]:
    """The finding, and the places of the region it rests on."""
    check = type_check_of(session, viewer, project.code)
    places = Table("Plaatsen", in_book(cards.PLACES), rules.place_rows([check]))
    return RULE.table(project, rules.rule_rows([check])), places


def coalition_cards(project: ProjectDetail, check: TypeCheck, as_of: date) -> list[Component]:
    """For a shared project; a local one has no coalition."""
    if not project.is_shared:
        return []
    return [rule_card(project, check, as_of), better_card(project, as_of), decisions_card(project, as_of)]


def rule_card(project: ProjectDetail, check: TypeCheck, as_of: date) -> Component:
    sign = cards.VERDICTS[check.finding.verdict.value]
    rule = f"Type {check.coalition.type_code}. {check.rule}." if check.rule else None
    bars = [html.P(rules.aspect_of(check), className="sub"), rules.standings_of(check)] if rules.ranked(check) else []
    return card(
        RULE.question,
        html.P(tag(sign.word, sign.tone, sign.symbol)),
        *bars,
        *rules.finding_of(check),
        sub=rule,
        foot=RULE.foot(as_of, query_of(project)),
        span=6,
    )


def better_card(project: ProjectDetail, as_of: date) -> Component:
    people = project.participants
    if people.empty:
        return card(BETTER, nothing_found("deelnemers", "Wie deelneemt, is nog niet bekend."), span=6)
    return card(
        BETTER,
        html.P(html.B(better_sentence(people))),
        *_gains(project),
        sub="Een partner sluit aan als het voor hem beter wordt.",
        foot=PARTICIPANTS.foot(as_of, query_of(project)),
        span=6,
    )


def better_sentence(people: pd.DataFrame) -> str:
    """The test over those that take part: "Beter voor 5 van 6 deelnemers, 1 onbekend." """
    joined = people[people["state"].isin([state.value for state in TAKES_PART])]
    if joined.empty:
        return "Nog niemand doet mee."
    counts = {word: int((joined["improvement"] == word.value).sum()) for word in Improvement}
    rest = ((counts[Improvement.NO], "niet beter"), (counts[Improvement.UNKNOWN], "onbekend"))
    said = "".join(f", {count} {word}" for count, word in rest if count)
    return f"Beter voor {counts[Improvement.YES]} van {plural(len(joined), 'deelnemer', 'deelnemers')}{said}."


def _gains(project: ProjectDetail) -> list[Component]:
    """What others can expect: the effect aimed at, and what those say who are already better off."""
    people = project.participants
    notes = people[(people["improvement"] == Improvement.YES.value) & (people["improvement_note"] != "")]
    effect = [html.P(["Het beoogde effect: ", project.service_effect])] if project.service_effect else []
    told = [html.Li([html.B(row["partner"]), f": {row['improvement_note']}"]) for row in notes.to_dict("records")]
    shown = [html.Ul(told[:SAID_AT_MOST])] if told else []
    others = waiting_sentence(people)
    if not (effect or shown):
        return [html.P("Wat een deelnemer erbij wint, is nog niet genoteerd."), html.P(others)]
    return [html.H3("Wat winnen de anderen door mee te doen?"), html.P(others), *effect, *shown]


def waiting_sentence(people: pd.DataFrame) -> str:
    """Who does not take part yet; who chose not to is named as a choice."""
    if people.empty:
        return "Wie nog kan aansluiten, is niet bekend."
    joined = [state.value for state in TAKES_PART | JOINS_NOT]
    yet = [str(name) for name in people.loc[~people["state"].isin(joined), "partner"]]
    declined = [str(name) for name in people.loc[people["state"] == ParticipationState.DECLINED.value, "partner"]]
    verb = "kan" if len(yet) == 1 else "kunnen"
    said = f"{listed(yet)} {verb} nog aansluiten." if yet else "Niemand wacht nog om aan te sluiten."
    if not declined:
        return said
    return f"{said} {listed(declined)} {'koos' if len(declined) == 1 else 'kozen'} ervoor niet deel te nemen."


def decided(people: pd.DataFrame) -> pd.DataFrame:
    """Those whose organ was asked, or decided; `decision` is its state in words."""
    rows = people[people["decision_status"].notna()]
    words = [DecisionStatus(status).label for status in rows["decision_status"]]
    return rows.assign(decision=pd.Series(words, index=rows.index, dtype=object))


def decisions_card(project: ProjectDetail, as_of: date) -> Component:
    rows = decided(project.participants)
    if rows.empty:
        return card(DECISIONS.question, nothing_found("beslissingen", "Er is er nog geen genoteerd."))
    taken = int((rows["decision_status"] == DecisionStatus.TAKEN.value).sum())
    amount = sentence(plural(taken, "beslissing genomen", "beslissingen genomen"))
    return card(
        DECISIONS.question,
        html.Ul([_decision(row) for row in rows.to_dict("records")], className="columns"),
        sub=f"{amount}, {in_words(len(rows) - taken)} gevraagd of geweigerd.",
        foot=DECISIONS.foot(as_of, query_of(project)),
    )


def _decision(row: Mapping[Hashable, Any]) -> Component:
    on = f" op {day(row['decision_on'])}" if row["decision_on"] else ""
    organ = f"{row['decision_organ']}, " if row["decision_organ"] else ""
    said: list[str | Component] = [html.B(row["partner"]), f": {organ}{row['decision']}{on}"]
    address = str(row["decision_url"])
    if address.startswith(("https://", "http://")):  # anything else could run in the reader's browser
        said += [", ", html.A(["besluit", html.Span(f" van {row['partner']}", className="quiet")], href=address)]
    return html.Li(said)
