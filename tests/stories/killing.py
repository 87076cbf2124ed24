"""Kill the process that does everything, at any instant, over and over, and look at what is left.

    python -m tests.stories.killing --kills 200 [--seed N] [--database postgresql] [--through pipe]

Through pages, it is `muster serve` that is killed, while several browsers fill in its forms. Through a pipe, the same
jobs and the same `execute` get many more commands a second, and most kills meet a transaction.

A scenario goes on all the while: incidents are opened whose clocks run out within seconds, entries are written, tasks
completed. What was not acknowledged is sent again to the next process under the same key, as a browser does with a form.
At the end: every command is in its journal once and no more, every clock fell due once and at its true instant,
everybody who should know was told once, every journal verifies, and the read models are what the journals say.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

from tests.stories.through_pages import PASSWORD, Server, minute

IN_FLIGHT = 4
LONGEST_LIFE = {"pages": 1.5, "pipe": 0.6}
"""Seconds from the moment a process is ready to the moment it is killed, at most."""
JOTS = 12


@dataclass
class Story:
    """What is to be done: commands by key, in their order; which of them were acknowledged, and as what case."""

    chance: random.Random
    waiting: list[dict[str, Any]] = field(default_factory=list)
    sent: dict[str, dict[str, Any]] = field(default_factory=dict)
    acknowledged: dict[str, dict[str, Any]] = field(default_factory=dict)
    opened: dict[str, datetime] = field(default_factory=dict)
    incidents: int = 0
    to_the_minute: bool = False

    def next(self) -> dict[str, Any]:
        if not self.waiting:
            self._incident()
        return self.waiting.pop(0)

    def _incident(self) -> None:
        """One more incident, whose clock for the phone report runs out within two seconds."""
        self.incidents += 1
        key = f"open-{self.incidents}"
        occurred = datetime.now(UTC) - timedelta(hours=1) + timedelta(seconds=self.chance.uniform(0.3, 2))
        if self.to_the_minute:
            occurred = minute(occurred)
        self.opened[key] = occurred
        opening = {"by": "duty-officer", "title": f"第{self.incidents}起停水", "occurred": occurred.isoformat()}
        self.waiting.append({"of": None, "command": {"command": "open-incident", "key": key, **opening}})
        for nth in range(JOTS):
            jot = {"command": "jot", "by": "duty-officer", "text": f"记录{nth}", "key": f"jot-{self.incidents}-{nth}"}
            self.waiting.append({"of": key, "command": jot})
        done = {"command": "complete", "by": "plumber", "task": "repair", "key": f"done-{self.incidents}"}
        self.waiting.append({"of": key, "command": done})


class Process:
    """One life of the process, from its start to SIGKILL."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self._child = subprocess.Popen(
            [sys.executable, "-m", "tests.stories.killed"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip
        assert self._child.stdout is not None
        first = self._child.stdout.readline()
        assert first == "ready\n", f"the process did not start: {first!r}"
        self._reader = Thread(target=self._listen)
        self._reader.start()
        # What the last process left unanswered goes first, under the keys it had.
        for asked in list(story.sent.values()):
            self._write(asked)

    def _listen(self) -> None:
        assert self._child.stdout is not None
        for line in self._child.stdout:
            if not line.endswith("\n"):
                return  # killed while it was speaking: not acknowledged
            said = json.loads(line)
            assert "refused" not in said, f"refused: {said}"
            self.story.acknowledged[said["key"]] = said
            self.story.sent.pop(said["key"], None)

    def _write(self, asked: dict[str, Any]) -> None:
        assert self._child.stdin is not None
        case = self.story.acknowledged[asked["of"]]["case"] if asked["of"] else None
        self._child.stdin.write(json.dumps({"case": case, "command": asked["command"]}) + "\n")
        self._child.stdin.flush()

    def works(self, seconds: float) -> None:
        """Keep a few commands in flight for so long."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and self._reader.is_alive():
            if len(self.story.sent) < IN_FLIGHT:
                asked = self.story.next()
                if asked["of"] is not None and asked["of"] not in self.story.acknowledged:
                    self.story.waiting.insert(0, asked)  # its incident is not open yet
                else:
                    self.story.sent[asked["command"]["key"]] = asked
                    self._write(asked)
                    continue
            time.sleep(0.001)

    def finishes(self, seconds: float) -> None:
        """Send what is left, and wait until every command is answered."""
        until = time.monotonic() + seconds
        while self.story.waiting or self.story.sent:
            assert time.monotonic() < until, f"unanswered: {list(self.story.sent)}"
            assert self._reader.is_alive(), "the process died by itself"
            for asked in list(self.story.waiting[:1]):
                if asked["of"] is None or asked["of"] in self.story.acknowledged:
                    self.story.waiting.pop(0)
                    self.story.sent[asked["command"]["key"]] = asked
                    self._write(asked)
            time.sleep(0.002)

    def is_killed(self) -> None:
        self._child.kill()
        self._child.wait()
        self._reader.join()
        for pipe in (self._child.stdin, self._child.stdout):
            assert pipe is not None
            with suppress(BrokenPipeError):  # what stood in it was never read; it is sent again
                pipe.close()


@contextmanager
def installation(database: str) -> Iterator[None]:
    """A new home and a new, durable database, for this process and those it starts."""
    from muster.testing.postgres import postgres

    with ExitStack() as made:
        home = made.enter_context(tempfile.TemporaryDirectory(prefix="muster-killing-", ignore_cleanup_errors=True))
        wanted = {"MUSTER_HOME": home, "DJANGO_SETTINGS_MODULE": "muster.config.settings", "PYTHONUTF8": "1"}
        if database == "postgresql":
            wanted["DATABASE_URL"] = made.enter_context(postgres(durable=True))
        before = dict(os.environ)
        made.callback(os.environ.update, before)
        made.callback(os.environ.clear)
        os.environ.pop("DATABASE_URL", None)
        os.environ.update(wanted)
        yield


def kill_often(kills: int, seed: int, through: str) -> Story:
    """Run the scenario through so many kills, then to its end. The environment names the installation."""
    story = Story(random.Random(seed), to_the_minute=through == "pages")
    life = Server if through == "pages" else Process
    for _ in range(kills):
        process = life(story)
        process.works(story.chance.uniform(0, LONGEST_LIFE[through]))
        process.is_killed()
    process = life(story)
    process.finishes(120)
    process.is_killed()
    return story


def look(what: str, *arguments: str) -> str:
    """Look into the database from a process of its own, since this one may use another."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.stories.killing", "--look", what, *arguments],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def _catch_up() -> None:
    """What the next process would do once the leases of the dead have ended and every clock has run out."""
    from muster.cases.timekeeper import LEASE, tick_due
    from muster.notices.deliver import deliver

    now = datetime.now(UTC) + LEASE + timedelta(minutes=1)
    while tick_due(now).ticked or deliver(now).told:
        pass


