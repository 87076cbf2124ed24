"""A check of a completion that no completion can pass."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.boxes import Boxes
from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Words


def find(plan: View) -> Iterator[Found]:
    for task in plan.edition.tasks.values():
        if not task.done:
            continue
        boxes = Boxes(plan.edition, task.form)
        stands = [each.tree for each in task.while_]
        if boxes.can_hold(stands) and not boxes.can_hold([*stands, *(check.that.tree for check in task.done)]):
            said = " and ".join(check.that.source for check in task.done)
            yield Found(
                plan.task(task, "done"),
                Words(
                    f"“{task.name.zh}”的完成条件不可能成立：{said}",
                    f"no completion of “{task.name.say('en')}” can pass: {said}",
                ),
            )


RULE = Rule(
    code="P218",
    name=Words("完成条件不可能成立", "completion never accepted"),
    severity=Severity.ERROR,
    what=Words("done 里的条件合起来不可能成立。", "The checks under `done` cannot all hold."),
    why=Words(
        "任务做完了也交不上去，一直挂着，到时还算逾期。",
        "The work is done and can never be handed in: it stays open and goes overdue.",
    ),
    mend=Words("改 done 中的条件", "mend the conditions under `done`"),
    bad=(
        Example(
            """\
forms:
  talks: {name: {zh: 接谈记录, en: Record of a talk}, fields: {delegates: {name: {zh: 代表, en: Delegates}, type: list}}, cite: 五}
tasks:
  talk:
    kind: meeting
    name: {zh: 接待代表, en: Receive delegates}
    who: office
    form: talks
    cite: 五
    done: {that: count(form.delegates) >= 5 and count(form.delegates) <= 3, say: {zh: 代表须为三至五人, en: Three to five delegates}}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
forms:
  talks: {name: {zh: 接谈记录, en: Record of a talk}, fields: {delegates: {name: {zh: 代表, en: Delegates}, type: list}}, cite: 五}
tasks:
  talk:
    kind: meeting
    name: {zh: 接待代表, en: Receive delegates}
    who: office
    form: talks
    cite: 五
    done: {that: count(form.delegates) >= 3 and count(form.delegates) <= 5, say: {zh: 代表须为三至五人, en: Three to five delegates}}
"""
        ),
    ),
    find=find,
)
