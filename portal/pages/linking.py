"""Which project answers which challenge, and works on which result: linked and unlinked on the page of either."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypedDict

from dash import ALL, MATCH, Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.auth import callback, current_viewer
from portal.commands.base import REFUSALS
from portal.commands.inventory.challenges import link_challenge, unlink_challenge
from portal.commands.results import link_project, unlink_project
from portal.components import editing as parts
from portal.db.engine import writing
from portal.pages.given import Clicks, Written, pressed_id
from portal.pages.remembered import remembered
from portal.permissions import Permission, RowNotFound, Viewer
from portal.problems import noted
from portal.queries.inventory.editable import Linkable, challenges_to_link, projects_to_link
from portal.queries.results.serving import projects_to_serve, results_to_serve


class Part(StrEnum):
    """ASKED and PLACE stand in the layout, the rest comes by callback for who may link."""

    ASKED = "link-asked"
    PLACE = "link-place"
    OPENER = "link-opener"
    BODY = "link-body"
    CHOSEN = "link-chosen"
    LINK = "link-link"
    UNLINK = "link-unlink"


def link_id(part: Part, page: str, of: str) -> dict[str, str]:
    return {"type": part.value, "page": page, "of": of}


def every(part: Part, **more: Any) -> dict[str, Any]:
    """The pattern of this part wherever it stands."""
    return {"type": part.value, "page": MATCH, "of": MATCH, **more}


@dataclass(frozen=True, slots=True)
class Side:
    """`own` and `other` are what the commands `link` and `unlink` call this page's row and the one it is linked to."""

    own: str
    other: str
    link: Callable[..., object]
    unlink: Callable[..., object]
    linkable: Callable[[Session, Viewer, str], Linkable]
    opener: str
    label: str
    linked: str
    nothing: str


SIDES: Mapping[str, Side] = {
    "challenge": Side(
        own="challenge",
        other="project",
        link=link_challenge,
        unlink=unlink_challenge,
        linkable=projects_to_link,
        opener="Koppel aan een project",
        label="Welk project beantwoordt deze uitdaging?",
        linked="Gekoppeld aan",
        nothing="Er loopt geen ander project om aan te koppelen.",
    ),
    "project": Side(
        own="project",
        other="challenge",
        link=link_challenge,
        unlink=unlink_challenge,
        linkable=challenges_to_link,
        opener="Koppel een uitdaging",
        label="Welke uitdaging beantwoordt dit project?",
        linked="Beantwoordt",
        nothing="Er is geen andere open uitdaging om te koppelen.",
    ),
    "result": Side(
        own="result",
        other="project",
        link=link_project,
        unlink=unlink_project,
        linkable=projects_to_serve,
        opener="Koppel een project",
        label="Welk project werkt aan dit resultaat?",
        linked="Werken eraan",
        nothing="Er loopt geen ander project om te koppelen.",
    ),
    "serving": Side(
        own="project",
        other="result",
        link=link_project,
        unlink=unlink_project,
        linkable=results_to_serve,
        opener="Koppel een resultaat",
        label="Aan welk resultaat werkt dit project?",
        linked="Werkt aan",
        nothing="Er is geen ander resultaat om te koppelen.",
    ),
}


class Asked(TypedDict):
    """What a place says of itself."""

    page: str
    of: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody links: the side, and the code of the page's row."""

    page: str
    of: str

    @property
    def side(self) -> Side:
        return SIDES[self.page]

    @classmethod
    def asked(cls, data: Asked) -> "Place":
        """Raises RowNotFound for what no place of ours is."""
        if data["page"] not in SIDES:
            raise RowNotFound("link")
        return cls(data["page"], data["of"])


@dataclass(frozen=True, slots=True)
class Told:
    """What became of it, in one sentence."""

    said: str = ""
    refused: bool = False


@remembered
def linkable(session: Session, viewer: Viewer, place: Place) -> Linkable:
    return place.side.linkable(session, viewer, place.of)


def change(viewer: Viewer, place: Place, other: str | None, *, unlink: bool) -> Told:
    """Links or unlinks the row with the code `other`. Whatever is refused is told, and nothing was changed."""
    if not other:
        return Told("Kies eerst iets uit de lijst; er is niets gewijzigd.", refused=True)
    codes = {place.side.own: place.of, place.side.other: other}
    try:
        with writing() as session:
            (place.side.unlink if unlink else place.side.link)(session, viewer, **codes)
    except REFUSALS as refused:
        return Told(noted(refused).sentence, refused=True)
    return Told(f"{other} is {'niet meer gekoppeld' if unlink else 'gekoppeld'}.")


