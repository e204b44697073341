"""`portal serve`: the portal for the configured database."""

import os
import subprocess
import sys

import click

from portal.cli.dutch_click import Spoken
from portal.config import settings


@click.command(cls=Spoken)
@click.option("--host", default="127.0.0.1", show_default="127.0.0.1", help="Adres om op te luisteren.")
@click.option(
    "--port", default=8050, show_default="8050", type=click.IntRange(1, 65535), help="Poort om op te luisteren."
)
@click.option("--workers", default=2, show_default="2", type=click.IntRange(1, 64), help="Aantal processen.")
@click.option("--threads", default=4, show_default="4", type=click.IntRange(1, 64), help="Aantal taken per proces.")
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Dien het portaal op voor de ingestelde database."""
    from portal.auth import check_start

    check_start(settings())
    arguments = [sys.executable, "-m", *server_arguments(sys.platform, host, port, workers, threads)]
    if sys.platform == "win32":
        sys.exit(subprocess.call(arguments))
    os.execv(sys.executable, arguments)  # noqa: S606 - signals go straight to the server


def server_arguments(platform: str, host: str, port: int, workers: int, threads: int) -> list[str]:
    """The server of the Procfile; on Windows, where it does not exist, one process of waitress."""
    if platform == "win32":
        return ["waitress", f"--listen={host}:{port}", f"--threads={workers * threads}", "portal.wsgi:server"]
    return [
        "gunicorn",
        "--config=python:portal.gunicorn",
        f"--workers={workers}",
        f"--threads={threads}",
        f"--bind={host}:{port}",
        "portal.wsgi:server",
    ]
