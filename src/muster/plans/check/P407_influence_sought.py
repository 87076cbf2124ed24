"""A plan that asks for authorities, courts or the press to be won by gifts, relations or pressure from above."""

from __future__ import annotations

import re
from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.check.wording import Ask, unlawful, wording
from muster.plans.findings import Severity
from muster.plans.model import Words

_OFFICIALS = r"(?:记者|媒体|编辑|报社|官员|执法人员|检查人员|检查组|调查组|监管(?:人员|部门|机构|机关)?|法官|法院|检察官|仲裁员|主管部门|公职人员|办案人员|专家组|上级领导)"
ASKS = (
    Ask(
        wording(
            rf"(?:宴请|招待|请客|吃请|送礼|送上?礼品|赠送|馈赠|红包|购物卡|礼品卡|好处费|车马费|打点|封口费|公关费|答谢)~14{_OFFICIALS}|(?:向|给|为|对|请|约|邀请?|组织)~4{_OFFICIALS}~10(?:宴请|招待|吃饭|聚餐|联谊|唱歌|旅游|送礼|礼品|红包|购物卡|好处费|车马费|打点|赠送|表示心意|表示谢意|旅游)|(?:封口费|好处费|辛苦费|润笔费)(?!的)|{_OFFICIALS}[^。；]{{0,16}}(?:纪念品|土特产|礼品|礼金|红包|吃好|玩好)(?!~4(?:拒收|上交|退))|(?:走访|联络|维护|经营|培养|联系)~6(?:记者|媒体|官员|法官|监管人员|执法人员)[^。；]{{0,8}}(?:感情|交情)",
            r"\b(?:treat|entertain|wine and dine|gifts?|presents?|hospitality|red envelopes?|bribe\w*|pay)\b[^.;]{0,30}\b(?:journalists?|reporters?|editors?|officials?|inspectors?|judges?|regulators?)\b|\binvite\b[^.;]{0,30}\b(?:dinner|banquet|trip|karaoke)\b|\b(?:journalists?|reporters?|officials?|inspectors?|judges?|regulators?)\b[^.;]{0,20}\b(?:gifts?|presents|red envelopes?|banquets?|dinner)\b",
        ),
        Words("要求宴请、送礼", "it asks for officials or journalists to be entertained or given presents"),
        re.compile(r"工作餐|按标准接待|拒收|上交|退回|refuse|return", re.IGNORECASE),
        Words(
            "在办公场所会面、留记录、不送礼；事实和证据按程序提交",
            "meet in working premises, on the record, without gifts; submit facts and evidence in the proper way",
        ),
    ),
    Ask(
        wording(
            r"(?:协调|处理|搞好|理顺|打点)好?~2(?:法院|法官|检察官|仲裁员)~4关系|(?:请|找|托|求)~6(?:法官|检察官|领导|熟人|朋友|监管人员|执法人员)~4(?:关照|照顾一下|通融|网开一面|高抬贵手)|说情|疏通关系|走关系|托关系|找关系|跑关系|拉关系|托人情|打通关节|(?:通过|找|托)~4(?:熟人|关系|朋友|老同学)~6(?:做通|打通|疏通|搞定)|(?:利用|动用|借助|发动|调动)~6(?:私人|社会|个人|各种|各方|人脉|内部|上层|高层)~4(?:关系|人脉|资源|熟人|门路)|(?:向|给|跟|与|同)~10(?:法院|法官|监管|执法|检查组|检察|媒体|报社|主管|纪委|审计|编辑|记者所在)~8(?:打招呼|打个招呼|通融|通气|做工作|活动活动)",
            r"(?:请|找|请求|托|邀请|促请|争取)~8(?:高层|领导|高级官员|高官|老领导|有关人士)~10(?:干预|压下|施压|打招呼|说情|摆平|叫停|施加影响|过问案件)|(?:施加|产生)影响~10(?:监管|法院|判决|媒体|裁决)|(?:对|向){_}~6施加影响".replace(
                "{_}", _OFFICIALS
            ),
            r"(?:通过|设法|争取|积极|主动|利用|借助)~8(?:影响|左右|干预)~10(?:监管|法院|法官|判决|裁决|审理|仲裁|媒体|检查结论|调查结论)|(?:监管|媒体|法院|司法|审判)[^。；]{0,24}创造有利(?:条件|环境|局面)|创造有利~4(?:的)?(?:监管|司法|审判|执法)",
            r"\b(?:influence|lobby|pull strings|win over)\b[^.;]{0,40}\b(?:authorities|regulators?|courts?|judges?|media|officials?|press|inspectors?)\b|\b(?:senior|high) officials?\b[^.;]{0,30}\b(?:intervene|step in|put in a word)\b|\b(?:connections|personal relations)\b[^.;]{0,40}\b(?:court|regulator\w*|authorit\w+|press|media|officials?)\b",
        ),
        Words("要求影响监管、司法或媒体", "it asks for authorities, courts or the press to be influenced"),
        None,
        Words(
            "关注公开信息，如实答复询问，按程序提交证据和说明，依法申辩、复议、诉讼",
            "follow public information, answer inquiries truthfully, submit evidence and statements in the proper way, use legal remedies",
        ),
    ),
    Ask(
        wording(
            r"(?:付费|花钱|出资|有偿|购买)~12(?:正面(?:文章|报道|稿件|宣传|新闻)|软文|表扬稿|好评)|(?:投放|刊发|刊登|发布|组织|安排)~8软文",
            r"\b(?:pay|paid|buy|fund|arrange)\b[^.;]{0,24}\b(?:favou?rable|positive|flattering)\b[^.;]{0,14}\b(?:articles?|coverage|stories|reviews)\b|\badvertorials?\b",
        ),
        Words("要求付费刊发不标明的文章", "it asks for paid articles that are not marked"),
        re.compile(r"标明|注明|广告字样|marked|labell?ed", re.IGNORECASE),
        Words("公开事实；付费内容标明“广告”", "publish facts; mark what is paid for as advertising"),
    ),
)


