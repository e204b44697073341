"""`portal pack` and `portal changes`: what comes out, and the one sentence when nothing can."""

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from pptx import Presentation
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.cli import main
from portal.commands.inventory.projects import PROJECT
from portal.config import settings
from portal.db.engine import current_engine
from portal.db.models import User
from portal.permissions import Role
from portal.vocabulary import MeetingBody, MeetingState, Phase
from tests.frozen import make_frozen_meeting
from tests.makers import make_coalition, make_meeting, viewer

Run = Callable[..., Result]
DAY = date(2026, 3, 2)
COORDINATOR = "coordinator@voorbeeld.be"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, fresh_engine: Engine) -> Iterator[Run]:
    """The command line over three steering groups: two kept, one still open; a project began after the second."""
    with Session(fresh_engine) as session:
        session.add_all(User(email=f"{role}@voorbeeld.be", name=role.label, role=role) for role in Role)
        project = make_coalition(session, code="R-77", title="Glasvezel", phase=Phase.PREPARATION)
        for number in (1, 2):
            make_frozen_meeting(session, number=number, planned_on=DAY + timedelta(days=42 * number))
        values = {"phase": Phase.EXECUTION}
        PROJECT.change(session, viewer(Role.COORDINATOR), row_id=project.id, version=project.version, values=values)
        make_meeting(session, number=3, planned_on=DAY + timedelta(days=3650), state=MeetingState.OPEN)
        make_meeting(session, number=1, planned_on=DAY, body=MeetingBody.EXELLO, state=MeetingState.FROZEN)
        session.commit()
    monkeypatch.setenv("PORTAL_DATABASE_URL", fresh_engine.url.render_as_string(hide_password=False))
    settings.cache_clear()
    yield lambda *words: CliRunner().invoke(main, [str(word) for word in words], prog_name="portal")
    current_engine().dispose()
    monkeypatch.undo()
    settings.cache_clear()


NOT_THERE = "Dat mag niet of bestaat niet; er is niets gewijzigd."


def test_what_cannot_be_packed_is_told_in_a_sentence_and_leaves_no_file(run: Run, tmp_path: Path):
    for words, said in (
        ((9, "uit.pptx", "--as", COORDINATOR), NOT_THERE),
        ((3, "uit.pptx", "--as", "burgemeester@voorbeeld.be"), NOT_THERE),
        ((3, "uit.pptx", "--as", "niemand@voorbeeld.be"), "Er is geen actieve gebruiker niemand@voorbeeld.be."),
        (
            (2, "uit.pdf", "--as", COORDINATOR),
            "uit.pdf is geen pakket; kies een naam die eindigt op .pptx, .xlsx of .docx.",
        ),
        (
            (1, "uit.pptx", "--as", COORDINATOR, "--body", "exello"),
            "Van Exello 1 is de stand niet bewaard; er is niets te tonen.",
        ),
        ((2, "uit.pptx"), "--as ontbreekt. Zie: portal pack --help"),
        ((0, "uit.pptx", "--as", COORDINATOR), "NUMMER heeft een waarde die niet past. Zie: portal pack --help"),
    ):
        number, name, *rest = words
        refused = run("pack", number, tmp_path / str(name), *rest)
        assert (refused.exit_code, refused.stderr.strip()) == (2, said), words
    assert list(tmp_path.iterdir()) == []


def test_a_pack_comes_as_slides_or_as_a_workbook_and_twice_the_same(run: Run, tmp_path: Path):
    slides, again, tables = (tmp_path / name for name in ("uit.pptx", "weer.PPTX", "uit.xlsx"))
    for target in (slides, again, tables):
        done = run("pack", 2, target, "--as", COORDINATOR)
        assert (done.exit_code, done.stdout.strip()) == (0, f"{target} is geschreven.")
    assert slides.read_bytes() == again.read_bytes()
    assert Presentation(str(slides)).slides[0].shapes.title.text_frame.text == "Stuurgroep 2"
    assert "Budgetlijnen" not in openpyxl.load_workbook(tables).sheetnames  # nobody has a budget here
    assert "Projecten" in openpyxl.load_workbook(tables).sheetnames


def test_an_extract_is_for_whom_it_is_asked_and_a_mayors_is_always_for_the_conferentie(run: Run, tmp_path: Path):
    for email, asked, audience in (
        (COORDINATOR, ("--extract", "exello"), "uittreksel voor Exello"),
        ("burgemeester@voorbeeld.be", ("--extract", "exello"), "uittreksel voor de Conferentie van Burgemeesters"),
    ):
        target = tmp_path / "uit.xlsx"
        assert run("pack", 2, target, "--as", email, *asked).exit_code == 0
        said = {row[0].value: row[1].value for row in openpyxl.load_workbook(target)["Toelichting"].iter_rows()}
        assert audience in said["Filters"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ((9,), "Die stuurgroep is er niet; er is niets om te vergelijken."),
        ((3,), "Van Stuurgroep 3 is geen stand bewaard; kies een vastgelegde stuurgroep."),
        ((2, 1), "Noem eerst de vroegste van de twee stuurgroepen."),
        ((1, 1), "Noem eerst de vroegste van de twee stuurgroepen."),
        (("x",), "[VAN] heeft een waarde die niet past. Zie: portal changes --help"),
    ],
)
def test_what_cannot_be_compared_is_told_in_a_sentence(run: Run, asked: tuple[object, ...], said: str):
    for format_ in ((), ("--json",)):
        refused = run("changes", *asked, *format_)
        assert (refused.exit_code, refused.stderr.strip(), refused.stdout) == (2, said, "")


def test_changes_since_the_last_meeting_are_told_by_topic(run: Run):
    done = run("changes")
    assert done.exit_code == 0
    head, *lines = done.stdout.splitlines()
    count = len([line for line in lines if line.startswith("  ")])
    assert head.startswith("Van Stuurgroep 2 (")
    assert head.endswith(f": {count} veranderingen.")
    heading = next(line for line in lines if line.startswith("Projecten ("))
    (line,) = [line for line in lines if "R-77 Glasvezel, fase" in line]
    assert line.endswith(": R-77 Glasvezel, fase: voorbereiding → uitvoering")
    assert lines.index(heading) < lines.index(line)


def test_between_two_meetings_where_nothing_changed_it_says_so(run: Run):
    done = run("changes", 1, 2)
    lines = [line for line in done.stdout.splitlines() if "R-77" in line]
    assert (done.exit_code, lines) == (0, [])


def test_as_json_it_says_from_which_meeting_to_which_day_and_every_change(run: Run):
    told = json.loads(run("changes", 2, "--json").stdout)
    assert (told["from"], told["to"], date.fromisoformat(told["as_of"]) > DAY) == (2, None, True)
    (change,) = [one for one in told["changes"] if (one["what"], one["label"]) == ("R-77 Glasvezel", "fase")]
    assert {name: change[name] for name in ("topic", "what", "label", "old", "new", "path")} == {
        "topic": "projecten",
        "what": "R-77 Glasvezel",
        "label": "fase",
        "old": "voorbereiding",
        "new": "uitvoering",
        "path": "/project/R-77",
    }
    assert change.keys() == {"topic", "act", "what", "label", "old", "new", "detail", "who", "at", "path"}
    assert json.loads(run("changes", 2, 3, "--json").stdout)["to"] == 3
