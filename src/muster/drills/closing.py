"""The shortest honest way out of a case: does what its own plan lets its own people do, until the case is closed.

Nothing here knows a plan: a stage is entered by whoever holds the right, what keeps it from being entered is done by
whoever owes it, open questions are answered, and what cannot be done is waived by whoever may. A case that cannot be
closed that way cannot be closed by people either, short of calling it a false alarm.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct

from muster.drills import filling
from muster.engine import commands as c
from muster.engine import events as e
from muster.engine.clocks import waits_for, wake_at
from muster.engine.decide import decide
from muster.engine.decide.stages import open_guards
from muster.engine.decide.turn import Turn
from muster.engine.evolve import evolve
from muster.engine.program import Program
from muster.engine.refusals import Refusal
from muster.engine.state import LIVE, Case, TaskState
from muster.plans.model import ActorKind, CaseKind, RightName, Stage, TaskKind

REASON = "核实后办结"
MOST_ROUNDS = 300
MOST_WAITS = 40


class Closing(Struct, frozen=True):
    """How a case came to its end: every command that it took and when, what of it was waived.

    `stuck` says why it did not: the refusals of the last attempts, each once; empty where the case is over.
    """

    case: Case
    steps: tuple[tuple[datetime, c.AnyCommand], ...]
    events: tuple[e.AnyEvent, ...]
    waived: tuple[str, ...] = ()
    stuck: tuple[str, ...] = ()


def close(program: Program, case: Case, now: datetime) -> Closing:
    """Bring `case` to its end, from wherever it stands, beginning at `now`."""
    return _Closer(program, case, now).run()


class _Closer:
    def __init__(self, program: Program, case: Case, now: datetime) -> None:
        self.program = program
        self.edition = program.edition
        self.case = case
        self.now = now if case.last_at is None or case.last_at < now else case.last_at
        self.steps: list[tuple[datetime, c.AnyCommand]] = []
        self.events: list[e.AnyEvent] = []
        self.refusals: dict[str, None] = {}
        self.variant = 0
        self.waits = 0
        self.asked: set[int] = set()
        # What is tried where nobody can act and no task can be done, the mildest first.
        self.ways = (self._answer, self._register, self._turn, self._waive, self._wait)

    def run(self) -> Closing:
        for _ in range(MOST_ROUNDS):
            if self.case.is_over:
                return self._done()
            self.refusals.clear()
            if not (self._act() or self._work() or any(way() for way in self.ways)):
                return self._done(tuple(self.refusals) or ("nothing left to do",))
        return self._done((f"not closed in {MOST_ROUNDS} rounds", *self.refusals))

    def _done(self, stuck: tuple[str, ...] = ()) -> Closing:
        waived = tuple(each.task for _, each in self.steps if isinstance(each, c.Waive))
        return Closing(self.case, tuple(self.steps), tuple(self.events), waived, stuck)

    # --- commands

    def _give(self, command: c.AnyCommand) -> bool:
        """Whether the command brought something."""
        decided = decide(self.program, self.case, command, self.now)
        if isinstance(decided, Refusal):
            self.refusals[f"{type(command).__name__} by {command.by}: {decided.says.en}"] = None
            return False
        for event in decided:
            self.case = evolve(self.case, event)
        if decided:
            self.steps.append((self.now, command))
            self.events.extend(decided)
        return bool(decided)

    def _any(self, commands: Iterable[c.AnyCommand]) -> bool:
        return any(self._give(command) for command in commands)

    def _holders(self, right: RightName, candidate: str = "", scale: str = "") -> tuple[str, ...]:
        return self.program.holders(self.case, right, self.now, candidate=candidate, scale=scale)

    # --- the case as a whole

    def _act(self) -> bool:
        if self.case.kind == "warning":
            return self._any(self._warning())
        if self.case.kind in ("hazard", "standing") and self._any(self._closings()):
            return True
        return self._confirm() or self._any(self._procedure())

    def _procedure(self) -> Iterator[c.AnyCommand]:
        stage = self.case.stage
        if stage in (Stage.INTAKE, Stage.ASSESSMENT):
            yield from (c.StartResponse(by=by) for by in self._holders(RightName.START))
        elif stage == Stage.RESPONSE:
            yield from (c.EndResponse(by=by, reason=REASON) for by in self._holders(RightName.END))
        elif stage == Stage.RECOVERY and Stage.REVIEW in self.edition.stages:
            yield from (c.BeginReview(by=by) for by in self._holders(RightName.REVIEW))
        yield from self._closings()

    def _closings(self) -> Iterator[c.AnyCommand]:
        holders = self._holders(RightName.CLOSE)
        if not holders:
            self.refusals["CloseCase: nobody holds the right"] = None
        return (c.CloseCase(by=by) for by in holders)

    def _confirm(self) -> bool:
        scale = self.program.main_scale(self.case)
        if not scale or self.case.level(scale) or self.case.kind not in ("incident", "hazard"):
            return False
        levels = [level.id for level in self.edition.scales[scale].levels]
        proposed = self.case.standings[scale].proposed if scale in self.case.standings else ""
        return self._any(
            c.ConfirmLevel(by=by, level=level, scale=scale, reason=REASON)
            for level in dict.fromkeys([proposed or levels[0], *levels])
            for by in self._holders(RightName.CONFIRM, level, scale)
        )

    def _warning(self) -> Iterator[c.AnyCommand]:
        scale = self.program.scales_by_kind[CaseKind.WARNING][0]
        proposal = self.case.proposal
        if proposal is not None:
            if proposal.approved_at is None:
                for by in self._holders(RightName.APPROVE, proposal.colour, scale.id):
                    yield c.ApproveWarning(by=by)
            form = filling.fields(self.program, scale.form, self.now, self.variant)
            contents = {name: value for name, value in form.items() if name not in proposal.contents}
            for by in self._holders(RightName.ISSUE, proposal.colour, scale.id):
                yield c.IssueWarning(by=by, contents=contents)
        if self.case.level(scale.id):
            yield from (c.LiftWarning(by=by, reason=REASON) for by in self._holders(RightName.LIFT))
        elif proposal is None:
            for level in scale.levels:
                for by in self._holders(RightName.PROPOSE, level.id, scale.id):
                    yield c.ProposeWarning(by=by, colour=level.id, contents={}, reason=REASON)

    # --- what keeps it from its next stage

    def _targets(self) -> list[TaskState]:
        """The live tasks on which closing waits, those first that nothing comes before."""
        turn = Turn(self.program, self.case, c.Tick(), self.now)
        found = dict.fromkeys(open_guards(turn, Stage.CLOSED))
        for act in ("start", "end", "lift", *self.edition.scales):
            for task_id in self.program.index.settled_by.get(act, ()):
                found.update((s.key, None) for s in self.case.tasks.values() if s.task == task_id and s.status in LIVE)
        waiting = list(found)
        while waiting:
            state = self.case.tasks[waiting.pop()]
            for earlier in (*waits_for(self.program, self.case, state), *self._asked_by(state)):
                if earlier.key not in found:
                    found[earlier.key] = None
                    waiting.append(earlier.key)
        states = [self.case.tasks[key] for key in found]
        return sorted(states, key=lambda state: bool(waits_for(self.program, self.case, state)))

    def _asked_by(self, state: TaskState) -> Iterator[TaskState]:
        """The live decisions that settle what the completion of a task is checked against."""
        task = self.edition.tasks.get(state.task)
        for check in task.done if task is not None else ():
            for name in self.program.reads(check.that):
                for task_id in self.program.index.settled_by.get(name, ()):
                    yield from (s for s in self.case.tasks.values() if s.task == task_id and s.status in LIVE)

    def _work(self) -> bool:
        return any(
            self._finish(state.key, variant)
            for state in self._targets()
            if not waits_for(self.program, self.case, state)
            for variant in range(filling.VARIANTS)
        )

    def _finish(self, key: str, variant: int) -> bool:
        """Do a task the way its kind asks; what did not come to its end is as if it had not been begun."""
        kept = self.case, len(self.steps), len(self.events)
        self._try(self.case.tasks[key], variant)
        if self.case.tasks[key].status not in LIVE:
            return True
        self.case = kept[0]
        del self.steps[kept[1] :], self.events[kept[2] :]
        return False

    def _try(self, state: TaskState, variant: int) -> None:
        who = self._who(state)
        task = self.edition.tasks.get(state.task)
        if task is None or state.step:
            self._any(c.Complete(by=by, task=state.key, note=REASON) for by in who)
            return
        about: list[dict[str, Any]] = [{"by": by, "task": state.key} for by in who]
        fields = filling.fields(self.program, task.form, self.now, variant)
        if task.approve or task.sign:
            drafters = [*task.draft, *who]
            self._any(c.Draft(by=by, task=state.key, fields=fields) for by in drafters)
            fields = {}
        for signer in task.sign:
            refs = [r for r, party in self.case.parties.items() if party.party == signer and not party.withdrawn]
            for each in [state.for_] if state.for_ in refs else refs or [signer]:
                self._any(c.Sign(**one, signer=each) for one in [*about, {"by": each, "task": state.key}])
        for _ in range(len(task.approve)):
            for step in [s for s in self.case.tasks.values() if s.step and s.status in LIVE]:
                if step.key.startswith(f"{state.key}!"):
                    self._any(c.Approve(by=by, task=state.key) for by in self._who(step))
        if self.case.tasks[state.key].status not in LIVE:
            return
        match task.kind:
            case TaskKind.DECISION:
                value = filling.decision(self.program, self.case, task, self.now, variant)
                if task.settles in self.edition.scales:
                    rights = (RightName.CONFIRM, RightName.LOWER)
                    deciders = [by for right in rights for by in self._holders(right, value, task.settles)]
                    about = [{"by": by, "task": state.key} for by in dict.fromkeys([*deciders, *who])]
                self._any(c.Decide(**one, value=value, reason=REASON, fields=fields) for one in about)
            case TaskKind.RELEASE:
                publishers = dict.fromkeys([*who, *self._holders(RightName.PUBLISH)])
                self._any(c.Publish(by=by, task=state.key, fields=fields, reason=REASON) for by in publishers)
            case TaskKind.APPOINT if task.fills:
                to = filling.unit(self.program, task.fills, variant)
                self._any(c.Appoint(by=by, post=task.fills, to=to) for by in who)
            case _:
                self._any(c.Complete(**one, fields=fields, reason=REASON) for one in about)

    def _who(self, state: TaskState) -> list[str]:
        known = [by for by in state.who if self.program.knows_actor(self.case, by)]
        bound = [unit for by in known for unit in self.case.units.get(by, ())]
        return list(dict.fromkeys([*known, *bound]))

    # --- what else people can do

    def _answer(self) -> bool:
        """Answer what is not known yet, once for every variant; in any later one, answer everything anew."""
        if self.variant in self.asked:
            return False
        self.asked.add(self.variant)
        facts = {
            fact.id: filling.answer(fact.type, fact.values, self.now, self.variant)
            for fact in self.edition.facts.values()
            if fact.derived is None and (self.variant or fact.id not in self.case.facts)
        }
        types = list(self.edition.types)
        chosen = (types[self.variant % len(types)],) if types and (self.variant or not self.case.types) else ()
        if not facts and not chosen:
            return False
        by = self._holders(RightName.HANDLE)
        if self._any(c.Assess(by=each, facts=facts, types=chosen) for each in by):
            return True
        # One of them is locked: its own decision answers it. The others still can be.
        answered = [self._any(c.Assess(by=each, facts={name: value}) for each in by) for name, value in facts.items()]
        return any(answered)

    def _register(self) -> bool:
        """Register whom the case may concern, where nobody of that kind is registered yet."""
        parties = {party for task in self.edition.tasks.values() for party in (task.per, *task.sign) if party}
        known = {party.party for party in self.case.parties.values() if not party.withdrawn}
        registered = [
            self._any(c.Register(by=by, party=party, name="某单位") for by in self._holders(RightName.HANDLE))
            for party in sorted(parties - known)
            if (actor := self.program.actor(party)) is not None and actor.kind == ActorKind.PARTY
        ]
        return any(registered)

    def _waive(self) -> bool:
        holders = self._holders(RightName.WAIVE)
        return self._any(c.Waive(by=by, task=state.key, reason=REASON) for state in self._targets() for by in holders)

    def _wait(self) -> bool:
        """Go on to the next instant the case asks for."""
        if self.waits >= MOST_WAITS:
            return False
        wakes = wake_at(self.program, self.case, self.now)
        self.waits += 1
        self.now = max(self.now, wakes) if wakes is not None else self.now + timedelta(days=1)
        self._give(c.Tick())
        return True

    def _turn(self) -> bool:
        """See the matter another way: other answers to the same questions."""
        if self.variant + 1 >= filling.VARIANTS:
            return False
        self.variant += 1
        return True
