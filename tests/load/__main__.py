"""Bounded load: `python -m tests.load [--minutes 3] [--database sqlite]`. Ends with 1 when a limit is broken.

gunicorn with two workers on the loopback address, thirty readers over every page that their role may open and three
editors of cells. It stops by itself. When all are still, every page is asked of both workers.
"""

import argparse
import os
import secrets
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from threading import Event, Timer
from typing import IO

from sqlalchemy import create_engine, func, select, text

from portal.cli.serving import fill_demo
from portal.config import settings
from portal.db.engine import database_url, make_engine, reading
from portal.db.models import Audit, Challenge
from portal.operation.demo import prepare_demo
from portal.pages import PAGES
from portal.permissions import Viewer
from tests.bench.calls import password
from tests.bench.serving import memory, served
from tests.bench.visitor import Visitor
from tests.databases import POSTGRESQL
from tests.load.people import Cell, Tally, edit, read
from tests.load.screen import Screen, steady
from tests.test_access import ROLE_OF, paths_of
from tests.visitors import ACCOUNTS

READERS, WORKERS, FLAT = 30, 2, 1.05
EDITORS = ("coordinator", "beheerder", "directeur")
COMPARED = ("coordinator", "burgemeester")  # who sees most, and least
CODE = "U-WER-01"  # of the director among them; the second and third share a row
FILTERS = ("/inventaris?gemeente=wervik", "/inventaris?tekst=loket", "/budget?per=jaar", "/coalities?type=1")


