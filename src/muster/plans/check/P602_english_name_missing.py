"""A plan in two languages, and a name in it that is Chinese only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Path, Severity
from muster.plans.model import Words
from muster.plans.shapes import SECTION_KEY

CHINESE = re.compile("[\u4e00-\u9fff]")


def find(plan: View) -> Iterator[Found]:
    if not plan.edition.title.en:
        return  # a plan in Chinese only
    for path, name in _names(plan):
        if not name.en and CHINESE.search(name.zh):
            yield Found(path, Words(f"“{name.zh}”没有英文", f"“{name.zh}” has no English"))


def _names(plan: View) -> Iterator[tuple[Path, Words]]:
    edition = plan.edition
    for actor in edition.actors.values():
        yield ("actors", actor.id), actor.name
    for setting in edition.settings.values():
        yield ("settings", setting.id), setting.name
    for fact in edition.facts.values():
        yield ("facts", fact.id), fact.name
        if fact.ask is not None and fact.name.en:
            yield ("facts", fact.id, "ask"), fact.ask
    for type_ in edition.types.values():
        yield ("types", type_.id), type_.name
    for scale in edition.scales.values():
        yield ("scales", scale.id), scale.name
        for level in scale.levels:
            yield ("scales", scale.id, "levels", level.id), level.name
    for form in edition.forms.values():
        yield ("forms", form.id), form.name
        for field in form.fields:
            yield ("forms", form.id, "fields", field.id), field.name
    for group in edition.groups.values():
        yield (SECTION_KEY[group.section], group.id), group.name
    for task in edition.tasks.values():
        yield plan.task(task), task.name


RULE = Rule(
    code="P602",
    name=Words("缺少英文名称", "English name missing"),
    severity=Severity.NOTE,
    what=Words(
        "预案标题有英文，某个名称或问句却只有中文。只用中文的预案不提示。",
        "The title of the plan is in English too, and a name or question is not. A plan in Chinese only is not told.",
    ),
    why=Words(
        "用英文界面的人会在一屏英文里看到一个不认识的名称。",
        "Whoever reads English finds a name among them that says nothing to him.",
    ),
    mend=Words("写成 {zh: …, en: …}", "write {zh: …, en: …}"),
    bad=(
        Example(
            """\
tasks:
  visit: {kind: action, name: 上门走访, who: office, cite: 五}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  visit: {kind: action, name: {zh: 上门走访, en: Visit}, who: office, cite: 五}
"""
        ),
    ),
    find=find,
)
