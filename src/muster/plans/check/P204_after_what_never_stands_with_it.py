"""A task after one that never stands at the same time."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Words


def find(plan: View) -> Iterator[Found]:
    for task in plan.edition.tasks.values():
        for earlier in task.after:
            other = plan.edition.tasks.get(earlier)
            if other is None or other.section is not task.section:
                continue
            if not plan.stand_together(task, other) and _alone(plan, [task.id, earlier]):
                yield Found(
                    plan.task(task, "after"),
                    Words(
                        f"“{task.name.zh}”在“{other.name.zh}”之后，而两者不会同时存在（while 互相排斥）",
                        f"“{task.name.say('en')}” comes after “{other.name.say('en')}”, but their `while` exclude each other",
                    ),
                )


def _alone(plan: View, ids: list[str]) -> bool:
    """Whether each of the tasks can stand by itself; one that cannot is another rule's matter."""
    tasks = [plan.edition.tasks[id_] for id_ in ids]
    return all(plan.boxes.can_hold([each.tree for each in (*task.while_, *task.when)]) for task in tasks)


RULE = Rule(
    code="P204",
    name=Words("前后两个任务不会同时存在", "after what never stands with it"),
    severity=Severity.WARNING,
    what=Words(
        "after 所指的任务与本任务的 while 互相排斥，例如一个只在一般级、一个只在较大级。",
        "`after` names a task whose `while` excludes this one's, such as one of another level.",
    ),
    why=Words(
        "条件不成立的任务会终止，终止的任务不再阻挡后面的。写了先后，实际不起作用。",
        "A task whose `while` fails is terminated and blocks nothing any more: the order that is written never acts.",
    ),
    mend=Words("指向同一组内的任务，或去掉 after", "name a task of the same group, or drop `after`"),
    bad=(
        Example(
            """\
tasks:
  small: {kind: action, name: {zh: 就地处理, en: Settle it on the spot}, while: level == low, who: office, cite: 五}
  large: {kind: action, name: {zh: 增派人手, en: Send more people}, while: level == high, who: office, cite: 五,
    after: small}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  small: {kind: action, name: {zh: 就地处理, en: Settle it on the spot}, while: level >= low, who: office, cite: 五}
  large: {kind: action, name: {zh: 增派人手, en: Send more people}, while: level == high, who: office, after: small, cite: 五}
"""
        ),
    ),
    find=find,
)
