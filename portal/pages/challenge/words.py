"""The first sentence about a challenge."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from portal import numbers
from portal.components.numbers import keyed
from portal.queries.inventory.challenges import ChallengeDetail
from portal.queries.inventory.counts import PartnerName
from portal.text import in_words, listed
from portal.vocabulary import SameQuestion

NAMED = 3


def story(challenge: ChallengeDetail) -> list[str | Component]:
    """Who reported it, who has it too, what answers it; the last two in bold."""
    told = f"Gemeld door {challenge.partner}. "
    if not challenge.is_open:
        return [told, html.B(f"Deze uitdaging is {challenge.status.label}"), "."]
    return [told, html.B(_elsewhere(challenge)), "; ", html.B(_answered(challenge)), "."]


def _elsewhere(challenge: ChallengeDetail) -> list[str | Component]:
    """Confirmed before alike: who shares it, whose question it resembles."""
    shared, like = challenge.partners(SameQuestion.CONFIRMED), challenge.partners(SameQuestion.ALIKE)
    if shared:
        return ["Dezelfde vraag bij ", _briefly(challenge, shared)]
    if not like:
        return ["Niemand anders heeft dezelfde vraag"]
    return ["Lijkt op een vraag van ", _briefly(challenge, like)]


def _briefly(challenge: ChallengeDetail, partners: Sequence[PartnerName]) -> str | Component:
    names = [partner.title for partner in partners]
    if len(names) <= NAMED:
        return listed(names)
    return keyed(numbers.ASKING_TOO.at(len(names), challenge.code), f"{in_words(len(names))} andere besturen")


def _answered(challenge: ChallengeDetail) -> str | Component:
    if not challenge.living and challenge.cover is not None:
        return f"‘{challenge.cover.title}’ antwoordt erop ({challenge.cover.state})"
    if not challenge.living:
        return "er is nog geen traject voor"
    count = challenge.living
    said = "één project werkt eraan" if count == 1 else f"{in_words(count)} projecten werken eraan"
    return keyed(numbers.WORKING.at(count, challenge.code), said)
