"""What a page says at first comes with its layout: whole or not at all, to who may, and from nobody's memory."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from dash import ALL, MATCH, Dash, Input, Output, Patch, State, dcc, html, no_update
from dash._callback import GLOBAL_CALLBACK_LIST
from dash._callback_context import context_value
from dash._utils import AttributeDict
from dash.exceptions import PreventUpdate
from flask import g

from portal.auth.callbacks import callback, guarded_layout
from portal.auth.first import answered, once
from portal.auth.sessions import SignedIn
from portal.commands.base import Refused
from portal.db.engine import Trouble, Unavailable
from portal.permissions import Permission, Role, RowNotFound, Viewer
from portal.problems import PROBLEM_ID
from tests.auth import small_portal
from tests.reading import parts, said

ALL_MAY, FEW_MAY = Permission.VIEW_PORTAL, Permission.MANAGE_PORTAL
WORD, PLACE = Input("word", "data"), Output("place", "children")


@pytest.fixture(autouse=True)
def problem(small_app: Dash) -> Iterator[dict[str, Any]]:
    """A mayor asks for a page, and no callbacks are known but those of the test; what is said of a problem."""
    told = AttributeDict(updated_props={})
    with small_portal._own_callbacks(), small_app.server.test_request_context("/"):
        g._login_user = SignedIn(0, Viewer(Role.MAYOR))
        token = context_value.set(told)
        yield told.updated_props
        context_value.reset(token)


def page(*more: Any) -> html.Div:
    return html.Div([dcc.Store(id="word", data="dag"), html.Div("zoals het was", id="place"), *more])


def greet(word: str) -> str:
    return f"{word}!"


def raising(error: Exception) -> Callable[[str], str]:
    def fail(word: str) -> str:
        raise error

    return fail


def at(layout: Any, name: Any) -> Any:
    (found,) = [one for one in parts(layout) if getattr(one, "id", None) == name]
    return found


# -- what is left as it was


def test_who_may_not_finds_the_place_as_it_was_and_the_log_says_so(
    problem: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    callback(FEW_MAY, PLACE, WORD)(greet)
    assert said(answered(page())) == "zoals het was"
    assert ("recht ontbreekt" in caplog.text, problem) == (True, {})


@pytest.mark.parametrize("error", [RowNotFound("project R-99"), Refused("Dit kan niet; er is niets gewijzigd.")])
def test_what_is_refused_leaves_its_place_and_says_why_and_the_rest_is_answered(
    problem: dict[str, Any], error: Exception
) -> None:
    callback(ALL_MAY, PLACE, WORD)(raising(error))
    callback(ALL_MAY, Output("other", "children"), WORD)(greet)
    assert said(answered(page(html.Div(id="other")))) == "zoals het wasdag!"
    assert "er is niets gewijzigd" in problem[PROBLEM_ID]["children"]


def test_what_breaks_leaves_its_place_and_tells_nothing_of_itself(problem: dict[str, Any]) -> None:
    callback(ALL_MAY, PLACE, WORD)(raising(ZeroDivisionError("geheim 4711")))
    assert said(answered(page())) == "zoals het was"
    assert problem[PROBLEM_ID]["color"] == "danger"
    assert "4711" not in str(problem)


def test_a_page_whose_database_is_away_is_no_page_with_empty_places() -> None:
    callback(ALL_MAY, PLACE, WORD)(raising(Unavailable(Trouble.LOST, unchanged=True)))
    with pytest.raises(Unavailable):
        answered(page())


@pytest.mark.parametrize("nothing", [raising(PreventUpdate()), lambda word: no_update], ids=["prevented", "no update"])
def test_who_has_nothing_to_say_leaves_the_place(problem: dict[str, Any], nothing: Callable[..., Any]) -> None:
    nothing.__annotations__ = {"word": str}
    callback(ALL_MAY, PLACE, WORD)(nothing)
    assert (said(answered(page())), problem) == ("zoals het was", {})


def test_of_several_places_one_may_stay_as_it_was() -> None:
    def some(word: str) -> tuple[Any, str]:
        return no_update, word

    callback(ALL_MAY, PLACE, Output("other", "children"), WORD)(some)
    assert said(answered(page(html.Div(id="other")))) == "zoals het wasdag"


@pytest.mark.parametrize("missing", [Input("elsewhere", "value"), State("elsewhere", "value")])
def test_a_callback_that_does_not_stand_in_the_page_whole_is_not_asked(missing: Any) -> None:
    def both(word: str, other: str | None) -> str:
        return word

    callback(ALL_MAY, PLACE, WORD, missing)(both)
    assert said(answered(page())) == "zoals het was"
    assert said(answered(page(dcc.Input(id="elsewhere")))) == "dag"


def test_an_act_is_not_done_at_first() -> None:
    callback(ALL_MAY, PLACE, WORD, prevent_initial_call=True)(greet)
    assert said(answered(page())) == "zoals het was"


# -- what is filled


def test_a_first_answer_comes_with_the_layout_and_no_browser_asks_for_it() -> None:
    callback(ALL_MAY, PLACE, WORD)(greet)
    drawn = guarded_layout(ALL_MAY, page)()
    assert said(drawn) == "dag!"
    assert GLOBAL_CALLBACK_LIST[-1]["prevent_initial_call"] is True


def test_what_stands_outside_every_page_is_asked_by_the_browser() -> None:
    callback(ALL_MAY, PLACE, WORD, by_browser=True)(greet)
    assert said(answered(page())) == "zoals het was"
    assert GLOBAL_CALLBACK_LIST[-1]["prevent_initial_call"] is False


def test_one_that_waits_for_a_change_is_asked_when_one_before_it_filled_its_input() -> None:
    def both(first: str, word: str) -> str:
        return first + word

    callback(ALL_MAY, PLACE, Input("first", "data"), State("word", "data"), prevent_initial_call=True)(both)
    callback(ALL_MAY, Output("first", "data"), WORD)(greet)
    assert said(answered(page(dcc.Store(id="first")))) == "dag!dag"


def test_a_chain_is_asked_in_its_order_whatever_was_registered_first() -> None:
    asked: list[str] = []

    def noting(word: str) -> str:
        asked.append(word)
        return f"{word}>"

    for here, there in (("second", "place"), ("first", "second"), ("word", "first")):
        prop = "children" if there == "place" else "data"
        callback(ALL_MAY, Output(there, prop), Input(here, "data"))(noting)
    drawn = answered(page(dcc.Store(id="first"), dcc.Store(id="second")))
    assert (at(drawn, "place").children, asked) == ("dag>>>", ["dag", "dag>", "dag>>"])


def test_what_an_answer_brings_is_answered_too_each_place_of_a_pattern_by_itself() -> None:
    def rows(word: str) -> list[Any]:
        return [
            html.P([dcc.Store(id={"kind": "amount", "row": row}, data=row), html.B(id={"kind": "sum", "row": row})])
            for row in (2, 5)
        ]

    callback(
        ALL_MAY, Output({"kind": "sum", "row": MATCH}, "children"), Input({"kind": "amount", "row": MATCH}, "data")
    )(small_portal.same)
    callback(ALL_MAY, PLACE, WORD)(rows)
    assert [one.children for one in parts(answered(page())) if isinstance(one, html.B)] == [2, 5]


def test_all_of_a_pattern_are_told_together_and_none_is_an_empty_list() -> None:
    def count(amounts: list[int]) -> str:
        return f"{len(amounts)} samen {sum(amounts)}"

    callback(ALL_MAY, PLACE, Input({"kind": "amount", "row": ALL}, "data"))(count)
    stores = [dcc.Store(id={"kind": "amount", "row": row}, data=row) for row in (2, 5)]
    assert said(answered(page(*stores))) == "2 samen 7"
    assert said(answered(page())) == "0 samen 0"


def test_a_patch_changes_what_stood_there_and_leaves_the_rest() -> None:
    def turn(word: str) -> Patch:
        patch = Patch()
        patch["to"] = word
        return patch

    callback(ALL_MAY, Output("options", "data"), WORD)(turn)
    kept = dcc.Store(id="options", data={"to": "", "keep": 1})
    assert at(answered(page(kept)), "options").data == {"to": "dag", "keep": 1}
    assert kept.data == {"to": "", "keep": 1}


# -- of one place alone


def test_of_one_place_only_what_it_waits_for_is_asked_too_and_the_rest_stays() -> None:
    asked: list[str] = []

    def noting(word: str) -> str:
        asked.append(word)
        return f"{word}>"

    callback(ALL_MAY, Output("other", "children"), WORD)(noting)
    callback(ALL_MAY, Output("first", "data"), WORD)(noting)
    callback(ALL_MAY, PLACE, Input("first", "data"), prevent_initial_call=True)(noting)
    drawn = answered(page(dcc.Store(id="first"), html.Div("zo was het", id="other")), "place")
    assert (at(drawn, "place").children, at(drawn, "other").children) == ("dag>>", "zo was het")
    assert asked == ["dag", "dag>"]


def test_what_an_answer_brings_into_that_place_is_answered_too() -> None:
    def bring(word: str) -> list[Any]:
        return [html.B(id="name"), dcc.Store(id="who", data="An")]

    callback(ALL_MAY, PLACE, WORD)(bring)
    callback(ALL_MAY, Output("name", "children"), Input("who", "data"))(greet)
    assert said(answered(page(), "place")) == "An!"


def test_all_answers_of_a_page_hear_the_same_of_what_is_asked_once_and_the_next_page_asks_anew() -> None:
    asked: list[str] = []

    def count(word: str) -> str:
        return once("moment", lambda: asked.append(word) or str(len(asked)))

    callback(ALL_MAY, PLACE, WORD)(count)
    callback(ALL_MAY, Output("other", "children"), WORD)(count)
    pages = [answered(page(html.Div(id="other"))) for _ in range(2)]
    assert [(at(drawn, "place").children, at(drawn, "other").children) for drawn in pages] == [("1", "1"), ("2", "2")]
    assert (count("buiten"), count("buiten")) == ("3", "4")


# -- what is remembered


def test_what_a_remembered_answer_gave_is_not_changed_by_being_filled_for_somebody() -> None:
    remembered = [html.P(["Voor ", html.B(id="name")]), dcc.Store(id="who", data="An")]

    def recall(word: str) -> list[Any]:
        return remembered

    callback(ALL_MAY, PLACE, WORD)(recall)
    callback(ALL_MAY, Output("name", "children"), Input("who", "data"))(greet)
    assert said(answered(page())) == "Voor An!"
    assert said(remembered) == "Voor "
    assert [part for part in parts(answered(page())) if part in remembered] == []
