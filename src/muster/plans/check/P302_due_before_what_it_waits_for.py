"""A task that is due before the task it has to wait for."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.offsets import offset_of
from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Words


def find(plan: View) -> Iterator[Found]:
    for task in plan.edition.tasks.values():
        for earlier in task.after:
            other = plan.edition.tasks.get(earlier)
            if task.due is None or other is None or other.due is None or other.section is not task.section:
                continue
            if offset_of(task.due).is_before(offset_of(other.due)):
                yield Found(
                    plan.task(task, "due"),
                    Words(
                        f"“{task.name.zh}”（{task.due.source}）要等“{other.name.zh}”（{other.due.source}），时限却更早",
                        f"“{task.name.say('en')}” ({task.due.source}) waits for “{other.name.say('en')}” "
                        f"({other.due.source}) and is due earlier",
                    ),
                )


RULE = Rule(
    code="P302",
    name=Words("时限早于所等的任务", "due before what it waits for"),
    severity=Severity.WARNING,
    what=Words(
        "任务的 due 早于它 after 所指任务的 due。",
        "The `due` of a task is earlier than that of a task named in its `after`.",
    ),
    why=Words(
        "前一个任务按时完成，后一个也已经逾期；责任人无论如何守不住时限。",
        "Even if the first is done just in time, the second is overdue: whoever owes it cannot keep the limit.",
    ),
    mend=Words("改其中一个时限，或去掉 after", "change one of the limits, or drop `after`"),
    bad=(
        Example(
            """\
tasks:
  scheme: {kind: record, name: {zh: 拟定方案, en: Scheme}, who: office, due: occurred + 4h, cite: 五}
  carry-out: {kind: action, name: {zh: 落实方案, en: Carry it out}, who: office, after: scheme, cite: 五,
    due: occurred + 2h}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  scheme: {kind: record, name: {zh: 拟定方案, en: Scheme}, who: office, due: occurred + 2h, cite: 五}
  carry-out: {kind: action, name: {zh: 落实方案, en: Carry it out}, who: office, after: scheme, due: occurred + 1d, cite: 五}
"""
        ),
    ),
    find=find,
)
