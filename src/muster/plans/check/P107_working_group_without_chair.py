"""A working group that is set up with the response, and nobody who leads it."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import ActorKind, Filled, Words


def find(plan: View) -> Iterator[Found]:
    for body in plan.edition.actors.values():
        if body.kind is ActorKind.BODY and body.filled is Filled.RESPONSE and not body.chair and not body.many:
            yield Found(
                ("bodies", body.id),
                Words(f"工作组“{body.name.zh}”没有牵头人", f"nobody leads the working group “{body.name.say('en')}”"),
            )


RULE = Rule(
    code="P107",
    name=Words("工作组没有牵头人", "working group without chair"),
    severity=Severity.WARNING,
    what=Words(
        "随响应成立的机构（filled: response）没有 chair。",
        "A body set up with the response (`filled: response`) has no `chair`.",
    ),
    why=Words(
        "临时成立的组没有牵头人，谁都可以等别人先动；催办也找不到组里的负责人。",
        "In a group that meets for the first time everybody can wait for somebody else, and an unanswered clock finds no "
        "one in the group to climb to.",
    ),
    mend=Words("写 chair：牵头的岗位或单位", "write `chair`: the post or unit that leads it"),
    bad=(
        Example(
            """\
bodies:
  scene-group: {name: {zh: 现场处置组, en: Scene group}, filled: response, members: [deputy], cite: 二}  # <-
tasks:
  secure: {kind: action, name: {zh: 控制现场, en: Secure the scene}, who: scene-group, cite: 五}
"""
        ),
    ),
    good=(
        Example(
            """\
bodies:
  scene-group: {name: {zh: 现场处置组, en: Scene group}, filled: response, chair: deputy, members: [deputy], cite: 二}
tasks:
  secure: {kind: action, name: {zh: 控制现场, en: Secure the scene}, who: scene-group, cite: 五}
"""
        ),
    ),
    find=find,
)
