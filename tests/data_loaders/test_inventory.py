"""The inventory as a workbook: who may bring in what, what is said of the rest, and what is written."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event, func, select, update
from sqlalchemy.orm import Session

from data_loaders.export import export
from data_loaders.inventory import INVENTORY, NOT_YOURS, tables
from data_loaders.kind import Table
from data_loaders.load import File, Outcome, load
from portal import clock
from portal.commands.acts import Acts
from portal.commands.base import Conflict, Refused
from portal.commands.files import Entry, load_rows, put_by
from portal.commands.inventory.challenges import CHALLENGE
from portal.commands.inventory.projects import PROJECT
from portal.db.models import Audit, Challenge, ChallengeLike, ImportRun, Project, ProjectChallenge
from portal.permissions import PermissionDenied, Role, RowNotFound, Viewer
from portal.vocabulary import ChallengeStatus, Phase, ProjectScope, Visibility
from tests.data_loaders.test_round_trip import book, traces
from tests.makers import link, make_challenge, make_project, partner_of, viewer

COORDINATOR = viewer(Role.COORDINATOR)
Cells = Mapping[str, Any]
FIXED = "wijzigt niet meer; zet terug wat er stond (wervik)."
NO_CODE = "“twee woorden” is geen code; een code telt geen spaties."
NO_URGENCY = "4 ligt niet tussen 1 en 3."
NEW_CHALLENGE = {
    "code": "U-NEW-1",
    "partner": "wervik",
    "title": "Digitaal loket",
    "theme": "data",
    "urgency": 2,
    "dimension": None,
    "service": None,
    "status": "open",
    "visibility": "regio",
}
NEW_PROJECT = {
    "code": "P-NEW-1",
    "reported_by": "wervik",
    "title": "Loket online",
    "scope": "lokaal",
    "phase": "uitvoering",
    "visibility": "regio",
}


@pytest.fixture
def inventory(session: Session) -> tuple[Challenge, Project]:
    """A challenge and a project of one municipality, and those of its neighbour; nothing else."""
    session.execute(update(Project).values(archived_at=clock.now()))
    make_challenge(session, partner="menen", code="U-MEN-1")
    make_challenge(session, partner="menen", code="U-MEN-2", visibility=Visibility.INTERNAL)
    make_project(session, reported_by="menen", code="P-MEN-1")
    mine = make_challenge(session, partner="wervik", code="U-WER-1", title="Loket", theme="data")
    answer = make_project(session, reported_by="wervik", code="P-WER-1", title="Online", start_on=date(2026, 1, 5))
    link(session, answer, mine)
    session.commit()
    return mine, answer


def director(session: Session, slug: str = "wervik") -> Viewer:
    return viewer(Role.DIRECTOR, partner_of(session, slug))


def file_of(
    session: Session,
    by: Viewer = COORDINATOR,
    *,
    edit: Callable[[dict[str, Any]], None] = lambda row: None,
    challenges: list[Cells] | None = None,
    projects: list[Cells] | None = None,
    links: list[tuple[str, str]] | None = None,
) -> File:
    """The person's export: `edit` changes its rows in place, then these rows are added."""
    made = []
    more: list[list[Cells]] = [
        challenges or [],
        projects or [],
        [{"project": one, "challenge": other} for one, other in links or ()],
    ]
    for table, added in zip(tables(session, by), more, strict=True):
        rows = [dict(row) for row in table.rows]
        for row in rows:
            edit(row)
        filled = [
            {key: table.choices[key][0] for key in ("dimension", "service") if key in row} | dict(row) for row in added
        ]
        filled = [row | {key: table.choices[key][0] for key, value in row.items() if value is None} for row in filled]
        made.append(_with(table, [*rows, *filled]))
    session.rollback()
    return book(tuple(made))


def _with(table: Table, rows: list[dict[Any, Any]]) -> Table:
    keys = [column.key for column in table.sheet.columns]
    return replace(table, rows=[{key: row.get(key) for key in keys} for row in rows])


