"""What a subject may ask of editing: fields from data, cells without a version, twins to join, words of its own."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from portal.commands.base import Clash, Conflict, Refused
from portal.pages.editing import view
from portal.pages.editing.kinds import Added, Editable, Field, RowAt, Twin, Values, editable_for, editables
from portal.pages.editing.places import Mode, Part, field_id
from portal.pages.editing.posting import FormState, fresh_form, post
from portal.pages.editing.saving import CellEdit, save_cell
from portal.pages.editing.view import answer_to, fault_in, twins_of
from portal.permissions import Permission, RowNotFound, Viewer
from portal.values import Day, Ref
from tests.reading import links, parts, said
from tests.visitors import Portal

TWIN = Twin("U-9 Loket", "Wervik", "/uitdaging/U-9", why="zelfde woorden", join="Zelfde, voeg toe", code="U-9")


class Shed:
    """A subject with one row, kept in memory: what is asked of it, and what it holds."""

    def __init__(self) -> None:
        self.row: dict[str, object] = {"id": 7, "version": 1, "title": "Loket", "due": date(2026, 3, 1), "wervik": None}
        self.asked: list[Any] = []
        self.refuses: Exception | None = None
        self.there = True

    def rows(self, _: Any, __: Viewer, of: str) -> list[dict[str, object]]:
        return [self.row] if self.there and of != "elders" else []

    def change(self, _: Any, __: Viewer, row_id: int, version: int, values: Values) -> None:
        self._do("change", row_id, version, dict(values))
        self.row |= {**values, "version": version + 1}

    def change_seen(self, _: Any, __: Viewer, row: RowAt, seen: Values, values: Values) -> None:
        self._do("seen", row.id, dict(seen), dict(values))
        self.row |= values

    def add(self, _: Any, __: Viewer, of: str, values: Values) -> Added:
        self._do("add", of, dict(values))
        return Added("U-1 Nieuw", "/uitdaging/U-1", "Het onderwerp verschuift mee.")

    def join(self, _: Any, __: Viewer, of: str, values: Values, code: str) -> Added:
        self._do("join", of, dict(values), code)
        return Added("U-1 Nieuw")

    def _do(self, *asked: Any) -> None:
        if self.refuses:
            raise self.refuses
        self.asked.append(asked)


@pytest.fixture
def shed(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> Shed:
    made = Shed()
    title = Field("title", "Titel", required=True)
    due = Field("due", "Verwacht op", Day())
    what = Editable("schuur", "schuur", Permission.EDIT_MONEY, (title, due), made.rows, change=made.change)
    monkeypatch.setitem(editables(), "schuur", what)
    return made


def more(**asked: Any) -> None:
    """The subject, with this besides; the fixture takes it away again."""
    editables()["schuur"] = replace(editables()["schuur"], **asked)


def cell(field: str = "title", value: object = "Balie", **rest: Any) -> CellEdit:
    sent = {"what": "schuur", "of": "", "id": 7, "version": 1, "act": "set", "field": field, "value": value}
    return CellEdit.sent(sent | rest)


def form(mode: Mode, **typed: object) -> FormState:
    row = {"row_id": 7, "version": 1} if mode is Mode.CHANGE else {}
    return FormState("schuur", "", mode, typed, {"title": "Loket", "due": "2026-03-01"}, **row)  # type: ignore[arg-type]


@pytest.fixture
def lead(portal: Portal) -> Viewer:
    return portal.viewer("coordinator")


def ticked(shed: Shed) -> None:
    more(change=None, change_seen=shed.change_seen, more=lambda *_: [Field("wervik", "Wervik", Day())])


def test_a_field_from_data_that_is_not_there_is_not_written(shed: Shed, lead: Viewer):
    ticked(shed)
    assert save_cell(lead, cell("menen", "2026-03-01")).state == "refused"
    assert shed.asked == []


def test_a_cell_without_a_version_is_written_with_what_was_seen(shed: Shed, lead: Viewer):
    ticked(shed)
    answer = save_cell(lead, cell("wervik", "2026-05-01", seen="2026-04-01"))
    assert (answer.state, answer.row and answer.row["wervik"]) == ("saved", "01/05/2026")
    assert shed.asked == [("seen", 7, {"wervik": date(2026, 4, 1)}, {"wervik": date(2026, 5, 1)})]
    assert answer.said.startswith("Wervik is bewaard om ")


def test_what_was_seen_may_be_nothing_also_where_something_must_stand(shed: Shed, lead: Viewer):
    more(change=None, change_seen=shed.change_seen)
    assert save_cell(lead, cell(seen=None)).state == "saved"
    assert shed.asked == [("seen", 7, {"title": ""}, {"title": "Balie"})]
    assert save_cell(lead, cell(value="", seen="Balie")).said == "Titel: mag niet leeg zijn."


def test_what_was_seen_and_cannot_be_is_refused(shed: Shed, lead: Viewer):
    ticked(shed)
    assert "is geen datum" in save_cell(lead, cell("wervik", "2026-05-01", seen="gisteren")).said
    assert shed.asked == []


@pytest.mark.parametrize("act", ["archive", "restore"])
def test_what_a_subject_does_not_offer_cannot_be_asked_by_hand(shed: Shed, lead: Viewer, act: str):
    assert save_cell(lead, cell(act=act)).state == "refused"
    more(change=None)
    assert save_cell(lead, cell()).state == "refused"
    assert post(lead, form(Mode.CHANGE, title="Balie")).refused
    assert post(lead, form(Mode.ADD, title="Balie")).refused
    assert shed.asked == []


def test_a_conflict_over_another_field_or_over_the_same_value_shows_no_choice(shed: Shed, lead: Viewer):
    shed.refuses = Conflict.between((Clash("due", date(2026, 6, 1), None),), who="An", at=None, version=2)
    answer = save_cell(lead, cell())
    assert (answer.state, answer.clash, view.clash(answer, "schuur", "")) == ("conflict", None, None)
    both = save_cell(lead, cell("due", "2026-09-01"))
    assert (both.clash and both.clash.theirs, both.clash and both.clash.mine) == ("01/06/2026", "leeg")


def test_what_a_subject_says_besides_stops_nobody(shed: Shed, lead: Viewer):
    more(remark=lambda _, __, row_id, values: f"Let op: {row_id} {sorted(values)}.")
    assert save_cell(lead, cell()).said.endswith(" uur: leeg → Balie. Let op: 7 ['title'].")
    assert post(lead, form(Mode.CHANGE, title="Nieuwer", due="2026-03-01")).said.endswith(" uur. Let op: 7 ['title'].")
    more(remark=lambda *_: "")
    assert save_cell(lead, cell(value="Nieuwst")).said.endswith(" uur: leeg → Nieuwst.")


def test_the_words_on_the_switch_and_the_buttons_are_the_subjects_own(shed: Shed, lead: Viewer):
    more(add=shed.add, switch="Schuur bewerken", opener="Zet er een schuur bij", send="Stuur")
    (switch,) = (one for one in parts(view.place(lead, "schuur", "", Mode.GRID)) if one._type == "Switch")
    assert switch.label == "Schuur bewerken"
    assert said(view.place(lead, "schuur", "", Mode.ADD)).startswith("Zet er een schuur bij")
    more(opener="")
    assert said(view.place(lead, "schuur", "", Mode.ADD)).startswith("Schuur toevoegen")
    assert said(view.body(lead, "schuur", "", Mode.CHANGE)).endswith("Stuur")


def test_a_form_that_stands_open_is_sent_as_it_is_and_one_behind_a_switch_is_not(shed: Shed, lead: Viewer):
    same = form(Mode.CHANGE, title="Loket", due="2026-03-01")
    assert (post(lead, same).said, shed.asked) == ("Er was niets gewijzigd.", [])
    more(opened=True)
    assert not [one for one in parts(view.place(lead, "schuur", "", Mode.CHANGE)) if one._type == "Switch"]
    assert post(lead, same).said.startswith("Bewaard om ")
    assert shed.asked == [("change", 7, 1, {})]


def test_a_place_about_something_else_is_empty_and_a_row_that_went_meanwhile_is_told(shed: Shed, lead: Viewer):
    assert view.place(lead, "schuur", "elders", Mode.GRID) is None
    assert view.body(lead, "schuur", "elders", Mode.CHANGE) is None
    with pytest.raises(RowNotFound):
        answer_to(lead, {"what": "schuur", "of": "elders", "mode": "change", "reload": True})
    shed.there, shed.refuses = False, Conflict("An wijzigde dit; er is niets gewijzigd.")
    gone = post(lead, form(Mode.CHANGE, title="Balie"))
    assert (gone.refused, gone.said, gone.typed) == (True, str(shed.refuses), {"title": "Balie"})


def test_too_many_rows_are_not_edited_on_a_page(shed: Shed, lead: Viewer):
    def thousands(*_: Any) -> list[dict[str, object]]:
        return shed.rows(None, lead, "") * (view.MOST_ROWS + 1)

    more(rows=thousands)
    assert said(view.body(lead, "schuur", "", Mode.GRID)).startswith("Dit zijn te veel rijen om hier te bewerken.")


@pytest.fixture
def twinned(shed: Shed) -> Shed:
    def like(_: Any, __: Viewer, title: str) -> list[Twin]:
        return [TWIN, replace(TWIN, join="")] if "loket" in title.lower() else []

    more(add=shed.add, twins=like, join=shed.join, from_twin=lambda *_: {"due": "2026-06-01", "title": "Van de ander"})
    return shed


TITLE = field_id(Part.FIELD, "schuur", "", Mode.ADD, "title")


@pytest.mark.parametrize("title", ["Loket", None, 5, ["Een loket"], "Iets anders"])
def test_nothing_is_like_what_is_not_yet_a_title(twinned: Shed, lead: Viewer, title: object):
    assert list(twins_of(lead, TITLE, title)) == []
    assert list(twins_of(lead, TITLE | {"mode": "change"}, "Een loket")) == []


def test_what_is_like_it_says_whose_it_is_why_and_offers_to_join_where_that_can_be(twinned: Shed, lead: Viewer):
    drawn = view.twins(twins_of(lead, TITLE, "Een loket"), "schuur", "", Mode.ADD)
    assert "Lijkt op U-9 Loket van Wervik (zelfde woorden); bestaat al? Zelfde, voeg toe" in said(drawn)
    assert links(drawn) == ["/uitdaging/U-9"] * 2
    assert [one.id["field"] for one in parts(drawn) if one._type == "Button"] == ["U-9"]
    assert view.twins([], "schuur", "", Mode.ADD) == []


def test_beside_a_twin_only_the_empty_fields_take_over_what_it_has(twinned: Shed, lead: Viewer):
    after = post(lead, replace(form(Mode.ADD, title="Ons loket", due=""), twin="U-9"))
    assert after.said == "U-1 Nieuw is toegevoegd."
    assert twinned.asked == [("join", "", {"title": "Ons loket", "due": date(2026, 6, 1)}, "U-9")]


def test_after_a_refusal_the_twins_stay_and_after_it_was_added_they_are_gone(twinned: Shed, lead: Viewer):
    refused = post(lead, form(Mode.ADD, title="Ons loket", due="ooit"))
    assert "Er is al iets dat hierop lijkt." in said(view.form(lead, refused))
    added = post(lead, form(Mode.ADD, title="Ons loket"))
    assert added.said == "U-1 Nieuw is toegevoegd. Het onderwerp verschuift mee."
    drawn = view.form(lead, added)
    assert "lijkt" not in said(drawn)
    assert links(drawn) == ["/uitdaging/U-1"]


def test_only_what_was_kept_tells_the_page_around_it(twinned: Shed, lead: Viewer):
    def tells(state: FormState) -> bool:
        return any(getattr(one, "data-saved", None) for one in parts(view.form(lead, state)))

    kept = [post(lead, form(Mode.ADD, title=title)) for title in ("", "Ons loket")]
    fresh = fresh_form(lead, "schuur", "", Mode.ADD)
    assert fresh
    assert [tells(state) for state in [*kept, fresh]] == [False, True, False]


def test_who_may_not_add_here_gets_no_form_and_a_command_that_refuses_is_told(twinned: Shed, lead: Viewer):
    more(may_add=lambda _, __, of: of == "hier")
    assert fresh_form(lead, "schuur", "", Mode.ADD) is None
    assert fresh_form(lead, "schuur", "hier", Mode.ADD) is not None
    twinned.refuses = Refused("Deze schuur is vol; er is niets gewijzigd.")
    after = post(lead, form(Mode.ADD, title="Ons loket"))
    assert (after.refused, after.said, after.typed["title"]) == (True, str(twinned.refuses), "Ons loket")


def test_an_empty_form_begins_with_what_its_fields_say(shed: Shed, lead: Viewer):
    fields = (Field("title", "Titel", start="Nieuw"), Field("due", "Verwacht op", Day()))
    only = Field("kind", "Soort", Ref(), required=True, choices=lambda *_: [("a", "A")], only_new=True)
    more(add=shed.add, fields=(*fields, only, replace(only, key="free", required=False)))
    begun = fresh_form(lead, "schuur", "", Mode.ADD)
    assert begun
    assert begun.typed == {"title": "Nieuw", "kind": "a"}


def test_what_stands_in_a_field_is_checked_also_in_the_form_that_changes(shed: Shed, lead: Viewer):
    field = field_id(Part.FIELD, "schuur", "", Mode.CHANGE, "due")
    assert fault_in(lead, field, "ooit") == "Verwacht op: “ooit” is geen datum; schrijf ze zoals 31/12/2026."
    with pytest.raises(RowNotFound):
        fault_in(lead, field | {"field": "wervik"}, "2026-03-01")
    assert editable_for(lead, "schuur") is editables()["schuur"]
