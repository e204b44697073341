"""Somebody's own list gets in: whatever stands around the table, however its columns and words are called."""

import csv
import os
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from data_loaders.comparing import sheets_of
from data_loaders.export import export
from data_loaders.kind import Asked
from data_loaders.load import KINDS, load, proposed
from data_loaders.mapping.looked import choices_of
from data_loaders.mapping.proposing import Named, likely, synonyms
from data_loaders.mapping.words import word_table
from data_loaders.plan import Step
from data_loaders.sheets import Sheet
from data_loaders.stadsmonitor.explained import LONG
from portal.permissions import Role, Viewer
from portal.words import fold
from tests.data_loaders.books import told, workbook
from tests.data_loaders.mapping.disguise import disguise, lines_of
from tests.data_loaders.mapping.habits import HABITS, LISTS, OwnList

COORDINATOR = Viewer(Role.COORDINATOR)
EXAMPLES = 50 if os.environ.get("PORTAL_ALL_WALKS") == "1" else 5
EXPLAINED = [name for name in KINDS if name != "stadsmonitor"]


@pytest.mark.parametrize("name", EXPLAINED)
def test_an_export_in_any_disguise_changes_nothing_once_it_is_explained(demo_session: Session, name: str):
    kind = KINDS[name]
    known = kind.known(demo_session, COORDINATOR)
    sheets = {sheet.name: sheet for sheet in sheets_of(known.tables)}
    lines = lines_of(export(kind, demo_session, COORDINATOR))
    rows = sum(len(table.rows) for table in known.tables)

    @settings(suppress_health_check=list(HealthCheck), max_examples=EXAMPLES)
    @given(st.randoms(use_true_random=False))
    def holds(dice: Random) -> None:
        made = disguise(lines, sheets, dice)
        reading = kind.read(known, made.book, Asked(mapped=made.mapped))
        assert [str(one) for one in reading.problems] == [], made.done
        plan = kind.plan(demo_session, COORDINATOR, reading.rows)
        assert [str(row) for row in plan.of(Step.NEW, Step.CHANGED, Step.CONFLICT)] == [], made.done
        assert plan.unchanged == rows
        proposed = kind.read(known, made.book, Asked(look=True, called="lijst.xlsx"))  # and without help never a fault
        if not proposed.problems:
            kind.plan(demo_session, COORDINATOR, proposed.rows)

    holds()


@pytest.mark.parametrize("one", LISTS, ids=lambda one: f"{one.kind}-{one.sheet}")
def test_a_list_of_a_colleague_is_understood_whatever_they_did_to_the_table(
    demo_session: Session, subtests, one: OwnList
):
    kind = KINDS[one.kind]
    for habit in HABITS:
        with subtests.test(habit=habit.__name__):
            file = habit(one)
            mapped = proposed(kind, file, demo_session, COORDINATOR, Asked()).mapped
            asked = Asked(mapped=mapped, look=True)
            outcome = load(kind, file, demo_session, COORDINATOR, try_only=True, asked=asked)
            assert told(outcome.problems) == []
            assert [row.wanted.key[0] for row in outcome.plan.of(Step.NEW)] == [one.sheet] * len(one.rows)


def test_every_synonym_is_of_a_column_that_is_there(demo_session: Session):
    """A heading of the portal that is called otherwise takes its synonyms along."""
    kinds = [KINDS[name].known(demo_session, COORDINATOR).tables for name in EXPLAINED]
    sheets = [LONG, *(sheet for tables in kinds for sheet in sheets_of(tables))]
    there = {(fold(sheet.name), fold(one.heading)) for sheet in sheets for one in sheet.columns}
    there |= {("", heading) for _, heading in there}
    lost = {key for told in ("koppen", "woorden") for key in synonyms(told) if key not in there}
    assert lost == set()
    words: dict[str, set[str]] = {}
    for sheet in sheets:
        for heading, listed in choices(sheet).items():
            words[heading] = words.get(heading, set()) | listed
    strange = [
        (heading, code)
        for heading, known in word_table().items()
        for code in known.values()
        if code not in words.get(heading, set())
    ]
    assert strange == []


def choices(sheet: Sheet) -> dict[str, set[str]]:
    return {fold(one.heading): {code for code, _ in choices_of(one)} for one in sheet.read if choices_of(one)}


def in_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened, delimiter=";"))


