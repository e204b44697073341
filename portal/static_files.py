"""Static files: compressed once, kept by the browser for a year, and the smaller plotly.js.

**Compression.** Answers under `STATIC` are compressed the first time they are asked for and kept in memory, by the
digest of their content: a changed file is another entry. `warm()` does the known big ones before the server forks,
harder than there is time for during a request. Answers made per request (JSON, HTML) over a kilobyte are compressed
lightly each time. What is already encoded is left alone.

**Caching.** An address that carries a fingerprint never changes its content: `immutable` for a year, so that a reload
asks for none of them. Every other static file has an ETag and answers 304. Dash fingerprints its own files and
`assets/`; `bootstrap_stylesheets()` and `use_small_plotly()` do it for the rest.

**plotly.js.** `dcc.Graph` fetches plotly.js when the first chart appears on a page, from `window._dashPlotlyJSURL`,
which the renderer sets to the full bundle without a fingerprint. `use_small_plotly()` puts the address of
`assets/vendor/plotly-basic.min.js` (bars, scatters: all our figures use) in a meta tag, and `assets/plotly-source.js`
pins that property to it. `assets/vendor/` must not be loaded with every page: `ASSETS_PATH_IGNORE` is for Dash.

**The grid.** Dash would load the library of a grid with every page. `use_grid_on_demand()` takes it out of what a page
loads and puts its address in a meta tag, from which `assets/grid-source.js` fetches it for the first grid.

Register this before anything else that sets headers: functions after a request run in reverse order, and the caching
of static files must have the last word.
"""

import gzip
import pkgutil
import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from hashlib import blake2b
from http import HTTPStatus
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import brotli
import dash_ag_grid
from dash import Dash, dash_table
from dash.fingerprint import build_fingerprint
from flask import Flask, Response, request

STATIC = ("/assets/", "/_dash-component-suites/", "/bootstrap/static/", "/_favicon.ico")
ASSETS_PATH_IGNORE = ["vendor"]
PLOTLY = "vendor/plotly-basic.min.js"
GRID = "dash_ag_grid.min.js"
FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "public, no-cache"
SMALLEST = 1024
_TEXT = re.compile(r"^(text/|application/(json|javascript|xml)|image/svg)")
_FINGERPRINT = re.compile(r"\.v[\w-]+m[0-9a-fA-F]+(?=\.)")  # as dash.fingerprint writes it
_SUITE = "/_dash-component-suites/"
_UNLISTED = (
    ("flask_bootstrap", "static/bootstrap5/css/bootstrap.min.css"),
    ("dash", "dcc/async-graph.js"),
    ("dash_ag_grid", GRID),
    ("dash_ag_grid", "async-community.js"),
)


class Shelf:
    """Compressed files by the digest of their content and their encoding.

    Grows with the number of static files only.
    """

    def __init__(self) -> None:
        self._packed: dict[tuple[str, str], bytes] = {}
        self._lock = threading.Lock()

    def pack(self, content: bytes, digest: str, encoding: str, quality: int = 9) -> bytes:
        key = digest, encoding
        if key not in self._packed:
            packed = _compress(content, encoding, quality)
            with self._lock:
                self._packed.setdefault(key, packed)
        return self._packed[key]


def _compress(content: bytes, encoding: str, quality: int) -> bytes:
    if encoding == "br":
        packed: bytes = brotli.compress(content, quality=quality)
        return packed
    return gzip.compress(content, compresslevel=min(quality, 9), mtime=0)


def digest_of(content: bytes) -> str:
    return blake2b(content, digest_size=12).hexdigest()


def bootstrap_stylesheets() -> list[str]:
    """For Dash's `external_stylesheets`: Bootstrap by the address of its version."""
    return [f"/bootstrap/static/css/bootstrap.min.css?v={version('bootstrap-flask')}"]


def use_small_plotly(app: Dash) -> None:
    """Tells assets/plotly-source.js where the bundle is. Raises FileNotFoundError when it is not there."""
    content = (Path(app.config.assets_folder) / PLOTLY).read_bytes()
    address = f"{app.get_asset_url(PLOTLY)}?m={digest_of(content)}"
    app.config.meta_tags.append({"name": "plotly-bundle", "content": address})


