"""Wires the portal together. Everything is imported here and nobody imports this."""

from importlib import import_module
from typing import Any

import dash
from dash import Dash
from flask import Flask, request
from flask_bootstrap import Bootstrap5
from sqlalchemy.orm import configure_mappers

from portal import auth, problems, static_files
from portal.config import ROOT, Settings
from portal.db.engine import current_engine, reading
from portal.operation.probes import install_health
from portal.pages import PAGES, downloads, page_at, shell, steering_calendar, steering_pack
from portal.permissions import Viewer
from portal.queries.exists import row_exists
from portal.queries.people import is_first_visit

INDEX = """<!doctype html>
<html lang="nl">
  <head>{%metas%}<meta name="viewport" content="width=device-width, initial-scale=1"><title>{%title%}</title>
  <link rel="icon" href="/assets/logo.svg">{%css%}</head>
  <body>{%app_entry%}{%config%}{%scripts%}{%renderer%}</body>
</html>"""


class Portal(Dash):
    """Dash, with Dutch on the page before its own code has come, and room for the first steps of who needs them."""

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override] # all of them by name
        waiting = parts["app_entry"].replace("Loading...", "Bezig met laden …")
        if _first_visit():
            waiting = f'<div class="first-visit">{waiting}</div>'
        page: str = super().interpolate_index(**parts | {"app_entry": waiting})  # type: ignore[no-untyped-call]
        return page


def create_app(settings: Settings) -> Dash:
    """The portal as a Dash application; `.server` is what a web server runs. Once per process."""
    configure_mappers()  # else the first requests at once would each begin to, in their own thread
    server = Flask("portal", static_folder=None, static_url_path="/static", root_path=str(ROOT / "portal"))
    server.config["BOOTSTRAP_SERVE_LOCAL"] = True
    Bootstrap5(server)
    app = _dash()
    # first: what runs after a request runs in reverse order, and caching has the last word
    static_files.serve_static_well(server, app)
    install_health(server, current_engine)
    auth.install(server, settings, page_exists)
    problems.install(server)
    server.register_blueprint(downloads.blueprint)
    server.register_blueprint(steering_pack.blueprint)
    server.register_blueprint(steering_calendar.blueprint)
    app.init_app(server)
    _register_pages()
    app.layout = shell.layout
    auth.protect_dash(app)
    return app


def _dash() -> Dash:
    return Portal(
        "portal",
        server=False,
        use_pages=True,
        pages_folder="",
        assets_folder=str(ROOT / "assets"),
        assets_path_ignore=static_files.ASSETS_PATH_IGNORE,
        external_stylesheets=static_files.bootstrap_stylesheets(),
        suppress_callback_exceptions=True,
        on_error=problems.on_error,
        title="Digitale transformatie",
        index_string=INDEX,
        update_title="",
        compress=False,
        enable_mcp=False,
    )


def _register_pages() -> None:
    shell.register()
    for page in PAGES:
        dash.register_page(  # type: ignore[no-untyped-call]
            page.module,
            path_template=page.path,
            title=f"{page.title} · Digitale transformatie",
            layout=auth.guarded_layout(page.right, page.file("page").layout),
        )
    import_module("portal.pages.editing.callbacks")
    import_module("portal.pages.linking")


def _first_visit() -> bool:
    viewer = auth.viewer_or_none()
    if viewer is None:
        return False
    with reading() as session:
        return is_first_visit(session, viewer)


def page_exists(path: str, viewer: Viewer) -> bool:
    """Whether this viewer finds a page at the path: a row outside the scope does not exist."""
    found = page_at(path)
    if found is None or not viewer.may(found[0].right):
        return False
    with reading() as session:
        return row_exists(session, viewer, found[0].name, found[1] or request.args.get(found[0].key, ""))
