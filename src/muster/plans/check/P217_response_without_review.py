"""A case that can be closed without anybody looking back."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import CaseKind, Stage, Words


def find(plan: View) -> Iterator[Found]:
    edition = plan.edition
    if Stage.RESPONSE not in edition.stages:
        return
    guards = [
        task
        for stage in (Stage.REVIEW, Stage.CLOSED)
        for task in (edition.tasks[id_] for id_ in plan.index.before.get(stage, ()))
        if task.section is CaseKind.INCIDENT and not task.may
    ]
    if not guards:
        yield Found(
            ("stages",) if ("stages",) in plan.loaded.places else ("tasks",),
            Words(
                "处置结束后没有必须完成的总结评估（没有 before: closed 的任务）",
                "nothing has to be reviewed after the response (no task is `before: closed`)",
            ),
        )


RULE = Rule(
    code="P217",
    name=Words("处置后没有总结评估", "response without review"),
    severity=Severity.WARNING,
    what=Words(
        "预案有处置阶段，却没有任何任务写 before: closed 或 before: review。",
        "The plan has a response, and no task is `before: closed` or `before: review`.",
    ),
    why=Words(
        "事件处置后要查明经过、总结教训。没有关口，忙完就归档，下一次照样犯。",
        "What happened has to be examined and learned from. Without a guard the case is closed as soon as it is over, "
        "and the next one repeats it.",
    ),
    mend=Words("加一个总结评估任务，写 before: closed", "add a review that is `before: closed`"),
    bad=(
        Example(
            """\
tasks:  # <-
  tidy: {kind: record, name: {zh: 清理现场, en: Clear the scene}, who: office, form: brief, when: known(ended), cite: 六}
""",
            without=("tasks.review",),
        ),
    ),
    good=(
        Example(
            """\
tasks:
  lessons: {kind: meeting, name: {zh: 复盘会, en: Look back}, who: office, when: known(ended), before: review, cite: 六}
""",
            without=("tasks.review",),
        ),
    ),
    find=find,
)
