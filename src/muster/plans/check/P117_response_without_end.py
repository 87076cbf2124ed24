"""A response that can begin, and nothing that says who ends it."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import RightName, Stage, Words


def find(plan: View) -> Iterator[Found]:
    edition = plan.edition
    if Stage.RESPONSE in edition.stages and RightName.END not in edition.rights and "end" not in plan.index.settled_by:
        yield Found(
            ("rights",),
            Words("没有写由谁终止应急响应", "nothing says who ends the response"),
        )


RULE = Rule(
    code="P117",
    name=Words("没有写由谁终止响应", "response without end"),
    severity=Severity.WARNING,
    what=Words(
        "预案有处置阶段，却没有 rights.end，也没有 settles: end 的决定。",
        "The plan has a response, and neither `rights.end` nor a decision that settles `end`.",
    ),
    why=Words(
        "没有人宣布终止，响应就一直开着：值守不撤，续报不停，善后不能开始。",
        "Where nobody declares the end, the response stays open: nobody stands down, reports go on, recovery cannot begin.",
    ),
    mend=Words("写 rights.end，或加一个 settles: end 的决定", "write `rights.end`, or a decision that settles `end`"),
    bad=(
        Example(
            """\
rights:  # <-
  close: {who: office, cite: 五}
""",
            without=("rights.end",),
        ),
    ),
    good=(
        Example(
            """\
tasks:
  finish: {kind: decision, name: {zh: 决定终止响应, en: End the response}, who: head, settles: end, when: known(started), cite: 五}
""",
            without=("rights.end",),
        ),
    ),
    find=find,
)
