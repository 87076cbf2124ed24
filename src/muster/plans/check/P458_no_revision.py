"""A plan that is never looked at again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from muster.plans.check.parts import says_anywhere
from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Words

REVISION = re.compile(
    r"修订|修改预案|完善预案|更新预案|预案.{0,6}(评估|修|更新|管理)|编修|\brevis|\bupdat|\bamend", re.IGNORECASE
)


def find(plan: View) -> Iterator[Found]:
    if not says_anywhere(plan, REVISION):
        yield Found(("standing",), Words("没有写预案的评估和修订", "nothing says who revises the plan, and when"))


RULE = Rule(
    code="P458",
    name=Words("缺少评估修订", "no revision"),
    severity=Severity.WARNING,
    what=Words("没有任何任务、职责或提示提到修订预案。", "No task, duty or advice speaks of revising the plan."),
    why=Words(
        "《突发事件应急预案管理办法》要求定期评估、及时修订。机构改了名、电话换了号，没人负责改，预案就慢慢失效。",
        "The national rules on emergency plans demand that it be assessed and revised. Names and numbers change; where nobody has to change the plan, it decays.",
    ),
    mend=Words(
        "在 standing 中写评估修订任务：谁、多久一次",
        "write under `standing` who assesses and revises it, and how often",
    ),
    bad=(
        Example(
            """\
standing:  # <-
  drill: {kind: record, name: {zh: 应急演练, en: Drill}, who: office, form: brief, again: {every: 2y}, cite: 七}
""",
            without=("standing.revision",),
        ),
    ),
    good=(
        Example(
            """\
bodies:
  office: {name: {zh: 办公室, en: Office}, chair: head, deputies: deputy, duties: {keep: {text: {zh: 负责预案的修订, en: Keeps the plan up to date}, cite: 八}}, cite: 二}
""",
            without=("standing.revision",),
        ),
    ),
    find=find,
)
