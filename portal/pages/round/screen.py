"""One screen for one project: what is asked, beside what was reported last."""

from datetime import date
from typing import Any

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from portal.commands.once import new_key
from portal.components.cards import card, nothing_found, source_line
from portal.components.links import inside
from portal.components.tables import facts
from portal.pages.editing.places import form_place
from portal.pages.reports import report_facts, report_rows, reported_colours
from portal.pages.round.acts import Seen
from portal.pages.round.editing import PROGRESS
from portal.pages.round.ids import Ids, Parts
from portal.pages.round.view import SOURCE, confirming
from portal.pages.round.words import address_of
from portal.text import plural

ARRIVES: dict[str, Any] = {"data-arrives": ""}  # assets/round.js brings the focus here


def missing(code: str) -> Component:
    hint = "Het bestaat niet, is afgerond, of u meldt er niet over."
    return card("Geen verslag mogelijk", nothing_found(f"project {code} om over te melden", hint))


def screen(project: dict[str, Any], reports: pd.DataFrame, following: str, left: int, as_of: date) -> Component:
    """`project` is a row of `editable_progress`; `following` the code that comes next, "" when there is none."""
    title = f"Hoe staat {project['code']} ervoor: {project['title']}?"
    asked = card(
        title,
        html.Div(
            [
                form_place(PROGRESS.name, str(project["code"]), refreshes=[Ids.SAVED]),
                html.Section([html.H3("Wat werd het laatst gemeld?"), *_last(reports)]),
            ],
            className="round-sides",
        ),
        html.Div(_ways(project, following, confirms=project["health"] is not None), className="edit-choices"),
        html.P(id=Parts.SAID, className="fault", role="alert"),
        dcc.Store(id=Parts.NEXT, data=following),
        sub=f"Nog {plural(left, 'project', 'projecten')} zonder verslag in deze ronde. Ctrl+Enter bewaart.",
        foot=source_line(SOURCE, as_of),
    )
    return html.Div(asked, className="round-screen", tabIndex="-1", **ARRIVES)


def _last(reports: pd.DataFrame) -> list[Component]:
    if reports.empty:
        return [nothing_found("verslagen", "Dit wordt het eerste.")]
    rows = report_rows(reports)
    return [facts(report_facts(rows.to_dict("records")[0])), reported_colours(rows)]


def _ways(project: dict[str, Any], following: str, *, confirms: bool) -> list[Component]:
    seen = Seen(int(project["id"]), int(project["version"]), new_key())
    same = confirming(Parts.CONFIRM, seen)
    link = "btn btn-link btn-sm"
    ways = [inside("Sla over", address_of(following), className=link)] if following else []
    back = inside("Terug naar de lijst", "/ronde", className=link)
    page = inside("Bekijk het project", f"/project/{project['code']}", className=link)
    return [*([same] if confirms else []), *ways, back, page]
