"""The words of the field that mean the same."""

from typing import Any, TypedDict

from dash import Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal import clock
from portal.auth import callback, current_viewer
from portal.commands.inventory.likeness import remove_synonym, set_synonym
from portal.components import editing, grids
from portal.components.cards import card
from portal.components.editing import said_class
from portal.db.engine import reading
from portal.pages.columns import records
from portal.pages.given import Clicks, Pressed, Written, row_number
from portal.pages.management import Ids
from portal.pages.outcome import Told, attempt
from portal.permissions import Permission, RowNotFound, Viewer
from portal.queries.inventory.subjects import synonyms
from portal.words import fold

REMOVE, CHANGE = "_remove", "term"
COLUMNS = [
    grids.text("term", "Woord", grow=2, width=150, cellRenderer="RowButton"),
    grids.text("meaning", "Betekent", grow=2, width=150),
    grids.number("challenges", "In uitdagingen", width=130),
    grids.text(
        "id", "Verwijderen", width=130, colId=REMOVE, sortable=False, cellRenderer="RowButton",
        cellRendererParams={"label": "Verwijder"},
    ) | {"tooltipField": "term"},
]  # fmt: skip


def section() -> Component:
    form = editing.posted(
        "Synoniem",
        [
            editing.typed(Ids.TERM, "Woord", most=300, hint="Zoals partners het schrijven, bijvoorbeeld ‘e-depot’."),
            editing.typed(Ids.MEANING, "Betekent", most=300, hint="Het woord waaronder het telt."),
        ],
        editing.said_place(Ids.WORD_SAID),
        editing.button(Ids.KEEP, "Bewaar", main=True),
    )
    return card(
        "Welke woorden betekenen hetzelfde?",
        html.Div(form, className="editing"),
        grids.grid(Ids.WORDS, COLUMNS, label="Synoniemen", height=400),
        dcc.Store(id=Ids.WORDS_NOW),
        dcc.Store(id=Ids.SEEN, data={}),
        sub="Met deze lijst herkent het portaal gelijke uitdagingen. Na elke wijziging wordt de gelijkenis herrekend. "
        "Kies een woord om het te wijzigen.",
    )


SAID = (Output(Ids.WORD_SAID, "children"), Output(Ids.WORD_SAID, "className"))
FORM = (Output(Ids.TERM, "value"), Output(Ids.MEANING, "value"), Output(Ids.SEEN, "data"))


class Word(TypedDict, total=False):
    """The word that was chosen from the list, as it was seen; empty for a new one."""

    term: str
    meaning: str


class Listed(TypedDict):
    id: int
    term: str
    meaning: str


@callback(Permission.MANAGE_PORTAL, Output(Ids.WORDS, "rowData"), Input(Ids.WORDS_NOW, "data"))
def list_words(_: Written) -> list[dict[str, Any]]:
    with reading() as session:
        return records(synonyms(session, current_viewer()))


@callback(
    Permission.MANAGE_PORTAL,
    *(*SAID, *FORM, Output(Ids.WORDS_NOW, "data")),
    Input(Ids.KEEP, "n_clicks"),
    State(Ids.TERM, "value"),
    State(Ids.MEANING, "value"),
    State(Ids.SEEN, "data"),
    prevent_initial_call=True,
)
def keep_word(_: Clicks, term: Written, meaning: Written, seen: Word) -> tuple[Any, ...]:
    done = keep(current_viewer(), term or "", meaning or "", seen)
    if done.refused:
        return done.said, said_class(refused=True), *(no_update,) * 4
    return done.said, said_class(refused=False), "", "", {}, clock.now().isoformat()


@callback(
    Permission.MANAGE_PORTAL,
    *(Output(one.component_id, one.component_property, allow_duplicate=True) for one in (*SAID, *FORM)),
    Output(Ids.WORDS_NOW, "data", allow_duplicate=True),
    Input(Ids.WORDS, "cellRendererData"),
    State(Ids.WORDS, "rowData"),
    prevent_initial_call=True,
)
def choose_word(pressed: Pressed, listed: list[Listed]) -> tuple[Any, ...]:
    row = pressed_row(pressed, listed)
    if pressed["colId"] != REMOVE:
        seen = {"term": row["term"], "meaning": row["meaning"]}
        return f"U wijzigt ‘{row['term']}’.", said_class(refused=False), *seen.values(), seen, no_update
    done = remove(current_viewer(), row["term"], row["meaning"])
    now = no_update if done.refused else clock.now().isoformat()
    return done.said, said_class(refused=done.refused), *(no_update,) * 3, now


def pressed_row(pressed: Pressed, listed: list[Listed]) -> Listed:
    """The row of the list, as it was seen, whose button was pressed. Raises RowNotFound."""
    wanted = row_number(pressed["value"])
    found = next((row for row in listed if row["id"] == wanted), None)
    if found is None:
        raise RowNotFound("synonym")
    return found


def keep(viewer: Viewer, term: str, meaning: str, seen: Word) -> Told:
    """Adds, or changes what was chosen from the list, if that still stands as it was seen."""
    stood = seen.get("meaning") if fold(seen.get("term", "")) == fold(term) else None

    def act(session: Session) -> Told:
        set_synonym(session, viewer, term=term, meaning=meaning, seen=stood)
        return Told(f"‘{term.strip()}’ betekent ‘{meaning.strip()}’. De gelijkenis is herrekend.")

    return attempt(act)


def remove(viewer: Viewer, term: str, meaning: str) -> Told:
    def act(session: Session) -> Told:
        remove_synonym(session, viewer, term=term, seen=meaning)
        return Told(f"‘{term}’ is verwijderd. De gelijkenis is herrekend.")

    return attempt(act)
