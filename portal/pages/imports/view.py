"""Files from Excel: what is in one, and what was found in it, drawn."""

import base64
import binascii
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from dash import html
from dash.development.base_component import Component

from data_loaders.export import export, file_name
from data_loaders.left_out import left_out
from data_loaders.load import Asked, File, Kind, Outcome, kinds_for, load, proposed
from data_loaders.mapping.file_map import FileMap
from data_loaders.origin import Origin
from data_loaders.plan import RowPlan, Step, told
from data_loaders.plan import overwrites as overwrites_in
from portal.commands.base import Refused
from portal.commands.once import new_key, once
from portal.db.engine import reading, writing
from portal.pages.downloads import XLSX
from portal.pages.given import key
from portal.pages.imports import steps
from portal.pages.imports.lists import kept_lists
from portal.pages.management.archive import take_back
from portal.permissions import RowNotFound, Viewer
from portal.text import number, plural

FIRST_YEAR, LAST_YEAR = 2000, 2100
Year = int | float | str | None  # a field for a number says "" when it was emptied
UNREADABLE = "Dit bestand kwam niet goed aan; kies het opnieuw."


def kind_named(viewer: Viewer, name: str | None) -> Kind:
    """Raises RowNotFound for a kind that does not exist, or not for this viewer."""
    found = next((kind for kind in kinds_for(viewer) if kind.name == name), None)
    if found is None:
        raise RowNotFound(f"kind {name}")
    return found


def sent_file(contents: str | None, name: str | None) -> File:
    """The file as `dcc.Upload` sends it; raises Refused when it is none."""
    _, comma, packed = (contents or "").partition(";base64,")
    if not comma:
        raise Refused(UNREADABLE)
    try:
        return File(name or "bestand.xlsx", base64.b64decode(packed, validate=True))
    except (binascii.Error, ValueError) as fault:
        raise Refused(UNREADABLE) from fault


def sent_year(value: Year) -> Asked:
    """Raises Refused for what is no year; nothing is nothing."""
    if value is None or value == "":
        return Asked()
    if not isinstance(value, int) or not FIRST_YEAR <= value <= LAST_YEAR:
        raise Refused("Het jaar is een jaartal, zoals 2023; er is niets gewijzigd.")
    return Asked(value)


def looked_into(viewer: Viewer, kind: Kind, file: File, asked: Asked, agreed: str | None = None) -> Outcome:
    """What the file would do; with the plan that was agreed on, and its key, it is done once."""
    plan, _, sent_key = (agreed or "").partition(" ")
    with once(key(sent_key), (kind.name, file.sha256)), writing() as session:
        seen = None if agreed is None else plan
        return load(kind, file, session, viewer, try_only=seen is None, agreed=seen, asked=asked)


def first_look(viewer: Viewer, kind: Kind, file: File, asked: Asked) -> dict[str, Any]:
    """What of the file is likely what; as this person explained one of its shape before, if they did."""
    known = tuple(FileMap.read(one.mapped) for one in kept_lists(viewer, kind.name))
    with writing() as session:
        found = proposed(kind, file, session, viewer, replace(asked, remembered=known))
    return (steps.seen(Outcome(reading=found)) or {"map": {}}) | {"first": True}


def taken_back(viewer: Viewer, run: int | None) -> tuple[list[Component], bool]:
    """What became of it, and whether nothing is left to take back. Raises RowNotFound where nothing was loaded."""
    if run is None:
        raise RowNotFound("import")
    told = take_back(viewer, run)
    looks = "notice refused" if told.refused else "notice done"
    return [html.P(html.B(told.said), className=looks)], told.done


def left_of(viewer: Viewer, kind: Kind, file: File, asked: Asked) -> dict[str, Any]:
    """The rows that somebody left out, as a workbook that says at each cell what is wrong."""
    with writing() as session:
        content = left_out(kind, file, session, viewer, asked)
    return _as_download(content, f"{file.stem}-later.xlsx")


def workbook_of(viewer: Viewer, kind: Kind, *, empty: bool) -> dict[str, Any]:
    """What `dcc.Download` takes."""
    with reading() as session:
        content = export(kind, session, viewer, empty=empty)
    return _as_download(content, file_name(kind, empty=empty))


def _as_download(content: bytes, name: str) -> dict[str, Any]:
    packed = base64.b64encode(content).decode("ascii")
    return {"content": packed, "filename": name, "base64": True, "type": XLSX}


MOST_ROWS, MOST_MISSING = 1_000, 10
TICK = "Er is niets geschreven: vink aan dat de rijen zonder versie mogen overschrijven wat er staat."
MENDED_THERE = "Verbeter het bestand, bewaar het en kies het opnieuw."
MENDED_HERE = "Verbeter het hieronder, of in het bestand zelf en kies het opnieuw."
MOVED = "Intussen wijzigde er iets in het portaal. Er is niets geschreven; dit is wat er nu zou wijzigen."


def about(kind: Kind) -> str:
    return f"{kind.description[:1].upper()}{kind.description[1:]}."


def answer(name: str, outcome: Outcome, *, confirmed: bool = False) -> list[Component]:
    """What became of the file `name`; `confirmed`: somebody asked to write it."""
    if outcome.origin:
        return [_from_elsewhere(outcome.origin), *_answer(name, outcome, confirmed=confirmed)]
    return _answer(name, outcome, confirmed=confirmed)


def _from_elsewhere(origin: Origin) -> Component:
    """What the file likely is, with the way to what is meant."""
    way = html.A(f"Naar de uitvoer {origin.kind.called}", href=f"/import?soort={origin.kind.name}")
    return html.P([html.B(str(origin)), " ", way], className="notice")


