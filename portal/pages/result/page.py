"""One result: how far it is, when it comes, what works on it and who takes it over."""

from collections.abc import Callable
from typing import Any

from dash import Input, Output, dcc, html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal import clock
from portal.auth import callback, current_viewer
from portal.components.cards import card, cards
from portal.components.frame import missing
from portal.pages import risks
from portal.pages.agreed import agreed_card, agreed_on
from portal.pages.cards import answering
from portal.pages.columns import told
from portal.pages.downloads import download_path
from portal.pages.editing.places import add_place, grid_place
from portal.pages.history import history_card
from portal.pages.parts import Draw, parted
from portal.pages.project.course import StepTold
from portal.pages.remembered import remembered
from portal.pages.result import view
from portal.pages.result.cards import AGREED, HISTORY, PAGE, PROJECTS, RISKS, STEPS, agreed_about, named, query_of
from portal.pages.result.view import AGAIN, Ids
from portal.pages.risks import LOW
from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state
from portal.queries.meetings.open_work import items_to_come
from portal.queries.money.lines import project_money
from portal.queries.results.result import ResultDetail, result_detail, result_exists
from portal.queries.results.serving import reports_of

Cards = list[Component]
SLOTS = (Ids.FAR, Ids.WHEN, Ids.WORK, Ids.WHO)
BELOW = (Ids.AGREED_SHORT, Ids.CHANGED, Ids.AFTER)


def layout(code: str = "", **query: str) -> Component:
    draws: dict[str, list[Component]] = {
        "kern": [_slots(SLOTS, "compact result-top"), _slots(BELOW, "compact")],
        "stappen": [
            cards(id=Ids.LIST),
            html.Div(card("Wat verandert er aan de mijlpalen?", *_steps(code)), className="cards for-editors"),
        ],
        "projecten": [cards(id=Ids.COSTS), cards(id=Ids.REPORTS)],
        "risicos": [
            cards(risks.drawn(RISKS, *risks.edit_places("risicos-van", code, AGAIN), height=LOW)),
            html.Div(id=Ids.AGREED, className="cards", hidden=True),
        ],
        "geschiedenis": [cards(id=Ids.HISTORY)],
    }
    above = dcc.Store(id=Ids.CODE, data=code), html.Div(id=Ids.HEAD, className="page-head")
    return parted(PAGE, query, {name: _body(rows) for name, rows in draws.items()}, *above)


def _body(rows: list[Component]) -> Draw:
    return lambda: html.Div(rows, id=Ids.BODY)


def _slots(slots: tuple[Ids, ...], look: str) -> Component:
    return html.Div([html.Div(id=slot, className="slot") for slot in slots], className=f"cards {look}")


def _steps(code: str) -> list[Component]:
    return [place("mijlpalen-van", code, AGAIN) for place in (add_place, grid_place)]


@remembered
def opening_of(session: Session, viewer: Viewer, code: str) -> tuple[Component, bool]:
    as_of = portal_state(session).as_of
    if not result_exists(session, viewer, code):
        return missing(view.CRUMBS, as_of, "resultaat", "Kies het bij de ateliers."), True
    return view.opening(result_detail(session, viewer, code), clock.today(), as_of), False


@callback(Permission.VIEW_PORTAL, Output(Ids.HEAD, "children"), Output(Ids.BODY, "hidden"), Input(Ids.CODE, "data"))
def show_result(code: str) -> tuple[Component, bool]:
    return opening_of(current_viewer(), code)


Draws = Callable[[Session, Viewer, ResultDetail], Any]


def _far(session: Session, _: Viewer, found: ResultDetail) -> Component:
    return view.far_card(found, portal_state(session).as_of)


def _when(session: Session, _: Viewer, found: ResultDetail) -> Component:
    return view.when_card(found, clock.today(), portal_state(session).as_of)


