"""Two workers that just began, and sixteen people who ask at once: nobody gets another answer than their neighbour."""

import os
import re
import secrets
import signal
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.config import settings
from portal.db.engine import make_engine
from portal.db.models import Project, ProjectChallenge
from portal.pages import PAGES
from portal.permissions import Role, Viewer
from tests.bench.serving import in_a_process_of_its_own, served
from tests.bench.visitor import Visitor
from tests.databases import Databases
from tests.load.screen import LAYOUT, Question, Screen, steady
from tests.test_access import paths_of
from tests.visitors import ACCOUNTS

SERVERS = int(os.environ.get("PORTAL_FRESH_SERVERS", "2"))  # twenty shows more, and takes its time
# what a library builds when first asked is the same on both, by day the one that people work in shows it
KINDS = ("sqlite", "postgresql") if os.environ.get("PORTAL_ALL_WALKS") == "1" else ("postgresql",)
PEOPLE, WORKERS = 16, 2
INVENTORY = "/inventaris?"
FIRST = re.compile(rf"{re.escape(INVENTORY)}\S* ({re.escape(LAYOUT)}|.*getRows)")  # what counts there


@pytest.fixture(params=KINDS)
def server(request: pytest.FixtureRequest, both_databases: dict[str, Databases]) -> Iterator[tuple[int, int]]:
    """The port of a server, and the process that makes its workers. What covers most in its demo was archived: a
    condition that is lost changes a number."""
    databases = both_databases[request.param]
    url = databases.new_url(databases.demo_template_url)
    engine = make_engine(url)
    with Session(engine) as session, session.begin():
        answers = func.count(ProjectChallenge.id)
        most = select(ProjectChallenge.project_id).group_by(ProjectChallenge.project_id).order_by(answers.desc())
        session.get_one(Project, session.scalars(most.limit(1)).one()).archived_at = clock.now()
    engine.dispose()
    environment = {"PORTAL_ENV": "demo", "PORTAL_DATABASE_URL": url, "PORTAL_SECRET_KEY": secrets.token_urlsafe(48)}
    environment["PYTHONWARNINGS"] = "default"  # as in production: an error would hide what a half-made object answers
    with served("tests.load.hasty:server", environment, WORKERS) as (port, pid):
        yield port, pid
    databases.drop(url)


def end_workers(parent: int) -> None:
    """The parent makes new ones, in which nobody has asked anything."""
    for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
        os.kill(int(pid), signal.SIGKILL)


def told_alone(visitor: Visitor) -> dict[Question, bytes]:
    """All that the pages ask and what one person is told, those of the inventory first; nothing of it is a change."""
    paths = [path for page in PAGES for path in paths_of(page, Viewer(Role.COORDINATOR))]
    paths.sort(key=lambda path: not path.startswith(INVENTORY))
    told = [one for path in paths for one in Screen(visitor).open(path) if one[0].body]
    assert {status for _, status, _ in told} == {200}
    return {question: steady(answer) for question, _, answer in told}


@contextmanager
def people_at(visitor: Visitor) -> Iterator[list[Visitor]]:
    """Sixteen connections, as many at the one worker as at the other; their people have asked nothing yet."""
    found: dict[str, list[Visitor]] = defaultdict(list)
    while len(found) < WORKERS or min(map(len, found.values())) < PEOPLE // WORKERS:
        one = visitor.twin()
        one.ask("GET", "/healthz")
        found[one.worker].append(one)
    try:
        yield [one for team in found.values() for one in team[: PEOPLE // WORKERS]]
    finally:
        for one in (one for team in found.values() for one in team):
            one.connection.close()


def told_together(people: list[Visitor], first: Question, questions: list[Question]) -> set[tuple[Question, bytes]]:
    """What each worker tells to each question, after sixteen asked the first of it at one moment."""
    together = Barrier(PEOPLE)
    half = PEOPLE // WORKERS

    def ask(which: int) -> list[tuple[Question, bytes]]:
        together.wait()
        asked = [first, *questions[which % half :: half]]
        answers = [people[which].post(one.body) for one in asked]
        assert {status for status, _ in answers} == {200}
        return [(one, steady(answer)) for one, (_, answer) in zip(asked, answers, strict=True)]

    with ThreadPoolExecutor(PEOPLE) as threads:
        return {told for person in threads.map(ask, range(PEOPLE)) for told in person}


def test_two_fresh_workers_give_one_answer_to_sixteen_who_ask_at_once(server: tuple[int, int]):
    port, parent = server
    visitor = Visitor(port)
    visitor.sign_in(ACCOUNTS["coordinator"], settings().demo_password.get_secret_value())
    alone = told_alone(visitor)
    visitor.connection.close()
    first = [one for one in alone if FIRST.match(one.name)]
    for turn in range(SERVERS):
        end_workers(parent)
        with people_at(visitor) as people:
            together = told_together(people, first[turn % len(first)], list(alone))
        assert {one.name for one, _ in together - set(alone.items())} == set(), turn


ALONE = """
import os, sys
from threading import Barrier, Thread
from portal.app import create_app
from portal.config import settings
from portal.permissions import Role, Viewer
from portal.queries.visible import is_covered

create_app(settings())
sys.setswitchinterval(1e-6)
expected = None
for turn in range(10):
    reading, writing = os.pipe()
    if os.fork() == 0:
        together = Barrier(4)
        def ask():
            together.wait()
            is_covered(Viewer(Role.COORDINATOR))
        threads = [Thread(target=ask) for _ in range(4)]
        for one in threads: one.start()
        for one in threads: one.join()
        os.write(writing, str(is_covered(Viewer(Role.COORDINATOR))).encode())
        os._exit(0)
    os.close(writing)
    os.wait()
    told = os.read(reading, 100_000)
    os.close(reading)
    expected = expected or told
    assert told == expected, (told, expected)
    assert b", project" not in told, told
"""


def test_a_condition_is_the_same_however_many_were_the_first_to_ask_it():
    told = in_a_process_of_its_own(ALONE)
    assert told.returncode == 0, told.stderr[-1000:]
