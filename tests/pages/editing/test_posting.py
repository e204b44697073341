"""A form: what is wrong stands at its field, what was typed is never lost, and two people hear of each other."""

from typing import Any

import pytest
from dash import no_update
from sqlalchemy import select

from portal.commands.inventory.challenges import CHALLENGE
from portal.db.engine import reading, writing
from portal.db.models import Challenge
from portal.pages.editing import callbacks
from portal.pages.editing.places import Mode
from portal.pages.editing.posting import FormState, fresh_form
from portal.pages.editing.view import answer_to, fault_in, place_in, twins_of
from portal.permissions import PermissionDenied, RowNotFound
from tests.reading import parts, said
from tests.visitors import Portal

WHAT, CODE = "uitdagingen", "U-WER-01"


def adding(**typed: object) -> dict[str, Any]:
    return {"what": WHAT, "of": "", "mode": "add", "typed": typed}


def changing(form: FormState, **typed: object) -> dict[str, Any]:
    seen = dict(form.seen)
    row = {"id": form.row_id, "version": form.version}
    return {"what": WHAT, "of": CODE, "mode": "change", "seen": seen, "typed": {**form.typed, **typed}} | row


WHOLE = {
    "partner": "wervik",
    "title": "Een nieuw knelpunt",
    "theme": "data",
    "dimension": "burger",
    "service": "burgerzaken",
    "urgency": "2",
    "status": "open",
    "visibility": "regio",
}


def whole(portal: Portal) -> dict[str, Any]:
    with reading(portal.engine) as session:
        row = session.scalars(select(Challenge).where(Challenge.code == CODE)).one()
        codes = {"theme": row.theme.code, "dimension": row.dimension.code, "service": row.service.code}
    return WHOLE | codes


@pytest.mark.parametrize("account", ["burgemeester", "stuurgroep", "atelier"])
def test_who_may_not_sees_no_form_and_posts_in_vain(own_portal: Portal, account: str):
    viewer = own_portal.viewer(account)
    assert fresh_form(viewer, WHAT, "", Mode.ADD) is None
    assert fresh_form(viewer, WHAT, CODE, Mode.CHANGE) is None
    after = answer_to(viewer, adding(**whole(own_portal)))
    assert after.refused
    assert after.said == "Uw rol laat dit niet toe; er is niets gewijzigd."
    with reading(own_portal.engine) as session:
        assert session.scalar(select(Challenge.id).where(Challenge.title == WHOLE["title"])) is None


def test_a_director_has_no_form_for_anothers_challenge(portal: Portal):
    assert fresh_form(portal.viewer("andere directeur"), WHAT, CODE, Mode.CHANGE) is None
    with portal.as_account("andere directeur"):
        assert callbacks.show_place({"what": WHAT, "of": CODE, "mode": "change"}) is None


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(own_portal: Portal):
    typed = whole(own_portal) | {"title": "", "urgency": "zeer", "description": "Wat ik al schreef."}
    after = answer_to(own_portal.viewer("directeur"), adding(**typed))
    assert set(after.faults) == {"title", "urgency"}
    assert after.typed["description"] == "Wat ik al schreef."
    with own_portal.as_account("directeur"):
        drawn = callbacks.post_form(adding(**typed))
    assert "Titel: mag niet leeg zijn." in said(drawn)
    assert "Er is nog niets bewaard" in said(drawn)


def test_what_was_added_is_named_with_the_way_to_it_and_the_form_is_empty_again(own_portal: Portal):
    after = answer_to(own_portal.viewer("directeur"), adding(**whole(own_portal)))
    assert after.added
    assert after.added.href.startswith("/uitdaging/U-WER-")
    assert "is toegevoegd" in after.said
    assert "title" not in after.typed
    assert after.typed["partner"] == "wervik"  # the only one this director may choose


def test_only_what_differs_is_changed(own_portal: Portal):
    viewer = own_portal.viewer("directeur")
    form = fresh_form(viewer, WHAT, CODE, Mode.CHANGE)
    assert form
    assert answer_to(viewer, changing(form)).said == "Er was niets gewijzigd."
    after = answer_to(viewer, changing(form, title="Beter gezegd"))
    assert after.said.startswith("Bewaard om ")
    assert (after.typed["title"], after.version) == ("Beter gezegd", (form.version or 0) + 1)


