"""`portal export` and `portal template`: what comes out goes back in; who may not is told so in one sentence."""

import json
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from data_loaders.load import KINDS
from portal.cli import main
from portal.config import settings
from portal.db.engine import current_engine
from portal.db.models import Audit, User, UserPartner
from portal.permissions import Role
from tests.makers import make_challenge, partner_of

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, fresh_engine: Engine) -> Iterator[Run]:
    """The command line over a database with some people and one challenge."""
    with Session(fresh_engine) as session:
        people = {role: User(email=f"{role}@voorbeeld.be", name=role.label, role=role) for role in Role}
        session.add_all(people.values())
        make_challenge(session, partner="wervik", code="U-WER-1")
        session.add(UserPartner(user_id=people[Role.DIRECTOR].id, partner_id=partner_of(session, "wervik").id))
        session.commit()
    monkeypatch.setenv("PORTAL_DATABASE_URL", fresh_engine.url.render_as_string(hide_password=False))
    settings.cache_clear()
    yield lambda *words: CliRunner().invoke(main, [str(word) for word in words], prog_name="portal")
    current_engine().dispose()
    monkeypatch.undo()
    settings.cache_clear()


def codes(path: Path) -> list[str]:
    book = openpyxl.load_workbook(BytesIO(path.read_bytes()))
    return [row[0] for row in book["Uitdagingen"].iter_rows(min_row=2, values_only=True) if row[0]]


@pytest.mark.parametrize(
    ("kind", "by", "said"),
    [
        ("inventory", "burgemeester", "Dat mag niet of bestaat niet; er is niets gewijzigd."),
        ("inventory", "stuurgroep", "Dat mag niet of bestaat niet; er is niets gewijzigd."),
        ("stadsmonitor", "directeur", "Dat mag niet of bestaat niet; er is niets gewijzigd."),
        ("inventory", "niemand", "Er is geen actieve gebruiker niemand@voorbeeld.be."),
    ],
)
def test_who_may_not_export_gets_a_sentence_and_no_file(run: Run, tmp_path: Path, kind: str, by: str, said: str):
    target = tmp_path / "uit.xlsx"
    refused = run("export", kind, target, "--as", f"{by}@voorbeeld.be")
    assert (refused.exit_code, refused.stderr.strip(), list(tmp_path.iterdir())) == (2, said, [])


def test_a_place_that_cannot_be_written_is_refused_and_leaves_nothing_behind(run: Run, tmp_path: Path):
    for target in (tmp_path / "nergens" / "x.xlsx", tmp_path / ("lang" * 70)):
        refused = run("template", "inventory", target)
        said = f"{target} is niet te schrijven; kijk de naam en de map na."
        assert (refused.exit_code, refused.stderr.strip()) == (2, said)
    assert list(tmp_path.iterdir()) == []


def test_a_kind_that_does_not_exist_is_refused(run: Run, tmp_path: Path):
    assert run("export", "geheim", tmp_path / "x.xlsx", "--as", "beheerder@voorbeeld.be").exit_code == 2


def test_an_export_goes_back_in_without_a_trace_and_replaces_an_older_one(
    run: Run, tmp_path: Path, fresh_engine: Engine
):
    target = tmp_path / "uit.xlsx"
    target.write_text("een oude")
    done = run("export", "inventory", target, "--as", "directeur@voorbeeld.be")
    assert (done.exit_code, done.stdout.strip(), codes(target)) == (0, f"{target} is geschreven.", ["U-WER-1"])
    back = run("load", "inventory", target, "--as", "directeur@voorbeeld.be", "--json")
    assert json.loads(back.stdout) == {"written": 0, "unchanged": 1, "problems": []}
    with Session(fresh_engine) as session:
        assert session.scalar(select(func.count()).where(Audit.entity == "challenge")) == 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_of_every_kind_has_its_headings_its_explanation_and_no_rows(run: Run, tmp_path: Path, kind: str):
    target = tmp_path / "leeg.xlsx"
    assert run("template", kind, target).exit_code == 0
    book = openpyxl.load_workbook(target)
    for sheet in book.worksheets[1:]:
        if sheet.sheet_state == "visible":
            assert (sheet.max_row, sheet.freeze_panes) == (1, "A2"), sheet.title
            assert all(cell.value for cell in sheet[1]), sheet.title
    told = {row[1]: row[3] for row in book["Toelichting"].iter_rows(values_only=True) if row[3]}
    headings = {cell.value for sheet in book.worksheets[1:] if sheet.sheet_state == "visible" for cell in sheet[1]}
    assert headings <= told.keys()
    assert all(said and not said.startswith(";") for said in told.values()), told


def test_rows_without_a_version_are_written_only_with_the_word_that_says_so(run: Run, tmp_path: Path):
    target, by = tmp_path / "uit.xlsx", ("--as", "directeur@voorbeeld.be")
    run("export", "inventory", target, *by)
    book = openpyxl.load_workbook(target)
    headings = {cell.value: cell.column for cell in book["Uitdagingen"][1]}
    book["Uitdagingen"].cell(2, headings["titel"], "Anders")
    book["Uitdagingen"].delete_cols(headings["versie"])
    book.save(target)
    refused = run("load", "inventory", target, *by)
    assert (refused.exit_code, "Geef --overschrijf mee" in refused.stderr) == (2, True)
    done = run("load", "inventory", target, *by, "--overschrijf", "--json")
    assert json.loads(done.stdout)["written"] == 1


def test_a_list_of_one_s_own_is_loaded_by_a_description_that_the_portal_first_proposes(run: Run, tmp_path: Path):
    target, described, by = tmp_path / "lijst.xlsx", tmp_path / "lijst.json", ("--as", "directeur@voorbeeld.be")
    book = openpyxl.Workbook()
    for row in (["Stad Wervik"], ["Naam project", "Bestuur", "Status"], ["Loket", "Stad Wervik", "In uitvoering"]):
        book.active.append(row)
    book.save(target)
    lacking = run("load", "inventory", target, *by)
    assert (lacking.exit_code, "Geef --map BESTAND.json mee" in lacking.stderr) == (2, True)
    proposed = run("load", "inventory", target, *by, "--map", described)
    assert (proposed.exit_code, f"Kijk in {described} na" in proposed.stderr) == (2, True)
    (sheet,) = json.loads(described.read_text(encoding="utf-8"))["bladen"]
    assert (sheet["is"], sheet["koppen"], sheet["woorden"]["fase"]) == ("Projecten", 2, {"In uitvoering": "uitvoering"})
    done = run("load", "inventory", target, *by, "--map", described, "--json")
    assert (done.exit_code, json.loads(done.stdout)) == (0, {"written": 1, "unchanged": 0, "problems": []})
    again = run("load", "inventory", target, *by, "--map", described, "--json")
    assert json.loads(again.stdout) == {"written": 0, "unchanged": 1, "problems": []}
    described.write_text("{", encoding="utf-8")
    refused = run("load", "inventory", target, *by, "--map", described)
    assert (refused.exit_code, "De beschrijving van het bestand is niet te lezen" in refused.stderr) == (2, True)
