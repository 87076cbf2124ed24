"""A level that no criterion leads to, while others have theirs."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Words


def find(plan: View) -> Iterator[Found]:
    for scale in plan.edition.scales.values():
        led_to = {criterion.level for criterion in scale.criteria}
        for level in scale.levels:
            if led_to and level.id not in led_to:
                yield Found(
                    ("scales", scale.id, "levels", level.id),
                    Words(f"“{level.name.zh}”没有任何标准", f"no criterion leads to “{level.name.say('en')}”"),
                )


RULE = Rule(
    code="P506",
    name=Words("没有标准的级别", "level without criterion"),
    severity=Severity.WARNING,
    what=Words(
        "其他级别有标准，这一级没有。全部都没有标准的等级体系（由人选定）不算。",
        "Other levels have criteria and this one has none. A scale without any criteria is chosen by people, and is fine.",
    ),
    why=Words(
        "系统永远不会提出这一级，也说不出何时该用它。", "It is never proposed, and nothing says when it applies."
    ),
    mend=Words(
        "写它的标准；没有具体标准的写 when: judgement",
        "write its criteria; where there is none in particular, `when: judgement`",
    ),
    bad=(
        Example(
            """\
scales:
  level:
    name: {zh: 级别, en: Level}
    levels:
      low: {zh: 一般, en: General}
      high: {zh: 较大, en: Larger}  # <-
    criteria:
      low-1: {level: low, when: people < 10, cite: 三}
      low-2: {level: low, when: judgement, cite: 三}
    cite: 三
"""
        ),
    ),
    good=(
        Example(
            """\
scales:
  level: {name: {zh: 级别, en: Level}, levels: {low: {zh: 一般, en: General}, high: {zh: 较大, en: Larger}}, cite: 三}
tasks:
  crowd: {kind: action, name: {zh: 增派人手, en: Send more people}, who: office, when: people > 50, cite: 五}
"""
        ),
    ),
    find=find,
)
