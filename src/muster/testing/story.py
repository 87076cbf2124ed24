"""A story told to the engine alone: commands and a clock to move, without any store.

    story = Story(program, starts="2026-03-05 09:00")
    story.does(OpenIncident(by="duty-office", title="停电", occurred=story.at("08:40")))
    story.moves_to("10:11")
    assert story.overdue == {"written-report"}

Moving the clock ticks the case at every instant at which it asked to be woken, as the timekeeper would.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from muster.engine import NEW, Case, Notice, Program, Refusal, decide, evolve, tell, wake_at
from muster.engine.commands import Command, Tick
from muster.engine.events import AnyEvent
from muster.engine.state import Status, TaskState

MOST_TICKS = 10_000


class Story:
    """One case on a virtual clock. `events` holds its whole journal, `notices` what was told since last asked."""

    def __init__(self, program: Program, *, starts: str) -> None:
        self.program = program
        self.now = datetime.fromisoformat(starts).replace(tzinfo=program.zone)
        self.case: Case = NEW
        self.events: list[AnyEvent] = []
        self.notices: list[Notice] = []

    def at(self, when: str | timedelta) -> datetime:
        """ "10:11" today, "+1d 10:11" on a later day, "2026-03-09 10:11", or so long from now."""
        if isinstance(when, timedelta):
            return self.now + when
        if when.startswith("+"):
            days, _, clock = when[1:].partition("d ")
            local = self.now.astimezone(self.program.zone) + timedelta(days=int(days))
        elif len(when) > 5:
            return datetime.fromisoformat(when).replace(tzinfo=self.program.zone)
        else:
            clock, local = when, self.now.astimezone(self.program.zone)
        return datetime.combine(local.date(), time.fromisoformat(clock), tzinfo=self.program.zone)

    def moves_to(self, when: str | timedelta) -> Story:
        """Let time pass."""
        target = self.at(when)
        for _ in range(MOST_TICKS):
            wake = wake_at(self.program, self.case, self.now)
            if wake is None or wake > target:
                break
            self.now = max(self.now, wake)
            before = self.case.version
            self._apply(Tick())
            again = wake_at(self.program, self.case, self.now)
            assert self.case.version > before or again is None or again > self.now, (
                f"the case asks to be woken at {wake}, and nothing comes of it"
            )
        self.now = target
        return self

    def does(self, command: Command) -> tuple[AnyEvent, ...]:
        """A command that must be accepted; gives its events."""
        answer = self._apply(command)
        assert not isinstance(answer, Refusal), f"{type(command).__name__} was refused: {answer.say('en')}"
        return answer

    def is_refused(self, command: Command) -> Refusal:
        """A command that must be refused; the case is as it was."""
        answer = decide(self.program, self.case, command, self.now)
        assert isinstance(answer, Refusal), f"{type(command).__name__} was accepted: {answer}"
        return answer

    def _apply(self, command: Command) -> tuple[AnyEvent, ...] | Refusal:
        answer = decide(self.program, self.case, command, self.now)
        if isinstance(answer, Refusal):
            return answer
        for event in answer:
            after = evolve(self.case, event)
            self.notices.extend(tell(self.program, self.case, after, event))
            self.case = after
            self.events.append(event)
        return answer

    def hears(self) -> dict[str, set[str]]:
        """Who was told what kind of thing since this was last asked: actor → kinds."""
        heard: dict[str, set[str]] = {}
        for notice in self.notices:
            heard.setdefault(notice.to, set()).add(notice.kind)
        self.notices.clear()
        return heard

    def task(self, key: str) -> TaskState:
        return self.case.tasks[key]

    def clock(self, at: datetime | None) -> str:
        """An instant as the wall clock shows it, "" for none."""
        return f"{at.astimezone(self.program.zone):%m-%d %H:%M}" if at else ""

    @property
    def live(self) -> set[str]:
        """Keys of what stands open."""
        return {state.key for state in self.case.tasks.values() if state.is_live}

    @property
    def overdue(self) -> set[str]:
        """Keys of what is overdue now."""
        return {state.key for state in self.case.tasks.values() if state.is_live and state.overdue_at}

    @property
    def done(self) -> set[str]:
        return {state.key for state in self.case.tasks.values() if state.status == Status.COMPLETED}