def link_place(page: str, of: str, refreshes: Sequence[StrEnum]) -> Component:
    """On a page of this side, about the row with the code `of`; `refreshes` as in `editing.places`."""
    marks: dict[str, Any] = {"data-refreshes": json.dumps([str(store) for store in refreshes])}
    asked = dcc.Store(id=link_id(Part.ASKED, page, of), data={"page": page, "of": of})
    return html.Div([asked, html.Div(id=link_id(Part.PLACE, page, of))], className="edit-place", **marks)


def panel(viewer: Viewer, place: Place, told: Told | None = None) -> list[Component]:
    """Nothing for who may neither link nor unlink here."""
    found = linkable(viewer, place)
    if not found.linked and not found.offered:
        return []
    told = told or Told()
    inside = html.Div(box(place, found) if told.refused else None, id=link_id(Part.BODY, place.page, place.of))
    asks = None if told.refused else link_id(Part.OPENER, place.page, place.of)
    return [_said(told), parts.opener(place.side.opener, inside, opened=told.refused, asks=asks)]


def box(place: Place, found: Linkable) -> Component:
    """What the button opens: the links there are, and the choice of another."""
    return html.Div([*_linked(place, found), *_offered(place, found)], className="editing")


def _said(told: Told) -> Component:
    """Also tells the page's script that what stands around it has changed."""
    saved: Mapping[str, Any] = {"data-saved": "{}"} if told.said and not told.refused else {}
    role = "alert" if told.refused else "status"
    return html.Div(told.said, className="form-said refused" if told.refused else "form-said", role=role, **saved)


def _linked(place: Place, found: Linkable) -> list[Component]:
    if not found.linked:
        return []
    rows = [
        html.Li([html.Span(label), parts.button(_unlink_id(place, code), "Ontkoppel", about=label)])
        for code, label in found.linked
    ]
    return [html.P(html.B(place.side.linked)), html.Ul(rows, className="links")]


def _unlink_id(place: Place, code: str) -> dict[str, str]:
    return link_id(Part.UNLINK, place.page, place.of) | {"other": code}


def _offered(place: Place, found: Linkable) -> list[Component]:
    if not found.offered:
        return [html.P(place.side.nothing)]
    chosen = link_id(Part.CHOSEN, place.page, place.of)
    control = parts.choice(chosen, None, found.offered, wrong=False)
    field = parts.form_field(
        control, parts.spoken(chosen), place.side.label, fault_id={**chosen, "type": "link-fault"}, fault="", wide=True
    )
    link = parts.button(link_id(Part.LINK, place.page, place.of), "Koppel", main=True)
    return [html.Div(field, className="form-fields"), html.Div(link, className="edit-choices")]


@callback(Permission.VIEW_PORTAL, Output(every(Part.PLACE), "children"), Input(every(Part.ASKED), "data"))
def show_links(asked: Asked) -> list[Component]:
    return panel(current_viewer(), Place.asked(asked))


@callback(
    Permission.VIEW_PORTAL,
    Output(every(Part.BODY), "children"),
    Input(every(Part.OPENER), "n_clicks"),
    State(every(Part.ASKED), "data"),
    prevent_initial_call=True,
)
def open_links(presses: int, asked: Asked) -> Any:
    """Made when it is first opened."""
    place = Place.asked(asked)
    found = linkable(current_viewer(), place) if presses == 1 else Linkable()
    return box(place, found) if found.linked or found.offered else no_update


@callback(
    Permission.EDIT_PROJECTS,
    Output(every(Part.PLACE), "children", allow_duplicate=True),
    Input(every(Part.LINK), "n_clicks"),
    Input({**every(Part.UNLINK), "other": ALL}, "n_clicks"),
    State(every(Part.CHOSEN), "value"),
    State(every(Part.ASKED), "data"),
    prevent_initial_call=True,
)
def save_link(linked: Clicks, unlinked: list[Clicks], chosen: Written, asked: Asked) -> Any:
    if not linked and not any(unlinked):
        return no_update
    place, by = Place.asked(asked), pressed_id()
    unlink = by.get("type") == Part.UNLINK
    told = change(current_viewer(), place, by.get("other") if unlink else chosen, unlink=unlink)
    return panel(current_viewer(), place, told)
