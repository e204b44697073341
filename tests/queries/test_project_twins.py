"""While the title of a project is typed, what is there already is shown: local, regional, and done."""

import pytest

from portal import clock
from portal.commands.inventory.likeness import refresh_likeness
from portal.queries.inventory.projects import COLUMNS, project_twins
from portal.vocabulary import Phase, ProjectScope, Visibility
from tests.likeness.texts import COORDINATOR
from tests.makers import make_project
from tests.queries.conftest import ADMIN, insiders, outsiders, spelled


@pytest.fixture
def ebox(session):
    """Internal, open, done, and regional; the last keeps no words of its own."""

    def project(code, partner, **more):
        return make_project(session, code=code, reported_by=partner, title="Overstap naar de eBox", **more)

    rows = [
        project("P-A", "kortrijk", visibility=Visibility.INTERNAL),
        project("P-B", "menen"),
        project("P-C", "kuurne", phase=Phase.FINISHED),
        project("P-D", None, scope=ProjectScope.REGIONAL),
    ]
    refresh_likeness(session, COORDINATOR)
    return rows


def found(session, title="Brieven via de eBox", **more):
    return project_twins(session, ADMIN, title=title, **more)


def test_an_internal_project_of_another_is_nobodys_twin(session, ebox):
    for name, by in outsiders(session).items():
        assert "P-A" not in spelled(project_twins(session, by, title=ebox[0].title)), name
    for name, by in insiders(session).items():
        assert "P-A" in spelled(project_twins(session, by, title=ebox[0].title)), name


@pytest.mark.parametrize("title", ["", "de", "zeppelin", "%_", "'; DROP TABLE--"])
def test_a_title_that_says_nothing_yet_has_no_twins(session, ebox, title):
    twins = found(session, title)
    assert (len(twins), tuple(twins.columns)) == (0, COLUMNS)


def test_local_regional_and_finished_projects_are_shown_with_where_they_stand(session, ebox):
    rows = {row["code"]: row for row in found(session).to_dict("records")}
    assert rows.keys() >= {"P-A", "P-B", "P-C", "P-D"}
    assert (rows["P-B"]["partner"], rows["P-B"]["shared"], rows["P-B"]["living"]) == ("Menen", False, True)
    assert (rows["P-C"]["phase_label"], rows["P-C"]["living"]) == ("afgerond", False)
    assert (rows["P-D"]["partner"], rows["P-D"]["scope_label"], rows["P-D"]["shared"]) == (None, "regionaal", True)
    assert "ebox" in rows["P-D"]["why"]


def test_the_most_alike_stands_first_and_no_more_than_asked(session, ebox):
    make_project(session, code="P-E", reported_by="menen", title="eBox voor aangetekende brieven")
    refresh_likeness(session, COORDINATOR)
    twins = found(session, "eBox voor aangetekende brieven")
    assert twins["code"].iloc[0] == "P-E"
    assert twins["score"].is_monotonic_decreasing
    assert len(found(session, most=2)) == 2


def test_what_is_archived_is_no_twin(session, ebox):
    for row in ebox[1:]:
        row.archived_at = clock.now()
    session.flush()
    assert {"P-A", "P-B", "P-C", "P-D"} & {*found(session)["code"]} == {"P-A"}


def test_typing_writes_nothing(session, ebox, statements):
    with statements() as sent:
        found(session)
    assert [statement for statement in sent if not statement.lstrip().upper().startswith("SELECT")] == []
    assert len(sent) <= 4
