"""Refused and broken are two different sentences, and neither tells what it should not."""

import json

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, NotFound

from portal.commands.base import REFUSALS, Conflict, Refused
from portal.db.base import ValueRefused
from portal.permissions import Permission, PermissionDenied, RowNotFound
from portal.problems import PAGES, PROBLEM_ID, noted, on_error, problem_of, problem_place
from tests.auth.conftest import House, call, house, small_app, stranger  # noqa: F401 - fixtures
from tests.auth.small_portal import body

SAYS_UNCHANGED = [
    (PermissionDenied(Permission.EDIT_MONEY), 403),
    (RowNotFound("challenge 7"), 404),
    (Refused("Dit kan niet; er is niets gewijzigd."), 409),
    (Conflict("An wijzigde dit; er is niets gewijzigd."), 409),
    (StaleDataError(), 409),
    (ValueRefused("title", "telt 301 tekens; er passen er 300"), 400),
]


@pytest.mark.parametrize(("error", "status"), SAYS_UNCHANGED)
def test_a_refusal_says_that_nothing_changed(error: Exception, status: int) -> None:
    problem = problem_of(error)
    assert problem.status == status
    assert "er is niets gewijzigd" in problem.sentence


def test_another_ones_row_and_a_row_that_is_not_there_sound_the_same() -> None:
    assert problem_of(RowNotFound("challenge 7")) == problem_of(RowNotFound("no such challenge"))


def test_whatever_is_unforeseen_is_broken_and_says_nothing_of_itself() -> None:
    problem = problem_of(ZeroDivisionError("4711"))
    assert problem.status == 500
    assert "4711" not in problem.sentence + problem.title


def test_an_http_answer_in_a_callback_is_left_to_flask() -> None:
    with pytest.raises(HTTPException):
        on_error(NotFound())


def test_the_place_for_problems_is_an_alert_that_people_can_close() -> None:
    place = problem_place()
    assert place.id == PROBLEM_ID
    assert place.is_open is False
    assert place.dismissable


@pytest.mark.parametrize("what", ["refused", "conflict", "denied", "hidden"])
def test_a_refusal_in_a_callback_is_said_in_the_page_and_changes_nothing(house: House, what: str) -> None:  # noqa: F811
    answer = call(house.signed_in(), body("fails", what))
    assert answer.status_code == 200
    said = answer.json["sideUpdate"][PROBLEM_ID]
    assert said["is_open"] is True
    assert "er is niets gewijzigd" in said["children"]
    assert answer.json["response"] == {}


def test_a_fault_in_a_callback_gives_a_number_that_the_log_knows(
    house: House,  # noqa: F811
    caplog: pytest.LogCaptureFixture,
) -> None:
    answer = call(house.signed_in(), body("fails", "broken"))
    said = answer.json["sideUpdate"][PROBLEM_ID]["children"]
    lines = [json.loads(record.message) for record in caplog.records if record.name == "portal.requests"]
    (fault,) = [line for line in lines if line["event"] == "fault"]
    assert f"nummer {fault['id']}" in said
    assert fault["id"] == answer.headers["X-Request-ID"]
    assert fault["kinds"] == ["ZeroDivisionError"]
    assert "tests.auth.small_portal" in fault["trace"][-1]
    assert "4711" not in caplog.text
    assert "4711" not in answer.text


@pytest.mark.parametrize(
    ("what", "status"), [("refused", 409), ("conflict", 409), ("denied", 403), ("hidden", 404), ("broken", 500)]
)
def test_a_download_that_fails_answers_a_dutch_page_with_a_number(house: House, what: str, status: int) -> None:  # noqa: F811
    answer = house.signed_in().get(f"/download/{what}")
    assert answer.status_code == status
    assert '<html lang="nl">' in answer.text
    assert answer.headers["X-Request-ID"] in answer.text
    assert "4711" not in answer.text


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 413, 429, 500])
def test_every_error_page_is_dutch(status: int) -> None:
    title, sentence = PAGES[status]
    assert title
    assert sentence.endswith(".")


def test_what_the_page_itself_asks_is_answered_in_json(stranger: FlaskClient) -> None:  # noqa: F811
    answer = stranger.get("/_dash-update-component")
    assert answer.status_code == 401 or answer.is_json
    assert stranger.put("/_dash-layout").json is not None


def test_a_door_that_takes_no_such_method_says_which_it_takes(stranger: FlaskClient) -> None:  # noqa: F811
    assert stranger.get("/afmelden").headers["Allow"] == "POST"


def lines_of(caplog: pytest.LogCaptureFixture) -> list[dict[str, str]]:
    return [json.loads(record.message) for record in caplog.records if record.name == "portal.requests"]


@pytest.mark.parametrize(("error", "status"), SAYS_UNCHANGED)
def test_a_refusal_told_in_its_own_place_goes_to_the_log_too(
    error: Exception, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    assert noted(error) == problem_of(error)
    (line,) = lines_of(caplog)
    assert (line["event"], line["reason"]) == ("refusal", type(error).__name__)
    assert line["permission"] == getattr(error, "permission", "")
    assert isinstance(error, REFUSALS)
    assert "challenge 7" not in caplog.text
    assert status < 500


def test_a_fault_told_in_its_own_place_is_no_refusal_and_says_nothing_of_itself(
    caplog: pytest.LogCaptureFixture,
) -> None:
    problem = noted(ZeroDivisionError("4711"))
    (line,) = lines_of(caplog)
    assert (line["event"], line["kinds"], problem.status) == ("fault", ["ZeroDivisionError"], 500)
    assert "4711" not in caplog.text + problem.sentence
