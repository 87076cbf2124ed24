"""A post on which something hangs, and nobody who stands in."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import ActorKind, Edition, Filled, Words


def find(plan: View) -> Iterator[Found]:
    edition = plan.edition
    needed = _needed(edition)
    backed = {other for actor in edition.actors.values() for other in actor.stands_in_for}
    backed |= {body.chair for body in edition.actors.values() if body.deputies}
    seconds = {deputy for body in edition.actors.values() for deputy in body.deputies}
    for post in edition.actors.values():
        if post.kind is not ActorKind.POST or post.id not in needed or post.filled is Filled.CASE or post.many:
            continue
        # Whoever stands in for somebody is himself the second; several holders cover for one another.
        if post.id in backed or post.id in seconds or post.stands_in_for or post.seats[0] > 1:
            continue
        yield Found(
            ("posts", post.id),
            Words(
                f"岗位“{post.name.zh}”没有副手：无人可以代行", f"nobody stands in for the post “{post.name.say('en')}”"
            ),
        )


def _needed(edition: Edition) -> set[str]:
    """Posts that something cannot go on without: they act, approve, sign, hold a right or lead a body."""
    needed = {body.chair for body in edition.actors.values() if body.chair}
    needed |= {actor for rights in edition.rights.values() for right in rights for actor in right.who}
    for task in edition.tasks.values():
        needed.update((*task.who, *task.draft, *task.sign))
        needed.update(actor for step in task.approve for actor in step.who)
    return needed


RULE = Rule(
    code="P104",
    name=Words("岗位没有副手", "post without deputy"),
    severity=Severity.WARNING,
    what=Words(
        "一个要办事、审批、签字或牵头的岗位，没有别的岗位代行，所在机构也没有副职，自身又只有一人。",
        "A post that acts, approves, signs or leads, for which no other post stands in, whose body has no deputies, and "
        "which one person holds.",
    ),
    why=Words(
        "突发事件不挑时候。人在飞机上，任务就停在那里；催办也会跳过副手，直接到上级。",
        "An incident does not wait until somebody has landed. Without a deputy the task stands still, and an unanswered "
        "clock climbs straight to the level above.",
    ),
    mend=Words(
        "给另一个岗位写 stands_in_for，或给机构写 deputies，或写 seats: 2..；书面预案确实没有规定的，用 suppress 说明",
        "let another post stand in (`stands_in_for`), give the body `deputies`, or write `seats: 2..`; where the written "
        "plan really names nobody, say so under `suppress`",
    ),
    bad=(
        Example(
            """\
posts:
  spokesman: {name: {zh: 新闻发言人, en: Spokesman}, held_by: {zh: 宣传部长, en: Head of publicity}, cite: 二}  # <-
tasks:
  speak: {kind: action, name: {zh: 答复媒体, en: Answer the press}, who: spokesman, cite: 五}
"""
        ),
    ),
    good=(
        Example(
            """\
posts:
  spokesman: {name: {zh: 新闻发言人, en: Spokesman}, held_by: {zh: 宣传部长, en: Head of publicity}, cite: 二}
  second: {name: {zh: 副发言人, en: Second}, held_by: {zh: 宣传科长, en: Press officer}, stands_in_for: spokesman, cite: 二}
tasks:
  speak: {kind: action, name: {zh: 答复媒体, en: Answer the press}, who: spokesman, cite: 五}
"""
        ),
        Example(
            """\
posts:
  guard: {name: {zh: 值守人员, en: Guard}, held_by: {zh: 保安, en: Security}, seats: 2.., cite: 二}
tasks:
  watch: {kind: action, name: {zh: 守护现场, en: Secure the scene}, who: guard, cite: 五}
"""
        ),
    ),
    find=find,
)
