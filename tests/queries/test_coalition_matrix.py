"""The matrix of the coalitions: its rows, its states and its sums equal SQL, and nobody sees more than may be."""

from datetime import date

import pytest
from sqlalchemy import func, select

from portal.db.models import CollaborationType, Participation, Partner, Project
from portal.permissions import Role
from portal.queries.coalitions.coalitions import CoalitionRow, Matrix, coalition_matrix
from portal.queries.inventory.filters import CoalitionFilter
from portal.vocabulary import (
    ENDED_PHASES,
    SHARED_SCOPES,
    TAKES_PART,
    Improvement,
    ParticipationState,
    Phase,
    ProjectScope,
    Visibility,
)
from tests.makers import make_coalition, make_participation, make_project, partner_of, viewer
from tests.queries.conftest import ADMIN, insiders, outsiders, spelled

EVERYTHING = CoalitionFilter()
LEAD, MEMBER, FOLLOWS = ParticipationState.LEAD, ParticipationState.MEMBER, ParticipationState.FOLLOWS


def only(**given) -> CoalitionFilter:
    return CoalitionFilter(**{name: frozenset(codes) for name, codes in given.items()})


def of(matrix: Matrix, code: str) -> CoalitionRow:
    (row,) = (one for one in matrix.coalitions if one.code == code)
    return row


def codes_in(matrix: Matrix) -> list[str]:
    """Of the coalitions that the test made; the reference data has some of its own."""
    return [one.code for one in matrix.coalitions if one.code.startswith("T-")]


def new(session) -> set[str]:
    return set(codes_in(coalition_matrix(session, ADMIN, EVERYTHING)))


def test_an_empty_database_has_no_coalitions_and_no_columns(empty_session):
    matrix = coalition_matrix(empty_session, ADMIN, EVERYTHING)
    assert (matrix.coalitions, matrix.states, matrix.partners) == ((), [], ())


def test_one_partner_alone_in_a_coalition_is_one_of_one(empty_session):
    make_coalition(empty_session, {"kade": MEMBER}, code="T-1")
    matrix = coalition_matrix(empty_session, ADMIN, EVERYTHING)
    assert [partner.title for partner in matrix.partners] == ["Kade"]
    assert (of(matrix, "T-1").joined, of(matrix, "T-1").known) == (1, 1)


def test_every_partner_is_a_column_also_when_it_is_in_nothing(session):
    matrix = coalition_matrix(session, ADMIN, EVERYTHING)
    slugs = list(session.scalars(select(Partner.slug).where(Partner.archived_at.is_(None))))
    assert sorted(partner.slug for partner in matrix.partners) == sorted(slugs)


def test_a_coalition_without_a_lead_has_none_and_keeps_its_members(session):
    make_coalition(session, {"wervik": MEMBER, "menen": FOLLOWS}, code="T-1")
    row = of(coalition_matrix(session, ADMIN, EVERYTHING), "T-1")
    assert (row.lead, row.lead_outside) == (None, False)
    assert (row.joined, row.known) == (1, 2)


def test_the_lead_is_who_leads_here_before_a_name_outside_the_region(session):
    make_coalition(session, code="T-ver", external_lead="Verweg")
    make_coalition(session, {"wervik": LEAD, "menen": LEAD}, code="T-twee", external_lead="Verweg")
    matrix = coalition_matrix(session, ADMIN, EVERYTHING)
    assert (of(matrix, "T-ver").lead, of(matrix, "T-ver").lead_outside) == ("Verweg", True)
    assert (of(matrix, "T-twee").lead, of(matrix, "T-twee").lead_outside) == ("Menen; Wervik", False)


def test_only_living_projects_of_several_partners_are_coalitions(session):
    make_coalition(session, code="T-wel")
    make_coalition(session, code="T-ruimer", scope=ProjectScope.WIDER)
    make_coalition(session, code="T-weg", phase=Phase.STOPPED)
    make_project(session, code="T-lokaal")
    assert new(session) == {"T-wel", "T-ruimer"}


def test_a_state_that_ended_is_no_longer_in_the_matrix(session):
    project = make_coalition(session, code="T-1")
    make_participation(session, project=project, partner="wervik", state=FOLLOWS, until=date(2026, 4, 1))
    make_participation(session, project=project, partner="wervik", since=date(2026, 4, 1))
    (row,) = of(coalition_matrix(session, ADMIN, EVERYTHING), "T-1").states
    assert (row.partner, row.state, row.since) == ("Wervik", MEMBER, date(2026, 4, 1))


def test_better_counts_only_who_takes_part(session):
    project = make_coalition(session, code="T-1")
    for slug, state, improvement in (
        ("wervik", LEAD, Improvement.YES),
        ("menen", ParticipationState.COACHED, Improvement.NO),
        ("kuurne", MEMBER, Improvement.UNKNOWN),
        ("kortrijk", FOLLOWS, Improvement.YES),
        ("deerlijk", ParticipationState.DECLINED, Improvement.NO),
    ):
        make_participation(session, project=project, partner=slug, state=state, improvement=improvement)
    row = of(coalition_matrix(session, ADMIN, EVERYTHING), "T-1")
    assert (row.joined, row.known) == (3, 5)
    assert [row.better(how) for how in Improvement] == [1, 1, 1]


