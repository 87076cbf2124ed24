"""The settings are read once a process, so each of these starts one."""

import json
import os
import subprocess
import sys

import pytest

ASK = """
import json, django
from django.conf import settings
django.setup()
from django.db import connection
print(json.dumps({
    "engine": connection.vendor, "name": str(connection.settings_dict["NAME"]), "hosts": settings.ALLOWED_HOSTS,
    "secure": [settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.SECURE_SSL_REDIRECT],
    "origins": settings.CSRF_TRUSTED_ORIGINS,
    "prepares": connection.settings_dict.get("OPTIONS", {}).get("prepare_threshold"),
}))
"""


@pytest.fixture
def settings_with(muster_home):
    def read(**given: str) -> dict:
        done = subprocess.run(
            [sys.executable, "-c", ASK], capture_output=True, text=True, env={**os.environ, **given}, check=False
        )
        if done.returncode:
            return {"error": done.stderr.strip().splitlines()[-1]}
        return json.loads(done.stdout)

    return read


def test_without_any_setting_it_is_sqlite_at_home_for_this_machine_only(settings_with, muster_home):
    found = settings_with()
    assert found["engine"] == "sqlite"
    assert found["name"] == str(muster_home / "muster.sqlite3")
    assert found["hosts"] == ["localhost", "127.0.0.1", "[::1]"]


def test_a_home_with_blanks_and_chinese_in_its_name_works(settings_with, muster_home):
    home = muster_home / "应急 管理"
    assert settings_with(MUSTER_HOME=str(home))["name"] == str(home / "muster.sqlite3")


def test_a_postgresql_socket_is_written_with_percent_signs(settings_with):
    found = settings_with(DATABASE_URL="postgresql://muster@%2Fvar%2Frun%2Fpostgresql/office")
    assert (found["engine"], found["name"]) == ("postgresql", "office")


def test_behind_a_pooler_no_statement_is_kept_prepared(settings_with):
    assert settings_with(DATABASE_URL="postgresql://muster@localhost/office")["prepares"] == 5
    pooled = settings_with(DATABASE_URL="postgresql://muster@localhost/office?pooled=1")
    assert (pooled["name"], pooled["prepares"]) == ("office", None)


def test_https_secures_every_cookie_and_trusts_the_named_hosts(settings_with):
    found = settings_with(MUSTER_HTTPS="1", MUSTER_HOSTS="muster.example")
    assert found["secure"] == [True, True, True]
    assert found["origins"] == ["https://muster.example"]


def test_another_database_is_refused_by_name(settings_with):
    said = settings_with(DATABASE_URL="mysql://muster@localhost/muster")["error"]
    assert "'mysql'" in said
    assert "sqlite or postgresql" in said


def test_an_unreadable_database_url_is_refused_without_showing_its_password(settings_with):
    said = settings_with(DATABASE_URL="nonsense://muster:hunter2@localhost/muster")["error"]
    assert "DATABASE_URL" in said
    assert "hunter2" not in said


@pytest.mark.django_db
def test_sqlite_writes_durably_and_readers_go_on_meanwhile(django_db_blocker):
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("SQLite only")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone() == (2,)  # FULL
