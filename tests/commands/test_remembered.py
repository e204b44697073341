"""How a person explained a file is kept for them alone: once for each shape, named otherwise, forgotten."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from portal.commands.base import Refused
from portal.commands.remembered import MOST, forget_list, remember_list, rename_list
from portal.permissions import PermissionDenied, Role, RowNotFound, Viewer
from portal.queries.remembered import remembered_lists
from tests.makers import make_user

LIST = {"kind": "inventory", "shape": "a", "name": "Lijst Wervik", "mapped": "{}"}


@pytest.fixture
def person(session: Session) -> Callable[[str], Viewer]:
    def make(email: str) -> Viewer:
        user = make_user(session, email=email)
        session.commit()
        return Viewer(Role.COORDINATOR, user_id=user.id)

    return make


def test_who_may_not_import_keeps_and_reads_no_list(session: Session):
    for role in (Role.MAYOR, Role.STEERING):
        with pytest.raises(PermissionDenied):
            remember_list(session, Viewer(role, user_id=1), **LIST)
        with pytest.raises(PermissionDenied):
            remembered_lists(session, Viewer(role, user_id=1))
    with pytest.raises(RowNotFound):
        remember_list(session, Viewer(Role.COORDINATOR), **LIST)


def test_another_s_list_is_not_there(session: Session, person: Callable[[str], Viewer]):
    one, other = person("een@demo.example"), person("twee@demo.example")
    kept = remember_list(session, one, **LIST)
    assert remembered_lists(session, other) == ()
    for act in (
        lambda: rename_list(session, other, list_id=kept.id, name="x"),
        lambda: forget_list(session, other, list_id=kept.id),
    ):
        with pytest.raises(RowNotFound):
            act()
    assert [row.name for row in remembered_lists(session, one)] == ["Lijst Wervik"]


def test_a_shape_is_kept_once_and_what_was_explained_last_stays_under_its_own_name(
    session: Session, person: Callable[[str], Viewer]
):
    one = person("een@demo.example")
    first = remember_list(session, one, **LIST)
    with pytest.raises(Refused, match="heeft een naam"):
        rename_list(session, one, list_id=first.id, name="  ")
    rename_list(session, one, list_id=first.id, name=" Onze lijst ")
    again = remember_list(session, one, **LIST | {"name": "november", "mapped": '{"bladen": []}'})
    remember_list(session, one, **LIST | {"shape": "b", "kind": "risks"})
    assert again.id == first.id
    assert [(row.name, row.mapped) for row in remembered_lists(session, one, "inventory")] == [
        ("Onze lijst", '{"bladen": []}')
    ]
    forget_list(session, one, list_id=first.id)
    assert [row.kind for row in remembered_lists(session, one)] == ["risks"]


def test_nobody_keeps_more_lists_than_can_be_looked_over(session: Session, person: Callable[[str], Viewer]):
    one = person("een@demo.example")
    for number in range(MOST):
        remember_list(session, one, **LIST | {"shape": str(number)})
    with pytest.raises(Refused, match="vergeet er eerst een"):
        remember_list(session, one, **LIST | {"shape": "te veel"})
    remember_list(session, one, **LIST | {"shape": "1", "mapped": '{"bladen": []}'})
