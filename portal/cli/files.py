"""`portal load` and `portal export`: files in, files out."""

import json
from dataclasses import replace
from pathlib import Path

import click
from sqlalchemy.orm import Session

from data_loaders.export import export as exported
from data_loaders.load import KINDS, Asked, File, Outcome, proposed
from data_loaders.load import load as load_file
from data_loaders.mapping.file_map import FileMap
from data_loaders.plan import lines, overwrites
from data_loaders.problems import About, Problem
from data_loaders.stadsmonitor.columns import FILL_IN_YEAR, LEAVE_YEAR
from portal.cli.dutch_click import REFUSED, Spoken, told
from portal.commands.base import Refused, coming_from
from portal.db.engine import reading, writing
from portal.operation import OperationRefused
from portal.operation.workplace import workplace
from portal.pages.steering_pack import ENDINGS
from portal.permissions import Permission, PermissionDenied, Viewer, require
from portal.queries.meetings.changes import pack_for
from portal.queries.meetings.meetings import NothingKept
from portal.queries.people import viewer_at
from portal.values.lists import either
from portal.vocabulary import AuditSource, MeetingBody

KIND = click.Choice(list(KINDS))
FILE = click.Path(path_type=Path, dir_okay=False)
KINDS_TOLD = "Soorten: " + "; ".join(f"{one.name}: {one.description}" for one in KINDS.values())
NOTHING = "Er is niets geladen."
EXPLAIN = "Heeft het bestand eigen koppen of woorden? Geef --map BESTAND.json mee: daarin staat wat wat is."
MAP_HELP = "Wat in een eigen bestand wat is; bestaat het nog niet, dan schrijft het portaal er zijn voorstel in."
IN_OPTIONS = {FILL_IN_YEAR: "geef --jaar 2020 mee", LEAVE_YEAR: "laat --jaar weg"}


@click.command(cls=Spoken, epilog=KINDS_TOLD)
@click.argument("kind", type=KIND, metavar="SOORT")
@click.argument("file", type=FILE, metavar="BESTAND")
@click.option("--as", "email", required=True, metavar="E-MAIL", help="De gebruiker in wiens naam geladen wordt.")
@click.option("--try", "try_only", is_flag=True, help="Toon wat er zou wijzigen en schrijf niets.")
@click.option("--jaar", "year", type=int, metavar="JAAR", help="Jaar van het veldwerk, als het bestand het niet noemt.")
@click.option("--overschrijf", "overwrite", is_flag=True, help="Rijen zonder versie mogen overschrijven wat er staat.")
@click.option("--map", "explained", type=FILE, metavar="BESTAND.json", help=MAP_HELP)
@click.option("--json", "as_json", is_flag=True, help="Antwoord in JSON.")
@click.pass_context
def load(
    context: click.Context,
    *,
    kind: str,
    file: Path,
    email: str,
    try_only: bool,
    year: int | None,
    overwrite: bool,
    explained: Path | None,
    as_json: bool,
) -> None:
    """Laad een bestand, helemaal of niet."""
    try:
        asked = Asked(year, overwrite, _explained(kind, file, email, explained))
        outcome = _loaded(kind, file, email, try_only=try_only, asked=asked)
    except (Refused, OperationRefused, PermissionDenied) as refused:
        if not as_json:
            raise
        outcome = Outcome(problems=(Problem("", "", told(refused)[0]),))
    if as_json:
        click.echo(json.dumps(outcome.as_json(), ensure_ascii=False))
    for notice in outcome.notices:
        click.echo(notice, err=as_json)
    if not as_json:
        _tell(outcome, try_only)
    if outcome.problems:
        context.exit(REFUSED)