def _answer(name: str, outcome: Outcome, *, confirmed: bool) -> list[Component]:
    if outcome.problems:
        return _refused(name, outcome)
    if not outcome.plan.to_write:
        are = plural(outcome.unchanged, "rij is", "rijen zijn")
        said = f"{name} wijzigt niets: {are} gelijk aan het portaal."
        return [html.P(html.B(said), className="notice"), *_notices(outcome)]
    if outcome.only_shown:
        unsaid = TICK if outcome.plan.overwriting else MOVED
        moved = [html.P(html.B(unsaid), className="notice")] if confirmed else []
        return [*moved, html.P([html.B(f"{name}: "), _counted(outcome)]), *_notices(outcome)]
    done = f"Klaar: {_rows(outcome.written)} geschreven, {number(outcome.unchanged)} gelijk gebleven."
    return [html.P(html.B(done), className="notice done"), *_folded(outcome, [*_missing(outcome)])]


def changes(outcome: Outcome) -> list[dict[str, Any]]:
    """Rows of the grid: one for a new row, one for each cell that changes; at most MOST_ROWS of them."""
    rows = [line for row in outcome.plan.to_write[:MOST_ROWS] for line in _lines(row)] if _is_open(outcome) else []
    return [{"id": place} | row for place, row in enumerate(rows[:MOST_ROWS])]


def agreed(outcome: Outcome) -> str | None:
    """What the person would agree on by confirming, with the key of that; None when there is nothing to confirm."""
    return f"{outcome.plan.fingerprint()} {new_key()}" if _is_open(outcome) else None


def overwrites(outcome: Outcome) -> str:
    """What somebody ticks before rows without a version are written; empty when there are none."""
    return overwrites_in(outcome.plan) if _is_open(outcome) and outcome.plan.overwriting else ""


def busy_writing(outcome: Outcome) -> str:
    return f"Bezig: {_rows(len(outcome.plan.to_write))} schrijven …"


def _is_open(outcome: Outcome) -> bool:
    return outcome.only_shown and not outcome.problems and bool(outcome.plan.to_write)


def _refused(name: str, outcome: Outcome) -> list[Component]:
    many = plural(len(outcome.problems), "probleem", "problemen")
    shown = [html.Li(str(one), className="at-cell" if one.rows else "") for one in outcome.problems]
    listed = html.Ol(shown, className="import-problems")
    head = html.P(html.B(f"{name} is niet ingelezen: {many}. Er is niets gewijzigd."), className="notice refused")
    here = outcome.reading is not None and outcome.reading.looked is not None
    remedy = html.P(MENDED_HERE if here else MENDED_THERE, className="remedy")
    return [head, listed, remedy, *_notices(outcome)]


def _counted(outcome: Outcome) -> str:
    plan = outcome.plan
    said = [f"{number(len(plan.of(Step.NEW)))} nieuw", f"{number(len(plan.of(Step.CHANGED)))} gewijzigd"]
    said += [f"{number(outcome.unchanged)} gelijk", f"{number(len(plan.missing))} niet in het bestand"]
    more = len(plan.to_write) > MOST_ROWS
    return ", ".join(said) + (f". Hieronder de eerste {number(MOST_ROWS)}." if more else ".")


def counts(outcome: Outcome) -> list[Component]:
    """What would come of each row, as large as it matters."""
    plan = outcome.plan
    told = (("+ nieuw", Step.NEW), ("▲ gewijzigd", Step.CHANGED), ("= gelijk", Step.SAME))
    named = [(word, len(plan.of(step))) for word, step in told] if _is_open(outcome) else []
    return [html.Div([html.Dt(word), html.Dd(number(count))]) for word, count in named]


def _missing(outcome: Outcome) -> Iterator[Component]:
    missing = outcome.plan.missing
    if missing:
        rest = f" en nog {number(len(missing) - MOST_MISSING)}" if len(missing) > MOST_MISSING else ""
        named = "; ".join(missing[:MOST_MISSING])
        yield html.P(f"Niet in het bestand, blijft staan: {named}{rest}.", className="sub")


def _notices(outcome: Outcome) -> list[Component]:
    """What is beside the plan; what is alike is drawn beside it, where there is something drawn."""
    drawn = outcome.reading is not None and outcome.reading.looked is not None
    notices = outcome.reading.notices if outcome.reading and drawn else outcome.notices
    told = [one for one in notices if one != str(outcome.origin)]
    return _folded(outcome, [*_missing(outcome), *(html.P(notice, className="sub") for notice in told)])


def _folded(outcome: Outcome, told: list[Component]) -> list[Component]:
    """Closed, where a person sees what matters of it in what is drawn."""
    if not told or outcome.reading is None or outcome.reading.looked is None:
        return told
    return [html.Details([html.Summary("Wat niet gelezen is, en wat blijft zoals het is"), *told])]


def _lines(row: RowPlan) -> Iterator[dict[str, Any]]:
    said = {"cell": row.wanted.where(), "step": str(row.step), "row": row.wanted.label}
    if row.step is Step.NEW:
        filled = [f"{one.named} {told(one.new)}" for one in row.changes if one.new not in {None, ""}]
        yield said | {"field": "", "old": None, "new": "; ".join(filled)[:300]}
    for change in row.changes if row.step is Step.CHANGED else ():
        changed = {"field": change.named, "old": told(change.old), "new": told(change.new)}
        yield said | changed | {"cell": row.wanted.where(change.field)}


def _rows(count: int) -> str:
    return plural(count, "rij", "rijen")
