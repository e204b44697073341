"""Every column shows what its heading says: in a grid, a workbook and the pack."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import BytesIO

import openpyxl

from portal import values
from portal.db.traced import traced_models
from portal.entities.fields import fields_of
from portal.entities.heard import sheets
from portal.exports import pack
from portal.exports.workbook import About, workbook
from portal.snapshots.state import State
from portal.words import fold
from tests.test_architecture import CODE, name, nodes_of

HEADING_FIRST = {"Column", "Field", "Sheet"}
KEY_FIRST = re.compile(r"(grids|columns)\.\w+|written|text|link|number|count|euro|date|signed|word|dots|old_new")
FOUR = {"begroot": "budgeted", "vastgelegd": "committed", "uitgegeven": "spent", "prognose": "forecast"}
SAME = ("_label", "_title", "_name", "_names", "_code", "_codes", "_on", "_value")
"""Endings of a key that say how it is written, not what it is."""
SHARED = {
    "actie": "text",
    "atelier": "atelier code title name",
    "begeleider": "coach",
    "bereikt": "reached count ticks bereikt",
    "bereikt op": "done reached",
    "berekend": "signal",
    "beste": "best first",
    "bestuur": "partner name other_partner",
    "bevestigd ongewijzigd": "unchanged",
    "beslissing": "decision decision_status text",
    "bron": "funding source",
    "coalitie": "title",
    "dagen te laat": "days_late late",
    "datum": "on decision",
    "door": "by who",
    "dossier": "title",
    "editie": "edition year",
    "eerst gepland": "due_first first",
    "eerste datum": "due_first first",
    "eerste plan": "due_first end_first_planned first",
    "financiering": "funding_state",
    "gearchiveerd": "when",
    "gehouden op": "held met",
    "gemeld": "health challenges",
    "genomen op": "taken on",
    "indicator": "indicator short title",
    "jaar": "year population_year",
    "lijn": "line code",
    "mijlpaal": "step title",
    "mijlpalen gehaald": "milestones_done steps",
    "naam": "name title",
    "omdat": "because why",
    "onderdeel": "part",
    "onderwerp": "title topic",
    "ook bij": "shared_with",
    "oproep": "call",
    "orgaan": "body decision_organ",
    "partner": "partner name who",
    "plaats": "place rank",
    "project": "project title",
    "projecten": "projects project",
    "resultaat": "result title",
    "rij": "row what",
    "ritme in dagen": "rhythm",
    "stand": "state standing status moment",
    "titel": "title project about",
    "toelichting": "detail note remark",
    "tot": "ends until",
    "traject": "answer title",
    "trekker": "lead leads owner",
    "type": "type",
    "type samenwerking": "collaboration_type type",
    "uitdaging": "title",
    "uitdagingen": "challenges challenge",
    "van": "of starts",
    "vergadering": "meeting of",
    "veld": "field label",
    "verschil": "change difference",
    "verschil in punten": "change difference",
    "verwacht": "due_expected end_expected expected",
    "voorwaarde": "text title",
    "waarom": "why told",
    "waarover": "about topic what",
    "wanneer": "at due on when",
    "wat": "act counts field said step what",
    "waarde": "value new",
    "wie": "body owner who",
    "zonder project": "uncovered without_project",
}
"""The keys under a heading that the trace has another word for, or that several share where the table around it tells
which. Every other heading is for one key."""


def text_of(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def columns_said() -> Iterator[tuple[str, str, str]]:
    """File, heading and key of every column that pages and exports describe in words."""
    for file in CODE:
        drawn = name(file).startswith(("portal/pages/", "portal/exports/")) and "editing" not in name(file)
        for call in nodes_of(file) if drawn else ():
            if isinstance(call, ast.Call) and len(call.args) > 1:
                made, one, other = ast.unparse(call.func), text_of(call.args[0]), text_of(call.args[1])
                if one and other and made in HEADING_FIRST:
                    yield name(file), one, other
                elif one and other and KEY_FIRST.fullmatch(made):
                    yield name(file), other, one


def plain(key: str) -> str:
    return next((key.removesuffix(end) for end in SAME if key.endswith(end)), key)


def labels() -> dict[str, set[str]]:
    """The keys of the field by the word that a model's own line has for them."""
    known = defaultdict(set)
    for model in traced_models():
        for field in fields_of(model).values():
            known[fold(field.label)].add(plain(field.key))
    return known


def test_a_heading_stands_over_the_value_it_names_and_no_other():
    known, over, wrong = labels(), defaultdict[str, set[str]](set), []
    found = list(columns_said())
    assert len(found) > 400
    assert len(known) > 80
    for file, heading, key in found:
        said, meant = fold(heading), plain(key)
        allowed = {FOUR[said]} if said in FOUR else {plain(one) for one in SHARED.get(said, "").split()}
        if said in known and not allowed:
            allowed = known[said]
        over[said].add(meant)
        if allowed and meant not in allowed:
            wrong.append(f"{file}: ‘{heading}’ over {key}")
    assert wrong == []
    assert {
        said: keys for said, keys in over.items() if len(keys) > 1 and said not in SHARED and said not in known
    } == {}


def told(kind: values.Kind, number: int) -> object:
    """A value that no other column has, as the state keeps one of this kind."""
    if isinstance(kind, values.Day):
        return (date(2026, 1, 1) + timedelta(days=number)).isoformat()
    return f"{number}.25" if isinstance(kind, values.Euro) else number


def shown(value: object) -> str:
    return value.date().isoformat() if isinstance(value, datetime) else str(value)


def test_each_column_of_the_pack_holds_the_value_of_its_own_key():
    for sheet in sheets():
        kept = {one.key: told(one.kind, number) for number, one in enumerate(sheet.fields, start=2)}
        state = State(date(2026, 1, 1), 1, {sheet.of: {"1": dict(reversed(kept.items()))}})
        made = workbook(About("T", "b", date(2026, 1, 1)), tuple(pack.sheets(state, sheets())))
        headings, row = list(openpyxl.load_workbook(BytesIO(made))[sheet.name].iter_rows(values_only=True))[:2]
        found = dict(zip(headings, map(shown, row), strict=True))
        wanted = {one.heading: "ja" if one.key == "quiet" else str(kept[one.key]) for one in sheet.fields}
        assert found == wanted, sheet.name
