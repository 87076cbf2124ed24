"""A plan that nobody ever practises."""

from __future__ import annotations

import re
from collections.abc import Iterator

from muster.plans.check.parts import says_anywhere
from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Words

DRILLS = re.compile(r"演练|演习|推演|拉练|\bdrills?\b|\bexercises?\b|\brehears", re.IGNORECASE)


def find(plan: View) -> Iterator[Found]:
    if not says_anywhere(plan, DRILLS):
        yield Found(("standing",), Words("没有写应急演练", "nothing says that the plan is practised"))


RULE = Rule(
    code="P456",
    name=Words("缺少应急演练", "no drills"),
    severity=Severity.WARNING,
    what=Words("没有任何任务、职责或提示提到演练。", "No task, duty or advice speaks of a drill."),
    why=Words(
        "《突发事件应急预案管理办法》要求建立演练制度，专项和部门预案至少每三年演练一次。没练过的预案，第一次就是实战。",
        "The national rules on emergency plans demand drills, of special and departmental plans at least every three years. A plan that was never practised is tried out for the first time when it matters.",
    ),
    mend=Words(
        "在 standing 中写演练任务和周期（again: {every: 2y}）",
        "write a drill and its interval under `standing` (again: {every: 2y})",
    ),
    bad=(
        Example(
            """\
standing:  # <-
  training: {kind: record, name: {zh: 培训, en: Training}, who: office, form: brief, again: {every: 1y}, cite: 七}
""",
            without=("standing.drill",),
        ),
    ),
    good=(
        Example(
            """\
standing:
  table-top: {kind: record, name: {zh: 桌面推演, en: Table-top exercise}, who: office, form: brief, again: {every: 1y}, cite: 七}
""",
            without=("standing.drill",),
        ),
    ),
    find=find,
)
