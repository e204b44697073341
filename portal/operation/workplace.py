"""Where commands keep what is not finished: one private folder, in which each process has its own.

Killed, a process leaves its folder; the next command that starts takes it away. A living one holds a lock on its own.
"""

import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from portal.config import instance_folder
from portal.operation import OperationRefused

ALIVE, OUTSIDE, TURN = "alive", "outside", "turn"

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int, *, wait: bool) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int, *, wait: bool) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


@dataclass(frozen=True, slots=True)
class Workplace:
    """The folder of one process, for its maker's eyes only."""

    folder: Path

    def deliver(self, made: Path, target: Path) -> None:
        """Gives a finished file its name, at once: whole or not at all."""
        try:
            os.replace(made, target)
        except OSError as fault:
            if fault.errno != errno.EXDEV:
                raise
            os.replace(self._beside(made, target), target)

    def _beside(self, made: Path, target: Path) -> Path:
        """A copy on the target's own file system; it is named here before it is there, so that it is found again."""
        beside = target.with_name(f".{target.name}.{self.folder.name}")
        with (self.folder / OUTSIDE).open("a", encoding="utf-8") as named:
            named.write(f"{beside.resolve()}\n")
            named.flush()
            os.fsync(named.fileno())
        with made.open("rb") as source, os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as copy:
            shutil.copyfileobj(source, copy)
            copy.flush()
            os.fsync(copy.fileno())
        beside.chmod(made.stat().st_mode)
        return beside


def unfinished_folder() -> Path:
    return instance_folder() / "unfinished"


@contextmanager
def workplace() -> Iterator[Workplace]:
    """A place of this process alone, gone when the block ends. Raises OperationRefused where none can be made."""
    every = unfinished_folder()
    try:
        every.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _turn(every):  # nobody cleans between the folder and its lock
            folder = Path(mkdtemp(prefix=f"{os.getpid()}-", dir=every))
            alive = os.open(folder / ALIVE, os.O_RDWR | os.O_CREAT, 0o600)
            _lock(alive, wait=True)
    except OSError as fault:
        raise OperationRefused(
            f"De map {every} is niet te schrijven; daar komt wat nog niet af is. Er is niets gewijzigd."
        ) from fault
    try:
        yield Workplace(folder)
    finally:
        os.close(alive)
        _remove(folder)


def clean_up() -> None:
    """Takes away what killed processes left. What another account left is not ours to touch."""
    every = unfinished_folder()
    with suppress(OSError):
        if not every.is_dir():
            return
        with _turn(every):
            for folder in every.iterdir():
                if folder.is_dir() and not _is_alive(folder):
                    _remove(folder)


@contextmanager
def _turn(every: Path) -> Iterator[None]:
    turn = os.open(every / TURN, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(turn, wait=True)
        yield
    finally:
        os.close(turn)


def _is_alive(folder: Path) -> bool:
    try:
        alive = os.open(folder / ALIVE, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        _lock(alive, wait=False)
    except OSError:
        return True
    finally:
        os.close(alive)
    return False


def _remove(folder: Path) -> None:
    named = folder / OUTSIDE
    for line in named.read_text(encoding="utf-8").splitlines() if named.exists() else ():
        Path(line).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
