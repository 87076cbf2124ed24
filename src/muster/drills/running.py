"""A scenario run on a virtual clock: between its inputs time passes, and every clock acts at its own instant.

What time brings at an instant comes before what people do at it; what is expected is looked at after both. The case
is ticked at each instant it asks to be woken at and never else. The same file under the same edition gives the same
run, to the last event.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Literal

from msgspec import Struct

from muster.drills.commanding import Commander
from muster.drills.expecting import Seen, look, refused_inputs
from muster.drills.scenario import VERBS, Expectation, Input, Scenario
from muster.engine import commands as c
from muster.engine import events as e
from muster.engine.clocks import wake_at
from muster.engine.decide import decide
from muster.engine.evolve import evolve
from muster.engine.narrating import Importance, actor_of, narration
from muster.engine.program import Program
from muster.engine.refusals import Refusal
from muster.engine.state import NEW, Case, Status, TaskState
from muster.engine.telling import Notice, tell
from muster.plans.model import Words

# A case that asks to be woken again at the same instant this often, without end, is at fault.
MOST_TICKS_AT_ONCE = 100


class Entry(Struct, frozen=True, kw_only=True):
    """One line of the record. `name` is the event's name, the verb, the code of a refusal, or the kind of a notice.

    `number` is the input that brought it, -1 where time did. Of a refusal `is_expected` says whether the scenario
    foresaw it; a fault is the engine's own.
    """

    at: datetime
    kind: Literal["input", "event", "refusal", "notice", "fault"]
    name: str
    says: Words
    detail: Words = Words("", "")
    importance: Importance = Importance.PLAIN
    number: int = -1
    by: str = ""
    who: Words = Words("", "")
    to: str = ""
    key: str = ""
    is_expected: bool = False
    event: e.Event | None = None


class Verdict(Struct, frozen=True, kw_only=True):
    """One thing that was expected, and what was found instead where it does not hold.

    `word` is the word of the expectation; "allowed" for an input that was refused though nobody expected it, "engine"
    for a fault of the engine. `number` is the expectation in the file (the input, for those two), from 0; `line` where it
    stands in the file.
    """

    at: datetime
    number: int
    line: int = 0
    word: str
    holds: bool
    expected: Words
    found: Words
    for_: str = ""


class Outcome(StrEnum):
    """What became of a clock. Running: neither done nor due when the scenario ended."""

    MET = "met"
    LATE = "late"
    MISSED = "missed"
    RUNNING = "running"


class ClockScore(Struct, frozen=True, kw_only=True):
    """One clock of the plan: `late` in seconds past its due instant."""

    key: str
    task: str
    for_: str
    outcome: Outcome
    due_at: datetime
    ended_at: datetime | None = None
    late: int = 0


class Run(Struct, frozen=True, kw_only=True):
    """What came of a scenario. `end_at` is the last instant it names."""

    scenario: Scenario
    edition: str
    start_at: datetime
    end_at: datetime
    case: Case
    events: tuple[e.AnyEvent, ...]
    entries: tuple[Entry, ...]
    verdicts: tuple[Verdict, ...]
    clocks: tuple[ClockScore, ...]

    @property
    def passed(self) -> bool:
        return all(verdict.holds for verdict in self.verdicts)

    @property
    def failures(self) -> tuple[Verdict, ...]:
        return tuple(verdict for verdict in self.verdicts if not verdict.holds)

    def count(self, outcome: Outcome) -> int:
        return sum(clock.outcome is outcome for clock in self.clocks)


def run(program: Program, scenario: Scenario, *, narrated: bool = True) -> Run:
    """Run a scenario under a plan. Its names must lead somewhere: see `muster.drills.checking.faults_of`.

    `narrated` False leaves the lines of the record out, for whoever only wants the verdicts.
    """
    return _Running(program, scenario, narrated).run()


def start_of(program: Program, scenario: Scenario) -> datetime:
    """When a scenario begins, in UTC."""
    assert scenario.starts.at is not None
    at = scenario.starts.at
    return (at if at.tzinfo else at.replace(tzinfo=program.zone)).astimezone(UTC)


def score(case: Case) -> tuple[ClockScore, ...]:
    """What became of every clock that counted: of everything owed with a limit, as the case stands."""
    found = []
    for state in case.tasks.values():
        outcome = _outcome(state)
        if outcome is not None and state.due_at is not None:
            found.append(
                ClockScore(
                    key=state.key, task=state.task, for_=state.for_, outcome=outcome, due_at=state.due_at,
                    ended_at=state.ended_at, late=state.late,
                )
            )  # fmt: skip
    return tuple(found)


def _outcome(state: TaskState) -> Outcome | None:
    if state.due_at is None or state.status in (Status.OFFERED, Status.DECLINED, Status.WAIVED):
        return None
    if state.status == Status.COMPLETED:
        return Outcome.LATE if state.late else Outcome.MET
    if state.how == "never-stood":
        return None  # as was learned later, nobody owed it
    if state.overdue_at is not None:
        # What stopped applying after it fell due was missed all the same.
        return Outcome.MISSED
    return None if state.status == Status.TERMINATED else Outcome.RUNNING


class _Running:
    def __init__(self, program: Program, scenario: Scenario, narrated: bool) -> None:
        self.program = program
        self.scenario = scenario
        self.narrated = narrated
        self.start = start_of(program, scenario)
        self.commander = Commander(program, scenario, self.start)
        self.now = self.start
        self.case = NEW
        self.events: list[e.AnyEvent] = []
        self.entries: list[Entry] = []
        self.verdicts: list[Verdict] = []
        self.refusals: dict[int, Refusal] = {}  # input → why it was refused
        self.told: list[str] = []  # since the last instant with an expectation
        self.ended_by = ""
        self.ticked_at: datetime | None = None
        self.is_stuck = False  # until the next event, time is no longer asked what it brings

    def run(self) -> Run:
        inputs = _by_instant(self.scenario.inputs, self.commander.instant)
        dated = [each for each in self.scenario.expectations if not each.at.is_end]
        expected = _by_instant(dated, self.commander.instant)
        end = max([*inputs, *expected], default=self.start)
        last = [each for each in self.scenario.expectations if each.at.is_end]
        if last:
            expected.setdefault(end, []).extend(last)
        for at in sorted({*inputs, *expected}):
            here = inputs.get(at, [])
            foreseen = refused_inputs(here, expected.get(at, []))
            self._pass_time(at)
            self.now = at
            for each in here:
                self._act(each, each.number in foreseen)
            self._pass_time(at)
            if at in expected:
                self._look(expected[at], here)
        return Run(
            scenario=self.scenario,
            edition=self.program.edition.digest,
            start_at=self.start,
            end_at=end,
            case=self.case,
            events=tuple(self.events),
            entries=tuple(self.entries),
            verdicts=tuple(self.verdicts),
            clocks=score(self.case),
        )

    # --- time

    def _pass_time(self, to: datetime) -> None:
        """Tick at every instant up to `to` at which the case asks for it."""
        at_once = 0
        while not self.is_stuck:
            wakes = wake_at(self.program, self.case, self.ticked_at)
            if wakes is None or wakes > to:
                return
            at = max(wakes, self.now)
            at_once = at_once + 1 if at == self.now else 1
            self.now = self.ticked_at = at
            decided = decide(self.program, self.case, c.Tick(), at)
            if isinstance(decided, Refusal):
                self._fault(
                    at, Words(f"时钟被拒绝：{decided.say('zh')}", f"the clock was refused: {decided.say('en')}")
                )
            elif not decided and (again := wake_at(self.program, self.case, at)) is not None and again <= at:
                said = f"{again.astimezone(self.program.zone):%Y-%m-%d %H:%M:%S}"
                self._fault(
                    at,
                    Words(
                        f"引擎要求在{said}唤醒，却无事可办",
                        f"the engine asked to be woken at {said}, and nothing was due",
                    ),
                )
            elif at_once > MOST_TICKS_AT_ONCE:
                self._fault(at, Words("引擎在同一时刻反复唤醒", "the engine wakes at the same instant without end"))
            else:
                self._record(decided)

    def _fault(self, at: datetime, says: Words) -> None:
        self.is_stuck = True
        self.entries.append(Entry(at=at, kind="fault", name="engine", says=says, importance=Importance.KEY))
        nothing = Words("时间正常推进", "time goes on")
        self.verdicts.append(Verdict(at=at, number=-1, word="engine", holds=False, expected=nothing, found=says))

    # --- people

    def _act(self, each: Input, is_foreseen: bool) -> None:
        by = self.commander.names.actor(each.by)
        if self.narrated:
            self.entries.append(
                Entry(
                    at=self.now, kind="input", name=each.verb, says=VERBS[each.verb].name, number=each.number, by=by,
                    who=self.program.actor_name(by), importance=Importance.QUIET,
                )
            )  # fmt: skip
        commands = self.commander.commands(self.case, each)
        if isinstance(commands, Refusal):
            self._refuse(each, by, commands, is_foreseen)
            return
        for command in commands:
            decided = decide(self.program, self.case, command, self.now)
            if isinstance(decided, Refusal):
                self._refuse(each, by, decided, is_foreseen)
                return
            self._record(decided, each.number)
            if isinstance(command, c.Register):
                self._remember_party(command, decided)

    def _remember_party(self, command: c.Register, decided: Iterable[e.AnyEvent]) -> None:
        for event in decided:
            if isinstance(event, e.PartyRegistered) and command.name:
                self.commander.refs[command.name] = event.ref

    def _refuse(self, each: Input, by: str, refusal: Refusal, is_foreseen: bool) -> None:
        self.refusals[each.number] = refusal
        self.entries.append(
            Entry(
                at=self.now, kind="refusal", name=refusal.code, says=refusal.says, number=each.number, by=by,
                who=self.program.actor_name(by), importance=Importance.KEY, is_expected=is_foreseen,
            )
        )  # fmt: skip
        if not is_foreseen:
            verb = VERBS[each.verb].name
            expected = Words(f"准许{verb.zh}", f"allowed to {verb.en}")
            self.verdicts.append(
                Verdict(
                    at=self.now,
                    number=each.number,
                    line=each.line,
                    word="allowed",
                    holds=False,
                    expected=expected,
                    found=refusal.says,
                )
            )

    def _record(self, decided: Iterable[e.AnyEvent], number: int = -1) -> None:
        for event in decided:
            before, self.case = self.case, evolve(self.case, event)
            self.is_stuck = False
            self.events.append(event)
            if self.case.is_over and not before.is_over:
                self.ended_by = event.by
            notices = tell(self.program, before, self.case, event)
            self.told.extend(notice.to for notice in notices)
            if isinstance(event, e.TaskCompleted):
                self.told.extend(event.to)
            if self.narrated:
                self._narrate(event, notices, number)

    def _narrate(self, event: e.AnyEvent, notices: tuple[Notice, ...], number: int) -> None:
        told = narration(self.program, self.case, event)
        self.entries.append(
            Entry(
                at=event.at, kind="event", name=e.name_of(event), says=told.says, detail=told.detail,
                importance=told.importance, number=number, by=event.by, who=actor_of(self.program, event),
                key=getattr(event, "key", ""), event=event,
            )
        )  # fmt: skip
        for notice in notices:
            self.entries.append(
                Entry(
                    at=self.now, kind="notice", name=notice.kind, says=notice.says, importance=Importance.QUIET,
                    number=number, to=notice.to, who=self.program.actor_name(notice.to), key=notice.key,
                )
            )  # fmt: skip

    # --- what is expected

    def _look(self, expectations: list[Expectation], here: list[Input]) -> None:
        seen = Seen(
            program=self.program, commander=self.commander, case=self.case, now=self.now, told=tuple(self.told),
            inputs=tuple(here), refusals=self.refusals, ended_by=self.ended_by,
        )  # fmt: skip
        for each in expectations:
            for word, wanted in each.words.items():
                found = look(seen, each, word, wanted)
                self.verdicts.append(
                    Verdict(
                        at=self.now, number=each.number, line=each.line, word=word, holds=found.holds, expected=found.expected,
                        found=found.found, for_=each.for_,
                    )
                )  # fmt: skip
        self.told.clear()


def _by_instant(
    items: Iterable[Input] | Iterable[Expectation], instant: Callable[..., datetime]
) -> dict[datetime, list[Any]]:
    found: dict[datetime, list[Any]] = {}
    for each in items:
        found.setdefault(instant(each.at), []).append(each)
    return found
