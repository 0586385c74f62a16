"""One house and one Chromium for all journeys; each journey has browsers of its own."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import chain, repeat
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.e2e.house import House, Room
from tests.e2e.steps import be

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
# Made at once, when the last ones are used up: each takes a while.
ROOMS = 16
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """A Chromium on this machine: named by CHROMIUM, Debian's, Chrome; None leaves it to Playwright's own."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; without one the journeys are skipped loudly, and in CI they fail."""
    with sync_playwright() as playwright:
        path = chromium()
        if path is None and not Path(playwright.chromium.executable_path).exists():
            told = "No Chromium found: set CHROMIUM or install chromium. Browser journeys were NOT run."
            if os.environ.get("CI") == "true":
                pytest.fail(told)
            pytest.skip(told)
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def house() -> Iterator[House]:
    """Everything that `make run` starts, with the demonstration's people."""
    folder = Path(tempfile.mkdtemp(prefix="mado-"))
    folder.chmod(0o755)  # an unprivileged PostgreSQL must get in
    with House(folder) as stands:
        yield stands
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def rooms(house: House) -> Iterator[Room]:
    """Programs that no journey has used yet."""
    return chain.from_iterable(house.rooms(ROOMS) for _ in repeat(None))


@pytest.fixture
def room(rooms: Iterator[Room]) -> Room:
    """A program of this journey's own, with its own counselors: nobody else waits in its queue."""
    return next(rooms)


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, house: House) -> Iterator[Open]:
    """A page of a browser of its own; what it complains of in its console fails the journey."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def make(path: str = "/", width: int = 1440, height: int = 900, **options: object) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="ja-JP", **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
        page.goto(house.url + path)
        return page

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def sign_in(open_page: Open) -> Open:
    """The console of one of the demonstration's people; `to` is where somebody else is led."""

    def enter(email: str, to: str = "**/console/", **options: object) -> Page:
        page = open_page("/accounts/login/", **options)
        be(page, email)
        page.wait_for_url(to)
        return page

    return enter
