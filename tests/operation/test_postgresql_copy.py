"""What is said to PostgreSQL's client programs, and what they say back."""

import re
from pathlib import Path

import pytest
from sqlalchemy import make_url

from portal.operation import OperationRefused
from portal.operation.archive import Facts
from portal.operation.postgresql_copy import _address, _check, _environment, _run, _sentence, _without_newer_settings


def test_a_password_is_never_an_argument():
    url = make_url("postgresql+psycopg://portaal:geheim@db.example:5432/portaal?sslmode=require")
    assert _address(url) == ("--dbname=postgresql://portaal@db.example:5432/portaal?sslmode=require",)
    assert _environment(url)["PGPASSWORD"] == "geheim"


def test_a_setting_the_server_may_not_know_is_left_out_but_rows_are_not(tmp_path: Path):
    script = tmp_path / "dump.sql"
    script.write_text(
        "SET transaction_timeout = 0;\nSET row_security = off;\nCOPY t FROM stdin;\nSET transaction_timeout\n"
    )
    assert _without_newer_settings(script).read_text() == (
        "SET row_security = off;\nCOPY t FROM stdin;\nSET transaction_timeout\n"
    )


def test_the_check_names_every_table_and_the_revision():
    check = _check(Facts("real", "0001", {"theme": 5, "partner": 2}))
    assert 'public."theme") <> 5' in check
    assert 'public."partner") <> 2' in check
    assert "<> '0001'" in check


@pytest.mark.parametrize(
    ("complaint", "said"),
    [
        ("error: server version: 16.1; pg_dump version: 15.2", "ouder dan de databaseserver"),
        ("ERROR:  canceling statement due to lock timeout", "in gebruik"),
        ("ERROR:  counts differ", "tellingen kloppen niet"),
        ("psql: error: connection refused", r"mislukt \(psql: error: connection refused\)"),
        ("", "geen reden gegeven"),
    ],
)
def test_each_complaint_becomes_one_sentence(complaint: str, said: str):
    assert re.search(said, _sentence("pg_dump", complaint))


def test_without_the_client_programs_a_sentence_says_what_to_install(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OperationRefused, match="pg_dump ontbreekt"):
        _run(None, "pg_dump")


def test_a_program_that_fails_is_a_refusal(tmp_path: Path, monkeypatch):
    old = tmp_path / "pg_dump"
    old.write_text("#!/bin/sh\necho 'pg_dump: error: server version: 99; pg_dump version: 9' >&2\nexit 1\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OperationRefused, match="ouder dan de databaseserver"):
        _run(None, "pg_dump")
