"""A body of the organisation that an outside party leads."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import ActorKind, Words


def find(plan: View) -> Iterator[Found]:
    actors = plan.edition.actors
    for body in actors.values():
        chair = actors.get(body.chair)
        if chair is not None and (chair.kind is ActorKind.PARTY or chair.id == body.id):
            yield Found(
                ("bodies", body.id, "chair"),
                Words(
                    f"机构“{body.name.zh}”的负责人是“{chair.name.zh}”，不是本单位的岗位",
                    f"“{body.name.say('en')}” is led by “{chair.name.say('en')}”, which is no post of the organisation",
                ),
            )


RULE = Rule(
    code="P109",
    name=Words("负责人不在本单位", "chair from outside"),
    severity=Severity.WARNING,
    what=Words(
        "机构的 chair 是外部方，或者就是它自己。", "The `chair` of a body is an outside party, or the body itself."
    ),
    why=Words(
        "外部方收不到本单位的任务和催办，这个机构实际上没有人负责。",
        "An outside party gets no tasks and no reminders here, so that nobody in fact answers for the body.",
    ),
    mend=Words(
        "写本单位的岗位；外单位牵头的，把对接的岗位写作 chair，外部方写进任务的 with 或 to",
        "name a post of the organisation; where another organisation leads, name the post that deals with it, and the "
        "party under `with` or `to`",
    ),
    bad=(
        Example(
            """\
bodies:
  liaison-group: {name: {zh: 联络组, en: Liaison group}, cite: 二, members: deputy,
    chair: superior}  # <-
tasks:
  liaise: {kind: action, name: {zh: 对接上级, en: Liaise}, who: liaison-group, cite: 五}
"""
        ),
    ),
    good=(
        Example(
            """\
bodies:
  liaison-group: {name: {zh: 联络组, en: Liaison group}, cite: 二, chair: deputy}
tasks:
  liaise: {kind: action, name: {zh: 对接上级, en: Liaise}, who: liaison-group, with: superior, cite: 五}
"""
        ),
    ),
    find=find,
)
