"""The reference folder comes in whole, is followed when corrected, and never overwrites people."""

import csv
import hashlib
import shutil
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from data_loaders.reference import ReferenceRefused, load_reference, version_of
from portal.commands.base import changed, command
from portal.config import settings
from portal.db.base import Base
from portal.db.engine import make_engine, reading, writing
from portal.db.models import (
    Atelier,
    Audit,
    CollaborationType,
    Deliverable,
    Indicator,
    Observation,
    Part,
    Participation,
    Partner,
    PortalInfo,
    Project,
    PublishedCount,
    SubsidyCall,
    Theme,
    User,
)
from portal.permissions import Permission, Role, Viewer
from portal.vocabulary import DatabaseKind, ParticipationState, PartnerKind, Phase, ProjectScope
from tests.data_loaders.region import FILES, with_row, write_region
from tests.databases import Databases

OURS = settings().reference_dir


@pytest.fixture
def empty_engine(databases: Databases):
    engine = make_engine(url := databases.new_url(databases.empty_url))
    yield engine
    engine.dispose()
    databases.drop(url)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    return write_region(tmp_path / "region")


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def how_many(engine: Engine, *models: type[Base]) -> list[int]:
    with reading(engine) as session:
        return [session.scalar(select(func.count()).select_from(model)) for model in models]


def one(session: Session, model: type[Base], **values):
    return session.scalars(select(model).filter_by(**values)).one()


@command(Permission.EDIT_PROJECTS)
def edit(session: Session, by: Viewer, *, model: type[Base], find: dict, **values) -> None:
    changed(one(session, model, **find), **values)


def somebody(session: Session) -> Viewer:
    user = User(email="a@b.example", name="Iemand", role=Role.ADMIN)
    session.add(user)
    session.commit()
    return Viewer(Role.ADMIN, user_id=user.id)


REFUSED = [
    ({"region": None}, "region.csv ontbreekt"),
    ({"region": "programme,region\n"}, "region.csv, rij 2: er staat precies één regio in"),
    ({"region": f"programme,region\n{'e' * 301},Kust\n"}, "region.csv, rij 2: een naam telt ten hoogste 300 tekens"),
    ({"themes": None}, "themes.csv ontbreekt"),
    ({"themes": ""}, "themes.csv, rij 1: kolom code ontbreekt"),
    ({"themes": "code,titel\nzee,Zee\n"}, "themes.csv, rij 1: kolom title ontbreekt"),
    ({"themes": "code,title\nzee\n"}, "themes.csv, rij 2: telt 1 cellen onder 2 koppen"),
    ({"themes": "code,title\nzee,\n"}, "themes.csv, rij 2: kolom title is leeg"),
    ({"themes": "code,title\nzee,Zee\nzee,Zand\n"}, "themes.csv, rij 3: 'zee' staat er twee keer in"),
    ({"themes": f"code,title\nzee,{'z' * 301}\n"}, "themes.csv, rij 2: title telt 301 tekens"),
    ({"themes": 'code,title\nzee,"Z\n'}, "themes.csv is geen leesbaar csv-bestand"),
    (
        {"partners": with_row("partners.csv", "x,OEVER AAN ZEE,gemeente" + "," * 14)},
        "partners.csv, rij 4: 'x' of 'OEVER AAN ZEE' staat er twee keer in",
    ),
    (
        {"partners": FILES["partners.csv"].replace("1100", "elfhonderd")},
        "partners.csv, rij 2: kolom population_2023 is geen geheel getal: 'elfhonderd'",
    ),
    (
        {"partners": FILES["partners.csv"].replace(",gemeente,", ",koninkrijk,")},
        "partners.csv, rij 2: kolom kind kent 'koninkrijk' niet; kies uit",
    ),
    ({"services": "code,title,kind\nr,Redders,luchtvaart\n"}, "services.csv, rij 2: kolom kind kent 'luchtvaart' niet"),
    (
        {"deliverables": FILES["deliverables.csv"].replace("A.1-2,A,", "A.1-2,B,")},
        "deliverables.csv, rij 3: kolom atelier kent 'B' niet",
    ),
    (
        {"subsidy_calls": 'code,title,ceiling_eur,source\nt,Golf,"2.000.000,50",nota\n'},
        "subsidy_calls.csv, rij 2: kolom ceiling_eur is geen bedrag",
    ),
    ({"subsidy_calls": "code,title,ceiling_eur,source\nt,Golf,,nota\n"}, "rij 2: kolom ceiling_eur is leeg"),
    (
        {"indicators": FILES["indicators.csv"].replace(",ja,", ",misschien,")},
        "indicators.csv, rij 2: kolom higher_is_better is 'ja' of 'nee'",
    ),
    ({"stadsmonitor_2023": "municipality,zicht\nNergens,60\n"}, "kolom municipality kent 'Nergens' niet"),
    ({"stadsmonitor_2023": "municipality,uitzicht\nOever-aan-Zee,60\n"}, "rij 1: kolom zicht ontbreekt"),
    ({"stadsmonitor_2023": "municipality,zicht\nOever-aan-Zee,zestig\n"}, "kolom zicht is geen getal"),
    ({"inventory_counts_2023": "municipality,challenges,projects\nKade,3,\n"}, "rij 2: een aantal is leeg"),
    (
        {"known_projects": FILES["known_projects.csv"].replace("alle 2 partners", "alle 3 partners")},
        "known_projects.csv, rij 2: 'alle 3 partners', maar er zijn 2 partners",
    ),
    (
        {"known_projects": FILES["known_projects.csv"].replace("Oever-aan-Zee", "Kade;Nergens")},
        "known_projects.csv, rij 3: kolom participants kent 'Nergens' niet",
    ),
    (
        {"known_projects": FILES["known_projects.csv"].replace(",lopend,", ",dromend,")},
        "known_projects.csv, rij 2: kolom status kent 'dromend' niet",
    ),
]


