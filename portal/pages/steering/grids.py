"""The columns of a meeting's longer lists, on the page and in a workbook."""

from portal.exports.workbook import Column, Kind
from portal.pages.columns import WRAPS, date, number, old_new, text, written

LINES = (
    text("topic", "Waarover", width=150, **WRAPS),
    text("what", "Wat", grow=4, width=220, **WRAPS),
    text("act", "Verandering", width=140, **WRAPS),
    text("label", "Veld", width=120, **WRAPS),
    old_new("new", "Van → naar", "old", book="", grow=3, width=190, **WRAPS),
    *(written("old", "Oud"), written("new", "Nieuw")),
    text("detail", "Meer", grow=3, width=180, **WRAPS),
    text("who", "Wie", width=150, **WRAPS),
    date("on", "Wanneer"),
    written("minor", "Klein"),
)
ALERTS = (
    text("kind", "Waarom hier", grow=2, width=200, **WRAPS),
    text("what", "Wat", grow=3, width=220, **WRAPS),
    text("why", "Omdat", grow=4, width=260, **WRAPS),
    date("since", "Sinds"),
    text("atelier", "Atelier", width=90),
)
ACTIONS = (
    text("who", "Wie", width=140, **WRAPS),
    text("text", "Actie", grow=4, width=240, **WRAPS),
    text("of", "Afgesproken op", width=150, **WRAPS),
    number("age", "Dagen oud", width=100),
    date("due_on", "Tegen"),
    text("standing", "Nog of over tijd", book="", width=140),
    written("late", "Dagen over tijd", Kind.NUMBER),
    text("about", "Waarover", width=100),
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
