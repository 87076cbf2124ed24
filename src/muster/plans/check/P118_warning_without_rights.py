"""A scale of warnings, and nothing that says who approves, issues or lifts one."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.findings import Severity
from muster.plans.model import CaseKind, RightName, Words

NEEDED = {
    RightName.APPROVE: Words("批准", "approves"),
    RightName.ISSUE: Words("发布", "issues"),
    RightName.LIFT: Words("解除", "lifts"),
}


def find(plan: View) -> Iterator[Found]:
    for scale in plan.edition.scales.values():
        if scale.of is CaseKind.WARNING:
            missing = [right for right in NEEDED if right not in plan.edition.rights]
            if RightName.LIFT in missing and "lift" in plan.index.settled_by:
                missing.remove(RightName.LIFT)
            if missing:
                yield Found(
                    ("scales", scale.id),
                    Words(
                        f"“{scale.name.zh}”没有写由谁{'、'.join(NEEDED[each].zh for each in missing)}",
                        f"“{scale.name.say('en')}”: nothing says who {', '.join(NEEDED[each].en for each in missing)} a warning",
                    ),
                )


RULE = Rule(
    code="P118",
    name=Words("预警没有写由谁批准、发布、解除", "warning without rights"),
    severity=Severity.WARNING,
    what=Words(
        "有 of: warning 的等级体系，却缺 rights.approve、issue 或 lift。",
        "There is a scale `of: warning`, and `rights.approve`, `issue` or `lift` is missing.",
    ),
    why=Words(
        "预警会停工停课、调动队伍。谁都能发，等于没有权威；没人能解除，就一直戒备下去。",
        "A warning closes schools and moves people. If anybody may issue it, it carries no weight; if nobody may lift "
        "it, it never ends.",
    ),
    mend=Words(
        "在 rights 中写明 approve、issue、lift，可按颜色分别写",
        "write `approve`, `issue` and `lift` under rights, by colour if need be",
    ),
    bad=(
        Example(
            """\
scales:
  colour: {name: {zh: 预警级别, en: Colour}, of: warning, levels: [blue, red], cite: 三}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
scales:
  colour: {name: {zh: 预警级别, en: Colour}, of: warning, levels: [blue, red], cite: 三}
rights:
  approve: {who: head, cite: 三}
  issue: {who: office, cite: 三}
  lift: {who: office, cite: 三}
"""
        ),
    ),
    find=find,
)
