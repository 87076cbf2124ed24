"""A plan that reports and reviews, and does nothing about what has happened."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import CaseKind, Stage, TaskKind, Words

MEASURES = frozenset(
    {TaskKind.ACTION, TaskKind.DISPATCH, TaskKind.DECISION, TaskKind.MEETING, TaskKind.RECORD, TaskKind.RELEASE}
)


def find(plan: View) -> Iterator[Found]:
    measures = [
        task
        for task in plan.edition.tasks.values()
        if task.section is CaseKind.INCIDENT
        and task.kind in MEASURES
        and task.before not in (Stage.CLOSED, Stage.REVIEW)
        and not any("ended" in each.reads for each in (*task.while_, *task.when))
    ]
    if not measures:
        yield Found(
            ("tasks",),
            Words(
                "没有写响应措施：终止之前除了报告无事可做",
                "there is no measure: before the end nothing but reports is owed",
            ),
        )


RULE = Rule(
    code="P453",
    name=Words("缺少响应措施", "no response"),
    severity=Severity.WARNING,
    what=Words(
        "除报告和事后工作外，事件中没有任何任务。",
        "Beside reports and what follows afterwards, an incident has no task.",
    ),
    why=Words(
        "《突发事件应急预案管理办法》要求预案明确响应措施。只报不办，不是应急预案。",
        "The national rules on emergency plans ask for measures. A plan that reports and does nothing is not one.",
    ),
    mend=Words("写先期处置和各级响应的任务", "write the tasks of the first response and of each level"),
    bad=(
        Example(
            """\
tasks:  # <-
  first-report: {kind: report, name: {zh: 首报, en: First report}, who: office, to: superior, form: brief, due: occurred + 1h, cite: 四}
""",
            without=("tasks.respond",),
        ),
    ),
    good=(
        Example(
            """\
tasks:
  secure: {kind: action, name: {zh: 控制现场, en: Secure the scene}, who: office, cite: 五}
""",
            without=("tasks.respond",),
        ),
    ),
    find=find,
)
