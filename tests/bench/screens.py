"""What a part of a page asks of a browser four times slower than this one, beside a bare Dash page, in one run."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from statistics import median
from tempfile import NamedTemporaryFile
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from portal.db.engine import make_engine, reading
from portal.pages import PAGES, PART
from portal.permissions import GRANTS, Role
from portal.queries.inventory.counts import published_against_now
from portal.queries.people import viewer_at
from tests.bench.calls import password
from tests.bench.serving import served
from tests.bench.visitor import Visitor
from tests.bench.weight import CHROMIUM, FLAGS
from tests.bench.work import VISITOR

WIDE, NARROW = (1440, 900), (390, 844)
SLOWER, TIMES, CHANGES = 4, 2, 3
DONE = 700  # milliseconds without anything new
OF = {"partner": "kortrijk", "project": "R-05", "result": "I.D-1"}
AGAIN = ("#again", "#again")
HEAD = """| part | calls | shift | high at 1440 | at 390 | first load, MB | reload, kB | busy / bare | change / bare |
|---|---|---|---|---|---|---|---|---|"""
CALL = "_dash-update-component"
WATCH = """
window.shifted = 0;
window.moved = performance.now();
const jumps = (list) => list.getEntries().filter((one) => !one.hadRecentInput);
new PerformanceObserver((list) => jumps(list).forEach((one) => { window.shifted += one.value; }))
  .observe({ type: "layout-shift", buffered: true });
new MutationObserver(() => { window.moved = performance.now(); })
  .observe(document, { childList: true, subtree: true, characterData: true });
"""
# the rows of the longest grid of the page, as its columns show them
LONGEST = """() => {
  const grids = [], rowsOf = (one) => one.rowData || (one.getRowsResponse || {}).rowData || [];
  (function walk(one) {
    if (Array.isArray(one)) { one.forEach(walk); return; }
    if (!one || !one.props) { return; }
    if (one.type === "AgGrid") { grids.push(one.props); }
    walk(one.props.children);
  })(window.dash_stores[0].getState().layout);
  const longest = grids.sort((one, other) => rowsOf(other).length - rowsOf(one).length)[0];
  if (!longest) { return []; }
  const fields = longest.columnDefs.map((column) => column.field).filter(Boolean);
  return rowsOf(longest).map((row, place) => ({
    ...Object.fromEntries(fields.map((field) => [field, String(row[field] ?? "")])), place }));
}"""
STILL = f"() => performance.now() - window.moved > {DONE}"


@dataclass(frozen=True, slots=True)
class Screen:
    """Of one part: its calls, how far it jumped, its heights in pixels, its bytes, seconds of the main thread,
    milliseconds of a change to it, and the rows of its longest grid."""

    calls: int
    shift: float
    wide: int
    narrow: int
    first: int
    reload: int
    busy: float
    change: float
    rows: list[dict[str, Any]]


def addresses() -> Iterator[str]:
    """The address of every part, as the visitor has them, of every page that opens without a row of its own, and of one
    of each other."""
    for page in PAGES:
        path = re.sub(r"<\w+>", OF.get(page.name, "<"), page.path)
        if "<" in path:
            continue
        for part in (one for one in page.parts if one.right in GRANTS[Role.COORDINATOR]):
            yield f"{path}?{PART}={part.name}"
        if not page.parts:
            yield path


def rows_of(url: str) -> list[dict[str, Any]]:
    """The rows of the floor's chart and grid: the published count per municipality."""
    engine = make_engine(url)
    with reading(engine) as session:
        viewer = viewer_at(session, VISITOR)
        assert viewer is not None
        rows = published_against_now(session, viewer)
    engine.dispose()
    shown = rows[["partner", "challenges_now", "projects_now"]].to_json(orient="records")
    kept: list[dict[str, Any]] = json.loads(shown)
    return kept


def measure_screens(url: str, environment: Mapping[str, str], say: Callable[[str], None]) -> None:
    """A line per part, as a table of Markdown. The bare page is measured before and after."""
    usual = rows_of(url)
    with served("portal.wsgi:server", dict(environment), 2) as (port, _), sync_playwright() as playwright:
        visitor = Visitor(port)
        visitor.sign_in(VISITOR, password())
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        bare = _bare(browser, usual)
        say(HEAD)
        for address in addresses():
            one = _screen(browser, f"http://127.0.0.1:{port}", address, visitor.cookies, _tabs(address))
            # a change that brings a grid, beside one that brings the same rows
            say(_line(address, one, bare, _bare(browser, one.rows).change if one.change and one.rows else bare.change))
        say(_line("een kale pagina, nadien", _bare(browser, usual), bare, bare.change))
        browser.close()


