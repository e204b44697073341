"""A database that is full, read-only or gone, on both databases: one kind of trouble, told the same through every door.

What cannot be kept is said not to be; what can still be read is; and the log has one line without any value.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from click.testing import CliRunner
from dash import Dash
from flask.testing import FlaskClient
from sqlalchemy import event, select, text

from portal.cli import main
from portal.commands.once import new_key
from portal.config import settings
from portal.db.engine import CANNOT_ANSWER, CANNOT_WRITE, engine_for, make_engine, reading
from portal.db.models import Challenge
from portal.pages.editing.places import Part
from tests.databases import Databases
from tests.visitors import ACCOUNTS, Portal, open_portal

READ_ONLY, FULL, GONE = "read only", "full", "gone"
KINDS = {READ_ONLY: "read only", FULL: "full", GONE: "lost"}
TYPED = "Een heel lange tekst die ergens moet staan. " * 90
NOT_MADE_YET = "Er is hier nog geen portaal; maak het met: portal migrate"
FULL_SERVER = """
CREATE FUNCTION refuse() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'No space left' USING ERRCODE = '53100'; END $$
LANGUAGE plpgsql
"""
WRITTEN = ("audit", "challenge", "portal_info", "sign_in_attempt", "user_account")


def full(databases: Databases, url: str) -> None:
    if databases.kind == "sqlite":
        event.listen(engine_for(url), "connect", lambda raw, _: raw.execute("PRAGMA max_page_count = 1"))
        return
    with engine_for(url).begin() as connection:
        connection.execute(text(FULL_SERVER))
        for table in WRITTEN:
            connection.execute(
                text(f"CREATE TRIGGER disk_full BEFORE INSERT OR UPDATE ON {table} EXECUTE FUNCTION refuse()")
            )


def read_only(databases: Databases, url: str) -> str:
    """The address at which nothing may be written."""
    if databases.kind == "sqlite":
        return f"sqlite:///file:{url.removeprefix('sqlite:///')}?mode=ro&uri=true"
    engine = engine_for(url)
    with engine.begin() as connection:
        connection.execute(text(f'ALTER DATABASE "{engine.url.database}" SET default_transaction_read_only = on'))
    engine.dispose()
    return url


@dataclass
class Troubled:
    """A portal in which somebody is signed in, and whose database then got into trouble."""

    portal: Portal
    kind: str
    url: str
    edit: dict[str, Any]

    @property
    def client(self) -> FlaskClient:
        return self.portal.visitor("coordinator")

    @property
    def can_read(self) -> bool:
        return self.kind != GONE

    @property
    def small_fits(self) -> bool:
        """A full file of SQLite still has room in the pages that it has."""
        return self.kind == FULL and self.url.startswith("sqlite")

    @property
    def sentence(self) -> str:
        return CANNOT_WRITE if self.can_read else CANNOT_ANSWER


@pytest.fixture(scope="module", params=KINDS)
def troubled(
    request: pytest.FixtureRequest, portal_app: Dash, databases: Databases, demo_template_url: str
) -> Iterator[Troubled]:
    url = databases.new_url(demo_template_url)
    engine, kind = make_engine(url), request.param
    with pytest.MonkeyPatch.context() as patch, open_portal(portal_app, engine, patch) as portal:
        portal.visitor("coordinator")
        with reading(engine) as session:
            row = session.scalars(select(Challenge).order_by(Challenge.id)).first()
            assert row
            place = {"what": "uitdagingen", "of": "", "id": row.id, "version": row.version}
            place |= {"theme": row.theme.code, "dimension": row.dimension.code, "service": row.service.code}
        engine.dispose()
        engine_for(url).dispose()
        now = url
        if kind == READ_ONLY:
            now = read_only(databases, url)
        elif kind == FULL:
            full(databases, url)
        else:
            databases.drop(url)
        patch.setenv("PORTAL_DATABASE_URL", now)
        settings.cache_clear()
        edit = place | {"act": "set", "field": "description", "value": TYPED, "once": new_key()}
        yield Troubled(portal, kind, now, edit)
        engine_for(now).dispose()
    if kind != GONE:
        databases.drop(url)


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    found = [json.loads(record.message) for record in caplog.records if record.name == "portal.requests"]
    return [line for line in found if line["event"] in {"database", "fault"}]


def test_a_page_is_read_as_long_as_it_can_be(troubled: Troubled):
    answer = troubled.client.get("/inventaris")
    assert answer.status_code == (200 if troubled.can_read else 503)
    assert troubled.can_read or CANNOT_ANSWER in answer.text


def test_a_callback_that_reads_answers_or_says_why_not(troubled: Troubled):
    place = {"what": "uitdagingen", "of": "", "mode": "grid"}
    answer = troubled.portal.post("coordinator", Part.PLACE, Part.ASKED, place, place)
    if troubled.can_read:
        assert (answer.status_code, "edit-switch" in answer.text) == (200, True)
    else:
        assert (answer.status_code, answer.json["message"]) == (503, CANNOT_ANSWER)


def test_an_edit_is_said_not_to_be_kept_and_the_log_has_one_line(troubled: Troubled, caplog: pytest.LogCaptureFixture):
    place = {"what": "uitdagingen", "of": "", "mode": "grid"}
    answer = troubled.portal.post("coordinator", Part.ANSWER, Part.SENT, place, troubled.edit)
    assert (answer.status_code, answer.json["message"]) == (503, troubled.sentence)
    assert answer.json["unchanged"] is troubled.can_read
    (line,) = lines(caplog)
    assert (line["event"], line["trouble"]) == ("database", KINDS[troubled.kind])
    assert TYPED[:20] not in caplog.text
    assert str(engine_for(troubled.url).url.database) not in json.dumps(line)


def test_a_form_is_said_not_to_be_kept(troubled: Troubled):
    place = {"what": "uitdagingen", "of": "", "mode": "add"}
    typed = {"title": "Een vraag", "partner": "wervik", "urgency": "2", "status": "open", "visibility": "regio"}
    codes = {key: troubled.edit[key] for key in ("theme", "dimension", "service")}
    posted = place | {"typed": typed | codes | {"description": TYPED}, "once": new_key()}
    answer = troubled.portal.post("coordinator", Part.FORM, Part.POSTED, place, posted)
    assert (answer.status_code, answer.json["message"]) == (503, troubled.sentence)


def test_who_signs_in_is_told_on_a_page(troubled: Troubled):
    client = troubled.portal.stranger()
    token = troubled.client.get_cookie("_csrf_token")
    assert token
    shown = client.get("/aanmelden")
    assert shown.status_code == (200 if troubled.can_read else 503)
    fields = {"email": ACCOUNTS["directeur"], "password": "x", "csrf_token": _token(shown.text)}
    answer = client.post("/aanmelden", data=fields)
    if not troubled.can_read:
        assert answer.status_code == 400  # without a page there is no token
    elif not troubled.small_fits:
        assert (answer.status_code, CANNOT_WRITE in answer.text) == (503, True)


def _token(page: str) -> str:
    return page.partition('name="csrf_token" value="')[2].partition('"')[0]


def test_it_is_not_ready_and_the_process_lives(troubled: Troubled):
    client = troubled.portal.stranger()
    assert (client.get("/readyz").status_code, client.get("/healthz").status_code) == (503, 200)


@pytest.mark.parametrize("words", [("user", "add", "nieuw@voorbeeld.be", "--name", "An", "--role", "coordinator")])
def test_the_command_line_says_one_sentence(troubled: Troubled, words: tuple[str, ...]):
    typed = "een-lang-genoeg-wachtwoord-9\n"
    said = CliRunner().invoke(main, [*words, "--password-stdin"], input=typed, prog_name="portal")
    if troubled.small_fits:
        return
    assert said.exit_code == 1, said.output
    assert said.output.strip() in {
        CANNOT_WRITE,
        CANNOT_ANSWER,
        "Er is hier nog geen portaal; maak het met: portal migrate",
    }
