"""A mode beside a single actor who can only ever be one."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Words


def find(plan: View) -> Iterator[Found]:
    actors = plan.edition.actors
    for task in plan.edition.tasks.values():
        if task.mode is not None and len(task.who) == 1 and task.who[0] in actors:
            actor = actors[task.who[0]]
            # One name can stand for several units (many), and a body for its members: there a mode says something.
            if not actor.many and not actor.members:
                yield Found(
                    plan.task(task, "mode"),
                    Words(
                        f"“{task.name.zh}”只有一个责任人“{actor.name.zh}”，mode 没有意义",
                        f"“{task.name.say('en')}” has one actor, “{actor.name.say('en')}”, so its mode says nothing",
                    ),
                )


RULE = Rule(
    code="P102",
    name=Words("只有一个责任人却写了方式", "mode for one actor"),
    severity=Severity.WARNING,
    what=Words("任务只有一个责任人，却写了 mode。", "A task has one actor and yet a `mode`."),
    why=Words(
        "多半是少写了一个责任人，或者那个责任人应当可以有多个（many: true）。",
        "Mostly an actor was forgotten, or the actor should be one that several units can fill (`many: true`).",
    ),
    mend=Words("补上其他责任人，或去掉 mode", "add the other actors, or drop mode"),
    bad=(
        Example(
            """\
tasks:
  inspect: {kind: action, name: {zh: 现场核查, en: Inspect}, who: office, mode: each, cite: 五}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
bodies:
  branches: {name: {zh: 各分支机构, en: Branches}, filled: case, many: true, cite: 二}
tasks:
  inspect: {kind: action, name: {zh: 现场核查, en: Inspect}, who: branches, mode: each, cite: 五}
"""
        ),
    ),
    find=find,
)
