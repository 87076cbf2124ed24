"""A written report that is due before the telephone report on the same matter."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.offsets import offset_of
from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Task, TaskKind, Words

PHONE = frozenset({"phone", "telephone", "call", "电话"})


def find(plan: View) -> Iterator[Found]:
    reports = [task for task in plan.edition.tasks.values() if task.kind is TaskKind.REPORT and task.due is not None]
    for written in reports:
        if PHONE & set(written.channel):
            continue
        for phone in reports:
            if PHONE & set(phone.channel) and _same(written, phone) and plan.stand_together(written, phone):
                assert written.due is not None
                assert phone.due is not None
                if offset_of(written.due).is_before(offset_of(phone.due)):
                    yield Found(
                        plan.task(written, "due"),
                        Words(
                            f"“{written.name.zh}”（{written.due.source}）比电话的“{phone.name.zh}”（{phone.due.source}）还早",
                            f"“{written.name.say('en')}” ({written.due.source}) is due before “{phone.name.say('en')}” "
                            f"by telephone ({phone.due.source})",
                        ),
                    )


def _same(written: Task, phone: Task) -> bool:
    return bool(set(written.who) & set(phone.who)) and bool(set(written.to) & set(phone.to))


RULE = Rule(
    code="P301",
    name=Words("书面报告早于电话报告", "written before phone"),
    severity=Severity.WARNING,
    what=Words(
        "同一单位向同一对象的书面报告，时限比电话报告更早。",
        "The written report of an office to somebody is due before its report by telephone.",
    ),
    why=Words(
        "先电话、后书面。反过来多半是两个数字写颠倒了。",
        "The call comes first. Mostly the two limits have been swapped.",
    ),
    mend=Words("对照原文改正两个时限", "compare both limits with the written plan"),
    bad=(
        Example(
            """\
tasks:
  call: {kind: report, name: {zh: 电话报告, en: Call}, who: office, to: superior, channel: phone, due: occurred + 90m, cite: 四}
  letter: {kind: report, name: {zh: 书面报告, en: Letter}, who: office, to: superior, channel: written, cite: 四,
    due: occurred + 1h}  # <-
  first-report: {kind: report, name: {zh: 首报, en: First report}, who: head, to: superior, form: brief, due: occurred + 1h, cite: 四}
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  call: {kind: report, name: {zh: 电话报告, en: Call}, who: office, to: superior, channel: phone, due: occurred + 1h, cite: 四}
  letter: {kind: report, name: {zh: 书面报告, en: Letter}, who: office, to: superior, channel: written, due: occurred + 90m, cite: 四}
"""
        ),
    ),
    find=find,
)
