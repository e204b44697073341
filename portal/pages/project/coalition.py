"""The coalition of a shared project: whether it fits its type, who is better off, and what the partners decided."""

from collections.abc import Iterable, Sequence
from datetime import date

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
from portal.queries.coalitions.coalitions import PartnerState
from portal.queries.coalitions.type_rules import TypeCheck, type_check_of
from portal.queries.inventory.projects import ProjectDetail
from portal.text import day, in_words, listed, plural, sentence
from portal.vocabulary import DecisionStatus, Improvement, ParticipationState

SAID_AT_MOST = 5
BETTER = "Wie wordt er beter van?"


RULE: Card[ProjectDetail] = Card(
    *("project", "regel", "Past de coalitie bij haar type?", rules.RULES, cards.RULE),
    rows=lambda session, viewer, project: rules.rule_rows([type_check_of(session, viewer, project.code)]),
)
DECISIONS: Card[ProjectDetail] = Card(
    *("project", "beslissingen", "Wat beslisten de besturen?", PARTICIPATIONS),
    columns=(
        *(written("partner", "Bestuur"), written("state", "Stand"), written("decision_organ", "Orgaan")),
        *(written("decision_status", "Beslissing"), written("decision_on", "Datum", Kind.DATE)),
        written("decision_url", "Adres"),
    ),
    rows=lambda session, viewer, project: decided(project.participants),
)


def rule_tables(session: Session, viewer: Viewer, project: ProjectDetail) -> tuple[Table, ...]:
    """The finding, and the places of the region it rests on."""
    check = type_check_of(session, viewer, project.code)
    places = Table("Plaatsen", in_book(cards.PLACES), rules.place_rows([check]))
    return RULE.table(project, rules.rule_rows([check])), places


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
    if not people:
        return card(BETTER, nothing_found("deelnemers", "Wie deelneemt, is nog niet bekend."), span=6)
    return card(
        BETTER,
        html.P(html.B(better_sentence(people))),
        *_gains(project),
        sub="Een partner sluit aan als het voor hem beter wordt.",
        foot=PARTICIPANTS.foot(as_of, query_of(project)),
        span=6,
    )


def better_sentence(people: Sequence[PartnerState]) -> str:
    """The test over those that take part: "Beter voor 5 van 6 deelnemers, 1 onbekend." """
    joined = [one.improvement for one in people if one.takes_part]
    if not joined:
        return "Nog niemand doet mee."
    rest = ((joined.count(Improvement.NO), "niet beter"), (joined.count(Improvement.UNKNOWN), "onbekend"))
    said = "".join(f", {count} {word}" for count, word in rest if count)
    return f"Beter voor {joined.count(Improvement.YES)} van {plural(len(joined), 'deelnemer', 'deelnemers')}{said}."


def _gains(project: ProjectDetail) -> list[Component]:
    """What others can expect: the effect aimed at, and what those say who are already better off."""
    people = project.participants
    notes = [one for one in people if one.improvement is Improvement.YES and one.improvement_note]
    effect = [html.P(["Het beoogde effect: ", project.service_effect])] if project.service_effect else []
    said = [html.Li([html.B(one.partner), f": {one.improvement_note}"]) for one in notes]
    shown = [html.Ul(said[:SAID_AT_MOST])] if said else []
    others = waiting_sentence(people)
    if not (effect or shown):
        return [html.P("Wat een deelnemer erbij wint, is nog niet genoteerd."), html.P(others)]
    return [html.H3("Wat winnen de anderen door mee te doen?"), html.P(others), *effect, *shown]


def waiting_sentence(people: Sequence[PartnerState]) -> str:
    """Who does not take part yet; who chose not to is named as a choice."""
    if not people:
        return "Wie nog kan aansluiten, is niet bekend."
    declined = [one.partner for one in people if one.state is ParticipationState.DECLINED]
    yet = [one.partner for one in people if not one.takes_part and one.partner not in declined]
    verb = "kan" if len(yet) == 1 else "kunnen"
    said = f"{listed(yet)} {verb} nog aansluiten." if yet else "Niemand wacht nog om aan te sluiten."
    if not declined:
        return said
    return f"{said} {listed(declined)} {'koos' if len(declined) == 1 else 'kozen'} ervoor niet deel te nemen."


def decided(people: Iterable[PartnerState]) -> list[PartnerState]:
    """Those whose organ was asked, or decided."""
    return [one for one in people if one.decision_status]


def decisions_card(project: ProjectDetail, as_of: date) -> Component:
    rows = decided(project.participants)
    if not rows:
        return card(DECISIONS.question, nothing_found("beslissingen", "Er is er nog geen genoteerd."))
    taken = sum(one.decision_status is DecisionStatus.TAKEN for one in rows)
    amount = sentence(plural(taken, "beslissing genomen", "beslissingen genomen"))
    return card(
        DECISIONS.question,
        html.Ul([_decision(one) for one in rows], className="columns"),
        sub=f"{amount}, {in_words(len(rows) - taken)} gevraagd of geweigerd.",
        foot=DECISIONS.foot(as_of, query_of(project)),
    )


def _decision(one: PartnerState) -> Component:
    on = f" op {day(one.decision_on)}" if one.decision_on else ""
    organ = f"{one.decision_organ}, " if one.decision_organ else ""
    word = one.decision_status.label if one.decision_status else ""
    said: list[str | Component] = [html.B(one.partner), f": {organ}{word}{on}"]
    if one.decision_url.startswith(("https://", "http://")):  # anything else could run in the reader's browser
        whose = html.Span(f" van {one.partner}", className="quiet")
        said += [", ", html.A(["besluit", whose], href=one.decision_url)]
    return html.Li(said)
