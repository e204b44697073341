"""No change without a token of the same session."""

from tests.auth.conftest import House, call, csrf_token, sign_in
from tests.auth.small_portal import body


def test_a_callback_without_token_is_refused(house: House) -> None:
    client = house.signed_in()
    assert client.post("/_dash-update-component", json=body()).status_code == 400


def test_a_callback_with_anothers_token_is_refused(house: House) -> None:
    client, other = house.signed_in(), house.signed_in(email="bo@voorbeeld.test")
    stolen = other.get_cookie("_csrf_token")
    assert stolen
    assert call(client, body(), **{"X-CSRFToken": stolen.value}).status_code == 400


def test_a_token_of_before_the_sign_in_is_worth_nothing(house: House) -> None:
    house.add()
    client = house.client()
    old = csrf_token(client)
    sign_in(client, csrf_token=old)
    assert call(client, body(), **{"X-CSRFToken": old}).status_code == 400


def test_signing_in_or_out_without_token_is_refused(house: House) -> None:
    house.add()
    client = house.client()
    assert client.post("/aanmelden", data={"email": "an@voorbeeld.test", "password": "x"}).status_code == 400
    assert house.signed_in(email="bo@voorbeeld.test").post("/afmelden").status_code == 400


def test_the_pages_cookie_is_the_token_that_the_renderer_sends(house: House) -> None:
    client = house.signed_in()
    config = client.get("/").text
    assert '"csrf_token_name":"_csrf_token","csrf_header_name":"X-CSRFToken"' in config
    cookie = client.get_cookie("_csrf_token")
    assert cookie
    assert not cookie.http_only  # a script of the page reads it
    assert call(client, body()).status_code == 200
