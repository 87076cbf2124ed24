"""A release whose own people never hold the right to publish while it stands."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import ActorKind, CaseKind, Filled, RightName, TaskKind, Words


def find(plan: View) -> Iterator[Found]:
    rights = plan.edition.rights.get(RightName.PUBLISH, ())
    if not rights:
        return  # where a plan is silent, whoever the release is for publishes it
    acting = {actor: _acting(plan, actor) for actor in plan.edition.actors}
    for task in plan.edition.tasks.values():
        if task.kind is not TaskKind.RELEASE or task.section is not CaseKind.INCIDENT:
            continue
        stands = [each.tree for each in (*task.while_, *task.when)]
        if not plan.boxes.can_hold(stands, task.section):
            continue  # it never stands at all: another rule's matter
        own = {actor for each in task.who for actor in acting.get(each, ())}
        holders = {
            actor
            for right in rights
            if right.when is None or plan.boxes.can_hold([*stands, right.when.tree])
            for each in right.who
            for actor in acting.get(each, ())
        }
        if ANYBODY not in own | holders and own.isdisjoint(holders):
            yield Found(
                plan.task(task, "who"),
                Words(
                    f"“{task.name.zh}”的责任人没有发布权限",
                    f"nobody who owes “{task.name.say('en')}” has the right to publish when it stands",
                ),
            )


ANYBODY = "*"


def _acting(plan: View, actor_id: str) -> set[str]:
    """Everybody who may act for an actor: its chair and deputies, stand-ins, those it may be filled from."""
    actors = plan.edition.actors
    found: set[str] = set()
    waiting = [actor_id]
    while waiting:
        each = waiting.pop()
        if each in found or each not in actors:
            continue
        found.add(each)
        actor = actors[each]
        waiting.extend((*actor.deputies, *actor.among))
        if actor.chair:
            waiting.append(actor.chair)
        elif actor.kind is ActorKind.BODY:
            waiting.extend(actor.members)
        if actor.filled is Filled.CASE and not actor.among:
            found.add(ANYBODY)
        waiting.extend(other.id for other in actors.values() if each in other.stands_in_for)
    return found


RULE = Rule(
    code="P115",
    name=Words("无人有权发布的信息", "release that nobody may publish"),
    severity=Severity.WARNING,
    what=Words(
        "kind: release 的任务，其责任人在任务存在时都没有 publish 权限。",
        "A `release` task, and none of its `who` holds the right `publish` while the task stands.",
    ),
    why=Words(
        "稿子写好、批好，到发布时却被拒绝。公众等来的是沉默。",
        "It is drafted, approved and then refused at the last step, and the public hears nothing.",
    ),
    mend=Words(
        "把责任人改为有权发布的单位，或在 rights.publish 中补上它",
        "let somebody with the right owe it, or add its actor to rights.publish",
    ),
    bad=(
        Example(
            """\
bodies:
  press: {name: {zh: 宣传科, en: Press office}, cite: 二}
rights:
  publish: [{who: press, when: level == low, cite: 五}, {who: head, when: level == high, cite: 五}]
tasks:
  statement:
    {kind: release, name: {zh: 较大事件通报, en: Statement}, while: level == high, approve: head, to: superior, cite: 五,
    who: press}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
bodies:
  press: {name: {zh: 宣传科, en: Press office}, cite: 二}
rights:
  publish: [{who: press, when: level == low, cite: 五}, {who: office, when: level == high, cite: 五}]
tasks:
  statement: {kind: release, name: {zh: 通报, en: Statement}, who: [press, head], mode: any, approve: deputy, to: superior, cite: 五}
"""
        ),
    ),
    find=find,
)
