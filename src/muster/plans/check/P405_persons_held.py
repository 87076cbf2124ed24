"""A plan that asks somebody who is not the police to search, hold or arrest people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.check.wording import Ask, Text, unlawful, wording
from muster.plans.findings import Severity
from muster.plans.model import Task, Words

_WHO = r"(?:嫌疑人|肇事者|肇事人|闹事者|闹事人员?|可疑人员?|当事人|涉事人员?|上访人员?|来访人员?|维权人员?|学员|顾客|客户|员工|投诉人|带头人|组织者|服务员|记者|失主|人员)"
_SAYS = Words("要求公安机关以外的人搜查、扣留人员", "it asks others than the police to search or hold people")
_POLICE = r"公安|警察|警方|民警|交警|武警|派出所|司法机关|检察|法院|海关|法定机关|有权机关|国安"
# What the police or a court do by law, and keeping the ill and the endangered from harm. Before they arrive nobody may.
LAWFUL = re.compile(
    rf"安检|经?本人同意|征得[^，。；]{{0,6}}同意|自愿|(?:{_POLICE})(?![^，。；]{{0,6}}(?:到达|到场|到来|赶到|来|处理|接手)[^，。；]{{0,2}}(?:之前|以前|前))|扭送|疾控|隔离治疗|病人|患者|被困|受伤|伤员"
    r"|police(?! (?:arrive|come|get))|court|public security|patient|injured|voluntar|with consent",
    re.IGNORECASE,
)
# Whoever is named so acts by law.
_EMPOWERED = re.compile(rf"{_POLICE}|安检|疾控|police|court|public security", re.IGNORECASE)
ASKS = (
    Ask(
        wording(
            rf"搜身|搜查(?:其|随身|住处|行李|包|手机|{_WHO})|(?:扣押|扣留|没收|扣下|收缴|收走|拿走)(?:其|他们的|对方的?|{_WHO}的?)?(?:身份证件?|证件|手机|护照|{_WHO})",
            rf"(?:控制住?|看管|看住|扣住|强制带离|强行带离|抓捕|抓获|拘留|拘禁|羁押|关押|审讯|留置){_WHO}(?!进出|出入|数量|流动|聚集|规模|密度|伤亡)|限制[^，。；]{{0,8}}(?:人身自由|离开|出境)",
            rf"(?:对|将|把){_WHO}[^，。；]{{0,8}}(?:搜身|盘查|搜查|扣押|扣留|看管|看住|强制带离|强行带离|抓捕|拘留|拘禁|羁押|关押|控制起来|关在|锁在|关进|审讯|带到[^，。；]{{0,6}}(?:看管|问话))",
            rf"{_WHO}~6(?:不得|不准|不许|不能|不让)(?:擅自)?(?:离开|离店|离场|下班|出门)(?!.{{0,2}}(?:岗|现场|值守|值班|职守))|(?:不让|不准|不许|不放|禁止)(?:任何|所有|有关)*(?:人|员工|当事人|服务员|当班人员|住客|顾客)(?:离开|离店|离场|下班|走)(?!.{{0,2}}(?:岗|现场|职守))",
            rf"{_WHO}~4带(?:到|回|至)~10(?:问话|看管|询问|讯问|盘问)|(?:嫌疑人|当事人|可疑人员?|闹事者|肇事者)[^。；]{{0,14}}(?:不许|不准|不让)走",
            r"(?:堵|围|拦)(?:在|住)[^。；]{0,12}不(?:让|许|准)~2(?:离开|走|出)|(?:留下|留住|扣下|滞留|集中看管|关在)~6(?:员工|服务员|当事人|有关人员|嫌疑人|当班)|(?:员工|服务员|当事人|当班人员|有关人员)~6(?:留置|滞留|集中看管|留在(?:店内|酒店|办公室|保安室|中心)~6(?:直至|直到|接受|等候))|(?:说清|问清|交代|查清|签字|赔偿|道歉|搜查|检查完?)~6(?:后|方可|才)~5(?:放行|放人|离开|下班|回家)",
            r"\b(?:search|detain|arrest|lock up|hold|interrogate|restrain|frisk)\b (?:the |any |all |every |leaving |off-duty )*"
            r"(?:persons?|people|suspects?|customers?|visitors?|petitioners?|complainants?|employees|staff|troublemakers?|guests)\b(?! (?:to account|liable|responsible))",
            r"\block\b[^.;]{0,8}\b(?:suspects?|persons?|thief|thieves|customers?|complainants?|guests?|employees?)\b|\b(?:do not|don\'t|never) let\b[^.;]{0,10}\b(?:employees|staff|guests|customers|suspects?|visitors)\b leave(?! by)|\bpat down\b|\bbody search\b|\bconfiscate\b[^.;]{0,30}\b(?:phones?|passports?|papers|identity cards?)\b|\b(?:keep|hold)\b[^.;]{0,24}\b(?:on the premises|from leaving|in the (?:building|office))\b|\b(?:nobody|no one|no employee|no guest) (?:may|can|is to) leave\b",
        ),
        _SAYS,
        LAWFUL,
    ),
    Ask(
        wording(
            r"脱(?:衣|鞋)检查|贴身检查|强行(?:查看|检查|翻看|打开|进入其)|开包|翻包|查包|搜包|打开(?:随身)?(?:携带的)?(?:背包|提包|包裹?)|(?:检查|查看|搜查|翻看|翻查|清查|搜检|抽查)~8(?:更衣柜|储物柜|衣柜|随身(?:携带|物品|包)|背包|提包|手提包|衣物|个人物品|私人物品|宿舍|箱包|口袋|客房行李)|(?:对|将|把)~10(?:更衣柜|储物柜|随身物品|背包|提包|箱包|个人物品|私人物品|衣物|宿舍)~6(?:清查|检查|搜查|抽查|翻查|搜检)|(?:搜查|翻看|翻查|查看)~3(?:其|对方|投诉人|员工|个人|嫌疑人)的?(?:手机|房间|床铺)",
            r"\b(?:open|search|check|go through)\b[^.;]{0,20}\b(?:bags?(?! of)|lockers?|belongings|pockets|luggage|phones?)\b",
        ),
        Words("要求搜查个人物品", "it asks for personal belongings to be searched"),
        re.compile(
            rf"同意|自愿|安检|消防|火源|灭火|电器|(?:由|请|交|配合)[^，。；]{{0,4}}(?:{_POLICE})|本人打开|无人认领|遗留|consent|voluntar|security check|police",
            re.IGNORECASE,
        ),
        Words(
            "说明情况、征得本人同意并记录；不同意的不看，有嫌疑的报警，由公安机关处理",
            "explain, ask, and record consent; where it is refused do not look; where a crime is suspected leave it to the police",
        ),
    ),
    Ask(
        wording(
            r"(?:从|到|去|上|派人|派车)~8(?:家中|家里|家|住处|宿舍|住所)~8(?:带回|叫回|接回|带到|带来|押回|找回|传唤|传到|抓回|领回)|(?:强制|责令|勒令)~8(?:员工|当事人|休班|下班|服务员)~10(?:返回|回店|到场|到案|回单位)|(?:传唤|传讯|拘传)~8(?:员工|当事人|嫌疑人|投诉人|有关人员|服务员)",
            r"\b(?:fetch|bring|collect)\b[^.;]{0,30}\b(?:from (?:their |his |her )?homes?)\b|\bsummon\b[^.;]{0,20}\b(?:employees|staff|suspects?|complainants?)\b",
        ),
        Words("要求强行叫人到场", "it asks for people to be fetched or summoned"),
        re.compile(
            rf"(?:由|请|报)[^，。；]{{0,4}}(?:{_POLICE})|(?:{_POLICE})依法|抢险|抢修|加班|应急队员|自愿|孩子|儿童|老人|被困|police|volunt|child|elder|evacuat",
            re.IGNORECASE,
        ),
        Words(
            "电话请其自愿协助，可在下一班说明；必须到场的由公安机关依法传唤",
            "ask by phone, voluntarily, at the next shift; whether to summon anybody is for the police",
        ),
    ),
    Ask(
        wording(
            r"(?:提取|采集|比对|收集|采)~8(?:指纹|脚印|足迹|DNA|毛发|生物检材|血样)|(?:带走|取走|拿走|收走|没收|收集)~6(?:嫌疑人|可疑人员?|当事人)~6(?:物品|东西|遗留物|衣物)|(?:审问|盘问|讯问|审讯|突审|逼问|测谎)~8(?:员工|服务员|嫌疑人|当事人|可疑人员?|学员|有关人员)|对~10(?:员工|服务员|嫌疑人|当事人|可疑人员?)~6(?:审问|盘问|讯问|突审|逼问|测谎)",
            r"\b(?:take|collect|lift)\b[^.;]{0,20}\b(?:fingerprints?|footprints?|DNA)\b|\bcollect\b[^.;]{0,20}\bsuspects?'?s? (?:things|items|belongings)\b",
        ),
        Words("要求自行侦查", "it asks others than the police to investigate a crime"),
        re.compile(
            rf"(?:由|请|交|配合|协助|移交)[^，。；]{{0,6}}(?:{_POLICE})|(?:{_POLICE})(?:负责|依法|人员|提取|勘查)|医|疾控|疫|标本|检验科|考勤|门禁|police|medical",
            re.IGNORECASE,
        ),
        Words(
            "保护现场，拍照，只收存会灭失的并列清单，移交公安机关",
            "secure the scene, photograph, keep only what would otherwise be lost, list it, hand it over to the police",
        ),
    ),
    Ask(
        wording(
            r"殴打|捆绑|(?:使用|动用|配发)~4(?:警棍|电棍|催泪|械具|手铐|暴力|武力)|武力(?:驱散|清场|制服)|(?:强行|强制|暴力)(?:驱散|驱离|清场|拖离|架离|拖走)",
            r"\b(?:beat|handcuff|tie up|truncheons?|drag away|use force|by force(?! majeure))\b",
        ),
        Words("要求对人使用强制手段", "it asks for force against people"),
        re.compile(
            rf"{_POLICE}|police|(?:被|遭)[^，。；]{0, 4}殴打|正当防卫|发生殴打|殴打(?:他人|事件|医护|工作人员)",
            re.IGNORECASE,
        ),
    ),
)


def find(plan: View) -> Iterator[Found]:
    yield from unlawful(plan, ASKS, spared=lambda text: _is_for_the_police(plan, text))


def _is_for_the_police(plan: View, text: Text) -> bool:
    """Whether the text belongs to somebody whom the law gives these powers."""
    if text.task is not None:
        return _by_the_police(plan, text.task)
    return text.path[0] == "actors" and bool(_EMPOWERED.search(_names(plan, (str(text.path[1]),))))


def _by_the_police(plan: View, task: Task) -> bool:
    return bool(task.who) and all(_EMPOWERED.search(_names(plan, (actor,))) for actor in task.who)


def _names(plan: View, actors: tuple[str, ...]) -> str:
    names = [plan.actor_name(actor) for actor in actors]
    return " ".join(f"{name.zh} {name.en}" for name in names)


RULE = Rule(
    code="P405",
    name=Words("要求搜查、扣留人员", "persons held"),
    severity=Severity.ERROR,
    what=Words(
        "文字要求公安机关等法定机关以外的人搜身搜包、扣押证件、扣留或强行叫人到场、自行侦查，或者限制人员离开。",
        "It asks somebody other than the police to search people or their things, take their papers, fetch, hold or question them, or keep them from leaving.",
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
  grab: {text: {zh: 维护秩序, en: Detain the troublemakers until the head arrives}, cite: 五}  # <-
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
