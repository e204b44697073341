"""Whatever is sent for an input of any callback: a plain refusal or a proper answer, never a fault."""

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from portal.auth.border import OTHER_KIND, fault_in_body
from portal.auth.callbacks import CLIENTSIDE, DASHS_OWN_CLIENTSIDE, DECLARED, RIGHTS
from tests.visitors import PLACE, Portal, body_of, fitting

ROUNDS = int(os.environ.get("PORTAL_ODD_ROUNDS", "1"))  # more for a longer search
FORM = {"typed": {"title": "9" * 30}, "seen": {}}
EDIT = {"act": "set", "id": -1, "version": 2**40, "field": "title", "value": True, "seen": None, "number": 0}
ROWS = {"startRow": -5, "endRow": 2**50, "sortModel": [{"colId": "'; --", "sort": "?"}]}
ODD: list[Any] = [
    *("9" * 30, "%00=%ff&tekst=%", "٣:٣", "-1:1e9", "../../x", "/gemeente/%00\\..", None),
    *(0, -1, 2**53, True, False, 1.5),
    *([], ["%"], [-1], [None], [True], [[1]], {}, [{}], {"a": 1}, {"a": ["b"]}),
    *(PLACE | {"what": "niets"}, PLACE | {"mode": "?"}, PLACE | {"id": [1]}, {"page": "?", "of": "?"}),
    *(PLACE | FORM, PLACE | FORM | {"mode": "change"}, PLACE | FORM | {"mode": "add", "twin": "?"}),
    *(PLACE | {"reload": True}, PLACE | EDIT, PLACE | EDIT | {"act": "archive"}, PLACE | EDIT | {"act": "?"}),
    *({"colId": "?", "value": "9" * 30}, {"colId": "_remove", "value": "0"}, {"id": 0, "version": -1, "active": False}),
    *(ROWS, ROWS | {"sortModel": None}, [ROWS], {"points": []}, {"points": [{}]}, {"points": "x"}),
    [{"id": 0, "term": "", "meaning": "%"}],
]


def answered(portal: Portal) -> list[str]:
    """Every callback that the server answers."""
    return sorted(set(portal.app.callback_map) - CLIENTSIDE - DASHS_OWN_CLIENTSIDE)


def taking(portal: Portal, output: str, changed: bool) -> Iterator[dict[str, Any]]:
    """Requests in which every input is odd and yet as declared; `changed`: and the first is said to have changed."""
    fit = [[value for value in ODD if fits(value)] for fits in DECLARED[output]]
    for turn in range(ROUNDS):
        given = [values[(turn + place) % len(values)] for place, values in enumerate(fit)]
        inputs = len(portal.app.callback_map[output]["inputs"])
        body = body_of(portal.app, output, given[:inputs], given[inputs:])
        yield body if changed else body | {"changedPropIds": []}


def posted(client: FlaskClient, body: dict[str, Any]) -> Any:
    cookie = client.get_cookie("_csrf_token")
    assert cookie
    return client.post("/_dash-update-component", json=body, headers={"X-CSRFToken": cookie.value})


def events(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [json.loads(one.message)["event"] for one in caplog.records if one.name == "portal.requests"]


def test_every_callback_says_what_each_of_its_inputs_may_be(portal: Portal):
    for output in answered(portal):
        known = portal.app.callback_map[output]
        assert len(DECLARED[output]) == len(known["inputs"]) + len(known["state"]), output


def test_what_an_input_does_not_declare_is_refused_at_the_border(portal: Portal):
    refused = 0
    for output in answered(portal):
        inputs, state = fitting(portal.app, output)
        for place, fits in enumerate(DECLARED[output]):
            for odd in (value for value in ODD if not fits(value)):
                given = [*inputs, *state]
                given[place] = odd
                body = body_of(portal.app, output, given[: len(inputs)], given[len(inputs) :])
                if [*body["inputs"], *body["state"]][place] == []:
                    continue  # of a pattern for all, whose values stand one by one
                assert fault_in_body(body, portal.app.callback_map, DECLARED) == OTHER_KIND, (output, place, odd)
                refused += 1
    assert refused > len(RIGHTS)


def test_a_refusal_at_the_border_is_a_400_and_one_line(portal: Portal, caplog: pytest.LogCaptureFixture):
    (output,) = (one for one in answered(portal) if "inventory-uitdagingen.getRowsResponse" in one)
    portal.visitor("stuurgroep")
    for odd in ("x", ["x"], [], 7, None, {"startRow": "0", "endRow": 1, "sortModel": []}):
        caplog.clear()
        assert portal.call("stuurgroep", output, [odd], [""]).status_code == 400
        assert events(caplog) == ["refusal", "request"]


@pytest.mark.parametrize("changed", [True, False], ids=["by somebody", "by nobody"])
def test_what_is_declared_and_yet_odd_gets_an_answer_and_makes_no_fault(
    own_portal: Portal, caplog: pytest.LogCaptureFixture, changed: bool
):
    faults = []
    for output in answered(own_portal):
        for body in taking(own_portal, output, changed):
            caplog.clear()
            answer = posted(own_portal.visitor("beheerder"), body)
            if answer.status_code >= 500 or "fault" in events(caplog):
                faults.append((output, body["inputs"], body["state"], caplog.text))
    assert faults == []