def find(plan: View) -> Iterator[Found]:
    yield from unlawful(plan, ASKS)


RULE = Rule(
    code="P407",
    name=Words("要求拉关系、影响监管和媒体", "influence sought"),
    severity=Severity.ERROR,
    what=Words(
        "文字要求用宴请、礼品、关系或上级干预影响监管、司法、媒体，或者付费刊发不标明的文章。",
        "It asks for supervision, courts or the press to be influenced by hospitality, gifts, relations or intervention from above, or "
        "for paid articles that are not marked.",
    ),
    why=Words(
        "为谋取不正当利益给予国家工作人员财物的，是《刑法》规定的行贿；以新闻报道形式发布广告，《广告法》第十四条禁止。影响来的结论在下一次复查时失效。不可用 suppress 保留。",
        "Giving public officials money or goods for an undue advantage is bribery under the Criminal Law; article 14 of the Advertising Law forbids advertising in "
        "the form of news. What influence has won does not outlast the next review. This cannot be suppressed.",
    ),
    mend=Words(
        "如实答复，按程序提交证据和说明，会面留记录、不送礼；原文的要求写进 excluded",
        "answer truthfully, submit evidence in the proper way, meet on the record and without gifts; move what the written plan asks to "
        "`excluded`",
    ),
    bad=(
        Example(
            """\
tasks:
  goodwill:
    kind: action
    name: {zh: 对外沟通, en: Talk to others}
    text: {zh: 宴请到访记者，请老领导出面向法院打招呼。, en: Talk to others.}  # <-
    who: office
    cite: 五
"""
        ),
        Example(
            """\
guidance:
  friends: {text: {zh: 主动沟通, en: Entertain the journalists and win over the regulator}, cite: 五}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  inquiry:
    kind: action
    name: {zh: 答复监管部门和媒体, en: Answer the regulator and the press}
    text: {zh: 如实答复询问，提交证据；不得宴请、送礼，不得托关系说情。, en: Answer truthfully. Never offer gifts to officials.}
    who: office
    cite: 五
"""
        ),
    ),
    find=find,
)
