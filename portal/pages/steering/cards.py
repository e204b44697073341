"""The cards of a meeting: what each asks, and the columns and rows of its workbook."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from dash import html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.exports.workbook import About, Kind
from portal.pages import risks
from portal.pages.cards import Card
from portal.pages.columns import WRAPS, Column, days, numbers, old_new, records, text, written
from portal.pages.downloads import Download, Made
from portal.pages.steering import words
from portal.pages.steering.asks import Seen, look
from portal.pages.steering.filters import asked_in, query_of
from portal.pages.steering.reading import InCalendar
from portal.permissions import Viewer
from portal.queries.meetings.meetings import MeetingRow
from portal.snapshots.counted import total
from portal.snapshots.extract import WITHHELD
from portal.snapshots.grouped import alerts_of
from portal.snapshots.promised import fated
from portal.text import plural
from portal.vocabulary import MeetingBody

SIGNS = "voortgangsverslagen, deelnames en mijlpalen in het portaal"
LINES = (
    text("topic", "Waarover", width=150, **WRAPS),
    text("what", "Wat", grow=4, width=220, **WRAPS),
    text("act", "Verandering", width=140, **WRAPS),
    text("label", "Veld", width=120, **WRAPS),
    old_new("new", "Van → naar", "old", book="", grow=3, width=190, **WRAPS),
    *(written("old", "Oud"), written("new", "Nieuw")),
    text("detail", "Meer", grow=3, width=180, **WRAPS),
    text("who", "Wie", width=150, **WRAPS),
    days("on", "Wanneer"),
    written("small", "Klein"),
)


def _card(
    name: str, question: str, source: str, found: Callable[[Seen], Any], *columns: Column, sheet: str = "", of: str = ""
) -> Card[Seen]:
    return Card("steering", name, question, source, columns, lambda session, viewer, seen: found(seen), sheet, of)


def in_calendar(seen: Seen) -> list[InCalendar]:
    """Each with the days since the one before of its body."""
    last: dict[MeetingBody, MeetingRow] = {}
    found, hours = [], words.hours(seen)
    for one in seen.calendar:
        since = (one.day - last[one.body].day).days if one.body in last else None
        against = words.held(one, seen.calendar_on)
        at = hours.get(one.name, "")
        rhythm = seen.rhythm.get(one.body)
        found.append(InCalendar(**asdict(one), days_since=since, rhythm=rhythm, against=against, at=at))
        last[one.body] = one
    return found


CHANGES = _card(
    *("veranderingen", "Wat veranderde sinds de vorige vergadering?", words.SOURCE),
    lambda seen: seen.lines,
    *LINES,
)
STUCK = _card(
    *("bewoog-niet", "Moest bewegen, bewoog niet", words.SOURCE),
    lambda seen: seen.stuck,
    *LINES,
    sheet="Bewoog niet",
)
STEPS = _card(
    *("toegezegd", "Toegezegd en gehaald", "mijlpalen in het portaal"),
    lambda seen: fated(seen.promised, words.FATES),
    written("fate", "Wat ervan kwam"),
    written("title", "Mijlpaal"),
    written("of", "Van"),
    written("was_due", "Toegezegd tegen", Kind.DATE),
    written("now_due", "Nu verwacht", Kind.DATE),
    written("done_on", "Klaar op", Kind.DATE),
    sheet="Mijlpalen",
    of="milestone",
)
QUIET = _card(
    *("radar", "Wat dreigt stil te vallen?", SIGNS),
    lambda seen: alerts_of(seen.groups),
    text("said", "Waarom hier", grow=2, width=200, **WRAPS),
    text("what", "Wat", grow=3, width=220, **WRAPS),
    text("why", "Omdat", grow=4, width=260, **WRAPS),
    days("since", "Sinds"),
    text("atelier", "Atelier", width=90),
    sheet="Stilval",
)
COLOURS = _card(
    *("kleuren", "Waar wijkt wat gemeld is af van wat berekend is?", SIGNS),
    lambda seen: seen.colours,
    written("code", "Code"),
    written("title", "Traject"),
    written("health", "Gemeld"),
    written("signal", "Berekend"),
    written("why", "Omdat"),
    of="project",
)
RISKS = _card(
    *("risicos", "Wat kan er misgaan?", risks.SOURCE),
    lambda seen: seen.risks,
    *risks.COLUMNS,
    sheet="Risico's",
    of="risk",
)
AGENDA = _card(
    *("agenda", "Wat staat op de agenda?", "agenda in het portaal"),
    lambda seen: seen.agenda,
    written("position", "Punt", Kind.NUMBER),
    written("kind", "Soort"),
    written("title", "Titel"),
    written("about", "Waarover"),
    written("atelier", "Atelier"),
    written("note", "Nota"),
    written("minutes", "Minuten", Kind.NUMBER),
    written("used", "Gebruikt", Kind.NUMBER),
    written("state", "Stand"),
    written("proposal", "Voorstel"),
    written("why_now", "Waarom nu"),
    written("options", "Keuzes"),
    written("cost", "Kost en wie ze draagt"),
    written("asked", "Gevraagd"),
    of="agenda_item",
)
DECISIONS = _card(
    *("beslissingen", "Wat werd beslist?", "verslag van de vergadering"),
    lambda seen: seen.decisions,
    written("serial", "Nummer in de vergadering"),
    written("text", "Beslissing"),
    written("outcome", "Uitkomst"),
    written("on", "Genomen op", Kind.DATE),
    written("of", "Vergadering"),
    written("who", "Partner"),
    written("about", "Waarover"),
    of="decision",
)
ACTIONS = _card(
    *("acties", "Welke acties staan open?", "verslagen van de vergaderingen"),
    lambda seen: seen.actions,
    text("who", "Wie", width=140, **WRAPS),
    text("text", "Actie", grow=4, width=240, **WRAPS),
    text("of", "Afgesproken op", width=150, **WRAPS),
    numbers("age", "Dagen oud", width=100),
    days("due_on", "Tegen"),
    text("standing", "Nog of te laat", book="", width=140),
    written("late", "Dagen te laat", Kind.NUMBER),
    text("about", "Waarover", width=100),
    of="action",
)
MONEY = _card(
    *("geld", "Waar staat het geld?", "begroting en boekingen in het portaal"),
    lambda seen: [*seen.money, total(seen.money)] if seen.money else [],
    written("code", "Atelier"),
    written("title", "Naam"),
    written("budgeted", "Begroot", Kind.EURO),
    written("committed", "Vastgelegd", Kind.EURO),
    written("spent", "Uitgegeven", Kind.EURO),
    written("forecast", "Prognose", Kind.EURO),
)
CALENDAR = _card(
    *("kalender", "Wanneer komt wie samen?", "kalender in het portaal"),
    in_calendar,
    written("body", "Wie"),
    written("number", "Nummer", Kind.NUMBER),
    written("planned_on", "Gepland", Kind.DATE),
    written("at", "Uur"),
    written("held_on", "Gehouden", Kind.DATE),
    written("off", "Dagen verschil", Kind.NUMBER),
    written("against", "Tegenover het plan"),
    written("days_since", "Dagen na de vorige", Kind.NUMBER),
    written("rhythm", "Ritme in dagen", Kind.NUMBER),
    written("state", "Stand"),
    sheet="Vergaderingen",
    of="meeting",
)


def foot(shown: Card[Seen], seen: Seen) -> Component:
    """The source line, true for the day of the meeting."""
    return shown.foot(seen.as_of, query_of(seen.header.body, seen.header.number, seen.against))


def as_list(shown: Card[Seen], rows: Sequence[Any], one: str, many: str) -> Component:
    """All of it, one click away."""
    table = shown.grid(height=420, rows=records(rows))
    return html.Details([html.Summary(f"Toon {plural(len(rows), one, many)} als lijst"), table], className="as-table")


def _download(shown: Card[Seen]) -> Download:
    def make(session: Session, viewer: Viewer, query: Mapping[str, str]) -> Made:
        seen = look(session, viewer, asked_in(query))
        title = f"{seen.header.name}: {shown.question}"
        compared = [f"sinds {words.since_of(seen)}"] if seen.previous else []
        said = (*compared, *([WITHHELD] if seen.withheld else []))
        table = shown.table(seen, shown.rows(session, viewer, seen))
        return About(title, str(shown.source), seen.as_of, said), (table,)

    return Download(shown.right, make)


ALL = (CHANGES, STUCK, STEPS, QUIET, COLOURS, RISKS, AGENDA, DECISIONS, ACTIONS, MONEY, CALENDAR)
DOWNLOADS = {shown.name: _download(shown) for shown in ALL}
