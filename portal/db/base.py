"""What every table shares: names of constraints, checked values, versions, search keys."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any, ClassVar, cast

from sqlalchemy import Boolean, Column, Date, Enum, ForeignKey, Integer, MetaData, Numeric, String, Text, Time, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import (
    DeclarativeBase,
    InstrumentedAttribute,
    Mapped,
    Mapper,
    declared_attr,
    mapped_column,
)
from sqlalchemy.orm.attributes import AttributeEventToken

from portal import values
from portal.db.types import Euro, Instant
from portal.words import fold

NAMES = {
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
CODE, TITLE, LINE, PROSE = 40, 300, 500, 4000
_ASKED = re.compile(r"; (bedoelt u [^?]*\?)$")


class ValueRefused(ValueError):
    """A value that one of the two databases would not take; `column` is the attribute's name."""

    def __init__(self, column: str, why: str) -> None:
        super().__init__(f"{column}: {why}")
        self.column, self.why = column, why


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        StrEnum: Enum(
            StrEnum,
            native_enum=False,
            create_constraint=True,
            length=CODE,
            values_callable=lambda words: [word.value for word in words],
        ),
        datetime: Instant(),
        Decimal: Euro(),
    }

    called: ClassVar[str]
    """What people call a row of this table, in every place where it is named."""

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-10)


SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class Shown:
    """What people call a column, in every place where it stands. `past`: what happened, never on a day to come.
    `kind`: what may stand there, where that is not what its type says. `empty` is what a cell says where nothing
    stands, `hint` what somebody who fills it in has to know, `means` what the value tells somebody who reads it."""

    label: str
    past: bool = False
    kind: values.Kind | None = None
    empty: str = ""
    hint: str = ""
    means: str = ""

    @property
    def word(self) -> str:
        """The label within a sentence: "verwacht op", "KBO-nummer"."""
        return self.label if self.label[1:2].isupper() else self.label[:1].lower() + self.label[1:]


def shown(
    label: str,
    *of: Any,
    past: bool = False,
    kind: values.Kind | None = None,
    empty: str = "",
    hint: str = "",
    means: str = "",
    info: Mapping[str, Any] | None = None,
    **column: Any,
) -> Any:
    """A column that people see under this label; `of` and `column` are those of `mapped_column`."""
    told = Shown(label, past, kind, empty, hint, means)
    return mapped_column(*of, info={**(info or {}), SHOWN: told}, **column)


def kind_of(column: Column[Any]) -> values.Kind | None:
    """How a value of this column is read, checked and written; None for one that only the portal fills."""
    told: Shown | None = column.info.get(SHOWN)
    if told is None or column.foreign_keys:
        return None
    made = (make(column.type, told) for of, make in KINDS if isinstance(column.type, of))
    return told.kind or next(made, None)


KINDS: tuple[tuple[type[Any], Callable[[Any, Shown], values.Kind]], ...] = (
    (Enum, lambda kind, _: values.Words(kind.enum_class)),
    (String, lambda kind, _: values.Line(kind.length) if kind.length else values.Prose()),
    (Boolean, lambda *_: values.YesNo()),
    (Date, lambda _, told: values.Day(past=told.past)),
    (Time, lambda *_: values.TimeOfDay()),
    (Euro, lambda *_: values.Euro()),
    (Integer, lambda *_: values.Whole()),
    (Numeric, lambda *_: values.Number()),
)


def foreign(
    target: str, label: str = "", *, index: bool = True, optional: bool = False, cascade: bool = False, **said: Any
) -> Any:
    """A foreign key; `cascade` where the row is nothing without its parent. Without a label nobody sees it."""
    key = ForeignKey(target, ondelete="CASCADE" if cascade else None)
    options: dict[str, Any] = {"index": index, "nullable": optional}
    return shown(label, key, **options, **said) if label else mapped_column(key, **options)


def code_column(label: str) -> Any:
    means = "Het vaste kenmerk waarmee pagina's en bestanden ernaar verwijzen."
    return shown(label, String(CODE), unique=True, means=means)


class Versioned:
    """A row that people edit: a stale edit is refused, and nothing is hard-deleted."""

    version: Mapped[int] = shown("Versie", sort_order=90)
    archived_at: Mapped[datetime | None] = shown("Gearchiveerd", sort_order=91)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - called on the class
        return {"version_id_col": cls.version}


