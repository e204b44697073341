"""Who may edit a project gets it with every field as typed; what may be linked follows the same rights."""

from datetime import date

import pytest

from portal import clock
from portal.commands.base import Refused
from portal.commands.inventory.challenges import link_challenge, unlink_challenge
from portal.commands.inventory.projects import PROJECT
from portal.entities.inventory import PROJECT as DESCRIBED
from portal.permissions import GRANTS, Permission, PermissionDenied, Role, RowNotFound
from portal.queries.inventory.editable import Linkable, challenges_to_link, editable_projects, projects_to_link
from portal.vocabulary import ChallengeStatus, Phase, ProjectScope, Visibility
from tests.makers import atelier_of, link, make_challenge, make_project, partner_of, viewer
from tests.queries.conftest import ADMIN

INTERNAL = {"visibility": Visibility.INTERNAL}
OTHERS = [role for role in Role if Permission.EDIT_PROJECTS not in GRANTS[role]]


@pytest.fixture
def rows(session):
    """By what they are; with a challenge per municipality."""
    made = {
        "own": make_project(session, code="P-A", reported_by="wervik", atelier="II", **INTERNAL),
        "other": make_project(session, code="P-B", reported_by="menen", atelier="I"),
        "hidden": make_project(session, code="P-C", reported_by="menen", atelier="I", **INTERNAL),
        "regional": make_project(session, code="P-D", reported_by="wervik", atelier="I", scope=ProjectScope.REGIONAL),
        "ended": make_project(session, code="P-E", reported_by="wervik", phase=Phase.FINISHED),
        "gone": make_project(session, code="P-F", reported_by="wervik", archived_at=clock.now()),
        "need": make_challenge(session, code="U-A", partner="wervik"),
        "other need": make_challenge(session, code="U-B", partner="menen"),
        "hidden need": make_challenge(session, code="U-C", partner="menen", **INTERNAL),
        "solved need": make_challenge(session, code="U-D", partner="wervik", status=ChallengeStatus.SOLVED),
    }
    session.commit()
    return made


def people(session):
    return {
        "directeur": viewer(Role.DIRECTOR, partner_of(session, "wervik")),
        "atelier": viewer(Role.ATELIER, ateliers=[atelier_of(session, "I")]),
        "coördinator": ADMIN,
        "niemand": viewer(Role.DIRECTOR),
        **{role.label: viewer(role, *range(1, 16), ateliers=range(1, 6)) for role in OTHERS},
    }


def ours(codes):
    return [code for code in codes if code[:2] in {"P-", "U-"}]


def test_each_gets_the_projects_in_reach_and_nobody_else_any(session, rows):
    found = {
        name: ours([row["code"] for row in editable_projects(session, by)]) for name, by in people(session).items()
    }
    assert found == {name: [] for name in found} | {
        "directeur": ["P-A", "P-E"],
        "atelier": ["P-B", "P-D"],
        "coördinator": ["P-A", "P-B", "P-C", "P-D", "P-E"],
    }


def test_what_is_offered_to_edit_is_what_the_command_changes(session, rows):
    for name, by in people(session).items():
        for project in rows.values():
            if not project.code.startswith("P-"):
                continue
            offered = bool(editable_projects(session, by, project.code))
            try:
                PROJECT.change(session, by, row_id=project.id, version=project.version, values={})
                done = True
            except (PermissionDenied, RowNotFound):
                done = False
            assert offered == done, (name, project.code)


def test_a_row_is_given_with_every_field_as_typed_and_changes_nothing_when_given_back(session, rows):
    row = rows["own"]
    row.start_on, row.end_expected_on = date(2026, 1, 1), date(2026, 6, 30)
    session.commit()
    told = editable_projects(session, ADMIN, "P-A")[0]
    assert tuple(told) == ("id", "version", *DESCRIBED.keys)
    assert (told["reported_by"], told["atelier"], told["theme"], told["aspect"]) == ("wervik", "II", None, None)
    assert (told["phase"], told["visibility"], told["funding"]) == (Phase.EXECUTION, Visibility.INTERNAL, None)
    assert (told["start_on"], told["ended_on"], told["external_lead"]) == (date(2026, 1, 1), None, None)
    values = {key: told[key] for key in DESCRIBED.shape.fields}
    PROJECT.change(session, ADMIN, row_id=row.id, version=row.version, values=values)
    assert row.version == told["version"]


def codes(options):
    return ours(code for code, _ in options)


def test_whoever_answers_for_the_challenge_links_any_living_project_that_they_know_of(session, rows):
    by = people(session)["directeur"]
    found = projects_to_link(session, by, "U-A")
    assert codes(found.offered) == ["P-D", "P-B", "P-A"]  # shared ones first, then by municipality
    assert dict(found.offered)["P-B"] == f"Menen: {rows['other'].title} (P-B)"
    assert any(label.startswith("Regio: ") for _, label in found.offered)
    link(session, rows["ended"], rows["need"])
    assert codes(projects_to_link(session, by, "U-A").linked) == ["P-E"]


def test_others_link_only_what_they_may_change(session, rows):
    found = people(session)
    assert codes(projects_to_link(session, found["directeur"], "U-B").offered) == ["P-A"]
    assert codes(projects_to_link(session, found["atelier"], "U-A").offered) == ["P-D", "P-B"]
    assert codes(challenges_to_link(session, found["directeur"], "P-B").offered) == ["U-A"]
    assert codes(challenges_to_link(session, found["directeur"], "P-A").offered) == ["U-B", "U-A"]
    assert codes(challenges_to_link(session, found["atelier"], "P-B").offered) == ["U-B", "U-A"]
    for name in ("niemand", *(role.label for role in OTHERS)):
        assert projects_to_link(session, found[name], "U-A") == Linkable(), name
        assert challenges_to_link(session, found[name], "P-B") == Linkable(), name


def test_what_is_internal_elsewhere_is_neither_offered_nor_has_anything_to_offer(session, rows):
    link(session, rows["own"], rows["hidden need"])
    by = people(session)["directeur"]
    assert projects_to_link(session, by, "U-C") == Linkable() == challenges_to_link(session, by, "P-C")
    assert challenges_to_link(session, by, "P-A").linked == ()
    assert codes(challenges_to_link(session, ADMIN, "P-A").linked) == ["U-C"]
    assert codes(challenges_to_link(session, ADMIN, "P-B").offered) == ["U-B", "U-C", "U-A"]


def test_what_is_offered_to_link_can_be_linked_and_unlinked_and_nothing_else_can(session, rows):
    """Of two rows that are living and open."""
    living = [rows[name] for name in ("own", "other", "hidden", "regional")]
    needs = [rows[name] for name in ("need", "other need", "hidden need")]
    for name, by in people(session).items():
        for project in living:
            offered = {code for code, _ in challenges_to_link(session, by, project.code).offered}
            for need in needs:
                from_the_other_side = {code for code, _ in projects_to_link(session, by, need.code).offered}
                pair = {"project": project.code, "challenge": need.code}
                try:
                    link_challenge(session, by, **pair)
                    unlink_challenge(session, by, **pair)
                    done = True
                except (PermissionDenied, RowNotFound, Refused):
                    done = False
                assert (need.code in offered) == done == (project.code in from_the_other_side), (name, pair)
