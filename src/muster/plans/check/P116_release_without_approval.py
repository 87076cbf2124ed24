"""Something told to the public that nobody has to approve."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import TaskKind, Words


def find(plan: View) -> Iterator[Found]:
    for task in plan.edition.tasks.values():
        if task.kind is TaskKind.RELEASE and not task.approve:
            yield Found(
                plan.task(task),
                Words(
                    f"“{task.name.zh}”对外发布，却没有审批人",
                    f"“{task.name.say('en')}” goes to the public without anybody's approval",
                ),
            )


RULE = Rule(
    code="P116",
    name=Words("对外发布没有审批", "release without approval"),
    severity=Severity.WARNING,
    what=Words("kind: release 的任务没有 approve。", "A `release` task has no `approve`."),
    why=Words(
        "发出去的话收不回来。没有第二个人看过的通报，错一个数字就是一次次生舆情。",
        "What has been published cannot be recalled. One wrong figure that a second pair of eyes would have caught "
        "becomes an incident of its own.",
    ),
    mend=Words("写 approve：由谁签发", "write `approve`: who signs it off"),
    bad=(
        Example(
            """\
tasks:
  statement: {kind: release, name: {zh: 情况通报, en: Statement}, who: office, to: superior, form: brief, cite: 五}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  statement: {kind: release, name: {zh: 情况通报, en: Statement}, who: office, approve: head, to: superior, form: brief, cite: 五}
"""
        ),
    ),
    find=find,
)
