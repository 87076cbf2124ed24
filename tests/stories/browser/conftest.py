"""A whole installation on a clock that the test moves, and the cast before real browsers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from muster.cases import editions, leases, state
from muster.cases.models import CaseRecord
from muster.cases.timekeeper import CASES, tick_due
from muster.console import frame
from muster.console.room.tasks import dom_id
from muster.notices.deliver import deliver
from muster.plans.shelf import read_library_plan
from muster.testing.builders import a_person
from muster.testing.cast import PLAN, cast
from muster.testing.clock import Clock

MOST_TICKS = 500
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


class Town:
    """The installation, its clock, and one browser for each person, signed in through the door that everybody uses."""

    def __init__(self, browser: Any, server: Any, clock: Clock, passwords: dict[str, str], pictures: Path) -> None:
        self.browser, self.url, self.clock, self.passwords, self.pictures = (
            browser,
            server.url,
            clock,
            passwords,
            pictures,
        )
        self.pages: dict[str, Any] = {}
        self.watching: set[str] = set()
        """Those whose page stays open while others act."""
        self.broken: list[str] = []
        self.number = ""

    @property
    def now(self) -> datetime:
        return self.clock.now

    @property
    def case(self) -> CaseRecord:
        return CaseRecord.objects.get(number=self.number)

    def moves_to(self, when: str) -> None:
        """Let time pass until "10:20" or "+1d 09:00", with the timekeeper and the deliverer at their work."""
        day, _, time = when.rpartition(" ")
        local = self.clock.starts + timedelta(days=int(re.sub(r"\D", "", day) or 0))
        hour, minute = map(int, time.split(":"))
        target = local.replace(hour=hour, minute=minute)
        for _tick in range(MOST_TICKS):
            due = leases.next_ready(CASES)
            if due is None or due > target:
                break
            self.clock.now = max(self.clock.now, due)
            tick_due(self.clock.now)
            deliver(self.clock.now)
        assert target >= self.clock.now, f"the story already stands at {self.clock.now}"
        self.clock.now = target
        deliver(self.clock.now)

    def sees(self, who: str, *, phone: bool = False) -> Any:
        """This person's page; the first time they sign in."""
        if who not in self.pages:
            context = self.browser.new_context(
                locale="zh-CN", timezone_id="Asia/Shanghai", viewport=PHONE if phone else DESK, has_touch=phone
            )
            context.set_default_timeout(10_000)
            page = context.new_page()
            page.on("pageerror", lambda error: self.broken.append(f"{who}: {error}"))
            page.on("console", lambda said: self._heard(who, said))
            page.goto(f"{self.url}/sign-in/")
            page.fill("input[name=username]", who)
            page.fill("input[name=password]", self.passwords[who])
            page.click("button.btn--main")
            page.wait_for_url(f"{self.url}/")
            self.pages[who] = page
        return self.pages[who]

    def _heard(self, who: str, said: Any) -> None:
        if "Content Security Policy" in said.text:
            self.broken.append(f"{who}: {said.text}")

    def room(self, who: str, **more: Any) -> Any:
        """The person stands in the room of the case as it is now; whoever is already there sees it without reloading."""
        page = self.sees(who, **more)
        for name, other in self.pages.items():
            if name not in (who, *self.watching) and other.url != "about:blank":
                other.goto("about:blank")  # nobody looks at it: it need not follow
        if page.url == f"{self.url}/cases/{self.number}/" and not page.locator("[data-panel]").count():
            page.evaluate(
                "document.getElementById('result').replaceChildren(); htmx.trigger(document.body, 'muster:changed')"
            )
            page.wait_for_function(
                "v => document.getElementById('room-version').value.startsWith('\"' + v + '-')", arg=self.case.version
            )
        else:
            page.goto(f"{self.url}/cases/{self.number}/")
        return page

    def picture(self, page: Any, name: str) -> None:
        page.screenshot(path=self.pictures / f"{name}.png", full_page=True)

    # --- what somebody does in the room

    def opens(self, who: str, act: str, task: str = "") -> Any:
        """The person presses the button of an act and has its form before them."""
        page = self.room(who)
        button = self.button(page, act, task)
        button.click()
        form = page.locator(f"[data-panel='{act}'] form")
        form.wait_for()
        return form

    def button(self, page: Any, act: str, task: str = "") -> Any:
        if not task:
            button = page.locator(f"#room-head [data-act='{act}'], #grade [data-act='{act}']").first
            if not button.is_visible():
                page.locator(".menu > summary").click()
            return button
        row = page.locator(f"#{dom_id('t', task)}")
        if row.count() and not row.is_visible():
            page.evaluate(
                "id => { for (let e = document.getElementById(id); e; e = e.parentElement) if (e.tagName === 'DETAILS') e.open = true }",
                dom_id("t", task),
            )
        return row.locator(f"[data-act='{act}']").first

    def fills(self, form: Any, **fields: Any) -> None:
        """Text into fields, a tick into chips, a choice from a list; by the name of the field."""
        for name, value in fields.items():
            name = name.replace("__", "-")
            field = form.locator(f"[name='{name}']").first
            field.wait_for(state="attached")
            if not field.is_visible():
                form.evaluate("f => f.querySelectorAll('details').forEach(d => { d.open = true })")
            kind = field.evaluate("e => e.type")
            if kind in ("radio", "checkbox"):
                for each in value if isinstance(value, list) else [value]:
                    form.locator(f"[name='{name}'][value='{each}']").check(force=True)
            elif kind == "select-one":
                field.select_option(value)
            else:
                field.fill(value)

    def does(self, who: str, act: str, task: str = "", **fields: Any) -> Any:
        """An act from its button to its note; it must be accepted."""
        form = self.opens(who, act, task)
        self.fills(form, **fields)
        page = self.pages[who]
        # The note of the act before may still be there: first comes the answer to this one.
        with page.expect_response(lambda answer: "/do/" in answer.url and answer.request.method == "POST"):
            form.locator("button.btn--main").click()
        self.is_told(page)
        return page

    def is_told(self, page: Any, about: str = "") -> str:
        """The note that says an act was done, once it speaks of `about`."""
        note = page.locator("#result .note--done, .said .note--done, [data-refusal]").filter(has_text=about).first
        note.wait_for()
        assert "note--done" in (note.get_attribute("class") or ""), note.inner_text()
        return note.inner_text()


