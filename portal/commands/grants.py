"""Subsidy files and how they meet the conditions of the subsidy; for who answers for all the money.

That requested or awarded is above the ceiling of the call is shown where the file is read, and never refused here.
"""

from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.commands.amounts import exact_amounts, shared_project
from portal.commands.base import Refused, command
from portal.commands.codes import codes_after
from portal.commands.editing import Pointer, Shape, Values, columns_of, edit, filled, hold, put
from portal.db.models import Grant, GrantCondition, Partner, Project, SubsidyCall, SubsidyCondition
from portal.permissions import Permission, PermissionDenied, Viewer, scope

SHAPE = Shape(
    columns=frozenset({"title", "requested", "awarded", "subsidy_rate", "starts_on", "ends_on"}),
    pointers={
        "subsidy_call": Pointer("subsidy_call_id", SubsidyCall),
        "holder": Pointer("holder_id", Partner, "slug"),
        "project": Pointer("project_id", Project),
    },
    required=frozenset({"title", "subsidy_call"}),
)
CONDITION = Shape(columns=frozenset({"met", "note"}))
FIRST = "D-1"
WHOLE, HUNDREDTH_OF_PERCENT = Decimal(1), Decimal("0.0001")


@command(Permission.EDIT_MONEY)
def change_grant(session: Session, by: Viewer, *, grant_id: int, version: int, values: Values) -> Grant:
    """Keys of `values`: those of SHAPE. `subsidy_rate` is a share between 0 and 1."""
    row = hold(session, Grant, grant_id)
    _refuse_part(by, row.code)
    with session.no_autoflush:  # dates the wrong way round are told in words, not by the database
        edit(session, row, version, _checked(session, values), SHAPE)
    _refuse_backwards(row)
    return row


@command(Permission.EDIT_MONEY)
def add_grant(session: Session, by: Viewer, *, values: Values) -> Grant:
    """With the next code, and every condition of the subsidy still to be looked at."""
    _refuse_part(by, "new")
    session.execute(select(SubsidyCall.id).order_by(SubsidyCall.id).with_for_update(key_share=True)).all()
    row = Grant(code=next(codes_after(session, Grant, FIRST)))
    complete = dict.fromkeys(sorted(SHAPE.required)) | dict(values)
    put(row, columns_of(session, _checked(session, complete), SHAPE))
    _refuse_backwards(row)
    session.add(row)
    session.flush()
    known = session.scalars(select(SubsidyCondition.id).order_by(SubsidyCondition.position, SubsidyCondition.id))
    session.add_all([GrantCondition(grant_id=row.id, subsidy_condition_id=condition) for condition in known])
    return row


@command(Permission.EDIT_MONEY)
def change_grant_condition(
    session: Session, by: Viewer, *, condition_id: int, version: int, values: Values
) -> GrantCondition:
    """Keys of `values`: met (None: nobody looked at it yet) and note."""
    row = hold(session, GrantCondition, condition_id)
    _refuse_part(by, f"condition {condition_id}")
    edit(session, row, version, filled(values, ("note",)), CONDITION)
    return row


def _refuse_part(by: Viewer, what: str) -> None:
    """The file is everybody's to read and only theirs to change who answer for every atelier."""
    if not scope(by, Permission.EDIT_MONEY).everything:
        raise PermissionDenied(Permission.EDIT_MONEY, f"subsidy file {what}")


def _refuse_backwards(row: Grant) -> None:
    if row.starts_on and row.ends_on and row.ends_on < row.starts_on:
        raise Refused("Het einde ligt voor de start; er is niets gewijzigd.")


def _checked(session: Session, values: Values) -> Values:
    """Raises Refused for an amount below zero, for a rate that is no share and for a project that is not shared."""
    shared_project(session, values)
    exact_amounts(values, ("requested", "awarded"), least=Decimal(0))
    rate = values.get("subsidy_rate")
    if rate is None:
        return values
    if not isinstance(rate, Decimal):
        raise TypeError(f"subsidy_rate is a Decimal, never a {type(rate).__name__}")
    if not 0 <= rate <= WHOLE or rate != rate.quantize(HUNDREDTH_OF_PERCENT):
        raise Refused("Subsidiepercentage ligt tussen 0 en 100 %, met hoogstens twee decimalen; er is niets gewijzigd.")
    return values
