"""What was agreed, the tables behind the charts, and every card's workbook."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

import pandas as pd
from dash import html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.components import grids
from portal.components.cards import nothing_found
from portal.components.changes import Change, Point, agenda_list, change_list
from portal.components.tags import Tone, tag
from portal.exports.workbook import About, Column, Table
from portal.pages.agreed import closing, met
from portal.pages.columns import in_book, on_screen, records
from portal.pages.downloads import Download, Made
from portal.pages.steering import columns, news, rows, tables
from portal.pages.steering.asks import Seen, look
from portal.pages.steering.columns import ACTIONS, Ids, Parts, asked_in
from portal.pages.steering.reading import Agreed
from portal.permissions import Permission, Viewer
from portal.snapshots.extract import WITHHELD
from portal.snapshots.report import Item
from portal.text import day, plural

MOST, SOON = 5, 7
AGENDA, DECISIONS, OPEN_ACTIONS = "Wat staat op de agenda?", "Wat werd beslist?", "Welke acties staan open?"
ACROSS = "Over de ateliers heen"


def agenda_body(seen: Seen) -> list[Component]:
    """Per atelier, and first what goes across them; each point keeps its place on the agenda."""
    if not seen.agenda:
        hint = "De coördinator zet ze erop." if not seen.frozen else "Er stond niets op."
        return [nothing_found("agendapunten", hint)]
    numbered = {item.id: place for place, item in enumerate(seen.agenda, start=1)}
    groups = groupby(sorted(seen.agenda, key=_atelier), key=_atelier)
    return [part for atelier, items in groups for part in _group(atelier, list(items), numbered)]


def _atelier(item: Item) -> str:
    return item.atelier


def _group(atelier: str, items: Sequence[Item], numbered: dict[int, int]) -> list[Component]:
    name = f"Atelier {atelier}" if atelier else ACROSS
    return [html.H3(name), agenda_list([point(item, numbered[item.id]) for item in items], name)]


def point(item: Item, place: int) -> Point:
    return Point(place, item.kind, item.title, item.about, item.path, item.note)


def decisions_body(seen: Seen) -> list[Component]:
    """The decisions of this meeting."""
    if not seen.decisions:
        hint = "Ze staan hier zodra ze genomen zijn." if not seen.frozen else "Er werd niets beslist."
        return [nothing_found("beslissingen", hint if seen.kept else rows.NOT_KEPT_SHORT)]
    return [change_list([decision_line(one) for one in seen.decisions], DECISIONS)]


def decision_line(one: Agreed) -> Change:
    about = " · ".join(filter(None, (day(one.on), one.who, one.about)))
    return Change("✓", "beslist", one.text, detail=about, href=one.path or None)


def actions_body(seen: Seen) -> list[Component]:
    """Of every meeting, what is not done: the longest over its day first."""
    if seen.extract:
        return [nothing_found("acties in dit uittreksel", "Acties volgen de besturen zelf op.")]
    if not seen.actions:
        return [nothing_found("open acties", "Alles wat beloofd is, is gedaan." if seen.kept else rows.NOT_KEPT_SHORT)]
    shown = [action_line(one, closes=one.id in seen.closable) for one in seen.actions[:MOST]]
    return [change_list(shown, OPEN_ACTIONS), *([_all_actions(seen)] if len(seen.actions) > MOST else [])]


def action_line(one: Agreed, *, closes: bool = False) -> Change:
    """`closes`: with the place where who may close it says what was done."""
    late = one.late is not None and one.late > 0
    soon = one.late is not None and -SOON <= one.late <= 0
    tone = Tone.LATE if late else Tone.ATTENTION if soon else Tone.PLAIN
    symbol = "▲" if late else "○"
    about = " · ".join(filter(None, (one.who, met(one.of, one.age), one.about)))
    end = tag(rows.standing(one), tone, symbol)
    below = closing(one.id, (Ids.WANTED,)) if closes else None
    return Change(symbol, "actie", one.text, detail=about, href=one.path or None, end=end, below=below)


def _all_actions(seen: Seen) -> Component:
    found = records(rows.agreed_rows(seen.actions))
    table = grids.grid(Parts.ALL_ACTIONS, on_screen(ACTIONS), label=OPEN_ACTIONS, height=420, rows=found)
    return html.Details(
        [html.Summary(f"Toon {plural(len(found), 'actie', 'acties')} als lijst"), table], className="as-table"
    )


Rows = Callable[[Seen], pd.DataFrame]


def _of(question: str, source: str, sheet: str, columns: tuple[Column, ...], found: Rows) -> Download:
    def make(session: Session, viewer: Viewer, query: Mapping[str, str]) -> Made:
        seen = look(session, viewer, asked_in(query))
        title = f"{seen.header.name}: {question}"
        compared = [f"sinds {rows.since_of(seen)}"] if seen.previous else []
        said = (*compared, *([WITHHELD] if seen.withheld else []))
        return About(title, source, seen.as_of, said), (Table(sheet, columns, found(seen)),)

    return Download(Permission.VIEW_PORTAL, make)


def _lines(seen: Seen) -> pd.DataFrame:
    return rows.line_rows(seen.lines)


def _stuck(seen: Seen) -> pd.DataFrame:
    return rows.line_rows(seen.stuck)


def _steps(seen: Seen) -> pd.DataFrame:
    return rows.step_rows(seen.promised)


def _decisions(seen: Seen) -> pd.DataFrame:
    return rows.agreed_rows(seen.decisions)


def _actions(seen: Seen) -> pd.DataFrame:
    return rows.agreed_rows(seen.actions)


DOWNLOADS = {
    "veranderingen": _of(news.CHANGED, rows.SOURCE, "Veranderingen", in_book(columns.LINES), _lines),
    "bewoog-niet": _of(news.STUCK, rows.SOURCE, "Bewoog niet", in_book(columns.LINES), _stuck),
    "toegezegd": _of(news.STEPS, "mijlpalen in het portaal", "Mijlpalen", columns.STEPS_EXPORT, _steps),
    "radar": _of(news.QUIET, news.SOURCE, "Stilval", in_book(columns.ALERTS), rows.alert_rows),
    "kleuren": _of(news.COLOURS, news.SOURCE, "Kleuren", columns.COLOURS_EXPORT, rows.colour_rows),
    "agenda": _of(AGENDA, "agenda in het portaal", "Agenda", columns.POINTS_EXPORT, rows.point_rows),
    "beslissingen": _of(DECISIONS, "verslag van de vergadering", "Beslissingen", columns.DECISIONS_EXPORT, _decisions),
    "acties": _of(OPEN_ACTIONS, "verslagen van de vergaderingen", "Acties", in_book(columns.ACTIONS), _actions),
    "geld": _of(tables.MONEY, "begroting en boekingen in het portaal", "Geld", columns.MONEY_EXPORT, rows.money_rows),
    "kalender": _of(
        tables.CALENDAR, "kalender in het portaal", "Vergaderingen", columns.MEETINGS_EXPORT, rows.meeting_rows
    ),
}
