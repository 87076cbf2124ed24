"""A form that no task asks for."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import Words


def find(plan: View) -> Iterator[Found]:
    used = {task.form for task in plan.edition.tasks.values()}
    used |= {scale.form for scale in plan.edition.scales.values()}
    used |= {field.source.partition(".")[0] for form in plan.edition.forms.values() for field in form.fields}
    for form in plan.edition.forms.values():
        # A table over cases or tasks is a register of its own: nobody fills it in.
        if form.id not in used and form.rows not in ("cases", "tasks"):
            yield Found(
                ("forms", form.id),
                Words(f"没有任务使用表单“{form.name.zh}”", f"no task uses the form “{form.name.say('en')}”"),
            )


RULE = Rule(
    code="P214",
    name=Words("没有用到的表单", "form without use"),
    severity=Severity.NOTE,
    what=Words("没有任务或预警等级体系写 form 指向它。", "No task, and no scale of warnings, names it under `form`."),
    why=Words(
        "附件里的表没有人填。多半是某个任务忘了写 form。",
        "Nobody will ever fill it in. Mostly a task has forgotten its `form`.",
    ),
    mend=Words("给相应的任务写 form，或删去表单", "name it under `form` at its task, or leave it out"),
    bad=(
        Example(
            """\
forms:
  visit-note: {name: {zh: 走访记录, en: Note of a visit}, fields: {note: {zh: 情况, en: Note}}, cite: 五}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
forms:
  visit-note: {name: {zh: 走访记录, en: Note of a visit}, fields: {note: {zh: 情况, en: Note}}, cite: 五}
tasks:
  visit: {kind: record, name: {zh: 上门走访, en: Visit}, who: office, form: visit-note, cite: 五}
"""
        ),
    ),
    find=find,
)
