"""`portal serve` and `portal demo`: the portal on this machine."""

import os
import subprocess
import sys
from pathlib import Path

import click
import waitress
from sqlalchemy import Engine

from portal.cli.dutch_click import Spoken
from portal.config import Environment, demo_address, instance_folder, settings
from portal.credentials import hash_of
from portal.db.engine import reading
from portal.operation import OperationRefused
from portal.operation.demo import demo_secret, prepare_demo
from portal.queries.people import demo_accounts


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


HOST = "127.0.0.1"
THREADS = 8


@click.command(cls=Spoken)
@click.option("--port", default=8050, show_default="8050", type=click.IntRange(1, 65535), help="Poort op deze machine.")
@click.option("--fresh", is_flag=True, help="Bouw de demodatabase opnieuw; wat er in de demo gewijzigd is, verdwijnt.")
@click.option(
    "--instance",
    type=click.Path(path_type=Path, file_okay=False),
    default=instance_folder,
    show_default="instance",
    help="Map voor de demodatabase.",
)
def demo(port: int, fresh: bool, instance: Path) -> None:
    """Bouw (één keer) een demodatabase met verzonnen gegevens en dien het portaal op deze machine op."""
    _live_in(instance)
    click.echo("Demodatabase klaarzetten ...")
    built = prepare_demo(settings().database_url, fill_demo, fresh=fresh)
    click.echo("Demodatabase gebouwd." if built else "Demodatabase was er al; opnieuw bouwen kan met --fresh.")
    _serve(port)


def _live_in(instance: Path) -> None:
    """The environment of a demo: an embedded database unless the caller names one, and a key of its own."""
    os.environ["PORTAL_ENV"] = Environment.DEMO
    os.environ.setdefault("PORTAL_DATABASE_URL", demo_address(instance.resolve()))
    os.environ.setdefault("PORTAL_SECRET_KEY", demo_secret(instance))
    settings.cache_clear()


def fill_demo(engine: Engine) -> None:
    from data_loaders.demo import build_demo
    from data_loaders.reference import load_reference

    load_reference(engine, settings().reference_dir)
    build_demo(engine, password_hash=hash_of, password=settings().demo_password.get_secret_value())


def _serve(port: int) -> None:
    from portal.app import create_app
    from portal.auth import check_start

    check_start(settings())
    app = create_app(settings())
    try:
        server = waitress.create_server(app.server, host=HOST, port=port, threads=THREADS)
    except OSError as fault:
        raise OperationRefused(f"Poort {port} is bezet; kies een andere met --port.") from fault
    with reading() as session:
        for account in demo_accounts(session):
            click.echo(f"  {account.email}\t{account.role.label}")
    click.echo(f"Wachtwoord van elk demo-account: {settings().demo_password.get_secret_value()}")
    click.echo(f"Klaar: http://{HOST}:{port}/  (stoppen met Ctrl+C)")
    server.run()
