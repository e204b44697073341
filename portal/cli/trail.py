"""`portal audit verify`: is the trace still what was written."""

import click

from portal.cli.voice import Spoken, SpokenGroup
from portal.db.engine import reading
from portal.operation import OperationRefused
from portal.queries.verify import verify_trail


@click.group(cls=SpokenGroup)
def audit() -> None:
    """Het spoor van wijzigingen."""


@audit.command(cls=Spoken)
def verify() -> None:
    """Controleer of geen enkele rij van het spoor gewijzigd, verwijderd of tussengevoegd is."""
    with reading() as session:
        misfit = verify_trail(session)
    if misfit:
        raise OperationRefused(misfit.why)
    click.echo("Het spoor klopt.")
