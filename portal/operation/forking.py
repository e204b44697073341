"""A database connection belongs to one process: a worker made by fork opens its own."""

import os

from portal.db.engine import current_engine, engine_for


def keep_connections_apart() -> None:
    """Closes what this process opened while it loaded, and makes every later fork forget what it inherited."""
    current_engine().dispose()
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_forget)


def _forget() -> None:
    current_engine().dispose(close=False)  # the parent still talks through them
    engine_for.cache_clear()
    current_engine()  # now, with one thread: two first requests at once would each make one
