"""A suppression that suppresses nothing: what it excused has been mended, or never was."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.register import rules
from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.faults import near
from muster.plans.findings import Severity
from muster.plans.model import Words


def find(plan: View) -> Iterator[Found]:
    codes = {rule.code: rule for rule in rules()}
    for number in plan.idle:
        each = plan.edition.suppressed[number]
        path = ("suppress", number)
        if each.rule not in codes:
            hint = near(each.rule, codes)
            yield Found(
                path,
                Words(f"没有规则 {each.rule}", f"there is no rule {each.rule}"),
                Words(
                    hint.zh or "muster plan rules 列出全部规则", hint.en.strip() or "`muster plan rules` lists them all"
                ),
            )
        elif not codes[each.rule].is_final:
            yield Found(
                path,
                Words(
                    f"“{each.on}”上没有 {each.rule} 的问题，不必保留这一条",
                    f"{each.rule} finds nothing on “{each.on}”: the suppression is idle",
                ),
            )


RULE = Rule(
    code="P690",
    name=Words("没有对象的保留", "suppression of nothing"),
    severity=Severity.WARNING,
    what=Words(
        "suppress 中的一条没有对应的检查结果：问题已经改正，或者元素写错了。",
        "A line under `suppress` meets no finding: it has been mended, or the element is misspelt.",
    ),
    why=Words(
        "留着它，将来同样的问题再出现时会被悄悄压下。",
        "If it stays, the same fault will be hidden in silence when it comes back.",
    ),
    mend=Words("删去这一条，或改正 rule、on", "remove it, or mend its `rule` or `on`"),
    bad=(
        Example(
            """\
suppress:
  - {rule: P104, on: deputy, why: {zh: 原文没有规定, en: The plan names nobody}}  # <-
"""
        ),
        Example(
            """\
suppress:
  - {rule: P199, on: head, why: {zh: 原文没有规定, en: The plan names nobody}}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  statement: {kind: release, name: {zh: 情况通报, en: Statement}, who: office, to: superior, form: brief, cite: 五}
suppress:
  - {rule: P116, on: statement, why: {zh: 原文没有规定审批人, en: The plan names no approver}}
"""
        ),
    ),
    find=find,
)
