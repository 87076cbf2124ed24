"""These start PostgreSQL themselves, whatever database the run uses."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest

from muster.testing.postgres import PostgresError, postgres, programs

pytestmark = pytest.mark.core  # once is enough


@pytest.fixture
def installed():
    if programs() is None:
        if os.environ.get("CI") == "true":
            pytest.fail("PostgreSQL's programs are not on this machine")
        pytest.skip("PostgreSQL's programs are not on this machine")


def test_it_answers_and_leaves_nothing_behind(installed):
    with postgres() as url:
        directory = Path(unquote(urlsplit(url).hostname or ""))
        with psycopg.connect(url) as connection:
            assert connection.execute("SHOW fsync").fetchone() == ("off",)
            assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert directory.exists()
    assert not directory.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def test_a_durable_one_has_its_commits_on_the_disk(installed):
    with postgres(durable=True) as url, psycopg.connect(url) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
        assert connection.execute("SHOW synchronous_commit").fetchone() == ("on",)


def test_two_run_beside_one_another(installed):
    with postgres() as first, postgres() as second:
        assert first != second
        with psycopg.connect(first) as here, psycopg.connect(second) as there:
            here.execute("CREATE TABLE mine ()")
            assert there.execute("SELECT to_regclass('mine')").fetchone() == (None,)


def test_missing_programs_are_said(monkeypatch):
    monkeypatch.setattr("muster.testing.postgres.programs", lambda: None)
    with pytest.raises(PostgresError, match="initdb was found neither"), postgres():
        pass
