"""A visit: one page opened by one account at one width, and everything that went wrong during it."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from portal.config import settings
from portal.problems import PROBLEM_ID
from tests.visitors import ACCOUNTS

PATIENCE = 45_000  # milliseconds: a machine with much else to do answers late; what is there is seen at once
WIDE, NARROW = 1440, 390
PAPER = 1032  # A4 as the style sheet lays it, within its margins, at 96 dots an inch
EYE = Path(__file__).with_name("layout_eye.js").read_text(encoding="utf-8")
# what a page has when everything has come; a list draws its columns, a callback fills a heading, and a chart takes the
# width of its place, a moment later
STANDS = """() => !document.querySelector('[data-dash-is-loading=true], .skeleton, ._dash-loading')
  && document.title && !document.title.startsWith('Updating') && document.querySelector('h1')
  && ![...document.querySelectorAll('.ag-header-row-column, summary')]
    .some(one => one.checkVisibility() && !one.hasChildNodes())
  && ![...document.querySelectorAll('.ag-root:has(.ag-body-horizontal-scroll.ag-invisible) .ag-center-cols-viewport')]
    .some(one => one.checkVisibility() && one.scrollWidth > one.clientWidth + 2)
  && ![...document.querySelectorAll('.js-plotly-plot:has(.main-svg)')]
    .some(one => one.checkVisibility() && Math.abs(one.clientWidth - one.querySelector('.main-svg').clientWidth) > 1)
"""
# the page has nothing left to do: an answer that came was drawn, and what that asks for was asked
DONE = """() => new Promise(done => {
  const rests = after => requestIdleCallback(after, {timeout: 2000});
  rests(() => rests(() => done()));
})"""
STANDARD = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]},
    "resultTypes": ["violations"],  # describing what is well takes most of the time
}
ENGLISH = re.compile(
    r"\b((?<!Fiber to the )Home|Loading|Updating|No rows|No Rows To Show|Search|Submit|Select|Close|Clear|Next|"
    r"Previous|Page|Show|Hide|"
    r"Download plot|Zoom|Reset|Autoscale|Edit|Save|Cancel|Delete|Sign in|Sign out|Logout|Login|undefined|NaN|None|null|"
    r"Invalid Date|Traceback|Error)\b"
)
# the rows of a list are made alike: barriers show in the first ones, and axe takes seconds over hundreds
LOOKED_AT = {
    "exclude": [[".ag-row:nth-child(n+5)"], [".changes > li:nth-child(n+5)"], [".js-plotly-plot .point:nth-child(n+5)"]]
}
TEXTS = """() => [document.body.innerText,
  ...[...document.querySelectorAll('[aria-label],[title],[placeholder],[data-title],[alt]')]
  .flatMap(e => ['aria-label', 'title', 'placeholder', 'data-title', 'alt'].map(a => e.getAttribute(a) || ''))
  ].join('\\n')"""


@dataclass
class Visit:
    """One open page."""

    page: Page
    base: str
    wrong: list[str] = field(default_factory=list)
    asked: int = 0  # requests so far, and those without an answer yet
    waiting: set[Request] = field(default_factory=set)
    calls: list[str] = field(default_factory=list)  # what was asked of callbacks, by what they fill

    def __post_init__(self) -> None:
        self.page.on("console", self._console)
        self.page.on("response", self._response)
        self.page.on("request", self._request)
        self.page.on("requestfinished", self._answered)
        self.page.on("requestfailed", self._answered)
        self.page.on("pageerror", lambda error: self.wrong.append(f"fault in a script: {error}"))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.wrong.append(f"console: {message.text[:300]}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.wrong.append(f"{response.status} for {urlsplit(response.url).path}")

    def _request(self, request: Request) -> None:
        self.asked += 1
        self.waiting.add(request)
        if "_dash-update-component" in request.url:
            self.calls.append(request.post_data_json["output"])
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.wrong.append(f"a request to another host: {request.url[:120]}")

    def _answered(self, request: Request) -> None:
        self.waiting.discard(request)

    def open(self, path: str) -> None:
        """Opens a page and waits until everything on it has come."""
        self.waiting.clear()  # what the page before still asked
        self.page.goto(self.base + path)
        self.settle()

    def narrow(self, width: int) -> None:
        """The same page on a screen of this width."""
        self.page.set_viewport_size({"width": width, "height": 1000})
        self.settle()

    @contextmanager
    def on_paper(self) -> Iterator[None]:
        """The page as it is printed."""
        self.page.emulate_media(media="print")
        self.narrow(PAPER)
        self.page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
        self.settle()
        yield
        self.page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
        self.page.emulate_media(media="screen")

    def settle(self) -> None:
        """Waits until the page stands and neither asks nor awaits anything more."""
        asked, until = -1, time.monotonic() + 2 * PATIENCE / 1000
        while self.waiting or self.asked != asked:
            asked = self.asked
            self.page.wait_for_function(STANDS, polling=50)
            self.page.evaluate(DONE)
            assert time.monotonic() < until, [request.url for request in self.waiting]

    def faults(self, *, barriers: bool = True, budget: int | None = None) -> list[str]:
        """What is wrong with the page as it stands: errors, a broken callback, English, a layout that fails its reader
        (`budget`: how high it may be), and barriers if asked."""
        found = [*self.wrong, *self._broken(), *self._english(), *self.page.evaluate(EYE, budget)]
        return [*found, *(self._barriers() if barriers else [])]

    def _broken(self) -> list[str]:
        """What a callback that failed says in the page; the browser was answered 200."""
        return [f"broken: {one.inner_text()}" for one in self.page.locator(f"#{PROBLEM_ID}.alert-danger").all()]

    def _english(self) -> list[str]:
        return [f"English: {found[0]}" for found in ENGLISH.finditer(self.page.evaluate(TEXTS))][:5]

    def _barriers(self) -> list[str]:
        found = Axe().run(self.page, context=LOOKED_AT, options=STANDARD).response["violations"]
        return [f"axe {one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


class Visits:
    """Browsers in which the demo accounts are signed in."""

    def __init__(self, browser: Browser, base: str, locale: str = "nl-BE") -> None:
        self.browser, self.base, self.locale = browser, base, locale
        self.contexts: dict[str, BrowserContext] = {}

    def context(self, account: str) -> BrowserContext:
        if account not in self.contexts:
            context = self.browser.new_context(
                locale=self.locale, timezone_id="Europe/Brussels", reduced_motion="reduce"
            )
            self._sign_in(context, account)
            self.contexts[account] = context
        return self.contexts[account]

    def _sign_in(self, context: BrowserContext, account: str) -> None:
        """Without a page: one that is closed while it still goes somewhere may never say that it closed."""
        door, asked = f"{self.base}/aanmelden", context.request
        (token,) = re.findall(r'name="csrf_token" value="([^"]+)"', asked.get(door).text())
        password = settings().demo_password.get_secret_value()
        told = {"csrf_token": token, "email": ACCOUNTS[account], "password": password}
        answer = asked.post(door, form=told)
        assert not answer.url.startswith(door), answer.status

    def visit(self, account: str, width: int = WIDE, *, height: int = 1000) -> Visit:
        page = self.context(account).new_page()
        page.set_default_timeout(PATIENCE)
        page.set_viewport_size({"width": width, "height": height})
        return Visit(page, self.base)

    def close(self) -> None:
        for context in self.contexts.values():
            context.close()
