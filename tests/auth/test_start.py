"""What the portal does not start with: every row of the one table, in each environment, at each way in."""

import ast
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from itertools import product
from typing import Any

import pytest
from dash._configs import load_dash_env_vars
from sqlalchemy import text

from portal.auth.start import HARMLESS, MOVES, REFUSALS, SWITCHES, Start, check_start, signing_key
from portal.cli.serving import server_arguments
from portal.config import ROOT, Environment, Settings, SettingsRefused, settings
from portal.db.engine import engine_for, make_engine
from tests.databases import Databases, checkpoint

pytestmark = pytest.mark.both_databases

GOOD = "kP3v9QxT7mWz2LrB8nYc5HdJ6fGs4AeU1oIi0tRq"
OTHER = "Zr8uN2xq6Vw0LtK9pE4mJ7sC1yB5hGd3fAoX8iQe"
SOUND: dict[Environment, dict[str, Any]] = {
    Environment.PRODUCTION: {"secret_key": GOOD, "trail_key": OTHER, "trusted_hosts": "portaal.example"},
    Environment.DEMO: {},
}
FITS = {Environment.PRODUCTION: "real", Environment.DEMO: "demo"}
MADE = {
    "demo": "UPDATE portal_info SET kind = 'demo'",
    "older": "UPDATE alembic_version SET version_num = 'ouder'",
}
STARTS = ""


@dataclass(frozen=True)
class Row:
    """What differs from a sound start, and what is said of it: in production, in a demo. Nothing said: it starts."""

    production: str
    demo: str
    given: dict[str, Any] = field(default_factory=dict)
    environ: dict[str, str] = field(default_factory=dict)
    database: str = ""


def alike(said: str, **more: Any) -> Row:
    return Row(said, said, **more)


TABLE = {
    "sound": Row(STARTS, STARTS, environ={"DASH_DEBUG": "false", "FLASK_DEBUG": "", "PATH": "/bin"}),
    "no key": Row("PORTAL_SECRET_KEY ontbreekt", STARTS, given={"secret_key": None}),
    "an empty key": Row("PORTAL_SECRET_KEY ontbreekt", STARTS, given={"secret_key": ""}),
    "a short key": alike("PORTAL_SECRET_KEY is te kort", given={"secret_key": GOOD[:31]}),
    "a simple key": alike("PORTAL_SECRET_KEY is te kort", given={"secret_key": "a" * 64}),
    "a well-known key": alike("PORTAL_SECRET_KEY bevat een bekend", given={"secret_key": f"changeme-{GOOD}"}),
    "no key of the trail": Row("PORTAL_TRAIL_KEY ontbreekt", STARTS, given={"trail_key": None}),
    "a short key of the trail": alike("PORTAL_TRAIL_KEY is te kort", given={"trail_key": GOOD[:31]}),
    "a well-known key of the trail": alike("PORTAL_TRAIL_KEY bevat", given={"trail_key": f"wachtwoord{OTHER}"}),
    "one key for two": alike("PORTAL_TRAIL_KEY is dezelfde", given={"secret_key": GOOD, "trail_key": GOOD}),
    "no hosts": Row("PORTAL_TRUSTED_HOSTS ontbreekt", STARTS, given={"trusted_hosts": " , "}),
    "debug on": alike("DASH_DEBUG staat op", environ={"DASH_DEBUG": "1"}),
    "moved": alike("DASH_URL_BASE_PATHNAME zou", environ={"DASH_URL_BASE_PATHNAME": "/elders/"}),
    "a demo database": Row("Dit is een demodatabase", STARTS, database="demo"),
    "a real database": Row(STARTS, "Dit is geen demodatabase", database="real"),
    "an empty database": alike("Het schema staat op leeg", database="empty"),
    "an older schema": alike("Het schema staat op ouder", database="older"),
    "a file that is no database": alike("De database antwoordt niet", database="broken"),
    "no database": alike("De database antwoordt niet", database="away"),
}


