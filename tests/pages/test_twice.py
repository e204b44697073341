"""Every form and every act, sent twice or twice at once: what it adds is there once, and the answer is the same."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, product
from typing import Any

import pytest
from sqlalchemy import func, select

from portal.commands.once import is_key, new_key
from portal.db.base import Base
from portal.db.engine import reading
from portal.db.models import AgendaItem, Meeting, Project
from portal.pages.editing import view
from portal.pages.editing.kinds import Editable, Field, choices_of, editables
from portal.pages.editing.places import Mode
from portal.pages.editing.posting import FormState, fields_of, fresh_form, post
from portal.pages.editing.saving import CellEdit
from portal.permissions import RowNotFound
from portal.values import Day, Euro, Https, Line, Number, Prose, Ref, Share, Whole, Words, YesNo
from portal.vocabulary import MeetingState
from tests.pages.editing.test_every_editable import about
from tests.test_two_at_once import at_once
from tests.visitors import Portal

pytestmark = pytest.mark.both_databases

TYPED = {
    Line: ["Iets wat er nog niet is"],
    Prose: ["Iets wat er nog niet is"],
    Https: ["https://leiedal.be/stuk"],
    Whole: ["2", "2026"],
    Euro: ["10"],
    Number: ["10"],
    Share: ["10"],
    Day: ["2026-03-02", "2031-03-03"],
    YesNo: ["ja"],
}
MOST_TRIES = 400
WITH_FORM = sorted(name for name, what in editables().items() if what.add is not None)
LEAD = "coordinator"


def counts(portal: Portal) -> dict[str, int]:
    """How many rows each table has; the trail is one of them."""
    with reading(portal.engine) as session:
        tables = Base.metadata.sorted_tables
        return {one.name: session.scalar(select(func.count()).select_from(one)) or 0 for one in tables}


def filled(portal: Portal, what: Editable) -> Iterator[FormState]:
    """Forms that add, with something in every field that a new row needs; one of them will do."""
    viewer = portal.viewer(LEAD)
    with reading(portal.engine) as session:
        meetings = session.scalars(select(Meeting).where(Meeting.state == MeetingState.FROZEN)).all()
        places = [*about(portal, LEAD), *(f"{one.body.value}-{one.number}" for one in meetings)]
        opened = select(Meeting.body, Meeting.number, AgendaItem.id).where(Meeting.state == MeetingState.OPEN)
        items = session.execute(opened.join(AgendaItem, AgendaItem.meeting_id == Meeting.id).limit(1))
        places += [f"{body.value}-{number}.{item}" for body, number, item in items]
        places += session.scalars(select(Project.code).order_by(Project.code)).all()
    for of in dict.fromkeys(places):
        form = fresh_form(viewer, what.name, of, Mode.ADD)
        if form is None:
            continue
        fields = [each for each in fields_of(what, Mode.ADD) if each.required or each.only_new]
        with reading(portal.engine) as session:
            choices = choices_of(session, viewer, tuple(fields))
        known = [[form.typed[each.key]] if each.key in form.typed else possible(each, choices) for each in fields]
        for values in product(*known):
            typed = dict(zip([each.key for each in fields], values, strict=True))
            yield replace(form, typed=typed, once=new_key())


def possible(field: Field, choices: Any) -> list[Any]:
    return (
        [one.value for one in choices[field.key]][:16]
        if isinstance(field.kind, Ref | Words)
        else TYPED[type(field.kind)]
    )


def added(portal: Portal, what: Editable) -> tuple[FormState, FormState]:
    """A form that was kept, and what became of it."""
    viewer = portal.viewer(LEAD)
    tried = ((form, post(viewer, form)) for form in islice(filled(portal, what), MOST_TRIES))
    return next((form, after) for form, after in tried if not after.refused)


def test_whatever_form_comes_twice_adds_once_and_is_answered_the_same(own_portal: Portal, subtests: pytest.Subtests):
    for name in WITH_FORM:
        with subtests.test(name=name):
            form, first = added(own_portal, editables()[name])
            stood = counts(own_portal)
            again = post(own_portal.viewer(LEAD), form)
            assert (again.said, again.added, again.refused) == (first.said, first.added, False)
            assert counts(own_portal) == stood


TABLES = {"uitdagingen": "challenge", "acties": "action", "boekingen": "booking"}


@pytest.mark.parametrize("name", TABLES)
def test_a_form_that_comes_twice_at_once_adds_once(own_portal: Portal, name: str):
    what, viewer, table = editables()[name], own_portal.viewer(LEAD), TABLES[name]
    form, _ = added(own_portal, what)
    stood, form = counts(own_portal)[table], replace(form, once=new_key())
    told = at_once([lambda: post(viewer, form)] * 3)
    assert {(one.refused, one.said) for one in told} == {(False, told[0].said)}
    assert counts(own_portal)[table] == stood + 1


def test_a_form_of_another_person_with_the_same_key_is_another_form(own_portal: Portal):
    form, first = added(own_portal, editables()["uitdagingen"])
    stood = counts(own_portal)["challenge"]
    theirs = post(own_portal.viewer("beheerder"), form)
    assert (theirs.refused, theirs.said != first.said) == (False, True)
    assert counts(own_portal)["challenge"] == stood + 1


def test_a_form_in_which_something_else_was_typed_is_another_form(own_portal: Portal):
    form, first = added(own_portal, editables()["uitdagingen"])
    other = post(own_portal.viewer(LEAD), replace(form, typed={**form.typed, "title": "Iets anders"}))
    assert "Iets anders" in other.said
    assert other.said != first.said


@pytest.mark.parametrize("key", ["once-", "geen sleutel", "once-" + "g" * 36])
def test_a_key_that_no_form_of_ours_has_is_refused(key: str):
    sent = {"what": "uitdagingen", "of": "", "mode": "add", "typed": {}, "once": key}
    with pytest.raises(RowNotFound):
        FormState.sent(sent)
    with pytest.raises(RowNotFound):
        CellEdit.sent({"what": "uitdagingen", "of": "", "id": 1, "version": 1, "act": "set", "once": key})


def test_every_form_that_is_drawn_has_a_key_of_its_own(portal: Portal, subtests: pytest.Subtests):
    for name in sorted(editables()):
        with subtests.test(name=name):
            viewer, modes = portal.viewer("beheerder"), (Mode.ADD, Mode.CHANGE)
            for of, mode in product(about(portal, "beheerder"), modes):
                form = fresh_form(viewer, name, of, mode)
                if form is not None:
                    one, other = (view.form(viewer, form)[0].data["once"] for _ in range(2))
                    assert is_key(one)
                    assert one != other
