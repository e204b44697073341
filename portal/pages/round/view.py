"""The progress round as it is drawn."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import dash_bootstrap_components as dbc
from dash import MATCH, dcc, html
from dash.development.base_component import Component

from portal import numbers
from portal.commands.once import new_key
from portal.components.cards import card, nothing_found, source_line
from portal.components.editing import button
from portal.components.frame import Crumb, page_header
from portal.components.links import inside
from portal.components.numbers import keyed
from portal.components.tags import word_tag
from portal.pages.round.editing import Seen, Told
from portal.queries.counted import WorkCounts
from portal.queries.meetings.rounds import Round, RoundRow
from portal.text import day, in_words, long_day, moment, percentage, plural, sentence
from portal.vocabulary import Health


class Ids(StrEnum):
    CHOSEN = "round-chosen"
    SAVED = "round-saved"
    GO = "round-go"
    GONE = "round-gone"
    HEAD = "round-head"
    SCREEN = "round-screen"
    LIST = "round-list"
    DONE = "round-done"


class Parts(StrEnum):
    """What stands inside the cards, once it is known who looks."""

    NEXT = "round-part-next"
    CONFIRM = "round-part-confirm"
    SAID = "round-part-said"
    PICKED = "round-part-picked"


class Row(StrEnum):
    """The parts of the row of one project."""

    ROW = "round-row"
    PICK = "round-pick"
    CONFIRM = "round-confirm"
    MARK = "round-mark"


def row_id(part: Row, project: Any = MATCH) -> dict[str, Any]:
    """Of this project; of each one by itself, or with ALL of all together."""
    return {"type": part.value, "project": project}


OWN = "u"  # of what only this viewer counts
STILL = "Wie moet nog melden?"
MAY = "Over welke eigen projecten kunt u melden?"


def address_of(code: str) -> str:
    """The address of the screen of one project."""
    return f"/ronde?project={code}"


def opening(current: Round, rows: Sequence[RoundRow], counts: WorkCounts, of: str) -> list[str | Component]:
    """How many still owe a report, and until when; for who owes none, how many may be reported on. `of`: what is
    counted, the region or the viewer's ateliers."""
    left = [row for row in rows if not row.reported]
    if not rows:
        return [html.B("Er is geen lopend project waarover u meldt"), "."]
    if not any(row.owes for row in rows):
        may = sentence(plural(len(left), "eigen lokaal project kan", "eigen lokale projecten kunnen"))
        own = keyed(numbers.OWN_TO_REPORT.at(len(left), OWN), may)
        return [html.B([own, " nog een verslag krijgen"]), " ", *until(current), "; het hoeft niet."]
    count, done = counts.unreported, counts.reported
    if not count:
        return [html.B("Iedereen heeft gemeld"), " ", *until(current), "."]
    owe = f"{sentence(in_words(count))} {'project moet' if count == 1 else 'projecten moeten'} nog melden"
    ready = "nog geen enkel is klaar" if not done else f"{in_words(done)} {'is' if done == 1 else 'zijn'} klaar"
    reported = keyed(numbers.REPORTED.at(done, of), ready)
    return [html.B(keyed(numbers.UNREPORTED.at(count, of), owe)), " ", *until(current), "; ", reported, "."]


def until(current: Round) -> list[str | Component]:
    days = current.days_left
    if days is None or current.until is None:
        return ["sinds de vorige stuurgroep; een volgende is nog niet gepland"]
    left = "vandaag" if days == 0 else "morgen" if days == 1 else f"over {in_words(days)} dagen"
    return [f"voor de stuurgroep van {long_day(current.until)}, ", keyed(numbers.DAYS_TO_MEETING.at(days), left)]


def whose(row: RoundRow) -> str:
    """Who leads it, and in which atelier."""
    lead = f"{row.lead} trekt" if row.lead else "trekker onbekend" if row.owes else "lokaal project"
    return lead + (f" · atelier {row.atelier}" if row.atelier else "")


def standing(row: RoundRow) -> str:
    """How far it is and when it ends, as far as known."""
    far = "voortgang onbekend" if row.progress is None else percentage(row.progress)
    return f"{far} · einde {day(row.end_expected_on, 'onbekend')}"


def silence(row: RoundRow) -> str:
    if row.days_silent is None:
        return "nog nooit gemeld"
    if row.days_silent == 0:
        return "vandaag gemeld"
    return f"gemeld op {day(row.last_reported_on)}, {plural(row.days_silent, 'dag', 'dagen')} geleden"


SOURCE = "voortgangsverslagen in het portaal"
EVERYBODY = 0  # the place of a mark that belongs to no one project


def head(current: Round, rows: Sequence[RoundRow], as_of: date, counts: WorkCounts, of: str) -> Component:
    crumbs = (Crumb("Overzicht", "/"), Crumb("Voortgangsronde"))
    return page_header("Voortgangsronde", crumbs, as_of, opening(current, rows, counts, of))


