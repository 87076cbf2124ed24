"""One id for two things of different kinds that expressions and people name alike."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Path, Severity
from muster.plans.model import Words
from muster.plans.shapes import SECTION_KEY


def find(plan: View) -> Iterator[Found]:
    first: dict[str, Words] = {}
    for id_, kind, path in _ids(plan):
        if id_ in first:
            yield Found(
                path,
                Words(
                    f"“{id_}”既是{first[id_].zh}，又是{kind.zh}",
                    f"“{id_}” is the id of both {first[id_].en} and {kind.en}",
                ),
            )
        else:
            first[id_] = kind


def _ids(plan: View) -> Iterator[tuple[str, Words, Path]]:
    """Ids of one kind are different already. A form often has the id of the task that fills it in: that is no matter."""
    edition = plan.edition
    for id_ in edition.actors:
        yield id_, Words("岗位或单位", "an actor"), ("actors", id_)
    for section, elements in (("facts", edition.facts), ("settings", edition.settings), ("scales", edition.scales)):
        for id_ in elements:
            yield id_, Words("要素、参数或等级体系", "a fact, setting or scale"), (section, id_)
    for id_ in edition.types:
        yield id_, Words("事件类型", "a type of incident"), ("types", id_)
    for id_, task in edition.tasks.items():
        yield id_, Words("任务", "a task"), (SECTION_KEY[task.section], id_)


RULE = Rule(
    code="P603",
    name=Words("一个标识两样东西", "one id two things"),
    severity=Severity.NOTE,
    what=Words(
        "不同种类的两个元素用同一个 id，例如岗位与任务、要素与类型。表单与填它的任务同名不算。",
        "Two elements of different kinds have the same id, such as a post and a task. A form named like its task is fine.",
    ),
    why=Words(
        "脚本、suppress 和日志里只写 id，看的人分不清说的是哪一个。",
        "Scenarios, suppressions and the journal name things by id, and whoever reads them cannot tell which is meant.",
    ),
    mend=Words("改其中一个的 id", "rename one of them"),
    bad=(
        Example(
            """\
tasks:
  deputy: {kind: action, name: {zh: 联系副组长, en: Call the deputy}, who: office, cite: 五}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  brief: {kind: record, name: {zh: 填写信息报告, en: Fill in the report}, who: office, form: brief, cite: 五}
"""
        ),
    ),
    find=find,
)
