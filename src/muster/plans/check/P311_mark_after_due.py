"""A mark that is announced after the limit it should warn of."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.offsets import offset_of
from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Words


def find(plan: View) -> Iterator[Found]:
    for task in plan.edition.tasks.values():
        for number, mark in enumerate(task.marks):
            if task.due is not None and offset_of(task.due).is_before(offset_of(mark.at)):
                yield Found(
                    plan.task(task, "marks", number),
                    Words(
                        f"“{task.name.zh}”的提示点（{mark.at.source}）在时限（{task.due.source}）之后",
                        f"a mark of “{task.name.say('en')}” ({mark.at.source}) comes after its limit ({task.due.source})",
                    ),
                )


RULE = Rule(
    code="P311",
    name=Words("提示点晚于时限", "mark after due"),
    severity=Severity.NOTE,
    what=Words("marks 中的时刻晚于 due。", "An instant under `marks` is later than `due`."),
    why=Words(
        "按时完成的任务到不了这个提示点，提示永远不会出现。", "A task that is done in time never reaches the mark."
    ),
    mend=Words("把提示点移到时限之前，或放到另一个任务", "move the mark before the limit, or to another task"),
    bad=(
        Example(
            """\
tasks:
  inspect:
    kind: action
    name: {zh: 现场核查, en: Inspect}
    who: office
    due: reported + 1h
    marks:
      - {at: reported + 2h, say: {zh: 还剩十分钟, en: Ten minutes left}}  # <-
    cite: 五
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  inspect:
    kind: action
    name: {zh: 现场核查, en: Inspect}
    who: office
    due: reported + 1h
    marks: {at: reported + 50m, say: {zh: 还剩十分钟, en: Ten minutes left}}
    cite: 五
"""
        ),
    ),
    find=find,
)