def brought(session: Session, file: File, by: Viewer = COORDINATOR, **how: Any) -> Outcome:
    return load(INVENTORY, file, session, by, **how)


def told(outcome: Outcome) -> list[str]:
    return [str(one) for one in outcome.problems]


def setting(which: str, /, **values: Any) -> Callable[[dict[str, Any]], None]:
    return lambda row: row.update(values) if row.get("code") == which else None


@pytest.mark.parametrize("role", [Role.MAYOR, Role.STEERING])
def test_who_may_not_import_neither_loads_nor_exports(session: Session, inventory: Any, role: Role):
    with pytest.raises(PermissionDenied):
        brought(session, File("x", b"geen bestand"), viewer(role))
    with pytest.raises(PermissionDenied):
        export(INVENTORY, session, viewer(role))


def test_a_director_s_file_holds_only_rows_of_the_own_partner(session: Session, inventory: Any):
    own = director(session)
    sheets = {table.sheet.name: [next(iter(row.values())) for row in table.rows] for table in tables(session, own)}
    codes = [[row["code"] for row in table.rows] for table in tables(session, own)[:2]]
    assert (codes, sheets["Koppelingen"]) == ([["U-WER-1"], ["P-WER-1"]], ["P-WER-1"])
    outcome = brought(session, file_of(session, own), own)
    assert (told(outcome), outcome.written, outcome.unchanged, outcome.plan.missing) == ([], 0, 3, ())


def test_another_s_row_is_a_problem_at_its_cell_and_of_what_is_internal_nothing_is_said(
    session: Session, inventory: Any
):
    before = traces(session)
    outcome = brought(session, file_of(session), director(session))
    assert told(outcome) == [
        "Uitdagingen!A2: deze rij is van Menen en mag u niet wijzigen; verwijder ze.",
        "Uitdagingen!A3: deze code kan niet; kies een andere code.",
        "Projecten!A2: deze rij is van Menen en mag u niet wijzigen; verwijder ze.",
    ]
    assert (outcome.written, traces(session)) == (0, before)


def test_a_director_adds_for_the_own_partner_and_for_no_other(session: Session, inventory: Any):
    own = director(session)
    elsewhere = file_of(session, own, challenges=[NEW_CHALLENGE | {"partner": "menen"}])
    assert told(brought(session, elsewhere, own)) == [f"Uitdagingen!B3: {NOT_YOURS}"]
    file = file_of(session, own, challenges=[NEW_CHALLENGE], projects=[NEW_PROJECT], links=[("P-NEW-1", "U-NEW-1")])
    assert brought(session, file, own).written == 3
    row = session.scalars(select(Challenge).filter_by(code="U-NEW-1")).one()
    assert (row.partner.slug, row.theme.code, row.status) == ("wervik", "data", ChallengeStatus.OPEN)
    assert session.scalars(select(ProjectChallenge).filter_by(challenge_id=row.id)).one().project_id
    again = brought(session, file, own)
    assert (told(again), again.written, again.unchanged) == ([], 0, 6)


def test_a_director_brings_in_no_regional_project(session: Session, inventory: Any):
    own = director(session)
    wider = {"scope": "regionaal"}
    file = file_of(session, own, projects=[NEW_PROJECT | wider], edit=setting("P-WER-1", **wider))
    assert told(brought(session, file, own)) == [
        "Projecten!E2: Een bestuur meldt en wijzigt alleen eigen lokale projecten; vraag het de projectcoördinator. "
        "Ook in: A3.",
    ]


