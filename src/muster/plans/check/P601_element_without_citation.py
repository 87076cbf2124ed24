"""A post, body, criterion, right or task that does not say where the written plan has it."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Path, Severity
from muster.plans.model import ActorKind, Task, Words


def find(plan: View) -> Iterator[Found]:
    uncited = [(path, name) for path, name, cite in _elements(plan) if not cite]
    if len(uncited) == sum(1 for _ in _elements(plan)):
        # A plan that cites nothing at all is told once.
        if uncited:
            yield Found(
                (), Words("没有一处写明书面预案的条款（cite）", "nothing in it cites the written plan (`cite`)")
            )
        return
    for path, name in uncited:
        yield Found(
            path, Words(f"“{name.zh}”没有写明条款（cite）", f"“{name.say('en')}” does not cite the written plan")
        )


def _elements(plan: View) -> Iterator[tuple[Path, Words, str]]:
    """(path, name, citation) of everything that a written plan would have an article on."""
    edition = plan.edition
    for actor in edition.actors.values():
        if actor.kind is not ActorKind.PARTY:
            yield ("actors", actor.id), actor.name, actor.cite
    for scale in edition.scales.values():
        for criterion in scale.criteria:
            path: Path = ("scales", scale.id, "criteria", criterion.id)
            yield path, Words(criterion.id, criterion.id), criterion.cite or scale.cite
    for right, holders in edition.rights.items():
        for number, holder in enumerate(holders):
            yield ("rights", right.value, number), Words(right.value, right.value), holder.cite
    for task in edition.tasks.values():
        yield plan.task(task), task.name, task.cite or _cite_of_group(plan, task)


def _cite_of_group(plan: View, task: Task) -> str:
    steps = task.group.split("/") if task.group else []
    groups = [plan.edition.groups.get("/".join(steps[:depth])) for depth in range(len(steps), 0, -1)]
    return next((group.cite for group in groups if group is not None and group.cite), "")


RULE = Rule(
    code="P601",
    name=Words("没有写明条款", "element without citation"),
    severity=Severity.NOTE,
    what=Words(
        "岗位、机构、定级标准、权限或任务没有 cite（任务可由所在的组代写）。",
        "A post, body, criterion, right or task has no `cite` (a group may cite for its tasks).",
    ),
    why=Words(
        "“预案哪一条要求这样做？”是每次检查、每次追责都会问的。没有出处，修订时也不知道该改哪里。",
        "“Which article asks for this?” is what every inspection and every inquiry asks. Without it nobody knows, at the next "
        "revision, what has to change.",
    ),
    mend=Words("写 cite：书面预案的条款号", "write `cite`: the article of the written plan"),
    bad=(
        Example(
            """\
tasks:
  visit: {kind: action, name: {zh: 上门走访, en: Visit}, who: office}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  on-site:
    cite: 五
    name: {zh: 现场处置, en: On site}
    tasks:
      visit: {kind: action, name: {zh: 上门走访, en: Visit}, who: office}
"""
        ),
    ),
    find=find,
)
