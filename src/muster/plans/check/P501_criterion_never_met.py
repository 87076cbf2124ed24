"""A criterion that no situation can meet."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Words


def find(plan: View) -> Iterator[Found]:
    for scale in plan.edition.scales.values():
        for criterion in scale.criteria:
            if criterion.when is not None and not plan.boxes.can_hold([criterion.when.tree]):
                yield Found(
                    ("scales", scale.id, "criteria", criterion.id),
                    Words(
                        f"标准“{criterion.id}”不可能满足：{criterion.when.source}",
                        f"no situation can meet the criterion “{criterion.id}”: {criterion.when.source}",
                    ),
                )


RULE = Rule(
    code="P501",
    name=Words("不可能满足的标准", "criterion never met"),
    severity=Severity.ERROR,
    what=Words("criteria 中的条件不可能成立。", "The condition of a criterion cannot hold."),
    why=Words(
        "这一条等于没写。该定高一级的事件会被定低，报告、指挥、发布都跟着错。",
        "It might as well not be there. An incident that should be graded higher is graded lower, and reports, command and "
        "releases go wrong with it.",
    ),
    mend=Words(
        "对照原文改条件：多半是 and 应为 or，或数字写反",
        "compare it with the written plan: mostly an `and` should be `or`, or numbers are swapped",
    ),
    bad=(
        Example(
            """\
scales:
  level:
    name: {zh: 级别, en: Level}
    levels: {low: {zh: 一般, en: General}, high: {zh: 较大, en: Larger}}
    criteria:
      low-1: {level: low, when: people < 10, cite: 三}
      high-1: {level: high, when: people >= 10, cite: 三}
      high-2: {level: high, when: people > 50 and people < 30, cite: 三}  # <-
    cite: 三
"""
        ),
    ),
    good=(
        Example(
            """\
scales:
  level:
    name: {zh: 级别, en: Level}
    levels: {low: {zh: 一般, en: General}, high: {zh: 较大, en: Larger}}
    criteria:
      low-1: {level: low, when: people < 10, cite: 三}
      high-1: {level: high, when: people >= 10, cite: 三}
      high-2: {level: high, when: people > 5 and not real, cite: 三}
    cite: 三
"""
        ),
    ),
    find=find,
)
