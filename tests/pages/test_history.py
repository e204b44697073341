"""What changed, as people read it."""

from datetime import UTC, date, datetime

from portal.clock import REGION_TIME
from portal.exports.workbook import values_in
from portal.pages.history import AS_LINES, history_card, history_of_a
from portal.queries.trace.words import TraceRow
from tests.reading import MOST_COMPONENTS, links, parts, said

HISTORY = history_of_a("project")
DOWNLOAD = "/download/project/historiek.xlsx"
AS_OF = date(2026, 11, 21)
AT = datetime(2026, 7, 1, 22, 30, tzinfo=UTC).astimezone(REGION_TIME)


def changes(count: int) -> list[TraceRow]:
    said = ("An", "portaal", "deelname: Wervik", "since", "sinds", "01/02/2026", "01/03/2026")
    return [TraceRow(sequence, AT, *said) for sequence in range(count)]


def card(count: int):
    return history_card(HISTORY, changes(count), HISTORY.foot(AS_OF))


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
    (row,) = changes(1)
    assert row.when == "02/07/2026 00:30"
    (at,) = values_in(changes(1), ["at"])
    assert [one.replace(tzinfo=None) for one in at] == [datetime(2026, 7, 2, 0, 30)]
