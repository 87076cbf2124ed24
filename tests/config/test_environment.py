import re
import stat
import threading
from pathlib import Path

import pytest

from muster.config import environment

# What one of our processes tells another that it starts; nobody sets it.
INTERNAL = {"MUSTER_SERVES"}
DOCUMENTED = Path(__file__).parents[2] / "docs/reference/settings.md"


def test_an_empty_variable_means_the_same_as_an_absent_one(monkeypatch):
    monkeypatch.setenv("MUSTER_TIME_ZONE", "  ")
    assert environment.text("MUSTER_TIME_ZONE", "Asia/Shanghai") == "Asia/Shanghai"


@pytest.mark.parametrize(("said", "meant"), [("1", True), ("TRUE", True), ("on", True), ("0", False), ("no", False)])
def test_a_flag_understands_the_usual_words(monkeypatch, said, meant):
    monkeypatch.setenv("MUSTER_HTTPS", said)
    assert environment.flag("MUSTER_HTTPS") is meant


def test_a_flag_that_is_neither_yes_nor_no_is_named_with_what_is_allowed(monkeypatch):
    monkeypatch.setenv("MUSTER_HTTPS", "maybe")
    with pytest.raises(environment.SettingError, match=r"MUSTER_HTTPS is 'maybe'; it can be 1 or 0"):
        environment.flag("MUSTER_HTTPS")


def test_a_list_is_written_with_commas_and_blanks_do_not_matter(monkeypatch):
    monkeypatch.setenv("MUSTER_HOSTS", " muster.example , 10.0.0.5,")
    assert environment.words("MUSTER_HOSTS", "localhost") == ["muster.example", "10.0.0.5"]


def test_outside_a_source_tree_the_home_is_the_account_s_own(monkeypatch, tmp_path):
    monkeypatch.delenv("MUSTER_HOME")
    monkeypatch.setattr(environment, "SOURCE_TREE", tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert environment.home() == tmp_path / "data" / "muster"


def test_a_source_tree_keeps_its_home_beside_the_code(monkeypatch, tmp_path):
    monkeypatch.delenv("MUSTER_HOME")
    monkeypatch.setattr(environment, "SOURCE_TREE", tmp_path)
    (tmp_path / "pyproject.toml").touch()
    assert environment.home() == tmp_path / "var"


def test_the_key_is_made_once_and_only_its_owner_reads_it(monkeypatch, tmp_path):
    monkeypatch.delenv("MUSTER_SECRET_KEY")
    home = tmp_path / "a home with blanks"
    key = environment.secret_key(home)
    assert len(key) >= 50
    assert environment.secret_key(home) == key
    assert stat.S_IMODE((home / "secret-key").stat().st_mode) == 0o600
    assert [path.name for path in home.iterdir()] == ["secret-key"]


def test_two_processes_that_start_at_once_agree_on_one_key(monkeypatch, tmp_path):
    monkeypatch.delenv("MUSTER_SECRET_KEY")
    keys: list[str] = []
    both_have_looked = threading.Barrier(2)
    seen = Path.exists

    def look_and_wait(path):
        found = seen(path)
        if path.name == "secret-key":
            both_have_looked.wait(timeout=10)
        return found

    monkeypatch.setattr(Path, "exists", look_and_wait)
    pids = iter([1, 2])
    monkeypatch.setattr(environment.os, "getpid", lambda: next(pids))
    threads = [threading.Thread(target=lambda: keys.append(environment.secret_key(tmp_path))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 2
    assert keys[0] == keys[1] == (tmp_path / "secret-key").read_text()


def test_an_empty_key_file_is_refused_with_the_way_out(monkeypatch, tmp_path):
    monkeypatch.delenv("MUSTER_SECRET_KEY")
    (tmp_path / "secret-key").touch()
    with pytest.raises(environment.SettingError, match="remove it, and a new key is made"):
        environment.secret_key(tmp_path)


def test_every_setting_has_its_section_in_the_documentation():
    headings = {line[3:] for line in DOCUMENTED.read_text().splitlines() if line.startswith("## ")}
    assert headings == {setting.name for setting in environment.SETTINGS}


def test_every_variable_that_the_code_reads_is_a_listed_setting():
    source = Path(environment.__file__).parents[1]
    reading = re.compile(
        r"""(?:text|flag|words|environ\.get|getenv|environ)[(\[]\s*["'](MUSTER_[A-Z_]+|DATABASE_URL)"""
    )
    read: set[str] = set()
    for path in source.rglob("*.py"):
        if not path.is_relative_to(source / "testing"):  # what the tests are told is in docs/contributing.md
            read |= set(reading.findall(path.read_text()))
    assert read - INTERNAL == {setting.name for setting in environment.SETTINGS}


def test_without_a_mail_server_there_is_no_mail():
    assert environment.mail() is None


@pytest.mark.parametrize(
    ("url", "port", "starttls", "tls"),
    [
        ("smtp://relay.example", 25, False, False),
        ("smtp+tls://relay.example", 587, True, False),
        ("smtps://relay.example", 465, False, True),
        ("smtps://relay.example:1465", 1465, False, True),
    ],
)
def test_a_mail_server_says_how_it_encrypts(monkeypatch, url, port, starttls, tls):
    monkeypatch.setenv("MUSTER_MAIL_SERVER", url)
    monkeypatch.setenv("MUSTER_MAIL_FROM", "duty@office.example")
    found = environment.mail()
    assert found is not None
    assert (found.host, found.port, found.starttls, found.tls) == ("relay.example", port, starttls, tls)


def test_a_name_and_password_of_the_mail_server_may_hold_any_character(monkeypatch):
    monkeypatch.setenv("MUSTER_MAIL_SERVER", "smtps://duty%40office.example:p%2Fw%3A%E5%80%BC@relay.example")
    monkeypatch.setenv("MUSTER_MAIL_FROM", "应急值班 <duty@office.example>")
    found = environment.mail()
    assert found is not None
    assert (found.name, found.password) == ("duty@office.example", "p/w:值")
    assert found.domain == "office.example"


@pytest.mark.parametrize("url", ["pop3://n:hunter2@relay.example", "smtps://n:hunter2@", "smtps://n:hunter2@h:port"])
def test_a_mail_server_that_cannot_be_used_is_refused_without_showing_its_password(monkeypatch, url):
    monkeypatch.setenv("MUSTER_MAIL_SERVER", url)
    monkeypatch.setenv("MUSTER_MAIL_FROM", "duty@office.example")
    with pytest.raises(environment.SettingError, match="MUSTER_MAIL_SERVER") as refused:
        environment.mail()
    assert "hunter2" not in str(refused.value)


def test_a_mail_server_needs_an_address_that_mail_comes_from(monkeypatch):
    monkeypatch.setenv("MUSTER_MAIL_SERVER", "smtps://relay.example")
    with pytest.raises(environment.SettingError, match="MUSTER_MAIL_FROM"):
        environment.mail()
