"""Text in one order on both databases, whatever language the server was set up for."""

from typing import Any

from sqlalchemy import ColumnElement, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction


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
