"""Random commands against the engine, and what must be true whatever people do.

Chance comes from outside: whoever calls hands over something that chooses (`random.Random(seed)` does), so that the same
choices always give the same commands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, TypeVar

from msgspec import Struct

from muster.engine import commands as c
from muster.engine import events as e
from muster.engine.clocks import wake_at
from muster.engine.decide import decide
from muster.engine.evolve import evolve, replay
from muster.engine.narrating import narrate
from muster.engine.program import Program
from muster.engine.refusals import Refusal
from muster.engine.state import NEW, Case, Status, decode_case, encode_case
from muster.engine.telling import tell
from muster.plans.model import ActorKind, CaseKind, Choice, Filled, RightName, TaskKind

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
FINISHED = frozenset({Status.COMPLETED, Status.WAIVED, Status.DECLINED})

T = TypeVar("T")


class Chooser(Protocol):
    """What chance is asked for; `random.Random` has these."""

    def choice(self, seq: Sequence[T], /) -> T: ...

    def randint(self, a: int, b: int, /) -> int: ...

    def random(self) -> float: ...


class Breach(Struct, frozen=True):
    """Something that must always hold and did not: which rule, what was seen, and the command that showed it."""

    rule: str
    says: str
    command: str
    at: datetime


class Stress(Struct, frozen=True):
    """What came of one case: how many commands it took, how many were refused, its events, every breach."""

    commands: int
    refused: int
    events: int
    breaches: tuple[Breach, ...]
    case: Case


def stress(program: Program, chooser: Chooser, steps: int, *, kind: str = "") -> Stress:
    """Run one case with `steps` random commands; `kind` of case, or chosen. Never raises for what the engine does wrong
    within a decision of its own; an exception of the engine is a bug and comes through."""
    return _Stress(program, chooser, kind).run(steps)


class _Stress:
    def __init__(self, program: Program, chooser: Chooser, kind: str) -> None:
        self.program = program
        self.chooser = chooser
        self.people = _Commands(program, chooser, kind)
        self.case = NEW
        self.now = START
        self.events: list[e.AnyEvent] = []
        self.breaches: list[Breach] = []
        self.command: c.AnyCommand = c.Tick()

    def run(self, steps: int) -> Stress:
        refused = 0
        for _ in range(steps):
            self.command = self.people.next(self.case, self.now)
            decided = decide(self.program, self.case, self.command, self.now)
            if isinstance(decided, Refusal):
                refused += 1
                self._check_refusal(decided)
            else:
                self._take(decided)
            self._pass_time()
        if replay(self.events) != self.case:
            self._breach("replay", "replaying the events gives another case")
        if decode_case(encode_case(self.case)) != self.case:
            self._breach("snapshot", "the case read from its snapshot is another one")
        return Stress(steps, refused, len(self.events), tuple(self.breaches), self.case)

    def _breach(self, rule: str, says: str) -> None:
        self.breaches.append(Breach(rule, says, repr(self.command), self.now))

    # --- time

    def _pass_time(self) -> None:
        """Go on by a random time: to the next instant the case asks for, or a while without it (a process was down)."""
        chance = self.chooser.random()
        if chance < 0.4:
            return
        wakes = wake_at(self.program, self.case, self.now)
        if chance < 0.7 and wakes is not None:
            self.now = max(self.now, min(wakes, self.now + timedelta(days=400)))
        else:
            self.now += timedelta(seconds=self.chooser.choice((0, 1, 59, 60, 600, 3600, 5400, 86_400, 400_000)))
        self.command = c.Tick()
        self._tick()

    def _tick(self) -> None:
        if not self.case.version:
            return
        if self.case.is_over:
            if wake_at(self.program, self.case, self.now) is not None:
                self._breach("wake-over", "a case that is over asks to be woken")
            return
        decided = decide(self.program, self.case, c.Tick(), self.now)
        if isinstance(decided, Refusal):
            self._breach("tick-refused", decided.says.en)
            return
        self._take(decided)
        again = decide(self.program, self.case, c.Tick(), self.now)
        if isinstance(again, Refusal) or again:
            names = again.code if isinstance(again, Refusal) else ", ".join(e.name_of(event) for event in again)
            self._breach("tick-twice", f"a second tick at the same instant brings {names}")
        wakes = wake_at(self.program, self.case, self.now)
        if wakes is not None and wakes <= self.now:
            self._breach("wake-stuck", f"just ticked, the case asks to be woken at {wakes.isoformat()}")

    # --- what must hold

    def _check_refusal(self, refusal: Refusal) -> None:
        for language in ("zh", "en"):
            if not refusal.say(language).strip() or "{" in refusal.say(language):
                self._breach("refusal-words", f"{refusal.code}: {refusal.say(language)}")

    def _take(self, decided: tuple[e.AnyEvent, ...]) -> None:
        for event in decided:
            before = self.case
            self.case = evolve(before, event)
            self.events.append(event)
            if e.decode(e.encode(event)) != event:
                self._breach("event-kept", f"{e.name_of(event)} reads back as another event")
            if self.case.version != before.version + 1:
                self._breach("version", f"{e.name_of(event)} does not count")
            told = narrate(self.program, self.case, event)
            if not told.zh.strip() or not told.say("en").strip():
                self._breach("narrated", f"{e.name_of(event)} has no words")
            for notice in tell(self.program, before, self.case, event):
                if not notice.says.zh.strip() or not notice.to:
                    self._breach("notice-words", f"{e.name_of(event)}: a notice without words or addressee")
            for says in _changes(before, self.case):
                self._breach("task-history", says)
        for says in _broken_clocks(self.case):
            self._breach("clock", says)


def _changes(before: Case, after: Case) -> Iterator[str]:
    """What one event may not do to tasks: forget one, or open again what was done."""
    if before.tasks is after.tasks:
        return
    for key, state in before.tasks.items():
        now = after.tasks.get(key)
        if now is None:
            yield f"{key} has vanished"
        elif now is not state and not state.step and state.status in FINISHED and now.status != state.status:
            # An approval may be asked for again: a new version of a paper voids what was approved.
            yield f"{key} was {state.status} and is {now.status} again"


def _broken_clocks(case: Case) -> Iterator[str]:
    for key, state in case.tasks.items():
        if state.key != key:
            yield f"{key} holds the state of {state.key}"
        if state.late < 0:
            yield f"{key} is {state.late} seconds late"
        if state.overdue_at is not None and case.last_at is not None and state.overdue_at > case.last_at:
            yield f"{key} is overdue before it is due"
        if state.remind_at is not None and state.due_at is not None and state.remind_at > state.due_at:
            yield f"{key} reminds after it is due"
        if not state.is_live and (state.remind_at is not None or state.climb_at is not None):
            yield f"{key} is over and its clock runs"
        if state.is_live and state.ended_at is not None:
            yield f"{key} is open and has ended"


# --- what people do


class _Commands:
    """Commands that make sense now and then: most in the right name, some in a wrong one, some nonsense."""

    def __init__(self, program: Program, chooser: Chooser, kind: str) -> None:
        self.program = program
        self.edition = program.edition
        self.chooser = chooser
        self.actors = list(self.edition.actors)
        self.inside = [actor.id for actor in self.edition.actors.values() if actor.kind is not ActorKind.PARTY]
        self.parties = [actor.id for actor in self.edition.actors.values() if actor.kind is ActorKind.PARTY]
        self.kind = kind or self._kind()

    def _kind(self) -> str:
        kinds = ["incident", "incident", "incident", "hazard"]
        if self.program.scales_by_kind[CaseKind.WARNING]:
            kinds.append("warning")
        return self.chooser.choice(kinds)

    def next(self, case: Case, now: datetime) -> c.AnyCommand:
        if not case.version:
            return self._open(now)
        if case.is_over and self.chooser.random() < 0.7:
            by = self._holder(case, RightName.REOPEN, now)
            return c.ReopenCase(by=by, reason="还有后续" if self.chooser.random() < 0.8 else "")
        chance = self.chooser.random()
        if chance < 0.45 and case.tasks:
            return self._about_task(case, now)
        if chance < 0.65:
            return c.Assess(
                by=self._holder(case, RightName.HANDLE, now), facts=self._facts(), types=self._types(), note=""
            )
        if chance < 0.75:
            return self._level(case, now)
        return self._other(case, now)

    def _holder(self, case: Case, right: RightName, now: datetime, candidate: str = "") -> str:
        """Mostly somebody who may, sometimes anybody."""
        holders = self.program.holders(case, right, now, candidate=candidate)
        if holders and self.chooser.random() < 0.85:
            return self.chooser.choice(holders)
        return self.chooser.choice(self.actors)

    def _open(self, now: datetime) -> c.AnyCommand:
        units = self._units()
        if self.kind == "warning":
            colour = self._level_of("warning")
            by = self._holder(Case(kind="warning"), RightName.PROPOSE, now, colour)
            return c.ProposeWarning(by=by, colour=colour, contents=self._contents(), units=units)
        by = self.chooser.choice(self.inside)
        if self.kind == "hazard":
            return c.OpenOccurrence(by=by, kind="hazard", title="隐患", facts=self._facts(), units=units)
        occurred = now - timedelta(minutes=self.chooser.randint(0, 300)) if self.chooser.random() < 0.8 else None
        return c.OpenIncident(
            by=by, title="事件", types=self._types(), occurred=occurred, facts=self._facts(), units=units,
            detected=now if self.chooser.random() < 0.3 else None,
        )  # fmt: skip

    def _units(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for actor in self.edition.actors.values():
            if actor.filled is Filled.CASE and self.chooser.random() < 0.6:
                pool = actor.among or tuple(f"{actor.id}甲乙丙"[-12:] + str(n) for n in range(3))
                count = self.chooser.randint(1, len(pool)) if actor.many else 1
                most = actor.seats[1] or count
                found[actor.id] = tuple(pool[: min(count, most)])
        return found

    def _types(self) -> tuple[str, ...]:
        known = list(self.edition.types)
        if not known or self.chooser.random() < 0.5:
            return ()
        return (self.chooser.choice(known),)

    def _facts(self) -> dict[str, Any]:
        asked = [fact for fact in self.edition.facts.values() if fact.derived is None]
        if not asked:
            return {}
        some = [self.chooser.choice(asked) for _ in range(self.chooser.randint(1, 6))]
        return {fact.id: self._value(fact.type, fact.values) for fact in some}

    def _value(self, kind: str, choices: tuple[Choice, ...]) -> Any:
        chance = self.chooser.random()
        if chance < 0.05:
            return None
        if chance < 0.08:
            return "说不清"
        match kind:
            case "bool":
                return self.chooser.choice((True, False, "是", "no"))
            case "int" | "number" | "money":
                return self.chooser.choice((0, 1, 2, 3, 5, 6, 10, 30, 49, 50, 100, 1000, 10_000_000))
            case "duration":
                return self.chooser.choice((0, 60, "30m", "2h"))
            case "instant":
                return (START + timedelta(minutes=self.chooser.randint(-600, 6000))).isoformat()
            case "date":
                return (START + timedelta(days=self.chooser.randint(-10, 100))).date().isoformat()
            case "enum":
                return self.chooser.choice(choices).id
            case "set":
                return list(dict.fromkeys(self.chooser.choice(choices).id for _ in range(2)))
            case _:
                return "已知情况"

    def _level_of(self, kind: str) -> str:
        scales = self.program.scales_by_kind[CaseKind(kind)]
        return self.chooser.choice(scales[0].levels).id if scales else "-"

    def _level(self, case: Case, now: datetime) -> c.AnyCommand:
        if case.kind == "warning":
            return self._warning(case, now)
        scales = self.program.scales_by_kind[CaseKind(case.kind)]
        if not scales:
            return c.Jot(by=self.chooser.choice(self.actors), text="没有分级")
        scale = self.chooser.choice(scales)
        level = self.chooser.choice(scale.levels).id
        by = self._holder(case, RightName.CONFIRM, now, level)
        return c.ConfirmLevel(by=by, level=level, scale=scale.id, reason=self.chooser.choice(("", "研判认定")))

    def _warning(self, case: Case, now: datetime) -> c.AnyCommand:
        colour = case.proposal.colour if case.proposal else self._level_of("warning")
        act = self.chooser.choice(("propose", "approve", "issue", "issue", "lift", "return"))
        match act:
            case "propose":
                colour = self._level_of("warning")
                by = self._holder(case, RightName.PROPOSE, now, colour)
                return c.ProposeWarning(by=by, colour=colour, contents=self._contents(), reason="形势变化")
            case "approve":
                return c.ApproveWarning(by=self._holder(case, RightName.APPROVE, now, colour))
            case "issue":
                return c.IssueWarning(by=self._holder(case, RightName.ISSUE, now, colour))
            case "return":
                return c.ReturnWarning(by=self._holder(case, RightName.APPROVE, now, colour), reason="依据不足")
            case _:
                if self.chooser.random() < 0.6:
                    return c.Tick()
                return c.LiftWarning(by=self._holder(case, RightName.LIFT, now), reason="危险解除")

    def _contents(self) -> dict[str, Any]:
        scales = self.program.scales_by_kind[CaseKind.WARNING]
        return self._fields(scales[0].form) if scales else {}

    def _fields(self, form_id: str) -> dict[str, Any]:
        form = self.edition.forms.get(form_id)
        if form is None or self.chooser.random() < 0.2:
            return {}
        found: dict[str, Any] = {}
        for field in form.fields:
            if field.required or self.chooser.random() < 0.4:
                if field.type == "list":
                    found[field.id] = ["甲", "乙", "丙", "丁"][: self.chooser.randint(1, 4)]
                else:
                    value = self._value(field.type, field.values)
                    found[field.id] = "说明" if value is None else value
        return found

    def _about_task(self, case: Case, now: datetime) -> c.AnyCommand:
        live = [state for state in case.tasks.values() if state.is_live]
        pool = live if live and self.chooser.random() < 0.9 else list(case.tasks.values())
        state = self.chooser.choice(pool)
        task = self.edition.tasks.get(state.task)
        who = state.who or tuple(self.actors)
        by = self.chooser.choice(who) if self.chooser.random() < 0.85 else self.chooser.choice(self.actors)
        about: dict[str, Any] = {"by": by, "task": state.key}
        reason = self.chooser.choice(("", "等待核实"))
        if state.step:
            about["task"] = state.key.split("!")[0]
            approving: tuple[c.AnyCommand, ...] = (
                c.Approve(**about),
                c.Approve(**about),
                c.Return(**about, reason=reason),
            )
            return self.chooser.choice(approving)
        if task is None:
            plain: tuple[c.AnyCommand, ...] = (c.Complete(**about), c.Take(**about), c.Acknowledge(**about))
            return self.chooser.choice(plain)
        fields = self._fields(task.form)
        earlier = now - timedelta(minutes=self.chooser.randint(0, 90)) if self.chooser.random() < 0.2 else None
        finishing: list[c.AnyCommand] = [
            c.Complete(**about, fields=fields, value=self._settled(task.settles), reason=reason, at=earlier)
        ]
        if task.kind is TaskKind.DECISION:
            finishing.append(c.Decide(**about, value=self._settled(task.settles), reason=reason))
        if task.kind is TaskKind.RELEASE:
            finishing.append(c.Publish(**about, fields=fields))
        if task.kind is TaskKind.APPOINT and task.fills:
            finishing.append(c.Appoint(by=by, post=task.fills, to=self._fill(task.fills)))
        if task.kind is TaskKind.DISPATCH:
            finishing.append(c.Arrive(**about))
        if task.approve:
            finishing += [c.Draft(**about, fields=fields), c.Draft(**about, fields=fields), c.Send(**about)]
        if task.sign:
            finishing.append(
                c.Sign(**about, signer=self.chooser.choice(task.sign), refused=self.chooser.random() < 0.2)
            )
        chance = self.chooser.random()
        if chance < 0.65:
            return self.chooser.choice(finishing)
        others: tuple[c.AnyCommand, ...] = (
            c.Take(**about),
            c.Decline(**about, reason=reason),
            c.Acknowledge(**about),
            c.AgreeDue(**about, due=now + timedelta(days=self.chooser.randint(0, 9)), evidence=(reason,)),
            c.Waive(task=state.key, by=self._holder(case, RightName.WAIVE, now), reason=reason),
        )
        return self.chooser.choice(others)

    def _fill(self, post: str) -> tuple[str, ...]:
        actor = self.edition.actors[post]
        return (self.chooser.choice(actor.among or ("某单位",)),)

    def _settled(self, settles: str) -> Any:
        if not settles:
            return self.chooser.choice((None, True, "已定"))
        if settles in self.edition.scales:
            return self.chooser.choice(self.edition.scales[settles].levels).id
        fact = self.edition.facts.get(settles)
        return self._value(fact.type, fact.values) if fact else self.chooser.choice((True, False, None))

    def _other(self, case: Case, now: datetime) -> c.AnyCommand:
        handle = self._holder(case, RightName.HANDLE, now)
        anybody = self.chooser.choice(self.actors)
        party = self.chooser.choice(self.parties) if self.parties else "nobody"
        known = [ref for ref, each in case.parties.items() if each.party == party]
        filled = [actor.id for actor in self.edition.actors.values() if actor.filled is Filled.CASE] or [anybody]
        post = self.chooser.choice(filled)
        rare = self.chooser.random()
        if rare < 0.03:
            return c.Dismiss(by=self._holder(case, RightName.DISMISS, now), reason="误报")
        if rare < 0.05:
            return c.HandOver(by=self._holder(case, RightName.HAND_OVER, now), to="上级", reason="移交上级")
        if rare < 0.06:
            return c.Seal(by=handle, reference="密字1号")
        acts: tuple[c.AnyCommand, ...] = (
            c.StartResponse(by=self._holder(case, RightName.START, now)),
            c.StartResponse(by=self._holder(case, RightName.START, now)),
            c.EndResponse(by=self._holder(case, RightName.END, now), reason="平息"),
            c.BeginReview(by=self._holder(case, RightName.REVIEW, now)),
            c.CloseCase(by=self._holder(case, RightName.CLOSE, now)),
            c.Correct(by=handle, instants={"occurred": now - timedelta(minutes=self.chooser.randint(-30, 400))}),
            c.Register(by=handle, party=party, name="某人"),
            c.Withdraw(
                by=handle, party=party, ref=self.chooser.choice(known) if known else "nobody", reason="登记有误"
            ),
            c.Appoint(by=handle, post=post, to=self._fill(post) if post in self.edition.actors else ("某单位",)),
            c.Direct(by=anybody, to=(self.chooser.choice(self.actors),), text="抓紧办理", kind="chase"),
            c.Jot(by=anybody, text="补记一笔", at=now - timedelta(minutes=self.chooser.randint(0, 60))),
            c.AddTask(
                by=self._holder(case, RightName.COMMAND, now),
                name="加开窗口",
                who=anybody,
                reason="现场需要",
                due=now + timedelta(hours=1),
            ),
            c.Absorb(by=handle, other="9", facts=self._facts()),
            c.Tick(),
        )
        return self.chooser.choice(acts)