def test_an_atelier_lead_s_file_holds_the_own_projects_and_no_challenge(session: Session, inventory: Any):
    atelier = tables(session, COORDINATOR)[1].choices["atelier"][0]
    row = make_project(session, reported_by="menen", code="P-MEN-9", atelier=atelier)
    session.commit()
    lead = viewer(Role.ATELIER, ateliers=[row.atelier_id])
    assert [[row["code"] for row in table.rows] for table in tables(session, lead)[:2]] == [[], ["P-MEN-9"]]
    assert brought(session, file_of(session, lead, edit=setting("P-MEN-9", title="Anders")), lead).written == 1
    refused = brought(session, file_of(session, lead, challenges=[NEW_CHALLENGE]), lead)
    assert told(refused) == [f"Uitdagingen!B2: {NOT_YOURS}"]
    other = tables(session, COORDINATOR)[1].choices["atelier"][1]
    refused = brought(session, file_of(session, lead, edit=setting("P-MEN-9", atelier=other)), lead)
    assert told(refused)[0].startswith("Projecten!N2: U wijzigt alleen projecten van uw eigen ateliers")


@pytest.mark.parametrize(
    ("code", "values", "sentence"),
    [
        (
            "U-WER-1",
            {"partner": "menen"},
            "Uitdagingen!B4: de partner wijzigt niet meer; zet terug wat er stond (wervik).",
        ),
        ("U-WER-1", {"urgency": 4}, f"Uitdagingen!H4: {NO_URGENCY}"),
        ("U-WER-1", {"title": None}, "Uitdagingen!C4: mag niet leeg zijn."),
        (
            "U-WER-1",
            {"code": "twee woorden"},
            f"Uitdagingen!A4: {NO_CODE}",
        ),
        (
            "U-WER-1",
            {"code": "U-MEN-1", "partner": "menen"},
            "Uitdagingen!A4: deze rij staat ook in A2; laat er één staan.",
        ),
        (
            "P-WER-1",
            {"reported_by": None},
            f"Projecten!B3: wie het project meldde, {FIXED}",
        ),
        ("P-WER-1", {"phase": "afgerond"}, "Projecten!J3: vul in wanneer het project eindigde."),
        (
            "P-WER-1",
            {"ended_on": date(2026, 5, 1)},
            "Projecten!J3: Een project in de fase ‘uitvoering’ is niet beëindigd; wijzig eerst de fase.",
        ),
        (
            "P-WER-1",
            {"end_expected_on": date(2025, 1, 1)},
            "Projecten!I3: Het verwachte einde (01/01/2025) ligt voor de start (05/01/2026); er is niets gewijzigd.",
        ),
    ],
)
def test_what_cannot_be_is_said_at_its_cell(
    session: Session, inventory: Any, code: str, values: dict[str, Any], sentence: str
):
    before = traces(session)
    outcome = brought(session, file_of(session, edit=setting(code, **values)))
    assert told(outcome) == [sentence]
    assert (outcome.written, traces(session)) == (0, before)


def test_a_local_project_that_nobody_reported_is_refused_at_its_cell(session: Session, inventory: Any):
    new = {key: value for key, value in NEW_PROJECT.items() if key != "reported_by"}
    assert told(brought(session, file_of(session, projects=[new]))) == [
        "Projecten!B4: een lokaal project wordt door een partner gemeld; vul gemeld door in."
    ]
    assert brought(session, file_of(session, projects=[new | {"scope": "regionaal"}])).written == 1


def test_a_link_has_two_ends_that_are_there_and_one_that_is_yours(session: Session, inventory: Any):
    own = director(session)
    file = file_of(session, own, links=[("P-99", "U-WER-1"), ("P-WER-1", "U-MEN-2"), ("P-MEN-1", "U-MEN-1")])
    assert told(brought(session, file, own)) == [
        "Koppelingen!A3: project P-99 bestaat niet; verbeter de code.",
        "Koppelingen!B4: uitdaging U-MEN-2 bestaat niet; verbeter de code.",
        "Koppelingen!A5: geen van beide mag u wijzigen; verwijder deze rij.",
    ]
    assert brought(session, file_of(session, own, links=[("P-MEN-1", "U-WER-1")]), own).written == 1


def test_a_link_to_a_new_row_that_could_not_be_read_gets_no_second_sentence(session: Session, inventory: Any):
    file = file_of(session, challenges=[NEW_CHALLENGE | {"title": ""}], links=[("P-WER-1", "U-NEW-1")])
    assert told(brought(session, file)) == ["Uitdagingen!C5: mag niet leeg zijn."]


