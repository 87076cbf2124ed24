"""A limit that hangs on an instant which is never known in this kind of case."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.conditions import Call, Choose, Name, Node, Sum
from muster.plans.findings import Severity
from muster.plans.model import CaseKind, Task, TaskKind, Words
from muster.plans.parsing import render

# Warnings are issued; a response is started and ended where something has happened.
NEVER = {
    CaseKind.INCIDENT: frozenset({"issued"}),
    CaseKind.HAZARD: frozenset({"issued"}),
    CaseKind.WARNING: frozenset({"started"}),
    CaseKind.STANDING: frozenset({"issued", "started", "ended"}),
}


def find(plan: View) -> Iterator[Found]:
    for task in plan.edition.tasks.values():
        for key, expression in (("due", task.due), ("since", task.since), ("aim", task.aim)):
            if expression is None:
                continue
            anchor = _missing(plan, task, expression.tree)
            if anchor:
                yield Found(
                    plan.task(task, key),
                    Words(
                        f"“{task.name.zh}”的 {key} 从 {anchor} 起算，而这类事项永远没有这个时刻",
                        f"`{key}` of “{task.name.say('en')}” runs from {anchor}, which is never known in this kind of case",
                    ),
                )


def _missing(plan: View, task: Task, node: Node) -> str:
    """What keeps `node` from ever giving an instant; "" where nothing certainly does."""
    match node:
        case Name(id=name):
            return name if name in NEVER[task.section] else ""
        case Sum(left=left, right=right):
            return _missing(plan, task, left) or _missing(plan, task, right)
        case Choose(yes=yes, no=no):
            first = _missing(plan, task, yes)
            return first if first and _missing(plan, task, no) else ""
        case Call(function="first_known" | "earliest" | "latest", arguments=arguments):
            each = [_missing(plan, task, argument) for argument in arguments]
            return each[0] if all(each) else ""
        case Call(function="end_of_day" | "elapsed", arguments=(argument,)):
            return _missing(plan, task, argument)
        case Call(function="done" | "received" as function, arguments=(Name(id=id_),)):
            other = plan.edition.tasks.get(id_)
            if other is None:
                return ""
            foreign = other.section is not task.section
            return render(node) if foreign or (function == "received" and other.kind is not TaskKind.REPORT) else ""
        case Call(function="confirmed", arguments=(Name(id=id_),)):
            scale = plan.edition.scales.get(id_)
            return render(node) if scale is not None and scale.of is not task.section else ""
    return ""


RULE = Rule(
    code="P304",
    name=Words("时限没有起点", "clock without anchor"),
    severity=Severity.WARNING,
    what=Words(
        "due、aim 或 since 从一个永远不会有的时刻起算：事件中的 issued，预警中的 started，另一类事项的任务，不是报告的“收到”。",
        "`due`, `aim` or `since` runs from an instant that never comes: `issued` in an incident, `started` in a warning, "
        "a task of another kind of case, the receipt of something that is no report.",
    ),
    why=Words(
        "起点不明，时钟就不走。看上去有时限，其实永远不会逾期。",
        "Without its anchor a clock never runs. There seems to be a limit, and nothing is ever late.",
    ),
    mend=Words(
        "改用这类事项有的时刻：occurred、detected、reported、confirmed(等级)、done(任务)",
        "use an instant that this kind of case has: occurred, detected, reported, confirmed(scale), done(task)",
    ),
    bad=(
        Example(
            """\
tasks:
  inspect: {kind: action, name: {zh: 现场核查, en: Inspect}, who: office, cite: 五,
    due: issued + 2h}  # <-
"""
        ),
        Example(
            """\
tasks:
  inspect: {kind: action, name: {zh: 现场核查, en: Inspect}, who: office, cite: 五,
    due: received(respond) + 2h}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  inspect: {kind: action, name: {zh: 现场核查, en: Inspect}, who: office, cite: 五, due: "first_known(received(first-report), reported) + 2h"}
"""
        ),
    ),
    find=find,
)
