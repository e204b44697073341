"""Loads a file again and again in processes of their own, each killed at another moment; tells the state after each.

`python -m tests.data_loaders.killed_load FILE EMAIL MOMENTS`: the first is killed as it is about to commit, the last
right after; in between, at random statements. One line of JSON a process: the moment, and the rows that are there.
"""

import json
import os
import random
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from portal.cli import main
from portal.db.engine import current_engine, reading
from portal.db.models import Audit, Challenge, ChallengeWords, ImportRun

COUNTED = (Challenge, Audit, ImportRun, ChallengeWords)


def apart(work: Callable[[], None]) -> int:
    """In a process that shares nothing with this one; its way of ending."""
    if (child := os.fork()) == 0:
        try:
            work()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1]


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def load(file: str, email: str) -> None:
    try:
        main(["load", "inventory", file, "--as", email])
    except SystemExit as ended:
        os._exit(int(ended.code or 0))


def killed_at(moment: int, file: str, email: str) -> None:
    """`moment` statements later; 0: about to commit, and then it says how many there were; -1: right after."""
    seen = 0

    def count(*_: object) -> None:
        nonlocal seen
        seen += 1
        if seen == moment:
            die()

    def committing(*_: object) -> None:
        Path(f"{file}.statements").write_text(str(seen), encoding="utf-8")
        die()

    event.listen(current_engine(), "before_cursor_execute", count)
    if moment == 0:
        event.listen(current_engine(), "commit", committing)
    if moment < 0:
        event.listen(Session, "after_commit", lambda _: die())
    load(file, email)


def tell(moment: int, status: int) -> None:
    with reading() as session:
        rows = [session.scalar(select(func.count()).select_from(model)) for model in COUNTED]
    print(json.dumps({"moment": moment, "status": status, "rows": rows}), flush=True)  # noqa: T201 - it is what it does


def play(file: str, email: str, moments: int) -> None:
    told = apart(lambda: tell(0, 0))
    status = apart(lambda: killed_at(0, file, email))
    told |= apart(lambda: tell(0, status))
    last = int(Path(f"{file}.statements").read_text(encoding="utf-8"))
    for moment in [*(random.randint(1, last) for _ in range(moments)), -1]:
        status = apart(lambda at=moment: killed_at(at, file, email))
        told |= apart(lambda at=moment, ended=status: tell(at, ended))
    sys.exit(1 if told else 0)


if __name__ == "__main__":
    play(sys.argv[1], sys.argv[2], int(sys.argv[3]))
