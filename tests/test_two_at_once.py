"""Many at once change the same rows: every answer tells the truth, and nothing is overwritten unseen."""

import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select

from portal.commands.base import Refused
from portal.commands.inventory.challenges import CHALLENGE, add_challenge, link_challenge
from portal.commands.inventory.projects import add_project
from portal.db.engine import reading, writing
from portal.db.models import Audit, Challenge, ChallengeLike, ProjectChallenge
from portal.pages.editing.places import Part
from portal.permissions import Role
from portal.queries.trace.verify import verify_trail
from tests.makers import make_challenge, make_project, viewer
from tests.visitors import Portal

CLIENTS = 8
CHANGES = int(os.environ.get("PORTAL_CHANGES_EACH", "25"))  # a hundred shows more, and takes its time
PEOPLE = ("coordinator", "beheerder", "directeur")
CODE = "U-WER-01"
COORDINATOR = viewer(Role.COORDINATOR)


def at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    with ThreadPoolExecutor(len(acts)) as threads:
        return [told.result() for told in [threads.submit(act) for act in acts]]


def same_person(portal: Portal, account: str) -> FlaskClient:
    """One more browser of somebody who has signed in."""
    client = portal.stranger()
    for name in ("portal", "_csrf_token"):
        cookie = portal.visitor(account).get_cookie(name)
        assert cookie
        client.set_cookie(name, cookie.value)
    return client


class Visitor:
    """A browser with the grid of one challenge open: it edits a cell, and sees the row as it is by then."""

    def __init__(self, portal: Portal, account: str, name: str, row: Challenge) -> None:
        self.portal, self.name, self.id, self.version = portal, name, row.id, row.version
        self.client = same_person(portal, account)

    def types(self, text: str, field: str = "raised_by") -> tuple[str, str]:
        """What became of it, and what was typed; the answer tells the version by now."""
        edit = {"what": "uitdagingen", "of": CODE, "id": self.id, "version": self.version, "act": "set"}
        cookie = self.client.get_cookie("_csrf_token")
        assert cookie
        told = self.client.post(
            "/_dash-update-component",
            json=posted(self.portal, edit | {"field": field, "value": text}),
            headers={"X-CSRFToken": cookie.value},
        )
        assert told.status_code == 200, told.text
        answer = next(part["data"] for part in told.json["response"].values() if "data" in part)
        self.version = answer["row"]["version"]
        return answer["state"], text

    def goes_on(self) -> list[tuple[str, str]]:
        return [self.types(f"{self.name} {turn}") for turn in range(CHANGES)]


def posted(portal: Portal, edit: dict[str, Any]) -> dict[str, Any]:
    """The body of the grid's callback as the renderer sends it."""
    output = next(key for key in portal.app.callback_map if Part.ANSWER in key)
    place = {"what": edit["what"], "of": edit["of"], "mode": "grid"}
    shown = {Part.ANSWER: ("data",), Part.SAID: ("children", "className"), Part.CLASH: ("children",)}
    return {
        "output": output,
        "outputs": [{"id": {"type": part, **place}, "property": prop} for part in shown for prop in shown[part]],
        "inputs": [{"id": {"type": Part.SENT, **place}, "property": "data", "value": edit}],
        "changedPropIds": [f"{json.dumps({'type': Part.SENT, **place}, sort_keys=True)}.data"],
    }


def row_of(portal: Portal) -> Challenge:
    with reading(portal.engine) as session:
        return session.scalars(select(Challenge).where(Challenge.code == CODE)).one()


def traced(portal: Portal, row: Challenge) -> list[Audit]:
    with reading(portal.engine) as session:
        found = select(Audit).where(Audit.entity == "challenge", Audit.entity_id == row.id).order_by(Audit.sequence)
        return list(session.scalars(found))


