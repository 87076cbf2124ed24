"""What a scenario expects, looked at in a case as it stands: does it hold, and what stands there instead.

A list names at least these; an empty list says that there is none. Where one name means several tasks (a sheet id that
several carry), what is asked for must hold of one of them, and what must not be must hold of none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from msgspec import Struct

from muster.drills.commanding import Commander, instance_names, stands_for
from muster.drills.instants import When, signed_span_of
from muster.drills.names import Target, by_words
from muster.drills.scenario import Expectation, Input, Proposed
from muster.engine.grading import grade, propose
from muster.engine.narrating import criterion_says, level_says
from muster.engine.program import Program
from muster.engine.refusals import Refusal
from muster.engine.state import LIVE, Case, Status, TaskState, answers_of
from muster.plans.model import RightName, Scale, Stage, Words

NONE = Words("无", "none")

STAGES: dict[str, Words] = {
    Stage.INTAKE: Words("接报", "intake"),
    Stage.ASSESSMENT: Words("研判", "assessment"),
    Stage.RESPONSE: Words("处置", "response"),
    Stage.RECOVERY: Words("善后", "recovery"),
    Stage.REVIEW: Words("评估", "review"),
    Stage.CLOSED: Words("归档", "closed"),
}

# What can end a case: how the case says it, the verb, and how people say it.
ENDINGS: dict[str, tuple[str, ...]] = {
    "closed": ("closed", "close", "归档"),
    "lifted": ("lifted", "lift", "解除"),
    "dismissed": ("dismissed", "dismiss", "误报", "false-alarm"),
    "merged": ("merged", "merge", "并入", "duplicate"),
    "handed-over": ("handed-over", "hand_over", "hand-over", "handed_over", "移交"),
    "sealed": ("sealed", "seal", "涉密"),
}

# Ended for one of these reasons, a task was owed to the last and never done.
NEVER_DONE = frozenset({"case-closed", "case-ended", "missed"})


class Seen(Struct, frozen=True, kw_only=True):
    """What an expectation may look at: the case at its instant, who was told since the expectations before, and the
    inputs at this very instant with the refusals of all so far."""

    program: Program
    commander: Commander
    case: Case
    now: datetime
    told: tuple[str, ...]
    inputs: tuple[Input, ...]
    refusals: dict[int, Refusal]
    ended_by: str = ""


class Found(Struct, frozen=True):
    holds: bool
    expected: Words
    found: Words


def look(seen: Seen, expectation: Expectation, word: str, wanted: Any) -> Found:
    """Whether one word of an expectation holds."""
    return _LOOK[word](_Look(seen, expectation), wanted)


def _plain(text: str) -> Words:
    return Words(text, text)


def _listed(words: Iterable[Words]) -> Words:
    each = list(words)
    if not each:
        return NONE
    return Words("、".join(word.zh for word in each), ", ".join(word.say("en") for word in each))


class _Look:
    def __init__(self, seen: Seen, expectation: Expectation) -> None:
        self.seen = seen
        self.program, self.case, self.now = seen.program, seen.case, seen.now
        self.names = seen.commander.names
        self.says = expectation.says
        refs = seen.commander.refs
        self.for_ = instance_names(self.case, self.names, refs, expectation.for_) if expectation.for_ else ()

    # --- pieces

    def at(self, instant: datetime | None) -> Words:
        if instant is None:
            return Words("无时限", "no limit")
        local, today = instant.astimezone(self.program.zone), self.now.astimezone(self.program.zone)
        text = f"{local:%H:%M}" if local.date() == today.date() else f"{local:%m-%d %H:%M}"
        return _plain(text + (f":{local:%S}" if local.second else ""))

    def actor(self, id_: str) -> Words:
        return self.program.actor_name(id_)

    def task(self, task_id: str, for_: str = "") -> Words:
        task = self.program.edition.tasks.get(task_id)
        name = task.name if task else _plain(self.case.tasks[task_id].name if task_id in self.case.tasks else task_id)
        if not for_:
            return name
        whose = self.actor(for_)
        return Words(f"{name.zh}（{whose.zh}）", f"{name.say('en')} ({whose.say('en')})")

    def target(self, name: str, targets: tuple[Target, ...]) -> Words:
        return _listed(self.task(each.task) for each in targets[:1]) if targets else _plain(name)

    def targets(self, name: str) -> tuple[Target, ...]:
        return self.names.targets(name) or (Target(name),)

    def instances(self, target: Target) -> list[TaskState]:
        """The instances of a task that are meant, in order of opening."""
        return [
            state
            for state in self.case.tasks.values()
            if state.task == target.task
            and (state.step == target.step if target.step else not state.step)
            and stands_for(state, self.for_)
        ]

    def lines(self, target: Target) -> list[list[TaskState]]:
        """The rounds of each instance, oldest first."""
        found: dict[str, list[TaskState]] = {}
        for state in self.instances(target):
            found.setdefault(state.for_, []).append(state)
        return list(found.values())

    def how_it_stands(self, name: str) -> Words:
        """Each instance of a task with its status, for what was found instead."""
        found: list[Words] = []
        for target in self.targets(name):
            states = self.instances(target)
            if not states:
                found.append(_both(self.task(target.task), Words("未立", "does not stand")))
            for state in states:
                found.append(_both(self.task(state.task, state.for_), self.status(state)))
        return Words("；".join(word.zh for word in found), "; ".join(word.say("en") for word in found))

    def status(self, state: TaskState) -> Words:
        match state.status:
            case Status.COMPLETED:
                at = self.at(state.ended_at)
                if state.late:
                    late = _length(state.late)
                    return Words(f"{at.zh}完成，迟{late.zh}", f"done {at.en}, {late.en} late")
                return Words(f"{at.zh}完成", f"done {at.en}")
            case Status.TERMINATED:
                why = _ENDED_WHY.get(state.how, _plain(state.how))
                return Words(f"终止，{why.zh}", f"ended: {why.en}")
            case Status.WAIVED:
                return Words("免办", "waived")
            case Status.DECLINED:
                return Words("放弃", "declined")
            case Status.OFFERED:
                return Words("可办", "may be done")
            case _:
                if state.due_at is None:
                    return Words("在办，无时限", "open, without a limit")
                due = self.at(state.due_at)
                if state.overdue_at is not None:
                    return Words(f"逾期，应于{due.zh}", f"overdue, was due {due.en}")
                return Words(f"在办，限{due.zh}", f"open, due {due.en}")

    def each_task(
        self, wanted: tuple[str, ...], holds: Callable[[Target], bool], all_of_them: Callable[[], list[Words]],
        *, never: bool = False,
    ) -> Found:  # fmt: skip
        """Every named task holds (with `never`: no task under a name does); of an empty list, no task at all does."""
        if not wanted:
            there = all_of_them()
            return Found(not there, NONE, _listed(there))
        failing = [
            name
            for name in wanted
            if (any if not never else _none)(holds(target) for target in self.targets(name)) is False
        ]
        expected = _listed(self.target(name, self.targets(name)) for name in wanted)
        if not failing:
            return Found(True, expected, expected)
        stands = [self.how_it_stands(name) for name in failing]
        return Found(False, expected, Words("；".join(w.zh for w in stands), "; ".join(w.say("en") for w in stands)))

    def all_states(self, holds: Callable[[TaskState], bool]) -> list[Words]:
        return [
            _both(self.task(state.task, state.for_), self.status(state))
            for state in self.case.tasks.values()
            if not state.step and stands_for(state, self.for_) and holds(state)
        ]

    # --- the state

    def stage(self, wanted: str) -> Found:
        stage = by_words(wanted, STAGES.items()) or wanted
        expected = STAGES.get(stage, _plain(wanted)) if wanted else NONE
        present = STAGES.get(self.case.stage, NONE)
        return Found(self.case.stage == stage, expected, present)

    def level(self, wanted: dict[str, str]) -> Found:
        expected, found, holds = [], [], True
        for scale_name, level in wanted.items():
            scale = self.names.scale(self.case.kind, scale_name)
            present = self.case.level(scale.id) if scale else ""
            meant = (self.names.level(scale, level) or level) if scale and level else level
            holds = holds and present == meant
            expected.append(self.level_words(scale, meant))
            found.append(self.level_words(scale, present))
        return Found(holds, _listed(expected), _listed(found))

    def level_words(self, scale: Scale | None, level: str) -> Words:
        return (level_says(scale, level) if scale else _plain(level)) if level else NONE

    def colour(self, wanted: str) -> Found:
        scale = self.names.scale("warning")
        present = self.case.level(scale.id) if scale else ""
        meant = (self.names.level(scale, wanted) or wanted) if scale and wanted else wanted
        return Found(present == meant, self.level_words(scale, meant), self.level_words(scale, present))

    def types(self, wanted: tuple[str, ...]) -> Found:
        known = self.program.edition.types
        meant = [self.names.type_(name) or name for name in wanted]

        def words(ids: Iterable[str]) -> Words:
            return _listed(known[each].name if each in known else _plain(each) for each in ids)

        return Found(set(meant) == set(self.case.types), words(meant), words(self.case.types))

    def lead(self, wanted: tuple[str, ...]) -> Found:
        holders = self.program.holders(self.case, RightName.COMMAND, self.now)
        meant = [self.names.actor(name) for name in wanted]
        holds = set(meant) <= set(holders) if meant else not holders
        return Found(holds, _listed(map(self.actor, meant)), _listed(map(self.actor, holders)))

    def proposed(self, wanted: Proposed) -> Found:
        scale = self.names.scale(self.case.kind, wanted.scale)
        if scale is None:
            return Found(not wanted.value, _plain(wanted.value) if wanted.value else NONE, NONE)
        meant = (self.names.level(scale, wanted.value) or wanted.value) if wanted.value else ""
        present, because = propose(self.program, self.case, scale, self.now)
        if scale.of == "warning" and self.case.proposal is not None:
            present = self.case.proposal.colour
        expected, found = self.level_words(scale, meant), self.level_words(scale, present)
        holds = present == meant
        if wanted.because is not None:
            ids = [self.names.criterion(scale, name) or name for name in wanted.because]
            holds = holds and set(ids) == set(because)
            expected, found = _because(expected, ids), _because(found, because)
        return Found(holds, expected, found)

    def question(self, wanted: str) -> Found:
        scale = self.program.main_scale(self.case)
        asked = grade(self.program, self.case, scale, self.now).question if scale else None
        present = asked.fact if asked else ""
        meant = (self.names.fact(wanted) or wanted) if wanted else ""
        facts = self.program.edition.facts

        def words(fact: str) -> Words:
            return (facts[fact].name if fact in facts else _plain(fact)) if fact else NONE

        return Found(present == meant, words(meant), words(present))

    # --- tasks

    def is_owed(self, target: Target) -> bool:
        return any(state.status in (Status.OPEN, Status.ACTIVE) for state in self.instances(target))

    def owed(self, wanted: tuple[str, ...]) -> Found:
        open_ = (Status.OPEN, Status.ACTIVE)
        return self.each_task(wanted, self.is_owed, lambda: self.all_states(lambda state: state.status in open_))

    def not_owed(self, wanted: tuple[str, ...]) -> Found:
        return self.each_task(wanted, self.is_owed, list, never=True)

    def is_done(self, target: Target) -> bool:
        """As `done(task)` of the plan language: every instance that stands was done at least once, and one stands."""
        lines = self.lines(target)
        done = [any(state.status == Status.COMPLETED for state in line) for line in lines]
        waiting = [line[-1].status in LIVE and line[-1].status != Status.OFFERED for line in lines]
        if any(answer.status in LIVE for answer in answers_of(self.case, target.task) if not target.step):
            return False
        return any(done) and all(is_done or not waits for is_done, waits in zip(done, waiting, strict=True))

    def done(self, wanted: tuple[str, ...]) -> Found:
        return self.each_task(
            wanted, self.is_done, lambda: self.all_states(lambda state: state.status == Status.COMPLETED)
        )

    def is_terminated(self, target: Target) -> bool:
        states = self.instances(target)
        return bool(states) and not any(state.is_live for state in states) and any(
            state.status == Status.TERMINATED for state in states
        )  # fmt: skip

    def terminated(self, wanted: tuple[str, ...]) -> Found:
        return self.each_task(
            wanted, self.is_terminated, lambda: self.all_states(lambda state: state.status == Status.TERMINATED)
        )

    # --- clocks

    def due(self, wanted: dict[str, When | None]) -> Found:
        expected, found, holds = [], [], True
        for name, when in wanted.items():
            at = None if when is None else self.seen.commander.instant(when)
            for_one = False
            for target in self.targets(name):
                latest = [line[-1] for line in self.lines(target)]
                standing = [state for state in latest if state.status != Status.TERMINATED] or latest
                for_one = for_one or (bool(standing) and all(state.due_at == at for state in standing))
            expected.append(_both(self.target(name, self.targets(name)), self.at(at)))
            found.append(expected[-1] if for_one else self.how_it_stands(name))
            holds = holds and for_one
        return Found(holds, _listed(expected), _listed(found))

    @staticmethod
    def _is_overdue(state: TaskState) -> bool:
        return state.is_live and state.overdue_at is not None

    def overdue(self, wanted: tuple[str, ...]) -> Found:
        return self.each_task(
            wanted,
            lambda target: any(self._is_overdue(state) for state in self.instances(target)),
            lambda: self.all_states(self._is_overdue),
        )

    def met(self, wanted: tuple[str, ...]) -> Found:
        def holds(target: Target) -> bool:
            done = [state for state in self.instances(target) if state.status == Status.COMPLETED]
            return (
                self.is_done(target)
                and any(state.due_at is not None for state in done)
                and all(not state.late for state in done)
            )

        def is_met(state: TaskState) -> bool:
            return state.status == Status.COMPLETED and state.due_at is not None and not state.late

        return self.each_task(wanted, holds, lambda: self.all_states(is_met))

    def late(self, wanted: dict[str, str]) -> Found:
        """Of what is done, how late it was; of what is not, how late it is by now."""
        expected, found, holds = [], [], True
        for name, text in wanted.items():
            span = signed_span_of(text)
            assert span is not None
            seconds, exact = span[1].seconds, "s" in text or "秒" in text
            rounded = seconds if exact else seconds // 60
            late = [
                self._lateness(state)
                for target in self.targets(name)
                for state in self.instances(target)
                if self._lateness(state)
            ]
            holds_here = rounded in [each if exact else each // 60 for each in late] or (not seconds and not late)
            expected.append(_both(self.target(name, self.targets(name)), _length(seconds)))
            found.append(expected[-1] if holds_here else self.how_it_stands(name))
            holds = holds and holds_here
        return Found(holds, _listed(expected), _listed(found))

    def _lateness(self, state: TaskState) -> int:
        if state.status == Status.COMPLETED:
            return state.late
        if state.is_live and state.overdue_at is not None:
            return max(0, int((self.now - state.overdue_at).total_seconds()))
        return 0

    # --- notices, refusals

    def told(self, wanted: tuple[str, ...]) -> Found:
        meant = [self.names.actor(name) for name in wanted]
        told = list(dict.fromkeys(self.seen.told))
        holds = all(self._was_told(each) for each in meant) if meant else not told
        return Found(holds, _listed(map(self.actor, meant)), _listed(map(self.actor, told)))

    def not_told(self, wanted: tuple[str, ...]) -> Found:
        meant = [self.names.actor(name) for name in wanted]
        told = [each for each in meant if self._was_told(each)]
        expected = _listed(map(self.actor, meant))
        if not told:
            return Found(True, expected, expected)
        names = _listed(map(self.actor, told))
        return Found(False, expected, Words(f"通知了{names.zh}", f"told: {names.en}"))

    def _was_told(self, actor: str) -> bool:
        """An actor was told by its name, or through every unit that fills it in this case."""
        if actor in self.seen.told:
            return True
        bound = self.case.units.get(actor, ())
        return bool(bound) and all(unit in self.seen.told for unit in bound)

    def refused(self, wanted: tuple[str | int, ...]) -> Found:
        named = refused_of(self.seen.inputs, wanted)
        refusals = [self.seen.refusals.get(number) for number in sorted(named)]
        expected = Words("被拒绝", "refused")
        if self.says:
            expected = Words(f"被拒绝，理由含“{self.says}”", f"refused, saying “{self.says}”")
        if not refusals:
            return Found(False, expected, Words("这一时刻没有这条输入", "there is no such input at this instant"))
        if None in refusals:
            return Found(False, expected, Words("获准", "it was allowed"))
        given = [refusal for refusal in refusals if refusal is not None]
        found = Words("；".join(each.says.zh for each in given), "; ".join(each.says.say("en") for each in given))
        holds = not self.says or all(
            self.says in each.says.zh
            or self.says.casefold() in each.says.say("en").casefold()
            or self.says == each.code
            for each in given
        )
        return Found(holds, expected, found)

    # --- what exists, what was never done, what ended it

    def papers(self, wanted: tuple[str, ...]) -> Found:
        def is_paper(state: TaskState) -> bool:
            task = self.program.edition.tasks.get(state.task)
            done_with_form = state.status == Status.COMPLETED and task is not None and bool(task.form or state.fields)
            return not state.step and (state.paper is not None or done_with_form)

        if not wanted:
            there = self.all_states(is_paper)
            return Found(not there, NONE, _listed(there))
        missing = [name for name in wanted if not self._has_paper(name, is_paper)]
        expected = _listed(self.paper_name(name) for name in wanted)
        if not missing:
            return Found(True, expected, expected)
        lacking = _listed(self.paper_name(name) for name in missing)
        return Found(False, expected, Words(f"没有{lacking.zh}", f"there is no {lacking.en}"))

    def paper_name(self, name: str) -> Words:
        targets, forms = self.names.targets(name), self.names.forms(name)
        if targets:
            return self.task(targets[0].task)
        return self.program.edition.forms[forms[0]].name if forms else _plain(name)

    def _has_paper(self, name: str, is_paper: Callable[[TaskState], bool]) -> bool:
        if any(is_paper(state) for target in self.names.targets(name) for state in self.instances(target)):
            return True
        for form in self.names.forms(name):
            users = [task.id for task in self.program.edition.tasks.values() if task.form == form]
            if any(is_paper(state) for state in self.case.tasks.values() if state.task in users):
                return True
            if any(scale.form == form for scale in self.program.edition.scales.values()) and self.case.contents:
                return True
        return False

    def missed(self, wanted: tuple[str, ...]) -> Found:
        """Never done: overdue still, ended with the case, or overtaken by its next round."""

        def is_missed(state: TaskState) -> bool:
            if state.status == Status.TERMINATED:
                return state.how != "never-stood" and (state.overdue_at is not None or state.how == "missed")
            return self._is_overdue(state)

        def was_never_done(target: Target) -> bool:
            return any(
                is_missed(state) or (state.status == Status.TERMINATED and state.how in NEVER_DONE)
                for state in self.instances(target)
            )

        return self.each_task(wanted, was_never_done, lambda: self.all_states(is_missed))

    def closed_by(self, wanted: str) -> Found:
        if not self.case.is_over:
            return Found(False, _plain(wanted), Words("仍在办理", "it is still running"))
        how = self.case.ended or ("lifted" if self.case.kind == "warning" else "closed")
        said = wanted.strip()
        holds = said in ENDINGS.get(how, (how,)) or (how == "lifted" and said in ENDINGS["closed"])
        actor = self.names.actor(said)
        if not holds and actor in self.program.edition.actors:
            holds = self.seen.ended_by == actor
        zh = ENDINGS[how][-1] if how in ENDINGS else how
        by = self.actor(self.seen.ended_by) if self.seen.ended_by else NONE
        return Found(holds, _plain(wanted), Words(f"{zh}，{by.zh}", f"{how}, by {by.en}"))


def refused_inputs(here: list[Input], expectations: Iterable[Expectation]) -> set[int]:
    """The inputs of one instant (by number) that are expected to be refused."""
    found: set[int] = set()
    for each in expectations:
        if "refused" in each.words:
            found.update(refused_of(here, each.words["refused"]))
    return found


def refused_of(here: list[Input] | tuple[Input, ...], wanted: tuple[str | int, ...]) -> set[int]:
    """The inputs that one `refused` names, of those at its instant."""
    if not wanted:
        return {here[0].number} if len(here) == 1 else set()
    found: set[int] = set()
    for which in wanted:
        if isinstance(which, int):
            found |= {here[which - 1].number} if 0 < which <= len(here) else set()
        else:
            found |= {each.number for each in here if each.verb == which}
    return found


_ENDED_WHY = {
    "no-longer-applies": Words("不再适用", "no longer applies"),
    "never-stood": Words("本不应立", "never owed"),
    "bound": Words("已由确定的单位办理", "now with the units named"),
    "withdrawn": Words("登记已撤销", "registration withdrawn"),
    "new-version": Words("稿件已更新", "a new version"),
    "returned": Words("稿件已退回", "returned"),
    "missed": Words("本次未办", "missed"),
    "case-ended": Words("事项终结", "the case ended"),
    "case-closed": Words("事项归档", "the case was closed"),
}


def _none(values: Iterable[bool]) -> bool:
    return not any(values)


def _both(first: Words, second: Words) -> Words:
    return Words(f"{first.zh} {second.zh}", f"{first.say('en')} {second.say('en')}")


def _because(level: Words, criteria: Iterable[str]) -> Words:
    ids = [criterion_says(each) for each in criteria]
    return Words(
        f"{level.zh}（{'、'.join(ids) or '无依据'}）", f"{level.say('en')} ({', '.join(ids) or 'no criterion'})"
    )


def _length(seconds: int) -> Words:
    days, rest = divmod(seconds, 86_400)
    hours, rest = divmod(rest, 3600)
    minutes, rest = divmod(rest, 60)
    zh = "".join(f"{n}{u}" for n, u in ((days, "天"), (hours, "小时"), (minutes, "分"), (rest, "秒")) if n) or "0分"
    en = " ".join(f"{n} {u}" for n, u in ((days, "d"), (hours, "h"), (minutes, "min"), (rest, "s")) if n) or "0 min"
    return Words(zh, en)


_LOOK: dict[str, Callable[[_Look, Any], Found]] = {
    "stage": _Look.stage,
    "level": _Look.level,
    "colour": _Look.colour,
    "types": _Look.types,
    "lead": _Look.lead,
    "proposed": _Look.proposed,
    "question": _Look.question,
    "owed": _Look.owed,
    "not_owed": _Look.not_owed,
    "done": _Look.done,
    "terminated": _Look.terminated,
    "due": _Look.due,
    "overdue": _Look.overdue,
    "met": _Look.met,
    "late": _Look.late,
    "told": _Look.told,
    "not_told": _Look.not_told,
    "refused": _Look.refused,
    "papers": _Look.papers,
    "missed": _Look.missed,
    "closed_by": _Look.closed_by,
}
