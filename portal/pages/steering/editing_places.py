"""Where on the page something can be edited: nowhere for who only reads, and at a frozen meeting only its notes.

The places are put once, when the page opens: drawn anew with the cards around them, what somebody types would be lost.
"""

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from portal.components.editing import labelled, opener
from portal.pages.editing.places import add_place, form_place, grid_place
from portal.pages.steering.answers import Seen, Which
from portal.pages.steering.editing_order import order_place
from portal.pages.steering.ids import Ids, Parts
from portal.permissions import Permission, Viewer
from portal.text import number

PLACES = (Ids.MEETING_EDIT, Ids.AGENDA_EDIT, Ids.DECISIONS_EDIT, Ids.ACTIONS_EDIT, Ids.CALENDAR_EDIT)
AGAIN = (Ids.WANTED,)
EDITORS = (Permission.EDIT_MEETINGS, Permission.CLOSE_ACTIONS, Permission.FREEZE_MEETINGS)


def places(viewer: Viewer, which: Which | None) -> tuple[Component | None, ...]:
    """What each of PLACES holds. The places themselves stay empty for what this viewer may not do."""
    if which is None or not any(viewer.may(right) for right in EDITORS):
        return (None,) * len(PLACES)
    of = which.name
    calendar = _side_by_side(add_place("vergaderingen", refreshes=AGAIN), grid_place("vergaderingen", refreshes=AGAIN))
    if which.frozen:
        return add_place("vergadernota", of, AGAIN), None, None, None, calendar
    return (
        form_place("vergadering", of, AGAIN),
        _add_and_change("agenda", of, order_place(of, AGAIN)),
        *(_add_and_change(what, of) for what in ("beslissingen", "acties")),
        calendar,
    )


def _add_and_change(what: str, of: str, *more: Component) -> Component:
    return _side_by_side(add_place(what, of, AGAIN), grid_place(what, of, AGAIN), *more)


def _side_by_side(*parts: Component) -> Component:
    return html.Div(list(parts), className="edit-places")


def noting(seen: Seen, viewer: Viewer) -> Component | None:
    """What is decided or promised at one point of the agenda: first which point, then what."""
    if seen.frozen or not seen.agenda or not viewer.may(Permission.EDIT_MEETINGS):
        return None
    points = [
        {"value": f"{seen.name}.{item.id}", "label": f"{number(place)}. {item.title}"}
        for place, item in enumerate(seen.agenda, start=1)
    ]
    which = dbc.Select(id=Parts.AT, options=points, placeholder="Kies een agendapunt", value="")
    fields = html.Div(labelled(Parts.AT, "Bij welk agendapunt?", which), className="form-fields")
    return opener("Noteer bij een agendapunt", html.Div([fields, html.Div(id=Parts.AT_PLACES)], className="edit-form"))


def places_at(spot: str) -> Sequence[Component]:
    """Where a decision and an action of this point are written down."""
    return [add_place(what, spot, AGAIN) for what in ("beslissingen", "acties")] if spot else []
