"""The progress round in sentences."""

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from portal.queries.meetings.rounds import Round
from portal.text import day, in_words, long_day, percentage, plural, sentence

STILL = "Wie moet nog melden?"
MAY = "Over welke eigen projecten kunt u melden?"


def address_of(code: str) -> str:
    """The address of the screen of one project."""
    return f"/ronde?project={code}"


def opening(current: Round, rows: pd.DataFrame) -> list[str | Component]:
    """How many still owe a report, and until when; for who owes none, how many may be reported on."""
    left = rows[~rows["reported"].astype(bool)]
    done = len(rows) - len(left)
    if rows.empty:
        return [html.B("Er is geen lopend project waarover u meldt"), "."]
    if not rows["owes"].any():
        may = plural(len(left), "eigen lokaal project kan", "eigen lokale projecten kunnen")
        return [html.B(f"{sentence(may)} nog een verslag krijgen"), f" {until(current)}; het hoeft niet."]
    count = int(left["owes"].sum())
    if not count:
        return [html.B("Iedereen heeft gemeld"), f" {until(current)}."]
    owe = f"{sentence(in_words(count))} {'project moet' if count == 1 else 'projecten moeten'} nog melden"
    ready = "nog geen enkel is klaar" if not done else f"{in_words(done)} {'is' if done == 1 else 'zijn'} klaar"
    return [html.B(owe), f" {until(current)}; {ready}."]


def until(current: Round) -> str:
    days = current.days_left
    if days is None or current.until is None:
        return "sinds de vorige stuurgroep; een volgende is nog niet gepland"
    left = "vandaag" if days == 0 else "morgen" if days == 1 else f"over {in_words(days)} dagen"
    return f"voor de stuurgroep van {long_day(current.until)}, {left}"


def whose(row: dict[str, Any]) -> str:
    """Who leads it, and in which atelier."""
    lead = f"{row['lead']} trekt" if row["lead"] else "trekker onbekend" if row["owes"] else "lokaal project"
    return lead + (f" · atelier {row['atelier']}" if row["atelier"] else "")


def standing(row: dict[str, Any]) -> str:
    """How far it is and when it ends, as far as known."""
    far = "voortgang onbekend" if row["progress"] is None else percentage(row["progress"])
    return f"{far} · einde {day(row['end_expected_on'], 'onbekend')}"


def silence(row: dict[str, Any]) -> str:
    if row["last_reported_on"] is None:
        return "nog nooit gemeld"
    if row["days_silent"] == 0:
        return "vandaag gemeld"
    return f"gemeld op {day(row['last_reported_on'])}, {plural(row['days_silent'], 'dag', 'dagen')} stil"
