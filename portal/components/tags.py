"""Tags: always a symbol and a word, colour only in addition."""

from dataclasses import dataclass
from enum import StrEnum

from dash import html
from dash.development.base_component import Component

from portal.components.aria import HIDDEN, named
from portal.vocabulary import (
    ChallengeStatus,
    EndorsementState,
    GroupState,
    Health,
    ParticipationState,
    Phase,
    ProjectScope,
    RiskState,
    SameQuestion,
    Visibility,
    Word,
)


class Tone(StrEnum):
    PLAIN = ""
    ACCENT = "leie"
    ATTENTION = "vlas"
    LATE = "steen"
    GOOD = "groen"
    THIRD = "iris"


@dataclass(frozen=True, slots=True)
class Sign:
    """How a word of the field looks: its symbol, its tone, the word that people read."""

    word: str
    tone: Tone
    symbol: str


# Pairs, not a mapping: words of two kinds with the same value are equal.
_LOOKS: tuple[tuple[Word, Tone, str], ...] = (
    (Health.GREEN, Tone.GOOD, "●"),
    (Health.AMBER, Tone.ATTENTION, "▲"),
    (Health.RED, Tone.LATE, "■"),
    (Health.UNKNOWN, Tone.PLAIN, "○"),
    (ParticipationState.LEAD, Tone.ACCENT, "T"),
    (ParticipationState.MEMBER, Tone.ACCENT, "●"),
    (ParticipationState.COACHED, Tone.THIRD, "B"),
    (ParticipationState.FOLLOWS, Tone.PLAIN, "◌"),
    (ParticipationState.LATER, Tone.ATTENTION, "L"),
    (ParticipationState.DECLINED, Tone.PLAIN, "–"),
    (ParticipationState.NOT_ASKED, Tone.PLAIN, "·"),
    (ProjectScope.LOCAL, Tone.PLAIN, "◦"),
    (ProjectScope.REGIONAL, Tone.ACCENT, "◎"),
    (ProjectScope.WIDER, Tone.THIRD, "◉"),
    (Phase.IDEA, Tone.PLAIN, "○"),
    (Phase.PREPARATION, Tone.PLAIN, "◔"),
    (Phase.EXECUTION, Tone.ACCENT, "◑"),
    (Phase.ON_HOLD, Tone.ATTENTION, "‖"),
    (Phase.AFTERCARE, Tone.ACCENT, "◕"),
    (Phase.FINISHED, Tone.GOOD, "✓"),
    (Phase.STOPPED, Tone.PLAIN, "×"),
    (ChallengeStatus.OPEN, Tone.PLAIN, "○"),
    (ChallengeStatus.IN_PROGRESS, Tone.ACCENT, "◑"),
    (ChallengeStatus.SOLVED, Tone.GOOD, "✓"),
    (ChallengeStatus.LAPSED, Tone.PLAIN, "×"),
    (EndorsementState.NOT_ASKED, Tone.PLAIN, "○"),
    (EndorsementState.INFORMED, Tone.ACCENT, "◐"),
    (EndorsementState.CONDITIONS, Tone.ATTENTION, "▲"),
    (EndorsementState.ENGAGED, Tone.GOOD, "●"),
    (GroupState.SUGGESTED, Tone.PLAIN, "≈"),
    (GroupState.CONFIRMED, Tone.GOOD, "✓"),
    (GroupState.REJECTED, Tone.PLAIN, "×"),
    (SameQuestion.CONFIRMED, Tone.GOOD, "✓"),
    (SameQuestion.ALIKE, Tone.PLAIN, "≈"),
    (SameQuestion.REJECTED, Tone.PLAIN, "×"),
    (RiskState.OPEN, Tone.ATTENTION, "○"),
    (RiskState.MANAGED, Tone.ACCENT, "◑"),
    (RiskState.CLOSED, Tone.PLAIN, "×"),
    (RiskState.HAPPENED, Tone.LATE, "■"),
    (Visibility.INTERNAL, Tone.ATTENTION, "◆"),
    (Visibility.REGION, Tone.PLAIN, "◇"),
    (Visibility.PUBLIC, Tone.PLAIN, "○"),
)
_SIGNS = {(type(word), word.value): Sign(word.label, tone, symbol) for word, tone, symbol in _LOOKS}


def sign_of(word: Word) -> Sign:
    """Raises KeyError for a word without a sign."""
    return _SIGNS[type(word), word.value]


def signs_of(words: type[Word]) -> dict[str, Sign]:
    """The signs of every word of a kind, by its stored value: what a grid column needs."""
    return {word.value: sign_of(word) for word in words}


def tag(word: str, tone: Tone = Tone.PLAIN, symbol: str = "") -> Component:
    """The symbol is for the eye; a screen reader hears the word."""
    before = [html.Span(f"{symbol} ", **HIDDEN)] if symbol else []
    return html.Span([*before, word], className=f"tag {tone}".strip())


def word_tag(word: Word, more: str = "") -> Component:
    """The tag of a word of the field, with more said after it if need be ("rood: 77 d uitloop")."""
    sign = sign_of(word)
    return tag(sign.word + (f": {more}" if more else ""), sign.tone, sign.symbol)


def mark(state: ParticipationState) -> Component:
    """One square sign for a matrix; the word is its name and its tooltip."""
    sign = sign_of(state)
    return html.Span(sign.symbol, className=f"sign {state.value}", role="img", title=sign.word, **named(sign.word))


def marks_legend() -> Component:
    return html.Ul([html.Li([mark(state), state.label]) for state in ParticipationState], className="legend")
