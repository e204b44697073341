"""How the command line speaks: Dutch, one sentence when it refuses (exit 2) or fails (exit 1)."""

import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NoReturn

import click
from click.exceptions import NoArgsIsHelpError
from sqlalchemy.exc import DBAPIError

from portal.commands.base import Refused
from portal.commands.once import Unknown
from portal.config import DEMO_FILE, Settings, SettingsRefused, instance_folder, settings
from portal.db.base import ValueRefused
from portal.db.engine import Unavailable
from portal.operation import OperationRefused
from portal.permissions import PermissionDenied, RowNotFound

HEADINGS = {"Options": "Opties", "Commands": "Opdrachten", "Positional arguments": "Argumenten"}
WORDS = {"[required]": "[verplicht]", "[default: ": "[standaard: ", "; required]": "; verplicht]"}
NOT_MADE_YET = ("no such table", "unable to open database file", 'relation "')
REFUSED, FAULT = 2, 1


class DutchFormatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args.replace("COMMAND", "OPDRACHT").replace("OPTIONS", "OPTIES"), "Gebruik: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(HEADINGS.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], *args: Any, **named: Any) -> None:
        super().write_dl([(term, _in_dutch(text)) for term, text in rows], *args, **named)


class DutchContext(click.Context):
    formatter_class = DutchFormatter


class Spoken(click.Command):
    """A command with `--help` in Dutch."""

    context_class = DutchContext

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option:
            option.help = "Toon deze uitleg."
        return option


class SpokenGroup(Spoken, click.Group):
    """Commands that end with a sentence and an exit code: 0 done, 2 refused, 1 fault."""

    command_class = Spoken
    group_class = type

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> NoReturn:
        given = list(sys.argv[1:] if args is None else args)
        debug = "--debug" in given
        try:
            code = super().main(
                [word for word in given if word != "--debug"], *rest, **{**extra, "standalone_mode": False}
            )
        except Exception as fault:
            if debug:
                traceback.print_exc()
            sentence, code = told(fault)
            click.echo(sentence, err=True)
        sys.exit(code if isinstance(code, int) else 0)


def told(fault: Exception) -> tuple[str, int]:
    """The sentence and the exit code of whatever was raised."""
    return next(
        ((say(fault), code) for kinds, say, code in SENTENCES if isinstance(fault, kinds)),
        (f"Er ging iets mis ({type(fault).__name__}); meer met --debug.", FAULT),
    )


def _usage(fault: click.UsageError) -> str:
    return f"{_misused(fault)} Zie: {fault.ctx.command_path if fault.ctx else 'portal'} --help"


def _misused(fault: click.UsageError) -> str:
    name = _name(fault) if isinstance(fault, click.BadParameter) else ""
    match fault:
        case click.MissingParameter():
            return f"{name or 'Een argument'} ontbreekt."
        case click.BadParameter():
            return f"{name or 'Een argument'} heeft een waarde die niet past."
        case click.NoSuchOption():
            return f"De optie {fault.option_name} bestaat niet."
        case click.BadOptionUsage():
            return f"De optie {fault.option_name} is niet goed gebruikt."
        case _:
            return "Die opdracht bestaat niet of is niet volledig."


def _in_dutch(text: str) -> str:
    for english, dutch in WORDS.items():
        text = text.replace(english, dutch)
    return text


def _name(fault: click.BadParameter) -> str:
    if isinstance(fault.param, click.Option):
        return "/".join(fault.param.opts)
    return fault.param.make_metavar(fault.ctx) if fault.param and fault.ctx else ""


def _at_fault(fault: DBAPIError | Unavailable) -> str:
    cause = fault.__cause__ if isinstance(fault, Unavailable) else fault
    reason = next(iter(str(getattr(cause, "orig", "")).splitlines()), "geen verbinding").strip()[:200]
    if any(sign in reason for sign in NOT_MADE_YET):
        return _nothing_here(settings())
    return str(fault) if isinstance(fault, Unavailable) else f"De database kan dit niet doen ({reason})."


def _nothing_here(given: Settings) -> str:
    usual = "database_url" not in given.model_fields_set
    if usual and not given.production:
        return "Er is hier nog geen demodatabase; maak ze met: portal demo"
    demo = instance_folder() / DEMO_FILE
    if usual and demo.exists() and demo.stat().st_size:  # a command that found nothing leaves an empty file
        return "Er is hier alleen een demodatabase; zet PORTAL_ENV=demo of maak een echt portaal met: portal migrate"
    return "Er is hier nog geen portaal; maak het met: portal migrate"


SENTENCES: tuple[tuple[Any, Callable[[Any], str], int], ...] = (
    ((Refused, SettingsRefused, OperationRefused), str, REFUSED),
    (ValueRefused, lambda fault: f"De waarde past niet: {fault}.", REFUSED),
    ((PermissionDenied, RowNotFound), lambda _: "Dat mag niet of bestaat niet; er is niets gewijzigd.", REFUSED),
    (NoArgsIsHelpError, click.UsageError.format_message, REFUSED),
    (click.UsageError, _usage, REFUSED),
    (click.Abort, lambda _: "Afgebroken; er is niets gewijzigd.", REFUSED),
    (Unknown, str, FAULT),
    ((Unavailable, DBAPIError), _at_fault, FAULT),
)
