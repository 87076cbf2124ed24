"""A decision on a fact that is computed."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Words


def find(plan: View) -> Iterator[Found]:
    for task in plan.edition.tasks.values():
        fact = plan.edition.facts.get(task.settles)
        if fact is not None and fact.derived is not None:
            yield Found(
                plan.task(task, "settles"),
                Words(
                    f"“{task.name.zh}”要决定“{fact.name.zh}”，而它是推算出来的（is: {fact.derived.source}）",
                    f"“{task.name.say('en')}” settles “{fact.name.say('en')}”, which is computed (is: {fact.derived.source})",
                ),
            )


RULE = Rule(
    code="P210",
    name=Words("决定一个推算出来的要素", "derived fact settled"),
    severity=Severity.ERROR,
    what=Words("settles 所指的要素写了 is。", "`settles` names a fact that has `is`."),
    why=Words(
        "推算的要素不接受填写，这个决定永远无法完成。",
        "A computed fact takes no answer, so the decision can never be completed.",
    ),
    mend=Words(
        "去掉要素的 is，或让决定回答另一个要素", "drop `is` from the fact, or let the decision settle another one"
    ),
    bad=(
        Example(
            """\
facts:
  crowd: {name: {zh: 人数较多, en: A crowd}, type: bool, is: people > 50, cite: 一}
tasks:
  judge: {kind: decision, name: {zh: 认定人数较多, en: Judge the crowd}, who: office, cite: 五,
    settles: crowd}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
facts:
  crowd: {name: {zh: 人数较多, en: A crowd}, type: bool, cite: 一}
tasks:
  judge: {kind: decision, name: {zh: 认定人数较多, en: Judge the crowd}, who: office, settles: crowd, cite: 五}
  more: {kind: action, name: {zh: 增派人手, en: Send more people}, who: office, when: crowd, cite: 五}
"""
        ),
    ),
    find=find,
)
