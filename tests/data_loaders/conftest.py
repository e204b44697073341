"""Databases of a test's own, in any number."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine

from portal.db.engine import make_engine
from tests.databases import Databases


@pytest.fixture
def database(databases: Databases) -> Iterator[Callable[[str | None], Engine]]:
    """Makes an engine on a new database: a copy of a template, or (None) an empty one with the schema."""
    made: dict[str, Engine] = {}

    def make(template: str | None) -> Engine:
        url = databases.new_url(template or databases.empty_url)
        made[url] = make_engine(url)
        return made[url]

    yield make
    for url, engine in made.items():
        engine.dispose()
        databases.drop(url)