def _wrong(story_file: str) -> list[str]:
    """Everything that is not as it must be, in words; nothing where all is well."""
    from muster.cases import rebuild
    from muster.cases.models import CaseRecord, CaseTask, TaskActor
    from muster.engine.events import CaseOpened, ClockFellDue, Jotted, TaskCompleted
    from muster.journal import store
    from muster.notices.models import Notice, OutboxEntry
    from muster.people.models import Person

    told = json.loads(Path(story_file).read_text(encoding="utf-8"))
    ids = dict(CaseRecord.objects.values_list("number", "pk"))
    refs = {person.username: person.ref for person in Person.objects.all()}
    for said in told["acknowledged"].values():
        if "number" in said:  # it came through the pages, which say no ids
            said["case"] = ids.get(said["number"], 0)
    wrong = [fault.say("en") for fault in rebuild.faults()]
    if CaseRecord.objects.count() != len(told["opened"]):
        wrong.append(f"{CaseRecord.objects.count()} cases, but {len(told['opened'])} were opened")
    for key, said in told["acknowledged"].items():
        # A page puts the person before the key that the browser made.
        made = store.of_command(said["case"], f"{refs[said['of']]}:{key}" if "of" in said else key)
        if not made:
            wrong.append(f"lost: {key}")
        elif made[-1].seq != said.get("version", made[-1].seq):
            wrong.append(f"{key} ended at {made[-1].seq}, but was acknowledged with {said['version']}")
    for key, occurred in told["opened"].items():
        case_id = told["acknowledged"][key]["case"]
        events = list(store.events(case_id))
        counts = {kind: sum(isinstance(each, kind) for each in events) for kind in (CaseOpened, Jotted, TaskCompleted)}
        if counts != {CaseOpened: 1, Jotted: JOTS, TaskCompleted: 1}:
            wrong.append(f"{key}: " + ", ".join(f"{count} {kind.__name__}" for kind, count in counts.items()))
        fell = [each.due for each in events if isinstance(each, ClockFellDue) and each.key.startswith("phone-report")]
        if fell != [datetime.fromisoformat(occurred) + timedelta(hours=1)]:
            wrong.append(f"{key}: the phone report fell due at {fell}")
    undelivered = OutboxEntry.objects.filter(state="queued").count()
    if undelivered:
        wrong.append(f"{undelivered} entries of the outbox were forgotten")
    persons = {"officer": "duty-officer", "plumber": "plumber"}
    for username, actor in persons.items():
        entries = OutboxEntry.objects.filter(actor=actor).count()
        notices = Notice.objects.filter(person__username=username, actor=actor, instead_of="").count()
        if entries != notices:
            wrong.append(f"{username} has {notices} notices of {entries}")

    def read_models() -> list[list[str]]:
        return [sorted(map(repr, model.objects.values_list())) for model in (CaseRecord, CaseTask, TaskActor)]

    before = read_models()
    rebuild.rebuild()
    if read_models() != before:
        wrong.append("the read models are not what the journals say")
    return wrong


