"""What is sent twice is done once: for one person, one key and one content; and a lost commit is looked up."""

from functools import partial
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from portal.commands.base import Conflict, Refused
from portal.commands.coalitions.endorsements import add_roadmap_item
from portal.commands.inventory.challenges import CHALLENGE
from portal.commands.inventory.projects import add_project
from portal.commands.once import is_kept, is_key, new_key, once, seal
from portal.db.engine import reading, writing
from portal.db.models import Audit, Project, User
from portal.permissions import PermissionDenied, Role, Viewer
from portal.queries.trace.verify import verify_trail
from tests.makers import make_challenge, viewer
from tests.test_two_at_once import at_once

LEAD, OTHER = viewer(Role.COORDINATOR, user_id=1), viewer(Role.COORDINATOR, user_id=2)
VALUES = {"title": "Servers", "scope": "regionaal"}
KEY = "once-0f8fad5b-d9cb-469f-a165-70867728950e"


@pytest.fixture(autouse=True)
def two_people(fresh_engine: Engine) -> None:
    with writing(fresh_engine) as session:
        session.add_all(User(id=n, email=f"{n}@demo.example", name="An", role=Role.COORDINATOR) for n in (1, 2))
        session.commit()


def add(engine: Engine, key: str, by: Viewer = LEAD, about: object = "") -> str:
    with once(key, about), writing(engine) as session:
        return add_project(session, by, values=VALUES).code


def projects(engine: Engine) -> int:
    with reading(engine) as session:
        return session.scalar(select(func.count()).select_from(Project)) or 0


def keys(engine: Engine) -> list[str | None]:
    with reading(engine) as session:
        return list(session.scalars(select(Audit.once_key).order_by(Audit.sequence)))


NO_KEYS = ["", "once-", f"{KEY} ", f"{KEY}\n", KEY.upper(), "once-" + "z" * 36]


def test_what_is_no_key_is_none(subtests: pytest.Subtests):
    for text in NO_KEYS:
        with subtests.test(text=text):
            assert not is_key(text)


def test_a_new_key_is_one_and_another_each_time():
    assert is_key(new_key())
    assert new_key() != new_key()


def test_a_repeated_key_does_not_let_in_who_may_not(fresh_engine: Engine):
    key = new_key()
    add(fresh_engine, key)
    with pytest.raises(PermissionDenied):
        add(fresh_engine, key, viewer(Role.MAYOR))


def test_another_person_with_the_same_key_is_told_nothing_of_the_first(fresh_engine: Engine):
    key = new_key()
    sealed = [seal_for(key, one) for one in (LEAD, OTHER)]
    assert len(set(sealed)) == 2
    assert key not in " ".join(sealed)
    assert add(fresh_engine, key, OTHER) != add(fresh_engine, key, LEAD)


def seal_for(key: str, by: Viewer) -> str:
    with once(key):
        return seal(by.user_id, "add_project")


def test_a_key_that_comes_again_gives_the_row_that_was_added(fresh_engine: Engine):
    key = new_key()
    first = add(fresh_engine, key)
    stood = projects(fresh_engine), keys(fresh_engine)
    assert add(fresh_engine, key) == first
    assert (projects(fresh_engine), keys(fresh_engine)) == stood


def test_another_key_another_content_or_no_key_is_another_act(fresh_engine: Engine):
    key = new_key()
    codes = {add(fresh_engine, key), add(fresh_engine, new_key()), add(fresh_engine, key, about="iets anders")}
    codes |= {add(fresh_engine, ""), add(fresh_engine, "")}
    assert len(codes) == 5


def test_a_key_that_comes_eight_times_at_once_adds_one(fresh_engine: Engine):
    key, stood = new_key(), projects(fresh_engine)
    told = at_once([partial(add, fresh_engine, key)] * 8)
    assert len(set(told)) == 1
    assert projects(fresh_engine) == stood + 1
    with reading(fresh_engine) as session:
        assert verify_trail(session) is None


def change(engine: Engine, row_id: int, version: int, title: str, key: str) -> Any:
    with once(key, title), writing(engine) as session:
        return CHALLENGE.change(session, LEAD, row_id=row_id, version=version, values={"title": title}).title


def test_an_edit_that_comes_again_is_no_conflict_with_itself_but_one_with_another(fresh_engine: Engine):
    with writing(fresh_engine) as session:
        row_id, version = (row := make_challenge(session)).id, row.version
        session.commit()
    key = new_key()
    told = at_once([partial(change, fresh_engine, row_id, version, "Nieuw", key)] * 4)
    assert told == ["Nieuw"] * 4
    with pytest.raises(Conflict):
        change(fresh_engine, row_id, version, "Anders", new_key())


def test_what_was_refused_may_be_tried_again_with_its_key(fresh_engine: Engine):
    key = new_key()
    with pytest.raises(Refused), once(key), writing(fresh_engine) as session:
        add_project(session, LEAD, values={"title": " ", "scope": "regionaal"})
    assert add(fresh_engine, key)


def test_every_command_carries_one_key_on_the_row_that_it_gave(fresh_engine: Engine):
    add(fresh_engine, "")
    with writing(fresh_engine) as session:
        row = add_roadmap_item(session, LEAD, partner="wervik", values={"title": "Stap", "part": "investering"})
        line = session.scalars(select(Audit).where(Audit.entity_id == row.id, Audit.entity == "roadmap_item")).one()
        assert line.once_key
        assert is_kept(session, line.once_key)
        assert not is_kept(session, "x" * 40)
