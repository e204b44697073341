"""The panel in which links are made and undone."""

from collections.abc import Mapping
from typing import Any

from dash import html
from dash.development.base_component import Component

from portal.components import editing as parts
from portal.pages.linking.ids import Part, link_id
from portal.pages.linking.sides import Place, Told, linkable
from portal.permissions import Viewer
from portal.queries.inventory.editable import Linkable


def panel(viewer: Viewer, place: Place, told: Told | None = None) -> list[Component]:
    """Nothing for who may neither link nor unlink here."""
    found = linkable(viewer, place)
    if not found.linked and not found.offered:
        return []
    told = told or Told()
    box = html.Div([*_linked(place, found), *_offered(place, found)], className="editing")
    return [_said(told), parts.opener(place.side.opener, box, opened=told.refused)]


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
