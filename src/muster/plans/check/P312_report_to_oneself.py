"""A report that nobody gets but its sender."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import TaskKind, Words


def find(plan: View) -> Iterator[Found]:
    for task in plan.edition.tasks.values():
        if task.kind is TaskKind.REPORT and len(task.who) == 1 and set(task.to) == set(task.who):
            yield Found(
                plan.task(task, "to"),
                Words(
                    f"“{task.name.zh}”由“{plan.actor_name(task.who[0]).zh}”报给自己",
                    f"“{task.name.say('en')}” goes from “{plan.actor_name(task.who[0]).say('en')}” to itself",
                ),
            )


RULE = Rule(
    code="P312",
    name=Words("报给自己的报告", "report to oneself"),
    severity=Severity.WARNING,
    what=Words("报告的 who 和 to 是同一个单位。", "`who` and `to` of a report are the same actor."),
    why=Words(
        "没有人因此知道得更多，真正该收到的人却没有收到。",
        "Nobody learns anything by it, and whoever should, does not.",
    ),
    mend=Words(
        "写明真正的对象；若只是记录，用 kind: record", "name the real addressee; if it is a note, use `kind: record`"
    ),
    bad=(
        Example(
            """\
tasks:
  inform: {kind: report, name: {zh: 通报情况, en: Inform}, who: office, cite: 四,
    to: office}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  inform: {kind: report, name: {zh: 通报情况, en: Inform}, who: office, to: [office, superior], cite: 四}
"""
        ),
    ),
    find=find,
)
