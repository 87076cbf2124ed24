"""Names, telephone and identity numbers of persons in a plan, which is a public text about posts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.check.wording import texts
from muster.plans.findings import Severity
from muster.plans.model import Words

# The commonest surnames that are hardly ever the first character of an office or a noun.
_SURNAMES = "王李张刘陈杨赵黄吴徐孙胡朱郭罗郑谢宋唐许邓冯曹彭袁董蒋蔡贾薛阎潘杜戴钟汪廖姚熊邹陆孔崔邱秦尹黎史顾侯邵孟龙万段钱汤尤"
_NAMED = re.compile(rf"(?<![\u4e00-\u9fff])[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}(同志|先生|女士)")
_ONLY_A_NAME = re.compile(rf"[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}")
# A character of an office: 董事长, 许可员, 史志办 are no names.
_OFFICE = re.compile("[镇乡村街县市省厅院校店站长员任理记席总监办局部科室组处行会事务管专主副助师官警兵]")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")


def find(plan: View) -> Iterator[Found]:
    for actor in plan.edition.actors.values():
        if (
            actor.held_by is not None
            and _ONLY_A_NAME.fullmatch(actor.held_by.zh)
            and not _OFFICE.search(actor.held_by.zh)
        ):
            yield _found(("actors", actor.id, "held_by"), actor.held_by.zh)
    for each in texts(plan):
        for said in (each.words.zh, each.words.en):
            match = _NAMED.search(said) or _MOBILE.search(said) or _IDENTITY.search(said)
            if match is not None:
                yield _found(each.path, match.group(0))
                break


def _found(path: tuple[str | int, ...], what: str) -> Found:
    return Found(
        path, Words(f"“{what}”是个人信息，不应写进预案", f"“{what}” is about a person and has no place in a plan")
    )


RULE = Rule(
    code="P110",
    name=Words("预案中出现个人信息", "persons named"),
    severity=Severity.WARNING,
    what=Words(
        "预案的文字里有人名、手机号码或身份证号码。",
        "A name, a mobile number or an identity number of a person stands in the plan.",
    ),
    why=Words(
        "预案只写岗位。人会换，版本却不改；版本还会被导出、转发，个人信息收不回来。",
        "A plan speaks of posts. People change while an edition stays; editions are exported and passed on, and what "
        "they say about a person cannot be taken back.",
    ),
    mend=Words(
        "写职务，不写姓名和号码；谁担任什么岗位在通讯录中维护",
        "write the office; who holds it, and how to reach him, belongs in the directory",
    ),
    bad=(
        Example(
            """\
posts:
  driver:
    {name: {zh: 驾驶员, en: Driver}, seats: 2.., cite: 二,
    held_by: 王建国}  # <-
tasks:
  drive: {kind: dispatch, name: {zh: 运送物资, en: Bring supplies}, who: driver, cite: 五}
"""
        ),
        Example(
            """\
tasks:
  call:
    kind: action
    name: {zh: 联系车队, en: Call the car pool}
    text: {zh: 拨打 13800000000，找李强同志。, en: Call the car pool.}  # <-
    who: office
    cite: 五
"""
        ),
    ),
    good=(
        Example(
            """\
posts:
  driver: {name: {zh: 驾驶员, en: Driver}, held_by: {zh: 董事长指定的驾驶员, en: A driver}, seats: 2.., cite: 二}
tasks:
  drive: {kind: dispatch, name: {zh: 运送物资, en: Bring supplies}, text: {zh: 由主要负责同志签发，电话 12345。, en: Signed by the head.}, who: driver, cite: 五}
"""
        ),
    ),
    find=find,
)
