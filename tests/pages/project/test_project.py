"""The page of a project: its sentence, its dates, its people, its scope, its workbooks."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from portal.db.engine import reading
from portal.db.models import CollaborationType, Project, Risk
from portal.pages.invitations import remark_of
from portal.pages.parts import Ids as PartIds
from portal.pages.project import course, page, view
from portal.pages.project.page import DOWNLOADS, RISKS
from portal.pages.project.view import Ids
from portal.permissions import Role, RowNotFound
from portal.queries.inventory.projects import ProjectDetail, project_detail
from portal.vocabulary import ParticipationState, Phase, ProjectScope, Visibility
from tests.databases import undone
from tests.makers import (
    make_coalition,
    make_milestone,
    make_participation,
    make_project,
    make_report,
    make_user,
    viewer,
)
from tests.reading import MOST_COMPONENTS, ids_in, links, parts, read, said, whole
from tests.visitors import ACCOUNTS, Portal

CARDS = (page.show_about, page.show_together, page.show_course, page.show_costs, page.show_history)
AS_OF, TODAY = date(2026, 11, 21), date(2026, 11, 22)
STEERING = viewer(Role.STEERING)


def detail(session: Session, **given: Any) -> ProjectDetail:
    return project_detail(session, STEERING, make_project(session, **given).code)


def coalition(session: Session, states: dict[str, ParticipationState] | None = None, **given: Any) -> ProjectDetail:
    return project_detail(session, STEERING, make_coalition(session, states, **given).code)


FIRST, LATER = date(2026, 12, 1), date(2027, 1, 15)


MOVED = [
    ({}, "er is nog geen einddatum"),
    ({"end_first_planned_on": FIRST}, "einde op 01/12/2026"),
    ({"end_first_planned_on": FIRST, "end_expected_on": FIRST}, "het einde blijft 01/12/2026"),
    ({"end_first_planned_on": FIRST, "end_expected_on": LATER}, "het einde schoof 45 dagen op"),
    ({"end_first_planned_on": LATER, "end_expected_on": FIRST}, "het einde kwam 45 dagen vroeger"),
    ({"end_first_planned_on": FIRST, "end_expected_on": date(2026, 12, 2)}, "het einde schoof 1 dag op"),
    ({"end_expected_on": date(2026, 11, 21)}, "te laat sinds 21/11/2026"),
    ({"end_expected_on": TODAY}, "einde op 22/11/2026"),
    ({"phase": Phase.FINISHED}, "afgerond"),
    ({"phase": Phase.FINISHED, "ended_on": date(2026, 1, 2)}, "afgerond op 02/01/2026"),
    ({"phase": Phase.STOPPED, "ended_on": date(2026, 1, 2)}, "stopgezet op 02/01/2026"),
    ({"phase": Phase.STOPPED, "end_expected_on": date(2026, 1, 2)}, "stopgezet"),
]


def test_the_sentence_says_how_the_end_moved(engine: Engine, subtests: pytest.Subtests):
    for given, told in MOVED:
        with subtests.test(given=given, told=told), undone(engine) as session:
            assert said(view.schedule(detail(session, **given), TODAY)) == told


def test_a_local_project_is_of_who_reported_it(session: Session):
    assert said(view.story(detail(session, reported_by="wervik"), TODAY)).startswith("Lokaal project van Wervik; ")
    assert said(view.story(detail(session), TODAY)).startswith("Lokaal project; ")


@pytest.mark.parametrize(
    ("states", "told"),
    [
        ({}, "trekker onbekend, deelnemers nog niet bekend"),
        ({"wervik": ParticipationState.MEMBER}, "trekker onbekend, één bestuur doet mee"),
        (
            {"menen": ParticipationState.LEAD, "wervik": ParticipationState.COACHED},
            "Menen trekt, twee besturen doen mee",
        ),
        ({"menen": ParticipationState.LEAD, "wervik": ParticipationState.FOLLOWS}, "Menen trekt, één bestuur doet mee"),
    ],
)
def test_a_coalition_says_who_leads_and_how_many_take_part(session: Session, states: dict, told: str):
    assert f"Regionaal project: {told}; " in said(view.story(coalition(session, states), TODAY))


def test_a_lead_outside_the_region_is_named_and_has_no_page(session: Session):
    found = coalition(session, external_lead="Stad Gent")
    assert "Stad Gent trekt" in said(view.story(found, TODAY))
    assert links(view.together_card(found)) == []


def test_an_unknown_lead_is_a_calm_state(session: Session):
    card = view.together_card(coalition(session))
    assert "Trekkertrekker onbekend" in said(card)
    assert "tag steen" not in [getattr(part, "className", "") for part in parts(card)]


def test_the_type_brings_its_rule_in_one_sentence(session: Session):
    kind = session.scalars(select(CollaborationType).where(CollaborationType.code == "1")).one()
    found = coalition(session, collaboration_type_id=kind.id, deviation_reason="want Menen heeft de mensen")
    told = said(view.together_card(found))
    assert f"{kind.lead_rule}." in told
    assert f"1. {kind.title}" in told
    assert "want Menen heeft de mensen" in told


def test_a_local_project_asks_for_no_lead(session: Session):
    assert "Dit is een lokaal project" in said(view.together_card(detail(session)))


def test_the_first_plan_stays_struck_out_before_what_is_expected(session: Session):
    card = view.course_card(detail(session, end_first_planned_on=FIRST, end_expected_on=LATER))
    assert [said(part) for part in parts(card) if type(part).__name__ in {"Del", "Ins"}] == ["01/12/2026", "15/01/2027"]
    assert "Uitloop45 dagen" in said(card)


def test_what_is_not_known_says_geen_gegevens_and_never_0(session: Session):
    told = said(view.course_card(detail(session)))
    assert all(f"{term}geen gegevens" in told for term in ("Voortgang", "Start", "Einde", "Uitloop"))
    assert "Gemeld doorniemand; bekend uit andere bronnen" in said(view.about_card(detail(session)))


@pytest.mark.parametrize(
    ("expected", "reason", "told"),
    [
        (None, "", ""),
        (FIRST, "", "vanaf 01/12/2026"),
        (None, "te klein", "te klein"),
        (FIRST, "x", "vanaf 01/12/2026; x"),
    ],
)
def test_a_remark_says_from_when_and_why(expected: date | None, reason: str, told: str):
    assert remark_of(expected, reason) == told


def test_a_state_that_ended_stands_behind_the_states_of_now(session: Session):
    project = make_coalition(session, {"menen": ParticipationState.LEAD})
    assert "Toon ook wat vroeger gold" not in said(_people(session, project))
    make_participation(session, project=project, partner="wervik", since=date(2025, 1, 1), until=date(2026, 1, 1))
    card = _people(session, project)
    now, over_time = ([row["Bestuur"] for row in read(card) if heading in row] for heading in ("Beter?", "Tot"))
    assert now == ["Menen"]
    assert over_time == ["Menen", "Wervik"]
    assert "Toon ook wat vroeger gold" in said(card)


def _people(session: Session, project: Project) -> Any:
    return course.participants_card(project_detail(session, STEERING, project.code), AS_OF)


def test_nobody_in_it_yet_is_said_by_kind(session: Session):
    assert "Wie deelneemt, is nog niet bekend" in said(course.participants_card(coalition(session), AS_OF))
    assert "Het is een lokaal project" in said(course.participants_card(detail(session), AS_OF))


def test_without_challenges_steps_and_reports_the_cards_are_calm(session: Session):
    found = detail(session)
    assert "Geen uitdagingen gevonden" in said(course.challenges_card(found, AS_OF))
    assert "Geen mijlpalen gevonden" in said(course.milestones_card(found, AS_OF))
    assert "Geen verslagen gevonden" in said(view.reports_card(found, AS_OF))


def test_a_milestone_keeps_its_first_plan(session: Session):
    project = make_project(session)
    make_milestone(session, project=project, due_first=FIRST, due_expected=LATER)
    card = course.milestones_card(project_detail(session, STEERING, project.code), AS_OF)
    (row,) = read(card)
    assert (row["Wanneer"], row["Uitloop (dagen)"]) == ("01/12/2026 → 15/01/2027", "45")


def test_the_newest_report_is_told_and_all_are_listed_on_the_regions_clock(session: Session):
    project, person = make_project(session), make_user(session, name="An")
    make_report(session, project, at=datetime(2026, 3, 1, tzinfo=UTC), done="Vroeger")
    make_report(
        session,
        project,
        at=datetime(2026, 7, 1, 22, 30, tzinfo=UTC),
        by_id=person.id,
        confirmed_unchanged=True,
        done="Nu",
    )
    card = view.reports_card(project_detail(session, STEERING, project.code), AS_OF)
    assert "02/07/2026 door An" in said(card)
    assert "GedaanNu" in said(card)
    assert "ongewijzigd sinds de vorige ronde" in said(card)
    assert "Vroeger" not in said(card)
    assert "Toon alle verslagen (2)" in said(card)


def test_an_internal_project_is_not_there_for_others(session: Session):
    made = make_project(session, reported_by="wervik", visibility=Visibility.INTERNAL, scope=ProjectScope.LOCAL)
    with pytest.raises(RowNotFound):
        project_detail(session, STEERING, made.code)


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_page_stays_small_for_everybody(portal: Portal, account: str):
    with portal.as_account(account):
        for code in ("R-05", "R-01", "P-WER-01"):
            shown = [page.show_project(code)[0], *(show(code) for show in CARDS)]
            assert [size for size in (len(list(parts(part))) for part in shown) if size > MOST_COMPONENTS] == []


def test_a_project_that_is_not_there_is_said_calmly(portal: Portal):
    with portal.as_account("stuurgroep"):
        head, hidden = page.show_project("R-99")
        for show in CARDS:
            with pytest.raises(RowNotFound):
                show("R-99")
    assert "Geen project op dit adres gevonden" in said(head)
    assert hidden is True
    for table in DOWNLOADS:
        answer = portal.visitor("stuurgroep").get(f"/download/project/{table}.xlsx?code=R-99")
        assert answer.status_code == 404


SHEETS = {
    "uitdagingen": ("Uitdagingen", page.show_together, "Uitdaging"),
    "mijlpalen": ("Mijlpalen", page.show_course, "Mijlpaal"),
    "verslagen": ("Voortgangsverslagen", page.show_course, "Gedaan"),
    "historiek": ("Historiek", page.show_history, "Wat"),
}


@pytest.mark.parametrize("table", SHEETS)
def test_a_workbook_holds_exactly_the_rows_on_the_page(portal: Portal, table: str):
    sheet, show, heading = SHEETS[table]
    answer = portal.visitor("stuurgroep").get(f"/download/project/{table}.xlsx?code=R-05")
    book = openpyxl.load_workbook(BytesIO(answer.data))
    with portal.as_account("stuurgroep"):
        shown = [row[heading] for row in read(show("R-05")) if heading in row]
    heads, *rows = book[sheet].iter_rows(values_only=True)
    assert shown == [row[heads.index(heading)] or "" for row in rows]
    assert len(shown) > 0


def test_the_workbook_of_who_takes_part_holds_every_state_in_time_and_the_page_those_of_now(portal: Portal):
    answer = portal.visitor("stuurgroep").get("/download/project/deelnemers.xlsx?code=R-05")
    heads, *rows = openpyxl.load_workbook(BytesIO(answer.data))["Deelnemers"].iter_rows(values_only=True)
    now = [row[heads.index("Bestuur")] for row in rows if row[heads.index("Tot")] is None]
    with portal.as_account("stuurgroep"):
        listed = [row for row in read(page.show_together("R-05")) if "Beter?" in row]
        before = [row for row in read(page.show_together("R-05")) if "Tot" in row]
    assert sorted(row["Bestuur"] for row in listed) == sorted(now)
    assert [row["Bestuur"] for row in before or listed] == [row[heads.index("Bestuur")] for row in rows]


def test_the_parts_have_every_place_that_the_callbacks_fill(portal: Portal):
    with portal.as_account("coordinator"):
        there = ids_in([*whole("project", code="R-05", x="y").values()])
    assert there == {*Ids, PartIds.TABS, PartIds.OPEN, *(one.component_id for one in RISKS.outputs)}


def test_the_risks_of_a_project_stand_on_its_page_and_there_is_no_empty_matrix(portal: Portal):
    with portal.as_account("burgemeester"), reading(portal.engine) as session:
        kept = session.scalars(select(Risk).where(Risk.project_id.is_not(None)).order_by(Risk.id)).first()
        of = session.get_one(Project, kept.project_id).code
        without = session.scalars(
            select(Project.code).where(Project.id.not_in(select(Risk.project_id).where(Risk.project_id.is_not(None))))
        ).first()
        listed, told, figure, hidden, _ = page.show_risks(of)
        assert kept.title in {row["Risico"] for row in read(listed)}
        assert {link for link in links(listed) if link.startswith("/project/")} == {f"/project/{of}"}
        assert ("risico" in str(told), len(figure["data"]), hidden) == (True, 1, False)
        assert page.show_risks(without)[3] is True
