"""The other way in for `tests.stories.killing`: the real server, by the forms that people fill in.

`muster serve` (on PostgreSQL with `muster worker` beside it) is started, spoken to by several threads over HTTP as
browsers do, and killed with all its processes.
"""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from datetime import datetime, timedelta
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from tests.stories.killing import Story

CLIENTS = 3
STARTS_WITHIN = 60
CHINA = ZoneInfo("Asia/Shanghai")
PASSWORD = "three-taps-are-dry"
NOT_ANSWERED = (OSError, http.client.HTTPException)


class Browser:
    """One person's browser: keeps its cookies from one life of the server to the next."""

    def __init__(self, username: str) -> None:
        self.username = username
        self.cookies: dict[str, str] = {}

    def asks(self, port: int, method: str, path: str, fields: dict[str, Any] | None = None) -> tuple[int, str, str]:
        """Status, where to go next, and the page. Raises what NOT_ANSWERED names when the server dies meanwhile."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
            body = None
            if fields is not None:
                body = urlencode(fields)
                headers |= {"Content-Type": "application/x-www-form-urlencoded"}
                headers |= {"X-CSRFToken": self.cookies.get("csrftoken", "")}
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            page = answer.read().decode()
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie" and (found := re.match(r"(\w+)=([^;]*)", value)):
                    self.cookies[found.group(1)] = found.group(2)
            return answer.status, answer.getheader("Location") or "", page
        finally:
            connection.close()

    def signs_in(self, port: int) -> None:
        if "sessionid" in self.cookies:
            return
        self.asks(port, "GET", "/sign-in/")
        status, _, _ = self.asks(port, "POST", "/sign-in/", {"username": self.username, "password": PASSWORD})
        assert status == 302, f"{self.username} cannot sign in: {status}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """One life of the server, from its start to SIGKILL."""

    browsers = {name: Browser(name) for name in ("officer", "plumber")}

    def __init__(self, story: Story) -> None:
        self.story = story
        self.port = free_port()
        self._ended = False
        self._lock = Lock()
        programs = [["serve", "--port", str(self.port)]]
        if os.environ.get("DATABASE_URL"):
            programs.append(["worker"])
        self._programs = [
            subprocess.Popen(
                [sys.executable, "-m", "muster", *program],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
            )
            for program in programs
        ]  # fmt: skip
        self._threads: list[Thread] = []
        self._wait()
        for browser in self.browsers.values():
            browser.signs_in(self.port)
        self._left = list(story.sent.values())
        self._working = False
        self._threads = [Thread(target=self._client) for _ in range(CLIENTS)]
        for thread in self._threads:
            thread.start()

    def _wait(self) -> None:
        until = time.monotonic() + STARTS_WITHIN
        said = "nothing"
        while time.monotonic() < until:
            try:
                status, _, page = Browser("anybody").asks(self.port, "GET", "/sign-in/")
            except NOT_ANSWERED:
                time.sleep(0.02)
                continue
            if status == 200:
                return
            said = f"{status} {_words(page)}"
            time.sleep(0.5)
        self.is_killed()
        raise AssertionError(f"the server does not start; it said {said}")

    def works(self, seconds: float) -> None:
        self._working = True
        time.sleep(seconds)

    def finishes(self, seconds: float) -> None:
        """Answer all that is left; nothing new is begun."""
        self._working = False
        until = time.monotonic() + seconds
        while self.story.waiting or self.story.sent:
            assert time.monotonic() < until, f"unanswered: {list(self.story.sent)}"
            assert any(thread.is_alive() for thread in self._threads), "nobody asks any more"
            time.sleep(0.02)

    def is_killed(self) -> None:
        for program in self._programs:
            os.killpg(program.pid, signal.SIGKILL)
        self._ended = True
        for program in self._programs:
            program.wait()
        for thread in self._threads:
            thread.join()

    # --- what the clients do

    def _client(self) -> None:
        while not self._ended:
            asked = self._take()
            if asked is None:
                time.sleep(0.002)
                continue
            try:
                said = self._does(asked)
            except NOT_ANSWERED:
                return  # the server is dead; what it did not answer is asked again
            with self._lock:
                key = asked["command"]["key"]
                self.story.acknowledged[key] = said
                self.story.sent.pop(key, None)

    def _take(self) -> dict[str, Any] | None:
        with self._lock:
            if self._left:
                return self._left.pop(0)
            if not self.story.waiting and not self._working:
                return None
            asked = self.story.next()
            if asked["of"] is not None and asked["of"] not in self.story.acknowledged:
                self.story.waiting.insert(0, asked)
                return None
            self.story.sent[asked["command"]["key"]] = asked
            return asked

    def _does(self, asked: dict[str, Any]) -> dict[str, Any]:
        command = asked["command"]
        if asked["of"] is None:
            fields = {
                "sent": "1", "plan": "water-outage", "by": "duty-officer", "summary": command["title"], "key": command["key"],
                "time": f"{datetime.fromisoformat(command['occurred']).astimezone(CHINA):%H:%M}",
            }  # fmt: skip
            status, then, page = self.browsers["officer"].asks(self.port, "POST", "/intake/", fields)
            assert status == 302, f"{command['key']}: {status} {_words(page)}"
            return {"number": then.strip("/").split("/")[-1], "key": command["key"]}
        number = self.story.acknowledged[asked["of"]]["number"]
        who = "plumber" if command["by"] == "plumber" else "officer"
        fields = {name: value for name, value in command.items() if name != "command"}
        path = f"/cases/{number}/do/{command['command']}/"
        status, then, page = self.browsers[who].asks(self.port, "POST", path, fields)
        assert status == 302, f"{command['key']}: {status} {_words(page)}"
        assert number in then
        return {"number": number, "key": command["key"], "of": who}


def _words(page: str) -> str:
    return re.sub(r"<[^>]*>|\s+", " ", page)[:2000]


def minute(at: datetime) -> datetime:
    """People say when something happened to the minute: the next full one."""
    return at.replace(second=0, microsecond=0) + timedelta(minutes=1)
