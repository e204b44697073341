"""Refused and broken, said in Dutch: in the page for a callback, as a page or JSON for everything else.

Nothing found is the third sentence; it is no problem and stands in `portal.components.cards`.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import dash_bootstrap_components as dbc
from dash import set_props
from dash.development.base_component import Component
from dash.exceptions import DependencyException, PreventUpdate
from flask import Flask, Response, jsonify, make_response, render_template, request
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from portal import requests_log
from portal.commands.base import Conflict, MustWait, Refused
from portal.commands.once import Unknown
from portal.db.base import ValueRefused
from portal.db.engine import CANNOT_ANSWER, Unavailable
from portal.permissions import PermissionDenied, RowNotFound

PROBLEM_ID = "problem"
ANSWERS_JSON = "/_dash-"
KEPT_HEADERS = frozenset({"Allow", "Retry-After"})
UNCHANGED = "er is niets gewijzigd"


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong: its HTTP status, a title and one sentence."""

    status: int
    title: str
    sentence: str


PAGES = {
    400: ("Deze aanvraag klopt niet", "De pagina was te oud of onvolledig. Herlaad ze en probeer opnieuw."),
    401: ("Meld u aan", "Uw aanmelding is beëindigd. Meld u opnieuw aan om verder te gaan."),
    403: ("Dit mag u niet", f"Uw rol laat dit niet toe; {UNCHANGED}."),
    404: ("Niet gevonden", f"Dit bestaat niet of is voor u niet zichtbaar; {UNCHANGED}."),
    405: ("Dit kan hier niet", f"Op dit adres kan dat niet; {UNCHANGED}."),
    409: ("Iemand was u voor", f"Intussen heeft iemand anders dit gewijzigd; {UNCHANGED}. Herlaad en probeer opnieuw."),
    413: ("Te groot", f"Dit bestand of deze aanvraag is te groot; {UNCHANGED}."),
    429: ("Even wachten", "Er kwamen te veel pogingen na elkaar. Probeer het later opnieuw."),
    500: ("Er ging iets mis", "Er liep iets fout in het portaal. Wat u net deed, is niet bewaard."),
    503: ("Even niet beschikbaar", CANNOT_ANSWER),
}
AWAY = (Unavailable, Unknown)
"""What the database could not do; the browser is answered 503, and asks again where that can do no harm."""
STATUS = {PermissionDenied: 403, RowNotFound: 404, DependencyException: 404, Conflict: 409, StaleDataError: 409}


def problem_place() -> Component:
    """Where a callback's problem is read; once, in the frame around every page."""
    place: Component = dbc.Alert(
        id=PROBLEM_ID, is_open=False, dismissable=True, fade=False, color="warning", class_name="problem", children=""
    )
    return place


def problem_of(error: BaseException) -> Problem:
    """What to say of an error. Everything unforeseen is broken, and says nothing of itself."""
    if isinstance(error, HTTPException):
        return _listed(error.code or 500)
    if isinstance(error, MustWait):
        return Problem(429, PAGES[429][0], str(error))
    if isinstance(error, AWAY):
        return Problem(503, PAGES[503][0], str(error))
    if isinstance(error, Refused) and not isinstance(error, Conflict):
        return Problem(409, "Niet gewijzigd", str(error))
    if isinstance(error, ValueRefused):
        return Problem(400, "Niet gewijzigd", f"Een van de waarden {error.why}; {UNCHANGED}.")
    status = next((status for kind, status in STATUS.items() if isinstance(error, kind)), 500)
    return Problem(status, PAGES[status][0], str(error)) if isinstance(error, Conflict) else _listed(status)


def on_error(error: Exception) -> None:
    """For `Dash(on_error=...)`: says it in the page and leaves every output as it was."""
    if isinstance(error, HTTPException | PreventUpdate | Unavailable | Unknown):
        raise error
    problem = problem_of(error)
    reference = _note(error, problem)
    sentence = problem.sentence if problem.status < HTTPStatus.INTERNAL_SERVER_ERROR else _broken(problem, reference)
    color = "warning" if problem.status < HTTPStatus.INTERNAL_SERVER_ERROR else "danger"
    set_props(PROBLEM_ID, {"children": sentence, "is_open": True, "color": color})


def noted(error: BaseException) -> Problem:
    """For who tells a refusal in its own place: the problem, after it went to the log."""
    problem = problem_of(error)
    _note(error, problem)
    return problem


def install(server: Flask) -> None:
    """Every error that reaches Flask becomes a Dutch page, or JSON for the page's own calls."""
    server.extensions["portal_on_error"] = on_error

    @server.errorhandler(Exception)
    def answer(error: Exception) -> Any:
        # an answer that is itself the exception, such as a redirect
        if isinstance(error, HTTPException) and (error.code is None or error.code < HTTPStatus.BAD_REQUEST):
            return error
        problem = problem_of(error)
        return _said(error, problem, _note(error, problem))


def _listed(status: int) -> Problem:
    known = status if status in PAGES else 400 if status < HTTPStatus.INTERNAL_SERVER_ERROR else 500
    return Problem(status, *PAGES[known])


def _note(error: BaseException, problem: Problem) -> str:
    if isinstance(error, AWAY):
        requests_log.unavailable(getattr(error, "trouble", "unknown"), error, unchanged=_is_unchanged(error))
    elif problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        requests_log.fault(error)
    elif not isinstance(error, HTTPException):
        requests_log.refusal(type(error).__name__, getattr(error, "permission", ""))
    return requests_log.reference()


def _is_unchanged(error: BaseException) -> bool:
    """Whether it is certain that nothing was kept."""
    return error.unchanged if isinstance(error, Unavailable) else not isinstance(error, Unknown)


def _broken(problem: Problem, reference: str) -> str:
    return f"{problem.sentence} Meld dit met nummer {reference}."


def _said(error: BaseException, problem: Problem, reference: str) -> Response:
    if request.path.startswith(ANSWERS_JSON):
        answer = jsonify(message=problem.sentence, reference=reference, unchanged=_is_unchanged(error))
        answer.status_code = problem.status
    else:
        page = render_template("problem.html", problem=problem, reference=reference)
        answer = make_response(page, problem.status)
    if isinstance(error, HTTPException):
        answer.headers.extend([(name, value) for name, value in error.get_headers() if name in KEPT_HEADERS])
    if isinstance(error, MustWait):
        answer.headers["Retry-After"] = str(error.seconds)
    return answer
