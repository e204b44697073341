"""`portal changes`: what changed between two steering groups. `portal remind`: the mail of the round, shown or sent to
those who still owe a report."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

import click
from sqlalchemy.orm import Session

from portal.cli.dutch_click import FAULT, REFUSED, Spoken
from portal.commands.base import Refused, coming_from
from portal.commands.meetings.meetings import send_reminder
from portal.config import settings
from portal.db.engine import reading, writing
from portal.letters import Letter
from portal.operation import OperationRefused
from portal.operation.mail import MailFailed, Post, mail_server
from portal.permissions import RowNotFound, Viewer
from portal.queries.about import PortalState, portal_state
from portal.queries.meetings.changes import Changes, NotBefore, changes_between
from portal.queries.meetings.meetings import NothingKept
from portal.queries.meetings.rounds import Mailing, mailing
from portal.queries.meetings.state import TABLE
from portal.snapshots.extract import WITHHELD
from portal.snapshots.lines import Topic, of_topic, sentence
from portal.text import day, long_day, number, plural
from portal.vocabulary import AuditSource, ReminderKind

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
        click.echo(json.dumps(_changes(found), ensure_ascii=False))
        return
    for line in _lines(found):
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


def _lines(found: Changes) -> Iterator[str]:
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


def _changes(found: Changes) -> dict[str, object]:
    return {
        "from": found.since.number,
        "to": found.until.number if found.until else None,
        "as_of": found.as_of.isoformat(),
        "withheld": found.withheld,
        "changes": [{"topic": line.topic.value} | {name: getattr(line, name) for name in TOLD} for line in found.lines],
    }


KINDS = click.Choice([kind.value for kind in ReminderKind])
KIND_HELP = f"Een van: {', '.join(ReminderKind)}; zonder deze optie de soort die nu aan de beurt is."
NO_ROUND = "Er is geen stuurgroep gepland; er is niemand te verwittigen."


@dataclass(slots=True)
class Outcome:
    """What a run did: a sentence for each mail that did not go out, and the exit code."""

    sent: int = 0
    problems: list[str] = field(default_factory=list)
    code: int = 0


@click.command(cls=Spoken)
@click.option("--kind", type=KINDS, metavar="SOORT", help=KIND_HELP)
@click.option("--send", is_flag=True, help="Verstuur; zonder deze optie wordt alles alleen getoond.")
@click.option("--json", "as_json", is_flag=True, help="Antwoord in JSON.")
@click.pass_context
def remind(context: click.Context, *, kind: str | None, send: bool, as_json: bool) -> None:
    """Verwittig wie in de lopende ronde nog moet melden; nooit twee keer met dezelfde soort mail."""
    with reading() as session:
        due = mailing(session, Viewer.system(), ReminderKind(kind) if kind else None)
        portal = portal_state(session)
    outcome = _sent(due.letters, portal) if send and due else Outcome()
    if as_json:
        click.echo(json.dumps(_as_json(due, portal, outcome), ensure_ascii=False))
    else:
        for line in _told(due, portal, outcome, send):
            click.echo(line)
        for problem in outcome.problems:
            click.echo(problem, err=True)
    context.exit(outcome.code)


def _sent(letters: tuple[Letter, ...], portal: PortalState) -> Outcome:
    """Once the server itself fails, the rest is not tried."""
    outcome = Outcome()
    if not letters:
        return outcome
    try:
        with mail_server(settings()) as post, coming_from(AuditSource.CLI), writing() as session:
            for letter in letters:
                _send_one(session, letter, portal, post, outcome)
    except OperationRefused as refused:
        return Outcome(problems=[str(refused)], code=REFUSED)
    except MailFailed as failed:
        left = len(letters) - outcome.sent - len(outcome.problems)
        outcome.problems.append(f"{failed} Niet verstuurd: {left} van {len(letters)}; probeer het later opnieuw.")
    outcome.code = FAULT if outcome.problems else 0
    return outcome


def _send_one(session: Session, letter: Letter, portal: PortalState, post: Post, outcome: Outcome) -> None:
    """What another run sent in the meantime, is sent."""
    try:
        send_reminder(
            session,
            Viewer.system(),
            meeting_id=letter.meeting_id,
            user_id=letter.user_id,
            kind=letter.kind,
            hand_over=partial(post, letter.address, *_written(letter, portal)),
        )
        outcome.sent += 1
    except MailFailed as failed:
        if failed.broken:
            raise
        outcome.problems.append(f"{letter.name}: {failed}")
    except Refused:
        return


def _written(letter: Letter, portal: PortalState) -> tuple[str, str]:
    """The subject and the text."""
    body = letter.body(base_url=settings().base_url, programme=portal.programme, is_demo=portal.is_demo)
    return letter.subject(is_demo=portal.is_demo), body


def _told(due: Mailing | None, portal: PortalState, outcome: Outcome, send: bool) -> Iterator[str]:
    if due is None or due.round.until is None:
        yield NO_ROUND
        return
    yield f"Stuurgroep {due.round.number}, {long_day(due.round.until)}: {due.kind.label}."
    for letter in () if send else due.letters:
        subject, body = _written(letter, portal)
        yield f"\nAan: {letter.name} <{letter.address}>\nOnderwerp: {subject}\n\n{body}"
    if due.had_it:
        yield f"{plural(due.had_it, 'persoon kreeg', 'personen kregen')} deze mail al."
    if send:
        yield f"{plural(outcome.sent, 'mail', 'mails')} verstuurd."
    else:
        yield f"Getoond: {plural(len(due.letters), 'mail', 'mails')}; niets verstuurd. Versturen kan met --send."


def _as_json(due: Mailing | None, portal: PortalState, outcome: Outcome) -> dict[str, object]:
    letters = due.letters if due else ()
    written = ((letter, *_written(letter, portal)) for letter in letters)
    return {
        "written": outcome.sent,
        "unchanged": due.had_it if due else 0,
        "problems": [{"sheet": "", "cell": "", "message": problem} for problem in outcome.problems],
        "kind": due.kind.value if due else None,
        "until": due.round.until.isoformat() if due and due.round.until else None,
        "letters": [
            {"to": letter.address, "name": letter.name, "subject": subject, "body": body}
            for letter, subject, body in written
        ],
    }
