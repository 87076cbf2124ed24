"""Commands that make sense now and then: most in the right name, some in a wrong one, some nonsense.

Chance comes from outside: whoever calls hands over something that chooses (`random.Random(seed)` does), so that the same
choices always give the same commands.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, TypeVar

from muster.drills import filling
from muster.engine import commands as c
from muster.engine.program import Program
from muster.engine.state import ANSWER, Case, TaskState
from muster.plans.model import ActorKind, CaseKind, Choice, Filled, RightName, Task, TaskKind

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
# A natural person's name: it must never be found in an event.
SOMEBODY = "赵钱孙李某"

T = TypeVar("T")


class Chooser(Protocol):
    """What chance is asked for; `random.Random` has these."""

    def choice(self, seq: Sequence[T], /) -> T: ...

    def randint(self, a: int, b: int, /) -> int: ...

    def random(self) -> float: ...


class Commands:
    """The next command for a case, by chance. `kind` of case it opens, or chosen."""

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
        if self.program.index.by_section[CaseKind.STANDING]:
            kinds.append("standing")
        return self.chooser.choice(kinds)

    def next(self, case: Case, now: datetime) -> c.AnyCommand:
        if not case.version:
            return self._open(now)
        if case.is_over and self.chooser.random() < 0.7:
            by = self._holder(case, RightName.REOPEN, now)
            return c.ReopenCase(by=by, reason="还有后续" if self.chooser.random() < 0.8 else "")
        if self.chooser.random() < 0.25 and (begun := self._begun(case, now)):
            return self.chooser.choice(begun)
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
        if self.kind == "standing":
            duty = self.chooser.choice(self.program.index.by_section[CaseKind.STANDING])
            due = now + timedelta(days=self.chooser.randint(1, 40)) if self.chooser.random() < 0.3 else None
            return c.OpenOccurrence(
                by=by, kind="standing", title="常态工作", task=duty, due=due, facts=self._facts(), units=units
            )
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
        act = self.chooser.choice(("propose", "approve", "approve", "issue", "issue", "issue", "lift", "return"))
        match act:
            case "propose":
                colour = self._level_of("warning")
                by = self._holder(case, RightName.PROPOSE, now, colour)
                return c.ProposeWarning(by=by, colour=colour, contents=self._contents(), reason="形势变化")
            case "approve":
                return c.ApproveWarning(by=self._holder(case, RightName.APPROVE, now, colour))
            case "issue":
                proposed = case.proposal.contents if case.proposal else {}
                open_still = {name: each for name, each in self._contents().items() if name not in proposed}
                return c.IssueWarning(by=self._holder(case, RightName.ISSUE, now, colour), contents=open_still)
            case "return":
                return c.ReturnWarning(by=self._holder(case, RightName.APPROVE, now, colour), reason="依据不足")
            case _:
                if self.chooser.random() < 0.6:
                    return c.Tick()
                return c.LiftWarning(by=self._holder(case, RightName.LIFT, now), reason="危险解除")

    def _contents(self) -> dict[str, Any]:
        scales = self.program.scales_by_kind[CaseKind.WARNING]
        return self._fields(scales[0].form, START) if scales else {}

    def _fields(self, form_id: str, now: datetime) -> dict[str, Any]:
        """A form, mostly filled in as it asks, sometimes badly, sometimes not at all."""
        form = self.edition.forms.get(form_id)
        chance = self.chooser.random()
        if form is None or chance < 0.1:
            return {}
        if chance < 0.7:
            optional = self.chooser.random() < 0.3
            return filling.fields(self.program, form_id, now, self.chooser.randint(0, 5), optional=optional)
        found: dict[str, Any] = {}
        for field in form.fields:
            if field.required or self.chooser.random() < 0.4:
                value = self._value(field.type, field.values)
                found[field.id] = "说明" if value is None else value
        return found

    def _begun(self, case: Case, now: datetime) -> list[c.AnyCommand]:
        """What would go on with something that was begun: papers on their way, signatures, answers, arrivals, a warning.

        Left to chance alone hardly a paper would ever get through all its approvals.
        """
        if case.kind == "warning" and self.chooser.random() < 0.5:
            return [self._warning(case, now)]
        found: list[c.AnyCommand] = []
        for state in case.tasks.values():
            if not state.is_live or not state.who:
                continue
            about: dict[str, Any] = {"by": self.chooser.choice(state.who), "task": state.key}
            task = self.edition.tasks.get(state.task)
            if task is None:
                if ANSWER in state.key:
                    found.append(c.Acknowledge(by=state.for_, task=state.key.split(ANSWER)[0], note="同意"))
            elif state.step:
                about["task"] = state.key.split("!")[0]
                found += [c.Approve(**about), c.Approve(**about), c.Return(**about, reason="请补充")]
            elif task.approve or task.sign:
                found += self._paper(case, task, state, about, now)
            elif task.kind is TaskKind.DISPATCH:
                found.append(c.Arrive(**about) if state.taken_at else c.Take(**about))
        return found

    def _paper(
        self, case: Case, task: Task, state: TaskState, about: dict[str, Any], now: datetime
    ) -> list[c.AnyCommand]:
        """The next step of a paper: drafted, signed, sent; now and then drafted anew."""
        drafter = self.chooser.choice((*task.draft, *state.who))
        variant = self.chooser.randint(0, 5)
        drafted = c.Draft(by=drafter, task=state.key, fields=filling.fields(self.program, task.form, now, variant))
        if state.paper is None or state.paper.returned or self.chooser.random() < 0.1:
            return [drafted]
        found: list[c.AnyCommand] = [c.Complete(**about), c.Send(**about, to=self._addressees(task))]
        if task.kind is TaskKind.RELEASE:
            found.append(c.Publish(**about))
        for signer in task.sign:
            refs = [ref for ref, party in case.parties.items() if party.party == signer]
            found += [c.Sign(**about, signer=ref) for ref in refs or [signer]]
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
            return self._about_unplanned(case, state, about, now)
        if task.reply and state.received is not None and not state.is_live and self.chooser.random() < 0.5:
            return c.Acknowledge(by=self.chooser.choice(task.to), task=state.key, note=reason)
        if self.chooser.random() < 0.6:
            return self.chooser.choice(self._finishing(case, task, state, about, reason, now))
        others: tuple[c.AnyCommand, ...] = (
            c.Take(**about),
            c.Decline(**about, reason=reason),
            c.Acknowledge(**about, note=reason),
            c.Acknowledge(by=self.chooser.choice(task.to or who), task=state.key, note=reason),
            c.AgreeDue(**about, due=now + timedelta(days=self.chooser.randint(0, 9)), evidence=(reason,)),
            c.Waive(task=state.key, by=self._holder(case, RightName.WAIVE, now), reason=reason),
        )
        return self.chooser.choice(others)

    def _about_unplanned(self, case: Case, state: TaskState, about: dict[str, Any], now: datetime) -> c.AnyCommand:
        """An answer that is owed, or a measure that the plan does not name."""
        plain: list[c.AnyCommand] = [
            c.Complete(**about),
            c.Complete(**about, note="已办"),
            c.Take(**about),
            c.Acknowledge(**about),
            c.Waive(task=state.key, by=self._holder(case, RightName.WAIVE, now), reason="无须办理"),
        ]
        if ANSWER in state.key:
            report = state.key.split(ANSWER)[0]
            plain += [c.Acknowledge(by=state.for_, task=report, note=note) for note in ("", "收悉，请继续", "同意")]
        return self.chooser.choice(plain)

    def _finishing(
        self, case: Case, task: Task, state: TaskState, about: dict[str, Any], reason: str, now: datetime
    ) -> list[c.AnyCommand]:
        """Every way in which a task could be worked on towards its end; some do not fit its kind."""
        fields = self._fields(task.form, now)
        earlier = now - timedelta(minutes=self.chooser.randint(0, 90)) if self.chooser.random() < 0.2 else None
        to = self._addressees(task)
        value = self._settled(case, task, now)
        found: list[c.AnyCommand] = [c.Complete(**about, fields=fields, value=value, reason=reason, at=earlier, to=to)]
        if task.kind is TaskKind.DECISION:
            found.append(c.Decide(**about, value=value, reason=reason, fields=fields))
        if task.kind is TaskKind.RELEASE:
            publisher = self._holder(case, RightName.PUBLISH, now)
            found += [c.Publish(**about, fields=fields), c.Publish(by=publisher, task=state.key)]
        if task.kind is TaskKind.APPOINT and task.fills:
            found.append(c.Appoint(by=about["by"], post=task.fills, to=self._fill(task.fills)))
        if task.kind is TaskKind.DISPATCH:
            found += [c.Take(**about), c.Arrive(**about), c.Arrive(**about, at=earlier)]
        if task.approve or (task.sign and self.chooser.random() < 0.5):
            found += [c.Draft(**about, fields=fields), c.Draft(**about, fields=fields), c.Send(**about, to=to)]
        if task.sign:
            signers = [*task.sign, *(ref for ref, party in case.parties.items() if party.party in task.sign)]
            for signer in signers[-4:]:
                found.append(c.Sign(**about, signer=signer, refused=self.chooser.random() < 0.2))
        return found

    def _addressees(self, task: Task) -> tuple[str, ...]:
        """Whom a report goes to: mostly as the plan has it, else one of them, some, or somebody else."""
        chance = self.chooser.random()
        if not task.to or chance < 0.5:
            return ()
        if chance < 0.8:
            return (self.chooser.choice(task.to),)
        return task.to if chance < 0.9 else (self.chooser.choice(self.actors),)

    def _fill(self, post: str) -> tuple[str, ...]:
        actor = self.edition.actors[post]
        return (self.chooser.choice(actor.among or ("某单位",)),)

    def _settled(self, case: Case, task: Task, now: datetime) -> Any:
        chance = self.chooser.random()
        if chance < 0.05:
            return None
        if task.settles == "types" and self.edition.types and chance < 0.5:
            types = list(self.edition.types)
            return (
                [self.chooser.choice(types), self.chooser.choice(types)] if chance < 0.3 else self.chooser.choice(types)
            )
        if not task.settles or chance < 0.1:
            return self.chooser.choice((None, True, "已定"))
        return filling.decision(self.program, case, task, now, self.chooser.randint(0, 9))

    def _other(self, case: Case, now: datetime) -> c.AnyCommand:
        handle = self._holder(case, RightName.HANDLE, now)
        anybody = self.chooser.choice(self.actors)
        party = self.chooser.choice(self.parties) if self.parties else "nobody"
        known = [ref for ref, each in case.parties.items() if each.party == party]
        filled = [actor.id for actor in self.edition.actors.values() if actor.filled is Filled.CASE] or [anybody]
        post = self.chooser.choice(filled)
        instant = self.chooser.choice(("occurred", "detected", "reported", "verified"))
        rare = self.chooser.random()
        if rare < 0.01:
            return c.Dismiss(by=self._holder(case, RightName.DISMISS, now), reason="误报")
        if rare < 0.02:
            return c.HandOver(by=self._holder(case, RightName.HAND_OVER, now), to="上级", reason="移交上级")
        if rare < 0.025:
            return c.Seal(by=handle, reference="密字1号")
        if rare < 0.03:
            return c.MergeInto(by=handle, into="8", reason="同一事件")
        acts: tuple[c.AnyCommand, ...] = (
            c.StartResponse(by=self._holder(case, RightName.START, now)),
            c.StartResponse(by=self._holder(case, RightName.START, now)),
            c.EndResponse(by=self._holder(case, RightName.END, now), reason="平息"),
            c.BeginReview(by=self._holder(case, RightName.REVIEW, now)),
            c.CloseCase(by=self._holder(case, RightName.CLOSE, now)),
            c.Correct(by=handle, instants={instant: now - timedelta(minutes=self.chooser.randint(-30, 400))}),
            c.Register(by=handle, party=party, name=SOMEBODY),
            c.Register(by=handle, party=party, name=SOMEBODY),
            c.Withdraw(
                by=handle, party=party, ref=self.chooser.choice(known) if known else "nobody", reason="登记有误"
            ),
            c.Appoint(by=handle, post=post, to=self._fill(post) if post in self.edition.actors else ("某单位",)),
            c.Direct(
                by=anybody,
                to=(self.chooser.choice(self.actors),),
                text="抓紧办理",
                kind="chase",
                reply=self.chooser.random() < 0.3,
            ),
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
