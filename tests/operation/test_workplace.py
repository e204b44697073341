"""What is not finished stands in one private folder, and nobody finds it after a kill."""

import errno
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from portal.cli import main
from portal.cli.files import write_whole
from portal.config import ROOT, instance_folder, settings
from portal.operation import OperationRefused
from portal.operation.workplace import OUTSIDE, clean_up, unfinished_folder, workplace

KILLED = """
import os, signal
from pathlib import Path
from portal.operation.workplace import Workplace, workplace
with workplace() as work:
    made = work.folder / "copy"
    made.write_text("hashes")
    beside = work._beside(made, Path({target!r}))
    print(work.folder, beside, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def killed(target: Path) -> tuple[Path, Path]:
    """A process that dies with a copy in its folder and another beside its target: both."""
    ran = subprocess.run(
        [sys.executable, "-c", KILLED.format(target=str(target))], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == -signal.SIGKILL, ran.stderr
    folder, beside = map(Path, ran.stdout.split())
    assert (folder / "copy").exists()
    assert beside.exists()
    return folder, beside


def test_what_a_killed_command_left_is_gone_when_any_command_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    left = killed(tmp_path / "b.zip")
    monkeypatch.setenv("PORTAL_DATABASE_URL", f"sqlite:///{tmp_path / 'x.db'}")
    settings.cache_clear()
    CliRunner().invoke(main, ["user", "list"], prog_name="portal")
    settings.cache_clear()
    assert [path.exists() for path in left] == [False, False]
    assert [file.name for file in tmp_path.iterdir() if not file.name.startswith("x.db")] == []


def test_what_a_living_command_works_on_stays(tmp_path: Path):
    with workplace() as work:
        (work.folder / "copy").write_text("bezig")
        killed(tmp_path / "b.zip")
        clean_up()
        assert (work.folder / "copy").read_text() == "bezig"
    assert not work.folder.exists()


def test_the_folders_are_for_their_maker_alone():
    with workplace() as work:
        for folder in (unfinished_folder(), work.folder):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert instance_folder() in work.folder.parents


def test_a_finished_file_takes_its_name_with_nothing_beside_it(tmp_path: Path):
    with workplace() as work:
        (work.folder / "made").write_text("klaar")
        work.deliver(work.folder / "made", tmp_path / "b.zip")
        assert not (work.folder / OUTSIDE).exists() or (tmp_path / "b.zip").exists()
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("b.zip", "klaar")]


def test_on_another_file_system_the_copy_is_named_before_it_stands_beside_its_target(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    replace, named = os.replace, []

    def across(source: Path, target: Path) -> None:
        if source.parent == work.folder:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        named.append(Path((work.folder / OUTSIDE).read_text().strip()) == source.resolve())
        replace(source, target)

    monkeypatch.setattr(os, "replace", across)
    with workplace() as work:
        made = work.folder / "made"
        made.write_text("klaar")
        made.chmod(0o640)
        work.deliver(made, tmp_path / "b.zip")
    assert named == [True]
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("b.zip", "klaar")]
    assert stat.S_IMODE((tmp_path / "b.zip").stat().st_mode) == 0o640


def test_an_export_that_cannot_be_written_leaves_nothing(tmp_path: Path):
    with pytest.raises(OperationRefused, match="niet te schrijven"):
        write_whole(tmp_path / "nergens" / "b.xlsx", b"inhoud")
    assert list(tmp_path.iterdir()) == []
