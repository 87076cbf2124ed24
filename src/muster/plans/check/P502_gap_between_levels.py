"""A situation that is fully known and for which no criterion gives a level."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.describing import describe
from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Words


def find(plan: View) -> Iterator[Found]:
    for scale in plan.edition.scales.values():
        conditions = [criterion.when for criterion in scale.criteria]
        if not conditions or None in conditions:
            continue  # nothing is graded by rule, or a judgement catches whatever is left
        trees = [condition.tree for condition in conditions if condition is not None]
        box = plan.boxes.witness([] if scale.when is None else [scale.when.tree], trees)
        if box is not None:
            case = describe(plan.edition, box)
            yield Found(
                ("scales", scale.id, "criteria"),
                Words(
                    f"有的情形不属于“{scale.name.zh}”的任何一级，例如：{case.zh}",
                    f"some situations get no level of “{scale.name.say('en')}”, such as: {case.say('en')}",
                ),
            )


RULE = Rule(
    code="P502",
    name=Words("级别之间有空档", "gap between levels"),
    severity=Severity.NOTE,
    what=Words(
        "各级标准都没有覆盖到的情形，附一个例子。有“由人判断”（judgement）的标准时不提示。",
        "A situation that no criterion covers, with an example. Not told where some criterion is a judgement.",
    ),
    why=Words(
        "都不满足不等于最低级，而是“未定级”。可能正是原文的意思，也可能漏了“10 人以上 30 人以下”这样一段。",
        "No criterion met means not graded, never the lowest level. That may be what the plan wants, or a stretch such as "
        "“ten to thirty people” was forgotten.",
    ),
    mend=Words(
        "补上这一段，或加一条 when: judgement 由人判断",
        "cover it, or add a criterion with `when: judgement`",
    ),
    bad=(
        Example(
            """\
scales:
  level:
    name: {zh: 级别, en: Level}
    levels: {low: {zh: 一般, en: General}, high: {zh: 较大, en: Larger}}
    criteria:  # <-
      low-1: {level: low, when: people < 10, cite: 三}
      high-1: {level: high, when: people > 30, cite: 三}
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
      high-1: {level: high, when: people > 30, cite: 三}
      high-2: {level: high, when: judgement, cite: 三}
    cite: 三
"""
        ),
    ),
    find=find,
)
