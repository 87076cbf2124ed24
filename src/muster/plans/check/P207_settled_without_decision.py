"""A task that should settle something, and is no decision."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import TaskKind, Words


def find(plan: View) -> Iterator[Found]:
    for task in plan.edition.tasks.values():
        if task.settles and task.kind is not TaskKind.DECISION:
            yield Found(
                plan.task(task, "settles"),
                Words(
                    f"“{task.name.zh}”写了 settles: {task.settles}，却不是决定（kind: {task.kind.value}）",
                    f"“{task.name.say('en')}” settles `{task.settles}`, but is no decision (kind: {task.kind.value})",
                ),
            )


RULE = Rule(
    code="P207",
    name=Words("不是决定的任务写了结论", "settled without decision"),
    severity=Severity.WARNING,
    what=Words("kind 不是 decision 的任务写了 settles。", "A task of another kind than `decision` has `settles`."),
    why=Words(
        "只有决定会问出结论。别的任务完成后，要素仍是“不清楚”，等它的任务不会出现。",
        "Only a decision asks for its outcome. Another task is completed, the fact stays unknown, and what waits for it "
        "never opens.",
    ),
    mend=Words("改为 kind: decision，或去掉 settles", "make it `kind: decision`, or drop `settles`"),
    bad=(
        Example(
            """\
tasks:
  verify: {kind: action, name: {zh: 核实情况, en: Verify}, who: office, cite: 五,
    settles: real}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  verify: {kind: decision, name: {zh: 核实情况, en: Verify}, who: office, settles: real, cite: 五}
"""
        ),
    ),
    find=find,
)