class StoryClock(Clock):
    """Begins at an instant in the plan's zone; days and wall clocks of the story are counted from there."""

    def __init__(self, starts: datetime) -> None:
        super().__init__(starts)
        self.starts = starts


@pytest.fixture
def town(browser, live_server, monkeypatch, tmp_path, request) -> Iterator[Town]:
    """The Luohe plan in force at nine in the morning, and everybody who plays a part."""
    state.forget_all()
    clock = StoryClock(datetime.fromisoformat("2026-03-10T09:00:00+08:00"))
    monkeypatch.setattr(frame, "present", clock)
    began = clock.now - timedelta(days=365)
    editions.adopt(read_library_plan(PLAN), began)
    passwords = {name: password for name, (_person, password) in cast(began).items()}
    # Song reviews the law for the justice bureau: nobody of the cast does.
    song = a_person("song", PLAN, "justice-bureau", now=began, name="宋明法")
    song.set_password("law-and-order-2026")
    song.save()
    passwords["song"] = "law-and-order-2026"
    failed_before = request.session.testsfailed
    town = Town(browser, live_server, clock, passwords, tmp_path)
    yield town
    has_failed = request.session.testsfailed > failed_before
    for who, page in town.pages.items():
        if has_failed and page.url != "about:blank":
            page.screenshot(path=tmp_path / f"last-{who}.png", full_page=True)
        page.context.close()
    assert not town.broken, "the pages complained: " + "; ".join(town.broken)
