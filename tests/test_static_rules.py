"""The rules behind the static files, one by one: what is kept for ever, what is compressed, and once."""

import gzip
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import brotli
import pytest
from flask import Flask, Response
from hypothesis import given, settings
from hypothesis import strategies as st

from portal import static_files
from portal.config import ROOT
from portal.static_files import (
    ASK_AGAIN,
    FOREVER,
    SMALLEST,
    STATIC,
    Shelf,
    bootstrap_stylesheets,
    digest_of,
    is_fingerprinted,
    use_small_plotly,
)

TEXT = b"een lange tekst " * 200


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/assets/portal.css",
        "/assets/portal.css?",
        "/assets/portal.css?x=1",
        "/assets/portal.css?xm=1",
        "/assets/portal.css?m=",
        "/_dash-component-suites/dash/dcc/async-graph.js",
        "/_dash-component-suites/dash/dcc/async-graph.js?m=123",
        "/_dash-component-suites/dash/dcc/dash_core_components.v4_4_1.js",
        "/bootstrap/static/css/bootstrap.min.css",
    ],
)
def test_an_address_that_may_change_its_content_is_asked_again(address: str):
    assert not is_fingerprinted(address)


@pytest.mark.parametrize(
    "address",
    [
        "/assets/portal.css?m=1790000000.5",
        "/assets/portal.css?x=1&m=12",
        "/bootstrap/static/css/bootstrap.min.css?v=2.6.0",
        "/_dash-component-suites/dash/dcc/dash_core_components.v4_4_1m1790000000.js",
        "/_dash-component-suites/dash_ag_grid/dash_ag_grid.v35_3_0m68aF.min.js",
    ],
)
def test_an_address_with_a_fingerprint_is_kept_for_ever(address: str):
    assert is_fingerprinted(address)


def test_for_ever_says_so_and_the_rest_must_ask():
    assert "immutable" in FOREVER
    assert "max-age=31536000" in FOREVER
    assert "no-cache" in ASK_AGAIN
    assert "max-age" not in ASK_AGAIN


def test_bootstrap_comes_from_here_by_the_address_of_its_version():
    (address,) = bootstrap_stylesheets()
    assert address.startswith(STATIC)
    assert is_fingerprinted(address)


# -- the shelf


@pytest.mark.parametrize(("encoding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_what_comes_off_the_shelf_unpacks_to_what_was_put_on(encoding: str, unpack):
    assert unpack(Shelf().pack(TEXT, digest_of(TEXT), encoding)) == TEXT


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=500))
def test_any_content_comes_back(content: bytes):
    shelf, digest = Shelf(), digest_of(content)
    assert gzip.decompress(shelf.pack(content, digest, "gzip")) == content
    assert brotli.decompress(shelf.pack(content, digest, "br")) == content


def test_a_file_is_on_the_shelf_once_per_encoding(monkeypatch: pytest.MonkeyPatch):
    worked: list[str] = []
    compress = static_files._compress
    monkeypatch.setattr(static_files, "_compress", lambda *asked: worked.append(asked[1]) or compress(*asked))
    shelf = Shelf()
    first = shelf.pack(TEXT, "a", "br")
    assert shelf.pack(TEXT, "a", "br") is first
    shelf.pack(TEXT, "a", "gzip")
    shelf.pack(TEXT, "b", "br")
    assert worked == ["br", "gzip", "br"]


def test_many_who_ask_at_once_get_one_and_the_same():
    shelf = Shelf()
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: shelf.pack(TEXT, "a", "br"), range(32)))
    assert len({id(one) for one in found}) == 1


def test_the_same_content_packs_to_the_same_bytes_on_another_day():
    assert Shelf().pack(TEXT, "a", "gzip") == Shelf().pack(TEXT, "a", "gzip")


