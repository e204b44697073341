"""A server of its own for each side, on the loopback address, as gunicorn runs it in production."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from portal.cli.serving import server_arguments
from portal.config import ROOT

START = 300  # seconds a server may take on a machine that does much else
STRICT = {"PYTHONWARNINGS": "error"}  # what the tests hold of themselves they hold of their servers


@contextmanager
def served(
    target: str, environment: dict[str, str], workers: int, log: IO[bytes] | None = None
) -> Iterator[tuple[int, int]]:
    """The port, and the process id of the server's parent; what it says goes to the log."""
    port = _free_port()
    arguments = server_arguments("linux", "127.0.0.1", port, workers, 4)
    command = [sys.executable, "-m", *arguments[:-1], "--log-level=error", target]
    with nullcontext(log) if log else TemporaryFile() as said:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **STRICT, **environment}, stdout=said, stderr=said
        )
        try:
            _wait(port, process, said)
            yield port, process.pid
        finally:
            process.terminate()
            process.wait(20)


def memory(parent: int) -> int:
    """Bytes that the server and its workers hold, shared pages counted once (PSS)."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    found = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in (str(parent), *children)]
    return sum(int(re.search(r"^Pss:\s+(\d+) kB", text, re.M)[1]) * 1024 for text in found)  # type: ignore[index]


def in_a_process_of_its_own(code: str) -> subprocess.CompletedProcess[str]:
    """What came of this code in a fresh interpreter, where a warning is an error."""
    environment = {**os.environ, **STRICT}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, process: subprocess.Popen[bytes], said: IO[bytes]) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until and process.poll() is None:
        try:
            urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5)
            return
        except HTTPError:
            return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    said.seek(0)
    raise RuntimeError(f"the server did not start: {said.read().decode()[-2000:]}")
