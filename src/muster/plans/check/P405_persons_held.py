"""A plan that asks somebody who is not the police to search, hold or arrest people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.check.wording import asked_for, texts
from muster.plans.findings import Severity
from muster.plans.model import Task, Words

_WHO = r"(?:嫌疑人|肇事者|肇事人|闹事者|闹事人员?|可疑人员?|当事人|涉事人员?|上访人员?|来访人员?|维权人员?|学员|顾客|客户|员工|投诉人|带头人|组织者|人员)"
ASKS = re.compile(
    rf"搜身|搜查(?:其|随身|住处|行李|包|手机|{_WHO})|(?:扣押|扣留|没收)(?:其|他们的|{_WHO}的?)?(?:身份证|证件|手机|护照|{_WHO})"
    rf"|(?:控制住?|看管|扣住|强制带离|强行带离|抓捕|拘留|拘禁|羁押|关押|审讯){_WHO}(?!进出|出入|数量|流动|聚集|规模|密度|伤亡)|限制[^，。；]{{0,8}}(?:人身自由|离开|出境|出行)"
    rf"|(?:对|将|把){_WHO}[^，。；]{{0,8}}(?:搜身|扣押|扣留|看管|强制带离|强行带离|抓捕|拘留|拘禁|羁押|关押|控制起来|审讯)"
    r"|开包检查|(?:搜查|搜检)(?:更衣柜|储物柜|宿舍)|(?:员工|当事人|顾客|客户|投诉人|可疑人员?|嫌疑人)[^，。；]{0,6}(?:不得|不准|不许)离开"
    r"|\b(?:search|detain|arrest|lock up|hold|interrogate|restrain)\b (?:the |any |all |every )*"
    r"(?:persons?|people|suspects?|customers?|visitors?|petitioners?|complainants?|employees|troublemakers?)\b(?! (?:to account|liable|responsible))"
    r"|\bconfiscate\b[^.;]{0,30}\b(?:phones?|passports?|papers|identity cards?)\b",
    re.IGNORECASE,
)
# What the police or a court do by law, and keeping the ill and the endangered from harm.
LAWFUL = re.compile(
    r"安检|经?本人同意|自愿|公安|警察|警方|民警|交警|武警|派出所|110|司法机关|检察|法院|海关|法定机关|有权机关|疾控|隔离治疗|病人|患者|被困|受伤|伤员"
    r"|police|court|public security|patient|injured",
    re.IGNORECASE,
)


def find(plan: View) -> Iterator[Found]:
    for each in texts(plan):
        if each.task is not None and _by_the_police(plan, each.task):
            continue
        if each.path[0] == "actors" and LAWFUL.search(_names(plan, (str(each.path[1]),))):
            continue
        what = asked_for(each.words, ASKS, LAWFUL)
        if what:
            yield Found(
                each.path,
                Words(
                    f"要求公安机关以外的人搜查、扣留人员：“{what}”",
                    f"it asks others than the police to search or hold people: “{what}”",
                ),
            )


def _by_the_police(plan: View, task: Task) -> bool:
    return bool(task.who) and all(LAWFUL.search(_names(plan, (actor,))) for actor in task.who)


def _names(plan: View, actors: tuple[str, ...]) -> str:
    names = [plan.actor_name(actor) for actor in actors]
    return " ".join(f"{name.zh} {name.en}" for name in names)


RULE = Rule(
    code="P405",
    name=Words("要求搜查、扣留人员", "persons held"),
    severity=Severity.ERROR,
    what=Words(
        "文字要求公安机关等法定机关以外的人搜身、扣押证件、扣留或限制人员离开。",
        "It asks somebody other than the police to search people, take their papers, hold them or keep them from leaving.",
    ),
    why=Words(
        "宪法第三十七条：公民的人身自由不受侵犯，禁止非法拘禁和非法搜查。只有公安机关等可以依法采取。不可用 suppress 保留。",
        "Article 37 of the Constitution: personal freedom is inviolable, unlawful detention and search are forbidden. Only the "
        "police and others empowered by law may do so. This cannot be suppressed.",
    ),
    mend=Words(
        "报警（110），保护现场和证据，记录时间和经过，等公安机关处理；原文的要求写进 excluded",
        "call the police (110), secure the scene and evidence, note times, and leave people to the police; move what the written "
        "plan asks to `excluded`",
    ),
    bad=(
        Example(
            """\
tasks:
  order:
    kind: action
    name: {zh: 维护秩序, en: Keep order}
    text: {zh: 控制闹事人员，扣押其身份证件。, en: Keep order.}  # <-
    who: office
    cite: 五
"""
        ),
        Example(
            """\
guidance:
  grab: {text: {zh: 维护秩序, en: Detain the troublemakers until they have signed}, cite: 五}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  order:
    kind: action
    name: {zh: 维护秩序, en: Keep order}
    text: {zh: 控制现场，拨打110，由公安机关依法控制肇事者；不得搜身，不得扣押证件。, en: Do not search people.}
    who: office
    cite: 五
"""
        ),
        Example(
            """\
bodies:
  police: {name: {zh: 市公安局, en: City police}, cite: 二}
tasks:
  arrest: {kind: action, name: {zh: 依法抓捕嫌疑人, en: Arrest suspects by law}, who: police, cite: 五}
"""
        ),
    ),
    find=find,
)
