"""The coalitions against their rules, read from the rows; and per partner what it does together and side by side."""

import pytest
from sqlalchemy import func, select

from portal.db.models import CollaborationType, Indicator, Observation, Project, ProjectLike
from portal.permissions import Role, RowNotFound
from portal.queries.coalitions.candidates import together_and_alone
from portal.queries.coalitions.type_rules import Verdict, type_check_of, type_checks
from portal.queries.inventory.filters import CoalitionFilter
from portal.vocabulary import ParticipationState, Phase, ProjectScope, Visibility
from tests.makers import SOME_DAY, make_coalition, make_participation, make_project, partner_of, viewer
from tests.queries.conftest import ADMIN, insiders, outsiders, spelled

EVERYTHING = CoalitionFilter()
LEAD, MEMBER = ParticipationState.LEAD, ParticipationState.MEMBER
SECOND = {"LO_S_04": "waregem", "LO_S_05": "kuurne", "LO_S_12": "lendelede", "LO_S_03": "kuurne"}


def typed(session, code: str, aspect: str | None = None) -> dict:
    kind = session.scalars(select(CollaborationType).where(CollaborationType.code == code)).one()
    about = session.scalars(select(Indicator).where(Indicator.code == aspect)).one() if aspect else None
    judged = 2020 if aspect else None
    return {"collaboration_type_id": kind.id, "aspect_id": about and about.id, "aspect_year": judged}


@pytest.mark.parametrize(("aspect", "second"), SECOND.items())
def test_the_published_second_of_each_indicator_is_the_challenger(session, aspect, second):
    make_coalition(session, {second: LEAD}, code="T-1", **typed(session, "1", aspect))
    check = type_check_of(session, ADMIN, "T-1")
    assert check.finding.verdict is Verdict.FITS
    assert check.edition == 2020
    assert check.finding.doubt.endswith("respondenten onbekend: mogelijk toeval.")


@pytest.mark.parametrize(("aspect", "second"), SECOND.items())
def test_any_other_lead_is_a_note_that_names_the_second(session, aspect, second):
    make_coalition(session, {"wervik": LEAD}, code="T-1", **typed(session, "1", aspect))
    check = type_check_of(session, ADMIN, "T-1")
    assert check.finding.verdict is Verdict.DEVIATES
    assert f"volgens de regel trekt {partner_of(session, second).title} (2e, " in check.finding.remarks[0]


def test_a_coalition_is_judged_by_its_own_edition_and_not_by_a_newer_one(session):
    """Second in 2020 and third in 2023, or the other way round."""
    then = typed(session, "1", "LO_S_03")
    make_coalition(session, {"kuurne": LEAD}, code="T-toen", **then)
    make_coalition(session, {"kuurne": LEAD}, code="T-nu", **then | {"aspect_year": 2023})
    make_coalition(session, {"lendelede": LEAD}, code="T-later", **then | {"aspect_year": 2023})
    found = {check.code: check for check in type_checks(session, ADMIN, EVERYTHING)}
    assert (found["T-toen"].edition, found["T-toen"].finding.verdict) == (2020, Verdict.FITS)
    assert (found["T-nu"].edition, found["T-nu"].finding.verdict) == (2023, Verdict.DEVIATES)
    assert found["T-later"].finding.verdict is Verdict.FITS


def test_a_coalition_without_an_edition_of_its_own_is_judged_by_the_newest(session):
    make_coalition(session, code="T-1", **typed(session, "1", "LO_S_03") | {"aspect_year": None})
    assert type_check_of(session, ADMIN, "T-1").edition == 2023


def test_what_may_be_chance_is_said_of_the_gap_it_concerns(session):
    make_coalition(session, code="T-1", **typed(session, "1", "LO_S_03"))  # 74, 72, 64
    doubt = type_check_of(session, ADMIN, "T-1").finding.doubt
    assert "de eerste (2 punten)" in doubt
    assert "de volgende" not in doubt


def test_a_reason_that_somebody_wrote_stands_beside_the_finding(session):
    reason = "de tweede had dit jaar geen ruimte"
    make_coalition(session, {"wervik": LEAD}, code="T-1", deviation_reason=reason, **typed(session, "1", "LO_S_04"))
    check = type_check_of(session, ADMIN, "T-1")
    assert (check.finding.verdict, check.deviation_reason) == (Verdict.DEVIATES, reason)


def test_a_lead_that_stepped_back_leads_no_more(session):
    project = make_coalition(session, code="T-1", **typed(session, "1", "LO_S_04"))
    make_participation(session, project=project, partner="kuurne", state=LEAD, until=SOME_DAY)
    assert "Trekker onbekend" in type_check_of(session, ADMIN, "T-1").finding.remarks[0]
    make_participation(session, project=project, partner="waregem", state=LEAD)
    assert type_check_of(session, ADMIN, "T-1").finding.verdict is Verdict.FITS


