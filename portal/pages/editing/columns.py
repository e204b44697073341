"""The columns of a grid that is edited: each field with the editor that fits it."""

from collections.abc import Mapping
from typing import Any

from portal.components.grids import WRAPS, ColumnDef
from portal.pages.editing.kinds import Choice, Editable, Field
from portal.pages.editing.rows import Choices
from portal.values import Day, Euro, Prose, Ref, Share, Words, YesNo

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
        **(WRAPS if field.wraps else {}),
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
        "headerName": "",
        "width": 112,
        "editable": False,
        "sortable": False,
        "cellRenderer": "Archiver",
    }