def use_grid_on_demand(app: Dash) -> None:
    """Tells assets/grid-source.js where the library is. Raises StopIteration when it is not among Dash's resources."""
    file = next(one for one in dash_ag_grid._js_dist if one["relative_package_path"] == GRID)
    file["dynamic"] = True  # served, and not loaded with a page
    changed = int((Path(dash_ag_grid.__file__).parent / GRID).stat().st_mtime)
    name = build_fingerprint(GRID, version("dash-ag-grid"), changed)  # type: ignore[no-untyped-call]
    app.config.meta_tags.append({"name": "grid-bundle", "content": f"{_SUITE}dash_ag_grid/{name}"})


def leave_out_the_table() -> None:
    """Dash loads a table of its own with every page; our lists are grids or plain tables."""
    for file in dash_table._js_dist:  # type: ignore[attr-defined]
        if "async" not in file:
            file["dynamic"] = True


def serve_static_well(server: Flask, app: Dash) -> None:
    """Compression and caching of every answer of `server`, and the small plotly.js for `app`. Call it first."""
    shelf = server.extensions.setdefault("static_shelf", Shelf())
    use_small_plotly(app)
    use_grid_on_demand(app)
    leave_out_the_table()
    server.after_request(partial(_finish, shelf))


def _finish(shelf: Shelf, answer: Response) -> Response:
    if request.path.startswith(STATIC):
        return _static(shelf, answer)
    if answer.mimetype in ("application/json", "text/html") and not answer.is_streamed:
        return _made_now(answer)
    return answer


def _static(shelf: Shelf, answer: Response) -> Response:
    if answer.status_code == HTTPStatus.NOT_MODIFIED:
        answer.headers["Cache-Control"] = FOREVER if is_fingerprinted(request.full_path) else ASK_AGAIN
    if answer.status_code != HTTPStatus.OK or "Content-Encoding" in answer.headers:
        return answer
    answer.direct_passthrough = False
    content = answer.get_data()
    digest = digest_of(content)
    for name in ("Expires", "Last-Modified", "Accept-Ranges"):
        answer.headers.pop(name, None)
    answer.headers["Cache-Control"] = FOREVER if is_fingerprinted(request.full_path) else ASK_AGAIN
    encoding = _encoding() if _TEXT.match(answer.mimetype or "") else ""
    answer.set_etag(f"{digest}{encoding and '-' + encoding}")
    if _TEXT.match(answer.mimetype or ""):
        answer.vary.add("Accept-Encoding")
    if encoding and len(content) >= SMALLEST:
        answer.set_data(shelf.pack(content, digest, encoding))
        answer.headers["Content-Encoding"] = encoding
    answer.make_conditional(request.environ)
    return answer


def _made_now(answer: Response) -> Response:
    answer.vary.add("Accept-Encoding")
    encodable = (
        answer.status_code not in (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)
        and "Content-Encoding" not in answer.headers
    )
    if encodable and _encoding() and (answer.content_length or 0) >= SMALLEST:
        answer.set_data(gzip.compress(answer.get_data(), compresslevel=4, mtime=0))
        answer.headers["Content-Encoding"] = "gzip"
    return answer


def _encoding() -> str:
    """The best of what the browser accepts; nothing when it accepts none."""
    return request.accept_encodings.best_match(["br", "gzip"]) or ""


def is_fingerprinted(address: str) -> bool:
    """Whether content under this address can never change."""
    parts = urlsplit(address)
    if parts.path.startswith(_SUITE):
        return bool(_FINGERPRINT.search(parts.path))
    return bool(re.search(r"(^|&)[mv]=[\w.]+", parts.query))


def warm(server: Flask, app: Dash) -> int:
    """Compresses what every page loads, and what charts and grids load later; answers how many files. Before a fork."""
    shelf: Shelf = server.extensions["static_shelf"]
    files = list(_known(app))
    with ThreadPoolExecutor(max_workers=2) as workers:
        list(workers.map(lambda content: shelf.pack(content, digest_of(content), "br", quality=10), files))
    return len(files)


def _known(app: Dash) -> Iterator[bytes]:
    dash: Any = app
    with dash.server.app_context():
        dash._setup_server()
        page = dash._generate_scripts_html() + dash._generate_css_dist_html()
    assets = Path(app.config.assets_folder)
    for address in re.findall(r'(?:src|href)="([^"]+)"', page):
        path = urlsplit(address).path
        if path.startswith(_SUITE):
            package, _, rest = _FINGERPRINT.sub("", path).removeprefix(_SUITE).partition("/")
            yield pkgutil.get_data(package, rest) or b""
        elif path.startswith("/assets/"):
            yield (assets / path.removeprefix("/assets/")).read_bytes()
    for package, rest in _UNLISTED:
        yield pkgutil.get_data(package, rest) or b""
    yield (assets / PLOTLY).read_bytes()
