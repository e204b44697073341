"""The trace is searched by person, day, row and text; what is told is in the words of the field."""

from datetime import UTC, date, datetime
from itertools import product

import pytest

from portal import clock
from portal.commands.imports import import_run, undo_import
from portal.permissions import PermissionDenied, Role
from portal.queries.trace.search import TraceFilter, count_trace, trace_kinds, trace_people, trace_rows, unread
from portal.vocabulary import AuditAction, ChallengeStatus, ParticipationState, Visibility
from tests.commands.test_undo_import import FILE, bring_in
from tests.databases import undone
from tests.makers import (
    link,
    make_challenge,
    make_coalition,
    make_milestone,
    make_project,
    make_user,
    partner_of,
    viewer,
)
from tests.queries.conftest import ADMIN, traced

COORDINATOR = viewer(Role.COORDINATOR)


def found(session, **wanted):
    rows = trace_rows(session, COORDINATOR, TraceFilter(**wanted))
    assert count_trace(session, COORDINATOR, TraceFilter(**wanted)) == len({row.sequence for row in rows})
    return rows


def told(session, **wanted):
    return [(row.what, row.field_label, row.old, row.new) for row in found(session, **wanted)]


def test_who_may_not_read_the_trace_reads_nothing_of_it(session, subtests):
    for ask, role in product(
        [count_trace, trace_rows], [role for role in Role if role not in {Role.COORDINATOR, Role.ADMIN}]
    ):
        with subtests.test(ask=ask, role=role), pytest.raises(PermissionDenied):
            ask(session, viewer(role, partner_of(session, "wervik"), ateliers=[1]), TraceFilter())


@pytest.mark.parametrize("ask", [trace_people, trace_kinds])
def test_nor_who_changed_what_kinds_of_rows(session, ask):
    with pytest.raises(PermissionDenied):
        ask(session, viewer(Role.STEERING))


def test_a_change_is_told_from_old_to_new_with_person_and_row(session):
    person = make_user(session, name="An Voorbeeld")
    with traced(session):
        row = make_challenge(session, code="U-ZOEK-1", title="Archief", visibility=Visibility.INTERNAL)
    with traced(session, user_id=person.id):
        row.title, row.status = "Depot", ChallengeStatus.SOLVED
    lines = found(session, who=person.id)
    assert {(line.who, line.source, line.what) for line in lines} == {
        ("An Voorbeeld", "portaal", "uitdaging: U-ZOEK-1, Depot")
    }
    assert [(line.field_label, line.old, line.new) for line in lines] == [
        ("status", "open", "opgelost"),
        ("titel", "Archief", "Depot"),
    ]
    assert str(person.id) in {option.code for option in trace_people(session, ADMIN)}
    assert ("challenge", "uitdaging") in trace_kinds(session, ADMIN)


def test_the_portal_itself_is_somebody_too(session):
    person = make_user(session)
    with traced(session, user_id=person.id):
        make_challenge(session, code="U-ZOEK-2")
    with traced(session):
        make_challenge(session, code="U-ZOEK-3")
    assert [row.what.split(",")[0] for row in found(session, who=0, row="U-ZOEK")] == ["uitdaging: U-ZOEK-3"]


def test_days_are_the_regions_and_both_are_included(session):
    for hour in (datetime(2031, 3, 1, 22, 59, tzinfo=UTC), datetime(2031, 3, 1, 23, 1, tzinfo=UTC)):
        with clock.standing_at(hour), traced(session):
            make_challenge(session, title=f"Om {hour:%H:%M}")
    first, second = date(2031, 3, 1), date(2031, 3, 2)
    names = [row.what.rpartition(", ")[2] for row in found(session, since=second)]
    assert names == ["Om 23:01"]
    assert [row.what.rpartition(", ")[2] for row in found(session, since=first, until=first)] == ["Om 22:59"]
    assert len(found(session, since=first, until=second)) == 2
    assert found(session, since=date(2031, 3, 3)) == []


def test_a_project_is_found_with_all_that_is_tied_to_it_and_what_was_untied(session):
    project = make_coalition(session, {"wervik": ParticipationState.FOLLOWS}, code="P-ZOEK-9", title="Loket")
    challenge, stone = make_challenge(session, code="U-ZOEK-9"), make_milestone(session, project=project, title="Proef")
    (tie,) = link(session, project, challenge)
    other = make_milestone(session, project=make_project(session))
    with traced(session):
        stone.due_expected, other.due_expected = date(2031, 5, 1), date(2031, 5, 2)
    with traced(session):
        session.delete(tie)
    lines = told(session, row="p-zoek-9")
    assert ("koppeling: P-ZOEK-9 Loket, U-ZOEK-9 " + challenge.title, "verwijderd", "", "") in lines
    assert (f"mijlpaal: {stone.code}, Proef", "verwacht op", "02/03/2026", "01/05/2031") in lines
    assert len(lines) == 2
    assert [line[:2] for line in told(session, row="zoek 9 bestaat niet")] == []