def list_card(rows: Sequence[RoundRow], as_of: date, told: Sequence[Told] = ()) -> Component:
    """The projects without a report in this round, longest silent first; above them what became of those picked."""
    left = [row for row in rows if not row.reported]
    question = STILL if not rows or any(row.owes for row in rows) else MAY
    if not left:
        shown: list[Component | None] = [
            nothing_found("projecten die nog moeten melden", "Alles is gemeld in deze ronde.")
        ]
    else:
        rows_ = [html.Li(row_parts(row), id=row_id(Row.ROW, row.id), className="round-row") for row in left]
        pick = html.Div(button(Parts.PICKED, "Bevestig de gekozen ongewijzigd"), className="edit-choices")
        known = any(row.health is not Health.UNKNOWN for row in left)
        shown = [html.Ul(rows_, className="round-rows"), pick if known else None]
    return card(
        question,
        _outcome(told),
        *shown,
        sub="Bevestig wat niet veranderde met één klik; kies er meer om ze samen te bevestigen. Werk de andere bij.",
        foot=source_line(SOURCE, as_of),
    )


def _outcome(told: Sequence[Told]) -> Component | None:
    """How many were confirmed, and of each that was not why."""
    if not told:
        return None
    done = sum(one.done for one in told)
    said = f"{sentence(in_words(done))} {'project' if done == 1 else 'projecten'} bevestigd." if done else ""
    refused = list(dict.fromkeys(one.said for one in told if not one.done))
    mark = [dcc.Store(id=row_id(Row.MARK, EVERYBODY), data=done)] if done else []
    return html.Div([html.P(said), *map(html.P, refused), *mark], className="form-said", role="status")


def row_parts(row: RoundRow, refused: str = "") -> list[Component]:
    """A project to confirm or bring up to date; `refused` says why it was not confirmed."""
    seen = Seen(row.id, row.version, new_key())
    known = row.health is not Health.UNKNOWN
    title = dbc.Checkbox(id=row_id(Row.PICK, row.id), label=row.title) if known else html.B(row.title)
    name = html.Span(f" {row.code}", className="quiet")
    same = confirming(row_id(Row.CONFIRM, row.id), seen, name)
    update = inside(["Werk bij", name], address_of(row.code), className="btn btn-outline-primary btn-sm")
    return [
        html.Div([title, html.Small([_page_of(row), f" · {whose(row)}"])]),
        html.Div([word_tag(row.health), f" {standing(row)}", html.Small(silence(row))]),
        html.Div([same, update] if known else update, className="acts"),
        *([html.P(refused, className="fault", role="alert")] if refused else []),
    ]


def confirming(button_id: str | dict[str, Any], seen: Seen, *more: Component) -> Component:
    """The button that says nothing changed, and carries what was seen."""
    said: list[str | Component] = ["Bevestig ongewijzigd", *more]
    return html.Button(said, id=button_id, value=str(seen), n_clicks=0, className="btn btn-outline-primary btn-sm")


def _page_of(row: RoundRow) -> Component:
    return inside(row.code, f"/project/{row.code}")


def row_after(rows: Sequence[RoundRow], told: Told) -> list[Component]:
    """The row after a click: confirmed it stays in its place, so that no other moves under the pointer."""
    found = next((row for row in rows if row.id == told.project_id), None)
    if found is None:
        return [html.P(told.said, className="fault", role="alert")]
    if not told.done:
        return row_parts(found, told.said)
    return [
        html.Div([html.B(found.title), html.Small(_page_of(found))]),
        html.Div(word_tag(found.health)),
        html.P(f"✓ {told.said}", className="saved", role="status"),
        dcc.Store(id=row_id(Row.MARK, told.project_id), data=found.version),
    ]


def done_card(rows: Sequence[RoundRow], as_of: date) -> Component:
    """What was reported in this round, newest first."""
    done = sorted(((row.at, row) for row in rows if row.reported and row.at), key=lambda each: each[0], reverse=True)
    shown = html.Ul([html.Li(_report(row, at)) for at, row in done], className="round-done")
    return card(
        "Klaar in deze ronde",
        shown if done else nothing_found("verslagen in deze ronde", "Wat u bevestigt of bijwerkt, komt hier te staan."),
        sub=f"{plural(len(done), 'project', 'projecten')}, het laatst gemelde eerst." if done else None,
        foot=source_line(SOURCE, as_of),
    )


def _report(row: RoundRow, at: datetime) -> list[Component | str]:
    what = "bevestigd ongewijzigd" if row.unchanged else row.done or "bijgewerkt"
    by = f" door {row.by}" if row.by else ""
    again = inside(row.title, address_of(row.code))
    return [html.B(again), " ", word_tag(row.health), html.Small(f"{what} · {moment(at)}{by}")]
