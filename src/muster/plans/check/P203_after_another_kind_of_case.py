"""A task that waits for one which can never stand in its case."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Words

SECTIONS = {
    "incident": Words("突发事件", "incidents"),
    "warning": Words("预警", "warnings"),
    "standing": Words("常态工作", "standing duties"),
    "hazard": Words("隐患", "hazards"),
}


def find(plan: View) -> Iterator[Found]:
    for task in plan.edition.tasks.values():
        for earlier in task.after:
            other = plan.edition.tasks.get(earlier)
            if other is not None and other.section is not task.section:
                own, its = SECTIONS[task.section], SECTIONS[other.section]
                yield Found(
                    plan.task(task, "after"),
                    Words(
                        f"“{task.name.zh}”属于{own.zh}，它等待的“{other.name.zh}”属于{its.zh}，不在同一事项",
                        f"“{task.name.say('en')}” belongs to {own.en}, “{other.name.say('en')}”, which it follows, to "
                        f"{its.en}: another case",
                    ),
                )


RULE = Rule(
    code="P203",
    name=Words("等待另一类事项的任务", "after another kind of case"),
    severity=Severity.ERROR,
    what=Words(
        "after 指向另一部分（事件、预警、常态、隐患）的任务。",
        "`after` names a task of another section (incident, warning, standing, hazard).",
    ),
    why=Words(
        "每个事项只有本部分的任务。等待的任务从不出现，先后顺序就落空了。",
        "A case has the tasks of its own section only. What is waited for never stands there, and the order is lost.",
    ),
    mend=Words(
        "指向本部分的任务；要看另一类事项的结果，用要素或时刻写在 when 里",
        "name a task of the same section; what another case brought is a fact or an instant, in `when`",
    ),
    bad=(
        Example(
            """\
tasks:
  rehearse: {kind: action, name: {zh: 按演练分工到岗, en: Take one's post as in the drill}, who: office, cite: 五,
    after: drill}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  rehearse: {kind: action, name: {zh: 到岗, en: Take one's post}, who: office, after: respond, cite: 五}
"""
        ),
    ),
    find=find,
)
