"""An aim that lies after the limit itself."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.offsets import offset_of
from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Words


def find(plan: View) -> Iterator[Found]:
    for task in plan.edition.tasks.values():
        if task.aim is not None and task.due is not None and offset_of(task.due).is_before(offset_of(task.aim)):
            yield Found(
                plan.task(task, "aim"),
                Words(
                    f"“{task.name.zh}”的目标（{task.aim.source}）晚于时限（{task.due.source}）",
                    f"the aim of “{task.name.say('en')}” ({task.aim.source}) lies after its limit ({task.due.source})",
                ),
            )


RULE = Rule(
    code="P303",
    name=Words("目标晚于时限", "aim after due"),
    severity=Severity.WARNING,
    what=Words("aim 晚于 due。", "`aim` is later than `due`."),
    why=Words(
        "aim 是单位给自己定的更严的目标。晚于时限的目标没有意义，多半写反了。",
        "An aim is what the organisation asks of itself beyond the limit. One that lies after it means nothing; mostly "
        "the two have been swapped.",
    ),
    mend=Words("调换两者，或去掉 aim", "swap them, or drop `aim`"),
    bad=(
        Example(
            """\
tasks:
  inspect: {kind: action, name: {zh: 现场核查, en: Inspect}, who: office, due: reported + 1h, cite: 五,
    aim: reported + 2h}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  inspect: {kind: action, name: {zh: 现场核查, en: Inspect}, who: office, due: reported + 2h, aim: reported + 30m, cite: 五}
"""
        ),
    ),
    find=find,
)
