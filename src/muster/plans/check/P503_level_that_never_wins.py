"""A level that is always outranked: whenever it is met, a higher one is met too."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.outranking import outranked
from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Words


def find(plan: View) -> Iterator[Found]:
    for scale in plan.edition.scales.values():
        for level in scale.levels:
            own = [criterion for criterion in scale.criteria if criterion.level == level.id]
            if own and all(outranked(plan, scale, criterion) for criterion in own):
                yield Found(
                    ("scales", scale.id, "levels", level.id),
                    Words(
                        f"“{level.name.zh}”永远不会被提出：它的标准满足时，更高一级的也满足",
                        f"“{level.name.say('en')}” can never be proposed: whenever it is met, a higher level is met too",
                    ),
                )


RULE = Rule(
    code="P503",
    name=Words("永远轮不到的级别", "level that never wins"),
    severity=Severity.WARNING,
    what=Words(
        "这一级的每条标准都必然同时满足更高一级的标准。", "Every criterion of the level implies one of a higher level."
    ),
    why=Words(
        "就高不就低：系统总是提出更高的一级，为这一级写的措施永远用不上。",
        "The highest level counts, so this one is never proposed, and the measures written for it never come.",
    ),
    mend=Words(
        "检查两级标准是否写反，或数字区间是否重叠", "see whether the criteria of the two levels are swapped or overlap"
    ),
    bad=(
        Example(
            """\
scales:
  level:
    name: {zh: 级别, en: Level}
    levels:
      low: {zh: 一般, en: General}
      middle: {zh: 较大, en: Larger}  # <-
      high: {zh: 重大, en: Major}
    criteria:
      low-1: {level: low, when: people < 10, cite: 三}
      middle-1: {level: middle, when: people >= 30, cite: 三}
      high-1: {level: high, when: people >= 10, cite: 三}
    cite: 三
suppress:
  - {rule: P504, on: middle-1, why: {zh: 见上, en: As above}}
"""
        ),
    ),
    good=(
        Example(
            """\
scales:
  level:
    name: {zh: 级别, en: Level}
    levels: {low: {zh: 一般, en: General}, middle: {zh: 较大, en: Larger}, high: {zh: 重大, en: Major}}
    criteria:
      low-1: {level: low, when: people < 10, cite: 三}
      middle-1: {level: middle, when: people >= 10, cite: 三}
      high-1: {level: high, when: people >= 30, cite: 三}
    cite: 三
"""
        ),
    ),
    find=find,
)
