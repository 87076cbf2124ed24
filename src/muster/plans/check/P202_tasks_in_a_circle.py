"""Tasks that wait for one another."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Words


def find(plan: View) -> Iterator[Found]:
    tasks = plan.edition.tasks
    done: set[str] = set()
    for start in tasks:
        trail: list[str] = []
        stack = [(start, 0)] if start not in done else []
        while stack:
            id_, step = stack.pop()
            if step == 0:
                trail.append(id_)
            earlier = tasks[id_].after
            if step < len(earlier):
                stack.append((id_, step + 1))
                other = earlier[step]
                if other in trail:
                    circle = [*trail[trail.index(other) :], other]
                    said = " → ".join(circle[:12])
                    yield Found(
                        plan.task(tasks[id_], "after"),
                        Words(f"任务互相等待：{said}", f"tasks wait for one another: {said}"),
                    )
                elif other in tasks and other not in done:
                    stack.append((other, 0))
                continue
            trail.pop()
            done.add(id_)


RULE = Rule(
    code="P202",
    name=Words("任务互相等待", "tasks in a circle"),
    severity=Severity.ERROR,
    what=Words("沿 after 走会回到自己。", "Following `after` leads back to the task itself."),
    why=Words(
        "谁都不能先开始：每个任务都在等另一个，时限却照样走。",
        "None of them may be started: each waits for another, while their clocks run.",
    ),
    mend=Words("去掉圈中的一个 after", "drop one `after` of the circle"),
    bad=(
        Example(
            """\
tasks:
  visit: {kind: action, name: {zh: 到场, en: Go there}, who: office, after: decide, cite: 五}
  decide: {kind: action, name: {zh: 商定办法, en: Decide what to do}, who: office, cite: 五,
    after: visit}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  visit: {kind: action, name: {zh: 到场, en: Go there}, who: office, cite: 五}
  decide: {kind: action, name: {zh: 商定办法, en: Decide what to do}, who: office, after: visit, cite: 五}
  record: {kind: action, name: {zh: 记录, en: Write it down}, who: office, after: [visit, decide], cite: 五}
"""
        ),
    ),
    find=find,
)
