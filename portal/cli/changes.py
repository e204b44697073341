"""`portal changes`: what changed between two steering groups. `portal audit verify`: is the trace what was written."""

import json
from collections.abc import Iterator

import click

from portal.cli.dutch_click import Spoken, SpokenGroup
from portal.db.engine import reading
from portal.db.trail_seal import Anchor
from portal.operation import OperationRefused
from portal.permissions import RowNotFound
from portal.queries.meetings.changes import Changes, NotBefore, changes_between
from portal.queries.meetings.meetings import NothingKept
from portal.queries.meetings.state import TABLE
from portal.queries.trace import verify as verification
from portal.snapshots.extract import WITHHELD
from portal.snapshots.lines import Line, Topic, of_topic, sentence
from portal.text import day, number, plural

NUMBER = click.IntRange(min=1)
TOLD = ("act", "what", "label", "old", "new", "detail", "who", "at", "path")


@click.command(cls=Spoken)
@click.argument("earlier", type=NUMBER, required=False, metavar="[VAN]")
@click.argument("later", type=NUMBER, required=False, metavar="[TOT]")
@click.option("--json", "as_json", is_flag=True, help="Antwoord in JSON.")
def changes(*, earlier: int | None, later: int | None, as_json: bool) -> None:
    """Toon wat veranderde tussen twee stuurgroepen (hun nummers).

    Zonder TOT: tot vandaag. Zonder VAN: sinds de laatste vastgelegde stuurgroep.
    """
    found = _found(earlier, later)
    if as_json:
        click.echo(json.dumps(_as_json(found), ensure_ascii=False))
        return
    for line in _told(found):
        click.echo(line)


def _found(earlier: int | None, later: int | None) -> Changes:
    try:
        with reading() as session:
            return changes_between(session, TABLE, earlier, later)
    except NothingKept as fault:
        raise OperationRefused(f"Van {fault} is geen stand bewaard; kies een vastgelegde stuurgroep.") from fault
    except NotBefore as fault:
        raise OperationRefused("Noem eerst de vroegste van de twee stuurgroepen.") from fault
    except RowNotFound as fault:
        said = "Die stuurgroep is er niet" if earlier or later else "Er is nog geen vastgelegde stuurgroep"
        raise OperationRefused(f"{said}; er is niets om te vergelijken.") from fault


def _told(found: Changes) -> Iterator[str]:
    until = f"{found.until.name} ({day(found.as_of)})" if found.until else f"vandaag ({day(found.as_of)})"
    counted = plural(len(found.lines), "verandering", "veranderingen")
    yield f"Van {found.since.name} ({day(found.since.as_of)}) tot {until}: {counted}."
    if found.withheld:
        yield WITHHELD
    for topic in Topic:
        lines = of_topic(found.lines, topic)
        if lines:
            yield f"\n{topic.label} ({number(len(lines))})"
            yield from (f"  {sentence(line)}" for line in lines)


def _as_json(found: Changes) -> dict[str, object]:
    return {
        "from": found.since.number,
        "to": found.until.number if found.until else None,
        "as_of": found.as_of.isoformat(),
        "withheld": found.withheld,
        "changes": [_change(line) for line in found.lines],
    }


def _change(line: Line) -> dict[str, str]:
    return {"topic": line.topic.value} | {name: getattr(line, name) for name in TOLD}


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
