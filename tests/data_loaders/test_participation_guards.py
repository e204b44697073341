"""What a file of participations may not do, told at its cell; and what of it comes into a new state."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from data_loaders.load import load
from data_loaders.participation import PARTICIPATION, STATES
from data_loaders.participation import states as described
from portal import clock
from portal.commands.base import Refused
from portal.commands.coalitions.participations import answer_participation
from portal.db.models import Audit, ImportRun, Participation, Partner
from portal.permissions import Role
from portal.queries.coalitions.participations import editable_participations
from portal.vocabulary import DecisionStatus, Improvement, ParticipationState, Phase
from tests.data_loaders.books import workbook
from tests.makers import make_coalition, make_participation, partner_of, viewer

S = ParticipationState
COORDINATOR = viewer(Role.COORDINATOR)
COLUMNS = described((), {"partner": [], "project": []}, ()).sheet.columns
TODAY, BEGAN = clock.today(), date(2026, 3, 2)
SOON, DECIDED = TODAY + timedelta(days=90), date(2026, 5, 4)


@pytest.fixture
def project(session):
    """R-81: Menen leads, Wervik takes part, Kuurne comes later."""
    made = make_coalition(session, {"menen": S.LEAD}, code="R-81")
    make_participation(
        session, project=made, partner="wervik", decision_organ="College", decision_on=DECIDED, improvement_note="Snel"
    )
    make_participation(session, project=made, partner="kuurne", state=S.LATER, expected_on=SOON, reason="Eerst dit")
    session.commit()
    return made


def exported(session, by=COORDINATOR, **changes):
    """The rows of R-81 as the export has them; `changes` by partner go over its row."""
    rows = editable_participations(session, by, "R-81")
    return [row | changes.get(row["partner"], {}) for row in rows]


def brought(session, rows, by=COORDINATOR):
    session.commit()
    lines = [[_cell(row.get(column.key)) for column in COLUMNS] for row in rows]
    return load(PARTICIPATION, workbook(**{STATES: [[one.heading for one in COLUMNS], *lines]}), session, by)


def _cell(value):
    return value.value if hasattr(value, "label") else value


def told(outcome):
    return [str(one) for one in outcome.problems]


def states(session, project, partner):
    found = select(Participation).join(Partner, Partner.id == Participation.partner_id)
    found = found.where(Partner.slug == partner, Participation.project_id == project.id).order_by(Participation.id)
    return session.scalars(found.execution_options(populate_existing=True)).all()


def new(partner, **values):
    return {"project": "R-81", "partner": partner, "state": "volgt", "since": BEGAN} | values


def director(session, *slugs):
    return viewer(Role.DIRECTOR, *(partner_of(session, slug) for slug in slugs))


def test_a_directors_file_with_a_row_of_another_writes_nothing_at_all(session, project):
    by = director(session, "wervik", "avelgem")
    rows = [*exported(session, by, wervik={"reason": "Eigen"}), new("avelgem"), new("anzegem"), new("zwevegem")]
    assert told(brought(session, rows, by)) == [
        "Deelnames!C4: anzegem is geen bestuur waarvoor u antwoordt; verwijder deze rij.",
        "Deelnames!C5: zwevegem is geen bestuur waarvoor u antwoordt; verwijder deze rij.",
    ]
    assert session.scalar(select(func.count()).select_from(ImportRun)) == 0
    assert brought(session, rows[:2], by).written == 2
    assert states(session, project, "wervik")[-1].reason == "Eigen"


def test_what_a_file_is_held_against_is_only_what_the_viewer_answers_for(session, project):
    own, everything = (PARTICIPATION.known(session, by) for by in (director(session, "wervik"), COORDINATOR))
    assert {key[-1] for key in own.present if key[1] == "R-81"} == {"wervik"}
    assert {key[-1] for key in everything.present if key[1] == "R-81"} == {"wervik", "menen", "kuurne"}
    assert own.tables[0].choices["partner"] == ("wervik",)
    assert "R-81" in own.tables[0].choices["project"]
    assert own.more["R-81"] == {"menen"}


WRONG = (
    ({"project": "R-999", "partner": "avelgem"}, "A", "“R-999” staat niet in de lijst"),
    ({"partner": "atlantis"}, "C", "staat niet in de lijst"),
    ({"partner": None}, "C", "mag niet leeg zijn"),
    ({"partner": "anzegem", "state": "lid"}, "D", "staat niet in de lijst"),
    ({"partner": "deerlijk", "state": None}, "D", "mag niet leeg zijn"),
    ({"partner": "harelbeke", "improvement": "soms"}, "H", "staat niet in de lijst"),
    ({"partner": "kortrijk", "decision_status": "uitgesteld"}, "M", "staat niet in de lijst"),
    ({"partner": "waregem", "since": "gisteren"}, "E", "gisteren"),
    ({"partner": "wevelgem", "since": None}, "E", "vul in vanaf welke dag"),
    ({"partner": "zwevegem", "decision_organ": "x" * 301}, "J", "301"),
    ({"partner": "avelgem", "state": "later", "reason": "Nog niet"}, "F", "vraagt een datum"),
    ({"partner": "lendelede", "state": "niet", "reason": " \n "}, "G", "vraagt een reden"),
)


def test_each_new_row_that_cannot_be_is_told_at_its_cell(session, project):
    outcome = brought(session, [new("avelgem") | row for row, *_ in WRONG])
    found = {cell: one.message for one in outcome.problems for cell in cells_of(one)}
    assert found.keys() == {f"{column}{line}" for line, (_, column, _) in enumerate(WRONG, start=2)}
    for line, (_, column, said) in enumerate(WRONG, start=2):
        assert said in found[f"{column}{line}"]
    assert (outcome.written, states(session, project, "avelgem")) == (0, [])


def cells_of(problem):
    """Equal sentences are told once, with every cell that they are of."""
    _, _, others = problem.message.partition("Ook in: ")
    return [problem.cell, *filter(None, others.removesuffix(".").split(", "))]


def test_a_row_with_a_version_that_is_not_there_any_more_does_not_come_back_by_itself(session, project):
    (said,) = told(brought(session, [new("avelgem", version=3)]))
    assert said.startswith("Deelnames!A2: deze rij bestaat niet (meer) in het portaal; maak versie leeg")


def test_one_partner_stands_once_in_a_project(session, project):
    (problem,) = brought(session, [new("avelgem"), new("Avelgem", state="niet", reason="Toch niet")]).problems
    assert (problem.cell, "staat ook in A2" in problem.message) == ("A3", True)


def test_every_fault_of_a_file_is_told_at_once(session, project):
    rows = exported(session, wervik={"state": "later", "since": SOON}, kuurne={"expected_on": None})
    problems = brought(session, [*rows, new("avelgem", project="R-999")]).problems
    assert [one.cell for one in problems] == ["A5", "F2", "E4"]
    assert "Ook in: F4." in problems[1].message


def test_another_state_needs_a_day_of_its_own(session, project):
    for since, said in ((BEGAN, "de stand is nieuw"), (None, "de stand is nieuw"), (date(2026, 3, 1), "02/03/2026")):
        (problem,) = brought(session, exported(session, wervik={"state": "begeleid", "since": since})).problems
        assert (problem.cell, said in problem.message) == ("E4", True)
    assert [row.state for row in states(session, project, "wervik")] == [S.MEMBER]


def test_a_state_of_today_may_be_mended_today(session, project):
    (row,) = states(session, project, "wervik")
    answer_participation(session, COORDINATOR, row_id=row.id, version=1, values={"state": S.FOLLOWS})
    assert brought(session, exported(session, wervik={"state": "begeleid"})).written == 1
    assert [(one.state, one.until) for one in states(session, project, "wervik")] == [
        (S.MEMBER, TODAY),
        (S.FOLLOWS, TODAY),
        (S.COACHED, None),
    ]


def test_a_new_state_has_what_the_file_says_and_not_what_the_old_one_had(session, project):
    given = {"state": "volgt", "since": date(2026, 6, 1), "decision_organ": None, "improvement": "ja"}
    changed = {"state": "begeleid", "since": TODAY, "expected_on": None, "reason": None}
    assert brought(session, exported(session, wervik=given, kuurne=changed)).written == 2
    before, now = states(session, project, "wervik")
    assert (before.until, now.since, before.decision_organ) == (date(2026, 6, 1), date(2026, 6, 1), "College")
    assert (now.decision_organ, now.decision_on, now.improvement, now.improvement_note) == (
        *("", DECIDED),
        *(Improvement.YES, "Snel"),
    )
    joined = states(session, project, "kuurne")[-1]
    assert (joined.state, joined.expected_on, joined.reason) == (S.COACHED, None, "")


def test_a_reason_that_the_file_keeps_explains_the_new_state_too(session, project):
    declined = {"state": "niet", "since": TODAY, "expected_on": None}
    assert brought(session, exported(session, kuurne=declined)).written == 1
    assert [(one.state, one.reason) for one in states(session, project, "kuurne")] == [
        (S.LATER, "Eerst dit"),
        (S.DECLINED, "Eerst dit"),
    ]


def test_the_same_file_twice_writes_once_and_an_older_one_is_a_conflict(session, project):
    rows = exported(session, wervik={"decision_status": "genomen"})
    assert brought(session, rows).written == 1
    trail = session.scalar(select(func.count()).select_from(Audit))
    again = brought(session, rows)
    assert (again.written, again.problems, session.scalar(select(func.count()).select_from(Audit))) == (0, (), trail)
    older = [row | {"decision_status": "gevraagd"} if row["partner"] == "wervik" else row for row in rows]
    (said,) = told(brought(session, older))
    assert said.startswith("Deelnames!A4: deze rij is van versie 1, het portaal heeft versie 2")
    assert "in het bestand gevraagd, in het portaal genomen" in said
    assert states(session, project, "wervik")[-1].decision_status is DecisionStatus.TAKEN


def test_a_row_without_its_version_is_no_way_around_what_stands_there(session, project):
    outcome = brought(session, [new("wervik", state="niet", reason="Weg ermee", since=TODAY)])
    assert (outcome.plan.overwriting, outcome.only_shown, outcome.written) == (("wervik in R-81",), True, 0)
    assert [row.state for row in states(session, project, "wervik")] == [S.MEMBER]


def test_only_the_coordinators_file_brings_a_second_lead_or_takes_an_answer_back(session, project):
    for state in ("trekker", "niet_gevraagd"):
        by = director(session, "wervik", "avelgem")
        rows = [*exported(session, by, wervik={"state": state, "since": TODAY}), new("avelgem", state=state)]
        assert [one.cell for one in brought(session, rows, by).problems] == ["D2"]
        assert "Ook in: D3" in brought(session, rows, by).problems[0].message
    assert brought(session, exported(session, wervik={"state": "trekker", "since": TODAY})).written == 1
    own = director(session, "menen")
    assert brought(session, exported(session, own, menen={"reason": "Wij trekken"}), own).written == 1


def test_two_of_one_director_that_both_take_a_free_lead_are_refused_together(session, project):
    (lead,) = states(session, project, "menen")
    answer_participation(session, COORDINATOR, row_id=lead.id, version=1, values={"state": S.MEMBER})
    by = director(session, "wervik", "kuurne")
    free = {"state": "trekker", "since": TODAY, "expected_on": None}
    rows = exported(session, by, wervik=free, kuurne=free)
    with pytest.raises(Refused, match="Kuurne trekt al"):
        brought(session, rows, by)
    assert {states(session, project, slug)[-1].state for slug in ("wervik", "kuurne")} == {S.MEMBER, S.LATER}


def test_an_ended_project_is_still_a_row_of_the_file(session, project):
    project.phase = Phase.FINISHED
    assert brought(session, [*exported(session), new("avelgem")]).written == 1
