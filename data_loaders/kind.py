"""A kind of file that can be loaded: how it is read, compared and written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sqlalchemy.orm import Session

from data_loaders.plan import Plan, Wanted
from data_loaders.problems import Problem
from data_loaders.sheets import Sheet
from data_loaders.workbook import File
from portal.permissions import Permission, Viewer


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody says beside the file; `year` is the year of the fieldwork where the file does not name it.

    `overwrite`: rows that do not say which version was seen may change what is there.
    """

    year: int | None = None
    overwrite: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says. With problems nothing is written; notices are told and stop nothing."""

    rows: tuple[Wanted, ...] = ()
    problems: tuple[Problem, ...] = ()
    notices: tuple[str, ...] = field(default=())


Label: TypeAlias = Callable[[Mapping[str, Any]], str]


def titled(row: Mapping[str, Any]) -> str:
    """Its code and title."""
    return f"{row['code'] or 'nieuw:'} {row['title']}"


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet as it is exported: `rows` by the sheet's column keys (and maybe more), as the rules of the sheet would
    read them; `choices` are the values to choose from, by column key. `label` names a row, and `same` are the keys by
    which one without a code is known to be there already: all that the file says, where none are named. `others`: what
    is said of the code of a row that the viewer may not change.
    """

    sheet: Sheet
    rows: Sequence[Mapping[str, Any]]
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    label: Label = titled
    same: str = ""
    others: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """`known` asks the database what `read` must know of it, `plan` compares, `apply` is one command.

    `tables` are the sheets with the rows that the viewer may bring back; read again unchanged they change nothing.
    `everything`: only for who may import all rows. `right` is asked besides the right to import. `files`: what is in
    one, as the name of a file. `asks_year`: a file may not say of which year it is.
    """

    name: str
    description: str
    right: Permission
    everything: bool
    known: Callable[[Session, Viewer], Any]
    read: Callable[[Any, File, Asked], Reading]
    plan: Callable[[Session, Viewer, Sequence[Wanted]], Plan]
    apply: Callable[[Session, Viewer, Plan], Any]
    tables: Callable[[Session, Viewer], tuple[Table, ...]]
    title: str = ""
    files: str = ""
    asks_year: bool = False

    @property
    def called(self) -> str:
        """What people choose it by."""
        return self.title or self.name.capitalize()

    @property
    def stem(self) -> str:
        """What its files are named by: what is in them, in Dutch."""
        return self.files or self.called.lower()
