"""What a page weighs in a browser: everything it fetches, as it travels, at a first visit and at a reload."""

from dataclasses import dataclass

from playwright.sync_api import Browser, sync_playwright

FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
CHROMIUM = "/usr/bin/chromium"


@dataclass(frozen=True, slots=True)
class Weight:
    first: int
    reload: int


def weights(port: int, paths: list[str], cookies: dict[str, str]) -> dict[str, Weight]:
    """Bytes per path; each path in a browser that was never here before, but for its session."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            return {path: _weigh(browser, f"http://127.0.0.1:{port}", path, cookies) for path in paths}
        finally:
            browser.close()


def _weigh(browser: Browser, address: str, path: str, cookies: dict[str, str]) -> Weight:
    context = browser.new_context()
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
    page = context.new_page()
    fetched: list[int] = []
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda said: fetched.append(said["encodedDataLength"]))
    page.goto(f"{address}{path}", wait_until="networkidle")
    first = sum(fetched)
    fetched.clear()
    page.reload(wait_until="networkidle")
    context.close()
    return Weight(first, sum(fetched))
