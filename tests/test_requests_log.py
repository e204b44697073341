"""The log tells what happened, and never who a person is or what was typed."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from portal import clock, requests_log
from portal.db.engine import reading
from portal.db.trail_seal import Anchor
from portal.permissions import Role
from portal.queries.trace.verify import trail_anchor
from tests.auth.conftest import PASSWORD, House, call, house, sign_in, small_app  # noqa: F401 - fixtures
from tests.auth.small_portal import body


def lines(caplog: pytest.LogCaptureFixture, event: str) -> list[dict[str, Any]]:
    written = [json.loads(record.message) for record in caplog.records if record.name == "portal.requests"]
    return [line for line in written if line["event"] == event]


def test_no_line_holds_an_address_a_cookie_or_what_was_typed(house: House, caplog: pytest.LogCaptureFixture) -> None:  # noqa: F811
    client = house.signed_in()
    call(client, body("fails", "broken"))
    call(client, body(value="geheim woord"))
    client.get("/uitdaging/U-1?zoek=geheim")
    sign_in(house.client(), password="geheim wachtwoord")
    cookies = [cookie.value for name in ("portal", "_csrf_token") if (cookie := client.get_cookie(name))]
    for secret in ("an@voorbeeld.test", "geheim", "127.0.0.1", "U-1", "An", PASSWORD, *cookies):
        assert secret not in " ".join(json.dumps(list(line.values())) for line in lines(caplog, "request"))
        assert len(secret) < 3 or secret not in caplog.text


def test_each_request_is_one_line_with_its_rule_status_and_person(
    house: House,  # noqa: F811
    caplog: pytest.LogCaptureFixture,
) -> None:
    client = house.signed_in(Role.MAYOR)
    caplog.clear()
    answer = client.get("/uitdaging/U-1")
    (line,) = lines(caplog, "request")
    assert line["id"] == answer.headers["X-Request-ID"]
    assert (line["method"], line["rule"], line["status"]) == ("GET", "/<path:path>", 200)
    assert (line["user"], line["role"]) == (1, "burgemeester")
    assert line["ms"] >= 0
    assert line["time"].endswith("+00:00")


def test_each_refusal_is_one_line_with_the_right_and_the_role(house: House, caplog: pytest.LogCaptureFixture) -> None:  # noqa: F811
    client = house.signed_in(Role.MAYOR)
    caplog.clear()
    call(client, body("admin"))
    call(client, body("fails", "denied"))
    found = [(line["reason"], line["permission"], line["role"]) for line in lines(caplog, "refusal")]
    assert found == [
        ("recht ontbreekt", "manage_portal", "burgemeester"),
        ("PermissionDenied", "edit_money", "burgemeester"),
    ]


def test_once_a_day_a_line_says_where_the_trail_stands(house: House, caplog: pytest.LogCaptureFixture) -> None:  # noqa: F811
    for day in (5, 6):
        caplog.clear()
        with clock.standing_at(datetime(2031, 1, day, 9, tzinfo=UTC)):
            house.client().get("/aanmelden")
            assert lines(caplog, "trail") == []
            client = house.signed_in(email=f"an{day}@voorbeeld.test")
            client.get("/")
            with reading() as session:
                stands = trail_anchor(session)
        (line,) = lines(caplog, "trail")
        assert Anchor.read(line["anchor"]).sequence <= stands.sequence


def test_a_fault_names_its_cause_and_place_but_not_its_words(caplog: pytest.LogCaptureFixture) -> None:
    def break_down() -> None:
        try:
            raise KeyError("geheim")
        except KeyError as cause:
            raise RuntimeError("ook geheim") from cause

    with pytest.raises(RuntimeError) as broken:
        break_down()
    with caplog.at_level("INFO", "portal.requests"):
        requests_log.fault(broken.value)
    (line,) = lines(caplog, "fault")
    assert line["kinds"] == ["RuntimeError", "KeyError"]
    assert line["trace"][-1].endswith("break_down")
    assert "geheim" not in caplog.text


def test_a_reference_is_short_enough_to_say_on_the_telephone() -> None:
    assert len({requests_log.reference() for _ in range(100)}) == 100
    assert len(requests_log.reference()) == 11
