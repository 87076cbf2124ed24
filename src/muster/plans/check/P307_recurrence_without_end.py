"""A task that comes back at fixed times, and nothing that ever stops it."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import CaseKind, Words


def find(plan: View) -> Iterator[Found]:
    for task in plan.edition.tasks.values():
        again = task.again
        if again is None or task.section is CaseKind.STANDING or again.until is not None or task.while_:
            continue
        if again.every is not None or again.by:
            yield Found(
                plan.task(task, "again"),
                Words(
                    f"“{task.name.zh}”定时重复，没有写到何时为止（until）",
                    f"“{task.name.say('en')}” recurs, and nothing says until when",
                ),
            )


RULE = Rule(
    code="P307",
    name=Words("定时重复没有终点", "recurrence without end"),
    severity=Severity.WARNING,
    what=Words(
        "事件、预警或隐患的任务按时间重复，没有 until，也没有 while。",
        "A task of an incident, warning or hazard recurs by time, with neither `until` nor `while`.",
    ),
    why=Words(
        "响应终止了，每日续报还在一天天到期，直到归档为止，全都算漏报。",
        "The response is over and the daily report goes on falling due until the case is closed, missed every day.",
    ),
    mend=Words("写 until，例如 until: known(ended)", "write `until`, such as until: known(ended)"),
    bad=(
        Example(
            """\
tasks:
  daily: {kind: report, name: {zh: 每日续报, en: Daily report}, who: office, to: superior, cite: 四,
    again: {every: 1d}}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  daily: {kind: report, name: {zh: 每日续报, en: Daily report}, who: office, to: superior, again: {every: 1d, until: known(ended)}, cite: 四}
"""
        ),
    ),
    find=find,
)