@pytest.fixture(scope="module")
def address(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """A database of each kind, by its name in the table."""
    broken = tmp_path_factory.mktemp("start") / "broken.db"
    broken.write_text("boodschappen" * 100)
    away = {"sqlite": "sqlite:////nonexistent/x.db", "postgresql": "postgresql://nobody@127.0.0.1:1/nothing"}
    known = {"broken": f"sqlite:///{broken}", "away": away[databases.kind]}

    def of(kind: str) -> str:
        if kind not in known:
            known[kind] = databases.new_url(None if kind == "empty" else databases.template_url)
        if kind in MADE:
            engine = make_engine(known[kind])
            with engine.begin() as connection:
                connection.execute(text(MADE[kind]))
            checkpoint(engine)
        return known[kind]

    return of


def start_of(row: Row, environment: Environment, address: Callable[[str], str]) -> Start:
    url = address(row.database or FITS[environment])
    given = {"env": environment, "database_url": url, "trail_key": None, "secret_key": None, "trusted_hosts": ""}
    return Start(Settings(**given | SOUND[environment] | row.given), row.environ)


def test_every_start_of_the_table_is_refused_in_one_sentence_or_goes_on(
    address: Callable[[str], str], subtests: pytest.Subtests
) -> None:
    for name, environment in product(TABLE, Environment):
        with subtests.test(name=name, environment=environment):
            row = TABLE[name]
            start = start_of(row, environment, address)
            expected = row.production if environment is Environment.PRODUCTION else row.demo
            try:
                check_start(start.settings, start.environ)
                said = STARTS
            except SettingsRefused as refused:
                said = str(refused)
            finally:
                engine_for(start.settings.database_url).dispose()
            assert said.startswith(expected)
            assert bool(said) is bool(expected)
            assert "\n" not in said
            assert ". " not in said
            assert GOOD[:20] not in said
            assert OTHER not in said


def test_every_rule_speaks_for_a_row_of_the_table_in_each_of_its_environments(address: Callable[[str], str]) -> None:
    spoke = set()
    answering = [row for row in TABLE.values() if row.database not in {"broken", "away"}]
    for environment, row in product(Environment, answering):
        start = start_of(row, environment, address)
        spoke |= {(rule, environment) for rule, where in REFUSALS if environment in where and rule(start)}
        engine_for(start.settings.database_url).dispose()
    assert spoke == {(rule, environment) for rule, where in REFUSALS for environment in where}


def test_debug_and_mcp_are_not_switched_on_from_outside(subtests: pytest.Subtests) -> None:
    for name, value in product([*sorted(SWITCHES), "dash_debug", "dash_mcp_enabled"], ["1", "true", "True", "on", "0"]):
        with subtests.test(name=name, value=value), pytest.raises(SettingsRefused, match=name):
            check_start(Settings(env=Environment.PRODUCTION, **SOUND[Environment.PRODUCTION]), {name: value})


def test_nothing_moves_what_the_portal_serves(subtests: pytest.Subtests) -> None:
    for name in sorted(MOVES):
        with subtests.test(name=name), pytest.raises(SettingsRefused, match=name):
            check_start(Settings(), {name: "/elders/"})


# -- every way in asks the table


def environment_of(url: str, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    given = {"PORTAL_SECRET_KEY": GOOD, "PORTAL_TRAIL_KEY": OTHER, "PORTAL_TRUSTED_HOSTS": "portaal.example"}
    return kept | given | {"PORTAL_ENV": "production", "PORTAL_DATABASE_URL": url} | more


def run(*words: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *words], env=env, cwd=ROOT, capture_output=True, text=True, check=False)


def loaded(monkeypatch: pytest.MonkeyPatch, env: dict[str, str]) -> str:
    """What the server's module says when it is loaded in this environment and stops."""
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    sys.modules.pop("portal.wsgi", None)
    try:
        with pytest.raises(SystemExit) as stopped:
            import_module("portal.wsgi")
    finally:
        monkeypatch.undo()
        settings.cache_clear()
    return str(stopped.value)


def test_a_server_on_the_wrong_database_stops_with_the_sentence(
    address: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    demo, real = address("demo"), address("real")
    assert loaded(monkeypatch, environment_of(demo)).startswith("Dit is een demodatabase")
    assert loaded(monkeypatch, environment_of(real, PORTAL_ENV="demo")).startswith("Dit is geen demodatabase")
    for url in (demo, real):
        engine_for(url).dispose()


def test_a_setting_that_cannot_be_is_named_and_its_value_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    said = loaded(monkeypatch, environment_of("mysql://portaal:geheim4711@db/x"))
    assert said == "De instellingen kloppen niet: PORTAL_DATABASE_URL."


def test_gunicorn_shows_the_sentence_without_a_trace_and_serves_what_is_sound(
    both_databases: dict[str, Databases],
) -> None:
    embedded = both_databases["sqlite"]
    env = environment_of(embedded.new_url(embedded.template_url))
    said = run("-m", *server_arguments("linux", "127.0.0.1", 0, 1, 1), env=env | {"PORTAL_TRUSTED_HOSTS": ""})
    assert said.returncode == 1
    assert said.stderr.strip().splitlines()[-1].startswith("PORTAL_TRUSTED_HOSTS ontbreekt")
    assert "Traceback" not in said.stderr
    assert run("-c", "import portal.wsgi", env=env).returncode == 0


CLI = "portal/cli/serving.py"
SERVING = (("portal/wsgi.py", "create_app"), (CLI, "create_app"), (CLI, "execv"))


def test_whatever_serves_the_portal_asks_the_table_first(subtests: pytest.Subtests) -> None:
    for file, begins in SERVING:
        with subtests.test(file=file, begins=begins):
            tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
            acts = [one for one in tree.body if isinstance(one, ast.FunctionDef)] or [tree]
            lines = next(found for one in acts if begins in (found := first_calls(one)))
            assert lines["check_start"] < lines[begins]


def first_calls(part: ast.AST) -> dict[str, int]:
    """On which line each function is first called there."""
    calls = sorted((one for one in ast.walk(part) if isinstance(one, ast.Call)), key=lambda one: -one.lineno)
    return {ast.unparse(one.func).rpartition(".")[2]: one.lineno for one in calls}


# -- keys


def test_a_demo_without_a_key_makes_its_own_each_time() -> None:
    assert len(signing_key(Settings())) > 32
    assert signing_key(Settings()) != signing_key(Settings())


def test_the_key_that_signs_is_the_one_that_was_given() -> None:
    assert signing_key(Settings(env=Environment.PRODUCTION, secret_key=GOOD)) == GOOD  # type: ignore[arg-type]
    with pytest.raises(SettingsRefused):
        signing_key(Settings(env=Environment.PRODUCTION, secret_key=None))


def test_every_variable_that_dash_reads_was_judged() -> None:
    read = {name for name in load_dash_env_vars() if name.startswith("DASH_")}
    assert read <= SWITCHES | MOVES | HARMLESS