@dataclass
class Found:
    """What a run showed, and what of it breaks a limit."""

    tallies: list[Tally] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    compared: int = 0
    memory: list[int] = field(default_factory=list)
    traced: int = 0
    log: Counter[str] = field(default_factory=Counter)

    @property
    def edits(self) -> Counter[str]:
        return sum((one.edits for one in self.tallies), Counter())

    @property
    def growth(self) -> float:
        return max(self.memory) / self.memory[0]

    def broken(self) -> list[str]:
        statuses: Counter[int] = sum((one.statuses for one in self.tallies), Counter())
        faults = [what for one in self.tallies for what in one.broken]
        limits = {
            f"answers of 500 and more, or broken: {len(faults)} {sorted(set(faults))[:5]}": not faults,
            f"faults in the log, locks among them: {self.log['fault']}": not self.log["fault"],
            f"warnings in the log: {self.log['warning']}": not self.log["warning"],
            f"answers that differ between workers: {len(self.differing)} {self.differing[:5]}": not self.differing,
            f"memory after the first minute: x {self.growth:.3f}": self.growth <= FLAT,
            f"told saved {self.edits['saved']}, lines in the trail {self.traced}": self.edits["saved"] == self.traced,
            f"edits not told what became of them: {self.edits['not told']}": not self.edits["not told"],
        }
        say(f"answers: {dict(sorted(statuses.items()))}; edits: {dict(self.edits)}; compared: {self.compared}")
        say(f"memory of {WORKERS} workers, MiB: {[held >> 20 for held in self.memory]}")
        for limit, holds in limits.items():
            say(f"{'ok    ' if holds else 'BROKEN'} {limit}")
        return [limit for limit, holds in limits.items() if not holds]


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@contextmanager
def database(kind: str) -> Iterator[str]:
    """A demo of this run alone."""
    if kind == "sqlite":
        with TemporaryDirectory() as folder:
            yield f"sqlite:///{Path(folder) / 'demo.db'}"
        return
    name = f"portal_load_{secrets.token_hex(4)}"
    server = create_engine(database_url(POSTGRESQL), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
        try:
            yield database_url(POSTGRESQL).set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    server.dispose()


def paths_for(account: str) -> list[str]:
    viewer = Viewer(ROLE_OF[account])
    return [*(path for page in PAGES if viewer.may(page.right) for path in paths_of(page, viewer)), *FILTERS]


def signed_in(port: int, account: str) -> Visitor:
    visitor = Visitor(port)
    visitor.sign_in(ACCOUNTS[account], password())
    Screen(visitor)  # reads once which callbacks there are
    return visitor


def run(url: str, minutes: int) -> Found:
    found = Found()
    environment = {"PORTAL_ENV": "demo", "PORTAL_DATABASE_URL": url, "PORTAL_SECRET_KEY": secrets.token_urlsafe(48)}
    environment["PYTHONWARNINGS"] = "default"  # as in production, where a warning is a line of the log
    engine = make_engine(url)
    with TemporaryFile() as log, served("tests.load.worker:server", environment, WORKERS, log=log) as (port, pid):
        people = {account: signed_in(port, account) for account in ACCOUNTS}
        with reading(engine) as session:
            rows = session.scalars(select(Challenge).where(Challenge.code.like(f"{CODE[:-1]}%"))).all()
            cells = {row.code: Cell(row.code, row.id, row.version) for row in rows}
            begun = session.scalar(select(func.max(Audit.sequence))) or 0
        chosen = [cells[CODE], *[cells[f"{CODE[:-1]}2"]] * 2]
        work = [(people[account].twin(), account) for account, _ in zip(cycle(ACCOUNTS), range(READERS), strict=False)]
        editors = [
            (people[who].twin(), Cell(cell.code, cell.id, cell.version), who)
            for who, cell in zip(EDITORS, chosen, strict=True)
        ]
        for minute in range(minutes):
            _minute(found, work, editors)
            found.memory.append(memory(pid))
            say(f"minute {minute + 1}: {sum(sum(one.statuses.values()) for one in found.tallies)} answers")
        _compare(found, people)
        _count_log(found, log)
    with reading(engine) as session:
        traced = select(func.count()).where(Audit.sequence > begun, Audit.entity == Challenge.__tablename__)
        found.traced = session.scalar(traced) or 0
    engine.dispose()
    return found


def _minute(found: Found, readers: list[tuple[Visitor, str]], editors: list[tuple[Visitor, Cell, str]]) -> None:
    """Everybody at once, until the minute is over and their last question is answered."""
    stop = Event()
    end = Timer(60, stop.set)
    tallies = [Tally() for _ in (*readers, *editors)]
    with ThreadPoolExecutor(len(tallies)) as threads:
        end.start()
        done = [
            threads.submit(read, visitor, paths_for(account), tally, stop)
            for (visitor, account), tally in zip(readers, tallies, strict=False)
        ]
        done += [
            threads.submit(edit, visitor, cell, who, tally, stop)
            for (visitor, cell, who), tally in zip(editors, tallies[len(readers) :], strict=True)
        ]
        for one in done:
            one.result()
    found.tallies += tallies


def _compare(found: Found, people: dict[str, Visitor]) -> None:
    """Asks every page of both workers while nobody changes anything."""
    for account in COMPARED:
        visitor = people[account]
        told: dict[str, set[bytes]] = defaultdict(set)
        seen: set[str] = set()
        while len(seen) < WORKERS:
            one = visitor.twin()
            one.ask("GET", "/healthz")
            if one.worker not in seen:
                seen.add(one.worker)
                for path in paths_for(account):
                    for question, _, answer in Screen(one).open(path):
                        if question.body:
                            told[question.name].add(steady(answer))
            one.connection.close()
        found.compared += len(told)
        found.differing += [f"{account} {name}" for name, answers in told.items() if len(answers) > 1]


def _count_log(found: Found, log: IO[bytes]) -> None:
    log.seek(0)
    for line in log:
        for event in ("fault", "warning"):
            found.log[event] += f'"event": "{event}"'.encode() in line


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.load")
    asked.add_argument("--minutes", type=int, default=3)
    asked.add_argument("--database", choices=("sqlite", "postgresql"), action="append")
    given = asked.parse_args()
    broken = []
    for kind in given.database or ("sqlite", "postgresql"):
        with database(kind) as url:
            say(f"{kind}: building the demo database ...")
            prepare_demo(url, fill_demo)
            broken += run(url, given.minutes).broken()
    return 1 if broken else 0


if __name__ == "__main__":
    os.environ["PORTAL_ENV"] = "demo"
    settings.cache_clear()
    sys.exit(main())
