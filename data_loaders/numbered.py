"""Sheets of rows that have no code: people know them by the number under which the portal keeps them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from data_loaders.comparing import Fault, Known, Rows
from data_loaders.kind import CODE, Label, Table, choices
from data_loaders.sheets import VERSION, Column, Sheet
from portal.values import Whole, said

NUMBER = Column(
    *("nr", CODE, Whole()),
    required=False,
    says="niet wijzigen: zo kent het portaal de rij; leeg voor een nieuwe",
    means="Het vaste kenmerk van de rij.",
)
"""Under the key that names a row in every file, so that one without it is recognised as any other."""


def numbered(
    name: str,
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, Any]],
    *,
    label: Label,
    same: str,
    **listed: Sequence[str],
) -> Table:
    """A sheet with the number of each row before its columns; `label` and `same` as in `Table`, `listed`: by key, what
    may be chosen where only the database knows."""
    sheet = Sheet(name, (NUMBER, *columns, VERSION), (CODE,))
    return Table(sheet, [{**row, CODE: row["id"]} for row in rows], choices(sheet, **listed), label, same)


def strangers(known: Known, rows: Rows, sheet: str, why: str) -> Iterator[Fault]:
    """Every number that is not that of a row which the viewer may change."""
    for row in rows[sheet]:
        number = row.values[CODE]
        if number is not None and (sheet, number) not in known.present:
            yield row, CODE, f"{number} {why}"


def moved(known: Known, rows: Rows, sheet: str, keys: str, why: str) -> Iterator[Fault]:
    """Every row that says otherwise where it belongs: what these keys (separated by spaces) say is said once."""
    for row in rows[sheet]:
        there = known.present.get((sheet, row.values[CODE]))
        if there is not None:
            other = (key for key in keys.split() if row.values[key] != there.values[key])
            yield from ((row, key, f"{why} ({said(there.values[key])}).") for key in other)
