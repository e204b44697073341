"""Every callback's request is the caller's to forge: what no page of ours sends is answered 400, and never 500."""

import json
from typing import Any

import pytest

from portal.auth.border import ODD, fault_in_body
from tests.auth.conftest import CALLBACKS, House, call
from tests.auth.small_portal import body

AMOUNT = {"kind": "amount", "row": 1}
COMPONENT = {"type": "Iframe", "namespace": "dash_html_components", "props": {"srcDoc": "<script>alert(1)</script>"}}


def deep(levels: int) -> Any:
    return [deep(levels - 1)] if levels else 1


def word(value: Any, **other: Any) -> list[dict[str, Any]]:
    return [{"id": "word", "property": "value", "value": value} | other]


FORGED: dict[str, Any] = {
    "not an object": [],
    "a text": "x",
    "nothing": None,
    "empty": {},
    "an unknown output": body(output="bestaat-niet"),
    "an output that is a list": body() | {"output": ["echo.children"]},
    "a callback of the browser": body(output="loud"),
    "no outputs": body(outputs=None),
    "another output": body(outputs={"id": "admin", "property": "children"}),
    "another property": body(outputs={"id": "echo", "property": "id"}),
    "outputs in a list": body(outputs=[{"id": "echo", "property": "children"}]),
    "too few inputs": body(inputs=[]),
    "too many inputs": body(inputs=word("a") + word("b")),
    "another input": body(inputs=word("a", id="other")),
    "an input without id": body(inputs=[{"value": 1}]),
    "an input that is a text": body(inputs=["word"]),
    "inputs that are a text": body(inputs="word"),
    "a state that nobody asked": body(state=word("a")),
    "a changed input of another": body(changedPropIds=["admin.children"]),
    "changed inputs that are numbers": body(changedPropIds=[7]),
    "a changed input that is broken": body(changedPropIds=["{kapot.value"]),
    "a component for a text": body(value=COMPONENT),
    "components in a list": body(value=[COMPONENT]),
    "a number for a text": body(value=7),
    "a list for a text": body(value=["a"]),
    "nothing for a text": body(value=None),
    "a list in a list": body(value=[["a"]]),
    "a number beyond numbers": body(value=10**400),
    "text beyond a page": body(value="x" * 20_001),
    "half a letter": body(value="\ud800"),
    "an unreadable sign": body(value="a\x00b"),
    "too deep": body(value=deep(13)),
    "too deep where nobody looks": body(parsedChangedPropsIds=deep(13)),
}


@pytest.fixture
def signed_in(house: House) -> Any:
    return house.signed_in()


def test_whatever_is_forged_is_a_400_in_dutch(signed_in: Any) -> None:
    for what, forged in FORGED.items():
        answer = call(signed_in, forged)
        assert answer.status_code == 400, what
        assert "Herlaad" in answer.json["message"], what


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"{", "application/json"),
        (b"[" * 100_000, "application/json"),
        (b"\xff\xfe", "application/json"),
        (json.dumps(body()).encode(), "text/plain"),
        (json.dumps(body()).replace('"dag"', "NaN").encode(), "application/json"),
        (json.dumps(body()).replace('"dag"', "9" * 5000).encode(), "application/json"),
        (b"", "application/json"),
    ],
)
def test_what_is_not_our_json_is_a_400(house: House, content: bytes, kind: str) -> None:
    client = house.signed_in()
    cookie = client.get_cookie("_csrf_token")
    assert cookie
    answer = client.post(CALLBACKS, data=content, content_type=kind, headers={"X-CSRFToken": cookie.value})
    assert answer.status_code == 400


def test_a_request_beyond_the_limit_is_a_413(signed_in: Any) -> None:
    assert call(signed_in, body(value="x" * 17_000_000)).status_code == 413


def test_a_file_is_text_of_any_length_within_the_limit(signed_in: Any) -> None:
    sent = body("file") | {"inputs": [{"id": "upload", "property": "contents", "value": "x" * 9_000_000}]}
    answer = call(signed_in, sent | {"changedPropIds": ["upload.contents"]})
    assert answer.json["response"]["file"]["children"] == 9_000_000


def test_an_edited_cell_is_let_through_and_a_component_in_it_is_not(signed_in: Any) -> None:
    def edit(value: Any) -> dict[str, Any]:
        cell = {"rowId": "7", "colId": "title", "value": value, "data": {"id": 7, "title": value}}
        sent = body("cell") | {"inputs": [{"id": "grid", "property": "cellValueChanged", "value": [cell]}]}
        return sent | {"changedPropIds": ["grid.cellValueChanged"]}

    assert call(signed_in, edit("Nieuw")).status_code == 200
    assert call(signed_in, edit(COMPONENT)).status_code == 400


def test_the_router_wants_a_path_that_is_text(signed_in: Any) -> None:
    def go(path: Any, search: Any = "") -> dict[str, Any]:
        place = "_pages_location"
        return {
            "output": ".._pages_content.children..._pages_store.data..",
            "outputs": [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}],
            "inputs": [
                {"id": place, "property": "pathname", "value": path},
                {"id": place, "property": "search", "value": search},
            ],
            "changedPropIds": [f"{place}.pathname"],
        }

    for path, search in ((None, ""), (7, ""), ("inventaris", ""), ("/", None), ("/", ["?a"])):
        assert call(signed_in, go(path, search)).status_code == 400
    assert call(signed_in, go("/", "?a=1&a=2")).status_code == 200


def test_a_callback_over_many_rows_fits_its_pattern(signed_in: Any) -> None:
    def total(rows: Any) -> dict[str, Any]:
        return {
            "output": "..total.children...count.children..",
            "outputs": [{"id": "total", "property": "children"}, {"id": "count", "property": "children"}],
            "inputs": [rows],
            "state": word("n"),
            "changedPropIds": ['{"kind":"amount","row":1}.value'],
        }

    row = {"id": AMOUNT, "property": "value", "value": 2}
    assert call(signed_in, total([row, row | {"id": AMOUNT | {"row": 2}}])).json["response"]["total"]["children"] == "4"
    for odd in (row, [row | {"id": {"kind": "amount"}}], [row | {"id": AMOUNT | {"kind": "x"}}], [row | {"id": "a"}]):
        assert call(signed_in, total(odd)).status_code == 400
    assert call(signed_in, total([row | {"id": AMOUNT | {"row": {"a": 1}}}])).status_code == 400


def test_a_callback_for_one_row_fits_its_pattern(signed_in: Any) -> None:
    known = {"row": 1, "kind": "sum"}
    sent = {
        "output": '{"kind":"sum","row":["MATCH"]}.children',
        "outputs": {"id": known, "property": "children"},
        "inputs": [{"id": AMOUNT, "property": "value", "value": 2}],
        "changedPropIds": ['{"kind":"amount","row":1}.value'],
    }
    assert call(signed_in, sent).status_code == 200
    assert call(signed_in, sent | {"outputs": {"id": "sum", "property": "children"}}).status_code == 400


def test_a_callback_without_output_is_let_through(house: House) -> None:
    client = house.signed_in()
    (output,) = [name for name, known in house.app.callback_map.items() if known["no_output"]]
    entry = {"id": "word", "property": "n_blur", "value": 1}
    sent = {"output": output, "inputs": [entry], "changedPropIds": ["word.n_blur"]}
    assert call(client, sent).status_code == 204
    assert call(client, sent | {"outputs": [{"id": "a", "property": "b"}]}).status_code == 400


def test_the_border_needs_no_request_to_say_no() -> None:
    assert fault_in_body({"output": "x.children"}, {}, {}) == ODD
