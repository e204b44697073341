"""The columns of a meeting's longer lists, on the page and in a workbook."""

from typing import Any

from portal.components import grids
from portal.exports.workbook import Column, Kind

WIDE: dict[str, Any] = {**grids.WRAPS}
LINES = [
    grids.text("topic", "Waarover", width=150, **WIDE),
    grids.text("what", "Wat", grow=4, width=220, **WIDE),
    grids.text("act", "Verandering", width=140, **WIDE),
    grids.text("label", "Veld", width=120, **WIDE),
    grids.old_new("new", "Van → naar", "old", grow=3, width=190, **WIDE),
    grids.text("detail", "Meer", grow=3, width=180, **WIDE),
    grids.text("who", "Wie", width=150, **WIDE),
    grids.date("on", "Wanneer"),
]
ALERTS = [
    grids.text("kind", "Waarom hier", grow=2, width=200, **WIDE),
    grids.text("what", "Wat", grow=3, width=220, **WIDE),
    grids.text("why", "Omdat", grow=4, width=260, **WIDE),
    grids.date("since", "Sinds"),
    grids.text("atelier", "Atelier", width=90),
]
ACTIONS = [
    grids.text("who", "Wie", width=140, **WIDE),
    grids.text("text", "Actie", grow=4, width=240, **WIDE),
    grids.text("of", "Afgesproken op", width=150, **WIDE),
    grids.number("age", "Dagen oud", width=100),
    grids.date("due_on", "Tegen"),
    grids.text("standing", "Nog of over tijd", width=140),
    grids.text("about", "Waarover", width=100),
]

LINES_EXPORT = (
    Column("Onderwerp", "topic"),
    Column("Wat", "what"),
    Column("Verandering", "act"),
    Column("Veld", "label"),
    Column("Oud", "old"),
    Column("Nieuw", "new"),
    Column("Meer", "detail"),
    Column("Wie", "who"),
    Column("Wanneer", "on", Kind.DATE),
    Column("Klein", "minor"),
)
ALERTS_EXPORT = (
    Column("Soort", "kind"),
    Column("Wat", "what"),
    Column("Omdat", "why"),
    Column("Sinds", "since", Kind.DATE),
    Column("Atelier", "atelier"),
)
STEPS_EXPORT = (
    Column("Wat ervan kwam", "fate"),
    Column("Mijlpaal", "title"),
    Column("Van", "of"),
    Column("Toegezegd tegen", "was_due", Kind.DATE),
    Column("Nu verwacht", "now_due", Kind.DATE),
    Column("Klaar op", "done_on", Kind.DATE),
)
POINTS_EXPORT = (
    Column("Punt", "position", Kind.NUMBER),
    Column("Soort", "kind"),
    Column("Titel", "title"),
    Column("Waarover", "about"),
    Column("Atelier", "atelier"),
    Column("Nota", "note"),
)
DECISIONS_EXPORT = (
    Column("Beslissing", "text"),
    Column("Genomen op", "on", Kind.DATE),
    Column("Vergadering", "of"),
    Column("Partner", "who"),
    Column("Waarover", "about"),
)
ACTIONS_EXPORT = (
    Column("Actie", "text"),
    Column("Wie", "who"),
    Column("Afgesproken op", "of"),
    Column("Dagen oud", "age", Kind.NUMBER),
    Column("Tegen", "due_on", Kind.DATE),
    Column("Dagen over tijd", "late", Kind.NUMBER),
    Column("Waarover", "about"),
)
MONEY_EXPORT = (
    Column("Atelier", "code"),
    Column("Naam", "title"),
    Column("Begroot", "budgeted", Kind.EURO),
    Column("Vastgelegd", "committed", Kind.EURO),
    Column("Uitgegeven", "spent", Kind.EURO),
    Column("Prognose", "forecast", Kind.EURO),
)
COLOURS_EXPORT = (
    Column("Code", "code"),
    Column("Traject", "title"),
    Column("Gemeld", "health_label"),
    Column("Berekend", "signal_label"),
    Column("Omdat", "why"),
)
MEETINGS_EXPORT = (
    Column("Wie", "body"),
    Column("Nummer", "number", Kind.NUMBER),
    Column("Gepland", "planned_on", Kind.DATE),
    Column("Gehouden", "held_on", Kind.DATE),
    Column("Dagen verschil", "off_days", Kind.NUMBER),
    Column("Tegenover het plan", "off"),
    Column("Dagen na de vorige", "days_since", Kind.NUMBER),
    Column("Ritme in dagen", "rhythm", Kind.NUMBER),
    Column("Stand", "state"),
)
