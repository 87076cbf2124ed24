"""A right that the plan gives by level, and a level at which nobody has it."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.conditions import Compare, Name
from muster.plans.findings import Severity
from muster.plans.model import CaseKind, RightName, Words

OF_INCIDENTS = (RightName.CONFIRM, RightName.LOWER, RightName.START, RightName.END, RightName.REVIEW, RightName.CLOSE, RightName.PUBLISH)  # fmt: skip
OF_WARNINGS = (RightName.PROPOSE, RightName.APPROVE, RightName.ISSUE, RightName.LIFT)


def find(plan: View) -> Iterator[Found]:
    for kind, names in ((CaseKind.INCIDENT, OF_INCIDENTS), (CaseKind.WARNING, OF_WARNINGS)):
        scale = next((scale for scale in plan.edition.scales.values() if scale.of is kind), None)
        if scale is None:
            continue
        for name in names:
            rights = plan.edition.rights.get(name, ())
            # Nobody lowers to the highest level.
            levels = scale.levels[:-1] if name is RightName.LOWER else scale.levels
            missing = [
                level
                for level in levels
                if rights
                and not any(
                    right.when is None
                    or plan.boxes.can_hold([right.when.tree, Compare("==", Name(scale.id), Name(level.id))])
                    for right in rights
                )
            ]
            if missing:
                zh = "、".join(level.name.zh for level in missing)
                en = ", ".join(level.name.say("en") for level in missing)
                yield Found(
                    ("rights", name.value),
                    Words(f"“{zh}”时没有人有 {name.value} 权限", f"nobody holds the right `{name.value}` at: {en}"),
                )


RULE = Rule(
    code="P114",
    name=Words("某一级别无人有权限", "right without holder at a level"),
    severity=Severity.WARNING,
    what=Words(
        "一项权限按级别或颜色分给不同的人，但有的级别一个人也没分到。",
        "A right is given by level or colour, and at some level nobody has it.",
    ),
    why=Words(
        "事件正好是那一级时，没有人能启动、终止、确认或发布，系统会拒绝所有人。",
        "When an incident has just that level, nobody can start, end, confirm or publish: everybody is refused.",
    ),
    mend=Words(
        "补上这一级由谁负责，或让某个条件覆盖它（例如 >=）", "say who has it at that level, or widen a condition (>=)"
    ),
    bad=(
        Example(
            """\
rights:
  end: {who: office, when: level == low, cite: 五}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
rights:
  end: [{who: office, when: level == low, cite: 五}, {who: head, when: level >= high, cite: 五}]
"""
        ),
    ),
    find=find,
)