def test_all_problems_of_all_sheets_come_at_once_and_equal_ones_together(session: Session, inventory: Any):
    file = file_of(session, edit=lambda row: row.update(title=None) if "title" in row else None)
    assert told(brought(session, file)) == [
        "Uitdagingen!C2: mag niet leeg zijn. Ook in: C3, C4.",
        "Projecten!C2: mag niet leeg zijn. Ook in: C3.",
    ]


def test_what_changes_is_told_from_old_to_new_and_only_that_is_written_and_traced(session: Session, inventory: Any):
    mine, _ = inventory
    version = mine.version
    outcome = brought(session, file_of(session, edit=setting("U-WER-1", title="Loket thuis", urgency=3)))
    (row,) = outcome.plan.to_write
    assert str(row) == "gewijzigd: U-WER-1 Loket thuis: titel “Loket” → “Loket thuis”; urgentie 2 → 3"
    trace = session.scalars(select(Audit).order_by(Audit.sequence.desc())).first()
    run = session.scalars(select(ImportRun)).one()
    assert (trace.entity_id, trace.import_run_id, run.kind) == (mine.id, run.id, "inventory")
    assert (trace.before, trace.after) == ('{"title":"Loket","urgency":2}', '{"title":"Loket thuis","urgency":3}')
    session.refresh(mine)
    assert (mine.title, mine.urgency, mine.version) == ("Loket thuis", 3, version + 1)


def test_a_row_that_somebody_changed_meanwhile_is_shown_with_both_values(session: Session, inventory: Any):
    mine, _ = inventory
    file = file_of(session, edit=setting("U-WER-1", title="De mijne"))
    mine.title = "De hunne"
    session.commit()
    outcome = brought(session, file)
    assert told(outcome) == [
        "Uitdagingen!A4: deze rij is van versie 1, het portaal heeft versie 2 (titel: in het bestand “De mijne”, "
        "in het portaal “De hunne”); exporteer opnieuw en pas daarin aan."
    ]
    assert (outcome.written, mine.title) == (0, "De hunne")


def test_a_row_of_an_archived_challenge_does_not_come_back_by_a_file(session: Session, inventory: Any):
    mine, _ = inventory
    file = file_of(session)
    mine.archived_at = clock.now()
    session.commit()
    assert told(brought(session, file)) == ["Uitdagingen!A4: deze code kan niet; kies een andere code."]


def test_what_the_file_leaves_out_is_told_and_stays(session: Session, inventory: Any):
    empty = book(tuple(replace(table, rows=[]) for table in tables(session, director(session))))
    session.rollback()
    outcome = brought(session, empty, director(session))
    assert (outcome.written, outcome.plan.missing) == (0, ("U-WER-1 Loket", "P-WER-1 Online", "P-WER-1 bij U-WER-1"))
    assert session.scalar(select(func.count()).select_from(ProjectChallenge)) == 1


def test_names_from_the_lists_are_taken_for_their_codes(session: Session, inventory: Any):
    themes = [option for option in tables(session, COORDINATOR)[0].choices["theme"] if option != "data"]
    title = session.scalars(select(Challenge.theme.property.entity.class_.title).filter_by(code=themes[0])).one()
    outcome = brought(session, file_of(session, edit=setting("U-WER-1", theme=title.upper(), status="In Aanpak")))
    assert outcome.written == 1
    row = session.scalars(select(Challenge).filter_by(code="U-WER-1")).one()
    assert (row.theme.code, row.status) == (themes[0], ChallengeStatus.IN_PROGRESS)


def test_the_subject_stands_there_to_be_read_and_what_is_typed_over_it_is_left(session: Session, inventory: Any):
    outcome = brought(session, file_of(session, edit=lambda row: row.update(subject="zelf bedacht")))
    assert (told(outcome), outcome.written) == ([], 0)


