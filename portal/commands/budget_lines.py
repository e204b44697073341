"""Budget lines: added, changed, archived and brought back, each within the ateliers that the person answers for."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.commands.amounts import exact_amounts, shared_project
from portal.commands.base import Refused, changed, command
from portal.commands.codes import codes_after, free_code
from portal.commands.editing import Pointer, Shape, Values, columns_of, edit, filled, hold, put
from portal.db.models import Atelier, Booking, BudgetLine, Grant, Partner, Project
from portal.permissions import Permission, PermissionDenied, RowNotFound, Viewer, scope

SHAPE = Shape(
    columns=frozenset({"year", "cost_kind", "funding", "funding_state", "description", "amount"}),
    pointers={
        "grant": Pointer("grant_id", Grant),
        "atelier": Pointer("atelier_id", Atelier),
        "partner": Pointer("partner_id", Partner, "slug"),
        "project": Pointer("project_id", Project),
    },
    required=frozenset({"grant", "year", "cost_kind", "funding", "funding_state", "amount"}),
)
FIRST = "L-001"
YEARS = range(1990, 2101)


@command(Permission.EDIT_MONEY)
def change_line(session: Session, by: Viewer, *, line_id: int, version: int, values: Values) -> BudgetLine:
    """Keys of `values`: those of SHAPE. A line stays within the person's own ateliers."""
    row = own_line(session, by, line_id)
    edit(session, row, version, _checked(session, values), SHAPE)
    _refuse_elsewhere(by, row)
    return row


@command(Permission.EDIT_MONEY)
def add_line(session: Session, by: Viewer, *, values: Values, code: str | None = None) -> BudgetLine:
    """Without a code it gets the next one; without an atelier the only one of who answers for one."""
    if code is None:
        hold_codes(session)
    code = free_code(session, BudgetLine, code) if code else next(codes_after(session, BudgetLine, FIRST))
    row = BudgetLine(code=code)
    complete = dict.fromkeys(sorted(SHAPE.required)) | dict(values)
    put(row, columns_of(session, _checked(session, complete), SHAPE))
    own = scope(by, Permission.EDIT_MONEY).atelier_ids
    if row.atelier_id is None and own and len(own) == 1:
        row.atelier_id = next(iter(own))
    _refuse_elsewhere(by, row)
    session.add(row)
    session.flush()
    return row


@command(Permission.EDIT_MONEY)
def archive_line(session: Session, by: Viewer, *, line_id: int, version: int) -> BudgetLine:
    """Out of every list and total, with its forecasts. Raises Refused while money is booked on it: what is spent does
    not disappear from a total by a click on something else."""
    row = own_line(session, by, line_id)
    edit(session, row, version, {}, SHAPE)
    booked = session.scalar(select(func.count()).where(Booking.budget_line_id == row.id, Booking.archived_at.is_(None)))
    if booked:
        raise Refused(f"Op lijn {row.code} is al geboekt ({booked} keer); archiveer of verplaats eerst die boekingen.")
    changed(row, archived_at=clock.now())
    return row


@command(Permission.EDIT_MONEY)
def restore_line(session: Session, by: Viewer, *, line_id: int) -> BudgetLine:
    row = session.get(BudgetLine, line_id, with_for_update=True, populate_existing=True)
    if row is None or not _is_own(by, row):
        raise RowNotFound(f"budget_line {line_id}")
    changed(row, archived_at=None)
    return row


def own_line(session: Session, by: Viewer, line_id: int) -> BudgetLine:
    """Held. A line of another atelier does not exist for who may not read it either."""
    row = hold(session, BudgetLine, line_id)
    if not _is_own(by, row):
        raise RowNotFound(f"budget_line {line_id}")
    return row


def line_named(session: Session, by: Viewer, code: object) -> BudgetLine:
    """Held. Raises Refused for a code that means no line of this person's ateliers."""
    found = select(BudgetLine).where(BudgetLine.code == str(code), BudgetLine.archived_at.is_(None))
    row = session.scalars(found.with_for_update().execution_options(populate_existing=True)).one_or_none()
    if row is None or not _is_own(by, row):
        raise Refused(f"Budgetlijn ‘{code or ''}’ bestaat niet; kies er een uit de lijst.")
    return row


def hold_codes(session: Session) -> None:
    """Until the command ends nobody else gives out a code of a line or a booking. Taken before any line is held."""
    session.execute(select(Grant.id).order_by(Grant.id).with_for_update(key_share=True)).all()


def _is_own(by: Viewer, row: BudgetLine) -> bool:
    return scope(by, Permission.EDIT_MONEY).has_atelier(row.atelier_id)


def _refuse_elsewhere(by: Viewer, row: BudgetLine) -> None:
    if _is_own(by, row):
        return
    if row.atelier_id is None:
        raise Refused("Atelier mag niet leeg zijn: kies een van uw ateliers; er is niets gewijzigd.")
    raise PermissionDenied(Permission.EDIT_MONEY, row.code)


def _checked(session: Session, values: Values) -> Values:
    """Empty texts as the column has them. Raises Refused for an amount, a year or a project that cannot be."""
    shared_project(session, values)
    exact_amounts(values, ("amount",))
    if values.get("year") is not None and values["year"] not in YEARS:
        raise Refused(f"Jaar ligt tussen {YEARS[0]} en {YEARS[-1]}; er is niets gewijzigd.")
    return filled(values, ("description",))
