"""The scripts of editing: what Python asks of them is there, under the same names, and no text is markup."""

import re
from pathlib import Path

import pytest

from portal.commands.once import new_key
from portal.pages.editing.columns import AMOUNT, DAY
from portal.pages.editing.places import Part
from portal.pages.editing.saving import CONFLICT, REFUSED, SAVED

ROOT = Path(__file__).parents[2]
SCRIPTS = {file.stem: file.read_text() for file in (ROOT / "assets").glob("*.js")}
STYLES = "\n".join(file.read_text() for file in (ROOT / "assets").glob("*.css"))
PYTHON = "\n".join(file.read_text() for file in (ROOT / "portal").rglob("*.py"))
OURS = sorted(set(SCRIPTS) - {"locale-nl"})
ASKED = sorted(set(re.findall(r'ClientsideFunction\("(\w+)", "(\w+)"\)', PYTHON)))


def test_no_script_makes_markup_of_what_somebody_typed(subtests: pytest.Subtests):
    for name in OURS:
        with subtests.test(name=name):
            assert not re.search(
                r"innerHTML|outerHTML|insertAdjacent|document\.write|dangerously|\beval\(", SCRIPTS[name]
            )


def test_every_function_that_a_callback_asks_for_is_in_the_script_of_its_name(subtests: pytest.Subtests):
    for space, function in ASKED:
        with subtests.test(space=space, function=function):
            holder = next(script for script in SCRIPTS.values() if re.search(rf"\bdash\.{space} = ", script))
            assert re.search(rf"\b{function}(:| =|\()", holder)


def test_the_script_of_editing_names_no_part_that_no_place_has():
    named = set(re.findall(r'"(edit-[a-z]+)"', SCRIPTS["editing"])) - {"edit-value"}
    assert {"edit-sent", "edit-place", "edit-take"} <= named
    assert named <= {part.value for part in Part}


def test_an_edit_is_sent_with_every_part_that_the_portal_reads_and_one_at_a_time():
    source = (ROOT / "portal/pages/editing/saving.py").read_text()
    read = set(re.findall(r'data(?:\.get)?[\[(]"(\w+)"', source))
    sent = re.search(r"return \{ what: .*?\};", SCRIPTS["editing"], re.DOTALL)
    assert sent
    assert read == {"what", "of", "id", "version", "act", "field", "value", "number", "seen", "once"}
    assert {name for name in read if not re.search(rf"\b{name}:", sent[0])} == set()
    assert "if (busy(grid) || !grid.waiting.length) { return undefined; }" in SCRIPTS["editing"]


def test_every_state_of_an_edit_is_told_in_a_word_and_has_its_looks():
    words = re.search(r"const WORDS = \{(.*)\};", SCRIPTS["editing"])
    assert words
    for state in (SAVED, REFUSED, CONFLICT, "unknown"):
        assert f"{state}:" in words[1]
        assert f".told.{state}" in STYLES


def test_the_scripts_spell_a_key_as_the_portal_does():
    spelled = re.search(r"const KEYED = /(.*)/;", SCRIPTS["asking"])
    assert spelled
    assert re.fullmatch(spelled[1], new_key())
    assert '"once-" +' in SCRIPTS["editing"]


def test_amounts_are_sorted_by_what_they_are():
    assert f"tools.{AMOUNT['comparator']['function']} =" in SCRIPTS["editing"]


def test_what_python_asks_of_a_day_is_in_the_script_of_days():
    assert f"tools.{DAY['comparator']['function']} =" in SCRIPTS["days"]
    assert f"tools.{DAY['cellEditor']['function']} = class" in SCRIPTS["days"]
    assert {
        name for name in ("day-field", "day-button", "day-said") if name not in PYTHON or f".{name}" not in STYLES
    } == set()


@pytest.mark.parametrize(
    "mark", ["data-refreshes", "data-saved", "data-copy", "data-clears", "data-most", "data-leads"]
)
def test_what_a_script_looks_for_is_what_the_page_carries(mark: str):
    camel = re.sub(r"-(\w)", lambda part: part[1].upper(), mark.removeprefix("data-"))
    scripts = "\n".join(SCRIPTS.values())
    assert f"[{mark}]" in scripts or f"dataset.{camel}" in scripts
    assert f'"{mark}"' in PYTHON
