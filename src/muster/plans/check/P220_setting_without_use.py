"""A setting that an organisation could change, and nothing that would change with it."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.check.use import names_read
from muster.plans.findings import Severity
from muster.plans.model import Words

# Settings that the engine itself looks for.
OF_THE_ENGINE = frozenset({"climb_every"})


def find(plan: View) -> Iterator[Found]:
    read = names_read(plan.edition) | OF_THE_ENGINE | {reading.setting for reading in plan.edition.readings.values()}
    for setting in plan.edition.settings.values():
        if setting.id not in read:
            yield Found(
                ("settings", setting.id),
                Words(f"参数“{setting.name.zh}”没有用到", f"nothing uses the setting “{setting.name.say('en')}”"),
            )


RULE = Rule(
    code="P220",
    name=Words("没有用到的参数", "setting without use"),
    severity=Severity.NOTE,
    what=Words("没有表达式或 readings 提到这个参数。", "No expression and no reading names the setting."),
    why=Words(
        "单位改了数值，什么也不会变。多半是公式里写死了数字。",
        "An organisation changes its value and nothing follows. Mostly an expression holds the number itself.",
    ),
    mend=Words("在公式中用参数名代替数字，或删去", "put its name where the number stands, or leave it out"),
    bad=(
        Example(
            """\
settings:
  crowd_size: {name: {zh: 聚集人数标准, en: Size of a crowd}, type: int, value: 50, cite: 三}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
settings:
  crowd_size: {name: {zh: 聚集人数标准, en: Size of a crowd}, type: int, value: 50, cite: 三}
tasks:
  more: {kind: action, name: {zh: 增派人手, en: Send more people}, who: office, when: people > crowd_size, cite: 五}
"""
        ),
    ),
    find=find,
)
