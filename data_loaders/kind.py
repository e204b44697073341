"""A kind of file that can be loaded: how it is read, compared and written; and its sheets, as the tables that they are
of describe them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any, TypeAlias

from sqlalchemy.orm import Session

from data_loaders.mapping.file_map import FileMap
from data_loaders.mapping.looked import Looked
from data_loaders.plan import Plan, Wanted
from data_loaders.problems import Problem
from data_loaders.sheets import VERSION, Column, Sheet
from data_loaders.workbook import Book
from portal import values
from portal.entities.fields import Entity, Field, fields_of
from portal.permissions import Permission, Viewer
from portal.values import Code, Prose, Ref, Words
from portal.values.synonyms import NO_SYNONYMS, PARTNERS


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody says beside the file; `year` is the year of the fieldwork where the file does not name it.

    `overwrite`: rows that do not say which version was seen may change what is there. `mapped`: what of the file is
    what, as a person chose it; without it only what is sure. `look`: what a
    person has to see of it beside the plan. `remembered`: how this person explained other files. `called`: its name.
    """

    year: int | None = None
    overwrite: bool = False
    mapped: FileMap | None = None
    look: bool = False
    remembered: tuple[FileMap, ...] = ()
    called: str = ""

    @property
    def stem(self) -> str:
        """The name of the file, without its ending."""
        return PurePath(self.called.replace("\\", "/")).stem


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says. With problems nothing is written; notices are told and stop nothing. `mapped`: as what it was
    read; `looked`: where somebody asked for it."""

    rows: tuple[Wanted, ...] = ()
    problems: tuple[Problem, ...] = ()
    notices: tuple[str, ...] = field(default=())
    mapped: FileMap = field(default_factory=FileMap)
    looked: Looked | None = None


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
    """`known` asks the database what `read` must know of it, `plan` compares, `apply` is one command. `prefers`: words
    in the names of the sheets that are read, where there are such.

    `tables` are the sheets with the rows that the viewer may bring back; read again unchanged they change nothing.
    `everything`: only for who may import all rows. `right` is asked besides the right to import. `files`: what is in
    one, as the name of a file. `asks_year`: a file may not say of which year it is.
    """

    name: str
    description: str
    right: Permission
    everything: bool
    known: Callable[[Session, Viewer], Any]
    read: Callable[[Any, Book, Asked], Reading]
    plan: Callable[[Session, Viewer, Sequence[Wanted]], Plan]
    apply: Callable[[Session, Viewer, Plan], Any]
    tables: Callable[[Session, Viewer], tuple[Table, ...]]
    title: str = ""
    files: str = ""
    asks_year: bool = False
    prefers: Callable[[Any], Sequence[str]] = lambda _: ()

    @property
    def called(self) -> str:
        """What people choose it by."""
        return self.title or self.name.capitalize()

    @property
    def stem(self) -> str:
        """What its files are named by: what is in them, in Dutch."""
        return self.files or self.called.lower()


Options: TypeAlias = Mapping[str, Sequence[tuple[str, str]]]
"""The codes to choose from with their titles, by column key."""
CODE = "code"
OWN_CODE = {"says": "de code; laat ze leeg voor een nieuwe rij, of kies er een die nog niet bestaat"}


def table(
    name: str,
    entity: Entity,
    rows: Sequence[Mapping[str, Any]],
    options: Options | None = None,
    *,
    keys: str = "",
    key: tuple[str, ...] = (CODE,),
    label: Label = titled,
    same: str = "",
    others: str = "",
    after: Mapping[str, Sequence[Column]] | None = None,
    listed: Mapping[str, Sequence[str]] | None = None,
    **how: Mapping[str, Any],
) -> Table:
    """A sheet of a table as its entity describes it. `after`: columns of the sheet alone, by the key that they follow
    ("": all); `listed`: by key, what may be chosen where only the database knows; the rest as in `columns` and `Table`.
    """
    alone = after or {}
    described = [each for one in columns(entity, keys, options, **how) for each in (one, *alone.get(one.key, ()))]
    sheet = Sheet(name, (*described, *alone.get("", ()), VERSION), key)
    return Table(sheet, rows, choices(sheet, **(listed or {})), label, same, others)


def columns(entity: Entity, keys: str = "", options: Options | None = None, **how: Mapping[str, Any]) -> list[Column]:
    """Those of these keys (separated by spaces), each as its table says it; else all: the code, what is said once, what
    people type, and what the portal says itself, which is not read.

    `options`: by key, the rows that may be chosen; a row of another sheet is not listed, and named by its code.
    `how`: by key, what this sheet says otherwise, by the names of `Column`.
    """
    told = entity.told.split()
    code, rest = [key for key in told if key == CODE], [key for key in told if key != CODE]
    names = keys.split() or [*code, *entity.once.split(), *entity.typed.split(), *rest]
    known = fields_of(entity.model)
    return [_column(known[key], options or {}, {"info": key in rest, **how.get(key, {})}) for key in names]


def _column(of: Field, options: Options, how: Mapping[str, Any]) -> Column:
    kind = _kind(of, options)
    hint = of.shown.hint[:1].lower() + of.shown.hint[1:].rstrip(".")
    said: dict[str, Any] = {
        "required": of.required and of.key != CODE,
        "missing": frozenset({of.shown.empty.casefold()} - {""}) if not isinstance(kind, Prose) else frozenset(),
        "says": "; ".join(dict.fromkeys((kind.explained, hint))) if hint else "",
        "start": of.start or "",
        "means": of.shown.means,
    }
    return Column(**{"heading": of.shown.word, "key": of.key, "kind": kind, **said, **how})


def _kind(of: Field, options: Options) -> values.Kind:
    if of.key == CODE or (of.points_at and of.key not in options):
        return Code()
    if of.points_at:
        synonyms = PARTNERS if of.points_at.table == "partner" else NO_SYNONYMS
        return Ref(also=synonyms).among(options[of.key])
    return replace(of.kind, nothing=of.empty) if isinstance(of.kind, Prose) else of.kind


def choices(sheet: Sheet, **more: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """What a cell of each column may be chosen from; `more`: by key, what only the database knows."""
    lists = {one.key: one.kind for one in sheet.columns if isinstance(one.kind, Words | Ref) and not one.info}
    listed = {key: tuple(code for code, _ in kind.options) for key, kind in lists.items()}
    return listed | {one.key: tuple(more[one.key]) for one in sheet.columns if one.key in more}