@pytest.mark.parametrize(("files", "sentence"), REFUSED, ids=[sentence for _, sentence in REFUSED])
def test_a_bad_file_is_refused_in_a_sentence_and_nothing_is_written(empty_engine, tmp_path, files, sentence):
    folder = write_region(tmp_path / "region", **files)
    with pytest.raises(ReferenceRefused) as refused:
        load_reference(empty_engine, folder)
    assert sentence in str(refused.value)
    assert str(refused.value).count("\n") == 0
    assert how_many(empty_engine, PortalInfo, Partner, Theme, Audit) == [0, 0, 0, 0]


def test_a_count_without_a_year_in_its_name_is_refused(empty_engine, elsewhere):
    (elsewhere / "inventory_counts_oud.csv").write_text(FILES["inventory_counts_2023.csv"])
    with pytest.raises(ReferenceRefused, match="eindigt niet op een jaar"):
        load_reference(empty_engine, elsewhere)


def test_a_correction_that_is_refused_leaves_what_was_there(empty_engine, elsewhere):
    load_reference(empty_engine, elsewhere)
    version = version_of(elsewhere)
    write_region(
        elsewhere,
        themes="code,title\nzee,Oceaan\n",
        deliverables=with_row("deliverables.csv", f"{'x' * 41},A,1,D,T,ja/nee,,"),
    )
    with pytest.raises(ReferenceRefused, match=r"deliverables.csv, rij 4: code telt 41 tekens"):
        load_reference(empty_engine, elsewhere)
    with reading(empty_engine) as session:
        assert one(session, Theme, code="zee").title == "Zee en zand"
        assert session.get_one(PortalInfo, 1).reference_version == version


def test_the_published_counts_are_the_rows_of_the_file_and_no_other(session):
    published = rows_of(OURS / "inventory_counts_2022.csv")
    found = session.execute(
        select(Partner.title, PublishedCount.challenges, PublishedCount.projects, PublishedCount.year).join(
            Partner, Partner.id == PublishedCount.partner_id
        )
    ).all()
    assert sorted(found) == sorted(
        (row["municipality"], int(row["challenges"]), int(row["projects"]), 2022) for row in published
    )


def test_a_municipality_that_was_not_published_has_no_count_instead_of_zero(session):
    uncounted = session.scalars(
        select(Partner.title).where(
            Partner.kind == PartnerKind.MUNICIPALITY, Partner.id.not_in(select(PublishedCount.partner_id))
        )
    ).all()
    named = {row["municipality"] for row in rows_of(OURS / "inventory_counts_2022.csv")}
    assert uncounted == [row["name"] for row in rows_of(OURS / "partners.csv")[:13] if row["name"] not in named]
    assert session.scalar(select(func.min(PublishedCount.challenges))) > 0


def test_every_published_survey_value_stands_with_its_edition(session):
    columns = {row[name]: row["code"] for row in rows_of(OURS / "indicators.csv") for name in ("column", "code")}
    values = {
        (line["municipality"], columns[column], year, float(value))
        for year in (2020, 2023)
        for line in rows_of(OURS / f"stadsmonitor_{year}.csv")
        for column, value in line.items()
        if column in columns
    }
    assert len(values) == 2 * 52
    found = session.execute(
        select(Partner.title, Indicator.code, Observation.year, Observation.value)
        .join(Partner, Partner.id == Observation.partner_id)
        .join(Indicator, Indicator.id == Observation.indicator_id)
    )
    assert {tuple(row) for row in found} == values
    assert session.scalar(select(func.count(Observation.respondents))) == 0


