"""`portal migrate`, `downgrade`, `backup`, `restore`, `move` and `audit verify`."""

from pathlib import Path

import click
from sqlalchemy import Engine, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session

from data_loaders.reference import load_reference
from portal.cli.dutch_click import Spoken, SpokenGroup
from portal.commands.inventory.editions import keep_judged_editions
from portal.commands.inventory.subjects import keep_rejected_apart
from portal.commands.sealing import seal_trail
from portal.config import ADDRESSES, settings
from portal.db import migrate as schema
from portal.db.engine import current_engine, reading, writing
from portal.db.migrate import known_revisions
from portal.db.trail_seal import Anchor
from portal.operation import OperationRefused
from portal.operation import backup as copies
from portal.operation import move as house
from portal.operation.archive import Manifest
from portal.permissions import Viewer
from portal.queries.about import is_begun
from portal.queries.trace.verify import trail_anchor, verify

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(cls=Spoken)
@click.argument("revision", default="head", metavar="[REVISIE]")
def migrate(revision: str) -> None:
    """Breng het schema op de nieuwste (of gevraagde) revisie en werk de referentiegegevens bij.

    Kan zonder gevaar herhaald worden.
    """
    settings().trail_keys()  # refused before anything is made
    engine = ready_engine()
    before = schema.current_revision(engine)
    schema.upgrade(engine, known_revision(revision))
    after = schema.current_revision(engine)
    click.echo(f"Schema: {after} (was al zo)." if before == after else f"Schema: {before or 'leeg'} → {after}.")
    if after == schema.newest_revision():
        _seal(engine)
        _set_apart(engine)
        _keep_judged(engine)
        counts = load_reference(engine, settings().reference_dir)
        click.echo(
            f"Referentiegegevens: {counts.added} nieuw, {counts.changed} verbeterd, {counts.unchanged} ongewijzigd."
        )


def _seal(engine: Engine) -> None:
    """What an older release wrote, once; in a new database the first row is sealed already."""
    with writing(engine) as session:
        row = seal_trail(session, Viewer.system()) if is_begun(session) else None
    if row:
        click.echo(f"Het spoor is verzegeld vanaf rij {row}; wat ervoor staat, is overgenomen zoals het er stond.")


def _set_apart(engine: Engine) -> None:
    """What an older release remembered of rejected subjects, once."""
    with writing(engine) as session:
        pairs = keep_rejected_apart(session, Viewer.system()) if is_begun(session) else 0
    if pairs:
        click.echo(f"Van verworpen onderwerpen worden {pairs} paren uitdagingen uit elkaar gehouden.")


def _keep_judged(engine: Engine) -> None:
    """Before a newer edition of the survey comes in: a coalition keeps the one it was judged by."""
    with writing(engine) as session:
        kept = keep_judged_editions(session, Viewer.system()) if is_begun(session) else 0
    if kept:
        click.echo(f"{kept} projecten houden de editie van de Stadsmonitor waaraan hun trekker getoetst werd.")


@click.command(cls=Spoken)
@click.argument("revision", metavar="REVISIE")
def downgrade(revision: str) -> None:
    """Breng het schema terug naar een revisie ("base" is leeg: alle gegevens verdwijnen)."""
    engine = ready_engine()
    before = schema.current_revision(engine)
    schema.downgrade(engine, known_revision(revision))
    click.echo(f"Schema: {before or 'leeg'} → {schema.current_revision(engine) or 'leeg'}.")


@click.command(cls=Spoken)
@click.argument("file", type=FILE, metavar="BESTAND")
def backup(file: Path) -> None:
    """Bewaar de hele database in één bestand, ook terwijl het portaal draait."""
    click.echo(f"Bewaard in {file}: {_described(copies.back_up(current_engine(), file))}.")


@click.command(cls=Spoken)
@click.argument("file", type=FILE, metavar="BESTAND")
def restore(file: Path) -> None:
    """Zet een back-up terug, nadat die gecontroleerd is; de database wordt helemaal of niet vervangen."""
    manifest = copies.restore(ready_engine(), file)
    click.echo(f"Teruggezet uit {file}: {_described(manifest)}.")
    if manifest.facts.revision != schema.newest_revision():
        click.echo("Deze back-up is van een oudere versie; voer nu uit: portal migrate")


@click.command(cls=Spoken)
@click.argument("url", metavar="ADRES")
def move(url: str) -> None:
    """Verhuis naar een lege database op een ander adres, ook van de andere soort: alle rijen, met hun nummers.

    Wat er staat, verandert niet; stop het portaal eerst, want wat er daarna nog geschreven wordt, gaat niet mee. Een
    wachtwoord staat beter in PGPASSWORD dan in het adres: wie op deze machine werkt, kan opdrachten zien.
    """
    moved = house.move(current_engine(), known_address(url), _misfit)
    click.echo(f"Verhuisd: {moved.rows} rijen in {moved.tables} tabellen, rij per rij gelijk; het spoor klopt.")
    click.echo("Zet PORTAL_DATABASE_URL nu op het nieuwe adres en start het portaal.")


def _misfit(session: Session) -> str:
    misfit = verify(session)
    return misfit.why if misfit else ""


def known_address(text: str) -> str:
    """Raises OperationRefused without what was typed: it may hold a password."""
    try:
        (make_url(text).host or "").encode("idna")  # as the driver spells it
    except (ArgumentError, ValueError):
        text = ""
    if not text.startswith(ADDRESSES):
        raise OperationRefused(
            "Dit is geen adres van een database; het begint met sqlite:/// of postgresql://."
        ) from None
    return text


def ready_engine() -> Engine:
    """The configured database; the folder of a new SQLite file is made first."""
    engine = current_engine()
    if engine.dialect.name == "sqlite" and engine.url.database:
        Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
    return engine


def known_revision(text: str) -> str:
    if text not in {"head", "base", *known_revisions()}:
        raise OperationRefused(f"De revisie {text} bestaat niet; er zijn: {', '.join(known_revisions())}.")
    return text


def _described(manifest: Manifest) -> str:
    facts = manifest.facts
    rows = sum(facts.counts.values())
    when, trail = f"{manifest.made_at[:16]} UTC", f", spoor {facts.anchor}" if facts.anchor else ""
    return f"{facts.kind}, {manifest.database}, revisie {facts.revision}, {rows} rijen, {when}{trail}"


@click.group(cls=SpokenGroup)
def audit() -> None:
    """Het spoor van wijzigingen."""


@audit.command("verify", cls=Spoken)
@click.option("--since", metavar="KENMERK", help="Uit een pakket, een back-up of het logboek: die rij staat er nog zo.")
def verify_(since: str | None) -> None:
    """Controleer of het spoor nog is wat geschreven werd, en of elke rij is wat het spoor er het laatst van zegt."""
    with reading() as session:
        misfit = verify(session, since=_anchor(since) if since else None)
        stands = trail_anchor(session)
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
