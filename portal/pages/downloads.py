"""Downloads below /download/: what a page shows, with the same filter and the same scope, as a workbook."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from io import BytesIO

from flask import Blueprint, Response, abort, request, send_file
from sqlalchemy.orm import Session

from portal import clock
from portal.auth.guard import current_viewer
from portal.db.engine import reading
from portal.exports.workbook import About, Column, Table, workbook
from portal.field_labels import field_meaning
from portal.pages import PAGES
from portal.permissions import Permission, Viewer, require
from portal.queries.about import portal_state
from portal.vocabulary import DEMO_NOTICE

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
blueprint = Blueprint("downloads", __name__)

Made = tuple[About, tuple[Table, ...]]


@dataclass(frozen=True, slots=True)
class Download:
    """A workbook that a viewer with `right` may have; `make` gets the address's query as it was typed."""

    right: Permission
    make: Callable[[Session, Viewer, Mapping[str, str]], Made]


@cache
def offered() -> dict[str, Download]:
    """Every download by its name, `<page>/<table>`, gathered from the pages' folders."""
    return {
        f"{page.name}/{name}": download
        for page in PAGES
        for file in ("cards", "page")
        if find_spec(f"{page.module}.{file}")
        for name, download in getattr(page.file(file), "DOWNLOADS", {}).items()
    }


def download_path(page: str, table: str, query: str = "") -> str:
    """The address of a download, with the query that the page itself carries."""
    return f"/download/{page}/{table}.xlsx" + (f"?{query}" if query else "")


def with_meanings(table: Table) -> Table:
    """Each column with what it means: of a number its own sentence, of a field what its table says of it."""
    return replace(table, columns=tuple(_with_meaning(one, table.of.split()) for one in table.columns))


def _with_meaning(column: Column, of: Sequence[str]) -> Column:
    return replace(column, meaning=column.meaning or field_meaning(column.heading, column.key, *of))


@blueprint.get("/download/<page>/<table>.xlsx")
def send_workbook(page: str, table: str) -> Response:
    download = offered().get(f"{page}/{table}")
    if download is None:
        abort(404)
    viewer = current_viewer()
    require(viewer, Permission.EXPORT_DATA)
    require(viewer, download.right)
    with reading() as session:
        about, tables = download.make(session, viewer, request.args)
        notice = DEMO_NOTICE if portal_state(session).is_demo else ""
    explained = tuple(map(with_meanings, tables))
    data = workbook(replace(about, notice=notice, downloaded_at=clock.now().astimezone(clock.REGION_TIME)), explained)
    name = f"{table}-{clock.today():%Y-%m-%d}.xlsx"
    return send_file(BytesIO(data), XLSX, as_attachment=True, download_name=name)
