"""`portal export` and `portal template`: the workbooks that `portal load` takes back."""

from pathlib import Path

import click

from data_loaders.export import export as exported
from data_loaders.load import KINDS
from portal.cli.load import FILE, KIND, KINDS_TOLD, viewer_of
from portal.cli.voice import Spoken
from portal.db.engine import reading
from portal.operation import OperationRefused
from portal.operation.workplace import workplace
from portal.permissions import Viewer


@click.command(cls=Spoken, epilog=KINDS_TOLD)
@click.argument("kind", type=KIND, metavar="SOORT")
@click.argument("file", type=FILE, metavar="BESTAND")
@click.option("--as", "email", required=True, metavar="E-MAIL", help="De gebruiker in wiens naam geëxporteerd wordt.")
def export(*, kind: str, file: Path, email: str) -> None:
    """Schrijf wat de gebruiker mag wijzigen naar een werkmap; `load` leest ze terug."""
    with reading() as session:
        content = exported(KINDS[kind], session, viewer_of(session, email))
    write_whole(file, content)


@click.command(cls=Spoken, epilog=KINDS_TOLD)
@click.argument("kind", type=KIND, metavar="SOORT")
@click.argument("file", type=FILE, metavar="BESTAND")
def template(*, kind: str, file: Path) -> None:
    """Schrijf een leeg formulier om in te vullen en te laden."""
    with reading() as session:
        content = exported(KINDS[kind], session, Viewer.system(), empty=True)
    write_whole(file, content)


def write_whole(file: Path, content: bytes) -> None:
    """Whole, or not at all: an interrupted export leaves no half workbook under the name."""
    with workplace() as work:
        try:
            made = work.folder / "export"
            made.write_bytes(content)
            work.deliver(made, file)
        except OSError as fault:
            raise OperationRefused(f"{file} is niet te schrijven; kijk de naam en de map na.") from fault
    click.echo(f"{file} is geschreven.")