def test_coalitions_stand_by_atelier_then_by_partners_and_those_without_an_atelier_last(session):
    make_coalition(session, {"wervik": MEMBER, "menen": MEMBER}, code="T-los")
    make_coalition(session, code="T-II", atelier="II")
    make_coalition(session, {"wervik": MEMBER}, code="T-I-een", atelier="I")
    make_coalition(session, {"wervik": MEMBER, "menen": MEMBER, "kuurne": MEMBER}, code="T-I-drie", atelier="I")
    assert codes_in(coalition_matrix(session, ADMIN, EVERYTHING)) == ["T-I-drie", "T-I-een", "T-II", "T-los"]


def test_each_filter_leaves_its_own_and_together_they_narrow(session):
    kind = session.scalars(select(CollaborationType).where(CollaborationType.code == "1")).one()
    make_coalition(session, {"wervik": MEMBER}, code="T-1", collaboration_type_id=kind.id, theme="data", atelier="I")
    make_coalition(session, {"wervik": FOLLOWS}, code="T-2", theme="data")
    for wanted, left in (
        (only(types={"1"}), {"T-1"}),
        (only(themes={"data"}), {"T-1", "T-2"}),
        (only(ateliers={"I"}), {"T-1"}),
        (only(partners={"wervik"}), {"T-1"}),  # who follows does not take part
        (only(themes={"data"}, partners={"menen"}), set()),
        (only(types={"bestaat niet"}), set()),
    ):
        found = coalition_matrix(session, ADMIN, wanted)
        assert set(codes_in(found)) == left, wanted
        assert {one.code for one in found.states} <= {one.code for one in found.coalitions}


def test_the_filter_reads_its_address_and_names_what_it_does_not_know(session):
    from portal.queries.reference import known_codes

    wanted = CoalitionFilter.from_query("type=1,9&thema=data&atelier=I&partner=wervik,atlantis", known_codes(session))
    assert wanted == only(types={"1"}, themes={"data"}, ateliers={"I"}, partners={"wervik"})
    assert wanted.unknown == ("type '9' is niet bekend", "partner 'atlantis' is niet bekend")
    assert CoalitionFilter.from_query("") == EVERYTHING


def test_an_internal_coalition_of_another_is_in_no_row_no_state_and_no_count(session):
    watching = outsiders(session)
    before = {who: read_all(session, by) for who, by in watching.items()}
    inside = {who: read_all(session, by) for who, by in insiders(session).items()}
    secret = make_coalition(
        session, {"wervik": MEMBER}, code="T-geheim", reported_by="kortrijk", visibility=Visibility.INTERNAL
    )
    make_participation(session, project=secret, partner="kortrijk", state=LEAD)
    for who, by in watching.items():
        assert read_all(session, by) == before[who], who
    for who, by in insiders(session).items():
        assert read_all(session, by) != inside[who], who


def read_all(session, by) -> str:
    found = [coalition_matrix(session, by, wanted) for wanted in (EVERYTHING, only(partners={"wervik"}))]
    return "".join(spelled(matrix) for matrix in found)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.STEERING, Role.MAYOR])
def test_the_sums_of_the_matrix_equal_sql_over_the_demo(demo_session, role):
    matrix = coalition_matrix(demo_session, viewer(role), EVERYTHING)
    living = (
        select(Project.id)
        .where(Project.archived_at.is_(None), Project.scope.in_(sorted(SHARED_SCOPES)))
        .where(Project.phase.not_in(sorted(ENDED_PHASES)))
    )
    held = select(func.count()).select_from(Participation)
    held = held.where(Participation.project_id.in_(living), Participation.until.is_(None))
    held = held.where(Participation.archived_at.is_(None))
    joined = held.where(Participation.state.in_(sorted(TAKES_PART)))
    sums = {name: sum(getattr(one, name) for one in matrix.coalitions) for name in ("joined", "known")}
    better = {how: sum(one.better(how) for one in matrix.coalitions) for how in Improvement}
    assert len(matrix.coalitions) == demo_session.scalar(select(func.count()).select_from(living.subquery()))
    assert sums["joined"] == demo_session.scalar(joined) > 0
    assert sums["known"] == len(matrix.states) == demo_session.scalar(held)
    assert better[Improvement.YES] == demo_session.scalar(joined.where(Participation.improvement == Improvement.YES))
    assert better[Improvement.NO] == demo_session.scalar(joined.where(Participation.improvement == Improvement.NO))
    assert all(sum(one.better(how) for how in Improvement) == one.joined for one in matrix.coalitions)


def test_every_state_of_the_field_occurs_in_the_demo(demo_session):
    states = coalition_matrix(demo_session, ADMIN, EVERYTHING).states
    assert {one.state for one in states} == set(ParticipationState)


def test_the_number_of_statements_does_not_grow_with_the_coalitions(session, statements):
    def sent() -> int:
        with statements() as those:
            coalition_matrix(session, ADMIN, EVERYTHING)
        return len(those)

    before = sent()
    for _ in range(5):
        make_coalition(session, {"wervik": MEMBER, "menen": LEAD})
    assert sent() == before


def test_a_partner_that_was_archived_is_neither_a_column_nor_counted(session):
    gone = partner_of(session, "verdwenen")
    make_coalition(session, {"verdwenen": MEMBER, "wervik": MEMBER}, code="T-1")
    gone.archived_at = func.now()
    session.flush()
    matrix = coalition_matrix(session, ADMIN, EVERYTHING)
    assert "verdwenen" not in {partner.slug for partner in matrix.partners}
    assert of(matrix, "T-1").joined == 1
