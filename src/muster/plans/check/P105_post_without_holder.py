"""A post of which the plan does not say who holds it."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import ActorKind, Filled, Words


def find(plan: View) -> Iterator[Found]:
    for post in plan.edition.actors.values():
        if post.kind is ActorKind.POST and post.held_by is None and post.filled is Filled.STANDING:
            yield Found(
                ("posts", post.id),
                Words(
                    f"岗位“{post.name.zh}”没有写明由谁担任", f"nothing says who holds the post “{post.name.say('en')}”"
                ),
            )


RULE = Rule(
    code="P105",
    name=Words("岗位没有写明由谁担任", "post without holder"),
    severity=Severity.NOTE,
    what=Words("常设岗位没有 held_by。", "A standing post has no `held_by`."),
    why=Words(
        "启用预案时要把人放到岗位上。没有这一句，管理员只能猜“组长”是谁。",
        "Whoever puts the plan into force has to assign a person to every post, and without these words can only guess.",
    ),
    mend=Words(
        "写 held_by: 由什么职务的人担任（写职务，不写姓名）",
        "write `held_by`: the office that holds it, never a person's name",
    ),
    bad=(
        Example(
            """\
posts:
  driver: {name: {zh: 应急车辆驾驶员, en: Driver}, cite: 二}  # <-
tasks:
  drive: {kind: dispatch, name: {zh: 运送物资, en: Bring supplies}, who: [driver, deputy], mode: any, cite: 五}
suppress:
  - {rule: P104, on: driver, why: {zh: 副组长可以代办, en: The deputy may do it}}
"""
        ),
    ),
    good=(
        Example(
            """\
posts:
  driver: {name: {zh: 应急车辆驾驶员, en: Driver}, held_by: {zh: 车队值班驾驶员, en: Drivers of the car pool}, seats: 2.., cite: 二}
tasks:
  drive: {kind: dispatch, name: {zh: 运送物资, en: Bring supplies}, who: driver, cite: 五}
"""
        ),
    ),
    find=find,
)
