"""The same at its worst: the first threads of a worker walk in step from one statement to the next and take turns as
often as they can, so that what two can do to each other between two statements happens here soon."""

import sys
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

from sqlalchemy import Engine, event

from tests.load import worker

server = worker.server
_step = Barrier(4, timeout=0.2)
sys.setswitchinterval(1e-6)


@event.listens_for(Engine, "before_cursor_execute")
def _in_step(*_: object) -> None:
    with suppress(BrokenBarrierError):  # one of them was done, or fewer came: from then on each goes alone
        _step.wait()
