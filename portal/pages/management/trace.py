"""The trace, drawn: what is sought, what was found, and whether the chain still fits."""

from collections.abc import Mapping, Sequence
from datetime import date

from dash import dcc, html
from dash.development.base_component import Component

from portal.components import editing, grids
from portal.components.cards import card, source_line
from portal.components.filters import Option, choose_one, filter_bar, search
from portal.components.links import setting
from portal.pages.downloads import download_path
from portal.pages.management import fields
from portal.pages.management.ids import Ids
from portal.queries.trace.verify import Misfit
from portal.text import listed, number

AT_ONCE = 100
LONGEST = 240
FIXED = {"sortable": False}
COLUMNS = [
    grids.text("when", "Wanneer", width=150, **FIXED),
    grids.text("what", "Rij", grow=3, width=220, **FIXED, **grids.WRAPS),
    grids.text("field_label", "Wat", grow=1, width=120, **FIXED, **grids.WRAPS),
    grids.old_new("new", "Van → naar", "old", grow=4, width=240, **FIXED, **grids.WRAPS),
    grids.text("who", "Wie", grow=2, width=165, **FIXED, **grids.WRAPS),
    grids.text("source", "Langs", width=130, **FIXED, **grids.WRAPS),
]
Choices = Sequence[tuple[str, str]]


def section(query: str, people: Choices, kinds: Choices) -> Component:
    """`query`: what is sought from the start."""
    shown = fields.values_in(query)
    return card(
        "Wie wijzigde wat?",
        dcc.Store(id=Ids.WANTED, data=query),
        dcc.Store(id=Ids.KEYS, data=fields.KEYS),
        dcc.Store(id=Ids.PAGE, data=0),
        html.Div([_bar(people, kinds, shown), html.Div(id=Ids.UNREAD)], **setting(fields.SCRIPT)),
        grids.grid(Ids.TRACE, COLUMNS, label="Logboek", height=560, options={"rowHeight": 44}),
        html.Div(
            [
                editing.button(Ids.NEWER, "Nieuwere", disabled=True),
                editing.button(Ids.OLDER, "Oudere", disabled=True),
                editing.button(Ids.VERIFY, "Controleer de keten"),
            ],
            className="edit-choices",
        ),
        editing.said_place(Ids.VERIFIED),
        sub="Elke wijziging, langs het portaal, een bestand of de opdrachtregel. Nieuwste bovenaan; wat was, staat "
        "doorstreept voor wat werd.",
        foot=html.Div(id=Ids.SOURCE),
        flows=True,
    )


def _bar(people: Choices, kinds: Choices, shown: Mapping[str, str]) -> Component:
    who = choose_one(Ids.TRACE_WHO, "Persoon", [Option(*each) for each in people], "Iedereen")
    kind = choose_one(Ids.TRACE_KIND, "Soort rij", [Option(*each) for each in kinds], "Alle soorten")
    days = (
        editing.labelled(control, label, editing.day(control, "", label, debounce=True))
        for control, label in ((Ids.TRACE_SINCE, "Van"), (Ids.TRACE_UNTIL, "Tot en met"))
    )
    row, text = search(Ids.TRACE_ROW, "Rij", "code of titel"), search(Ids.TRACE_TEXT, "Tekst", "oude of nieuwe waarde")
    run = dcc.Input(id=Ids.TRACE_RUN, type="hidden", value="")
    bar = filter_bar(row, text, who, *days, kind, run, count_id=Ids.COUNT, clear_href="/beheer")
    for part in bar._traverse():  # type: ignore[no-untyped-call]
        key = next((key for key, control in fields.CONTROLS.items() if getattr(part, "id", None) == control), None)
        if key is not None:
            part.value = shown[key]
    return bar


def counted(total: int, page: int) -> list[Component | str]:
    """ "1 tot 100 van **2.345** wijzigingen"."""
    if not total:
        return ["Geen wijzigingen gevonden"]
    first, last = page * AT_ONCE + 1, min((page + 1) * AT_ONCE, total)
    return [f"{number(first)} tot {number(last)} van ", html.B(number(total)), " wijzigingen"]


def last_page(total: int) -> int:
    return max(0, -(-total // AT_ONCE) - 1)


def source(as_of: date, query: str) -> Component:
    return source_line("logboek van het portaal", as_of, download_path("management", "logboek", query))


def not_read(pieces: Sequence[str]) -> Component | None:
    if not pieces:
        return None
    return html.P(f"Niet gebruikt in de filter: {listed(list(pieces))}.", className="notice", role="status")


def verified(misfit: Misfit | None, rows: int) -> str:
    """What came of reading the whole chain and every table."""
    if misfit is None:
        return f"Het spoor klopt: {number(rows)} rijen sluiten op elkaar aan, en elke rij is wat het laatst zegt."
    return f"Het spoor klopt niet. {misfit.why}"
