"""Fields and columns as they follow from what is said of a table."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy.orm import Session

from portal.commands.acts import Acts, nobody
from portal.components.grids import WRAPS, ColumnDef
from portal.entities.fields import Entity, fields_of
from portal.pages.editing.kinds import Added, Choice, Choices, Editable, Field, Rows, Values
from portal.permissions import Viewer
from portal.queries import reference
from portal.queries.money import grants
from portal.values import Day, Euro, Prose, Ref, Share, Whole, Words, YesNo
from portal.vocabulary import Word

Listed: TypeAlias = Callable[[Session, Viewer], Sequence[tuple[str, str]]]
How: TypeAlias = dict[str, Any]
"""What a form or grid says otherwise of a field, by the names of `Field`."""

LISTS: Mapping[str, Listed] = {
    "atelier": reference.atelier_options,
    "collaboration_type": reference.numbered_type_options,
    "dimension": reference.dimension_options,
    "subsidy_grant": grants.grant_options,
    "indicator": reference.indicator_options,
    "partner": reference.partner_options,
    "service": reference.service_options,
    "subsidy_call": grants.call_options,
    "theme": reference.theme_options,
}
"""What may be chosen, by the table that a field points at."""
WIDTHS: Sequence[tuple[type[Any], int]] = (
    (Day, 135),
    (Euro, 140),
    (Share, 130),
    (Whole, 100),
    (YesNo, 128),
    (Words, 145),
    (Ref, 160),
    (Prose, 240),
)
LINE_WIDTH = 190
NEW: How = {"only_new": True, "in_grid": False}
"""Said once, in the form that adds; the grid has no column for it."""


def some(*words: Word) -> How:
    """Of a list of words only these can be chosen."""
    return {"kind": Ref(), "choices": lambda *_: [(word.value, word.label) for word in words]}


Place: TypeAlias = str | Callable[[Session, Viewer, str], Values]
"""Under which name an act that adds takes what a place is about; or what it takes, by name."""


def named(row: Any, *_: object) -> Added:
    return Added(f"{row.code} {row.title}" if hasattr(row, "code") else row.title)


def editable(
    acts: Acts[Any],
    rows: Rows,
    shown: tuple[Field, ...] = (),
    *,
    place: Place = "",
    told: Callable[[Any, Values, str], Added] = named,
    **own: Any,
) -> Editable:
    """What people edit of a table, as its acts and its entity say it: all fields, where none are `shown`.

    `told`: what was added, of the row, what was typed, and where. `own`: what differs here, by the names of `Editable`.
    """

    entity = acts.entity

    def add(session: Session, by: Viewer, of: str, values: Values) -> Added:
        about = ({place: of} if place and of else {}) if isinstance(place, str) else place(session, by, of)
        said = {key: value for key, value in values.items() if value is not None or key in entity.shape.needed}
        return told(acts.add_said(session, by, said, **about), values, of)

    said: dict[str, Any] = {
        "name": entity.many,
        "one": entity.one,
        "right": acts.right,
        "fields": shown or fields(entity),
        "change": acts.change,
        "add": None if acts.add is nobody else add,
        "archive": None if acts.archive is nobody else acts.archive,
        "restore": None if acts.restore is nobody else acts.restore,
    }
    return Editable(rows=rows, **said | own)


def fields(entity: Entity, keys: str = "", told: str = "", **how: Any) -> tuple[Field, ...]:
    """Those of these keys (else all that people type, in the order of the entity), each as its table says it.

    `told` are keys that are shown before them and never typed. `how`: by key, what differs here (a `How`).
    """
    shown = [_field(entity.model, key, {"fixed": True, **how.get(key, {})}) for key in told.split()]
    typed = [_field(entity.model, key, how.get(key, {})) for key in (keys or f"{entity.once} {entity.typed}").split()]
    return (*shown, *typed)


def _field(model: Any, key: str, how: How) -> Field:
    of = fields_of(model)[key]
    fixed = bool(how.get("fixed")) and not how.get("only_new")
    said: dict[str, Any] = {
        "label": of.label,
        "kind": of.kind,
        "required": of.required and not fixed,
        "choices": LISTS.get(of.points_at.table) if of.points_at else None,
        "width": next((width for kind, width in WIDTHS if isinstance(of.kind, kind)), LINE_WIDTH),
        "empty": of.shown.empty or "leeg",
        "start": of.start,
        "hint": of.shown.hint,
    }
    return Field(key, **said | dict(how))


AMOUNT = {
    "headerClass": "ag-right-aligned-header",
    "comparator": {"function": "byTyped"},
}
DAY = {"cellEditor": {"function": "DayEditor"}, "comparator": {"function": "byDay"}}
LONG_TEXT = {"cellEditor": "agLargeTextCellEditor", "cellEditorPopup": True}


def columns_of(editable: Editable, choices: Choices) -> list[ColumnDef]:
    """The fields in their order, what is fixed first; then, where rows can be archived, the way to do so."""
    shown = [field for field in editable.fields if field.in_grid]
    ordered = [*(field for field in shown if field.fixed), *(field for field in shown if not field.fixed)]
    columns = [_column(field, choices.get(field.key, ())) for field in ordered]
    return [*columns, _archiver()] if editable.archive else columns


def _column(field: Field, choices: tuple[Choice, ...]) -> ColumnDef:
    names = {choice.value: choice.label for choice in choices}
    amount = isinstance(field.kind, Euro | Share)
    return {
        "field": field.key,
        "headerName": field.label,
        "width": field.width,
        "editable": not field.fixed,
        "cellRenderer": "EditCell",
        "cellRendererParams": {"kind": field.kind.name, "names": names, "empty": field.empty},
        "cellClass": ("fixed-cell" if field.fixed else "edit-cell") + (" amount-cell" if amount else ""),
        **(AMOUNT if amount else {}),
        **WRAPS,
        "filter": "agTextColumnFilter",
        "floatingFilter": True,
        "suppressFloatingFilterButton": True,
        "suppressHeaderFilterButton": True,
        "filterParams": {"textFormatter": {"function": "foldText(params)"}},
        **({"filterValueGetter": {"function": "nameIn(params)"}} if names else {}),
        **({"pinned": "left"} if field.pinned else {}),
        **_editor(field, names),
    }


def _editor(field: Field, names: Mapping[str, str]) -> ColumnDef:
    empty = [] if field.required else [""]
    match field.kind:
        case Words() | Ref():
            return _list([*empty, *names], {"": "leeg", **names})
        case YesNo():
            return _list([*empty, "ja", "nee"], {"": "leeg", "ja": "ja", "nee": "nee"})
        case Prose() if field.kind.name == Prose.name:
            return {**LONG_TEXT, "cellEditorParams": {"maxLength": field.kind.longest, "rows": 8, "cols": 60}}
        case Day():
            return DAY
        case _:
            return {"cellEditor": "agTextCellEditor", "cellEditorParams": {"maxLength": field.kind.longest}}


def _list(values: list[str], names: dict[str, str]) -> ColumnDef:
    return {"cellEditor": "agSelectCellEditor", "cellEditorParams": {"values": values}, "refData": names}


def _archiver() -> dict[str, Any]:
    return {
        "colId": "_archive",
        "headerName": "Archiveren",
        "width": 140,
        "editable": False,
        "sortable": False,
        "cellRenderer": "Archiver",
    }
