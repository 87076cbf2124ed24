"""A plan that stops when the response does: nothing about losses, causes, claims or what people need afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from muster.plans.check.parts import says_anywhere
from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import CaseKind, Stage, Words

AFTERWARDS = re.compile(
    r"善后|恢复|重建|赔偿|理赔|补偿|安置|抚慰|总结|评估|调查|aftermath|recover|compensat|investigat|review",
    re.IGNORECASE,
)


def find(plan: View) -> Iterator[Found]:
    tasks = [task for task in plan.edition.tasks.values() if task.section is CaseKind.INCIDENT]
    later = any(
        task.before in (Stage.REVIEW, Stage.CLOSED) or any("ended" in each.reads for each in (*task.while_, *task.when))
        for task in tasks
    )
    if not later and not says_anywhere(plan, AFTERWARDS):
        yield Found(("tasks",), Words("没有写善后和恢复", "there is nothing about the aftermath"))


RULE = Rule(
    code="P454",
    name=Words("缺少善后恢复", "no aftermath"),
    severity=Severity.WARNING,
    what=Words(
        "没有终止以后的任务，文字里也没有善后、恢复、赔偿、调查等。",
        "No task comes after the end of the response, and nothing speaks of recovery, compensation or an investigation.",
    ),
    why=Words(
        "《突发事件应急预案管理办法》和《突发事件应对法》都要求事后恢复与重建。危险过去了，受影响的人还在。",
        "The national rules on plans and the Emergency Response Law both ask for recovery. The danger passes, those who were hit "
        "remain.",
    ),
    mend=Words(
        "写终止后的任务（when: known(ended)），例如善后、调查、恢复秩序",
        "write what follows (`when: known(ended)`): recovery, investigation, claims",
    ),
    bad=(
        Example(
            """\
stages: [intake, assessment, closed]
tasks:  # <-
  tidy: {kind: action, name: {zh: 清理现场, en: Clear the scene}, who: office, cite: 六}
""",
            without=("tasks.review", "rights.end"),
        ),
    ),
    good=(
        Example(
            """\
tasks:
  claims: {kind: action, name: {zh: 善后理赔, en: Settle claims}, who: office, when: known(ended), before: closed, cite: 六}
"""
        ),
    ),
    find=find,
)