def test_most_headings_of_public_lists_are_understood_without_help(demo_session: Session):
    """Labels only, each with where it was seen. Of those that are no column of the portal few may be taken for one."""
    kinds = [
        KINDS[name].known(demo_session, COORDINATOR).tables
        for name in ("inventory", "risks", "budget", "milestones", "meetings")
    ]
    named = {sheet.name: Named(sheet) for tables in kinds for sheet in sheets_of(tables)}
    taken = []
    for path in sorted(Path(__file__).parent.glob("public_headings*.csv")):
        rows = in_csv(path)
        found = [[one.column.heading for one in likely(named[row["blad"]], {1: row["kop"]}, [])] for row in rows]
        meant = [(row["kolom"], heading) for row, heading in zip(rows, found, strict=True)]
        wanted = [(column, heading) for column, heading in meant if column]
        understood = [heading for column, heading in wanted if heading == [column]]
        taken += [heading for column, heading in meant if not column and heading]
        assert len(wanted) >= 30
        assert len(understood) * 30 >= len(wanted) * 25, wanted
    assert len(taken) <= 4, taken


def test_an_empty_cell_of_a_row_that_nobody_saw_says_nothing_and_of_one_that_was_seen_empties(demo_session: Session):
    """An own list with an empty column of remarks takes away no description; an export from which it was wiped does."""
    kind = KINDS["inventory"]
    there = next(
        row for row in kind.tables(demo_session, COORDINATOR)[1].rows if row["description"] and row["reported_by"]
    )
    heads = ["code", "gemeld door", "titel", "omschrijving", "schaal", "fase", "zichtbaarheid", "versie"]
    said = [
        there["code"],
        there["reported_by"],
        there["title"],
        None,
        there["scope"],
        there["phase"],
        there["visibility"],
    ]
    for version, changes in ((None, []), (there["version"], [("omschrijving", there["description"], "")])):
        file = workbook(Projecten=[heads, [*said, version]])
        outcome = load(kind, file, demo_session, COORDINATOR, try_only=True)
        assert told(outcome.problems) == []
        made = [(one.named, one.old, one.new) for row in outcome.plan.to_write for one in row.changes]
        assert made == changes


def test_figures_of_the_survey_in_a_layout_of_somebody_s_own_are_read_once_it_is_explained(demo_session: Session):
    kind = KINDS["stadsmonitor"]
    rows = [
        ["Gem.", "Vraag", "Editie", "Pct", "kleur"],
        ["Stad Wervik", "LO_S_04", 2021, 66, "g"],
        ["Menen", "LO_S_05", 2021, 60, "r"],
    ]
    file = workbook(Cijfers=rows)
    (refused,) = told(load(kind, file, demo_session, COORDINATOR, try_only=True).problems)
    assert refused.startswith("De indeling is niet herkend")
    assert "Pct" in refused
    mapped = proposed(kind, file, demo_session, COORDINATOR, Asked()).mapped
    (sheet,) = mapped.sheets
    assert sheet.columns == {"Gem.": "gemeente", "Vraag": "indicator", "Editie": "jaar", "Pct": "waarde", "kleur": ""}
    asked = Asked(mapped=mapped.model_copy(update={"cells": {"Cijfers!D2": "67"}, "leave": ["Cijfers!3"]}), look=True)
    outcome = load(kind, file, demo_session, COORDINATOR, try_only=True, asked=asked)
    assert told(outcome.problems) == []
    (row,) = outcome.plan.to_write
    assert (row.wanted.key, row.wanted.values["value"]) == (("LO_S_04", "wervik", 2021), 67.0)
    unsaid = mapped.with_sheets([sheet.model_copy(update={"columns": sheet.columns | {"Pct": ""}})])
    lacking = load(kind, file, demo_session, COORDINATOR, try_only=True, asked=Asked(mapped=unsaid, look=True))
    assert told(lacking.problems) == ["Cijfers!A1: de kolom “waarde” ontbreekt; zeg welke kolom het is."]


def test_a_list_is_taken_for_what_asks_least_of_it(demo_session: Session):
    """Three columns fit challenges and projects alike; a challenge would have to say four things more."""
    file = workbook(Blad1=[["Naam", "Bestuur", "Status"], ["Loket", "Wervik", "Gepland"]])
    (sheet,) = proposed(KINDS["inventory"], file, demo_session, COORDINATOR, Asked()).mapped.sheets
    assert sheet.of == "Projecten"
