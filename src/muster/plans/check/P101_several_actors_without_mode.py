"""Several offices named for one task, and nothing that says which of them owe it."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Words


def find(plan: View) -> Iterator[Found]:
    for task in plan.edition.tasks.values():
        if len(task.who) > 1 and task.mode is None:
            yield Found(
                plan.task(task, "who"),
                Words(
                    f"“{task.name.zh}”有 {len(task.who)} 个责任人，没有写明 mode",
                    f"“{task.name.say('en')}” names {len(task.who)} actors and no mode",
                ),
            )


RULE = Rule(
    code="P101",
    name=Words("多个责任人没有写明方式", "several actors without mode"),
    severity=Severity.ERROR,
    what=Words(
        "任务的 who 有两个以上，却没有 mode。", "A task names two or more actors under `who` and has no `mode`."
    ),
    why=Words(
        "“甲、乙报告”可以是任一家报、两家各报、两家合报一份。各报就有两个时限、两份责任，不能由系统猜。",
        "“A and B report” may mean either of them, each of them, or one joint report. Each means two clocks and two "
        "duties: nobody can guess that.",
    ),
    mend=Words(
        "写 mode: any（任一家）、each（各自）或 joint（共同一份）",
        "write mode: any (one suffices), each (a duty for each) or joint (one result together)",
    ),
    bad=(
        Example(
            """\
tasks:
  inspect: {kind: action, name: {zh: 现场核查, en: Inspect}, who: [office, deputy], cite: 五}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  inspect: {kind: action, name: {zh: 现场核查, en: Inspect}, who: [office, deputy], mode: joint, cite: 五}
"""
        ),
    ),
    find=find,
)
