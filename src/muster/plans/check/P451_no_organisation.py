"""A plan without anybody in it: no post and no body leads, decides or acts."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import ActorKind, Words


def find(plan: View) -> Iterator[Found]:
    actors = plan.edition.actors.values()
    if not any(actor.chair for actor in actors) and not any(actor.kind is ActorKind.POST for actor in actors):
        yield Found(
            (),
            Words(
                "没有写组织指挥：没有岗位，也没有有负责人的机构",
                "nobody leads: there is no post, and no body with a chair",
            ),
        )


RULE = Rule(
    code="P451",
    name=Words("缺少组织指挥", "no organisation"),
    severity=Severity.WARNING,
    what=Words("预案没有任何岗位，机构也都没有负责人。", "The plan has no post, and none of its bodies has a chair."),
    why=Words(
        "《突发事件应急预案管理办法》要求预案明确组织指挥体系和职责。没有落到岗位的责任，没有人会认领。",
        "The national rules on emergency plans ask for an organisation and its duties. A duty that no post has is nobody's.",
    ),
    mend=Words("写 posts 和 bodies，机构写明 chair", "write `posts` and `bodies`, with a `chair`"),
    bad=(
        Example(
            """\
posts: {}
bodies:
  office: {name: {zh: 办公室, en: Office}, cite: 二}
""",
        ),
    ),
    good=(
        Example(
            """\
bodies:
  office: {name: {zh: 办公室, en: Office}, chair: head, deputies: deputy, cite: 二}
"""
        ),
    ),
    find=find,
)
