"""The decisions and actions that concern what a page is about, with the place where an own action is closed."""

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple, TypeVar

from dash import Input, Output, html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.addresses import of_work
from portal.auth import callback, current_viewer
from portal.components.cards import card, source_line
from portal.components.changes import Change, change_list
from portal.components.links import inside
from portal.components.tags import Tone, tag
from portal.exports.workbook import Column, Kind, Table
from portal.pages.cards import Read, offered_by_hand
from portal.pages.downloads import Download, download_path
from portal.pages.editing.places import form_place
from portal.pages.remembered import remembered
from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state
from portal.queries.meetings.open_work import ActionRow, AgreedRow, Concern, DecisionRow, actions_on, decisions_on
from portal.text import day, number, plural

SOURCE = "verslagen van de vergaderingen"
MOST, FOLDED = 5, 5
W = TypeVar("W")
CLOSING, REOPENING = "actie-sluiten", "actie-heropenen"


_MEETING = (
    *(Column("Vergadering", "meeting"), Column("Gehouden op", "met_on", Kind.DATE)),
    *(Column("Over", "about"), Column("Titel", "about_title")),
)
DECISIONS_EXPORT = (
    *(Column("Beslissing", "text"), Column("Genomen op", "taken_on", Kind.DATE), Column("Partner", "partner")),
    *_MEETING,
)
ACTIONS_EXPORT = (
    *(Column("Actie", "text"), Column("Wie", "owner"), Column("Tegen", "due_on", Kind.DATE)),
    *(Column("Gedaan op", "done_on", Kind.DATE), Column("Wat er gedaan is", "done_note")),
    *_MEETING,
)


class Agreed(NamedTuple):
    """What was agreed, and the date it is true for."""

    decisions: list[DecisionRow]
    actions: list[ActionRow]
    as_of: date


def agreed_on(session: Session, viewer: Viewer, concern: Concern, *, undone: bool = False) -> Agreed:
    """`undone`: of the actions only those that are still to be done."""
    actions = actions_on(session, viewer, concern)
    shown = [row for row in actions if row.done_on is None or not undone]
    return Agreed(decisions_on(session, viewer, concern), shown, portal_state(session).as_of)


remembered_on = remembered(agreed_on)


def agreed_tables(agreed: Agreed) -> tuple[Table, Table]:
    """What the card shows, whole."""
    return (
        Table("Beslissingen", DECISIONS_EXPORT, agreed.decisions, "decision meeting"),
        Table("Acties", ACTIONS_EXPORT, agreed.actions, "action meeting"),
    )


def agreed_download(question: str, read: Read[W], of: Callable[[W], Concern], *, undone: bool = True) -> Download:
    """What the card shows, whole; unless `undone` also the actions that are done."""

    def tables(session: Session, viewer: Viewer, wanted: W) -> tuple[Table, Table]:
        return agreed_tables(agreed_on(session, viewer, of(wanted), undone=undone))

    return offered_by_hand(read, Permission.VIEW_PORTAL, question, SOURCE, tables)


def showing_agreed(
    question: str, read: Read[W], of: Callable[[W], Concern], place: StrEnum, store: str
) -> Callable[[str], Component]:
    """The callback that fills `place`, a part of the page whose ids begin with its name."""
    page = place.value.partition("-")[0]

    @remembered
    def found(session: Session, viewer: Viewer, query: str) -> tuple[Agreed, str]:
        meant = read(session, viewer, query)
        return agreed_on(session, viewer, of(meant.wanted), undone=True), meant.query

    def show(query: str) -> Component:
        agreed, carried = found(current_viewer(), query)
        shown = agreed_card(question, agreed, download_path(page, "afspraken", carried), [store])
        return shown or card(
            question, "Er is nog niets beslist, en niets beloofd.", foot=source_line(SOURCE, agreed.as_of)
        )

    callback(Permission.VIEW_PORTAL, Output(place, "children"), Input(store, "data"))(show)
    return show


def agreed_card(
    question: str, agreed: Agreed, download: str, refreshes: Sequence[str], *, itself: str = ""
) -> Component | None:
    """None when there is nothing. `download` is the address of all of it, `refreshes` are the stores whose callbacks
    draw this card; what concerns `itself`, the code of what the page is about, does not say so again."""
    if not (agreed.decisions or agreed.actions):
        return None
    most = MOST + FOLDED
    parts = [
        *_listed("Beslissingen", [decision_line(row, itself) for row in agreed.decisions[:most]]),
        *_listed("Acties", [action_line(row, refreshes, itself) for row in agreed.actions[:most]]),
    ]
    more = len(agreed.decisions) > most or len(agreed.actions) > most
    rest = [html.P("De rest staat in de download.", className="sub")] if more else []
    return card(question, *parts, *rest, foot=source_line(SOURCE, agreed.as_of, download), flows=True)


def _listed(title: str, lines: Sequence[Change]) -> list[Component]:
    """The first ones, and the next folded."""
    if not lines:
        return []
    shown: list[Component] = [html.H3(title), change_list(lines[:MOST], title)]
    if len(lines) > MOST:
        fold = html.Summary(f"Toon de volgende {number(len(lines) - MOST)}")
        shown.append(html.Details([fold, change_list(lines[MOST:], f"{title}, vervolg")], className="as-table"))
    return shown


def decision_line(row: DecisionRow, itself: str) -> Change:
    detail = _detail(row, itself, row.meeting, day(row.taken_on), row.partner)
    return Change("✓", "beslist", row.text, detail=detail, href=meeting_of(row))


def action_line(row: ActionRow, refreshes: Sequence[str], itself: str) -> Change:
    """Open with its day, done with its sentence; and, for who may, the place to close it or to open it again."""
    about = _detail(row, itself, row.owner, met(row.meeting, row.age))
    if row.done_on is None:
        symbol, end = standing(row.days_left)
        below = closing(row.id, refreshes) if row.closable else None
        return Change(symbol, "actie", row.text, detail=about, href=meeting_of(row), end=end, below=below)
    done = [*about, f" · gedaan op {day(row.done_on)}: {row.done_note}".removesuffix(": ")]
    again = form_place(REOPENING, str(row.id), refreshes) if row.reopenable else None
    end = tag("gedaan", Tone.GOOD, "✓")
    return Change("✓", "gedaan", row.text, detail=done, href=meeting_of(row), end=end, below=again)


def closing(action_id: int, refreshes: Sequence[str]) -> Component:
    """Where the one sentence is asked that closes an action."""
    return form_place(CLOSING, str(action_id), refreshes)


def standing(days_left: int | None) -> tuple[str, Component]:
    """The symbol and the tag of an open action: how long it still has, or how long it is late."""
    if days_left is None:
        return "○", tag("geen datum", Tone.PLAIN, "○")
    if days_left < 0:
        return "▲", tag(f"{-days_left} d te laat", Tone.LATE, "▲")
    return "○", tag(f"nog {days_left} d", Tone.PLAIN, "○")


def met(meeting: str, age: int) -> str:
    """At which meeting it was agreed, and how long ago that is."""
    return f"{meeting}, {plural(age, 'dag', 'dagen')} geleden" if age > 0 else meeting


def meeting_of(row: AgreedRow) -> str:
    return f"/stuurgroep?vergadering={row.spot}"


def _detail(row: AgreedRow, itself: str, *said: str | None) -> list[str | Component]:
    """What is said of it, and the page of what it is about."""
    before = " · ".join(filter(None, said))
    if not row.about or row.about == itself:
        return [before]
    address = of_work(row.is_of_project and row.about, row.about)
    return [f"{before} · ", inside(f"{row.about} {row.about_title}", address)]