def _prepare() -> None:
    from muster.cli.installing import install
    from muster.testing.builders import a_person
    from muster.testing.plans import adopt_small_plan

    install()
    now = datetime.now(UTC)
    adopt_small_plan(now)
    for username, actor in (("officer", "duty-officer"), ("plumber", "plumber")):
        person = a_person(username, "water-outage", actor, now=now - timedelta(hours=2))
        person.set_password(PASSWORD)
        person.save()


def run(kills: int, seed: int, database: str, through: str) -> tuple[Story, list[str]]:
    """The whole of it, in an installation of its own: the story as it went, and everything that is wrong afterwards."""
    with installation(database):
        look("prepare")
        story = kill_often(kills, seed, through)
        look("catch-up")
        told = Path(os.environ["MUSTER_HOME"]) / "story.json"
        opened = {key: occurred.isoformat() for key, occurred in story.opened.items()}
        told.write_text(json.dumps({"opened": opened, "acknowledged": story.acknowledged}), encoding="utf-8")
        return story, json.loads(look("wrong", str(told)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--through", choices=["pages", "pipe"], default="pages")
    parser.add_argument("--look", nargs="+", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.look:
        import django

        django.setup()
        what, *rest = arguments.look
        if what == "prepare":
            _prepare()
        elif what == "catch-up":
            _catch_up()
        else:
            print(json.dumps(_wrong(*rest), ensure_ascii=False))  # noqa: T201
        return
    started = time.monotonic()
    story, wrong = run(arguments.kills, arguments.seed, arguments.database, arguments.through)
    print(  # noqa: T201
        f"{arguments.database}, through {arguments.through}, seed {arguments.seed}: {arguments.kills} kills in {time.monotonic() - started:.0f} s; "
        f"{len(story.opened)} incidents, {len(story.acknowledged)} commands acknowledged"
    )
    for each in wrong:
        print("WRONG:", each)  # noqa: T201
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
