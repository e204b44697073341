"""What was asked, and how sure the answers are."""

from dash import html
from dash.development.base_component import Component

from portal.components.tables import facts
from portal.pages.stadsmonitor.words import how_sure
from portal.queries.survey.observations import Edition
from portal.text import sentence

QUESTION = "Wat werd gevraagd, en hoe zeker is het antwoord?"
TIES = "Gelijke waarden delen een plaats. Wie geen waarde heeft, krijgt er geen."


def answer(found: Edition) -> list[Component]:
    """The question behind each indicator, and what a difference means."""
    asked = zip(found.indicators["short"], found.indicators["question"], found.indicators["code"], strict=True)
    said = [(sentence(short), f"{question or 'De vraag is niet bekend'} ({code})") for short, question, code in asked]
    return [facts(said), html.P(f"{how_sure(found.rows)} {TIES}", className="remark")]
