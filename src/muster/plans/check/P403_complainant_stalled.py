"""A plan that asks for somebody who complains to be put off, worn down or kept from complaining."""

from __future__ import annotations

import re
from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.check.wording import asked_for, texts
from muster.plans.findings import Severity
from muster.plans.model import Words

_WHO = r"(?:投诉|信访|上访|来访|维权|客户|顾客|业主|消费者|群众|家属|当事人|申诉|索赔|举报|学员|投资人|储户|债权人|他们|对方)"
ASKS = re.compile(
    r"截访|拦访|堵访|劝返"
    rf"|(?:拖延|拖住|拖着|久拖|敷衍|搪塞|推诿|糊弄|打发|冷处理|晾着|耗着|忽悠|阻止|拦截|劝阻|阻拦)[^，。；]{{0,8}}{_WHO}"
    rf"|(?:对|把|将|与){_WHO}[^，。；]{{0,10}}(?:拖延|拖住|拖一拖|敷衍|搪塞|推诿|打发走?|冷处理|晾着|耗着|忽悠|拦截)"
    rf"|以[^，。；]{{0,12}}(?:请示|研究|审批|领导不在)[^，。；]{{0,6}}(?:为由|为借口|为名)[^，。；]{{0,4}}(?:拖|推|延|敷衍|搪塞)"
    rf"|(?:逼迫|强迫|胁迫|威胁|恐吓|诱骗|施压)[^，。；]{{0,6}}(?:{_WHO}|签字|签署|撤诉|撤回|和解)"
    r"|能拖(?:就|则)拖|拖延时间|拖延答复|拖延处理"
    r"|\b(?:stall|fob off|wear down|string along|drag out|put off|stonewall|discourage|keep away)\b[^.;]{0,40}"
    r"\b(?:complain\w*|petition\w*|customers?|claim\w*|families|residents|investors|depositors|creditors|traders?)\b",
    re.IGNORECASE,
)


def find(plan: View) -> Iterator[Found]:
    for each in texts(plan):
        what = asked_for(each.words, ASKS)
        if what:
            yield Found(
                each.path,
                Words(
                    f"要求拖延、敷衍或拦阻投诉人：“{what}”",
                    f"it asks for a complainant to be stalled or stopped: “{what}”",
                ),
            )


RULE = Rule(
    code="P403",
    name=Words("要求拖延、拦阻投诉人", "complainant stalled"),
    severity=Severity.ERROR,
    what=Words(
        "文字要求拖延、敷衍、打发投诉人或信访人，或者拦阻其反映问题。",
        "It asks for complainants or petitioners to be put off, worn down, or kept from complaining.",
    ),
    why=Words(
        "《信访工作条例》要求依法按时受理、办理、答复，不得推诿、敷衍、拖延，不得打击报复。拖延只会让小事变大。不可用 suppress 保留。",
        "The Regulations on Petition Work demand that a complaint be taken up, handled and answered in time, and forbid shirking, "
        "delay and reprisal. Delay turns small matters into large ones. This cannot be suppressed.",
    ),
    mend=Words(
        "登记，告知受理和办结日期；到期办不完的，说明原因并重新约定日期；原文的要求写进 excluded",
        "register it and name an honest date; where it cannot be kept, say why and agree on another; move what the written "
        "plan asks to `excluded`",
    ),
    bad=(
        Example(
            """\
tasks:
  receive:
    kind: action
    name: {zh: 接待来访, en: Receive visitors}
    text: {zh: 对投诉人能拖就拖，等其自行离开。, en: Receive visitors.}  # <-
    who: office
    cite: 五
"""
        ),
        Example(
            """\
guidance:
  slow: {text: {zh: 耐心接待, en: Stall the complainants until they give up}, cite: 五}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  receive:
    kind: action
    name: {zh: 接待来访, en: Receive visitors}
    text: {zh: 热情接待，不得推诿、久拖，不得敷衍客户。发现拖延答复的，追究责任。, en: Do not stall or fob off customers.}
    who: office
    cite: 五
"""
        ),
    ),
    find=find,
)
