"""A report with a limit that has to wait for an approval, decision or meeting which may come as late as the limit."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.offsets import offset_of
from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import TaskKind, Words

# What somebody above has to do before a report may go: with its own limit after that of the report, it holds it up.
GATES = frozenset({TaskKind.DECISION, TaskKind.MEETING})


def find(plan: View) -> Iterator[Found]:
    for task in plan.edition.tasks.values():
        if task.kind is not TaskKind.REPORT or task.due is None:
            continue
        due = offset_of(task.due)
        for number, step in enumerate(task.approve):
            if step.due is not None and (due.is_before(offset_of(step.due)) or offset_of(step.due) == due):
                names = "、".join(plan.actor_name(actor).zh for actor in step.who)
                names_en = ", ".join(plan.actor_name(actor).say("en") for actor in step.who)
                yield Found(
                    plan.task(task, "approve", number),
                    Words(
                        f"“{task.name.zh}”限 {task.due.source}，却要等“{names}”审批，审批限 {step.due.source}",
                        f"“{task.name.say('en')}” is due at {task.due.source}, but waits for “{names_en}” until {step.due.source}",
                    ),
                )
        for earlier in task.after:
            other = plan.edition.tasks.get(earlier)
            if other is not None and other.kind in GATES and other.due is not None and offset_of(other.due) == due:
                yield Found(
                    plan.task(task, "after"),
                    Words(
                        f"“{task.name.zh}”与它所等的“{other.name.zh}”同一时限（{task.due.source}），报告必然迟于时限",
                        f"“{task.name.say('en')}” and “{other.name.say('en')}”, which it waits for, are due together "
                        f"({task.due.source}): the report will be late",
                    ),
                )


RULE = Rule(
    code="P406",
    name=Words("审批使报告无法按时", "report held by approval"),
    severity=Severity.ERROR,
    what=Words(
        "报告有时限，审批（或必须先做的决定、会商）的时限与它相同或更晚。",
        "A report has a limit, and an approval, or a decision or meeting that must come first, has the same limit or a later one.",
    ),
    why=Words(
        "报告的时限是法定义务，内部审批不能成为迟报的理由。批到最后一刻，报告必然迟到。不可用 suppress 保留。",
        "The limit of a report is a legal duty, and approval inside the house is no excuse. If the approver takes all the time he "
        "has, the report is late. This cannot be suppressed.",
    ),
    mend=Words(
        "给审批留更短的时限（例如时限前 20 分钟），或先报后批：去掉首报的审批，审批留给书面续报",
        "give the approver less time (such as twenty minutes before the limit), or report first and approve the written follow-up",
    ),
    bad=(
        Example(
            """\
tasks:
  city:
    kind: report
    name: {zh: 报市政府, en: To the city}
    who: office
    to: superior
    due: occurred + 1h
    approve: {who: head, due: occurred + 2h}  # <-
    cite: 四
"""
        ),
        Example(
            """\
tasks:
  agree: {kind: meeting, name: {zh: 会商, en: Consult}, who: head, due: occurred + 1h, cite: 四}
  city: {kind: report, name: {zh: 报市政府, en: To the city}, who: office, to: superior, due: occurred + 1h, cite: 四,
    after: agree}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  city: {kind: report, name: {zh: 报市政府, en: To the city}, who: office, to: superior, due: occurred + 1h, approve: {who: head, due: occurred + 40m}, cite: 四}
"""
        ),
    ),
    find=find,
)
