"""Who may edit a challenge gets it with every field as typed; nobody else gets any."""

from datetime import date

import pytest

from portal import clock
from portal.commands.inventory.challenges import CHALLENGE
from portal.entities.inventory import CHALLENGE as DESCRIBED
from portal.permissions import GRANTS, Permission, Role
from portal.queries.inventory.editable import editable_challenges
from portal.vocabulary import ChallengeStatus, Visibility
from tests.makers import make_challenge, partner_of, viewer
from tests.queries.conftest import ADMIN, insiders, outsiders

OTHERS = [role for role in Role if Permission.EDIT_INVENTORY not in GRANTS[role]]


@pytest.fixture
def rows(session):
    return [
        make_challenge(session, partner="kortrijk", code="U-B", inventoried_on=date(2026, 1, 31), raised_by="Onthaal"),
        make_challenge(session, partner="wervik", code="U-A", visibility=Visibility.INTERNAL),
        make_challenge(session, partner="wervik", code="U-C", archived_at=clock.now()),
    ]


@pytest.mark.parametrize("role", OTHERS)
def test_who_may_edit_none_gets_none(session, rows, role):
    by = viewer(role, *(row.partner_id for row in rows), ateliers=range(1, 6))
    assert not editable_challenges(session, by)
    assert not editable_challenges(session, by, rows[0].code)


def test_a_director_gets_the_own_ones_internal_ones_too_and_none_that_are_archived(session, rows):
    by = viewer(Role.DIRECTOR, partner_of(session, "wervik"))
    assert [row["code"] for row in editable_challenges(session, by)] == ["U-A"]
    assert not editable_challenges(session, by, "U-B")
    assert not editable_challenges(session, viewer(Role.DIRECTOR))


def codes(session, by):
    return [row["code"] for row in editable_challenges(session, by)]


def test_what_is_of_kortrijk_is_for_its_insiders_alone(session, rows):
    assert all("U-B" in [row["code"] for row in editable_challenges(session, by)] for by in insiders(session).values())
    assert all(
        "U-B" not in [row["code"] for row in editable_challenges(session, by)] for by in outsiders(session).values()
    )


def test_a_row_stands_by_code_with_every_field_as_typed(session, rows):
    found = editable_challenges(session, ADMIN)
    assert tuple(found[0]) == ("id", "version", *DESCRIBED.keys)
    assert [row["code"] for row in found] == ["U-A", "U-B"]
    row, told = rows[0], editable_challenges(session, ADMIN, "U-B")[0]
    assert told == {
        "id": row.id,
        "version": row.version,
        "code": "U-B",
        "partner": "kortrijk",
        "title": row.title,
        "description": "",
        "theme": row.theme.code,
        "dimension": row.dimension.code,
        "service": row.service.code,
        "urgency": 2,
        "status": ChallengeStatus.OPEN,
        "visibility": Visibility.REGION,
        "raised_by": "Onthaal",
        "inventoried_on": date(2026, 1, 31),
    }


def test_what_is_given_back_as_it_came_changes_nothing(session, rows):
    session.commit()
    told = editable_challenges(session, ADMIN, "U-B")[0]
    values = {key: told[key] for key in DESCRIBED.shape.fields}
    CHALLENGE.change(session, ADMIN, row_id=told["id"], version=told["version"], values=values)
    assert editable_challenges(session, ADMIN, "U-B")[0] == told
