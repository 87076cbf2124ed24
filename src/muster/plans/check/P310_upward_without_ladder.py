"""A report to the next level up that does not name the levels."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import TaskKind, Words


def find(plan: View) -> Iterator[Found]:
    for task in plan.edition.tasks.values():
        if task.reach != "up":
            continue
        if not task.to or task.kind is not TaskKind.REPORT:
            yield Found(
                plan.task(task, "reach"),
                Words(
                    f"“{task.name.zh}”写了逐级上报（reach: up），却没有写上面各级是谁（to）",
                    f"“{task.name.say('en')}” goes to the next level up (`reach: up`) and does not name the levels (`to`)",
                ),
            )


RULE = Rule(
    code="P310",
    name=Words("逐级上报没有写各级", "upward without ladder"),
    severity=Severity.WARNING,
    what=Words("reach: up 的任务没有 to，或者不是报告。", "A task with `reach: up` has no `to`, or is no report."),
    why=Words(
        "“报上一级”要知道有哪几级。没有 to，报告无处可送。",
        "“The next level up” needs the levels. Without `to` the report has nowhere to go.",
    ),
    mend=Words("在 to 中由低到高列出各级", "list the levels under `to`, lowest first"),
    bad=(
        Example(
            """\
tasks:
  upward: {kind: report, name: {zh: 报上一级, en: To the next level}, who: office, cite: 四,
    reach: up}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  upward: {kind: report, name: {zh: 报上一级, en: To the next level}, who: office, to: [head, superior], reach: up, cite: 四}
"""
        ),
    ),
    find=find,
)
