"""What the browser tests share: one Chromium or a reason to skip, a page for each test, and axe-core."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    NewPage: TypeAlias = Callable[..., Page]

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
# Whatever it would ask of the network of its own accord, it is to leave alone.
ARGUMENTS = (
    "--disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update"
    " --disable-sync --no-sandbox"
).split()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """
    A Chromium of the system's; tests that want it are skipped where there is none.

    Not for the whole session: while it is open, an event loop runs, beside which other tests could start none.
    """
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.skip("there is no Chromium on this machine")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """
    Opens a page of a new profile; arguments are those of a context, such as ``color_scheme`` or ``viewport``.

    The test fails if a page writes an error to its console, which a breach of its content-security policy does too.
    """
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def opened(**asked: Any) -> Page:
        context = browser.new_context(**asked)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A page of a window of ordinary size."""
    return new_page()


@pytest.fixture(scope="session")
def inaccessible() -> Callable[[Page], list[str]]:
    """Says what axe-core finds wrong with a page: the rules, each with the elements that break it."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")

    def found(page: Page) -> list[str]:
        violations = axe.Axe().run(page).response["violations"]
        return [f"{one['id']}: {', '.join(str(node['target']) for node in one['nodes'])}" for one in violations]

    return found
