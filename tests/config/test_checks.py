import pytest
from django.test import override_settings

from muster.config import checks

LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]


def ids(found) -> list[str]:
    return [message.id for message in found]


@override_settings(ALLOWED_HOSTS=LOOPBACK, HTTPS=False)
def test_plain_http_is_fine_on_one_s_own_machine():
    assert checks.others_reach_it_by_https(None) == []


@override_settings(ALLOWED_HOSTS=[*LOOPBACK, "muster.example"], HTTPS=False)
def test_other_machines_over_plain_http_are_warned_about_by_name():
    [message] = checks.others_reach_it_by_https(None)
    assert message.id == "muster.W001"
    assert "muster.example" in message.msg
    assert "MUSTER_HTTPS=1" in message.hint


@override_settings(ALLOWED_HOSTS=["muster.example"], HTTPS=True)
def test_other_machines_over_https_are_fine():
    assert checks.others_reach_it_by_https(None) == []


@override_settings(ALLOWED_HOSTS=["muster.example"], DEBUG=True)
def test_error_pages_with_details_are_not_for_other_machines():
    assert ids(checks.debugging_stays_here(None)) == ["muster.E004"]


@override_settings(ALLOWED_HOSTS=LOOPBACK, DEBUG=True)
def test_debugging_on_one_s_own_machine_is_fine():
    assert checks.debugging_stays_here(None) == []


@pytest.mark.parametrize(("mode", "found"), [(0o600, []), (0o640, ["muster.E002"]), (0o644, ["muster.E002"])])
def test_a_key_that_others_can_read_is_found(tmp_path, mode, found):
    (tmp_path / "secret-key").touch(mode=0o600)
    (tmp_path / "secret-key").chmod(mode)
    with override_settings(MUSTER_HOME=tmp_path):
        assert ids(checks.secret_key_is_private(None)) == found


@override_settings(SECRET_KEY="short")
def test_a_key_that_could_be_guessed_is_found():
    assert ids(checks.secret_key_is_long(None)) == ["muster.E003"]


def test_translations_that_nobody_compiled_are_found(tmp_path):
    source = tmp_path / "en" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.touch()
    with override_settings(LOCALE_PATHS=[tmp_path]):
        assert ids(checks.translations_are_compiled(None)) == ["muster.W002"]
        source.with_suffix(".mo").touch()
        assert checks.translations_are_compiled(None) == []


@pytest.mark.django_db
def test_the_test_database_itself_is_new_enough():
    assert checks.database_is_new_enough(None, databases=["default"]) == []


def test_a_home_that_cannot_be_written_is_found(tmp_path):
    # Root may write everywhere, so the directory is one that is not there at all.
    with override_settings(MUSTER_HOME=tmp_path / "gone"):
        assert ids(checks.home_can_be_written(None)) == ["muster.E001"]