def test_a_row_that_is_gone_or_archived_keeps_its_name(session):
    kept, gone = make_challenge(session, title="Bewaard"), make_project(session, code="P-WEG-1", title="Verdwenen")
    (tie,) = link(session, make_project(session, code="P-BAND-1", title="Band"), kept)
    with traced(session):
        kept.archived_at = clock.now()
    with traced(session):
        session.delete(tie)
    with traced(session):
        session.delete(gone)
    assert told(session, row="verdwenen")[0][:2] == ("project: P-WEG-1, Verdwenen", "verwijderd")
    lines = [line[:2] for line in told(session, row="Bewaard")]
    assert (f"uitdaging: {kept.code}, Bewaard", "gearchiveerd") in lines
    assert (f"koppeling: P-BAND-1 Band, {kept.code} Bewaard", "verwijderd") in lines


def test_what_was_made_tells_all_it_held(session):
    project = make_coalition(session)
    with traced(session):
        make_milestone(
            session, project=project, title="Start", due_first=date(2031, 1, 2), due_expected=date(2031, 1, 3)
        )
    (line,) = told(session, entity="milestone", row=project.code)
    assert line[1] == AuditAction.CREATED.label
    assert "eerste plan: 02/01/2031; project: " in line[3]
    assert "titel" not in line[3]


def test_a_text_is_found_in_the_old_and_the_new_value_on_both_databases_alike(engine, subtests):
    for sought, times in [
        ("nieuwe é", 3),
        ("NIEUWE É", 3),
        ("é-LOKET", 3),
        ('zei: "ja"', 2),
        ("100%", 2),
        ("100%%", 0),
        ("iets_anders", 0),
    ]:
        with subtests.test(sought=sought, times=times), undone(engine) as session:
            with traced(session):
                row = make_challenge(session, description="iets anders")
            for text in ('Een nieuwe é-loket; hij zei: "ja" voor 100%', "Een Nieuwe é-loket", "Een NIEUWE É-LOKET"):
                with traced(session):
                    row.description = text
            assert len(found(session, text=sought)) == times


def test_long_texts_are_cut_where_asked_and_only_there(session):
    with traced(session):
        row = make_challenge(session, title="Lang")
    with traced(session):
        row.description = "x" * 500
    wanted = TraceFilter(row=row.code)
    short = trace_rows(session, ADMIN, wanted, longest=20)[0].new
    whole = trace_rows(session, ADMIN, wanted)[0].new
    assert (short, whole) == ("x" * 20 + "…", "x" * 500)


def test_pages_follow_each_other_newest_first(session):
    for number in range(5):
        with traced(session):
            make_challenge(session, code=f"U-RIJ-{number}")
    wanted = TraceFilter(row="U-RIJ")
    pages = [[row.what for row in trace_rows(session, ADMIN, wanted, start=start, size=2)] for start in (0, 2, 4, 6)]
    codes = [what.split(": ")[1].split(",")[0] for page in pages for what in page]
    assert codes == [f"U-RIJ-{number}" for number in (4, 3, 2, 1, 0)]
    assert [len(page) for page in pages] == [2, 2, 1, 0]


def test_an_import_is_found_by_its_run_and_named_by_its_file(session):
    row = make_challenge(session, title="Oud")

    def change(own):
        row.title = "Nieuw"

    with import_run(session, COORDINATOR, **FILE) as run:
        bring_in(session, COORDINATOR, rows=change)
        number = run.id
    undo_import(session, COORDINATOR, run_id=number)
    assert [(line.source, line.new) for line in found(session, run=number)] == [("import: proef.xlsx", "Nieuw")]
    assert [line.old for line in found(session, row=row.code)] == ["Nieuw", "Oud"]


def test_the_address_says_what_is_sought_and_what_it_does_not_mean_is_named():
    query = "wie=12&van=2026-03-01&tot=2026-03-31&soort=project&rij=R-05&tekst=loket&import=3"
    asked = TraceFilter(12, date(2026, 3, 1), date(2026, 3, 31), "project", "R-05", "loket", 3)
    assert TraceFilter.from_query(query) == asked
    assert unread(query) == []
    wrong = "wie=ik&van=01/03/2026&tot=2026-02-30&soort=users&import=-1&wie2=3"
    assert TraceFilter.from_query(wrong) == TraceFilter()
    assert unread(wrong) == ["wie ‘ik’", "import ‘-1’", "van ‘01/03/2026’", "tot ‘2026-02-30’", "soort ‘users’"]
