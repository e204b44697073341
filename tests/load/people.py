"""Readers who open page after page, and editors who change a cell and are told what became of it."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, cycle
from threading import Event
from typing import Any

from portal.pages.editing.places import Part
from tests.bench.visitor import Visitor
from tests.load.screen import Screen

BROKEN = b'"color":"danger"'  # what a callback says when it is at fault, with status 200


@dataclass
class Tally:
    """What one person was told: how often which status, what broke, and what became of each edit."""

    statuses: Counter[int] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    edits: Counter[str] = field(default_factory=Counter)

    def note(self, what: str, status: int, answer: bytes) -> None:
        self.statuses[status] += 1
        if status >= 500 or (BROKEN in answer and b'"problem"' in answer):
            self.broken.append(what)


def read(visitor: Visitor, paths: list[str], tally: Tally, stop: Event) -> None:
    screen = Screen(visitor)
    for path in cycle(paths):
        for question, status, answer in screen.open(path):
            tally.note(question.name, status, answer)
            if stop.is_set():
                return


@dataclass
class Cell:
    """One cell of a grid, with the version of its row that was seen last."""

    code: str
    id: int
    version: int
    turns: Iterator[int] = field(default_factory=count)


def edit(visitor: Visitor, cell: Cell, who: str, tally: Tally, stop: Event) -> None:
    """Types another text each time; a conflict shows the row as it is by now, which the next edit has then seen."""
    output = next(one["output"] for one in visitor.callbacks if Part.ANSWER in one["output"])
    while not stop.is_set():
        status, answer = visitor.post(_typed(output, cell, f"{who} {next(cell.turns)}"))
        tally.note("edit", status, answer)
        told = [part["data"] for part in json.loads(answer or b"{}").get("response", {}).values() if "data" in part]
        tally.edits[told[0]["state"] if told else "not told"] += 1
        if told and told[0].get("row"):
            cell.version = told[0]["row"]["version"]


def _typed(output: str, cell: Cell, text: str) -> str:
    place = {"what": "uitdagingen", "of": cell.code, "mode": "grid"}
    shown = {Part.ANSWER: ("data",), Part.SAID: ("children", "className"), Part.CLASH: ("children",)}
    sent: dict[str, Any] = {"what": "uitdagingen", "of": cell.code, "id": cell.id, "version": cell.version}
    sent |= {"act": "set", "field": "raised_by", "value": text}
    return json.dumps(
        {
            "output": output,
            "outputs": [{"id": {"type": part, **place}, "property": prop} for part in shown for prop in shown[part]],
            "inputs": [{"id": {"type": Part.SENT, **place}, "property": "data", "value": sent}],
            "changedPropIds": [f"{json.dumps({'type': Part.SENT, **place}, sort_keys=True)}.data"],
        }
    )
