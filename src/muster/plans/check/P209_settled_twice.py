"""Two decisions on the same thing that can stand at the same time."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Task, Words


def find(plan: View) -> Iterator[Found]:
    tasks = plan.edition.tasks
    for settled, ids in plan.index.settled_by.items():
        for position, id_ in enumerate(ids):
            task = tasks[id_]
            rivals = [tasks[other] for other in ids[:position] if _at_once(plan, task, tasks[other])]
            if rivals:
                yield Found(
                    plan.task(task, "settles"),
                    Words(
                        f"“{task.name.zh}”与“{rivals[0].name.zh}”会同时存在，都决定 {settled}",
                        f"“{task.name.say('en')}” and “{rivals[0].name.say('en')}” can stand together and both settle `{settled}`",
                    ),
                )


def _at_once(plan: View, one: Task, other: Task) -> bool:
    """Whether both can open in one situation. Answers of one and the same fact may well be given several times over
    (a second look at it), so a decision that waits for the other one is no rival."""
    if one.section is not other.section or other.id in one.after or one.id in other.after:
        return False
    conditions = [*one.while_, *one.when, *other.while_, *other.when]
    return not (one.may or other.may) and plan.boxes.can_hold([each.tree for each in conditions], one.section)


RULE = Rule(
    code="P209",
    name=Words("同一事由两个决定", "settled twice"),
    severity=Severity.WARNING,
    what=Words(
        "两个可以同时存在的决定 settles 同一个要素、等级或动作。",
        "Two decisions that can stand at the same time settle the same fact, scale or act.",
    ),
    why=Words(
        "两家各决各的，后写的盖掉先写的；谁说了算，事后说不清。",
        "Two offices decide, the later answer replaces the earlier, and nobody can say whose word counts.",
    ),
    mend=Words(
        "合成一个决定：who 写两家，mode: any 或 joint；或用 while、when 把两者分开",
        "make one decision of them (`who` with both, mode: any or joint), or keep them apart by `while` or `when`",
    ),
    bad=(
        Example(
            """\
tasks:
  ask-office: {kind: decision, name: {zh: 办公室核实, en: The office verifies}, who: office, settles: real, cite: 五}
  ask-head: {kind: decision, name: {zh: 组长核实, en: The head verifies}, who: head, cite: 五,
    settles: real}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  ask-office: {kind: decision, name: {zh: 办公室核实, en: The office verifies}, while: level == low, who: office, settles: real, cite: 五}
  ask-head: {kind: decision, name: {zh: 组长核实, en: The head verifies}, while: level == high, who: head, settles: real, cite: 五}
"""
        ),
    ),
    find=find,
)
