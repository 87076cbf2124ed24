"""A plan that does not say what it is for."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Words


def find(plan: View) -> Iterator[Found]:
    if plan.edition.scope is None:
        yield Found((), Words("没有写适用范围（scope）", "the plan has no `scope`"))


RULE = Rule(
    code="P216",
    name=Words("没有写适用范围", "no scope"),
    severity=Severity.WARNING,
    what=Words("预案没有 scope。", "The plan has no `scope`."),
    why=Words(
        "接报时首先要判断：这是不是本预案管的事？没有 scope，无关的事也会一路走下去，该移交的没有移交。",
        "The first question at intake is whether the matter belongs here. Without a scope everything runs its course, and "
        "what should be handed over is not.",
    ),
    mend=Words(
        "写 scope：用要素表达本预案适用的情形",
        "write `scope`: when a matter is one for this plan, in terms of its facts",
    ),
    bad=(
        Example(
            """\
facts:
  real: {name: {zh: 情况属实, en: It is real}, ask: {zh: 是否属实？, en: Is it real?}, type: bool, cite: 一}
tasks:
  verify: {kind: decision, name: {zh: 核实, en: Verify}, who: office, settles: real, cite: 五}
""",
            without=("scope",),
        ),
    ),
    good=(
        Example(
            """\
scope: real and people > 0
"""
        ),
    ),
    find=find,
)
