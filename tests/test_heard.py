"""What a meeting hears of a table that says no more than its entity: rows, words and a sheet in the model's words."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from portal.entities import ENTITIES
from portal.entities.fields import Heard
from portal.entities.heard import heard, sheet_of, told, words_of
from portal.entities.money import FORECAST
from portal.queries.meetings.state import spelled
from portal.queries.meetings.traces import makes_of
from portal.snapshots.described import Act
from portal.snapshots.lines import Topic, lines_between, moved
from portal.snapshots.state import Kind, State
from portal.vocabulary import Phase

PLAIN = Heard(
    kind=Kind.GRANT,
    topic=Topic.MONEY,
    fields="line=budget_line.code why=budget_line.description|budget_line.code as_of amount",
    what="prognose van {line}",
    path="/budget?lijn={line}",
    silent="as_of",
    rules={"line": Act("verhangen", "▲", minor=True)},
)
ROW = {"line": "L-1", "why": "Studie", "as_of": "2026-01-02", "amount": "100.00"}


def lines(was, now):
    entity = replace(FORECAST, heard=PLAIN)
    sides = (State(date(2026, 1, 1), rows={Kind.GRANT: {"1": row} if row else {}}) for row in (was, now))
    return lines_between(*sides, {Kind.GRANT: words_of(entity, PLAIN)}, {})


def test_a_field_that_changed_is_told_from_old_to_new_in_the_words_of_the_model():
    (line,) = lines(ROW, {**ROW, "amount": "250.00", "as_of": "2026-03-04", "why": "Bouw"})
    assert (line.symbol, line.act, line.what, line.path) == ("€", "gewijzigd", "prognose van L-1", "/budget?lijn=L-1")
    assert moved(line).replace("\N{NO-BREAK SPACE}", " ") == "prognose: € 100 → € 250"


def test_what_another_row_says_is_told_only_by_a_rule():
    (line,) = lines(ROW, {**ROW, "line": "L-2"})
    assert (line.symbol, line.act, line.minor, moved(line)) == ("▲", "verhangen", True, "budgetlijn: L-1 → L-2")


def test_a_row_that_came_or_went_is_told_without_a_rule_too():
    assert [(line.act, moved(line)) for line in lines(None, ROW)] == [("toegevoegd", "prognose")]
    assert [(line.act, moved(line)) for line in lines(ROW, None)] == [("geschrapt", "prognose → geschrapt")]


def test_a_sheet_is_headed_as_the_model_says_and_a_row_that_is_pointed_at_as_its_pointer():
    sheet = sheet_of(FORECAST, PLAIN)
    headings = [(one.heading, one.key) for one in sheet.fields]
    assert sheet.name == "Prognoses"
    assert headings == [("Budgetlijn", "line"), ("Omschrijving", "why"), ("Peildatum", "as_of"), ("Prognose", "amount")]


def test_a_column_makes_every_key_that_is_read_by_way_of_it():
    made = makes_of(FORECAST, PLAIN)
    assert made == {"budget_line_id": ("line", "why"), "as_of": ("as_of",), "amount": ("amount",)}


def test_a_value_is_spelled_as_json_keeps_it():
    given = (date(2026, 1, 2), Decimal("1234.5"), Phase.IDEA, None, 3, True, "tekst")
    assert [spelled(each) for each in given] == ["2026-01-02", "1234.50", "idee", None, 3, True, "tekst"]
    assert type(spelled(Phase.IDEA)) is str


def test_every_kind_is_heard_of_one_table_and_every_rule_is_for_a_key_of_its_row():
    kinds = [each.heard.kind for each in ENTITIES.values() if each.heard is not None]
    assert sorted(kinds) == sorted(set(Kind) - {Kind.MONEY})
    for kind, (_, of) in heard().items():
        assert set(told()[kind].rules) - {""} <= {*of.found, *of.made}, kind
