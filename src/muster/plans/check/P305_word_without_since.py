"""“At once”, and nothing that says since when."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Words


def find(plan: View) -> Iterator[Found]:
    for task in plan.edition.tasks.values():
        if task.word and task.since is None and task.due is None:
            yield Found(
                plan.task(task, "word"),
                Words(
                    f"“{task.name.zh}”要求“{task.word}”，没有写从何时起算（since）",
                    f"“{task.name.say('en')}” is to be done “{task.word}”, and nothing says since when",
                ),
            )


RULE = Rule(
    code="P305",
    name=Words("“立即”没有起算点", "word without since"),
    severity=Severity.NOTE,
    what=Words(
        "任务写了 word（立即、及时等），没有 since。", "A task has a `word` (at once, promptly) and no `since`."
    ),
    why=Words(
        "“立即”没有数字，只显示已过时间。不写从何时起算，就从任务出现时算，未必是原文的意思。",
        "“At once” carries no number; the time that has passed is shown. Without `since` it counts from the moment the "
        "task opens, which may not be what the plan means.",
    ),
    mend=Words("写 since，例如 since: detected", "write `since`, such as since: detected"),
    bad=(
        Example(
            """\
tasks:
  inspect: {kind: action, name: {zh: 现场核查, en: Inspect}, who: office, cite: 五,
    word: 立即}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  inspect: {kind: action, name: {zh: 现场核查, en: Inspect}, who: office, word: 立即, since: detected, cite: 五}
"""
        ),
    ),
    find=find,
)
