"""A cell that saves by itself: refused, in conflict or kept, each in words; and never somebody else's value lost."""

from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.commands.inventory.challenges import CHALLENGE
from portal.db.engine import reading, writing
from portal.db.models import Audit, Challenge, Partner
from portal.pages.editing import callbacks
from portal.pages.editing.saving import CellEdit, save_cell
from portal.permissions import RowNotFound
from portal.vocabulary import Visibility
from tests.reading import said
from tests.visitors import Portal


def challenge(portal: Portal, partner: str = "wervik", visibility: Visibility = Visibility.REGION) -> Challenge:
    with reading(portal.engine) as session:
        found = select(Challenge).join(Challenge.partner).order_by(Challenge.code)
        return session.scalars(found.where(Partner.slug == partner, Challenge.visibility == visibility)).first()


def edit(row: Challenge, field: str = "title", value: object = "Nieuwe titel", **more: Any) -> dict[str, Any]:
    asked = {"what": "uitdagingen", "of": "", "act": "set", "number": 1}
    return asked | {"id": row.id, "version": row.version, "field": field, "value": value} | more


def traces(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Audit)) or 0


@pytest.mark.parametrize(
    ("account", "partner", "visibility", "told"),
    [
        ("burgemeester", "wervik", Visibility.REGION, "Uw rol laat dit niet toe"),
        ("stuurgroep", "wervik", Visibility.REGION, "Uw rol laat dit niet toe"),
        ("directeur", "menen", Visibility.REGION, "Uw rol laat dit niet toe"),
        ("directeur", "menen", Visibility.INTERNAL, "bestaat niet of is voor u niet zichtbaar"),
    ],
)
def test_who_may_not_changes_nothing(own_portal: Portal, account: str, partner: str, visibility: Visibility, told: str):
    row = challenge(own_portal, partner, visibility)
    with reading(own_portal.engine) as session:
        before = traces(session)
    answer = save_cell(own_portal.viewer(account), CellEdit.sent(edit(row)))
    assert (answer.state, answer.row) == ("refused", None)
    assert told in answer.said
    with reading(own_portal.engine) as session:
        assert session.get_one(Challenge, row.id).title == row.title
        assert traces(session) == before


def test_a_value_that_cannot_be_is_told_at_the_cell_and_the_old_one_stays(own_portal: Portal):
    row = challenge(own_portal)
    answer = save_cell(own_portal.viewer("directeur"), CellEdit.sent(edit(row, "urgency", "7")))
    assert (answer.state, answer.said) == ("refused", "Urgentie: 7 ligt niet tussen 1 en 3.")
    assert answer.row
    assert answer.row["urgency"] == row.urgency


def test_what_is_kept_is_said_and_comes_back_with_its_new_version(own_portal: Portal):
    row = challenge(own_portal)
    answer = save_cell(own_portal.viewer("directeur"), CellEdit.sent(edit(row)))
    assert answer.state == "saved"
    assert answer.said.startswith("Titel is bewaard om ")
    assert answer.row
    assert (answer.row["title"], answer.row["version"]) == ("Nieuwe titel", row.version + 1)


def test_two_at_once_are_told_of_each_other_and_one_may_take_the_own_value(own_portal: Portal):
    row = challenge(own_portal)
    with writing(own_portal.engine) as session:
        values = {"title": "Van de coördinator"}
        by = own_portal.viewer("coordinator")
        CHALLENGE.change(session, by, row_id=row.id, version=row.version, values=values)
    with own_portal.as_account("directeur"):
        told, sentence, _, box = callbacks.save(edit(row))
        assert told["state"] == "conflict"
        assert sentence.startswith("Projectcoördinator wijzigde dit op ")
        assert "Nu in het portaal" in said(box)
        assert "Van de coördinator" in said(box)
        assert "Nieuwe titel" in said(box)
        taken, *_ = callbacks.save(edit(row, version=told["row"]["version"]))
    assert (taken["state"], taken["row"]["title"]) == ("saved", "Nieuwe titel")


def test_a_row_is_archived_and_brought_back(own_portal: Portal):
    row, by = challenge(own_portal), own_portal.viewer("directeur")
    gone = save_cell(by, CellEdit.sent(edit(row, act="archive")))
    assert (gone.state, gone.row) == ("saved", None)
    back = save_cell(by, CellEdit.sent(edit(row, act="restore")))
    assert back.row
    assert back.row["title"] == row.title


@pytest.mark.parametrize(
    "odd",
    [
        {"what": "gebruikers"},
        {"field": "code"},
        {"field": "partner"},
        {"field": "password_hash"},
        {"act": "verwijder"},
    ],
)
def test_what_no_grid_of_ours_sends_is_refused(portal: Portal, odd: dict[str, Any]):
    row = challenge(portal)
    viewer = portal.viewer("coordinator")
    if "what" in odd:
        with pytest.raises(RowNotFound):
            save_cell(viewer, CellEdit.sent(edit(row) | odd))
    else:
        assert save_cell(viewer, CellEdit.sent(edit(row) | odd)).state == "refused"