def _explained(kind: str, file: Path, email: str, explained: Path | None) -> FileMap | None:
    """What of the file is what. Where nobody said it yet, the proposal is written there to be looked at, and nothing is
    loaded: raises OperationRefused, or WorkbookRefused for what is no such description."""
    if explained is None:
        return None
    try:
        return FileMap.read(explained.read_bytes())
    except FileNotFoundError:
        with writing() as session:
            found = proposed(KINDS[kind], File.at(file), session, viewer_of(session, email), Asked())
        write_whole(explained, json.dumps(found.mapped.told(), ensure_ascii=False, indent=2).encode() + b"\n")
        raise OperationRefused(f"Kijk in {explained} na wat het portaal voorstelt, en laad dan opnieuw.") from None


def _loaded(kind: str, file: Path, email: str, *, try_only: bool, asked: Asked) -> Outcome:
    with coming_from(AuditSource.CLI), writing() as session:
        viewer = viewer_of(session, email)
        outcome = load_file(KINDS[kind], File.at(file), session, viewer, try_only=try_only, asked=asked)
    outcome = replace(outcome, problems=tuple(map(_in_options, outcome.problems)))
    if not outcome.plan.overwriting or outcome.problems or asked.overwrite:
        return outcome
    said = f"{overwrites(outcome.plan)} Geef --overschrijf mee als dat de bedoeling is."
    told = {"notices": (*outcome.notices, said)} if try_only else {"problems": (Problem("", "", said),)}
    return replace(outcome, **told)


def _in_options(problem: Problem) -> Problem:
    """What is said of a field of the page, said of the option that is filled in here."""
    said = problem.message
    for field, option in IN_OPTIONS.items():
        said = said.replace(field, option)
    return replace(problem, message=said)


def viewer_of(session: Session, email: str) -> Viewer:
    """The active user with this address; raises OperationRefused when there is none."""
    if (viewer := viewer_at(session, email)) is None:
        raise OperationRefused(f"Er is geen actieve gebruiker {email}.")
    return viewer


def _tell(outcome: Outcome, try_only: bool) -> None:
    for problem in outcome.problems:
        click.echo(str(problem), err=True)
    if outcome.problems:
        if any(problem.about is About.LACKING for problem in outcome.problems):
            click.echo(EXPLAIN, err=True)
        click.echo(NOTHING, err=True)
        return
    for line in lines(outcome.plan):
        click.echo(line)
    tried = f"Proef, niets geschreven: {len(outcome.plan.to_write)} te schrijven"
    written = tried if try_only else f"{outcome.written} geschreven"
    click.echo(f"{written}; {outcome.unchanged} ongewijzigd.")


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


BODY = click.Choice([body.value for body in MeetingBody])


@click.command(cls=Spoken)
@click.argument("number", type=click.IntRange(min=1), metavar="NUMMER")
@click.argument("file", type=FILE, metavar="BESTAND")
@click.option(
    "--as", "email", required=True, metavar="E-MAIL", help="De gebruiker in wiens naam het pakket gemaakt is."
)
@click.option("--body", type=BODY, default=MeetingBody.STEERING.value, show_default=True, help="Wie vergadert.")
@click.option("--extract", type=BODY, help="Voor wie het uittreksel is; zonder: voor wie vergadert.")
def pack(*, number: int, file: Path, email: str, body: str, extract: str | None) -> None:
    """Schrijf het pakket van een vergadering als presentatie (.pptx), werkmap (.xlsx) of verslag (.docx).

    Van een vastgelegde vergadering wat ze zag, van een andere hoe het nu staat.
    """
    ending = file.suffix.lower().removeprefix(".")
    if ending not in ENDINGS:
        known = either([f".{one}" for one in ENDINGS])
        raise OperationRefused(f"{file.name} is geen pakket; kies een naam die eindigt op {known}.")
    with reading() as session:
        viewer = viewer_of(session, email)
        require(viewer, Permission.EXPORT_DATA)
        try:
            found = pack_for(session, viewer, MeetingBody(body), number, MeetingBody(extract) if extract else None)
        except NothingKept as fault:
            raise OperationRefused(f"Van {fault} is de stand niet bewaard; er is niets te tonen.") from fault
    _, make = ENDINGS[ending]
    write_whole(file, make(found))
