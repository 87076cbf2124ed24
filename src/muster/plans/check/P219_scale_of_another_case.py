"""A condition on a scale that is never known in this kind of case."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Words


def find(plan: View) -> Iterator[Found]:
    scales = plan.edition.scales
    for task in plan.edition.tasks.values():
        for key, conditions in (("while", task.while_), ("when", task.when)):
            trees = [each.tree for each in conditions]
            if not trees or not plan.boxes.can_hold(trees) or plan.boxes.can_hold(trees, task.section):
                continue
            names = sorted({name for each in conditions for name in each.reads if name in scales})
            foreign = [scales[name] for name in names if scales[name].of is not task.section]
            if foreign:
                yield Found(
                    plan.task(task, key),
                    Words(
                        f"“{task.name.zh}”看“{foreign[0].name.zh}”，而它属于另一类事项，这里永远不清楚",
                        f"“{task.name.say('en')}” depends on “{foreign[0].name.say('en')}”, which belongs to another kind "
                        "of case and is never known here",
                    ),
                )


RULE = Rule(
    code="P219",
    name=Words("用了另一类事项的等级", "scale of another case"),
    severity=Severity.ERROR,
    what=Words(
        "事件的任务看预警颜色，或预警的任务看事件级别，等等。",
        "A task of an incident depends on the colour of a warning, a task of a warning on the level of an incident, and so on.",
    ),
    why=Words(
        "预警和事件是两个事项，各有各的等级。另一类的等级在这里永远不清楚，任务不会出现。",
        "A warning and an incident are two cases with scales of their own. The other's is never known here, so the task "
        "never opens.",
    ),
    mend=Words(
        "改用本类事项的等级，或把任务移到那一部分",
        "use a scale of this kind of case, or move the task to the other section",
    ),
    bad=(
        Example(
            """\
scales:
  colour: {name: {zh: 预警级别, en: Colour}, of: warning, levels: [blue, red], cite: 三}
rights:
  approve: {who: head, cite: 三}
  issue: {who: office, cite: 三}
  lift: {who: office, cite: 三}
tasks:
  stand-by:
    kind: action
    name: {zh: 全员待命, en: Stand by}
    while: colour == red  # <-
    who: office
    cite: 三
"""
        ),
    ),
    good=(
        Example(
            """\
scales:
  colour: {name: {zh: 预警级别, en: Colour}, of: warning, levels: [blue, red], cite: 三}
rights:
  approve: {who: head, cite: 三}
  issue: {who: office, cite: 三}
  lift: {who: office, cite: 三}
warning:
  stand-by: {kind: action, name: {zh: 全员待命, en: Stand by}, while: colour == red, who: office, cite: 三}
"""
        ),
    ),
    find=find,
)
