"""One decision in the making: the case as it becomes, and the events that make it so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from muster.engine import events as e
from muster.engine.commands import Command
from muster.engine.evaluate import Env
from muster.engine.evolve import evolve
from muster.engine.program import Program
from muster.engine.refusals import refuse
from muster.engine.state import Case
from muster.engine.values import as_plain, fact_says
from muster.plans.model import RightName, Words

ACTS: dict[RightName, Words] = {
    RightName.HANDLE: Words("办理此事项", "handle this case"),
    RightName.CONFIRM: Words("确认此级别", "confirm this level"),
    RightName.LOWER: Words("降低级别", "lower the level"),
    RightName.START: Words("启动响应", "start the response"),
    RightName.END: Words("终止响应", "end the response"),
    RightName.REVIEW: Words("开始评估", "begin the review"),
    RightName.CLOSE: Words("归档", "close the case"),
    RightName.REOPEN: Words("重新开启", "reopen the case"),
    RightName.COMMAND: Words("指挥", "command"),
    RightName.COORDINATE: Words("协调", "coordinate"),
    RightName.PROPOSE: Words("建议此级预警", "propose this warning"),
    RightName.APPROVE: Words("批准此级预警", "approve this warning"),
    RightName.ISSUE: Words("发布此级预警", "issue this warning"),
    RightName.LIFT: Words("解除预警", "lift the warning"),
    RightName.PUBLISH: Words("在此级别发布信息", "publish at this level"),
    RightName.WAIVE: Words("免办任务", "waive a task"),
    RightName.DISMISS: Words("作误报处理", "dismiss the case"),
    RightName.HAND_OVER: Words("移交", "hand the case over"),
}

KINDS: dict[str, Words] = {
    "incident": Words("突发事件", "incident"),
    "warning": Words("预警", "warning"),
    "standing": Words("常态工作", "standing duty"),
    "hazard": Words("隐患", "hazard"),
}

ENDINGS: dict[str, Words] = {
    "closed": Words("归档", "closed"),
    "dismissed": Words("作误报处理", "dismissed"),
    "merged": Words("并入其他事项", "merged into another case"),
    "handed-over": Words("移交", "handed over"),
    "sealed": Words("转涉密程序", "moved to the classified procedure"),
}


class Turn:
    """Collects the events of one decision. `signals` are the names whose values changed and that nobody has looked at
    yet (see `muster.plans.index`); `fresh` is set while the whole plan has to be looked at."""

    __slots__ = ("by", "case", "command", "events", "fresh", "now", "person", "program", "signals")

    def __init__(self, program: Program, case: Case, command: Command, now: datetime) -> None:
        self.program = program
        self.case = case
        self.command = command
        self.now = now
        self.by = command.by
        self.person = command.person
        self.events: list[e.AnyEvent] = []
        self.signals: dict[str, None] = {}
        self.fresh = False

    def emit(self, event: e.AnyEvent, *signals: str) -> None:
        """Add an event and let the case follow; `signals` name what may have to be looked at again."""
        self.events.append(event)
        self.case = evolve(self.case, event)
        for signal in signals:
            self.signals[signal] = None

    def env(self) -> Env:
        return self.program.env(self.case, self.now, by=self.by)

    def name(self, actor: str) -> Words:
        return self.program.actor_name(actor)

    def names(self, actors: Iterable[str]) -> list[Words]:
        return [self.program.actor_name(actor) for actor in actors]

    # --- what several commands ask for

    def needs_open(self, *kinds: str) -> None:
        """The case is open, still running, and of one of the kinds (any, where none is named)."""
        case = self.case
        if not case.version:
            raise refuse("case.not-open")
        if kinds and case.kind not in kinds:
            raise refuse("case.wrong-kind", kind=KINDS[case.kind])
        if case.is_over:
            raise refuse("case.over", state=ENDINGS[case.ended or "closed"])

    def needs_actor(self) -> None:
        """The command says in whose name it is given, and the plan knows that name."""
        if not self.by:
            raise refuse("actor.missing")
        if not self.program.knows_actor(self.case, self.by):
            raise refuse("actor.unknown", actor=self.by)

    def needs_right(self, right: RightName, *, candidate: str = "", scale: str = "") -> None:
        """`by` holds the right, or acts for somebody who does."""
        self.needs_actor()
        holders = self.program.holders(self.case, right, self.now, candidate=candidate, scale=scale)
        if self.program.acts_for_any(self.case, self.by, holders):
            return
        if not holders:
            main = self.program.main_scale(self.case)
            if main and not candidate and not self.case.level(main):
                raise refuse("right.nobody", act=ACTS[right])
            raise refuse("right.nobody-now", act=ACTS[right], conditions=self._conditions_of(right))
        raise refuse("right.not-yours", by=self.name(self.by), act=ACTS[right], who=self.names(holders))

    def _conditions_of(self, right: RightName) -> list[Words]:
        """What the holders of a right hang on: the facts its conditions read, with their answers."""
        edition, found = self.program.edition, dict[str, Words]()
        for each in edition.rights.get(right, ()):
            for name in sorted(self.program.reads(each.when)) if each.when else ():
                fact = edition.facts.get(name)
                if fact is None:
                    continue
                value = self.case.facts.get(name)
                if fact.derived is not None:
                    value = as_plain(self.program.value(fact.derived, self.env()))
                zh, en = fact_says(fact, value, "zh"), fact_says(fact, value, "en")
                found[name] = Words(f"{fact.name.zh}：{zh}", f"{fact.name.say('en')}: {en}")
        return list(found.values()) or [Words("预案未写给谁", "the plan names nobody")]

    def needs_reason(self, reason: str, why: Words) -> None:
        if not reason.strip():
            raise refuse("reason.missing", why=why)
