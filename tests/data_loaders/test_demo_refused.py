"""A demo is only ever made in an empty database, whole or not at all, and by people who keep to their rights."""

import pytest
from sqlalchemy import select

from data_loaders.demo import DemoRefused, build_demo
from data_loaders.demo.inventory import Shelves
from data_loaders.reference import load_reference
from data_loaders.reference.files import Line
from portal import clock
from portal.commands import demo as acts
from portal.commands.reference import ReferenceRefused
from portal.db import models as m
from portal.db.engine import reading, writing
from portal.permissions import PermissionDenied, Role, RowNotFound, Viewer
from portal.vocabulary import (
    DatabaseKind,
)
from tests.data_loaders.demo_rows import SOME_DAY, build, content
from tests.data_loaders.region import write_region
from tests.large import multiply


def test_a_database_without_reference_data_becomes_no_demo(database):
    engine = database(None)
    with pytest.raises(DemoRefused, match="portal migrate"):
        build(engine)


def test_a_database_in_which_somebody_worked_becomes_no_demo(fresh_engine):
    with writing(fresh_engine) as session:
        session.add(
            m.Challenge(code="U-1", title="T", urgency=1, partner_id=1, theme_id=1, dimension_id=1, service_id=1)
        )
        session.add(m.Audit(sequence=10_000, at=clock.now(), source="web", command="add_challenge", entity="challenge",
                            entity_id=1, action="aangemaakt", before="{}", after="{}", previous_hash=""))  # fmt: skip
        session.commit()
    before = content(fresh_engine)
    with pytest.raises(DemoRefused, match="al gewerkt"):
        build(fresh_engine)
    assert content(fresh_engine) == before


@pytest.mark.parametrize(
    "row",
    [
        lambda: m.User(email="a@b.example", name="A", role=Role.ADMIN),
        lambda: m.Challenge(code="U-1", title="T", urgency=1, partner_id=1, theme_id=1, dimension_id=1, service_id=1),
    ],
    ids=["a user", "a challenge"],
)
def test_a_database_that_is_not_empty_becomes_no_demo_even_without_a_trace(fresh_engine, row):
    with writing(fresh_engine) as session:
        session.add(row())
        session.commit()
    with pytest.raises(DemoRefused):
        build(fresh_engine)
    with reading(fresh_engine) as session:
        assert session.get_one(m.PortalInfo, 1).kind is DatabaseKind.REAL


def test_a_demo_is_not_built_twice(database, demo_template_url):
    engine = database(demo_template_url)
    with pytest.raises(DemoRefused, match="al een demo"):
        build(engine)


def test_nothing_is_invented_in_a_real_database(session):
    with pytest.raises(DemoRefused, match="geen demo"):
        acts.take_inventory(session, Viewer.system(), rows=[m.Synonym(term="a", meaning="b")])


def test_a_real_database_is_not_made_larger(fresh_engine):
    with pytest.raises(DemoRefused, match="geen"):
        multiply(fresh_engine, 2)


def test_a_build_that_fails_halfway_leaves_the_database_as_it_was(fresh_engine):
    before = content(fresh_engine)

    def out_of_breath(password: str) -> str:
        raise RuntimeError(password)

    with pytest.raises(RuntimeError):
        build_demo(fresh_engine, SOME_DAY, password_hash=out_of_breath, password="x")
    assert content(fresh_engine) == before


def test_the_inventory_of_one_region_is_refused_in_another(database, tmp_path):
    engine = database(None)
    load_reference(engine, write_region(tmp_path / "region"))
    with pytest.raises(DemoRefused, match=r"challenges.csv, rij 2: kolom gemeente kent"):
        build(engine)


def test_even_in_a_demo_a_director_stays_with_the_own_partner_and_a_lead_with_the_own_atelier(demo_session):
    partners = demo_session.scalars(select(m.Partner.id)).all()
    project = demo_session.scalars(select(m.Project).where(m.Project.atelier_id.is_(None))).first()
    director = Viewer(Role.DIRECTOR, partner_ids=frozenset(partners[:1]))
    lead = Viewer(Role.ATELIER, atelier_ids=frozenset({1}))
    row = m.RoadmapItem(partner_id=partners[1], part="business", title="T")
    with pytest.raises(RowNotFound):
        acts.take_inventory(demo_session, director, rows=[row])
    with pytest.raises(RowNotFound):
        acts.work_on_projects(demo_session, lead, edits=[(project, {"progress": 1})])
    with pytest.raises(PermissionDenied):
        acts.take_inventory(demo_session, Viewer(Role.MAYOR), rows=[row])


def test_a_word_of_the_file_is_found_when_one_title_alone_holds_it():
    known = {"processen producten en e inclusie": 1, "data valoriseren": 2, "data delen": 3}

    def line(text: str) -> Line:
        return Line("x.csv", 2, {"thema": text})

    assert Shelves.find(line("Processen en producten"), "thema", known) == 1
    with pytest.raises(ReferenceRefused, match="rij 2: kolom thema kent 'data' niet"):
        Shelves.find(line("data"), "thema", known)
