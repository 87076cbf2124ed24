"""`muster journal`, `muster incident`, `muster demo`, `muster serve`, `muster worker`: as programs, in a home of their own."""

import json
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from hashlib import sha256

import pytest

OPEN = ("incident", "open", "--by", "county-government", "--title", "网点排队取款", "--type", "market-or-exit")


def muster(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "muster", *arguments], capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """A home with the example in it, and what `muster demo` printed."""
    home = tmp_path_factory.mktemp("example")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("MUSTER_HOME", str(home))
        environment.delenv("DATABASE_URL", raising=False)
        done = muster("demo", "--no-serve")
    assert done.returncode == 0, done.stderr
    return home, done.stdout


@pytest.fixture
def installed(example, muster_home):
    """A copy of the example in the home of this test; gives what `muster demo` printed."""
    home, printed = example
    shutil.copytree(home, muster_home, dirs_exist_ok=True)
    return printed


@contextmanager
def running(*arguments: str):
    """A program that runs until it is killed, from outside and without warning."""
    process = subprocess.Popen(
        [sys.executable, "-m", "muster", *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        # Ends when nobody holds the pipe any more: the processes that it started have gone as well.
        process.communicate(timeout=20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(url: str, seconds: float = 30) -> int:
    """The status of a page once somebody answers there."""
    until = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                return response.status
        except urllib.error.HTTPError as error:
            return error.code
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            assert time.monotonic() < until, f"nobody answers at {url}"
            time.sleep(0.05)


@pytest.mark.slow
def test_the_example_has_logins_that_only_its_owner_reads_and_keeps_them(installed, muster_home):
    logins = muster_home / "logins.txt"
    assert stat.S_IMODE(logins.stat().st_mode) == 0o600
    names = [line.split("\t")[0] for line in logins.read_text().splitlines()]
    assert {"wen", "gao", "pan"} <= set(names)
    assert all(line.split("\t")[1] in installed for line in logins.read_text().splitlines())
    before, verified = logins.read_text(), json.loads(muster("journal", "verify", "--json").stdout)

    again = muster("demo", "--no-serve")
    assert again.returncode == 0, again.stderr
    assert str(logins) in again.stdout
    assert logins.read_text() == before
    assert before.splitlines()[0].split("\t")[1] not in again.stdout
    listed = muster("incident", "list").stdout
    assert len(re.findall(r"\d{4}-\d{4}-\d\d", listed)) == 1, "a second start opens no second incident"
    assert json.loads(muster("journal", "verify", "--json").stdout) == verified, "and no second duty"
    assert (verified["guarded"], verified["faults"]) == (True, [])
    states = {each["state"] for each in json.loads(muster("duties", "list", "--json").stdout)}
    assert states == {"open", "overdue", "missed", "done", "upcoming"}


@pytest.mark.slow
def test_an_incident_is_opened_acted_on_shown_and_exported(installed):
    opened = muster(*OPEN, "--fact", "origin=county", "--fact", "people_affected=120")
    assert opened.returncode == 0, opened.stderr
    number = opened.stdout.split()[0]
    done = muster("incident", "do", number, "jot", "text=已到现场", "--by", "county-government")
    assert done.returncode == 0, done.stderr
    shown = json.loads(muster("incident", "show", number, "--json").stdout)
    assert shown["facts"]["people_affected"] == 120
    assert "网点排队取款" in muster("incident", "show", number).stdout
    lines = [json.loads(line) for line in muster("journal", "export", number).stdout.splitlines()]
    assert lines[0]["case"] == number
    assert lines[0]["entries"] == len(lines) - 1
    assert lines[0]["head"] == lines[-1]["hash"]
    assert lines[-1]["data"]["text"] == "已到现场"
    # As docs/background/journal-and-clocks.md says that anybody can.
    sealed = (
        "case_id",
        "seq",
        "first",
        "key",
        "name",
        "version",
        "at",
        "recorded_at",
        "by",
        "person",
        "said",
        "prev_hash",
    )
    before = lines[0]["root"]
    for line in lines[1:]:
        array = json.dumps([line[name] for name in sealed], ensure_ascii=False, separators=(",", ":"))
        assert (line["prev_hash"], line["hash"]) == (before, sha256(array.encode()).hexdigest())
        before = line["hash"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("incident", "open", "--by", "nobody-known", "--title", "x"), 1, ""),
        (("incident", "open", "--by", "county-government", "--title", "x", "--plan", "earthquake"), 1, "luohe-finance"),
        (("incident", "open", "--by", "county-government", "--title", "x", "--occurred", "yesterday"), 2, "occurred"),
        (("incident", "open", "--by", "county-government", "--title", "x", "--fact", "people"), 2, "NAME=VALUE"),
        (("incident", "show", "2001-0101-01"), 2, "2001-0101-01"),
        (("journal", "verify", "2001-0101-01"), 2, "2001-0101-01"),
    ],
)
def test_what_cannot_be_done_is_said_without_a_traceback(installed, arguments, code, says):
    done = muster(*arguments)
    assert done.returncode == code, done.stdout + done.stderr
    assert says in done.stderr
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_wrong_commands_name_those_there_are(installed):
    number = re.search(r"\d{4}-\d{4}-\d\d", installed).group()
    unknown = muster("incident", "do", number, "explode", "--by", "county-government")
    assert unknown.returncode == 2
    assert "complete" in unknown.stderr
    assert "tick" not in unknown.stderr.split("Commands:")[1].split(", ")
    misspelt = muster("incident", "do", number, "jot", "txt=到场", "--by", "county-government")
    assert misspelt.returncode == 2
    assert "text" in misspelt.stderr


@pytest.mark.slow
def test_an_incident_is_merged_into_another(installed):
    number = re.search(r"\d{4}-\d{4}-\d\d", installed).group()
    other = muster(*OPEN).stdout.split()[0]
    merged = muster(
        "incident", "do", other, "merge-into", f"into={number}", "reason=同一起", "--by", "mechanism-office"
    )
    assert merged.returncode == 0, merged.stderr
    assert other not in muster("incident", "list").stdout
    assert number in muster("incident", "list").stdout


@pytest.mark.slow
def test_an_altered_journal_is_named_and_makes_verify_fail(installed, muster_home):
    import sqlite3

    with sqlite3.connect(muster_home / "muster.sqlite3") as database:
        database.execute("DROP TRIGGER journal_entry_is_not_changed")
        database.execute("UPDATE journal_entry SET data = replace(data, '120', '12') WHERE seq = 2")
        database.commit()
    done = muster("journal", "verify")
    assert done.returncode == 1
    assert "第2条" in done.stdout
    assert "entry 2" in done.stdout
    assert muster("journal", "rebuild").returncode == 1
    assert muster("journal", "guard").returncode == 0
    assert json.loads(muster("journal", "verify", "--json").stdout)["guarded"] is True


@pytest.mark.slow
def test_the_server_answers_and_a_second_one_finds_another_port(installed):
    port = free_port()
    with running("demo", "--port", str(port)) as first:
        assert answers(f"http://127.0.0.1:{port}/") in (200, 302)
        with running("demo", "--port", str(port)) as second:
            said = ""
            while "http://" not in said:
                line = second.stdout.readline()
                assert line, f"the second one ended: {said}"
                said += line
            other = int(re.search(r"http://127\.0\.0\.1:(\d+)/", said).group(1))
            assert other > port
            assert answers(f"http://127.0.0.1:{other}/") in (200, 302)
        assert first.poll() is None


@pytest.mark.slow
def test_a_killed_server_starts_again_on_what_it_left(installed):
    port = free_port()
    for _ in range(2):
        with running("serve", "--port", str(port)):
            assert answers(f"http://127.0.0.1:{port}/") in (200, 302)
    assert json.loads(muster("journal", "verify", "--json").stdout)["faults"] == []


@pytest.mark.slow
def test_sqlite_serves_from_one_process_only(muster_home):
    done = muster("serve", "--workers", "2")
    assert done.returncode == 2
    assert "PostgreSQL" in done.stderr


@pytest.mark.slow
def test_a_worker_ends_when_it_is_told_to(installed):
    with running("worker") as worker:
        assert "时限" in worker.stdout.readline()
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=20) == 0


def test_an_edition_is_put_in_force_and_one_with_errors_is_not(installed, tmp_path):
    taken = muster("plan", "import", "mall-major-complaint", "--lang", "en")
    assert (taken.returncode, taken.stderr) == (0, "")
    assert "in force" in taken.stdout
    opened = muster(
        "incident", "open", "--plan", "mall-major-complaint", "--by", "member-security", "--title", "地面湿滑摔伤"
    )
    assert opened.returncode == 0, opened.stderr
    broken = tmp_path / "broken.yaml"
    broken.write_text(
        "id: mall-major-complaint\ntitle: x\nedition: '9'\nissuer: x\nposts: {a: {name: 甲}}\n"
        "tasks:\n  t: {kind: action, name: 花钱请平台删除帖子, who: a}\n",
        encoding="utf-8",
    )
    refused = muster("plan", "import", str(broken), "--lang", "en")
    assert refused.returncode == 1
    assert "P402" in refused.stdout
    assert "In force as before" in refused.stdout
    again = muster("plan", "import", "mall-major-complaint", "--lang", "en")
    assert again.stdout == taken.stdout
