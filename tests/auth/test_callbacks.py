"""A callback asks for its right before anything else."""

import pytest
from dash import Dash, Input, Output

from portal.auth.callbacks import (
    CLIENTSIDE,
    DASHS_OWN,
    DASHS_OWN_CLIENTSIDE,
    RIGHTS,
    RightMissing,
    callback,
    guarded_layout,
)
from portal.auth.guard import Unauthorised
from portal.permissions import Permission, Role
from tests.auth import small_portal
from tests.auth.conftest import House, call
from tests.auth.small_portal import body


def test_a_role_without_the_right_is_refused_before_the_function_runs(house: House) -> None:
    answer = call(house.signed_in(Role.MAYOR), body("admin"))
    assert answer.status_code == 403
    assert answer.json["message"] == "Uw rol laat dit niet toe; er is niets gewijzigd."


def test_a_role_with_the_right_gets_its_answer(house: House) -> None:
    answer = call(house.signed_in(Role.ADMIN), body("admin"))
    assert answer.json["response"]["admin"]["children"] == "beheer"


@pytest.mark.parametrize("option", ["background", "api_endpoint", "websocket", "mcp_enabled", "on_error"])
def test_a_callback_takes_no_option_that_opens_another_door(option: str) -> None:
    with pytest.raises(TypeError, match=option):
        callback(Permission.VIEW_PORTAL, Output("a", "b"), Input("c", "d"), **{option: True})


def test_the_function_stays_plain() -> None:
    assert small_portal.fail("dag") == "dag"


def test_the_list_of_rights_names_the_callbacks_as_dash_does() -> None:
    with small_portal._own_callbacks():
        small_portal._register()
        assert RIGHTS["admin.children"] is Permission.MANAGE_PORTAL
        assert RIGHTS["..total.children...count.children.."] is Permission.VIEW_PORTAL
        assert {"loud.children"} == CLIENTSIDE
        assert len(RIGHTS) == 8
    assert "admin.children" not in RIGHTS


def test_dashs_own_callbacks_are_the_router_and_the_title(small_app: Dash) -> None:
    with small_portal._own_callbacks():
        small_portal._register()
        ours = set(RIGHTS) | set(CLIENTSIDE)
    assert set(small_app.callback_map) - ours == set(DASHS_OWN) | DASHS_OWN_CLIENTSIDE


def test_a_layout_is_for_who_holds_its_right(house: House) -> None:
    layout = guarded_layout(Permission.MANAGE_PORTAL, lambda: "beheer")
    with house.app.server.test_request_context("/"), pytest.raises(Unauthorised):
        layout()
    client = house.signed_in(Role.MAYOR)
    with client:
        client.get("/_dash-layout")
        with pytest.raises(RightMissing):
            layout()
    other = house.signed_in(Role.ADMIN, "bo@voorbeeld.test")
    with other:
        other.get("/_dash-layout")
        assert layout() == "beheer"


def test_a_layout_gets_of_the_address_only_what_it_names(house: House) -> None:
    client = house.signed_in()
    with client:
        client.get("/_dash-layout")
        named = guarded_layout(Permission.VIEW_PORTAL, lambda code: code)
        everything = guarded_layout(Permission.VIEW_PORTAL, lambda **query: query)
        assert named(code="U-1", onbekend="x") == "U-1"
        assert everything(thema=["1", "2"], q="x") == {"thema": "1", "q": "x"}
