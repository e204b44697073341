"""The course of a project: with whom and who is better off, its steps, and what it reported."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dash import html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.components import grids
from portal.components.cards import card, nothing_found
from portal.components.tags import tag
from portal.exports.workbook import Kind, Table
from portal.pages import columns
from portal.pages.cards import Card
from portal.pages.coalitions import rules
from portal.pages.coalitions.rules import PARTICIPATIONS
from portal.pages.columns import (
    FIXED,
    WRAPS,
    dots,
    in_book,
    link,
    numbers,
    old_new,
    on_screen,
    records,
    text,
    told,
    word,
    written,
)
from portal.pages.history import history_of_a
from portal.pages.invitations import remark_of
from portal.pages.project.view import query_of
from portal.permissions import Viewer
from portal.queries.coalitions.coalitions import PartnerState
from portal.queries.coalitions.type_rules import TypeCheck, type_check_of
from portal.queries.inventory.projects import ProjectDetail, ProjectStep
from portal.text import day, in_words, listed, plural, sentence
from portal.vocabulary import ChallengeStatus, DecisionStatus, Improvement, ParticipationState

OVER_TIME = "project-part-over-time"
_WHO = link("partner", "Bestuur", "/gemeente/", "partner_slug", grow=1, width=120)
_STATE = word("state", "Stand", ParticipationState, width=150)
_SINCE = columns.days("since", "Sinds", width=108)
_BEFORE = (_WHO, _STATE, _SINCE, columns.days("until", "Tot", width=115))


@dataclass(frozen=True, slots=True)
class ParticipantTold(PartnerState):
    """A partner's state as people read it."""

    @property
    def remark(self) -> str:
        return remark_of(self.expected_on, self.reason)

    @property
    def improvement_label(self) -> str:
        return self.improvement.label


@dataclass(frozen=True, slots=True)
class StepTold(ProjectStep):
    """A milestone as people read it."""

    @property
    def first(self) -> str:
        return day(self.due_first)

    @property
    def due(self) -> str:
        return day(self.due_expected)


PARTICIPANTS: Card[ProjectDetail] = Card(
    *("project", "deelnemers", "Wie doet mee?", "deelnames in het portaal"),
    of="participation",
    columns=(
        *(_WHO, _STATE, _SINCE, written("until", "Tot", Kind.DATE)),
        text("improvement_label", "Beter?", width=100),
        text("remark", "Toelichting", book="", grow=2, width=140, **WRAPS),
        *(written("expected_on", "Stapt in op", Kind.DATE), written("reason", "Reden")),
        written("improvement_note", "Toelichting verbetering"),
        *(written("decision_organ", "Orgaan"), written("decision_on", "Beslist op", Kind.DATE)),
    ),
    rows=lambda session, viewer, found: told(found.participants_over_time, ParticipantTold),
)
CHALLENGES: Card[ProjectDetail] = Card(
    *("project", "uitdagingen", "Welke uitdagingen beantwoordt het?", "inventaris in het portaal"),
    of="challenge",
    columns=(
        written("code", "Code"),
        link("title", "Uitdaging", "/uitdaging/", grow=2, width=165, **WRAPS),
        link("partner", "Bestuur", "/gemeente/", "partner_slug", width=110),
        word("status", "Status", ChallengeStatus, width=120),
        dots("urgency", "Urgentie", 3, width=95),
    ),
    rows=lambda session, viewer, found: found.challenges,
    row_id="code",
)
STEP_COLUMNS = (
    written("code", "Code"),
    text("title", "Mijlpaal", grow=2, width=170, **WRAPS),
    old_new("due", "Wanneer", "first", book="", width=225, **FIXED),
    written("due_first", "Eerste plan", Kind.DATE),
    written("due_expected", "Verwacht", Kind.DATE),
    columns.days("done_on", "Klaar op", width=115),
    numbers("slip_days", "Uitloop (dagen)", width=105),
)
MILESTONES: Card[ProjectDetail] = Card(
    *("project", "mijlpalen", "Welke mijlpalen zijn er?", "mijlpalen in het portaal"),
    of="milestone",
    columns=STEP_COLUMNS,
    rows=lambda session, viewer, found: told(found.milestones, StepTold),
    height=360,
    row_id="code",
)
HISTORY = history_of_a("project")


def participants_card(project: ProjectDetail, as_of: date) -> Component:
    question, over_time = PARTICIPANTS.question, project.participants_over_time
    if not over_time:
        hint = "Wie deelneemt, is nog niet bekend." if project.is_shared else "Het is een lokaal project."
        return card(question, nothing_found("deelnemers", hint), span=7)
    return card(
        question,
        PARTICIPANTS.listed(told(project.participants, ParticipantTold)),
        _before(over_time),
        sub="De stand van nu, per bestuur.",
        foot=PARTICIPANTS.foot(as_of, query_of(project)),
        span=7,
    )


def _before(over_time: Sequence[PartnerState]) -> Component | None:
    if all(one.until is None for one in over_time):
        return None
    rows = records(told(over_time, ParticipantTold))
    table = grids.grid(OVER_TIME, on_screen(_BEFORE), label="Deelname door de tijd", height=280, rows=rows)
    return html.Details([html.Summary("Toon ook wat vroeger gold"), table], className="as-table")


def challenges_card(project: ProjectDetail, as_of: date) -> Component:
    none = ("uitdagingen", "Er is nog geen uitdaging aan dit project gekoppeld.")
    return _listed(CHALLENGES, project, project.challenges, as_of, none=none, span=5)


def milestones_card(project: ProjectDetail, as_of: date) -> Component:
    none = ("mijlpalen", "Voor dit project zijn er nog geen genoteerd.")
    sub = "Het eerste plan staat doorstreept voor wat nu verwacht wordt."
    rows = told(project.milestones, StepTold)
    return _listed(MILESTONES, project, rows, as_of, none=none, sub=sub, span=7)


def _listed(
    shown: Card[ProjectDetail], project: ProjectDetail, rows: Sequence[Any], as_of: date, **look: Any
) -> Component:
    """Where there is nothing, there is no source to name."""
    foot = shown.foot(as_of, query_of(project)) if rows else None
    return shown.drawn(rows, foot, **look)


SAID_AT_MOST = 5
BETTER = "Wie wordt er beter van?"


RULE: Card[ProjectDetail] = Card(
    *("project", "regel", "Past de coalitie bij haar type?", rules.RULES_SOURCE, rules.RULE),
    of="project",
    rows=lambda session, viewer, project: rules.rule_rows([type_check_of(session, viewer, project.code)]),
)
DECISIONS: Card[ProjectDetail] = Card(
    *("project", "beslissingen", "Wat beslisten de besturen?", PARTICIPATIONS),
    of="participation",
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
    places = Table("Plaatsen", in_book(rules.PLACES), rules.place_rows([check]))
    return RULE.table(project, rules.rule_rows([check])), places


def rule_card(project: ProjectDetail, check: TypeCheck, as_of: date) -> Component:
    sign = rules.VERDICTS[check.finding.verdict.value]
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
