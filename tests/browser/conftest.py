"""A real browser in front of the real portal over a demo database."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from threading import Thread

import pytest
from dash import Dash
from playwright.sync_api import Browser, expect, sync_playwright
from waitress import wasyncore
from waitress.server import create_server

from portal.db.engine import make_engine
from tests.browser.visit import PATIENCE, Visits
from tests.databases import Databases, absent
from tests.visitors import open_portal

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, driven by Playwright."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        absent("Chromium is not installed; on Debian: apt-get install chromium")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def demo_url(both_databases: dict[str, Databases]) -> str:
    """A demo on the embedded database."""
    embedded = both_databases["sqlite"]
    return embedded.new_url(embedded.demo_template_url)


@contextmanager
def served(app: Dash, url: str, browser: Browser, locale: str = "nl-BE") -> Iterator[Visits]:
    """The portal over this database, served to signed-in browsers."""
    with pytest.MonkeyPatch.context() as patch, open_portal(app, make_engine(url), patch):
        server = create_server(app.server, host="127.0.0.1", port=0, threads=4)
        thread = Thread(target=server.run, daemon=True)
        thread.start()
        visits = Visits(browser, f"http://127.0.0.1:{server.effective_port}", locale)
        yield visits
        visits.close()
        # in the server's own thread: closed from here, it may be waiting for a socket that is gone
        server.trigger.pull_trigger(partial(wasyncore.close_all, server._map, ignore_all=True))
        thread.join(timeout=10)
        server.task_dispatcher.shutdown()


@pytest.fixture(scope="session")
def visits(portal_app: Dash, demo_url: str, browser: Browser) -> Iterator[Visits]:
    """The served portal, with a signed-in browser per account; nobody changes anything in it."""
    with served(portal_app, demo_url, browser) as visits:
        yield visits


def _over_a_demo_alone(app: Dash, both: dict[str, Databases], browser: Browser) -> Iterator[Visits]:
    embedded = both["sqlite"]
    with served(app, embedded.new_url(embedded.demo_template_url), browser) as visits:
        yield visits


@pytest.fixture
def own_visits(portal_app: Dash, both_databases: dict[str, Databases], browser: Browser) -> Iterator[Visits]:
    """The same over a demo of this test alone, for a journey that changes it."""
    yield from _over_a_demo_alone(portal_app, both_databases, browser)


@pytest.fixture(scope="module")
def file_visits(portal_app: Dash, both_databases: dict[str, Databases], browser: Browser) -> Iterator[Visits]:
    """Over a demo of this file alone, for tests of which each changes something that no other looks at."""
    yield from _over_a_demo_alone(portal_app, both_databases, browser)
