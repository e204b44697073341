"""What a library warns of is an error in the tests, in every thread and every server of theirs, and in production a
line of the log."""

import json
import warnings
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.exc import SAWarning
from sqlalchemy.orm import Session

from portal import requests_log
from portal.db.models import Partner, Theme
from tests.bench.serving import in_a_process_of_its_own

SECRET = "geheim woord"
MAPPED = """
from portal.app import create_app
from portal.config import settings
from portal.db.base import Base

create_app(settings())
unmade = [one.class_.__name__ for one in Base.registry.mappers if not one.configured]
assert unmade == [], unmade
"""


def a_product(engine: Engine) -> None:
    """Two tables without anything that joins them."""
    with Session(engine) as session:
        session.execute(select(Partner.id, Theme.id).where(Partner.slug != SECRET).limit(1))


def test_a_query_that_is_a_product_is_an_error_in_the_tests(engine: Engine):
    with pytest.raises(SAWarning):
        a_product(engine)


def test_it_is_one_in_a_thread_that_a_test_started(engine: Engine):
    with ThreadPoolExecutor(1) as threads, pytest.raises(SAWarning):
        threads.submit(a_product, engine).result()


def test_it_is_one_in_a_server_that_a_test_started():
    told = in_a_process_of_its_own("from sqlalchemy import util; util.warn('x')")
    assert told.returncode != 0
    assert "SAWarning" in told.stderr


def test_in_production_it_is_one_line_with_its_kind_and_place_and_without_a_value(
    engine: Engine, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(requests_log, "OURS", frozenset({"tests"}))
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        requests_log.install(Flask("small"), str)
        a_product(engine)
        a_product(engine)
    (line,) = [json.loads(record.message) for record in caplog.records if record.name == "portal.requests"]
    assert (line["event"], line["kind"]) == ("warning", "SAWarning")
    assert line["trace"][-1].endswith("a_product")
    assert SECRET not in caplog.text


def test_every_table_is_mapped_before_the_first_request():
    told = in_a_process_of_its_own(MAPPED)
    assert told.returncode == 0, told.stderr[-1000:]
