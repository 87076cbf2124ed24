"""One and the same condition as a criterion of two levels."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Words


def find(plan: View) -> Iterator[Found]:
    for scale in plan.edition.scales.values():
        for number, criterion in enumerate(scale.criteria):
            for other in scale.criteria[:number]:
                same = criterion.when is not None and other.when is not None and criterion.when.tree == other.when.tree
                if same and criterion.level != other.level:
                    yield Found(
                        ("scales", scale.id, "criteria", criterion.id),
                        Words(
                            f"标准“{criterion.id}”与“{other.id}”条件相同，级别不同",
                            f"the criteria “{criterion.id}” and “{other.id}” have one condition and two levels",
                        ),
                    )


RULE = Rule(
    code="P505",
    name=Words("两级用同一条标准", "same criterion on two levels"),
    severity=Severity.WARNING,
    what=Words("两个级别的标准条件完全相同。", "Criteria of two levels have exactly the same condition."),
    why=Words(
        "只有较高的一级会被提出，较低的那条不起作用，多半是复制后忘了改。",
        "Only the higher level will ever be proposed. Mostly a line was copied and not changed.",
    ),
    mend=Words(
        "改正其中一条；原文确实两级同写、就高认定的，用 suppress 说明",
        "mend one of them; where the written plan really has both, and means the higher, say so under `suppress`",
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
      low-2: {level: low, when: people >= 10 and real, cite: 三}
      high-1: {level: high, when: people >= 10 and real, cite: 三}  # <-
      high-2: {level: high, when: judgement, cite: 三}
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
      low-1: {level: low, when: judgement, cite: 三}
      high-1: {level: high, when: judgement, cite: 三}
    cite: 三
tasks:
  crowd: {kind: action, name: {zh: 增派人手, en: Send more people}, who: office, when: people > 50, cite: 五}
"""
        ),
    ),
    find=find,
)