def _bare(browser: Browser, rows: list[dict[str, Any]]) -> Screen:
    """A bare Dash page with one chart and one grid of these rows."""
    with NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(rows, file)
        file.flush()
        with served("tests.bench.floor_page:server", {"BENCH_ROWS": file.name}, 1) as (port, _):
            return _screen(browser, f"http://127.0.0.1:{port}", "/", {}, AGAIN)


def _line(address: str, one: Screen, bare: Screen, change: float) -> str:
    ratios = f"{one.busy / bare.busy:.2f} | " + (f"{one.change / change:.2f}" if one.change else "")
    weight = f"{one.first / 1e6:.2f} | {one.reload / 1e3:.0f}"
    return f"| `{address}` | {one.calls} | {one.shift:.3f} | {one.wide} | {one.narrow} | {weight} | {ratios} |"


def _screen(
    browser: Browser, base: str, address: str, cookies: Mapping[str, str], changes: tuple[str, str] | None
) -> Screen:
    found = [_visit(browser, base, address, cookies, changes) for _ in range(TIMES)]
    context, page = _opened(browser, base, cookies, NARROW)
    page.goto(base + address)
    _settle(page)
    narrow = _height(page)
    context.close()
    calls, shift, wide, first, again, busy, change, rows = (list(one) for one in zip(*found, strict=True))
    quick = median(change)
    return Screen(max(calls), max(shift), max(wide), narrow, first[0], min(again), median(busy), quick, rows[0])


def _visit(
    browser: Browser, base: str, address: str, cookies: Mapping[str, str], changes: tuple[str, str] | None
) -> tuple[int, float, int, int, int, float, float, list[dict[str, Any]]]:
    context, page = _opened(browser, base, cookies, WIDE)
    wire = context.new_cdp_session(page)
    fetched: list[int] = []
    calls: list[str] = []
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda said: fetched.append(said["encodedDataLength"]))
    page.on("request", lambda asked: calls.append(asked.url) if CALL in asked.url else None)
    wire.send("Performance.enable")
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(base + address)
    _settle(page)
    busy, first, count = _busy(wire), sum(fetched), len(calls)
    shift, wide = page.evaluate("window.shifted"), _height(page)
    rows = page.evaluate(LONGEST)
    change = _changed(page, changes)
    fetched.clear()
    page.goto(base + address)
    _settle(page)
    again = sum(fetched)
    context.close()
    return count, shift, wide, first, again, busy, change, rows


def _opened(browser: Browser, base: str, cookies: Mapping[str, str], size: tuple[int, int]) -> tuple[Any, Page]:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    context.add_cookies([{"name": name, "value": value, "url": base} for name, value in cookies.items()])
    page = context.new_page()
    page.add_init_script(WATCH)
    return context, page


def _settle(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    page.wait_for_function(STILL)


def _height(page: Page) -> int:
    return int(page.evaluate("(document.querySelector('main') || document.body).offsetHeight"))


def _busy(wire: Any) -> float:
    metrics = {one["name"]: one["value"] for one in wire.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"])


def _tabs(address: str) -> tuple[str, str] | None:
    """Another tab, and the one of this part."""
    _, named, part = address.partition(f"{PART}=")
    return (".parts-wide a:not([aria-current])", f".parts-wide a[href$='{PART}={part}']") if named else None


def _changed(page: Page, changes: tuple[str, str] | None) -> float:
    """Milliseconds from a press on the second of these controls until the page stands again; 0 where there are none. A
    part is left and chosen again, so that what it needs was fetched before, as on the bare page."""
    return median([[_pressed(page, control) for control in changes][-1] for _ in range(CHANGES)]) if changes else 0.0


def _pressed(page: Page, control: str) -> float:
    page.evaluate("window.pressed = performance.now(); window.moved = window.pressed")
    page.locator(control).first.click()
    page.wait_for_load_state("networkidle")
    page.wait_for_function(STILL)
    return float(page.evaluate("window.moved - window.pressed"))