def _work(session: Session, _: Viewer, found: ResultDetail) -> Component:
    return view.work_card(found, portal_state(session).as_of)


def _who(session: Session, viewer: Viewer, found: ResultDetail) -> Component:
    money = project_money(session, viewer, *(one.code for one in found.projects))
    return view.who_card(found, money, sees_money=viewer.may(Permission.VIEW_MONEY))


def _agreed_short(session: Session, viewer: Viewer, found: ResultDetail) -> Component:
    about = agreed_about(found)
    return view.agreed_short(found, agreed_on(session, viewer, about), items_to_come(session, viewer, about))


def _changed(session: Session, viewer: Viewer, found: ResultDetail) -> Component:
    return view.changed_card(HISTORY.rows(session, viewer, found))


def _after(_: Session, __: Viewer, found: ResultDetail) -> Component:
    return view.after_card(found)


def _list(session: Session, _: Viewer, found: ResultDetail) -> Cards:
    none = ("mijlpalen", "Voor dit resultaat zijn er nog geen genoteerd.")
    sub = "Het eerste plan staat doorstreept voor wat nu verwacht wordt."
    foot = STEPS.foot(portal_state(session).as_of, query_of(found))
    return [STEPS.drawn(told(found.steps, StepTold), foot, none=none, sub=sub)]


def _costs(session: Session, viewer: Viewer, found: ResultDetail) -> Cards:
    as_of = portal_state(session).as_of
    none = ("projecten die eraan werken", "Koppel er een onder ‘Kern’.")
    listed = PROJECTS.drawn(found.projects, PROJECTS.foot(as_of, query_of(found)), none=none)
    money = project_money(session, viewer, *(one.code for one in found.projects))
    return [listed, *([view.money_card(found, money, as_of)] if money else [])]


def _reports(session: Session, _: Viewer, found: ResultDetail) -> Cards:
    return [view.reports_card(found, reports_of(session, found.projects), portal_state(session).as_of)]


def _history(session: Session, viewer: Viewer, found: ResultDetail) -> Component:
    foot = view.history_foot(found, portal_state(session).as_of)
    return history_card(HISTORY, HISTORY.rows(session, viewer, found), foot)


def _showing(place: Ids, draw: Draws) -> Callable[[str], Any]:
    """The callback that fills a place of the page; it stays empty for a code that nobody knows."""

    @remembered
    def drawn(session: Session, viewer: Viewer, code: str) -> Any:
        return draw(session, viewer, result_detail(session, viewer, code))

    def show(code: str) -> Any:
        return drawn(current_viewer(), code)

    callback(Permission.VIEW_PORTAL, Output(place, "children"), Input(Ids.CODE, "data"))(show)
    return show


SHOWN = {
    Ids.FAR: _far,
    Ids.WHEN: _when,
    Ids.WORK: _work,
    Ids.WHO: _who,
    Ids.AGREED_SHORT: _agreed_short,
    Ids.CHANGED: _changed,
    Ids.AFTER: _after,
    Ids.LIST: _list,
    Ids.COSTS: _costs,
    Ids.REPORTS: _reports,
    Ids.HISTORY: _history,
}
show_places = {place: _showing(place, draw) for place, draw in SHOWN.items()}
show_risks = answering(named, Input(Ids.CODE, "data"), RISKS)


@remembered
def agreed(session: Session, viewer: Viewer, code: str) -> tuple[Component | None, bool]:
    found = agreed_on(session, viewer, agreed_about(result_detail(session, viewer, code)))
    shown = agreed_card(AGREED, found, download_path(PAGE, "afspraken", f"code={code}"), [Ids.CODE], itself=code)
    return shown, shown is None


@callback(Permission.VIEW_PORTAL, Output(Ids.AGREED, "children"), Output(Ids.AGREED, "hidden"), Input(Ids.CODE, "data"))
def show_agreed(code: str) -> tuple[Component | None, bool]:
    return agreed(current_viewer(), code)
