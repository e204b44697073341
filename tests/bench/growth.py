"""How much slower a page becomes when the region has many times as many challenges and projects."""

import secrets
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from portal.db.engine import make_engine
from tests.bench.answers import measure_answers
from tests.bench.calls import medians, portal_calls
from tests.bench.serving import served
from tests.bench.work import Main
from tests.large import multiply

TIMES = 100


def measure_growth(pages: Mapping[str, Main], database: Path, say: Callable[[str], None]) -> None:
    """Per page the median of its calls on `TIMES` the rows to that on the demo, in turns."""
    large = database.with_name("large.db")
    shutil.copy(database, large)
    engine = make_engine(f"sqlite:///{large}")
    challenges, projects = multiply(engine, TIMES)
    engine.dispose()
    say(f"growth: {challenges} challenges and {projects} projects, {TIMES}x the demo")
    measure_answers(large, say)
    with (
        served("portal.wsgi:server", _settings(database), 1) as (small_port, _),
        served("portal.wsgi:server", _settings(large), 1) as (large_port, _),
    ):
        for name, page in pages.items():
            first = [portal_calls(page, port)[0] for port in (small_port, large_port)]
            cold = [call() * 1000 for call in first]
            small, many = medians(first)
            say(f"{name}: p50 {TIMES}x / 1x   {many / small:6.2f}   (first call {cold[0]:.0f} and {cold[1]:.0f} ms)")


def _settings(database: Path) -> dict[str, str]:
    url = f"sqlite:///{database}"
    return {"PORTAL_ENV": "demo", "PORTAL_DATABASE_URL": url, "PORTAL_SECRET_KEY": secrets.token_urlsafe(48)}
