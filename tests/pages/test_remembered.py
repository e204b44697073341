"""An answer is computed once, again after a change, and never for people with other rights."""

import gc
from dataclasses import replace
from weakref import ref

from sqlalchemy.orm import Session

from portal.commands.people import disable_user
from portal.db.engine import reading, writing
from portal.pages.remembered import audience, remembered, remembered_own
from portal.permissions import Role, Viewer
from portal.queries.people import users
from tests.visitors import Portal

COORDINATOR = Viewer(Role.COORDINATOR, user_id=5, name="An")


def counting() -> tuple[list[Viewer], object]:
    asked: list[Viewer] = []

    @remembered
    def ask(session: Session, viewer: Viewer, word: str) -> str:
        asked.append(viewer)
        return f"{word} {len(asked)}"

    return asked, ask


def test_people_with_the_same_rights_share_an_answer(portal: Portal):
    asked, ask = counting()
    assert ask(COORDINATOR, "a") == ask(Viewer(Role.COORDINATOR, user_id=6, name="Bo"), "a")
    assert len(asked) == 1


def test_people_with_other_rights_do_not_share_an_answer(portal: Portal):
    asked, ask = counting()
    ask(Viewer(Role.DIRECTOR, user_id=1, partner_ids=frozenset({1})), "a")
    ask(Viewer(Role.DIRECTOR, user_id=2, partner_ids=frozenset({2})), "a")
    ask(Viewer(Role.MAYOR, user_id=3), "a")
    assert len(asked) == 3


def test_what_says_which_rows_are_the_own_ones_is_kept_per_partner_and_never_per_person(portal: Portal):
    asked: list[Viewer] = []

    @remembered_own
    def ask(session: Session, viewer: Viewer) -> bool:
        asked.append(viewer)
        return 1 in viewer.partner_ids

    one, other = (Viewer(Role.STEERING, user_id=key, partner_ids=frozenset({key})) for key in (1, 2))
    assert [ask(one), ask(other), ask(replace(one, user_id=9, name="Bo"))] == [True, False, True]
    assert [(viewer.user_id, viewer.name) for viewer in asked] == [(None, ""), (None, "")]


def test_another_question_is_asked_anew(portal: Portal):
    asked, ask = counting()
    ask(COORDINATOR, "a")
    ask(COORDINATOR, "b")
    assert len(asked) == 2


def change_something(portal: Portal) -> None:
    admin = portal.viewer("beheerder")
    with reading() as session:
        somebody = users(session, admin)[0].id
    with writing() as session:
        disable_user(session, admin, user_id=somebody)


def test_after_a_change_the_answer_is_computed_again(own_portal: Portal):
    asked, ask = counting()
    ask(COORDINATOR, "a")
    change_something(own_portal)
    ask(COORDINATOR, "a")
    assert len(asked) == 2


def test_what_was_true_before_a_change_is_not_kept(own_portal: Portal):
    class Answer:
        pass

    @remembered
    def ask(session: Session, viewer: Viewer, word: str) -> Answer:
        return Answer()

    before = [ref(ask(COORDINATOR, word)) for word in "abc"]
    assert all(before)
    change_something(own_portal)
    now = ref(ask(COORDINATOR, "a"))
    gc.collect()
    assert [one() for one in before] == [None] * 3
    assert now() is not None


def test_the_person_is_not_part_of_what_is_asked(portal: Portal):
    asked, ask = counting()
    ask(COORDINATOR, "a")
    assert asked == [audience(COORDINATOR)]
    assert asked[0].user_id is None
