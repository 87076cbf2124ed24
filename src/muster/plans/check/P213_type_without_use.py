"""A type of incident that changes nothing."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.check.use import words_read
from muster.plans.findings import Severity
from muster.plans.model import Words


def find(plan: View) -> Iterator[Found]:
    read = words_read(plan.edition)
    for type_ in plan.edition.types.values():
        if type_.id not in read:
            yield Found(
                ("types", type_.id),
                Words(
                    f"事件类型“{type_.name.zh}”不影响任何任务或等级",
                    f"nothing depends on the type of incident “{type_.name.say('en')}”",
                ),
            )


RULE = Rule(
    code="P213",
    name=Words("没有用到的事件类型", "type without use"),
    severity=Severity.NOTE,
    what=Words("没有任何条件写到这个类型（x in types）。", "No condition speaks of the type (`x in types`)."),
    why=Words(
        "类型通常决定走哪套程序。没有下文的类型只用于统计；若书面预案为它写了程序，就是漏了。",
        "A type mostly decides which procedure runs. One that decides nothing serves statistics only, or its procedure "
        "was forgotten.",
    ),
    mend=Words(
        "为它写一组任务（while: x in types），或接受它只用于统计",
        "write its group of tasks (`while: x in types`), or accept that it only counts",
    ),
    bad=(
        Example(
            """\
types:
  fire: {name: {zh: 火灾, en: Fire}, cite: 一}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
types:
  fire: {name: {zh: 火灾, en: Fire}, cite: 一}
tasks:
  evacuate: {kind: action, name: {zh: 疏散, en: Evacuate}, while: fire in types, who: office, cite: 五}
"""
        ),
    ),
    find=find,
)
