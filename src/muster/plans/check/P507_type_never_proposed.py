"""A type of incident whose condition cannot hold."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Words


def find(plan: View) -> Iterator[Found]:
    for type_ in plan.edition.types.values():
        if type_.when is not None and not plan.boxes.can_hold([type_.when.tree]):
            yield Found(
                ("types", type_.id),
                Words(
                    f"事件类型“{type_.name.zh}”的条件不可能成立：{type_.when.source}",
                    f"the condition of the type “{type_.name.say('en')}” cannot hold: {type_.when.source}",
                ),
            )


RULE = Rule(
    code="P507",
    name=Words("永远不会提出的类型", "type never proposed"),
    severity=Severity.ERROR,
    what=Words("事件类型的 when 不可能成立。", "The `when` of a type of incident cannot hold."),
    why=Words(
        "系统永远不会提示这一类型，它的那套程序靠人想起来。",
        "The type is never proposed, and its procedure waits for somebody to think of it.",
    ),
    mend=Words("改条件；需要由人选定的，去掉 when", "mend the condition; drop `when` where a person chooses"),
    bad=(
        Example(
            """\
types:
  crowd: {name: {zh: 聚集, en: Crowd}, when: people > 50 and people < 20, cite: 一}  # <-
tasks:
  receive: {kind: action, name: {zh: 接待群众, en: Receive them}, while: crowd in types, who: office, cite: 五}
"""
        ),
    ),
    good=(
        Example(
            """\
types:
  crowd: {name: {zh: 聚集, en: Crowd}, when: people > 50, cite: 一}
tasks:
  receive: {kind: action, name: {zh: 接待群众, en: Receive them}, while: crowd in types, who: office, cite: 五}
"""
        ),
    ),
    find=find,
)
