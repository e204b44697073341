"""Types of columns, and how text is sorted alike on both databases."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Boolean, ColumnElement, DateTime, Numeric, String
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import TypeDecorator, TypeEngine


class bytewise(GenericFunction[str]):  # noqa: N801 - reads as a function of SQL
    """The text, compared sign by sign: 'a b' before 'ab', capitals before small letters."""

    type = String()
    inherit_cache = True


@compiles(bytewise)
def _as_it_is(element: ColumnElement[str], compiler: Any, **named: Any) -> str:
    return str(compiler.process(next(iter(element.clauses)), **named))


@compiles(bytewise, "postgresql")
def _by_byte(element: ColumnElement[str], compiler: Any, **named: Any) -> str:
    return f'{compiler.process(next(iter(element.clauses)), **named)} COLLATE "C"'


class within(GenericFunction[bool]):  # noqa: N801 - reads as a function of SQL
    """The second text stands in the first, sign by sign: capitals are other signs than small letters."""

    type = Boolean()
    inherit_cache = True


@compiles(within)
def _instr(element: ColumnElement[str], compiler: Any, **named: Any) -> str:
    return f"instr({compiler.process(element.clauses, **named)}) > 0"


@compiles(within, "postgresql")
def _strpos(element: ColumnElement[str], compiler: Any, **named: Any) -> str:
    return f"strpos({compiler.process(element.clauses, **named)}) > 0"


CENT = Decimal("0.01")


class Instant(TypeDecorator[datetime]):
    """An instant in UTC: aware in Python on both databases. A naive value is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Euro(TypeDecorator[Decimal]):
    """An exact amount with two decimals: `Numeric(14, 2)`, and whole cents where SQLite would use a float."""

    impl = Numeric(14, 2)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        stored: TypeEngine[Any] = BigInteger() if dialect.name == "sqlite" else Numeric(14, 2)
        return dialect.type_descriptor(stored)

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> Decimal | int | None:
        if value is None:
            return None
        if isinstance(value, float):
            raise TypeError("an amount is a Decimal, never a float")
        amount = Decimal(value)
        if amount != amount.quantize(CENT):
            raise ValueError("an amount has at most two decimals")
        return int(amount * 100) if dialect.name == "sqlite" else amount.quantize(CENT)

    def process_result_value(self, value: Decimal | int | None, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        return Decimal(value).scaleb(-2).quantize(CENT) if dialect.name == "sqlite" else Decimal(value).quantize(CENT)
