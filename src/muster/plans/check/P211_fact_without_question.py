"""A fact that something depends on, and no question that anybody would be asked."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.check.use import names_read
from muster.plans.findings import Severity
from muster.plans.model import Words


def find(plan: View) -> Iterator[Found]:
    read = names_read(plan.edition)
    for fact in plan.edition.facts.values():
        if fact.derived is None and fact.ask is None and fact.id in read and fact.id not in plan.index.settled_by:
            yield Found(
                ("facts", fact.id),
                Words(
                    f"有条件要看“{fact.name.zh}”，却没有写怎样问（ask），也没有决定来回答",
                    f"a condition reads “{fact.name.say('en')}”, but it has no question (`ask`) and no decision settles it",
                ),
            )


RULE = Rule(
    code="P211",
    name=Words("要素没有问句", "fact without question"),
    severity=Severity.NOTE,
    what=Words(
        "条件要用到的要素没有 ask，也没有决定 settles 它。",
        "A fact that a condition reads has no `ask`, and no decision settles it.",
    ),
    why=Words(
        "值班人员看到的是问句。只有名称，听的人不知道该答什么；没人答，条件就一直悬着。",
        "What a duty officer sees is the question. A bare name leaves it open what is asked, and while nobody answers, "
        "the condition stays open.",
    ),
    mend=Words("写 ask：一句能直接念出来的问话", "write `ask`: a question that can be read out as it stands"),
    bad=(
        Example(
            """\
facts:
  injured: {name: {zh: 有人受伤, en: Somebody is hurt}, type: bool, cite: 一}  # <-
tasks:
  ambulance: {kind: action, name: {zh: 联系救护车, en: Call an ambulance}, who: office, when: injured, cite: 五}
"""
        ),
    ),
    good=(
        Example(
            """\
facts:
  injured: {name: {zh: 有人受伤, en: Somebody is hurt}, ask: {zh: 有没有人受伤？, en: Is anybody hurt?}, type: bool, cite: 一}
tasks:
  ambulance: {kind: action, name: {zh: 联系救护车, en: Call an ambulance}, who: office, when: injured, cite: 五}
"""
        ),
    ),
    find=find,
)
