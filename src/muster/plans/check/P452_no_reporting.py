"""A plan in which nobody has to report anything to anybody."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import CaseKind, TaskKind, Words


def find(plan: View) -> Iterator[Found]:
    reports = [
        task
        for task in plan.edition.tasks.values()
        if task.kind is TaskKind.REPORT and task.section is CaseKind.INCIDENT and not task.may
    ]
    if not reports:
        yield Found(
            ("tasks",), Words("没有写信息报告：事件中没有必办的报告任务", "no report is owed when something happens")
        )


RULE = Rule(
    code="P452",
    name=Words("缺少信息报告", "no reporting"),
    severity=Severity.WARNING,
    what=Words(
        "事件的任务中没有必办的 kind: report。", "Among the tasks of an incident there is no `report` that is owed."
    ),
    why=Words(
        "《突发事件应急预案管理办法》要求预案明确信息报告；《突发事件应对法》规定了报告义务。",
        "The national rules on emergency plans ask for reporting, and the Emergency Response Law makes it a duty.",
    ),
    mend=Words("写首报任务：谁报、报给谁、多长时间内", "write the first report: who, to whom, within what time"),
    bad=(
        Example(
            """\
tasks:  # <-
  note-it: {kind: record, name: {zh: 登记, en: Note it}, who: office, with: superior, form: brief, cite: 四}
""",
            without=("tasks.first-report",),
        ),
    ),
    good=(
        Example(
            """\
tasks:
  call: {kind: report, name: {zh: 电话报告, en: Call}, who: office, to: superior, due: occurred + 1h, cite: 四}
"""
        ),
    ),
    find=find,
)
