"""A post filled in each case, and nothing that says from whom or by whom."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import ActorKind, Filled, Words


def find(plan: View) -> Iterator[Found]:
    for post in plan.edition.actors.values():
        if post.kind is not ActorKind.POST or post.filled is not Filled.CASE:
            continue
        if post.among or post.held_by is not None or post.id in plan.index.filled_by:
            continue
        yield Found(
            ("posts", post.id),
            Words(
                f"岗位“{post.name.zh}”逐案确定，却没有写从哪些人中、由谁确定",
                f"“{post.name.say('en')}” is named per case, but nothing says from whom or by whom",
            ),
        )


RULE = Rule(
    code="P106",
    name=Words("逐案确定的岗位无人可定", "post that nobody may fill"),
    severity=Severity.WARNING,
    what=Words(
        "filled: case 的岗位既没有 among、held_by，也没有 kind: appoint 的任务来确定。",
        "A post with `filled: case` has neither `among` nor `held_by`, and no `appoint` task fills it.",
    ),
    why=Words(
        "事发时没有人知道该定谁、谁来定，这个岗位上的任务就没有责任人。",
        "When it happens nobody knows whom to name or who names him, and the tasks of that post have nobody.",
    ),
    mend=Words(
        "写 among（从哪些岗位中确定），或加一个 kind: appoint、fills 此岗位的任务",
        "write `among`, or add a task of kind `appoint` that fills it",
    ),
    bad=(
        Example(
            """\
posts:
  contact: {name: {zh: 现场联络人, en: Contact}, filled: case, cite: 二}  # <-
tasks:
  meet: {kind: action, name: {zh: 现场对接, en: Meet on the scene}, who: contact, cite: 五}
"""
        ),
    ),
    good=(
        Example(
            """\
posts:
  contact: {name: {zh: 现场联络人, en: Contact}, filled: case, among: [head, deputy], cite: 二}
tasks:
  name-contact: {kind: appoint, name: {zh: 确定联络人, en: Name a contact}, who: office, fills: contact, cite: 五}
  meet: {kind: action, name: {zh: 现场对接, en: Meet on the scene}, who: contact, after: name-contact, cite: 五}
"""
        ),
    ),
    find=find,
)
