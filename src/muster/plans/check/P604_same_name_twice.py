"""Two things on one list under one name."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Path, Severity
from muster.plans.model import Words


def find(plan: View) -> Iterator[Found]:
    edition = plan.edition
    for section, elements in (("actors", edition.actors), ("facts", edition.facts), ("forms", edition.forms)):
        first: dict[str, str] = {}
        for id_, element in elements.items():
            name = element.name.zh
            if name in first:
                yield _found((section, id_), name, first[name])
            else:
                first[name] = id_
    by_name: dict[str, list[str]] = {}
    for task in edition.tasks.values():
        others = by_name.setdefault(task.name.zh, [])
        # Tasks of two levels may well be called alike: they are never on one list.
        rival = next((other for other in others if plan.stand_together(task, edition.tasks[other])), "")
        if rival:
            yield _found(plan.task(task), task.name.zh, rival)
        others.append(task.id)


def _found(path: Path, name: str, first: str) -> Found:
    return Found(path, Words(f"与“{first}”同名：{name}", f"it has the same name as “{first}”: {name}"))


RULE = Rule(
    code="P604",
    name=Words("同名", "same name twice"),
    severity=Severity.NOTE,
    what=Words(
        "两个岗位、要素、表单，或两个会同时存在的任务，中文名称相同。",
        "Two actors, facts or forms, or two tasks that can stand together, have the same Chinese name.",
    ),
    why=Words(
        "列表里两行一样的字，办了哪一个说不清。", "Two lines of a list read alike, and nobody can say which was done."
    ),
    mend=Words("名称中写出区别", "let the names tell them apart"),
    bad=(
        Example(
            """\
tasks:
  respond-again: {kind: action, name: {zh: 先期处置, en: Respond again}, who: head, cite: 五}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  small: {kind: action, name: {zh: 现场指挥, en: Lead}, while: level == low, who: office, cite: 五}
  large: {kind: action, name: {zh: 现场指挥, en: Lead}, while: level == high, who: head, cite: 五}
"""
        ),
    ),
    find=find,
)
