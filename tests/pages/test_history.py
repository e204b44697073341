"""What changed, as people read it."""

from datetime import UTC, date, datetime

import pandas as pd

from portal.pages.history import AS_LINES, history_card, history_of_a, history_rows
from tests.reading import MOST_COMPONENTS, links, parts, said

HISTORY = history_of_a("project")
DOWNLOAD = "/download/project/historiek.xlsx"
AS_OF = date(2026, 11, 21)
COLUMNS = ["sequence", "at", "who", "source", "command", "what", "field", "field_label", "old", "new"]


def changes(count: int) -> pd.DataFrame:
    at = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    row = (1, at, "An", "portaal", "wijzig", "deelname: Wervik", "since", "sinds", "01/02/2026", "01/03/2026")
    return pd.DataFrame([row] * count, columns=COLUMNS, dtype=object)


def card(count: int):
    return history_card(HISTORY, history_rows(changes(count)), HISTORY.foot(AS_OF))


def test_nothing_changed_is_said_calmly():
    assert "Geen veranderingen gevonden" in said(card(0))
    assert links(card(0)) == [DOWNLOAD]


def test_a_change_says_what_from_what_to_what_by_whom_and_when_in_the_region():
    told = said(card(1))
    assert "Deelname: Wervik, sinds: 01/02/2026 → 01/03/2026" in told
    assert "An, 02/07/2026 om 0.30 uur, langs portaal" in told
    assert links(card(1)) == [DOWNLOAD]


def test_many_changes_are_rows_and_not_components():
    assert len(list(parts(card(AS_LINES)))) <= MOST_COMPONENTS
    many = card(300)
    assert len(list(parts(many))) < 15
    grid = next(part for part in parts(many) if getattr(part, "rowData", None))
    assert len(grid.rowData) == 300
    assert len({row["id"] for row in grid.rowData}) == 300


def test_the_workbook_has_the_regions_clock():
    row = history_rows(changes(1)).iloc[0]
    assert (row["when"], row["at"]) == ("02/07/2026 00:30", datetime(2026, 7, 2, 0, 30))
    assert history_rows(changes(0)).empty
