"""What the page of a meeting shows, whole, as workbooks: the same meeting, the same comparison, the same rights."""

from collections.abc import Callable, Mapping

import pandas as pd
from sqlalchemy.orm import Session

from portal.exports.workbook import About, Column, Table
from portal.pages.columns import in_book
from portal.pages.downloads import Download, Made
from portal.pages.steering import agreed, grids, news, quiet, rows, tables, words
from portal.pages.steering.answers import Seen, look
from portal.pages.steering.asked import asked_in
from portal.permissions import Permission, Viewer
from portal.snapshots.closed import WITHHELD

Rows = Callable[[Seen], pd.DataFrame]


def _of(question: str, source: str, sheet: str, columns: tuple[Column, ...], found: Rows) -> Download:
    def make(session: Session, viewer: Viewer, query: Mapping[str, str]) -> Made:
        seen = look(session, viewer, asked_in(query))
        title = f"{seen.header.name}: {question}"
        compared = [f"sinds {words.since_of(seen)}"] if seen.previous else []
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
    "veranderingen": _of(news.CHANGED, words.SOURCE, "Veranderingen", in_book(grids.LINES), _lines),
    "bewoog-niet": _of(news.STUCK, words.SOURCE, "Bewoog niet", in_book(grids.LINES), _stuck),
    "toegezegd": _of(news.STEPS, "mijlpalen in het portaal", "Mijlpalen", grids.STEPS_EXPORT, _steps),
    "radar": _of(quiet.QUIET, quiet.SOURCE, "Stilval", in_book(grids.ALERTS), rows.alert_rows),
    "kleuren": _of(quiet.COLOURS, quiet.SOURCE, "Kleuren", grids.COLOURS_EXPORT, rows.colour_rows),
    "agenda": _of(agreed.AGENDA, "agenda in het portaal", "Agenda", grids.POINTS_EXPORT, rows.point_rows),
    "beslissingen": _of(
        agreed.DECISIONS, "verslag van de vergadering", "Beslissingen", grids.DECISIONS_EXPORT, _decisions
    ),
    "acties": _of(agreed.OPEN_ACTIONS, "verslagen van de vergaderingen", "Acties", in_book(grids.ACTIONS), _actions),
    "geld": _of(tables.MONEY, "begroting en boekingen in het portaal", "Geld", grids.MONEY_EXPORT, rows.money_rows),
    "kalender": _of(
        tables.CALENDAR, "kalender in het portaal", "Vergaderingen", grids.MEETINGS_EXPORT, rows.meeting_rows
    ),
}
