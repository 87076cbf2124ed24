"""A task per party, for a party of which there is only one."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Words


def find(plan: View) -> Iterator[Found]:
    for task in plan.edition.tasks.values():
        party = plan.edition.actors.get(task.per)
        if party is not None and not party.many:
            yield Found(
                plan.task(task, "per"),
                Words(
                    f"“{task.name.zh}”每个“{party.name.zh}”办一次，而“{party.name.zh}”没有写 many: true",
                    f"“{task.name.say('en')}” stands once per “{party.name.say('en')}”, of which there is only one",
                ),
            )


RULE = Rule(
    code="P111",
    name=Words("逐个办理的外部方只有一个", "one task per single party"),
    severity=Severity.WARNING,
    what=Words("per 所指的外部方没有 many: true。", "`per` names a party that is not `many`."),
    why=Words(
        "per 表示每登记一个就办一次，并且登记之前没有任务。只有一个的外部方不会被登记，任务就永远不出现。",
        "`per` opens a task for every party that is registered, and none before. A party that is always the same one "
        "is never registered, so the task never comes.",
    ),
    mend=Words("给外部方写 many: true，或去掉 per", "write `many: true` at the party, or drop `per`"),
    bad=(
        Example(
            """\
parties:
  customer: {name: {zh: 投诉客户, en: Customer}, personal: true, cite: 二}
tasks:
  answer: {kind: action, name: {zh: 答复客户, en: Answer}, who: office, cite: 五,
    per: customer}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
parties:
  customer: {name: {zh: 投诉客户, en: Customer}, many: true, personal: true, cite: 二}
tasks:
  answer: {kind: action, name: {zh: 答复客户, en: Answer}, who: office, per: customer, cite: 五}
"""
        ),
    ),
    find=find,
)
