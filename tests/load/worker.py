"""The portal as gunicorn serves it, where each answer says which worker gave it."""

import os
from collections.abc import Iterable
from typing import Any

from portal.wsgi import server as portal

WORKER = "X-Worker"


def server(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
        return start_response(status, [*headers, (WORKER, str(os.getpid()))], *more)

    return portal(environ, start)
