"""A fact that is asked for, and then needed by nothing."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.check.use import names_read
from muster.plans.findings import Severity
from muster.plans.model import Words


def find(plan: View) -> Iterator[Found]:
    read = names_read(plan.edition) | _filled_in(plan)
    for fact in plan.edition.facts.values():
        if fact.id not in read and fact.id not in plan.index.settled_by:
            yield Found(
                ("facts", fact.id),
                Words(
                    f"没有条件、表单或决定用到“{fact.name.zh}”",
                    f"no condition, form or decision uses “{fact.name.say('en')}”",
                ),
            )


def _filled_in(plan: View) -> set[str]:
    return {field.source for form in plan.edition.forms.values() for field in form.fields}


RULE = Rule(
    code="P212",
    name=Words("没有用到的要素", "fact without use"),
    severity=Severity.NOTE,
    what=Words(
        "要素没有被任何条件读取，不自动填入表单，也没有决定来回答。",
        "No condition reads the fact, no form takes it over, and no decision settles it.",
    ),
    why=Words(
        "接报时每多问一句都要时间。问了不用的，要么漏写了它的作用，要么不必问。",
        "Every question costs time when a call comes in. One that nothing uses has lost its purpose, or needs no asking.",
    ),
    mend=Words(
        "写上它决定什么（when、criteria、表单的 from），或删去",
        "say what it decides (`when`, criteria, `from` of a form), or leave it out",
    ),
    bad=(
        Example(
            """\
facts:
  weather: {name: {zh: 天气, en: Weather}, ask: {zh: 天气如何？, en: What is the weather like?}, type: text, cite: 一}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
facts:
  weather: {name: {zh: 天气, en: Weather}, ask: {zh: 天气如何？, en: What is the weather like?}, type: text, cite: 一}
forms:
  brief: {name: {zh: 信息报告, en: Report}, fields: {weather: {name: {zh: 天气, en: Weather}, from: weather}}, cite: 四}
"""
        ),
    ),
    find=find,
)
