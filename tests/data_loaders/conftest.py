"""Databases of a test's own, in any number."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine

from portal.db import migrate
from portal.db.engine import make_engine
from tests.databases import Databases


@pytest.fixture
def database(databases: Databases) -> Iterator[Callable[[str | None], Engine]]:
    """Makes an engine on a new database: a copy of a template, or (None) an empty one with the schema."""
    engines = []

    def make(template: str | None) -> Engine:
        engines.append(make_engine(databases.new_url(template)))
        if template is None:
            migrate.upgrade(engines[-1])
        return engines[-1]

    yield make
    for engine in engines:
        engine.dispose()
