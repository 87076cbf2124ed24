"""A task that opens once something has lasted long enough, and whose limit has passed by then."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.offsets import Offset, offset_of
from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.conditions import And, Call, Choose, Compare, Constant, Name, Node, Span, Sum
from muster.plans.findings import Severity
from muster.plans.model import Words
from muster.plans.parsing import render


def find(plan: View) -> Iterator[Found]:
    for task in plan.edition.tasks.values():
        if task.due is None or task.again is not None:
            continue
        due = offset_of(task.due)
        for condition in (*task.while_, *task.when):
            for opens in _opens_at(plan, condition.tree):
                if due.is_before(opens):
                    yield Found(
                        plan.task(task, "due"),
                        Words(
                            f"“{task.name.zh}”在“{condition.source}”时才出现，时限却是 {task.due.source}，一出现就已逾期",
                            f"“{task.name.say('en')}” opens with “{condition.source}” and is due at {task.due.source}: "
                            "overdue from the start",
                        ),
                    )


def _opens_at(plan: View, node: Node) -> Iterator[Offset]:
    """Instants before which `node` cannot be true, as anchor and length."""
    match node:
        case And(parts=parts):
            for part in parts:
                yield from _opens_at(plan, part)
        case Compare(operator=">" | ">=", left=left, right=Constant(value=Span() as span)):
            yield from _reached(plan, left, span)
        case Compare(operator="<" | "<=", left=Constant(value=Span() as span), right=right):
            yield from _reached(plan, right, span)


def _reached(plan: View, node: Node, span: Span) -> Iterator[Offset]:
    """When a lapse of time that `node` gives reaches `span`."""
    match node:
        case Call(function="elapsed", arguments=(anchor,)):
            yield Offset(render(anchor), span.seconds, span.working_days, span.months)
        case Sum(operator="-", right=anchor) if not (isinstance(anchor, Constant)):
            yield Offset(render(anchor), span.seconds, span.working_days, span.months)
        case Choose(yes=yes, no=no):
            # Whichever branch it is, both must begin at the same anchor for anything to be certain.
            first, second = list(_reached(plan, yes, span)), list(_reached(plan, no, span))
            if first == second:
                yield from first
        case Name(id=name):
            fact = plan.edition.facts.get(name)
            if fact is not None and fact.derived is not None:
                yield from _reached(plan, fact.derived.tree, span)


RULE = Rule(
    code="P306",
    name=Words("一出现就已逾期", "overdue when it opens"),
    severity=Severity.WARNING,
    what=Words(
        "条件是“已持续多久”，时限却比这个“多久”还短。",
        "The condition asks how long something has lasted, and the limit is shorter than that.",
    ),
    why=Words(
        "故障持续 30 分钟才要通报，时限却是 20 分钟：任务一出现就是红的，没有人做得到。",
        "The traders are told of an outage that lasts 30 minutes, within 20 minutes: the task is red the moment it "
        "opens, and nobody can keep it.",
    ),
    mend=Words("时限与条件用同一个数，或更晚", "let the limit be the same as in the condition, or later"),
    bad=(
        Example(
            """\
facts:
  over_at: {name: {zh: 恢复时间, en: Over at}, ask: {zh: 何时恢复？, en: When was it over?}, type: instant, cite: 一}
  lasting: {name: {zh: 持续时间, en: Lasting}, type: duration, is: if known(over_at) then over_at - occurred else elapsed(occurred), cite: 一}
tasks:
  tell: {kind: action, name: {zh: 通知客户, en: Tell the customers}, who: office, when: lasting >= 30m, cite: 五,
    due: occurred + 20m}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  tell: {kind: action, name: {zh: 通知客户, en: Tell the customers}, who: office, when: elapsed(occurred) >= 30m, due: occurred + 30m, cite: 五}
"""
        ),
    ),
    find=find,
)
