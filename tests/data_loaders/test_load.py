"""A file is loaded whole or not at all, and twice is once; from the command line too. On both databases."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, event, func, select
from sqlalchemy.orm import Session

from data_loaders.load import KINDS, File
from portal.cli import main
from portal.config import settings
from portal.db.engine import current_engine
from portal.db.models import Audit, ImportRun, Indicator, Observation, Partner, User
from portal.permissions import PermissionDenied, Role, Viewer
from portal.queries.survey.observations import observations
from portal.vocabulary import AuditSource
from tests.data_loaders.surveys import (
    COORDINATOR,
    DIGITAL,
    csv,
    layout_c,
    loaded,
    long,
    stored,
    wide,
)

Run = Callable[..., Result]


def rows_of(session: Session) -> tuple[int, int, int]:
    """Observations, audit rows, import runs."""
    return tuple(session.scalar(select(func.count()).select_from(model)) for model in (Observation, Audit, ImportRun))  # type: ignore[return-value]


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.ATELIER, Role.MAYOR, Role.STEERING])
def test_who_does_not_import_everything_is_refused_before_the_file_is_opened(session: Session, role: Role):
    before = rows_of(session)
    viewer = Viewer(role, partner_ids=frozenset(session.scalars(select(Partner.id))))
    with pytest.raises(PermissionDenied):
        loaded(session, File("x", b"\x00 geen bestand"), viewer)
    assert rows_of(session) == before


@pytest.mark.parametrize(
    "file",
    [File("x.xlsx", b"\x89PNG\0"), long("34027;LO_S_04;2026;veel;", "34022;LO_S_04;2026;60;")],
    ids=["geen", "fout"],
)
def test_a_file_with_a_problem_writes_nothing(session: Session, file: File):
    before = rows_of(session)
    outcome = loaded(session, file)
    assert outcome.problems
    assert (outcome.written, rows_of(session)) == (0, before)


def test_a_try_shows_all_and_writes_nothing(session: Session):
    before = rows_of(session)
    outcome = loaded(session, long("34027;LO_S_04;2026;61;"), try_only=True)
    assert (outcome.written, len(outcome.plan.to_write), rows_of(session)) == (0, 1, before)


def test_a_new_edition_stands_beside_the_older_one(session: Session):
    old = stored(session, "menen", DIGITAL, 2020)
    value = old.value
    outcome = loaded(session, wide(["Menen", 77, 70, "-", None], ["Kuurne", 60, 61, 62, 63]), year=2026)
    assert (outcome.written, outcome.unchanged, outcome.problems) == (6, 0, ())
    assert stored(session, "menen", DIGITAL, 2026).value == 77.0
    assert stored(session, "menen", DIGITAL, 2020).value == value
    assert stored(session, "menen", "LO_S_12", 2026) is None


def test_the_published_edition_again_changes_nothing(session: Session):
    before = rows_of(session)
    lines = [
        f"{nis};{code};{year};{value:.0f} %;"
        for nis, code, year, value in session.execute(
            select(Partner.nis, Indicator.code, Observation.year, Observation.value)
            .join(Observation, Observation.partner_id == Partner.id)
            .join(Indicator, Observation.indicator_id == Indicator.id)
        )
    ]
    outcome = loaded(session, long(*lines))
    assert (outcome.written, outcome.unchanged, rows_of(session)) == (0, len(lines), before)
    assert len(lines) > 50


def test_the_same_file_twice_leaves_one_trace(session: Session):
    file = layout_c("Vlaams Gewest;2000;LO_S_04;2026;Gewest;70,5", "Menen;34027;LO_S_04;2026;Gemeente;60,25")
    assert loaded(session, file).written == 2
    after = rows_of(session)
    again = loaded(session, file)
    assert (again.written, again.unchanged, rows_of(session)) == (0, 2, after)


def test_a_changed_value_is_shown_from_old_to_new_and_traced(session: Session):
    outcome = loaded(session, csv("nis;indicator;jaar;waarde;n", "34027;LO_S_04;2020;60,4;182", name="nieuw.csv"))
    (row,) = outcome.plan.to_write
    assert str(row) == "gewijzigd: Menen, digitaal (LO_S_04), 2020: waarde 60 → 60,4; aantal antwoorden leeg → 182"
    run = session.scalars(select(ImportRun)).one()
    trace = session.scalars(select(Audit).order_by(Audit.sequence.desc())).first()
    assert (trace.import_run_id, trace.source, trace.entity) == (run.id, AuditSource.IMPORT, "observation")
    assert json.loads(trace.before)["value"] == 60.0
    assert json.loads(run.counts) == {"nieuw": 0, "gewijzigd": 1, "gelijk": 0, "conflict": 0, "niet in het bestand": 12}
    assert (run.file_name, run.kind, run.by_id) == ("nieuw.csv", "stadsmonitor", None)


def test_a_file_that_says_nothing_of_respondents_leaves_them(session: Session):
    loaded(session, long("34027;LO_S_04;2026;60;182"))
    assert loaded(session, long("34027;LO_S_04;2026;61;-")).written == 1
    row = stored(session, "menen", DIGITAL, 2026)
    assert (row.value, row.respondents) == (61.0, 182)


def test_what_the_file_leaves_out_stays_and_is_told(session: Session):
    loaded(session, long("34027;LO_S_04;2026;60;", "34022;LO_S_04;2026;61;"))
    outcome = loaded(session, long("34027;LO_S_04;2026;60;"))
    assert outcome.plan.missing == ("Kortrijk, digitaal (LO_S_04), 2026",)
    assert stored(session, "kortrijk", DIGITAL, 2026).value == 61.0


def test_a_region_is_kept_beside_the_partners_and_counts_in_no_ranking(session: Session):
    loaded(session, layout_c("Vlaams Gewest;2000;LO_S_04;2026;Gewest;99", "Menen;34027;LO_S_04;2026;Gemeente;60"))
    shown = observations(session, COORDINATOR, 2026)
    best = shown[shown["best"]]
    assert (list(best["partner_slug"]), set(shown["value"].dropna())) == (["menen"], {60.0})


def test_an_import_that_breaks_in_the_middle_leaves_nothing(fresh_engine: Engine):
    rows = [f"{nis};LO_S_04;2026;{value};" for value, nis in enumerate((34027, 34022, 33029, 34023), start=50)]

    def break_down(mapper: object, connection: object, row: Observation) -> None:
        if row.value == 53.0:
            raise OSError("schijf vol")

    with Session(fresh_engine) as session:
        before = rows_of(session)
        event.listen(Observation, "after_insert", break_down)
        try:
            with pytest.raises(OSError, match="schijf vol"):
                loaded(session, long(*rows))
        finally:
            event.remove(Observation, "after_insert", break_down)
        assert rows_of(session) == before
        assert loaded(session, long(*rows)).written == 4


# -- the command line


@pytest.fixture
def portal(monkeypatch: pytest.MonkeyPatch, fresh_engine: Engine) -> Iterator[Run]:
    """`portal load stadsmonitor`, in a database with one coordinator and one director."""
    with Session(fresh_engine) as session:
        for role in (Role.COORDINATOR, Role.DIRECTOR):
            session.add(User(email=f"{role}@voorbeeld.be", name=role.label, role=role))
        session.commit()
    monkeypatch.setenv("PORTAL_DATABASE_URL", fresh_engine.url.render_as_string(hide_password=False))
    settings.cache_clear()

    def run(path: Path, *words: str, by: str = "coordinator") -> Result:
        given = ["load", "stadsmonitor", str(path), "--as", f"{by}@voorbeeld.be", *words]
        return CliRunner().invoke(main, given, prog_name="portal")

    yield run
    current_engine().dispose()
    monkeypatch.undo()
    settings.cache_clear()


def saved(folder: Path, file: File) -> Path:
    path = folder / file.name
    path.write_bytes(file.content)
    return path


@pytest.mark.parametrize("by", ["directeur", "niemand"])
def test_who_may_not_load_is_told_so(portal: Run, tmp_path: Path, fresh_engine: Engine, by: str):
    said = portal(saved(tmp_path, long("34027;LO_S_04;2026;61;")), by=by)
    assert (said.exit_code, said.stdout, len(said.stderr.splitlines())) == (2, "", 1)
    with Session(fresh_engine) as session:
        assert stored(session, "menen", DIGITAL, 2026) is None


def test_a_refusal_in_json_has_the_same_shape(portal: Run, tmp_path: Path):
    said = portal(tmp_path / "weg.csv", "--json")
    assert said.exit_code == 2
    assert json.loads(said.stdout) == {
        "written": 0,
        "unchanged": 0,
        "problems": [
            {"sheet": "", "cell": "", "message": "Het bestand weg.csv is niet te lezen; kijk de naam en de map na."}
        ],
    }


def test_problems_are_told_a_line_each(portal: Run, tmp_path: Path):
    path = saved(tmp_path, long("34027;LO_S_04;2026;veel;", "34022;LO_S_99;2026;60;"))
    said = portal(path)
    assert said.exit_code == 2
    assert said.stderr.splitlines() == [
        "stand!B3: “LO_S_99” is geen indicator die het portaal kent; verbeter de code.",
        "stand!D2: “veel” is geen percentage; schrijf het zoals 69,5 %.",
        "Er is niets geladen.",
    ]
    told = json.loads(portal(path, "--json").stdout)["problems"]
    assert told[1] == {
        "sheet": "stand",
        "cell": "D2",
        "message": "“veel” is geen percentage; schrijf het zoals 69,5 %.",
    }


def test_a_file_is_tried_loaded_and_loaded_again(portal: Run, tmp_path: Path):
    path = saved(tmp_path, wide(["Menen", 77, 70, None, None]))
    assert portal(path).exit_code == 2
    tried = portal(path, "--jaar", "2026", "--try")
    assert (tried.exit_code, tried.stdout.splitlines()[-1]) == (
        0,
        "Proef, niets geschreven: 2 te schrijven; 0 ongewijzigd.",
    )
    assert "nieuw: Menen, digitaal (LO_S_04), 2026: waarde leeg → 77" in tried.stdout
    done = portal(path, "--jaar", "2026", "--json")
    assert (done.exit_code, json.loads(done.stdout)) == (0, {"written": 2, "unchanged": 0, "problems": []})
    again = portal(path, "--jaar", "2026")
    assert again.stdout.splitlines() == ["Indeling E: eigen brede vorm.", "0 geschreven; 2 ongewijzigd."]


def test_every_kind_is_described():
    assert all(kind.name == name and kind.description for name, kind in KINDS.items())
