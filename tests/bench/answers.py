"""How long one answer of the search takes on many rows, to the plainest query for the same words."""

import csv
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from time import process_time

from sqlalchemy.orm import Session

from portal.db.engine import make_engine
from portal.queries.people import viewer_at
from portal.queries.search.search import suggested
from portal.queries.search.texts import library
from tests.bench.work import VISITOR, Main, pages, plainly

LABELLED = Path(__file__).parents[1] / "search" / "labelled.csv"
ROUNDS = 5


def measure_answers(database: Path, say: Callable[[str], None]) -> None:
    """Over every labelled query, in turns: processor time, so that what else the machine does strikes neither."""
    with LABELLED.open(encoding="utf-8", newline="") as file:
        texts = [row["query"] for row in csv.DictReader(file)]
    engine = make_engine(f"sqlite:///{database}")
    main = pages("")["/zoeken"]
    plain = sqlite3.connect(database)
    work = {text: plainly(engine, _asking(main, text)) for text in texts}
    floor: list[float] = []
    answer: list[float] = []
    with Session(engine) as session:
        viewer = viewer_at(session, VISITOR)
        assert viewer is not None
        known = library(session, viewer)
        for _ in range(ROUNDS):
            for text in texts:
                floor.append(_timed(lambda: [plain.execute(*one).fetchall() for one in work[text]]))  # noqa: B023
                answer.append(_timed(lambda: suggested(session, viewer, text, known)))  # noqa: B023
    plain.close()
    engine.dispose()
    for name, share in (("p50", 0.5), ("p95", 0.95)):
        base, found = _at(floor, share), _at(answer, share)
        say(f"search: {name} of an answer / a plain query   {found / base:6.2f}   ({found:.1f} and {base:.1f} ms)")


def _asking(main: Main, text: str) -> Main:
    return replace(main, query=text, values={"find-text.value": text})


def _timed(act: Callable[[], object]) -> float:
    begun = process_time()
    act()
    return (process_time() - begun) * 1000


def _at(times: Sequence[float], share: float) -> float:
    return sorted(times)[int(len(times) * share)]
