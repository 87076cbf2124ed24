"""A report to nobody."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import TaskKind, Words


def find(plan: View) -> Iterator[Found]:
    for task in plan.edition.tasks.values():
        if task.kind is TaskKind.REPORT and not task.to and task.reach != "up":
            yield Found(
                plan.task(task),
                Words(f"“{task.name.zh}”没有写报给谁（to）", f"“{task.name.say('en')}” does not say to whom (`to`)"),
            )


RULE = Rule(
    code="P309",
    name=Words("报告没有对象", "report without addressee"),
    severity=Severity.WARNING,
    what=Words("kind: report 的任务没有 to。", "A `report` has no `to`."),
    why=Words(
        "没有对象就没有送达和回执，事后无法证明报过。",
        "Without an addressee there is no delivery and no receipt, and nobody can prove that it was made.",
    ),
    mend=Words("写 to：报给哪些单位", "write `to`: whom it goes to"),
    bad=(
        Example(
            """\
tasks:
  follow-up: {kind: report, name: {zh: 续报, en: Follow-up}, who: office, form: brief, cite: 四}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  follow-up: {kind: report, name: {zh: 续报, en: Follow-up}, who: office, to: superior, form: brief, cite: 四}
"""
        ),
    ),
    find=find,
)
