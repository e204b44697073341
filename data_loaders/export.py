"""A kind's rows as the workbook that `load` takes back, or the same workbook without rows."""

from sqlalchemy.orm import Session

from data_loaders.kind import Kind, Table
from data_loaders.load import refuse_stranger
from data_loaders.sheets import CHOICES, EXPLANATION, VERSION
from data_loaders.sheets import Column as Described
from portal import clock, values
from portal.exports.template import About, Column, Names, Sheet, template
from portal.exports.workbook import Kind as CellKind
from portal.permissions import Permission, Viewer, require
from portal.queries.about import portal_state
from portal.queries.glossary import terms
from portal.vocabulary import DEMO_NOTICE

NAMES = Names(EXPLANATION, CHOICES)
KINDS_OF_CELL: dict[type[values.Kind], CellKind] = {
    values.Day: CellKind.DATE,
    values.Euro: CellKind.EURO,
    values.Share: CellKind.PERCENT,
    values.Whole: CellKind.NUMBER,
    values.Number: CellKind.DECIMAL,
}
RULES = (
    "Wijzig cellen of voeg rijen toe, bewaar als .xlsx en lees het bestand weer in. Een rij die u weglaat, blijft in "
    "het portaal staan.",
    "Grijze kolommen wijzigt u niet. Namen van bladen en kolomkoppen blijven zoals ze zijn.",
)
YES_NO = ("ja", "nee")


def export(kind: Kind, session: Session, viewer: Viewer, *, empty: bool = False) -> bytes:
    """An .xlsx file with what the viewer may change of this kind; `empty`: only the sheets, to fill in.

    Raises PermissionDenied for who may not load this kind.
    """
    require(viewer, Permission.EXPORT_DATA)
    refuse_stranger(kind, viewer)
    state = portal_state(session)
    about = About(
        title=f"{kind.called}: {'leeg formulier' if empty else 'de gegevens die u mag wijzigen'}",
        as_of=state.as_of,
        by=viewer.name or viewer.role.label,
        notice=DEMO_NOTICE if state.is_demo else "",
        rules=RULES,
        words=terms(session, viewer),
    )
    return template(about, tuple(_sheet(table, empty) for table in kind.tables(session, viewer)), NAMES)


def file_name(kind: Kind, *, empty: bool = False) -> str:
    return f"{kind.stem}-leeg.xlsx" if empty else f"{kind.stem}-{clock.today():%Y-%m-%d}.xlsx"


def _sheet(table: Table, empty: bool) -> Sheet:
    labels = {one.key: labels_of(one.kind) for one in table.sheet.columns}
    columns = tuple(
        _column(one, tuple(labels[one.key].get(choice, choice) for choice in table.choices.get(one.key, ())))
        for one in table.sheet.columns
    )
    said = [{key: names.get(row[key], row[key]) for key, names in labels.items()} for row in table.rows]
    return Sheet(table.sheet.name, columns, [] if empty else said)


def labels_of(kind: values.Kind) -> dict[str, str]:
    """What people read for each code of a list; a label that would not be read back as its code is left out."""
    if not isinstance(kind, values.Words | values.Ref):
        return {}
    return {code: label for code, label in kind.options if _means(kind, label) == code}


def _means(kind: values.Words | values.Ref, label: str) -> str | None:
    try:
        return kind.code_of(label)
    except values.Wrong:
        return None


def _column(described: Described, choices: tuple[str, ...]) -> Column:
    return Column(
        heading=described.heading,
        key=described.key,
        means=described.means,
        says=described.explained,
        kind=KINDS_OF_CELL.get(type(described.kind), CellKind.TEXT),
        choices=YES_NO if isinstance(described.kind, values.YesNo) else choices,
        quiet=described.info or described is VERSION,
    )
