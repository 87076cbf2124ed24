"""A suppression of something that no reason excuses: what the law forbids, and suppressions themselves."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.register import rule_of
from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Words


def find(plan: View) -> Iterator[Found]:
    for number, each in enumerate(plan.edition.suppressed):
        rule = rule_of(each.rule)
        if rule is not None and rule.is_final:
            yield Found(
                ("suppress", number),
                Words(f"{each.rule}（{rule.name.zh}）不能保留", f"{each.rule} ({rule.name.en}) cannot be suppressed"),
            )


RULE = Rule(
    code="P691",
    name=Words("不能保留的检查结果", "suppression refused"),
    severity=Severity.ERROR,
    what=Words(
        "suppress 指向法律禁止的内容（P401 起的错误），或指向 P69x 自身。",
        "`suppress` names what the law forbids (the errors from P401), or a rule about suppressions (P69x).",
    ),
    why=Words(
        "瞒报、删帖、拖延、监视、扣人，写什么理由也不合法。书面预案确有这样的要求，也只能不执行，并给出合法做法。",
        "Withholding reports, deleting posts, stalling, watching, holding people: no reason makes it lawful. Where a written plan "
        "does ask for it, it can only be left undone, with the lawful way in its place.",
    ),
    mend=Words(
        "删去这一条；把原文的要求写进 excluded（说了什么、为何不做、合法做法）",
        "remove it, and move what the written plan asks to `excluded`: what it says, why it is not done, the lawful way",
    ),
    bad=(
        Example(
            """\
suppress:
  - {rule: P402, on: respond, why: {zh: 领导要求, en: The leaders want it}}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
excluded:
  no-deletion: {says: {zh: 协调删除负面帖文, en: Have posts deleted}, why: {zh: 违法, en: Unlawful}, lawful: {zh: 发布更正, en: Publish a correction}, cite: 八}
"""
        ),
    ),
    find=find,
)
