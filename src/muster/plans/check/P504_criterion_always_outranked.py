"""A criterion that never decides, because a higher level is met whenever it is."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.outranking import outranked
from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Words


def find(plan: View) -> Iterator[Found]:
    for scale in plan.edition.scales.values():
        ranks = [(scale.rank(each.level), each.when) for each in scale.criteria]
        for criterion in scale.criteria:
            # The same condition on a higher level is a finding of its own.
            twin = any(
                when is not None
                and criterion.when is not None
                and when.tree == criterion.when.tree
                and rank > scale.rank(criterion.level)
                for rank, when in ranks
            )
            if not twin and outranked(plan, scale, criterion):
                yield Found(
                    ("scales", scale.id, "criteria", criterion.id),
                    Words(
                        f"标准“{criterion.id}”满足时，更高一级的标准也必然满足，它从不起作用",
                        f"whenever the criterion “{criterion.id}” is met, a higher level is met too: it never decides",
                    ),
                )


RULE = Rule(
    code="P504",
    name=Words("不起作用的标准", "criterion always outranked"),
    severity=Severity.NOTE,
    what=Words(
        "一条标准满足时，更高一级的某条必然也满足。", "Whenever a criterion is met, one of a higher level is met too."
    ),
    why=Words(
        "低一级通常更宽（10 人以上、30 人以上）。这里低一级反而更窄，多半是写反了。",
        "It is usual that the lower level is the wider one (ten people, thirty people). Here the lower is the narrower, "
        "which is mostly a slip.",
    ),
    mend=Words("对照原文检查两级的数字", "compare the figures of both levels with the written plan"),
    bad=(
        Example(
            """\
scales:
  level:
    name: {zh: 级别, en: Level}
    levels: {low: {zh: 一般, en: General}, high: {zh: 较大, en: Larger}}
    criteria:
      low-1: {level: low, when: people < 10, cite: 三}
      low-2: {level: low, when: people > 50 and real, cite: 三}  # <-
      high-1: {level: high, when: people >= 10, cite: 三}
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
      low-1: {level: low, when: people < 10 or not real, cite: 三}
      high-1: {level: high, when: people >= 10, cite: 三}
    cite: 三
"""
        ),
    ),
    find=find,
)
