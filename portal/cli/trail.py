"""`portal audit verify`: is the trace still what was written, and are the rows what it tells."""

import click

from portal.cli.voice import Spoken, SpokenGroup
from portal.db.engine import reading
from portal.db.trail_seal import Anchor
from portal.operation import OperationRefused
from portal.queries import verify as verification


@click.group(cls=SpokenGroup)
def audit() -> None:
    """Het spoor van wijzigingen."""


@audit.command(cls=Spoken)
@click.option("--since", metavar="KENMERK", help="Uit een pakket, een back-up of het logboek: die rij staat er nog zo.")
def verify(since: str | None) -> None:
    """Controleer of het spoor nog is wat geschreven werd, en of elke rij is wat het spoor er het laatst van zegt."""
    with reading() as session:
        misfit = verification.verify(session, since=_anchor(since) if since else None)
        stands = verification.trail_anchor(session)
    if misfit:
        raise OperationRefused(misfit.why)
    click.echo(f"Het spoor klopt: {stands.sequence} rijen, kenmerk {stands}.")


def _anchor(text: str) -> Anchor:
    try:
        return Anchor.read(text)
    except ValueError:
        raise OperationRefused(
            "Dat is geen kenmerk; neem het over zoals het er staat: een nummer, een streepje en 24 tekens."
        ) from None
