"""A plan that nobody is ever taught."""

from __future__ import annotations

import re
from collections.abc import Iterator

from muster.plans.check.parts import says_anywhere
from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Words

TRAINING = re.compile(r"培训|宣传|宣教|宣贯|学习|讲座|\btrain|\beducat|\bteach", re.IGNORECASE)


def find(plan: View) -> Iterator[Found]:
    if not says_anywhere(plan, TRAINING):
        yield Found(("standing",), Words("没有写宣传培训", "nothing says that people are taught the plan"))


RULE = Rule(
    code="P457",
    name=Words("缺少宣传培训", "no training"),
    severity=Severity.WARNING,
    what=Words(
        "没有任何任务、职责或提示提到培训、宣传。",
        "No task, duty or advice speaks of training or of making the plan known.",
    ),
    why=Words(
        "《突发事件应急预案管理办法》要求对有关人员进行预案培训。岗位上的人没读过预案，事发时只能现翻。",
        "The national rules on emergency plans demand that those concerned be trained. Whoever holds a post and has not read the plan will read it when it happens.",
    ),
    mend=Words("在 standing 中写培训任务和周期", "write a training and its interval under `standing`"),
    bad=(
        Example(
            """\
standing:  # <-
  drill: {kind: record, name: {zh: 应急演练, en: Drill}, who: office, form: brief, again: {every: 2y}, cite: 七}
""",
            without=("standing.training",),
        ),
    ),
    good=(
        Example(
            """\
standing:
  course: {kind: record, name: {zh: 全员学习预案, en: Everybody studies the plan}, who: office, form: brief, again: {every: 1y}, cite: 七}
""",
            without=("standing.training",),
        ),
    ),
    find=find,
)
