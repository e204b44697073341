"""A portal of one page, with the doors of the real one, for tests of the doors."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypedDict

import dash
from dash import ALL, MATCH, Dash, Input, Output, State, dcc, html
from dash._callback import GLOBAL_CALLBACK_LIST, GLOBAL_CALLBACK_MAP, GLOBAL_INLINE_SCRIPTS
from flask import Flask

from portal import auth, problems
from portal.auth import callbacks, first
from portal.auth.callbacks import callback
from portal.commands.base import Conflict, Refused
from portal.config import Settings
from portal.permissions import Permission, PermissionDenied, RowNotFound, Viewer

PATHS = {"/", "/inventaris", "/uitdaging/U-1"}
ERRORS = {
    "refused": Refused("Dit kan niet; er is niets gewijzigd."),
    "conflict": Conflict("An wijzigde dit om 10:00; er is niets gewijzigd."),
    "denied": PermissionDenied(Permission.EDIT_MONEY),
    "hidden": RowNotFound("challenge 7"),
    "broken": ZeroDivisionError("geheime waarde 4711"),
}


def page_exists(path: str, viewer: Viewer) -> bool:
    return path in PATHS


def make_server(settings: Settings) -> Flask:
    """A Flask server with the doors, and routes that nobody listed."""
    server = Flask("small", static_folder=None)
    problems.install(server)
    server.add_url_rule("/healthz", "healthz", lambda: "ok")
    server.add_url_rule("/readyz", "readyz", lambda: "ok")
    server.add_url_rule("/stuurgroep/kalender.ics", "feed", lambda: "agenda")
    server.add_url_rule("/assets/<path:name>", "assets", lambda name: name)
    server.add_url_rule("/geheim", "unlisted", lambda: "geheim", methods=["GET", "POST"])
    server.add_url_rule("/download/<name>", "download", download)
    auth.install(server, settings, page_exists)
    return server


def download(name: str) -> str:
    if name in ERRORS:
        raise ERRORS[name]
    return "een bestand"


def make_app(settings: Settings) -> Dash:
    """The server with Dash on it. Leaves Dash's global lists as they were: the real portal needs them too."""
    server = make_server(settings)
    with _own_callbacks():
        app = Dash(
            "small",
            server=server,
            use_pages=True,
            pages_folder="",
            assets_folder="nowhere",
            assets_url_path="kleren",
            suppress_callback_exceptions=True,
            on_error=problems.on_error,
            enable_mcp=False,
        )
        app.layout = html.Div([problems.problem_place(), dash.page_container, dcc.Location(id="place")])
        _register()
        auth.protect_dash(app)
    return app


@contextmanager
def _own_callbacks() -> Iterator[None]:
    lists: list[list[Any]] = [GLOBAL_CALLBACK_LIST, GLOBAL_INLINE_SCRIPTS, first.KNOWN]
    kept_lists, kept_map = [list(one) for one in lists], dict(GLOBAL_CALLBACK_MAP)
    registries = (callbacks.RIGHTS, callbacks.DECLARED, callbacks.CLIENTSIDE, first._BY_PLACE)
    kept_registries = [registry.copy() for registry in registries]
    for one in (*lists, GLOBAL_CALLBACK_MAP, callbacks.RIGHTS, callbacks.CLIENTSIDE, first._BY_PLACE):
        one.clear()
    yield
    for one, kept in zip(lists, kept_lists, strict=True):
        one[:] = kept
    GLOBAL_CALLBACK_MAP.clear()
    GLOBAL_CALLBACK_MAP.update(kept_map)
    for registry, kept in zip(registries, kept_registries, strict=True):
        registry.clear()
        registry.update(kept)  # type: ignore[arg-type]


def _register() -> None:
    callback(Permission.VIEW_PORTAL, Output("echo", "children"), Input("word", "value"))(echo)
    callback(Permission.MANAGE_PORTAL, Output("admin", "children"), Input("word", "value"))(manage)
    callback(Permission.VIEW_PORTAL, Output("fails", "children"), Input("word", "value"))(fail)
    callback(Permission.VIEW_PORTAL, Output("cell", "children"), Input("grid", "cellValueChanged"))(first_cell)
    callback(Permission.VIEW_PORTAL, Output("file", "children"), Input("upload", "contents"))(length)
    callback(Permission.VIEW_PORTAL, Input("word", "n_blur"))(note)
    callback(
        Permission.VIEW_PORTAL,
        Output({"kind": "sum", "row": MATCH}, "children"),
        Input({"kind": "amount", "row": MATCH}, "value"),
    )(same)
    callback(
        Permission.VIEW_PORTAL,
        Output("total", "children"),
        Output("count", "children"),
        Input({"kind": "amount", "row": ALL}, "value"),
        State("word", "value"),
    )(add)
    auth.clientside("function(word) { return word; }", Output("loud", "children"), Input("word", "value"))


class Cell(TypedDict):
    colId: str
    value: str | int | None


def echo(word: str) -> str:
    return f"{word}!"


def manage(word: str) -> str:
    return "beheer"


def first_cell(cells: list[Cell]) -> str:
    return cells[0]["colId"]


def length(file: str) -> int:
    return len(file)


def note(times: int) -> None:
    pass


def same(amount: int) -> int:
    return amount


def add(amounts: list[int], word: str | None) -> tuple[str, str | None]:
    return str(sum(amounts)), word


def fail(word: str) -> str:
    if word in ERRORS:
        raise ERRORS[word]
    return word


def body(output: str = "echo", value: Any = "dag", **other: Any) -> dict[str, Any]:
    """What the renderer posts for a callback of one output on the input `word`."""
    return {
        "output": f"{output}.children",
        "outputs": {"id": output, "property": "children"},
        "inputs": [{"id": "word", "property": "value", "value": value}],
        "changedPropIds": ["word.value"],
        "parsedChangedPropsIds": ["word.value"],
    } | other
