"""A plan that does not say what it has to work with: people, money, supplies, communication."""

from __future__ import annotations

import re
from collections.abc import Iterator

from muster.plans.check.parts import says_anywhere
from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Words

SAFEGUARDS = re.compile(
    r"保障|物资|装备|经费|资金|队伍|通信|备份|supplies|equipment|funds|budget|backup", re.IGNORECASE
)


def find(plan: View) -> Iterator[Found]:
    if not plan.edition.resources and not says_anywhere(plan, SAFEGUARDS):
        yield Found(
            (),
            Words(
                "没有写应急保障：人、财、物、通信",
                "there is nothing about safeguards: people, money, supplies, communication",
            ),
        )


RULE = Rule(
    code="P455",
    name=Words("缺少应急保障", "no safeguards"),
    severity=Severity.WARNING,
    what=Words(
        "没有 resources，文字里也没有队伍、物资、经费、通信等保障。",
        "There are no `resources`, and nothing speaks of teams, supplies, money or communication.",
    ),
    why=Words(
        "《突发事件应急预案管理办法》要求预案明确队伍、物资、资金等保障。写了要做什么，没写拿什么做，到时做不成。",
        "The national rules on emergency plans ask for teams, supplies and money. What is to be done without anything to do it with is not done.",
    ),
    mend=Words(
        "写 resources：物资、队伍、资金、通信，写明最低数量",
        "write `resources`: supplies, teams, money, communication, with the least that is needed",
    ),
    bad=(
        Example(
            """\
posts:
  head: {name: {zh: 组长, en: Head}, held_by: {zh: 主要负责人, en: The principal leader}, cite: 二}
""",
            without=("resources",),
        ),
    ),
    good=(
        Example(
            """\
standing:
  stock: {kind: action, name: {zh: 盘点应急物资, en: Count the supplies}, who: office, again: {every: 3mo}, cite: 七}
""",
            without=("resources",),
        ),
    ),
    find=find,
)
