"""The border before Dash's callbacks: a request that no page of ours would send is answered 400, never 500."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from dash import Dash
from dash._utils import clean_property_name
from flask import Flask, request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from portal import requests_log
from portal.auth import guard
from portal.auth.callbacks import DECLARED, Check

CALLBACKS = "/_dash-update-component"
ENTRIES, NAME_LENGTH = 1_000, 500
WILDCARDS = (["ALL"], ["MATCH"], ["ALLSMALLER"])
ODD = "Deze aanvraag hoort niet bij een pagina van het portaal."
OTHER_KIND = "Een van de waarden is van een andere soort dan haar veld."

Body = Mapping[str, Any]
Known = Mapping[str, Mapping[str, Any]]


def protect_dash(app: Dash) -> None:
    """Call it last, when every page is registered: lets Dash's own scripts run and checks every callback's request."""
    server: Flask = app.server
    host = next(iter(server.config["TRUSTED_HOSTS"] or ()), "localhost").lstrip(".")
    with server.test_request_context("/aanmelden", base_url=f"http://{host}"):
        server.preprocess_request()  # Dash finishes its set-up in the first request, and adds a script of its own
    guard.allow_scripts(server, app.csp_hashes())
    declared = DECLARED.copy()

    @server.before_request
    def check() -> None:
        if request.path == CALLBACKS and request.method == "POST":
            fault = fault_in_body(_body(), app.callback_map, declared)
            if fault:
                requests_log.refusal(fault)
                raise BadRequest(fault)


def _body() -> object:
    try:
        return request.get_json()
    except (BadRequest, UnsupportedMediaType, RecursionError, ValueError) as unreadable:
        raise BadRequest(ODD) from unreadable


def fault_in_body(body: object, known: Known, declared: Mapping[str, Sequence[Check]]) -> str | None:
    """A Dutch sentence when the body is not what the page sends for a callback of `known`; None when it is."""
    if not isinstance(body, dict) or depth_of(body) > DEEPEST:
        return ODD
    output = body.get("output")
    if not isinstance(output, str) or output not in known or output not in declared:
        return ODD
    callback, inputs, state = known[output], body.get("inputs", []), body.get("state") or []
    return (
        _fault_in_outputs(body.get("outputs"), callback)
        or _fault_in_entries(inputs, callback["inputs"])
        or _fault_in_entries(state, callback["state"])
        or _fault_in_changed(body.get("changedPropIds", []), inputs)
        or _fault_in_kinds([*inputs, *state], declared[output])
    )


def _fault_in_outputs(sent: object, callback: Mapping[str, Any]) -> str | None:
    if callback["no_output"]:
        return None if not sent else ODD
    registered = callback["output"]
    wanted = registered if isinstance(registered, list | tuple) else [registered]
    given = sent if isinstance(registered, list | tuple) else [sent]
    if not isinstance(given, list) or len(given) != len(wanted):
        return ODD
    for one, output in zip(given, wanted, strict=True):
        if not _fits(one, output.component_id_str(), output.component_property):
            return ODD
    return None


def _fault_in_entries(sent: object, wanted: Sequence[Mapping[str, Any]]) -> str | None:
    if not isinstance(sent, list) or len(sent) != len(wanted):
        return ODD
    for one, registered in zip(sent, wanted, strict=True):
        if not _fits(one, registered["id"], registered["property"]):
            return ODD
        for entry in one if isinstance(one, list) else [one]:
            fault = fault_in(entry.get("value"), limited=entry["property"] not in FILES)
            if fault:
                return fault
    return None


def _fault_in_kinds(sent: Sequence[Any], declared: Sequence[Check]) -> str | None:
    """What the function would get, against what it says it takes; of a pattern for all, the list."""
    for one, fits in zip(sent, declared, strict=True):
        given = [entry.get("value") for entry in one] if isinstance(one, list) else one.get("value")
        if not fits(given):
            return OTHER_KIND
    return None


def _fault_in_changed(changed: object, inputs: list[Any]) -> str | None:
    if not isinstance(changed, list) or len(changed) > ENTRIES:
        return ODD
    entries = [entry for one in inputs for entry in (one if isinstance(one, list) else [one])]
    possible = {_name(entry["id"], entry["property"]) for entry in entries}
    return None if all(isinstance(one, str) and _same_spelling(one) in possible for one in changed) else ODD


def _fits(sent: object, registered_id: str, registered_property: str) -> bool:
    """Whether what was sent names the registered component; a list where the registration says "all of them"."""
    pattern = json.loads(registered_id) if registered_id.startswith("{") else registered_id
    many = isinstance(pattern, dict) and any(value in WILDCARDS[::2] for value in pattern.values())
    if many != isinstance(sent, list):
        return False
    entries = sent if isinstance(sent, list) else [sent]
    return len(entries) <= ENTRIES and all(_is_one(entry, pattern, registered_property) for entry in entries)


def _is_one(entry: object, pattern: Any, registered_property: str) -> bool:
    if not isinstance(entry, dict) or not isinstance(entry.get("property"), str):
        return False
    if clean_property_name(entry["property"]) != clean_property_name(registered_property):
        return False
    sent_id = entry.get("id")
    if not isinstance(pattern, dict) or not isinstance(sent_id, dict):
        return bool(sent_id == pattern)
    return pattern.keys() == sent_id.keys() and all(
        _is_plain(sent_id[key]) and (value in WILDCARDS or value == sent_id[key]) for key, value in pattern.items()
    )


def _is_plain(value: object) -> bool:
    return isinstance(value, str | int | float | bool) and len(str(value)) <= NAME_LENGTH


def _name(component_id: object, prop: str) -> str:
    name = json.dumps(component_id, sort_keys=True) if isinstance(component_id, dict) else component_id
    return f"{name}.{prop}"


def _same_spelling(name: str) -> str:
    """Browsers and Python write the same id apart: `{"a":1}.value` and `{"a": 1}.value`."""
    component_id, _, prop = name.rpartition(".")
    if not component_id.startswith("{"):
        return name
    try:
        return _name(json.loads(component_id), prop)
    except (ValueError, RecursionError):
        return ""


LONGEST_TEXT, LONGEST_LIST, MOST_PARTS, GREATEST, DEEPEST = 20_000, 2_000, 20_000, 2**53, 12
FILES = frozenset({"contents"})  # a file as text: only the size of the whole request limits it


def fault_in(value: object, *, limited: bool = True) -> str | None:
    """A Dutch sentence when there is too much of it, it cannot be kept, or it is a component; None when it may pass."""
    parts, todo = 0, [value]
    while todo:
        one = todo.pop()
        parts += 1
        if parts > MOST_PARTS or (isinstance(one, list) and len(one) > LONGEST_LIST):
            return "Deze waarde is te groot."
        if isinstance(one, dict):
            if {"namespace", "props"} & one.keys():
                return "Een onderdeel van de pagina is hier geen waarde."
            todo.extend(part for pair in one.items() for part in pair)
        elif isinstance(one, list):
            todo.extend(one)
        elif fault := _fault_in_scalar(one, limited):
            return fault
    return None


def depth_of(value: object, deepest: int = DEEPEST) -> int:
    """How many lists and dicts lie inside each other; stops looking one beyond `deepest`."""
    level, depth = [value], 0
    while depth <= deepest:
        inside = [one for one in level if isinstance(one, dict | list)]
        if not inside:
            break
        depth += 1
        level = [part for one in inside for part in (one.values() if isinstance(one, dict) else one)]
    return depth


def _fault_in_scalar(value: object, limited: bool) -> str | None:
    if isinstance(value, str):
        if limited and len(value) > LONGEST_TEXT:
            return "Deze tekst is te lang."
        if "\x00" in value or any("\ud800" <= sign <= "\udfff" for sign in value if not value.isascii()):
            return "Deze tekst bevat onleesbare tekens."
        return None
    # not a number is not smaller than anything, so it is refused too
    if isinstance(value, int | float) and not abs(value) <= GREATEST:
        return "Dit getal is te groot."
    return None
