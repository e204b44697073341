"""Static files: compressed once, kept by the browser, and only what the pages need."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from dash import Dash, dcc, html
from flask import Flask, Response
from plotly.offline import get_plotlyjs_version

from portal import static_files
from portal.components import filters, grids

ASSETS = Path(__file__).parents[1] / "assets"
LONG = "{" + "a" * 5000 + "}"


@pytest.fixture(scope="module")
def app():
    server = Flask("static-test")
    dash = Dash(
        "static-test",
        server=server,
        assets_folder=str(ASSETS),
        assets_path_ignore=static_files.ASSETS_PATH_IGNORE,
        compress=False,
    )
    static_files.serve_static_well(server, dash)
    dash.layout = html.Div([dcc.Graph(), grids.grid("g", [], label="x"), filters.search("s")])
    server.add_url_rule("/lang", "lang", lambda: Response(LONG, mimetype="application/json"))
    server.add_url_rule("/kort", "kort", lambda: Response("{}", mimetype="application/json"))
    server.add_url_rule("/boek", "boek", lambda: Response(b"PK" + b"0" * 5000, mimetype="application/zip"))
    server.add_url_rule("/weg", "weg", lambda: Response("", status=204, mimetype="application/json"))
    return dash


@pytest.fixture
def ask(app):
    client = app.server.test_client()
    client.get("/", buffered=True)
    return lambda path, **headers: client.get(
        path, headers=[(k.replace("_", "-"), v) for k, v in headers.items()], buffered=True
    )


def test_a_browser_that_takes_no_compression_gets_none(ask):
    answer = ask("/assets/portal.css")
    assert "Content-Encoding" not in answer.headers
    assert answer.data == (ASSETS / "portal.css").read_bytes()
    assert ask("/lang").data == LONG.encode()


@pytest.mark.parametrize(
    ("accepts", "encoding", "unpack"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
    ],
)
def test_a_static_file_comes_in_the_best_encoding_the_browser_takes(ask, accepts, encoding, unpack):
    answer = ask("/assets/portal.css", Accept_Encoding=accepts)
    assert answer.headers["Content-Encoding"] == encoding
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert unpack(answer.data) == (ASSETS / "portal.css").read_bytes()


def test_a_file_is_compressed_once_and_a_changed_one_anew():
    shelf = static_files.Shelf()
    first = shelf.pack(b"a" * 5000, "digest-a", "br")
    assert shelf.pack(b"never read", "digest-a", "br") is first
    assert brotli.decompress(shelf.pack(b"b" * 5000, "digest-b", "br")) == b"b" * 5000


def test_a_fingerprinted_address_is_kept_for_a_year_without_asking(ask):
    assert "immutable" in ask("/assets/portal.css?m=1764000000.12").headers["Cache-Control"]
    script = re.search(r'src="(/_dash-component-suites/dash/dcc/[^"]+)"', ask("/").text)[1]
    assert "max-age=31536000" in ask(script).headers["Cache-Control"]


def test_an_address_without_fingerprint_is_asked_again_and_answered_with_nothing(ask):
    first = ask("/assets/logo.svg", Accept_Encoding="br")
    assert "no-cache" in first.headers["Cache-Control"]
    again = ask("/assets/logo.svg", Accept_Encoding="br", If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    assert ask("/assets/logo.svg", Accept_Encoding="br", If_None_Match='"other"').status_code == 200


def test_a_component_bundle_answers_304_too(ask):
    path = "/_dash-component-suites/dash/dcc/async-graph.js"
    first = ask(path, Accept_Encoding="br")
    assert first.headers["Content-Encoding"] == "br"
    assert ask(path, Accept_Encoding="br", If_None_Match=first.headers["ETag"]).status_code == 304


def test_a_file_that_does_not_exist_is_not_kept(ask):
    answer = ask("/assets/none.css?m=1")
    assert answer.status_code == 404
    assert "immutable" not in answer.headers.get("Cache-Control", "")


def test_long_answers_of_the_moment_are_compressed_and_short_ones_left(ask):
    assert gzip.decompress(ask("/lang", Accept_Encoding="br, gzip").data) == LONG.encode()
    assert "Content-Encoding" not in ask("/kort", Accept_Encoding="gzip").headers
    assert ask("/weg", Accept_Encoding="gzip").status_code == 204


def test_a_workbook_is_not_compressed_again(ask):
    assert "Content-Encoding" not in ask("/boek", Accept_Encoding="gzip").headers


def test_the_page_names_the_small_bundle_of_plotly_and_loads_no_vendor_file(ask):
    page = ask("/").text
    address = re.search(r'<meta name="plotly-bundle" content="(/assets/vendor/[^"]+)"', page)[1]
    answer = ask(address, Accept_Encoding="br")
    assert "immutable" in answer.headers["Cache-Control"]
    assert len(answer.data) < 400_000
    assert not re.search(r'src="[^"]*(vendor|plotly\.min)', page)


def test_the_small_bundle_is_of_the_version_that_plotly_writes_for():
    assert f"v{get_plotlyjs_version()}" in (ASSETS / static_files.PLOTLY).read_text()[:200]


def test_no_page_loads_the_enterprise_grid_a_second_component_library_or_a_table_that_nobody_uses(ask):
    page = ask("/").text
    assert "dash_ag_grid" in page
    assert not re.search(r'src="[^"]*dash_table', page)
    assert "enterprise" not in page
    assert "dash_mantine_components" not in page


def test_our_own_files_name_no_other_host():
    own = [path for path in ASSETS.rglob("*") if path.suffix in (".js", ".css", ".svg", ".txt")]
    hosts = {host for path in own for host in re.findall(r"(?<!xmlns=[\"'])https?://([\w.-]+)", path.read_text())}
    assert {host for host in hosts if re.search(r"cdn|unpkg|jsdelivr|cloud\.|fonts\.", host)} == set()


def test_warming_leaves_nothing_big_to_compress_during_a_request(app, ask):
    static_files.warm(app.server, app)
    known = set(app.server.extensions["static_shelf"]._packed)
    for address in re.findall(r'src="([^"]+)"', ask("/").text):
        ask(address, Accept_Encoding="br")
    assert set(app.server.extensions["static_shelf"]._packed) == known