def test_a_file_may_call_an_indicator_by_its_code(empty_engine, elsewhere):
    (elsewhere / "stadsmonitor_2026.csv").write_text("municipality,Z_1\nOever-aan-Zee,64\n")
    load_reference(empty_engine, elsewhere)
    with reading(empty_engine) as session:
        found = session.execute(select(Observation.year, Observation.value).order_by(Observation.year)).all()
    assert [tuple(row) for row in found] == [(2023, 61.5), (2026, 64.0)]


def test_a_newer_edition_stands_beside_the_older_and_twice_writes_no_trace(empty_engine, tmp_path):
    """As a database of an older release, which knew only 2020, meets this one."""
    older = tmp_path / "ouder"
    shutil.copytree(OURS, older)
    (older / "stadsmonitor_2023.csv").unlink()
    load_reference(empty_engine, older)
    before = how_many(empty_engine, Audit, Observation)
    assert load_reference(empty_engine).added == 52
    assert how_many(empty_engine, Audit, Observation) == [before[0] + 52, 2 * before[1]]
    with reading(empty_engine) as session:
        told = select(func.count(Audit.id)).where(Audit.entity == "observation", Audit.action != "aangemaakt")
        assert session.scalar(told) == 0
    after = how_many(empty_engine, Audit)
    assert load_reference(empty_engine).written == 0
    assert how_many(empty_engine, Audit) == after


def test_the_states_of_the_file_are_the_words_of_the_portal():
    told = [(row["code"], row["label"]) for row in rows_of(OURS / "participation_states.csv")]
    assert told == [(state.value, state.label) for state in ParticipationState]


def test_a_known_project_keeps_its_lead_its_participants_and_its_unknowns(session):
    def states(title: str) -> dict[str, ParticipationState]:
        project = one(session, Project, title=title)
        return dict(
            session.execute(
                select(Partner.title, Participation.state)
                .join(Partner, Partner.id == Participation.partner_id)
                .where(Participation.project_id == project.id, Participation.until.is_(None))
            ).all()
        )

    for row in rows_of(OURS / "known_projects.csv"):
        project, found = one(session, Project, title=row["title"]), states(row["title"])
        led = [name for name, state in found.items() if state is ParticipationState.LEAD]
        assert led == ([row["lead"]] if row["lead"] and not project.external_lead else [])
        assert (project.external_lead or "") in {"", row["lead"]}
        members = {name for name, state in found.items() if state is ParticipationState.MEMBER}
        if not row["participants"].startswith("alle"):
            assert members == set(filter(None, row["participants"].split(";")))
        assert project.phase is (Phase.EXECUTION if row["status"] == "lopend" else Phase.PREPARATION)
        assert project.reported_by_id is None


def test_all_partners_take_part_where_the_source_says_so(session):
    everybody = one(session, Project, code="R-01")
    among = select(func.count()).select_from(Participation).where(Participation.project_id == everybody.id)
    assert session.scalar(among) == len(rows_of(OURS / "partners.csv"))


def test_a_partner_carries_its_newest_population_with_the_year(session):
    for row in rows_of(OURS / "partners.csv"):
        partner = one(session, Partner, slug=row["slug"])
        newest = int(row["population_2025"]) if row["population_2025"] else None
        assert (partner.population, partner.population_year) == (newest, 2025 if newest else None)
        assert partner.neighbours == row["neighbours"]


def test_results_stand_in_their_part_and_atelier(session):
    found = session.execute(
        select(Deliverable.code, Part.code, Atelier.code)
        .join(Part, Part.id == Deliverable.part_id)
        .join(Atelier, Atelier.id == Part.atelier_id)
        .order_by(Deliverable.position)
    )
    expected = [(row["code"], row["part"], row["atelier"]) for row in rows_of(OURS / "deliverables.csv")]
    assert [tuple(row) for row in found] == expected


def test_the_carried_files_are_hashed_with_their_names(session, tmp_path):
    assert session.get_one(PortalInfo, 1).reference_version == version_of(OURS)
    (tmp_path / "a.csv").write_text("x")
    before = version_of(tmp_path)
    (tmp_path / "a.csv").rename(tmp_path / "b.csv")
    assert version_of(tmp_path) != before
    assert before == hashlib.sha256(b"a.csv\0x\0").hexdigest()