def test_what_is_alike_is_worked_out_once_for_the_whole_file(session: Session, inventory: Any):
    same = {"title": "Trouwboekje digitaal aanvragen", "description": "Koppels vragen hun trouwboekje online aan."}
    new = [
        NEW_CHALLENGE | same | {"code": "U-NEW-1", "partner": "wervik"},
        NEW_CHALLENGE | same | {"code": "U-NEW-2", "partner": "menen"},
    ]
    file = file_of(session, challenges=new)
    asked: list[str] = []
    listen = lambda *said: asked.append(said[2])  # noqa: E731 - SQLAlchemy wants a function it can take away again
    event.listen(session.get_bind(), "before_cursor_execute", listen)
    try:
        assert brought(session, file).written == 2
    finally:
        event.remove(session.get_bind(), "before_cursor_execute", listen)
    assert sum("DELETE FROM challenge_words" in one for one in asked) == 1
    assert session.scalar(select(func.count()).select_from(ChallengeLike)) == 1


def test_another_plan_than_the_one_agreed_on_is_shown_and_not_written(session: Session, inventory: Any):
    mine, _ = inventory
    file = file_of(session, edit=setting("U-WER-1", title="Nieuw"), challenges=[NEW_CHALLENGE])
    shown = brought(session, file, try_only=True)
    make_challenge(session, partner="wervik", code="U-ELSE")
    session.commit()
    assert brought(session, file, agreed=shown.plan.fingerprint()).written == 2, "what the file leaves out is no plan"
    other = file_of(session, edit=setting("U-WER-1", title="Weer nieuw"))
    outcome = brought(session, other, agreed=shown.plan.fingerprint())
    assert (outcome.only_shown, outcome.written, mine.title) == (True, 0, "Nieuw")


def test_the_command_holds_by_itself_what_the_sheets_say(session: Session, inventory: Any):
    def loaded(by: Viewer, acts: Acts[Any], code: str, version: int = 1) -> None:
        found = session.scalar(select(acts.entity.model.id).filter_by(code=code)) or 10**6
        title = {"title": "x"}
        load_rows(session, by, rows=[(put_by(acts), [Entry(title, title, row_id=found, version=version)])])

    with pytest.raises(PermissionDenied):
        loaded(director(session), CHALLENGE, "U-MEN-1")
    with pytest.raises(RowNotFound):
        loaded(director(session), CHALLENGE, "U-MEN-2")
    with pytest.raises(RowNotFound):
        loaded(COORDINATOR, PROJECT, "P-99")
    with pytest.raises(Conflict):
        loaded(COORDINATOR, PROJECT, "P-WER-1", version=9)
    row = session.scalars(select(Project).filter_by(code="P-WER-1")).one()
    assert (row.title, row.scope, row.phase) == ("Online", ProjectScope.LOCAL, Phase.EXECUTION)


def test_a_new_row_without_a_code_gets_one_and_is_known_when_the_file_comes_twice(session: Session, inventory: Any):
    asked, worked = ({key: row[key] for key in row if key != "code"} for row in (NEW_CHALLENGE, NEW_PROJECT))
    file = file_of(session, challenges=[asked], projects=[worked])
    first, count = brought(session, file), select(func.count()).select_from(Challenge)
    after = session.scalar(count)
    again = brought(session, file)
    assert (first.written, told(again), again.written, session.scalar(count)) == (2, [], 0, after)
    assert [one.split(":")[0] for one in again.notices] == ["Uitdagingen", "Projecten"]
    assert all("niet nog eens toegevoegd" in one and "Geef een eigen code" in one for one in again.notices)
    gone = brought(session, file_of(session, edit=setting("P-WER-1", version=None, title="Anders")))
    assert (gone.plan.overwriting, gone.written, gone.only_shown) == (("P-WER-1 Anders",), 0, True)


def test_a_code_is_taken_however_it_is_written(session: Session, inventory: Any):
    new = Entry({"code": "p‑wer 1", "title": "x", "reported_by": "wervik"})
    with pytest.raises(Refused, match="kies een andere code"):
        load_rows(session, COORDINATOR, rows=[(put_by(PROJECT), [new])])
