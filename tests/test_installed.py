"""A wheel really built and installed, run in a folder of its own: the README's commands, and the demo it serves."""

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from portal.config import ROOT
from tests.databases import Databases

PIP = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
# written down for a real portal, with its own database, or for a mail server
NOT_HERE = re.compile(r"--send|^serve|^demo|^migrate|^move|^user ")


class Workplace:
    """A folder in which somebody works with the installed portal."""

    def __init__(self, installed: Path, folder: Path) -> None:
        self.folder = folder
        self.portal = str(installed / "bin" / "portal")
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
        self.environment = kept | {"PYTHONPATH": str(installed), "PYTHONUTF8": "1", "PORTAL_ENV": "demo"}

    def run(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, self.portal, *words],
            cwd=self.folder,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a wheel of what stands here was installed."""
    source, wheel, target = (tmp_path_factory.mktemp(name) for name in ("source", "wheel", "target"))
    for name in ("portal", "data_loaders", "assets", "docs"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, source)
    subprocess.run([*PIP, "wheel", "--no-deps", "--no-build-isolation", "-w", wheel, source], check=True)
    subprocess.run([*PIP, "install", "--no-deps", "--target", target, *wheel.iterdir()], check=True)
    return target


@pytest.fixture
def workplace(installed: Path, both_databases: dict[str, Databases], tmp_path: Path) -> Workplace:
    """Where a demo was built before."""
    (tmp_path / "instance").mkdir()
    built = both_databases["sqlite"].demo_template_url.removeprefix("sqlite:///")
    shutil.copy(built, tmp_path / "instance" / "demo.db")
    return Workplace(installed, tmp_path)


def commands_of_the_readme() -> list[list[str]]:
    """Each command line of the portal in the README's blocks, as it is written there."""
    blocks = re.findall(r"^```\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S)
    lines = re.findall(r"^(?:\.venv/bin/)?portal (.+?)\s*(?:#.*)?$", "\n".join(blocks), re.M)
    return [shlex.split(line) for line in lines if not NOT_HERE.search(line)]


def test_the_readmes_commands_work_as_written_on_a_demo(workplace: Workplace):
    found = commands_of_the_readme()
    assert {words[0] for words in found} >= {"export", "load", "pack", "backup", "restore", "audit", "remind"}
    told = {tuple(words): workplace.run(*words) for words in found}
    assert {words: one.stderr for words, one in told.items() if one.returncode} == {}
    assert (workplace.folder / "inventaris.xlsx").exists()


def test_without_being_told_so_a_command_says_that_there_is_only_a_demo(workplace: Workplace, installed: Path):
    asked = "export", "inventory", "x.xlsx", "--as", "coordinator@demo.example"
    told = workplace.run(*asked, PORTAL_ENV="production")
    assert told.returncode
    assert "alleen een demodatabase; zet PORTAL_ENV=demo" in told.stderr
    (workplace.folder / "instance" / "demo.db").unlink()
    assert "nog geen portaal; maak het met: portal migrate" in workplace.run(*asked, PORTAL_ENV="production").stderr
    assert "nog geen demodatabase; maak ze met: portal demo" in workplace.run(*asked).stderr
    assert not (installed / "instance").exists()


def test_an_installed_portal_has_its_guide(workplace: Workplace):
    asked = "from portal.guide import guide, FILE; print(len(guide()), FILE)"
    told = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=workplace.folder,
        env=workplace.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    count, file = told.stdout.split()
    assert int(count) > 10
    assert Path(file).is_relative_to(workplace.environment["PYTHONPATH"])


def test_an_installed_demo_serves_its_pages_with_their_styles(workplace: Workplace):
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    words = [sys.executable, "-u", workplace.portal, "demo", "--port", str(port)]
    with subprocess.Popen(
        words, cwd=workplace.folder, env=workplace.environment, stdout=subprocess.PIPE, text=True
    ) as served:
        try:
            assert any(line.startswith("Klaar") for line in iter(served.stdout.readline, ""))  # type: ignore[union-attr]
            with urlopen(f"http://127.0.0.1:{port}/aanmelden", timeout=30) as answer:
                page = answer.read().decode()
            wanted = re.findall(r'(?:src|href)="(/assets/[^"]+)"', page)
            assert any(address.split("?")[0].endswith(".css") for address in wanted)
            for address in [*wanted, "/assets/vendor/plotly-basic.min.js"]:
                with urlopen(f"http://127.0.0.1:{port}{address}", timeout=30) as answer:
                    assert answer.status == 200
        finally:
            served.kill()
    assert {one.name for one in workplace.folder.iterdir()} == {"instance"}
    assert (workplace.folder / "instance" / "demo-secret").exists()
