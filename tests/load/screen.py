"""A page as the browser's renderer opens it: its layout with the first answers, and what then asks by itself."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from tests.bench.visitor import Visitor
from tests.bench.work import ASKED

LAYOUT = ".._pages_content.children..._pages_store.data.."
SET_OFF = (LAYOUT, ".getRowsResponse")  # by the address, and by a grid that asks for its rows
ROUNDS = 6
MATCH, ALL = ["MATCH"], ["ALL"]


def steady(answer: bytes) -> bytes:
    """The answer without what is new in each: the token and the key of a form."""
    return re.sub(rb'"value":"[^"]*","type":"hidden"|once-[0-9a-f-]{36}', b"", answer)


class Question(NamedTuple):
    """A call of a callback, under a name that tells the page, the output and for which row."""

    name: str
    body: str


class Screen:
    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        if not visitor.callbacks:
            visitor.callbacks = json.loads(visitor.ask("GET", "/_dash-dependencies")[1])
        self.values: dict[str, dict[str, Any]] = {}
        self.frame = visitor.ask("GET", "/_dash-layout")[1]

    def open(self, path: str) -> Iterator[tuple[Question, int, bytes]]:
        """Each call that opening the page makes, with status and answer; the page itself is the first."""
        yield Question(path, ""), *self.visitor.ask("GET", path)
        where = urlsplit(path)
        search = f"?{where.query}" if where.query else ""
        self.values = {}
        self._scan(json.loads(self.frame))
        self.values["_pages_location"] = {"pathname": where.path, "search": search}
        asked: set[Question] = set()
        for _ in range(ROUNDS):
            ready = [one for one in self._ready(path) if one[0] not in asked]
            made = {output for _, outputs in ready for output in outputs}
            first = [one for one, _ in ready if not made & set(self._inputs(one))] or [one for one, _ in ready]
            for one in first:
                status, answer = self.visitor.post(one.body)
                asked.add(one)
                self._take(answer if status == 200 else b"{}")
                yield one, status, answer
            if not first:
                return

    def _ready(self, path: str) -> Iterator[tuple[Question, set[str]]]:
        """The calls whose inputs stand in the page, and something that they fill; each with what that is."""
        for one in self.visitor.callbacks:
            waits = one["prevent_initial_call"] and not one["output"].endswith(SET_OFF)
            if one["clientside_function"] or waits:
                continue
            for bound in self._bindings(one):
                given = [self._entry(part, bound) for part in (*one["inputs"], *one["state"])]
                if None not in given:
                    question, outputs = self._question(path, one, bound, given)
                    if any(output.rpartition(".")[0] in self.values for output in outputs):
                        yield question, outputs

    def _question(
        self, path: str, one: dict[str, Any], bound: dict[str, Any], given: list[Any]
    ) -> tuple[Question, set[str]]:
        several = one["output"].startswith("..")
        parts = one["output"].strip(".").split("...") if several else [one["output"]]
        ids = [(_filled(part.rpartition(".")[0], bound), part.rpartition(".")[2].split("@")[0]) for part in parts]
        outputs = [{"id": id_, "property": prop} for id_, prop in ids]
        inputs = given[: len(one["inputs"])]
        changed = [f"{_spelled(part['id'])}.{part['property']}" for part in inputs if isinstance(part, dict)]
        body = {
            "output": one["output"],
            "outputs": outputs if several else outputs[0],
            "inputs": inputs,
            "state": given[len(inputs) :],
            "changedPropIds": changed,
        }
        name = f"{path} {one['output']} {json.dumps(bound, sort_keys=True)}"
        return Question(name, json.dumps(body)), {f"{_spelled(id_)}.{prop}" for id_, prop in ids}

    def _inputs(self, one: Question) -> list[str]:
        return list(json.loads(one.body)["changedPropIds"])

    def _bindings(self, one: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """What the open places of a pattern may be on this page; once, with nothing, for a callback without any."""
        pattern = next((part["id"] for part in one["inputs"] if '["MATCH"]' in part["id"]), None)
        if pattern is None:
            yield {}
            return
        for known in self.values:
            bound = _bound(json.loads(pattern), known)
            if bound is not None:
                yield bound

    def _entry(self, part: dict[str, Any], bound: dict[str, Any]) -> Any:
        """What the renderer sends for an input or state; None when it does not stand in the page."""
        id_, prop = _filled(part["id"], bound), part["property"]
        if isinstance(id_, dict) and ALL in id_.values():
            return [self._sent(json.loads(known), prop) for known in self.values if _bound(id_, known) is not None]
        return self._sent(id_, prop) if _spelled(id_) in self.values else None

    def _sent(self, id_: Any, prop: str) -> dict[str, Any]:
        value = {"id": id_, "getRowsRequest": ASKED}.get(prop, self.values[_spelled(id_)].get(prop))
        return {"id": id_, "property": prop, "value": value}

    def _take(self, answer: bytes) -> None:
        for id_, changed in (json.loads(answer or b"{}").get("response") or {}).items():
            for prop, value in changed.items():
                if id_ in self.values:
                    self.values[id_][prop] = value
                    self._scan(value)

    def _scan(self, value: Any) -> None:
        """Every component with an id that stands in the value, with its properties."""
        if isinstance(value, list):
            for each in value:
                self._scan(each)
        elif isinstance(value, dict) and "props" in value and "namespace" in value:
            props = value["props"]
            if "id" in props:
                self.values[_spelled(props["id"])] = props
            for each in props.values():
                self._scan(each)


def _spelled(id_: Any) -> str:
    return id_ if isinstance(id_, str) else json.dumps(id_, sort_keys=True, separators=(",", ":"))


def _filled(id_: str, bound: dict[str, Any]) -> Any:
    """The id with what its open places are."""
    if not id_.startswith("{"):
        return id_
    return {key: bound.get(key) if value == MATCH else value for key, value in json.loads(id_).items()}


def _bound(pattern: dict[str, Any], known: str) -> dict[str, Any] | None:
    """What the open places of the pattern are in this id; None when it is another's."""
    if not known.startswith("{"):
        return None
    id_ = json.loads(known)
    if id_.keys() != pattern.keys() or any(value not in (MATCH, ALL, id_[key]) for key, value in pattern.items()):
        return None
    return {key: id_[key] for key, value in pattern.items() if value == MATCH}
