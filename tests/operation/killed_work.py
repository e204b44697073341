"""Freezes, backs up or moves again and again in processes of their own, each killed at another moment.

`python -m tests.operation.killed_work WORK TARGET MOMENTS`: the first is let be. After each comes the command that
starts next, and then a line of JSON: how the process ended, what is there, and what it left.
"""

import json
import os
import random
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import func, inspect, select, text

from portal.cli import main
from portal.commands.meetings.meetings import freeze_meeting
from portal.db.engine import current_engine, make_engine, reading, writing
from portal.db.models import Audit, Meeting
from portal.operation.archive import unpack
from portal.operation.workplace import unfinished_folder, workplace
from portal.permissions import Role, Viewer
from portal.queries.meetings.meetings import live_report
from portal.vocabulary import MeetingState

FROZEN = select(Meeting.number).where(Meeting.state == MeetingState.FROZEN)


def apart(work: Callable[[], None]) -> tuple[int, int]:
    """In a process that shares nothing with this one: its number, and its way of ending."""
    if (child := os.fork()) == 0:
        try:
            work()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return child, os.waitpid(child, 0)[1]


def run(*words: str) -> None:
    try:
        main(list(words))
    except SystemExit as ended:
        if ended.code:
            raise


def freeze(target: str) -> None:
    """The first meeting that is not frozen yet."""
    with writing() as session:
        row = session.scalars(
            select(Meeting).where(Meeting.state != MeetingState.FROZEN).order_by(Meeting.number)
        ).first()
        freeze_meeting(
            session,
            Viewer(Role.ADMIN),
            meeting_id=row.id,
            version=row.version,
            see=lambda own, meeting, day: live_report(own, meeting, frozen_on=day),
        )


def frozen(target: str) -> Any:
    """Frozen meetings, those that kept what they saw, and those that the trail tells of."""
    with reading() as session:
        kept = select(func.count()).where(Meeting.snapshot.is_not(None), Meeting.frozen_at.is_not(None))
        told = select(func.count()).where(Audit.entity == "meeting", Audit.command == "freeze_meeting")
        return [len(session.scalars(FROZEN).all()), session.scalar(kept), session.scalar(told)]


def backed_up(target: str) -> Any:
    """The files beside the backup, which itself is whole."""
    file = Path(target)
    if file.exists():
        with workplace() as work:
            unpack(file, work.folder / "copy")
    return sorted(each.name for each in file.parent.iterdir())


def moved(target: str) -> Any:
    """The tables, and the files beside a file."""
    file = Path(target.removeprefix("sqlite:///"))
    beside = sorted(each.name for each in file.parent.iterdir()) if target.startswith("sqlite") else []
    if target.startswith("sqlite") and not file.exists():
        return [0, beside]
    engine = make_engine(target)
    with engine.connect() as connection:
        tables = len(inspect(connection).get_table_names())
    engine.dispose()
    return [tables, [name for name in beside if not name.endswith(("-wal", "-shm"))]]


def forget_backup(target: str) -> None:
    Path(target).unlink(missing_ok=True)


def forget_move(target: str) -> None:
    if target.startswith("sqlite"):
        for end in ("", "-wal", "-shm"):
            Path(target.removeprefix("sqlite:///") + end).unlink(missing_ok=True)
        return
    engine = make_engine(target)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()


# what to do, what is there, how it is made undone, and the command that starts next
WORK: dict[str, tuple[Callable[[str], None], Callable[[str], Any], Callable[[str], None], tuple[str, ...]]] = {
    "freeze": (freeze, frozen, lambda target: None, ("audit", "verify")),
    "backup": (lambda target: run("backup", target), backed_up, forget_backup, ("user", "list")),
    "move": (lambda target: run("move", target), moved, forget_move, ("user", "list")),
}


def killed_at(moment: int, work: Callable[[str], None], target: str, counted: Path) -> None:
    """At this call of a function; 0: never, and then it says how many there were."""
    seen = 0

    def count(frame: Any, event: str, argument: Any) -> None:
        nonlocal seen
        seen += event in {"call", "c_call"}
        if seen == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    current_engine()
    sys.setprofile(count)
    work(target)
    sys.setprofile(None)
    counted.write_text(str(seen), encoding="utf-8")


def tell(name: str, target: str, child: int, status: int) -> None:
    """After the next command has started."""
    _, there, _, words = WORK[name]
    _, ended = apart(lambda: run(*words))
    folder = unfinished_folder()
    left = [each.name for each in folder.glob(f"{child}-*")] if folder.is_dir() else []
    line = {"status": status, "next": ended, "left": left, "there": there(target)}
    print(json.dumps(line), flush=True)  # noqa: T201 - it is what it does


def play(name: str, target: str, moments: int) -> None:
    work, _, forget, _ = WORK[name]
    counted = Path(os.environ["PORTAL_COUNTED"])
    calls = moments
    for number in range(moments + 1):
        moment = max(1, int((number - random.random()) / moments * calls)) if number else 0  # everywhere, evenly
        child, status = apart(lambda at=moment: killed_at(at, work, target, counted))
        apart(lambda of=child, ended=status: tell(name, target, of, ended))
        apart(lambda: forget(target))
        calls = int(counted.read_text(encoding="utf-8"))


if __name__ == "__main__":
    play(sys.argv[1], sys.argv[2], int(sys.argv[3]))
