"""PostgreSQL behind a connection that is cut, slowed down and lost: what people are told of an edit is what is so."""

import json
import os
from collections import Counter
from collections.abc import Iterator
from random import Random
from threading import Event

import pytest
from dash import Dash
from sqlalchemy import select

from portal.commands.once import Unknown, new_key
from portal.db.engine import Unavailable, make_engine, reading
from portal.db.models import Audit, Challenge
from portal.pages.editing.places import Mode
from portal.pages.editing.posting import FormState, post
from portal.pages.editing.saving import CellEdit, save_cell
from portal.permissions import Viewer
from portal.queries.trace.verify import verify_trail
from tests.databases import Databases
from tests.proxy import Proxy
from tests.visitors import Portal, open_portal

pytestmark = pytest.mark.both_databases

EDITS = int(os.environ.get("PORTAL_LOST_EDITS", "40"))  # five hundred shows more, and takes its time
PLAIN = {"sslmode": "disable", "gssencmode": "disable"}  # so that the proxy sees where a transaction ends
MOST_ASKED = 10


class Weather:
    """What happens to what is said to the database: to the end of a transaction, or to the nth thing that is said."""

    def __init__(self) -> None:
        self.clear()
        self.proxy: Proxy

    def clear(self) -> None:
        self.at_commit, self.shut, self.slow, self.nth = "", False, False, 0

    def __call__(self, said: bytes) -> str:
        if self.slow:
            Event().wait(0.005)
        self.nth -= 1
        if self.nth == 0:
            return "cut"
        if b"COMMIT" not in said or not self.at_commit:
            return ""
        fate, self.at_commit = self.at_commit, ""
        if self.shut:
            self.proxy.closed.set()
        return fate


class Behind:
    """The portal whose database lies behind the proxy, and a way to the same database that is never cut."""

    def __init__(self, portal: Portal, weather: Weather, straight: str) -> None:
        self.portal, self.weather = portal, weather
        self.engine = make_engine(straight)
        with reading(self.engine) as session:
            self.rows = list(session.scalars(select(Challenge.id).order_by(Challenge.id).limit(5)))
        self.by: Viewer = portal.viewer("coordinator")

    def edit(self, row_id: int, value: str) -> CellEdit:
        with reading(self.engine) as session:
            version = session.get_one(Challenge, row_id).version
        return CellEdit("uitdagingen", "", row_id, version, "set", "raised_by", value, 1, once=new_key())

    def kept(self) -> Counter[str]:
        """How often the trail has each value that was typed."""
        with reading(self.engine) as session:
            changes = session.scalars(select(Audit.after).where(Audit.entity == "challenge")).all()
        return Counter(value for one in changes if (value := json.loads(one).get("raised_by")))

    def ask(self, edit: CellEdit) -> str:
        """As the browser does: what nobody can tell is asked again by the same key."""
        known = True
        for _ in range(MOST_ASKED):
            try:
                return save_cell(self.by, edit).state
            except Unavailable as away:
                if away.unchanged and known:
                    return "not kept"
            except Unknown:
                pass
            known = False
            self.weather.clear()
            self.weather.proxy.closed.clear()
        raise AssertionError("nobody ever knew")


@pytest.fixture
def behind(portal_app: Dash, both_databases: dict[str, Databases]) -> Iterator[Behind]:
    databases = both_databases["postgresql"]
    straight = databases.new_url(databases.demo_template_url)
    engine = make_engine(straight)
    address, weather = engine.url, Weather()
    weather.proxy = Proxy(address.host or "127.0.0.1", address.port or 5432, weather)
    through = make_engine(address.set(host="127.0.0.1", port=weather.proxy.port, query=PLAIN).render_as_string(False))
    with pytest.MonkeyPatch.context() as patch, open_portal(portal_app, through, patch) as opened:
        found = Behind(opened, weather, straight)
        yield found
        found.engine.dispose()
    weather.proxy.stop()
    for one in (engine, through):
        one.dispose()
    databases.drop(straight)


def test_an_edit_that_never_arrived_is_said_not_to_be_kept(behind: Behind):
    edit = behind.edit(behind.rows[0], "nooit")
    behind.weather.at_commit = "cut"
    with pytest.raises(Unavailable) as away:
        save_cell(behind.by, edit)
    assert away.value.unchanged
    assert str(away.value) == "De databank kan nu niet schrijven; er is niets gewijzigd."
    assert behind.kept()["nooit"] == 0


def test_an_edit_whose_answer_was_lost_is_looked_up_and_said_to_be_kept(behind: Behind):
    edit = behind.edit(behind.rows[0], "toch")
    behind.weather.at_commit = "deaf"
    answer = save_cell(behind.by, edit)
    assert (answer.state, answer.said.startswith("Ingebracht door is bewaard om ")) == ("saved", True), answer
    assert behind.kept()["toch"] == 1


def test_where_nobody_can_tell_it_is_said_to_be_unknown_and_asking_again_tells(behind: Behind):
    edit = behind.edit(behind.rows[0], "misschien")
    behind.weather.at_commit, behind.weather.shut = "deaf", True
    with pytest.raises(Unknown) as unknown:
        save_cell(behind.by, edit)
    assert str(unknown.value).startswith("Het is onbekend of dit bewaard is")
    behind.weather.proxy.closed.clear()
    assert save_cell(behind.by, edit).state == "saved"
    assert behind.kept()["misschien"] == 1


def test_a_form_whose_answer_was_lost_gives_the_row_that_it_added(behind: Behind):
    with reading(behind.engine) as session:
        row = session.get_one(Challenge, behind.rows[0])
        codes = {"theme": row.theme.code, "dimension": row.dimension.code, "service": row.service.code}
    typed = {"title": "Een nieuwe vraag", "partner": "wervik", "urgency": "2", "status": "open", "visibility": "regio"}
    form = FormState("uitdagingen", "", Mode.ADD, typed | codes, once=new_key())
    behind.weather.at_commit = "deaf"
    first = post(behind.by, form)
    again = post(behind.by, form)
    assert "Een nieuwe vraag is toegevoegd." in first.said
    assert (again.said, again.added) == (first.said, first.added)
    with reading(behind.engine) as session:
        assert len(session.scalars(select(Challenge).where(Challenge.title == "Een nieuwe vraag")).all()) == 1


def test_of_many_edits_every_one_that_is_said_to_be_kept_is_kept_once_and_no_other(behind: Behind):
    chance, told = Random(8), {}
    for number in range(EDITS):
        weather, value = behind.weather, f"wie {number}"
        edit = behind.edit(chance.choice(behind.rows), value)
        weather.clear()
        weather.at_commit = chance.choice(["", "", "cut", "deaf", "deaf"])
        weather.shut, weather.slow = chance.random() < 0.5, chance.random() < 0.2
        weather.nth = chance.randint(1, 40) if chance.random() < 0.3 else 0
        told[value] = behind.ask(edit)
        weather.clear()
        weather.proxy.closed.clear()
    kept = behind.kept()
    assert {value: kept[value] for value, state in told.items() if state == "saved" and kept[value] != 1} == {}
    assert {value: state for value, state in told.items() if state != "saved" and kept[value]} == {}
    assert set(told.values()) == {"saved", "not kept"}
    with reading(behind.engine) as session:
        assert verify_trail(session) is None
