"""Examples as plans: a piece of a plan laid over the smallest complete one, which has no findings of its own."""

from __future__ import annotations

import re

from muster.plans.check.rule import Example

MARK = "# <-"

SMALLEST = """\
id: example
title: {zh: 示例应急预案, en: An example of a plan}
edition: "1"
issuer: {zh: 示例单位, en: An example of an organisation}
scope: real
duty_post: office
posts:
  head: {name: {zh: 组长, en: Head}, held_by: {zh: 主要负责人, en: The principal leader}, cite: 二}
  deputy: {name: {zh: 副组长, en: Deputy}, held_by: {zh: 分管负责人, en: The leader in charge}, stands_in_for: head, cite: 二}
bodies:
  office: {name: {zh: 办公室, en: Office}, chair: head, deputies: deputy, cite: 二}
parties:
  superior: {name: {zh: 上级主管部门, en: Superior department}, cite: 二}
facts:
  real: {name: {zh: 情况属实, en: It is real}, ask: {zh: 情况是否属实？, en: Is it real?}, type: bool, cite: 一}
  people: {name: {zh: 涉及人数, en: People concerned}, ask: {zh: 涉及多少人？, en: How many people?}, type: int, cite: 一}
scales:
  level:
    name: {zh: 级别, en: Level}
    levels: {low: {zh: 一般, en: General}, high: {zh: 较大, en: Larger}}
    criteria:
      low-1: {level: low, when: people < 10, text: {zh: 不足十人, en: Fewer than ten}, cite: 三}
      high-1: {level: high, when: people >= 10, text: {zh: 十人以上, en: Ten or more}, cite: 三}
rights:
  start: {who: office, cite: 五}
  end: {who: office, cite: 五}
forms:
  brief: {name: {zh: 信息报告, en: Report}, fields: {summary: {zh: 情况, en: What happened}}, cite: 四}
tasks:
  first-report: {kind: report, name: {zh: 首报, en: First report}, who: office, to: superior, form: brief, due: occurred + 1h, cite: 四}
  respond: {kind: action, name: {zh: 先期处置, en: Respond}, who: office, cite: 五}
  review: {kind: record, name: {zh: 总结评估, en: Review}, who: office, form: brief, when: known(ended), before: closed, cite: 六}
standing:
  drill: {kind: record, name: {zh: 应急演练, en: Drill}, who: office, form: brief, again: {every: 2y}, cite: 七}
  training: {kind: record, name: {zh: 培训, en: Training}, who: office, form: brief, again: {every: 1y}, cite: 七}
  revision: {kind: action, name: {zh: 修订预案, en: Revise the plan}, who: office, again: {every: 3y}, cite: 八}
resources:
  supplies: {name: {zh: 应急物资, en: Supplies}, cite: 七}
"""

_TOP = re.compile(r"^([A-Za-z_]\w*):")
_INNER = re.compile(r"^  ([A-Za-z_][\w-]*):")


def _sections(text: str) -> dict[str, list[str]]:
    """The lines of each top-level key."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        if match := _TOP.match(line):
            lines = found.setdefault(match.group(1), [])
        lines.append(line)
    return found


def _elements(lines: list[str]) -> dict[str, list[str]]:
    """The lines of each element in a section that is written as a block."""
    found: dict[str, list[str]] = {}
    element: list[str] = []
    for line in lines[1:]:
        if match := _INNER.match(line):
            element = found.setdefault(match.group(1), [])
        element.append(line)
    return found


def plan_of(example: Example) -> str:
    """The text of the whole plan that `example` stands for."""
    plan = _sections(SMALLEST)
    for path in example.without:
        section, _, element = path.partition(".")
        if element:
            kept = {id_: lines for id_, lines in _elements(plan[section]).items() if id_ != element}
            plan[section] = [plan[section][0], *(line for lines in kept.values() for line in lines)]
        else:
            del plan[section]
    for section, lines in _sections(example.text).items():
        if section in plan and len(lines) > 1 and len(plan[section]) > 1:
            elements = {**_elements(plan[section]), **_elements(lines)}
            plan[section] = [lines[0], *(line for each in elements.values() for line in each)]
        else:
            plan[section] = lines
    return "\n".join(line for lines in plan.values() for line in lines if line) + "\n"


def marked_lines(plan: str) -> tuple[int, ...]:
    """The lines (from 1) that the text itself marks as bad; the first where it marks none."""
    marked = tuple(number for number, line in enumerate(plan.splitlines(), start=1) if MARK in line)
    return marked or (1,)
