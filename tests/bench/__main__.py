"""Prints the ratios of one run. The floor is measured twice: the second is a control for what the machine did.

Of the three (pages, growth, screens) those are measured that the command line names, or all.
"""

import json
import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from time import perf_counter

from portal.cli.serving import fill_demo
from portal.db.engine import make_engine, reading
from portal.operation.demo import prepare_demo
from portal.queries.inventory.counts import published_against_now
from portal.queries.people import viewer_at
from tests.bench.calls import CALLS, Call, floor_call, medians, password, portal_calls
from tests.bench.growth import measure_growth
from tests.bench.screens import measure_screens
from tests.bench.serving import memory, served
from tests.bench.visitor import Visitor
from tests.bench.weight import CHROMIUM, weights
from tests.bench.work import VISITOR, Main, pages, statements

CLIENTS, SECONDS = 8, 4.0


def main() -> None:
    wanted = set(sys.argv[1:]) or {"pages", "growth", "screens"}
    with TemporaryDirectory() as folder:
        database = Path(folder) / "demo.db"
        url = f"sqlite:///{database}"
        _say("Building the demo database ...")
        prepare_demo(url, fill_demo)
        engine = make_engine(url)
        with reading(engine) as session:
            viewer = viewer_at(session, VISITOR)
            assert viewer is not None
            rows = published_against_now(session, viewer)
        partner = rows.sort_values("challenges_now")["slug"].iloc[-1]
        for name, page in pages(partner).items() if "pages" in wanted else ():
            work = Path(folder, "work.json")
            asked = statements(engine, page, _portal(url))
            work.write_text(json.dumps({"database": str(database), "statements": asked}), encoding="utf-8")
            _say(f"{name}: the floor asks {len(asked)} times")
            _measure(name, page, url, work)
        engine.dispose()
        if "growth" in wanted:
            measure_growth(pages(partner), database, _say)
        if "screens" in wanted and Path(CHROMIUM).exists():
            measure_screens(url, _portal(url), _say)


def _measure(name: str, page: Main, url: str, work: Path) -> None:
    portal = _portal(url)
    floor = {"BENCH_WORK": str(work)}
    with (
        served("tests.bench.floor:server", floor, 2) as (floor_port, floor_pid),
        served("portal.wsgi:server", portal, 2) as (port, pid),
    ):
        _latency(name, page, floor_port, port)
        _throughput(name, page, floor_port, port)
        held = memory(pid)
        _say(f"{name}: memory of 2 workers, portal / floor      {held / memory(floor_pid):6.2f}   ({held >> 20} MiB)")
        with served("tests.bench.packages:server", floor, 2) as (loaded_port, loaded_pid):
            _per_second(lambda: floor_call(loaded_port))
            _say(f"{name}: memory, portal / a floor with the same libraries {held / memory(loaded_pid):6.2f}")
        _weigh(port, page.path)


def _portal(url: str) -> dict[str, str]:
    return {
        **os.environ,
        "PORTAL_ENV": "demo",
        "PORTAL_DATABASE_URL": url,
        "PORTAL_SECRET_KEY": secrets.token_urlsafe(48),
    }


def _latency(name: str, page: Main, floor_port: int, port: int) -> None:
    floor = floor_call(floor_port)
    portal, each = portal_calls(page, port)
    base, whole, control, *alone = medians([floor, portal, floor, *each])
    _say(f"{name}: floor p50 {base:.2f} ms, control {control:.2f} ms; p50 of {CALLS} calls each")
    _say(f"{name}: every call of a filter change, one after the other, portal / floor   {whole / base:6.2f}")
    for output, milliseconds in zip(page.outputs, alone, strict=True):
        _say(f"{name}: {output} alone / floor   {milliseconds / base:6.2f}   ({milliseconds:.2f} ms)")


def _throughput(name: str, page: Main, floor_port: int, port: int) -> None:
    base = _per_second(lambda: floor_call(floor_port))
    found = _per_second(lambda: portal_calls(page, port)[0])
    control = _per_second(lambda: floor_call(floor_port))
    ratio, steady = found / base, control / base
    _say(f"{name}: throughput, {CLIENTS} clients, 2 workers, portal / floor   {ratio:6.2f}   (control {steady:.2f})")


def _per_second(make: Callable[[], Call]) -> float:
    calls = [make() for _ in range(CLIENTS)]
    done = [0] * CLIENTS
    until = perf_counter() + SECONDS

    def visit(which: int) -> None:
        while perf_counter() < until:
            calls[which]()
            done[which] += 1

    threads = [Thread(target=visit, args=(which,)) for which in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / SECONDS


def _weigh(port: int, path: str) -> None:
    if not Path(CHROMIUM).exists():
        _say("Chromium is not here: the weight of a page was not measured")
        return
    visitor = Visitor(port)
    visitor.sign_in(VISITOR, password())
    for where, weight in weights(port, [path, "/"], visitor.cookies).items():
        _say(f"{where}: first load {weight.first / 1e6:.2f} MB, reload {weight.reload / 1e3:.1f} kB")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    os.environ["PORTAL_ENV"] = "demo"
    main()
