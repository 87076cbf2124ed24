"""A task that comes only after tasks which nobody owes."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Words


def find(plan: View) -> Iterator[Found]:
    tasks = plan.edition.tasks
    for task in tasks.values():
        earlier = [tasks[id_] for id_ in task.after if id_ in tasks]
        if earlier and not task.may and all(each.may for each in earlier):
            zh = "、".join(each.name.zh for each in earlier)
            en = ", ".join(each.name.say("en") for each in earlier)
            yield Found(
                plan.task(task, "after"),
                Words(
                    f"“{task.name.zh}”只排在可办可不办的任务之后（{zh}），不会等它们",
                    f"“{task.name.say('en')}” follows only tasks that are offered, not owed ({en}), and will not wait",
                ),
            )


RULE = Rule(
    code="P205",
    name=Words("只排在可选任务之后", "after offers only"),
    severity=Severity.NOTE,
    what=Words(
        "after 里的任务全是 may: true，本任务自己却是必办的。",
        "Every task in `after` is `may: true`, while the task itself is owed.",
    ),
    why=Words(
        "可选任务不阻挡后面的任务，所以这里的先后不起作用。若确实要等，前面的就不该是可选。",
        "An offer blocks nothing, so the order does not act. If it should, the earlier task is no mere offer.",
    ),
    mend=Words(
        "去掉前面任务的 may，或用 when: known(done(任务)) 写明“办了才有”，或去掉 after",
        "make the earlier task owed; or write `when: known(done(task))` if it stands only once that is done; or drop `after`",
    ),
    bad=(
        Example(
            """\
tasks:
  visit: {kind: action, name: {zh: 上门走访, en: Visit}, may: true, who: office, cite: 五}
  note-visit: {kind: action, name: {zh: 走访登记, en: Note the visit}, who: office, cite: 五,
    after: visit}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  visit: {kind: action, name: {zh: 上门走访, en: Visit}, may: true, who: office, cite: 五}
  note-visit: {kind: action, name: {zh: 走访登记, en: Note the visit}, who: office, when: known(done(visit)), cite: 五}
"""
        ),
    ),
    find=find,
)
