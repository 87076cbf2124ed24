"""A post, body or party that the plan names and then never needs."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import ActorKind, Edition, Words

SECTIONS = {ActorKind.POST: "posts", ActorKind.BODY: "bodies", ActorKind.PARTY: "parties"}


def find(plan: View) -> Iterator[Found]:
    needed = _named(plan.edition)
    for actor in plan.edition.actors.values():
        # Duties and standing in for somebody are a part to play, too.
        if actor.id not in needed and not actor.duties and not actor.stands_in_for:
            yield Found(
                (SECTIONS[actor.kind], actor.id),
                Words(
                    f"“{actor.name.zh}”没有职责，也没有任何任务、权限或机构提到它",
                    f"“{actor.name.say('en')}” has no duties, and no task, right or body names it",
                ),
            )


def _named(edition: Edition) -> set[str]:
    named = {edition.duty_post}
    for actor in edition.actors.values():
        named.update((actor.chair, actor.part_of, *actor.deputies, *actor.members, *actor.among, *actor.stands_in_for))
    for rights in edition.rights.values():
        for right in rights:
            named.update(right.who)
    for form in edition.forms.values():
        named.add(form.rows)
    for task in edition.tasks.values():
        named.update((task.per, task.fills, *task.who, *task.with_, *task.draft, *task.sign, *task.to, *task.cc))
        named.update(actor for step in task.approve for actor in step.who)
    return named


RULE = Rule(
    code="P113",
    name=Words("没有用到的岗位或单位", "actor without part"),
    severity=Severity.NOTE,
    what=Words(
        "定义了岗位、机构或外部方，却没有职责，也没有被任何地方提到。",
        "A post, body or party is defined, has no duties, and is named nowhere.",
    ),
    why=Words(
        "要么少写了它的任务，要么它不必出现。多余的岗位会让人以为有人负责。",
        "Either its tasks were forgotten, or it need not be there. A post without a part looks as if somebody answered.",
    ),
    mend=Words("补上它的任务、权限或 duties，或者删去", "give it its tasks, rights or `duties`, or leave it out"),
    bad=(
        Example(
            """\
parties:
  newspaper: {name: {zh: 当地报社, en: Local paper}, cite: 二}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
parties:
  newspaper: {name: {zh: 当地报社, en: Local paper}, cite: 二}
tasks:
  statement: {kind: release, name: {zh: 情况说明, en: Statement}, who: office, approve: head, to: newspaper, cite: 五}
"""
        ),
    ),
    find=find,
)
