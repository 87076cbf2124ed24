"""A decision of which nobody can say what it decides."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import TaskKind, Words


def find(plan: View) -> Iterator[Found]:
    for task in plan.edition.tasks.values():
        if task.kind is TaskKind.DECISION and not task.settles and task.text is None:
            yield Found(
                plan.task(task),
                Words(
                    f"“{task.name.zh}”是决定，却没有写决定什么（settles）",
                    f"“{task.name.say('en')}” is a decision and settles nothing",
                ),
            )


RULE = Rule(
    code="P208",
    name=Words("不知决定什么的决定", "decision about nothing"),
    severity=Severity.WARNING,
    what=Words("kind: decision 的任务没有 settles，也没有 text。", "A `decision` has neither `settles` nor a `text`."),
    why=Words(
        "做决定的人看不到选项，决定的结果也不影响任何事。",
        "Whoever decides sees no options, and nothing follows from what he decides.",
    ),
    mend=Words(
        "写 settles：它回答哪个要素、确认哪个等级，或 start、end、lift",
        "write `settles`: the fact it answers, the scale it confirms, or start, end, lift",
    ),
    bad=(
        Example(
            """\
tasks:
  choose: {kind: decision, name: {zh: 研究决定, en: Decide}, who: head, cite: 五}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
facts:
  relocate: {name: {zh: 转移人员, en: Move people}, ask: {zh: 是否转移人员？, en: Are people moved?}, type: bool, cite: 五}
tasks:
  choose: {kind: decision, name: {zh: 决定是否转移, en: Decide on moving}, who: head, settles: relocate, cite: 五}
  move: {kind: action, name: {zh: 组织转移, en: Move people}, who: office, when: relocate, cite: 五}
"""
        ),
    ),
    find=find,
)