def test_the_same_folder_twice_writes_nothing_and_leaves_no_trace(fresh_engine):
    before = how_many(fresh_engine, Audit)
    counts = load_reference(fresh_engine)
    assert (counts.written, counts.unchanged > 0) == (0, True)
    assert how_many(fresh_engine, Audit) == before


def test_another_region_stands_in_an_empty_database(empty_engine, elsewhere):
    load_reference(empty_engine, elsewhere)
    assert load_reference(empty_engine, elsewhere).written == 0
    with reading(empty_engine) as session:
        assert session.get_one(PortalInfo, 1).kind is DatabaseKind.REAL
        oever, kade = session.scalars(select(Partner).order_by(Partner.position)).all()
        assert (oever.title, oever.population, oever.population_year) == ("Oever-aan-Zee", 1100, 2023)
        assert kade.kind is PartnerKind.SERVICE_ASSOCIATION
        assert str(one(session, SubsidyCall).ceiling) == "2000000.50"
        assert one(session, Observation).value == pytest.approx(61.5)
        tower, buoy = session.scalars(select(Project).order_by(Project.code)).all()
        assert (tower.code, tower.scope, buoy.external_lead) == ("R-01", ProjectScope.REGIONAL, "Overkant")
        assert one(session, CollaborationType).code == "1"
        states = dict(
            session.execute(select(Participation.partner_id, Participation.state).filter_by(project_id=tower.id)).all()
        )
        assert states == {oever.id: ParticipationState.MEMBER, kade.id: ParticipationState.LEAD}


def test_a_correction_in_a_file_follows_again_and_again(empty_engine, elsewhere):
    load_reference(empty_engine, elsewhere)
    for title in ("Een baken", "Een lichtje"):
        write_region(
            elsewhere,
            deliverables=FILES["deliverables.csv"].replace("Een vuurtoren", title),
            known_projects=FILES["known_projects.csv"].replace("Boei", title),
            inventory_counts_2023=FILES["inventory_counts_2023.csv"].replace(",3,1", f",{len(title)},1"),
        )
        assert load_reference(empty_engine, elsewhere).changed == 3
        with reading(empty_engine) as session:
            assert one(session, Deliverable, code="A.1-1").title == title
            assert one(session, Project, code="R-02").title == title
            assert one(session, PublishedCount).challenges == len(title)


def test_what_people_edited_is_left_as_they_wrote_it(empty_engine, elsewhere):
    load_reference(empty_engine, elsewhere)
    with writing(empty_engine) as session:
        by = somebody(session)
        edit(session, by, model=Project, find={"code": "R-02"}, phase=Phase.FINISHED)
    write_region(
        elsewhere, known_projects=FILES["known_projects.csv"].replace("Boei,", "Ton,").replace("gepland", "lopend")
    )
    load_reference(empty_engine, elsewhere)
    with reading(empty_engine) as session:
        project = one(session, Project, code="R-02")
        assert (project.phase, project.title) == (Phase.FINISHED, "Ton")


def test_a_coalition_that_people_changed_is_theirs(empty_engine, elsewhere):
    load_reference(empty_engine, elsewhere)
    with writing(empty_engine) as session:
        by = somebody(session)
        kade, tower = one(session, Partner, slug="kade"), one(session, Project, code="R-01")
        found = {"project_id": tower.id, "partner_id": kade.id}
        edit(session, by, model=Participation, find=found, state=ParticipationState.FOLLOWS)
    write_region(elsewhere, known_projects=FILES["known_projects.csv"].replace("Kade", "Oever-aan-Zee"))
    load_reference(empty_engine, elsewhere)
    with reading(empty_engine) as session:
        states = session.scalars(select(Participation.state).filter_by(project_id=1).order_by(Participation.partner_id))
        assert list(states) == [ParticipationState.MEMBER, ParticipationState.FOLLOWS]


def test_what_leaves_the_folder_stays_in_the_database(empty_engine, elsewhere):
    load_reference(empty_engine, elsewhere)
    before = how_many(empty_engine, Deliverable, Theme)
    write_region(
        elsewhere, deliverables=FILES["deliverables.csv"].rsplit("A.1-2", 1)[0], themes="code,title\nlucht,Lucht\n"
    )
    load_reference(empty_engine, elsewhere)
    assert how_many(empty_engine, Deliverable, Theme) == [before[0], before[1] + 1]


def test_reference_rows_are_traced_to_the_portal_itself(session):
    sources = session.execute(select(Audit.source, Audit.user_id, Audit.command).distinct()).all()
    assert [tuple(row) for row in sources] == [("cli", None, "carry_reference")]
