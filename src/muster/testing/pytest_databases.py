"""A pytest plugin: gives the tests a home and a database of their own before Django reads its settings.

``MUSTER_TEST_DATABASE=postgresql`` starts a throw-away PostgreSQL for the run; otherwise it is SQLite in a file (never
in memory: locking and WAL are part of what is tested). Every process of a parallel run uses what the first one made.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from muster.config.environment import SETTINGS
from muster.testing.postgres import postgres

_made = pytest.StashKey[ExitStack]()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    # A wrapper, since pytest-django reads the settings in this very hook.
    if "PYTEST_XDIST_WORKER" in os.environ:
        return (yield)
    with ExitStack() as made:
        home = tempfile.mkdtemp(prefix="muster-tests-")
        made.callback(shutil.rmtree, home, ignore_errors=True)
        os.environ |= {"MUSTER_HOME": home, "MUSTER_SECRET_KEY": "known to everybody who reads the tests"}
        # What the person who runs the tests has set for their own installation must not reach them.
        for setting in SETTINGS:
            if setting.name not in {"MUSTER_HOME", "MUSTER_SECRET_KEY"}:
                os.environ.pop(setting.name, None)
        wanted = os.environ.get("MUSTER_TEST_DATABASE", "sqlite")
        if wanted == "postgresql":
            os.environ["DATABASE_URL"] = made.enter_context(postgres())
        elif wanted != "sqlite":
            raise pytest.UsageError(f"MUSTER_TEST_DATABASE is {wanted!r}; it can be sqlite or postgresql")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "muster.config.settings")
        # pytest_unconfigure does not come when loading fails, as with a settings module that does not import.
        yield
        early_config.stash[_made] = made.pop_all()


def pytest_unconfigure(config: pytest.Config) -> None:
    if made := config.stash.get(_made, None):
        made.close()


def pytest_report_header(config: pytest.Config) -> str:
    return f"database: {os.environ.get('MUSTER_TEST_DATABASE', 'sqlite')}"


@pytest.fixture
def muster_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new, empty MUSTER_HOME for one test that starts `muster` as a program."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("MUSTER_HOME", str(home))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return home
