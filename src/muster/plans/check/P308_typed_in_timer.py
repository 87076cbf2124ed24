"""A length of time that somebody has to type in, and on which something waits: nobody types 30 at minute 30."""

from __future__ import annotations

import re
from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.conditions import Compare, Constant, Expression, Name, Span
from muster.plans.findings import Severity
from muster.plans.model import Edition, Fact, Words
from muster.plans.parsing import walk

TIME_UNITS = re.compile(r"分钟?|小时|天|日|个?工作日|周|个?月|minutes?|hours?|days?|weeks?|months?", re.IGNORECASE)
RUNS_ON = re.compile(r"持续|历时|时长|未解决|未恢复|未办结|中断|停(电|机|业|运)|已过|逾期|lasting|duration|elapsed|outage|unresolved", re.IGNORECASE)  # fmt: skip
# How long something is expected, agreed or allowed to take stands still.
STANDS_STILL = re.compile(r"预计|预期|估计|约定|承诺|允许|计划|最长|上限|expected|estimated|agreed|promised|planned|allowed", re.IGNORECASE)  # fmt: skip


def find(plan: View) -> Iterator[Found]:
    compared = _compared(plan.edition)
    for fact in plan.edition.facts.values():
        if fact.derived is None and fact.id in compared and _is_a_length(fact):
            yield Found(
                ("facts", fact.id),
                Words(
                    f"“{fact.name.zh}”是随时间增长的时长，却要人来填；条件“{compared[fact.id]}”会错过那一刻",
                    f"“{fact.name.say('en')}” grows with time and yet is typed in; “{compared[fact.id]}” will miss its moment",
                ),
            )


def _is_a_length(fact: Fact) -> bool:
    said = f"{fact.id} {fact.name.zh} {fact.name.en}"
    if STANDS_STILL.search(said):
        return False
    if fact.type == "duration":
        return True
    unit = fact.unit.zh if fact.unit else ""
    return fact.type in ("int", "number") and bool(TIME_UNITS.fullmatch(unit)) and bool(RUNS_ON.search(said))


def _compared(edition: Edition) -> dict[str, str]:
    """Facts that a condition of a task or a criterion compares with a fixed amount, and the condition."""
    found: dict[str, str] = {}
    conditions: list[Expression] = [each for task in edition.tasks.values() for each in (*task.while_, *task.when)]
    conditions += [each.when for scale in edition.scales.values() for each in scale.criteria if each.when is not None]
    for condition in conditions:
        for node in walk(condition.tree):
            if isinstance(node, Compare):
                for one, other in ((node.left, node.right), (node.right, node.left)):
                    if (
                        isinstance(one, Name)
                        and isinstance(other, Constant)
                        and isinstance(other.value, Span | int | float)
                    ):
                        found.setdefault(one.id, condition.source)
    return found


RULE = Rule(
    code="P308",
    name=Words("靠人填写的计时", "typed in timer"),
    severity=Severity.WARNING,
    what=Words(
        "条件要看“已持续多久”，而这个时长是让人填写的要素，没有 is。",
        "A condition asks how long something has lasted, and the length is a fact that people type in, without `is`.",
    ),
    why=Words(
        "没有人会在第 30 分钟准时填上“30”。任务该出现时不出现，等想起来已经晚了。",
        "Nobody types “30” at minute 30. The task does not open when it should, and by the time somebody remembers it is late.",
    ),
    mend=Words(
        "改成推算：is: elapsed(occurred)，或 if known(恢复时间) then 恢复时间 - occurred else elapsed(occurred)",
        "compute it: is: elapsed(occurred), or if known(over_at) then over_at - occurred else elapsed(occurred)",
    ),
    bad=(
        Example(
            """\
facts:
  outage_minutes: {name: {zh: 中断时长, en: Length of the outage}, ask: {zh: 中断多久了？, en: How long?}, type: int, unit: 分钟, cite: 一}  # <-
tasks:
  tell: {kind: action, name: {zh: 通知客户, en: Tell the customers}, who: office, when: outage_minutes >= 30, cite: 五}
"""
        ),
    ),
    good=(
        Example(
            """\
facts:
  outage: {name: {zh: 中断时长, en: Length of the outage}, type: duration, is: elapsed(occurred), cite: 一}
  expected: {name: {zh: 预计中断时长, en: Expected length}, ask: {zh: 预计多久？, en: How long will it take?}, type: duration, cite: 一}
tasks:
  tell: {kind: action, name: {zh: 通知客户, en: Tell the customers}, who: office, when: outage >= 30m or expected >= 2h, cite: 五}
"""
        ),
    ),
    find=find,
)