def test_two_contents_have_two_digests_and_one_has_one():
    assert digest_of(b"a") != digest_of(b"b")
    assert digest_of(TEXT) == digest_of(bytes(TEXT))
    assert len(digest_of(b"")) == 24


# -- answers


def answered(path: str, answer: Response, **headers: str) -> Response:
    with Flask("klein").test_request_context(path, headers=list(headers.items())):
        return static_files._finish(Shelf(), answer)


@pytest.mark.parametrize(("size", "packed"), [(SMALLEST - 1, False), (SMALLEST, True)])
def test_an_answer_of_the_moment_is_compressed_from_a_kilobyte_on(size: int, packed: bool):
    answer = answered("/x", Response("x" * size, mimetype="text/html"), **{"Accept-Encoding": "gzip, br"})
    assert ("Content-Encoding" in answer.headers) is packed
    if packed:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(answer.get_data()) == b"x" * size


@pytest.mark.parametrize("mimetype", ["text/plain", "application/zip", "image/png", "application/octet-stream"])
def test_only_pages_and_json_of_the_moment_are_compressed(mimetype: str):
    answer = answered("/x", Response("x" * 5000, mimetype=mimetype), **{"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers


def test_what_is_encoded_already_is_left_alone():
    packed = Response(gzip.compress(TEXT), mimetype="text/html", headers={"Content-Encoding": "gzip"})
    assert gzip.decompress(answered("/x", packed, **{"Accept-Encoding": "gzip"}).get_data()) == TEXT


def test_an_answer_that_depends_on_the_encoding_says_so():
    for path in ("/x", "/assets/x.css"):
        answer = answered(path, Response("x", mimetype="text/html"))
        assert "Accept-Encoding" in answer.headers["Vary"]


def test_a_picture_keeps_its_bytes_and_gets_a_mark_of_its_content():
    answer = answered("/assets/x.png", Response(TEXT, mimetype="image/png"), **{"Accept-Encoding": "br"})
    assert answer.get_data() == TEXT
    assert answer.get_etag() == (digest_of(TEXT), False)
    assert "Content-Encoding" not in answer.headers


def test_who_has_the_content_already_gets_nothing_but_the_news_that_it_is_the_same():
    answer = answered("/assets/x.css", Response(TEXT, mimetype="text/css"), **{"If-None-Match": f'"{digest_of(TEXT)}"'})
    assert answer.status_code == 304
    assert answer.headers["Cache-Control"] == ASK_AGAIN


def test_one_content_in_two_encodings_has_two_marks():
    marks = {
        answered("/assets/x.css", Response(TEXT, mimetype="text/css"), **{"Accept-Encoding": accepts}).get_etag()[0]
        for accepts in ("br", "gzip", "identity")
    }
    assert len(marks) == 3


def test_a_static_file_that_is_missing_is_not_kept_by_anybody():
    answer = answered("/assets/weg.css", Response("niet gevonden", status=404, mimetype="text/html"))
    assert "Cache-Control" not in answer.headers


# -- the small plotly


def test_without_the_bundle_the_portal_does_not_start_in_silence(tmp_path: Path):
    app = SimpleNamespace(config=SimpleNamespace(assets_folder=str(tmp_path), meta_tags=[]))
    with pytest.raises(FileNotFoundError):
        use_small_plotly(app)  # type: ignore[arg-type]
    assert app.config.meta_tags == []


def test_the_bundle_is_named_by_its_content():
    app = SimpleNamespace(
        config=SimpleNamespace(assets_folder=str(ROOT / "assets"), meta_tags=[]),
        get_asset_url=lambda name: f"/assets/{name}",
    )
    use_small_plotly(app)  # type: ignore[arg-type]
    (tag,) = app.config.meta_tags
    content = (ROOT / "assets" / static_files.PLOTLY).read_bytes()
    assert tag == {"name": "plotly-bundle", "content": f"/assets/{static_files.PLOTLY}?m={digest_of(content)}"}
    assert is_fingerprinted(tag["content"])
