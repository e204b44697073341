"""PostgreSQL in and out through its own client programs."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import URL, Engine, text

from portal.operation import OperationRefused
from portal.operation.archive import Facts, facts_of

_CLEAR = """
SET LOCAL lock_timeout = '15s';
DO $$ DECLARE found record; BEGIN
  FOR found IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('DROP TABLE public.%I CASCADE', found.tablename);
  END LOOP;
END $$;
"""


def copy_out(engine: Engine, copy: Path) -> Facts:
    """A dump and the facts of the same snapshot."""
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
        facts = facts_of(connection)
        _run(
            engine.url,
            "pg_dump",
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--snapshot={snapshot}",
            f"--file={copy}",
        )
    _run(None, "pg_restore", "--list", "--file=" + os.devnull, str(copy))
    return facts


def copy_in(engine: Engine, copy: Path, facts: Facts) -> None:
    """Clears, fills and counts in one transaction: an error anywhere leaves the database as it was."""
    script, clear, check = (copy.with_suffix(end) for end in (".sql", ".clear", ".check"))
    _run(None, "pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(copy))
    clear.write_text(_CLEAR, encoding="utf-8")
    check.write_text(_check(facts), encoding="utf-8")
    engine.dispose()
    files = [f"--file={file}" for file in (clear, _without_newer_settings(script), check)]
    _run(engine.url, "psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", *files)


def _check(facts: Facts) -> str:
    """SQL that fails unless the revision and the rows per table are those of the manifest."""
    tests = [f'(SELECT count(*) FROM public."{table}") <> {rows}' for table, rows in facts.counts.items()]  # noqa: S608
    tests.append(f"(SELECT version_num FROM public.alembic_version) <> '{facts.revision}'")  # noqa: S608
    return f"DO $$ BEGIN IF {' OR '.join(tests)} THEN RAISE EXCEPTION 'counts differ'; END IF; END $$;"


def _without_newer_settings(script: Path) -> Path:
    """Client programs of version 17 set a parameter that an older server does not know."""
    kept = script.with_suffix(".kept")
    preamble = True
    with script.open("rb") as lines, kept.open("wb") as out:
        for line in lines:
            preamble = preamble and not line.startswith(b"COPY ")
            if not (preamble and line.startswith(b"SET transaction_timeout")):
                out.write(line)
    return kept


def _run(url: URL | None, program: str, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise OperationRefused(f"Het programma {program} ontbreekt; installeer de clientprogramma's van PostgreSQL.")
    done = subprocess.run(
        [found, *arguments, *_address(url)], env=_environment(url), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise OperationRefused(_sentence(program, done.stderr))


def _address(url: URL | None) -> Sequence[str]:
    if url is None:
        return ()
    return ("--dbname=" + url._replace(drivername="postgresql", password=None).render_as_string(),)


def _environment(url: URL | None) -> dict[str, str]:
    """The password travels in the environment: arguments are for everybody to see."""
    password = {"PGPASSWORD": url.password} if url and url.password else {}
    return {**os.environ, "LC_ALL": "C", "PGCONNECT_TIMEOUT": "10", **password}


def _sentence(program: str, complaint: str) -> str:
    if "server version" in complaint:
        return f"{program} is ouder dan de databaseserver; installeer clientprogramma's van minstens dezelfde versie."
    if "lock timeout" in complaint:
        return "De database is in gebruik; stop het portaal en probeer opnieuw."
    if "counts differ" in complaint:
        return "De back-up is beschadigd: de tellingen kloppen niet."
    first = next((line for line in complaint.splitlines() if "error" in line.lower()), "geen reden gegeven")
    return f"{program} is mislukt ({first.strip()[:200]})."
