"""What people look for stands among the first five, and the answer is the same on both databases."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from portal.db.engine import make_engine
from portal.permissions import Role
from portal.queries.search.kinds import Hit, Wanted
from portal.queries.search.search import search, suggested
from portal.queries.search.texts import library
from tests.databases import Databases
from tests.makers import viewer

FIRST, ENOUGH = 5, 0.9
EVERYTHING = viewer(Role.COORDINATOR)
with (Path(__file__).parent / "labelled.csv").open(encoding="utf-8", newline="") as _file:
    LABELLED = list(csv.DictReader(_file))


def is_it(hit: Hit, kind: str, expected: str) -> bool:
    return hit.kind == kind and expected in {hit.code, hit.title, hit.place.slug}


def test_what_is_looked_for_stands_among_the_first_five(demo_session: Session):
    known = library(demo_session, EVERYTHING)
    missed = []
    for row in LABELLED:
        hits, _ = suggested(demo_session, EVERYTHING, row["query"], known)
        if not any(is_it(hit, row["kind"], row["expected"]) for hit in hits[:FIRST]):
            missed.append(row["query"])
    assert len(LABELLED) >= 40
    assert len(missed) <= (1 - ENOUGH) * len(LABELLED), missed


def answers(databases: Databases) -> Iterator[tuple[str, object]]:
    """All that is said to each of the labelled queries, to who sees all and to who sees little."""
    url = databases.new_url(databases.demo_template_url)
    engine = make_engine(url)
    with Session(engine) as session:
        for role in (Role.COORDINATOR, Role.MAYOR):
            known = library(session, viewer(role))
            for row in LABELLED:
                found = search(session, viewer(role), Wanted(text=row["query"]), known)
                told = [
                    (hit.kind, hit.code, hit.title, hit.snippet, hit.rank) for one in found.groups for hit in one.hits
                ]
                counts = found.total, found.otherwise, found.kinds, found.partners, found.going, found.also
                yield f"{role} {row['query']}", (counts, told)
    engine.dispose()
    databases.drop(url)


@pytest.mark.postgresql
def test_both_databases_give_the_same_answer_in_the_same_order(both_databases: dict[str, Databases]):
    one, other = (dict(answers(both_databases[kind])) for kind in ("sqlite", "postgresql"))
    assert one.keys() == other.keys()
    for query, answer in one.items():
        assert other[query] == answer, query
