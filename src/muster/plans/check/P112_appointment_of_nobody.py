"""A task that appoints, and names no place that could be filled in this case."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Filled, TaskKind, Words


def find(plan: View) -> Iterator[Found]:
    for task in plan.edition.tasks.values():
        actor = plan.edition.actors.get(task.fills)
        if task.kind is TaskKind.APPOINT and actor is None:
            yield Found(
                plan.task(task, "kind"),
                Words(
                    f"“{task.name.zh}”是指定任务，却没有写指定哪个岗位（fills）",
                    f"“{task.name.say('en')}” appoints, and does not say to what (`fills`)",
                ),
            )
        elif actor is not None and actor.filled not in (Filled.CASE, Filled.RESPONSE):
            yield Found(
                plan.task(task, "fills"),
                Words(
                    f"“{task.name.zh}”要指定“{actor.name.zh}”，而它不是逐案确定的",
                    f"“{task.name.say('en')}” fills “{actor.name.say('en')}”, which is not filled per case",
                ),
            )
        elif actor is not None and task.kind is not TaskKind.APPOINT:
            yield Found(
                plan.task(task, "fills"),
                Words(
                    f"“{task.name.zh}”写了 fills，却不是 kind: appoint，指定不会生效",
                    f"“{task.name.say('en')}” has `fills` but is not of kind `appoint`, so it fills nothing",
                ),
            )


RULE = Rule(
    code="P112",
    name=Words("指定任务无从指定", "appointment of nobody"),
    severity=Severity.WARNING,
    what=Words(
        "kind: appoint 的任务没有 fills，或 fills 的岗位是常设的，或别的任务写了 fills。",
        "An `appoint` task has no `fills`, or fills a place that is not filled per case; or another kind of task has `fills`.",
    ),
    why=Words(
        "完成任务时没有岗位可以填人，被指定的人在系统里什么也得不到。",
        "When it is done no place can be filled, and whoever was named gets nothing to do.",
    ),
    mend=Words(
        "写 fills，并把那个岗位或机构写成 filled: case", "write `fills`, and make that post or body `filled: case`"
    ),
    bad=(
        Example(
            """\
tasks:
  name-somebody: {name: {zh: 指定现场负责人, en: Name a head on the scene}, who: office, cite: 五,
    kind: appoint}  # <-
"""
        ),
        Example(
            """\
tasks:
  name-deputy: {kind: appoint, name: {zh: 指定副组长, en: Name the deputy}, who: office, cite: 五,
    fills: deputy}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
posts:
  on-scene: {name: {zh: 现场负责人, en: Head on the scene}, filled: case, among: [head, deputy], cite: 二}
tasks:
  name-somebody: {kind: appoint, name: {zh: 指定现场负责人, en: Name a head on the scene}, who: office, fills: on-scene, cite: 五}
  lead: {kind: action, name: {zh: 现场指挥, en: Lead on the scene}, who: on-scene, after: name-somebody, cite: 五}
"""
        ),
    ),
    find=find,
)
