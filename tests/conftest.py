"""What every test can use: a database that is really there, and a browser that really draws.

The database is chosen before Django's settings are read, by the plugin muster.testing.pytest_databases.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from muster.testing.browser import chromium, running_chromium
from muster.testing.journals import _journal_can_be_emptied  # noqa: F401  a fixture for every test with a database

TESTS = Path(__file__).parent
CORE = {"plans", "engine", "drills"}
PICTURES = TESTS.parent / "test-results"

# A loaded machine is slow now and then, which is no fault of the code. In CI the same examples come every time, so that a
# change is judged by what it changed; on a developer's machine they are new each time, and find more.
hypothesis.settings.register_profile("developer", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") == "true" else "developer")

reports = pytest.StashKey[dict[str, pytest.TestReport]]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(TESTS) and item.path.relative_to(TESTS).parts[0] in CORE:
            item.add_marker(pytest.mark.core)
        # Whoever asks for a page needs a browser, whether the test says so or not.
        if {"page", "browser"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    item.stash.setdefault(reports, {})[report.when] = report
    return report


@pytest.fixture(scope="session")
def browser():
    """One Chromium for the run. Its absence skips the test, but fails it in CI."""
    if chromium() is None:
        missing = "there is no Chromium on this machine (Debian: apt-get install chromium)"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    # Playwright's synchronous interface runs an event loop in this thread, and Django would refuse its database there.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        with running_chromium() as running:
            yield running
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        else:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture
def page(browser, request):
    """A page in Chinese at a desk's size; a failed test leaves its picture in test-results/.

    The test fails when the page's script fails, or when the page breaks its own content security policy.
    """
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)
    page = context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on(
        "console",
        lambda message: broken.append(message.text) if "Content Security Policy" in message.text else None,
    )
    yield page
    called = request.node.stash.get(reports, {}).get("call")
    if called is not None and called.failed:
        PICTURES.mkdir(exist_ok=True)
        page.screenshot(path=PICTURES / (re.sub(r"[^\w-]+", "_", request.node.name) + ".png"), full_page=True)
    context.close()
    assert not broken, "the page itself complained: " + "; ".join(broken)
