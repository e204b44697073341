"""Editing on the budget page: who may sees how, who may not changes nothing, and the totals follow to the cent."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.db.engine import reading
from portal.db.models import Atelier, Audit, Booking, BudgetLine, Forecast, Grant, GrantCondition, SubsidyCall
from portal.pages.budget import page
from portal.pages.budget.editing import EDITABLES
from portal.pages.budget.lines import EDITED
from portal.pages.budget.view import FILTERS
from portal.pages.editing import view
from portal.pages.editing.columns import columns_of
from portal.pages.editing.kinds import choices_of
from portal.pages.editing.places import Mode, Part, place_id
from portal.pages.editing.posting import fresh_form
from portal.text import euro
from tests.reading import amount, parts, read, said
from tests.visitors import Portal

OF_LINES, OF_GRANTS = ("budgetlijnen", "boekingen", "prognoses"), ("dossiers", "subsidievoorwaarden")
GRANT = "GZG-1"
NO_EDITORS = ("burgemeester", "stuurgroep", "directeur")


def one(session: Session, model: Any, atelier: str = "II") -> Any:
    """A row on a line of this atelier."""
    query = select(model) if model is BudgetLine else select(model).join(BudgetLine)
    return session.scalars(query.join(Atelier).where(Atelier.code == atelier).order_by(model.id)).first()


def edits(session: Session, atelier: str) -> list[tuple[str, Any, str, object]]:
    """What somebody may try on a row of each kind: the editable, the row, the field and the new value."""
    return [
        ("budgetlijnen", one(session, BudgetLine, atelier), "amount", "1,00"),
        ("boekingen", one(session, Booking, atelier), "amount", "1,00"),
        ("prognoses", one(session, Forecast, atelier), "amount", "1,00"),
        ("dossiers", session.scalars(select(Grant)).one(), "title", "Mijn dossier"),
        ("subsidievoorwaarden", session.scalars(select(GrantCondition)).first(), "note", "Zo is het"),
    ]


def state_of(session: Session) -> tuple[Any, ...]:
    sums = [session.scalar(select(func.sum(model.amount))) for model in (BudgetLine, Booking, Forecast)]
    return *sums, session.scalar(select(func.count()).select_from(Audit)), session.scalar(select(Grant.title))


def sent(row: Any, field: str, value: object, act: str = "set") -> dict[str, Any]:
    return {"id": row.id, "version": row.version, "act": act, "field": field, "value": value, "number": 1}


def new_booking(line: str, amount: str = "12,34", **typed: str) -> dict[str, str]:
    given = {"budget_line": line, "kind": "uitgegeven", "on": "2026-04-01", "amount": amount}
    return given | {"description": "Factuur", "reference": ""} | typed


def post_form(portal: Portal, account: str, what: str, typed: dict[str, str]) -> str:
    """Adds a row by the form, as the browser does; what the form then says."""
    place = place_id(Part.PLACE, what, GRANT, Mode.ADD)
    posted = {key: place[key] for key in ("what", "of", "mode")} | {"typed": typed, "seen": {}}
    answer = portal.post(account, Part.FORM, Part.POSTED, place, posted)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_the_same_request_written_by_hand_changes_nothing(own_portal: Portal):
    with reading(own_portal.engine) as session:
        tried, before = edits(session, "II"), state_of(session)
        line = one(session, BudgetLine).code
    for account in (*NO_EDITORS, "atelier"):
        for what, row, field, value in tried:
            place = place_id(Part.PLACE, what, GRANT, Mode.GRID)
            for act in ("set", "archive", "restore"):
                edit = {"what": what, "of": GRANT, **sent(row, field, value, act)}
                answer = own_portal.post(account, Part.ANSWER, Part.SENT, place, edit).json
                told = answer["response"][next(key for key in answer["response"] if Part.ANSWER in key)]["data"]
                assert (told["state"], told["row"]) == ("refused", None), (account, what, act)
        said_now = post_form(own_portal, account, "boekingen", new_booking(line))
        assert ("Uw rol laat dit niet toe" if account in NO_EDITORS else "staat niet in de lijst") in said_now
    with reading(own_portal.engine) as session:
        assert state_of(session) == before


@pytest.mark.parametrize("account", NO_EDITORS)
def test_who_may_not_edit_sees_no_trace_of_it(portal: Portal, account: str):
    viewer = portal.viewer(account)
    for editable in EDITABLES:
        for mode in Mode:
            assert view.place(viewer, editable.name, GRANT, mode) is None
            assert view.body(viewer, editable.name, GRANT, mode) is None
    with portal.as_account(account):
        assert page.place_grant_editing("") == (None, None)
        assert [page._placing(name)("") for name in EDITED.values()] == [None, None, None]


def test_a_lead_edits_the_own_lines_and_never_the_grant(portal: Portal):
    lead = portal.viewer("atelier")
    for what in OF_GRANTS:
        assert [view.place(lead, what, GRANT, mode) for mode in Mode] == [None] * 3
    for what in OF_LINES:
        assert view.place(lead, what, GRANT, Mode.GRID) is not None
        assert view.place(lead, what, GRANT, Mode.ADD) is not None
    with reading(portal.engine) as session:
        own = set(session.scalars(select(BudgetLine.code).join(Atelier).where(Atelier.code == "I")))
        lines, bookings, forecasts = ({e.name: e for e in EDITABLES}[what] for what in OF_LINES)
        assert {row["code"] for row in lines.rows(session, lead, GRANT)} == own
        for editable in (bookings, forecasts):
            offered = choices_of(session, lead, editable.fields)["budget_line"]
            assert {choice.value for choice in offered} == own
            assert {row["budget_line"] for row in editable.rows(session, lead, GRANT)} <= own


def test_a_line_is_chosen_by_what_people_know_of_it(portal: Portal):
    with reading(portal.engine) as session:
        line = one(session, BudgetLine)
        bookings = next(editable for editable in EDITABLES if editable.name == "boekingen")
        labels = dict(choices_of(session, portal.viewer("coordinator"), bookings.fields)["budget_line"])
        bare = session.scalars(select(BudgetLine).where(BudgetLine.atelier_id.is_(None))).first()
    assert bare
    assert labels[line.code] == f"{line.code} · II · {line.year} · {line.cost_kind.label} · {euro(line.amount)}"
    assert " · zonder atelier · " in labels[bare.code]


def test_every_place_redraws_what_the_page_says(portal: Portal):
    with portal.as_account("coordinator"):
        placed = [*page.place_grant_editing(""), *(page._placing(name)("") for name in EDITED.values())]
    holders = [part for part in parts(placed) if hasattr(part, "data-refreshes")]
    assert len(holders) == 8
    assert {getattr(holder, "data-refreshes") for holder in holders} == {f'["{FILTERS.wanted}"]'}
    asked = [part.data for part in parts(placed) if isinstance(getattr(part, "data", None), dict)]
    assert {(one["what"], one["of"]) for one in asked} == {(what, GRANT) for what in (*OF_LINES, *OF_GRANTS)}


@pytest.mark.parametrize(("account", "amount", "moved"), [("coordinator", "12,34", "12.34"), ("atelier", "-5", "-5")])
def test_a_booking_moves_the_pages_totals_by_exactly_its_amount(
    own_portal: Portal, account: str, amount: str, moved: str
):
    with reading(own_portal.engine) as session:
        line = one(session, BudgetLine, "I").code
    before = spent(own_portal)
    told = post_form(own_portal, account, "boekingen", new_booking(line, amount))
    assert "is toegevoegd." in told
    assert f"lijn={line}" in told
    after = spent(own_portal)
    assert {key for key in after if after[key] != before[key]} == {"I"}
    assert after["I"] - before["I"] == Decimal(moved)
    refused = post_form(own_portal, account, "boekingen", new_booking(line, "1.234"))
    assert "niet duidelijk; schrijf 1234 of 1,23." in refused
    assert spent(own_portal) == after


def spent(portal: Portal) -> dict[str, Decimal]:
    """Per atelier, as the page shows it."""
    with portal.as_account("coordinator"):
        table, *_ = page.show_totals("per=atelier")
    return {row["Atelier"].partition(" ")[0]: amount(row["Uitgegeven"]) for row in read(table)}


def test_a_grant_above_its_ceiling_is_kept_and_the_page_says_so(own_portal: Portal):
    coordinator = own_portal.viewer("coordinator")
    form = fresh_form(coordinator, "dossiers", GRANT, Mode.CHANGE)
    assert form
    assert (form.typed["subsidy_rate"], form.typed["awarded"]) == ("80", "2000000,00")
    typed = {**form.typed, "awarded": "99.000.000,01", "subsidy_rate": "79,5 %"}
    place = place_id(Part.PLACE, "dossiers", GRANT, Mode.CHANGE)
    posted = {"what": "dossiers", "of": GRANT, "mode": "change", "id": form.row_id, "version": form.version}
    more = {"typed": typed, "seen": dict(form.seen)}
    answer = own_portal.post("coordinator", Part.FORM, Part.POSTED, place, posted | more)
    assert "Bewaard om" in answer.get_data(as_text=True)
    with own_portal.as_account("burgemeester"):
        drawn, *_ = page.show_subsidy("")
    assert "boven het plafond" in said(drawn)
    assert "79,50" in said(drawn)


def test_a_new_grant_starts_with_every_condition_to_look_at(own_portal: Portal):
    with reading(own_portal.engine) as session:
        conditions = session.scalar(select(func.count()).select_from(GrantCondition))
        code = session.scalar(select(SubsidyCall.code).join(Grant, Grant.subsidy_call_id == SubsidyCall.id))
    told = post_form(own_portal, "coordinator", "dossiers", {"title": "Tweede dossier", "subsidy_call": code})
    assert "GZG-2 Tweede dossier is toegevoegd." in told
    with own_portal.as_account("coordinator"):
        _, _, rules, _ = page.show_subsidy("dossier=GZG-2")
    assert said(rules).count("nog te bekijken") == conditions


def test_amounts_sort_as_amounts_and_no_text_is_cut():
    lines, conditions = (columns_of(EDITABLES[place], {}) for place in (0, 4))
    amount = next(column for column in lines if column["field"] == "amount")
    assert (amount["comparator"], amount["cellClass"]) == ({"function": "byTyped"}, "edit-cell amount-cell")
    assert [column["field"] for column in lines if "comparator" in column] == ["amount"]
    assert [column for column in (*lines, *conditions) if "field" in column and not column.get("wrapText")] == []
