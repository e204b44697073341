"""The command line `portal`: one module a subject, each with its commands."""

import click

from portal.cli import database, files, meetings, people, serving
from portal.cli.dutch_click import SpokenGroup
from portal.operation.workplace import clean_up


@click.group(cls=SpokenGroup, no_args_is_help=True)
@click.option("--debug", is_flag=True, help="Toon bij een fout de volledige melding.")
def main(debug: bool) -> None:  # SpokenGroup itself reads --debug, wherever it stands
    """Het portaal beheren vanaf de opdrachtregel."""
    clean_up()


for command in (
    serving.demo,
    serving.serve,
    database.migrate,
    database.downgrade,
    database.backup,
    database.restore,
    database.move,
    files.load,
    files.export,
    files.template,
    files.pack,
    meetings.changes,
    meetings.remind,
    people.user,
    database.audit,
):
    main.add_command(command)
