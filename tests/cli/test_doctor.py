import os
import subprocess
import sys

import pytest


@pytest.fixture
def doctor(muster_home):
    def run(**given: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "muster", "doctor"],
            capture_output=True, text=True, env={**os.environ, "COLUMNS": "200", **given}, check=False,
        )  # fmt: skip

    return run


def test_a_new_installation_lacks_its_tables_and_says_what_makes_them(doctor, muster_home):
    done = doctor()
    assert done.returncode == 1
    assert str(muster_home) in done.stdout
    assert "not applied" in done.stdout
    assert "muster serve" in done.stdout


def test_an_installation_with_its_tables_is_well(doctor):
    migrate = "import django; django.setup(); from django.core.management import call_command; call_command('migrate')"
    subprocess.run(
        [sys.executable, "-c", migrate],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "muster.config.settings"}, check=True, capture_output=True,
    )  # fmt: skip
    done = doctor()
    assert "up to date" in done.stdout
    assert done.returncode == 0, done.stdout


def test_a_database_that_does_not_answer_is_said_and_the_rest_is_still_told(doctor, tmp_path):
    done = doctor(DATABASE_URL=f"postgresql://muster@{str(tmp_path).replace('/', '%2F')}/muster")
    assert done.returncode == 1
    assert "does not answer" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_a_setting_that_cannot_be_used_is_told_in_one_row(doctor):
    done = doctor(MUSTER_HTTPS="maybe")
    assert done.returncode == 1
    assert "it can be 1 or 0" in done.stdout


def test_a_key_that_others_can_read_is_to_be_mended(doctor, muster_home):
    (muster_home / "secret-key").write_text("x" * 50)
    (muster_home / "secret-key").chmod(0o644)
    done = doctor(MUSTER_SECRET_KEY="")
    assert done.returncode == 1
    assert "chmod 600" in done.stdout
