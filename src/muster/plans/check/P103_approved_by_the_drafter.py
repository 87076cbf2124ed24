"""A paper that nobody but its drafter approves."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Words


def find(plan: View) -> Iterator[Found]:
    for task in plan.edition.tasks.values():
        drafters = set(task.draft or task.who)
        approvers = {actor for step in task.approve for actor in step.who}
        # With two drafters each can approve what the other wrote.
        if len(drafters) == 1 and approvers == drafters:
            name = plan.actor_name(next(iter(drafters)))
            yield Found(
                plan.task(task, "approve"),
                Words(
                    f"“{task.name.zh}”由“{name.zh}”起草，又只由它自己审批",
                    f"“{task.name.say('en')}” is drafted by “{name.say('en')}” and approved by nobody else",
                ),
            )


RULE = Rule(
    code="P103",
    name=Words("起草人自己审批", "approved by the drafter"),
    severity=Severity.WARNING,
    what=Words(
        "一份文稿的起草人和审批人是同一个岗位或机构。", "The one who drafts a paper is the only one who approves it."
    ),
    why=Words(
        "审批是第二双眼睛。自己批自己，等于没有审批，日后也说不清谁把的关。",
        "An approval is a second pair of eyes. Whoever approves himself has not been checked by anybody.",
    ),
    mend=Words(
        "审批改为另一个岗位，例如该机构的负责人；或者去掉 approve，如实表示不审批",
        "name another approver, such as the head of that body; or drop `approve` and say honestly that there is none",
    ),
    bad=(
        Example(
            """\
tasks:
  statement:
    {kind: release, name: {zh: 情况说明, en: Statement}, who: office, to: superior, form: brief, cite: 五,
     approve: office}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  statement:
    {kind: release, name: {zh: 情况说明, en: Statement}, who: office, to: superior, form: brief, cite: 五, approve: head}
"""
        ),
    ),
    find=find,
)