def test_a_stale_form_shows_both_values_and_saving_once_more_takes_the_own_one(own_portal: Portal):
    viewer = own_portal.viewer("directeur")
    form = fresh_form(viewer, WHAT, CODE, Mode.CHANGE)
    assert form
    assert form.row_id
    assert form.version
    with writing(own_portal.engine) as session:
        values = {"title": "Van de coördinator"}
        by = own_portal.viewer("coordinator")
        CHALLENGE.change(session, by, row_id=form.row_id, version=form.version, values=values)
    after = answer_to(viewer, changing(form, title="Van mij"))
    assert after.refused
    assert [(one.label, one.theirs, one.mine) for one in after.clashes] == [("Titel", "Van de coördinator", "Van mij")]
    assert after.typed["title"] == "Van mij"
    kept = answer_to(viewer, {"what": WHAT, "of": CODE, "mode": "change", "reload": True})
    assert kept.typed["title"] == "Van de coördinator"
    taken = answer_to(viewer, changing(after))
    assert (taken.refused, taken.typed["title"]) == (False, "Van mij")


def test_a_field_is_checked_while_it_is_typed(portal: Portal):
    field = {"what": WHAT, "of": "", "mode": "add", "field": "urgency"}
    coordinator = portal.viewer("coordinator")
    with pytest.raises(PermissionDenied):
        fault_in(portal.viewer("burgemeester"), field, "7")
    assert fault_in(coordinator, field, "7") == "Urgentie: 7 ligt niet tussen 1 en 3."
    assert fault_in(coordinator, field, "3") == ""
    assert fault_in(coordinator, field, "") == ""
    with pytest.raises(RowNotFound):
        fault_in(coordinator, field | {"field": "code"}, "x")


def test_a_title_like_one_that_is_there_names_it(portal: Portal):
    field = {"what": WHAT, "of": "", "mode": "add", "field": "title"}
    coordinator = portal.viewer("coordinator")
    with reading(portal.engine) as session:
        row = session.scalars(select(Challenge).where(Challenge.code == CODE)).one()
        title = row.title
    found = twins_of(coordinator, field, title)
    assert f"{CODE} {title}" in [twin.name for twin in found]
    assert twins_of(coordinator, field, title[:4]) == ()
    with pytest.raises(PermissionDenied):
        twins_of(portal.viewer("burgemeester"), field, title)


@pytest.mark.parametrize("odd", [{}, {"what": WHAT, "of": "", "mode": "weg"}])
def test_a_place_that_no_page_has_is_none(odd: dict[str, str]):
    with pytest.raises(RowNotFound):
        place_in(odd)


def test_the_switch_opens_a_grid_of_the_own_rows_only(portal: Portal):
    with portal.as_account("directeur"):
        place = callbacks.show_place({"what": WHAT, "of": "", "mode": "grid"})
        opened = callbacks.open_place(True, {"what": WHAT, "of": "", "mode": "grid"})
    (switch,) = [part for part in parts(place) if type(part).__name__ == "Switch"]
    assert switch.label == "Bewerken"
    (grid,) = [part for part in parts(opened) if type(part).__name__ == "AgGrid"]
    assert {row["code"][:6] for row in grid.rowData} == {"U-WER-"}
    assert callbacks.open_place(False, {}) is None


def test_a_form_is_made_when_its_button_is_first_pressed_and_keeps_what_was_typed_after_that(portal: Portal):
    asked = {"what": WHAT, "of": "", "mode": "add"}
    with portal.as_account("burgemeester"):
        assert callbacks.show_place(asked) is None
        assert callbacks.open_form(1, asked) is None
    with portal.as_account("directeur"):
        button = callbacks.show_place(asked)
        opened = callbacks.open_form(1, asked)
        again = [callbacks.open_form(presses, asked) for presses in (0, 2, 3)]
    assert said(button) == "Uitdaging toevoegen"
    assert [part for part in parts(button) if type(part).__name__ in ("Input", "Select", "Textarea")] == []
    assert "Titel" in said(opened)
    assert again == [no_update] * 3