def test_without_an_edition_the_check_is_open_and_names_no_year(session):
    session.query(Observation).delete()
    make_coalition(session, {"wervik": LEAD}, code="T-1", **typed(session, "1", "LO_S_04"))
    check = type_check_of(session, ADMIN, "T-1")
    assert (check.finding.verdict, check.edition, check.coalition.standings) == (Verdict.OPEN, None, ())


def test_coalitions_without_a_type_are_not_in_the_list_but_have_a_page(session):
    make_coalition(session, code="T-geen")
    make_coalition(session, code="T-vier", **typed(session, "4"))
    listed = [check.code for check in type_checks(session, ADMIN, EVERYTHING)]
    assert "T-vier" in listed
    assert "T-geen" not in listed
    assert type_check_of(session, ADMIN, "T-geen").finding.remarks == ("Er is nog geen type gekozen.",)


def test_the_list_stands_by_type_and_follows_the_filter(session):
    for code in ("4", "1"):
        make_coalition(session, {"wervik": MEMBER}, code=f"T-{code}", **typed(session, code))
    kinds = [check.coalition.type_code for check in type_checks(session, ADMIN, EVERYTHING)]
    assert kinds == sorted(kinds)
    wanted = CoalitionFilter(types=frozenset({"4"}), partners=frozenset({"wervik"}))
    assert [check.code for check in type_checks(session, ADMIN, wanted)] == ["T-4"]


def test_a_project_that_is_not_there_or_not_to_be_known_of_is_not_found(session):
    make_coalition(session, code="T-dicht", reported_by="kortrijk", visibility=Visibility.INTERNAL)
    with pytest.raises(RowNotFound):
        type_check_of(session, ADMIN, "T-nergens")
    for by in outsiders(session).values():
        with pytest.raises(RowNotFound):
            type_check_of(session, by, "T-dicht")
    for by in insiders(session).values():
        assert type_check_of(session, by, "T-dicht").code == "T-dicht"


def test_an_empty_database_has_nothing_to_check_and_nobody_to_count(empty_session):
    assert type_checks(empty_session, ADMIN, EVERYTHING) == []
    assert together_and_alone(empty_session, ADMIN) == []


def alike(session, one: Project, other: Project) -> None:
    first, second = sorted((one.id, other.id))
    session.add(ProjectLike(one_id=first, other_id=second, score=0.8, why="beide 'scan'"))
    session.flush()


def counted(session, by=ADMIN) -> dict[str, tuple[int, ...]]:
    found = together_and_alone(session, by)
    return {one.slug: (one.coalitions, one.leads, one.local, one.side_by_side) for one in found}


def test_per_partner_what_it_joins_leads_and_does_beside_another(session):
    before = counted(session)
    ours = [make_project(session, reported_by="wervik") for _ in range(3)]
    theirs = [make_project(session, reported_by="menen") for _ in range(2)]
    ended = make_project(session, reported_by="kuurne", phase=Phase.FINISHED)
    alike(session, ours[0], theirs[0])
    alike(session, ours[0], theirs[1])  # two that are like it: still one project of ours
    alike(session, ours[1], ended)  # what has ended no longer runs beside us
    make_coalition(session, {"wervik": LEAD, "menen": MEMBER, "kuurne": ParticipationState.FOLLOWS})
    grown = {
        slug: tuple(now - then for now, then in zip(counted(session)[slug], before[slug], strict=True))
        for slug in before
    }
    assert grown["wervik"] == (1, 1, 3, 1)
    assert grown["menen"] == (1, 0, 2, 2)
    assert grown["kuurne"] == (0, 0, 0, 0)


def test_an_internal_project_of_another_runs_beside_nobody(session):
    ours = make_project(session, reported_by="wervik")
    watching = outsiders(session)
    before = {who: spelled(together_and_alone(session, by)) for who, by in watching.items()}
    secret = make_project(session, reported_by="kortrijk", visibility=Visibility.INTERNAL)
    alike(session, ours, secret)
    for who, by in watching.items():
        assert spelled(together_and_alone(session, by)) == before[who], who
    assert counted(session)["wervik"][3] == 1


def test_the_numbers_per_partner_equal_sql_over_the_demo(demo_session):
    rows = together_and_alone(demo_session, viewer(Role.COORDINATOR))
    local = select(func.count()).where(
        Project.archived_at.is_(None),
        Project.scope == ProjectScope.LOCAL,
        Project.reported_by_id.is_not(None),
        Project.phase.not_in([Phase.FINISHED, Phase.STOPPED]),
    )
    assert sum(one.local for one in rows) == demo_session.scalar(local) > 0
    assert all(one.side_by_side <= one.local and one.leads <= one.coalitions for one in rows)


def test_the_demo_has_all_four_types_and_a_lead_of_type_1_that_is_not_second(demo_session):
    checks = type_checks(demo_session, ADMIN, EVERYTHING)
    assert {check.coalition.type_code for check in checks} == {"1", "2", "3", "4"}
    assert Verdict.DEVIATES in {check.finding.verdict for check in checks if check.coalition.type_code == "1"}
