"""The command line: done is 0, refused is 2, a fault is 1, and each says one Dutch sentence. On both databases."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from portal.cli import main
from portal.cli.serving import server_arguments
from portal.config import ROOT, settings
from portal.credentials import CountedTry, matches
from portal.db import migrate
from portal.db.engine import current_engine, make_engine
from portal.db.models import Atelier, Audit, Partner, User, UserAtelier, UserPartner
from portal.permissions import Role
from portal.vocabulary import AuditSource
from tests.queries.test_verify import as_an_older_release

PASSWORD = "een-lang-genoeg-wachtwoord-9"
Run = Callable[..., Result]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Run]]:
    """The command line, working on the database at an address."""

    def choose(url: str) -> Run:
        monkeypatch.setenv("PORTAL_DATABASE_URL", url)
        settings.cache_clear()
        return lambda *words, typed=None: CliRunner().invoke(main, list(words), input=typed, prog_name="portal")

    yield choose
    if settings.cache_info().currsize:
        current_engine().dispose()
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def portal(at: Callable[[str], Run], fresh_engine: Engine) -> Run:
    return at(fresh_engine.url.render_as_string(hide_password=False))


def user_at(engine: Engine, email: str) -> User:
    with Session(engine) as session:
        return session.scalars(select(User).where(User.email == email)).one()


def add(portal: Run, email: str = "an@voorbeeld.be", role: str = "coordinator", *more: str) -> Result:
    return portal(
        "user", "add", email, "--name", "An", "--role", role, "--password-stdin", *more, typed=f"{PASSWORD}\n"
    )


def commands(group: click.Group, *path: str) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from commands(command, *path, name)


# -- how it speaks


def test_every_command_explains_itself_in_dutch(subtests: pytest.Subtests):
    for words in [(), *commands(main)]:
        with subtests.test(words=words):
            said = CliRunner().invoke(main, [*words, "--help"], prog_name="portal")
            assert said.exit_code == 0
            assert said.stdout.startswith("Gebruik: portal")
            assert "Toon deze uitleg." in said.stdout
            for english in ("Usage", "Options", "Commands", "required", "default:", "Show this"):
                assert english not in said.stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["bestaatniet"], "Die opdracht bestaat niet"),
        (["migrate", "--nope"], "De optie --nope bestaat niet."),
        (["downgrade"], "REVISIE ontbreekt."),
        (["demo", "--port", "x"], "--port heeft een waarde die niet past."),
        (["user", "role", "an@voorbeeld.be", "koning"], "ROL heeft een waarde die niet past."),
        (["backup"], "BESTAND ontbreekt."),
    ],
)
def test_a_command_that_is_not_understood_is_refused_with_one_sentence(words: list[str], sentence: str):
    said = CliRunner().invoke(main, words, prog_name="portal")
    assert said.exit_code == 2
    assert said.stderr.startswith(sentence)
    assert len(said.stderr.splitlines()) == 1


def test_a_setting_that_is_wrong_is_named_without_its_value(at: Callable[[str], Run]):
    said = at("mysql://geheim@ergens/x")("migrate")
    assert (said.exit_code, "PORTAL_DATABASE_URL" in said.stderr, "geheim" in said.stderr) == (2, True, False)


def test_a_database_that_does_not_answer_is_a_fault_without_a_traceback(at: Callable[[str], Run]):
    said = at("postgresql://niemand@127.0.0.1:1/niets")("migrate")
    assert said.exit_code == 1
    assert "Traceback" not in said.stderr
    assert len(said.stderr.splitlines()) == 1


@pytest.mark.parametrize("words", [("--debug", "migrate"), ("migrate", "--debug")])
def test_debug_shows_the_traceback(at: Callable[[str], Run], words: tuple[str, ...]):
    assert "Traceback" in at("postgresql://niemand@127.0.0.1:1/niets")(*words).stderr


def test_an_empty_database_says_how_to_begin(at: Callable[[str], Run], databases):
    said = at(databases.new_url())("user", "list")
    assert (said.exit_code, "portal migrate" in said.stderr) == (1, True)


# -- schema and copies


def test_an_unknown_revision_is_refused(portal: Run, fresh_engine: Engine):
    for command in ("migrate", "downgrade"):
        said = portal(command, "9999")
        assert (said.exit_code, "bestaat niet" in said.stderr) == (2, True)
    assert migrate.current_revision(fresh_engine) == migrate.newest_revision()


def test_migrate_fills_an_empty_database_and_says_what_changed(at: Callable[[str], Run], databases):
    url = databases.new_url()
    said = at(url)("migrate")
    assert said.exit_code == 0
    assert f"leeg → {migrate.newest_revision()}" in said.stdout
    assert " 0 nieuw" not in said.stdout


def test_migrate_again_changes_nothing(portal: Run):
    said = portal("migrate")
    assert said.exit_code == 0
    assert "was al zo" in said.stdout
    assert "0 nieuw, 0 verbeterd" in said.stdout


def test_migrate_makes_the_folder_of_a_new_file(at: Callable[[str], Run], tmp_path: Path):
    assert at(f"sqlite:///{tmp_path / 'nieuw' / 'portal.db'}")("migrate").exit_code == 0
    assert (tmp_path / "nieuw" / "portal.db").exists()


def test_downgrade_to_base_empties_the_database(portal: Run, fresh_engine: Engine):
    assert portal("downgrade", "base").exit_code == 0
    assert migrate.current_revision(fresh_engine) is None


def test_a_backup_comes_back(portal: Run, fresh_engine: Engine, tmp_path: Path):
    add(portal)
    kept = portal("backup", str(tmp_path / "b.zip"))
    portal("user", "disable", "an@voorbeeld.be")
    back = portal("restore", str(tmp_path / "b.zip"))
    assert (kept.exit_code, back.exit_code) == (0, 0), kept.stderr + back.stderr
    assert f"revisie {migrate.newest_revision()}" in back.stdout
    assert user_at(fresh_engine, "an@voorbeeld.be").active


def test_a_damaged_backup_is_refused_with_one_sentence(portal: Run, tmp_path: Path):
    (tmp_path / "b.zip").write_bytes(b"PK geen zip")
    said = portal("restore", str(tmp_path / "b.zip"))
    assert (said.exit_code, len(said.stderr.splitlines())) == (2, 1)


# -- people


def test_an_unknown_person_partner_or_atelier_is_refused(portal: Run):
    for words in (
        ("user", "disable", "niemand@voorbeeld.be"),
        ("user", "role", "niemand@voorbeeld.be", "coordinator"),
        ("user", "invite", "niemand@voorbeeld.be"),
    ):
        assert portal(*words).exit_code == 2
    for place in ("--partner", "--atelier"):
        said = add(portal, "bo@voorbeeld.be", "directeur", place, "nergens")
        assert (said.exit_code, "Onbekend: nergens" in said.stderr) == (2, True)


def test_a_weak_password_is_refused_and_nobody_is_added(portal: Run, fresh_engine: Engine):
    said = portal(
        "user", "add", "an@voorbeeld.be", "--name", "An", "--role", "coordinator", "--password-stdin", typed="kort\n"
    )
    assert said.exit_code == 2
    with Session(fresh_engine) as session:
        assert session.scalars(select(User)).all() == []


def test_a_person_cannot_be_added_twice(portal: Run):
    assert add(portal).exit_code == 0
    assert add(portal).exit_code == 2


def test_a_person_is_added_with_a_role_and_places(portal: Run, fresh_engine: Engine):
    with Session(fresh_engine) as session:
        partner, atelier = session.scalars(select(Partner)).first(), session.scalars(select(Atelier)).first()
    assert add(portal, "di@voorbeeld.be", "directeur", "--partner", partner.slug).exit_code == 0
    assert add(portal, "at@voorbeeld.be", "atelier", "--atelier", atelier.code).exit_code == 0
    with Session(fresh_engine) as session:
        assert session.scalars(select(UserPartner.partner_id)).all() == [partner.id]
        assert session.scalars(select(UserAtelier.atelier_id)).all() == [atelier.id]
    assert matches(CountedTry(), user_at(fresh_engine, "di@voorbeeld.be").password_hash, PASSWORD)


def test_a_password_can_be_typed_twice_at_a_prompt(portal: Run, fresh_engine: Engine):
    said = portal(
        "user", "add", "an@voorbeeld.be", "--name", "An", "--role", "coordinator", typed=f"{PASSWORD}\n{PASSWORD}\n"
    )
    assert said.exit_code == 0, said.stderr
    assert PASSWORD not in said.stdout
    assert matches(CountedTry(), user_at(fresh_engine, "an@voorbeeld.be").password_hash, PASSWORD)


def test_an_invited_person_has_a_link_and_no_password(portal: Run, fresh_engine: Engine):
    said = portal("user", "add", "an@voorbeeld.be", "--name", "An", "--role", "coordinator", "--invite")
    assert (said.exit_code, "/uitnodiging/" in said.stdout) == (0, True)
    assert user_at(fresh_engine, "an@voorbeeld.be").password_hash is None
    again = portal("user", "invite", "an@voorbeeld.be")
    assert again.stdout.split("/uitnodiging/")[1] != said.stdout.split("/uitnodiging/")[1]


def test_a_new_password_ends_the_older_sign_ins(portal: Run, fresh_engine: Engine):
    add(portal)
    before = user_at(fresh_engine, "an@voorbeeld.be").epoch
    other = "een-heel-ander-wachtwoord-7"
    assert portal("user", "password", "an@voorbeeld.be", "--password-stdin", typed=f"{other}\n").exit_code == 0
    after = user_at(fresh_engine, "an@voorbeeld.be")
    assert after.epoch > before
    assert matches(CountedTry(), after.password_hash, other)


def test_a_disabled_person_can_be_enabled_again(portal: Run, fresh_engine: Engine):
    add(portal)
    assert portal("user", "disable", "an@voorbeeld.be").exit_code == 0
    assert not user_at(fresh_engine, "an@voorbeeld.be").active
    assert "uitgeschakeld" in portal("user", "list").stdout
    assert portal("user", "enable", "an@voorbeeld.be").exit_code == 0
    assert user_at(fresh_engine, "an@voorbeeld.be").active


def test_a_role_is_changed_and_listed(portal: Run, fresh_engine: Engine):
    add(portal)
    assert portal("user", "role", "an@voorbeeld.be", "stuurgroep").exit_code == 0
    assert user_at(fresh_engine, "an@voorbeeld.be").role is Role.STEERING
    assert "an@voorbeeld.be\tAn\tStuurgroep" in portal("user", "list").stdout


def test_what_the_command_line_did_is_in_the_trace_as_such(portal: Run, fresh_engine: Engine):
    add(portal)
    with Session(fresh_engine) as session:
        rows = session.scalars(select(Audit).where(Audit.entity == "user_account")).all()
    assert [row.source for row in rows] == [AuditSource.CLI]
    assert PASSWORD not in rows[0].after


# -- the trace


def test_a_trace_that_was_touched_is_refused_and_names_the_row(portal: Run, fresh_engine: Engine):
    add(portal)
    add(portal, "bo@voorbeeld.be")
    with fresh_engine.begin() as connection:
        connection.execute(text("UPDATE audit SET after = '{}' WHERE sequence = 1"))
    said = portal("audit", "verify")
    assert (said.exit_code, "Rij 1" in said.stderr) == (2, True)


def test_a_trace_as_it_was_written_fits(portal: Run):
    add(portal)
    assert portal("audit", "verify").exit_code == 0


def test_a_trace_is_held_to_an_anchor_that_was_kept_elsewhere(portal: Run):
    anchor = portal("audit", "verify").stdout.split()[-1]
    add(portal)
    assert portal("audit", "verify", "--since", anchor).exit_code == 0
    for other in (f"1-{anchor.partition('-')[2]}", f"99999-{anchor.partition('-')[2]}", "rij 12"):
        said = portal("audit", "verify", "--since", other)
        assert (said.exit_code, len(said.stderr.splitlines())) == (2, 1)


def test_a_database_of_an_older_release_is_sealed_by_migrate_and_only_once(portal: Run, fresh_engine: Engine):
    add(portal)
    with Session(fresh_engine) as session:
        as_an_older_release(session)
    assert add(portal, "bo@voorbeeld.be").exit_code == 2
    assert "verzegeld vanaf rij" in portal("migrate").stdout
    assert "verzegeld" not in portal("migrate").stdout
    assert add(portal, "bo@voorbeeld.be").exit_code == 0
    assert portal("audit", "verify").exit_code == 0


def test_production_without_a_key_for_its_trail_writes_nothing(at: Callable[[str], Run], databases, monkeypatch):
    url = databases.new_url()
    monkeypatch.setenv("PORTAL_ENV", "production")
    said = at(url)("migrate")
    assert (said.exit_code, "PORTAL_TRAIL_KEY" in said.stderr) == (2, True)
    engine = make_engine(url)
    assert migrate.current_revision(engine) is None
    engine.dispose()


def test_production_that_lost_its_key_changes_nobody(portal: Run, fresh_engine: Engine, monkeypatch):
    add(portal)
    for key in ("", "k8Zq1vT5mX2rB7nL0sW4yD9hJ3fG6cP8"):
        monkeypatch.setenv("PORTAL_ENV", "production")
        monkeypatch.setenv("PORTAL_TRAIL_KEY", key)
        settings.cache_clear()
        said = portal("user", "disable", "an@voorbeeld.be")
        assert (said.exit_code, "PORTAL_TRAIL_KEY" in said.stderr, len(said.stderr.splitlines())) == (2, True, 1)
        assert user_at(fresh_engine, "an@voorbeeld.be").active


# -- serving


def test_what_does_not_start_is_refused_with_the_sentence(portal: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PORTAL_ENV", "production")
    monkeypatch.delenv("PORTAL_SECRET_KEY", raising=False)
    settings.cache_clear()
    said = portal("serve")
    assert (said.exit_code, "PORTAL_SECRET_KEY" in said.stderr) == (2, True)


def test_the_same_server_runs_from_the_command_line_and_the_procfile():
    line = next(row for row in (ROOT / "Procfile").read_text().splitlines() if row.startswith("web:"))
    for word in server_arguments("linux", "127.0.0.1", 8050, 2, 4):
        name = word.split("=")[0]
        assert name in line


def test_windows_has_a_server_too():
    assert server_arguments("win32", "127.0.0.1", 8050, 2, 4)[:3] == [
        "waitress",
        "--listen=127.0.0.1:8050",
        "--threads=8",
    ]


# -- the demo


def test_a_real_database_never_becomes_a_demo(fresh_engine: Engine, tmp_path: Path):
    url = fresh_engine.url.render_as_string(hide_password=False)
    said = subprocess.run(
        [sys.executable, "-c", "from portal.cli import main; main()", "demo", "--instance", str(tmp_path), "--fresh"],
        env={**os.environ, "PORTAL_DATABASE_URL": url},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (said.returncode, "geen demodatabase" in said.stderr) == (2, True)
    engine = make_engine(url)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT kind FROM portal_info")) == "echt"
    engine.dispose()


def test_gunicorn_opens_no_socket_to_be_controlled_by_whoever_starts_it(monkeypatch: pytest.MonkeyPatch):
    pytest.importorskip("fcntl", reason="gunicorn draait niet op dit systeem")
    from gunicorn.app.wsgiapp import WSGIApplication

    written = next(line for line in (ROOT / "Procfile").read_text().splitlines() if line.startswith("web: "))
    of_the_procfile = re.sub(r"\$\{\w+:-(\w+)\}", r"\1", written).removeprefix("web: ").split()
    for words in (of_the_procfile, server_arguments("linux", "127.0.0.1", 8050, 2, 4)):
        monkeypatch.setattr(sys, "argv", words)
        read = WSGIApplication("").cfg
        assert (read.control_socket_disable, read.preload_app, read.worker_class_str) == (True, True, "gthread")
        assert (read.workers, read.threads) == (2, 4)
