"""A post that, in its own words, needs two people, while its seats allow one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import ActorKind, Words

AT_LEAST_TWO = re.compile(
    r"(不少于|至少|不得少于|最少)(两|二|2|２)(名|人|位|个人)|(两|二|2)(名|人|位)以上|双人(值班|值守|在岗|双岗)|AB\s?岗"
    r"|\bat least (two|2)\b|\btwo or more\b",
    re.IGNORECASE,
)


def find(plan: View) -> Iterator[Found]:
    for post in plan.edition.actors.values():
        if post.kind is not ActorKind.POST or post.seats[0] > 1:
            continue
        said = [words for words in (post.name, post.held_by, post.text) if words is not None]
        if any(AT_LEAST_TWO.search(words.zh) or AT_LEAST_TWO.search(words.en) for words in said):
            yield Found(
                ("posts", post.id),
                Words(
                    f"岗位“{post.name.zh}”的说明要求至少两人，seats 却允许一人",
                    f"the words of “{post.name.say('en')}” ask for at least two people, its seats allow one",
                ),
            )


RULE = Rule(
    code="P108",
    name=Words("人数少于文字所写", "fewer seats than words"),
    severity=Severity.WARNING,
    what=Words(
        "岗位的文字写着“不少于两人”“双人值班”“AB岗”，seats 的下限却是一人。",
        "A post is described as needing at least two people, and its `seats` begin at one.",
    ),
    why=Words(
        "系统按 seats 查缺岗，不看文字：缺一个人时没有人会发现。",
        "Vacancies are found by `seats`, not by words: nobody will notice that the second person is missing.",
    ),
    mend=Words("写 seats: 2..", "write seats: 2.."),
    bad=(
        Example(
            """\
posts:
  vault: {name: {zh: 金库守护, en: Vault guard}, held_by: {zh: 守护员，不少于两人, en: "Guards, at least two"}, cite: 二}  # <-
tasks:
  guard: {kind: action, name: {zh: 守护金库, en: Guard the vault}, who: [vault, deputy], mode: joint, cite: 五}
suppress:
  - {rule: P104, on: vault, why: {zh: 当班人员互为备份, en: Those on shift cover for one another}}
"""
        ),
    ),
    good=(
        Example(
            """\
posts:
  vault: {name: {zh: 金库守护, en: Vault guard}, held_by: {zh: 守护员，不少于两人, en: "Guards, at least two"}, seats: 2.., cite: 二}
tasks:
  guard: {kind: action, name: {zh: 守护金库, en: Guard the vault}, who: [vault, deputy], mode: joint, cite: 五}
"""
        ),
    ),
    find=find,
)