def clean_text(column: str, text: str, length: int | None) -> str:
    """NFC-normalised text; raises ValueRefused on a NUL or when it is too long."""
    if "\x00" in text:
        raise ValueRefused(column, "bevat een onleesbaar teken (NUL)")
    normal = unicodedata.normalize("NFC", text)
    if length is not None and len(normal) > length:
        raise ValueRefused(column, f"telt {len(normal)} tekens; er passen er {length}")
    return normal


@event.listens_for(Base, "attribute_instrument", propagate=True)
def _check_values(cls: type[Base], key: str, attribute: InstrumentedAttribute[Any]) -> None:
    """SQLite takes a NUL, over-long text or text for a number; both databases refuse them here alike."""
    columns = getattr(attribute.property, "columns", None)
    if not columns:
        return
    kind = columns[0].type
    check: Callable[[Any], Any] = _as_given
    if isinstance(kind, Enum):
        check = partial(_word, key, cast(type[StrEnum], kind.enum_class))
    elif isinstance(kind, String):
        unlimited, of = columns[0].info.get("unlimited", False), kind_of(columns[0])
        check = partial(_text, key, None if unlimited else kind.length or PROSE * 2)
        if isinstance(of, values.Prose) and not unlimited:
            check = partial(_written, key, of)
    elif isinstance(kind, Integer):
        check = partial(_whole, key)
    ranged = kind_of(columns[0])
    ends = values.Day | values.Euro | values.Number
    if isinstance(ranged, ends) or (isinstance(ranged, values.Whole) and ranged.least is not None):
        check = partial(_within, key, ranged)

    # the old value is loaded even when the row had expired: the trace needs it
    @event.listens_for(attribute, "set", retval=True, active_history=True)
    def checked(target: Base, value: Any, old: Any, initiator: AttributeEventToken) -> Any:
        return value if value is None else check(value)


def _as_given(value: Any) -> Any:
    return value


def _word(key: str, words: type[StrEnum], value: Any) -> StrEnum:
    if not isinstance(value, str) or value not in {word.value for word in words}:
        raise ValueRefused(key, f"kent het woord '{value}' niet")
    return words(value)


def _text(key: str, length: int | None, value: Any) -> str:
    if not isinstance(value, str):
        raise ValueRefused(key, "is geen tekst")
    return clean_text(key, value, length)


def _written(key: str, kind: values.Prose, value: Any) -> str:
    """A text of people, as every other door takes it: what a page cannot draw or a file not bring back never comes."""
    return str(_checked(key, kind, kind.taken(_text(key, None, value))))


def _within(key: str, kind: values.Kind, value: Any) -> Any:
    """Raises ValueRefused for a day, an amount or a number that no person means."""
    whole = isinstance(kind, values.Whole)
    if not whole and not isinstance(value, date | Decimal | int | float):
        return value
    return _checked(key, kind, _whole(key, value) if whole else value)


def _checked(key: str, kind: values.Kind, value: Any) -> Any:
    try:
        return kind.check(value)
    except values.Wrong as wrong:
        raise ValueRefused(key, _ASKED.sub(r" (\1)", str(wrong)).removesuffix(".")) from wrong


def _whole(key: str, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueRefused(key, "is geen geheel getal")
    return value


class Titled:
    """A row with a title, sorted and found by the folded key on both databases."""

    title: Mapped[str] = shown("Titel", String(TITLE), means="Hoe het op pagina's en in lijsten heet.")
    title_key: Mapped[str] = mapped_column(String(TITLE), index=True, sort_order=80)


class Searchable(Titled):
    """A titled row with a description that free text finds."""

    description: Mapped[str] = shown("Omschrijving", Text, default="", means="Waarover het gaat, in gewone woorden.")
    search_key: Mapped[str] = mapped_column(Text, sort_order=81)


@event.listens_for(Titled, "before_insert", propagate=True)
@event.listens_for(Titled, "before_update", propagate=True)
def _keep_keys(mapper: Mapper[Any], connection: Connection, row: Any) -> None:
    row.title_key = fold(row.title)[:TITLE]
    if isinstance(row, Searchable):
        row.search_key = fold(f"{getattr(row, 'code', '')} {row.title} {row.description or ''}")[: PROSE * 2]


def day(value: date | None) -> str:
    """A date as Belgians write it; empty when there is none."""
    return value.strftime("%d/%m/%Y") if value else ""