def test_eight_who_change_one_row_a_hundred_times_lose_nothing(own_portal: Portal):
    before = row_of(own_portal)
    known = len(traced(own_portal, before))
    visitors = [Visitor(own_portal, PEOPLE[n % len(PEOPLE)], f"bezoeker {n}", before) for n in range(CLIENTS)]
    told = [answer for answers in at_once([one.goes_on for one in visitors]) for answer in answers]
    accepted = {text for state, text in told if state == "saved"}
    after, trail = row_of(own_portal), traced(own_portal, before)[known:]
    assert len(told) == CLIENTS * CHANGES
    assert {state for state, _ in told} == {"saved", "conflict"}
    assert len(accepted) == after.version - before.version == len(trail)
    written = [json.loads(row.after)["raised_by"] for row in trail]
    assert (set(written), written[-1]) == (accepted, after.raised_by)
    assert [json.loads(row.before)["raised_by"] for row in trail] == [before.raised_by, *written[:-1]]


def test_who_changes_another_cell_of_the_row_is_told_too_and_may_take_their_own(own_portal: Portal):
    row = row_of(own_portal)
    one, other = (Visitor(own_portal, account, account, row) for account in PEOPLE[:2])
    assert one.types("Onthaal") == ("saved", "Onthaal")
    assert other.types("Een titel", "title") == ("conflict", "Een titel")
    assert row_of(own_portal).title == row.title
    assert other.types("Een titel", "title") == ("saved", "Een titel")  # taken, now that the row was seen
    after = row_of(own_portal)
    assert (after.raised_by, after.title) == ("Onthaal", "Een titel")


def refused_or(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except Refused as refused:
        return refused


@pytest.fixture
def inventory(fresh_engine: Engine) -> tuple[list[int], str]:
    """Six challenges of two partners in much the same words, and the code of a project."""
    with writing(fresh_engine) as session:
        rows = [
            make_challenge(session, partner=("menen", "kuurne")[n % 2], title=f"eBox voor loket {n}") for n in range(6)
        ]
        found = [row.id for row in rows], make_project(session, reported_by="menen").code
        session.commit()
    return found


def test_alike_texts_that_change_at_once_do_not_wait_for_each_other_or_leave_two_of_a_pair(
    fresh_engine: Engine, inventory: tuple[list[int], str]
):
    def retell(challenge_id: int) -> None:
        for turn in range(6):
            with writing(fresh_engine) as session:
                version = session.get_one(Challenge, challenge_id).version
                session.rollback()
                CHALLENGE.change(
                    *(session, COORDINATOR),
                    row_id=challenge_id,
                    version=version,
                    values={"title": f"Brieven via de eBox {turn}"},
                )

    ids, _ = inventory
    at_once([partial(retell, each) for each in ids])
    with reading(fresh_engine) as session:
        assert session.scalar(select(func.count()).select_from(ChallengeLike)) == 9  # each of menen with each of kuurne
        assert verify_trail(session) is None


def test_new_rows_of_one_partner_that_come_at_once_each_get_their_own_code(
    fresh_engine: Engine, inventory: tuple[list[int], str]
):
    with reading(fresh_engine) as session:
        row = session.get_one(Challenge, inventory[0][0])
        codes = {"theme": row.theme.code, "dimension": row.dimension.code, "service": row.service.code}

    def add(_: int) -> tuple[str, str]:
        with writing(fresh_engine) as session:
            values = {"title": "Servers", "urgency": 2} | codes
            return (
                add_challenge(session, COORDINATOR, partner="wervik", values=values).code,
                add_project(session, COORDINATOR, values={"title": "Servers", "scope": "regionaal"}).code,
            )

    added = at_once([partial(add, n) for n in range(8)])
    assert sorted(code for code, _ in added) == [f"U-WER-{n:02d}" for n in range(1, 9)]
    assert len({code for _, code in added}) == 8


def test_a_link_that_two_make_at_once_is_made_once(fresh_engine: Engine, inventory: tuple[list[int], str]):
    ids, project = inventory
    with reading(fresh_engine) as session:
        challenge = session.get_one(Challenge, ids[0]).code

    def link(_: int) -> Any:
        with writing(fresh_engine) as session:
            return refused_or(lambda: link_challenge(session, COORDINATOR, project=project, challenge=challenge).id)

    told = at_once([partial(link, n) for n in range(8)])
    assert [isinstance(one, Refused) for one in told].count(False) == 1
    with reading(fresh_engine) as session:
        assert session.scalar(select(func.count()).select_from(ProjectChallenge)) == 1
