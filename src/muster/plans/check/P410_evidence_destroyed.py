"""A plan that asks for records or evidence to be deleted, changed or made up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.check.wording import Ask, unlawful, wording
from muster.plans.findings import Severity
from muster.plans.model import Words

_RECORD = r"(?:证据|记录|日志|台账|原始数据|监控(?:录像|视频|资料|画面)|录像|录音|留样|凭证|账册|账簿|单据|档案|聊天记录|交易数据|检测报告|检验报告|值班表|会议纪要|底单|痕迹|材料|审计数据)"
ASKS = (
    Ask(
        wording(
            rf"(?:销毁|毁掉|烧毁|粉碎|清空)(?!的|过的|行为|并|前|后)~12(?:检验|检测|交易|处置|值班|原始|监控|通话)(?:记录|录像|数据|录音)|(?<![被遭受])(?:删除|删改|删掉|销毁|毁灭|毁掉|毁损|清除|清空|抹去|抹掉|抹除|篡改|涂改|伪造|变造|撕毁|覆盖|隐匿|藏匿|烧毁|粉碎|补造|编造|倒改)(?!的|过的|行为|并|前|后|页面|网页)(?:(?!的)[^，。；;]){{0,12}}{_RECORD}|(?:转移|隐藏)(?!的)~6(?:证据|赃物|罪证|账册)|(?:修改|更改|调整|改动)(?!的|意见|为)~8(?:事件记录|处置记录|原始记录|值班记录|系统日志|接报时间|报告时间|受理时间|发生时间|检测结果|检验结果)",
            r"(?:将|把)~10(?:不利|负面|敏感)~4(?:内容|部分|信息|记录|材料)~4(?:删|去掉|抹|隐去|撤)|(?:重新誊写|重写|重抄|誊改)~6(?:日志|记录|台账|纪要)|(?:日志|记录|台账|纪要)[^。；]{0,12}(?:重新誊写|重写|重抄)|去掉(?:不妥|不利|敏感)|(?:避免|不|以免)留下?~2(?:证据|痕迹|书面|把柄)|(?:补写|补填|补造|补齐|补做|后补)~8(?:记录|台账|签到|资料)[^。；]{0,6}(?:备查|以备检查|应付|应对|迎检)|清理~4证据|留样~4(?:倒掉|扔掉|处理掉|丢弃)",
            rf"(?:将|把|对)~10{_RECORD}~6(?:删除|删掉|销毁|毁掉|清空|抹去|处理掉|格式化|覆盖|改掉|藏)",
            r"\bchange\b[^.;]{0,30}\bin the (?:log|record|register|journal)\b|\b(?:remove|cut|strike)\b[^.;]{0,14}\b(?:compromising|damaging|unfavou?rable|embarrassing)\b|\b(?:delete|destroy|shred|erase|wipe|alter|tamper with|falsify|forge|doctor|backdate|rewrite|clean up|get rid of)\b(?! (?:unlawful|malicious|viruses))[^.;]{0,30}\b(?:evidence|records?|logs?|footage|recordings?|minutes|journal|samples?|ledgers?|traces)\b",
        ),
        Words("要求删改、销毁记录或证据", "it asks for records or evidence to be changed or destroyed"),
        re.compile(
            r"期满|到期|保管期限|保存期|保留期|超过[^，。；]{0,6}(?:年|月|天)|重复登记|误报记录|测试(?:数据|记录)|备份后|已备份|病毒|木马|恶意代码|还原|恢复|更正记录|retention|expired|test data|malware|virus",
            re.IGNORECASE,
        ),
        Words(
            "记录只增不改，更正另记并保留前一版；证据封存、拍照、列清单，按保管期限处理",
            "records only grow, a correction keeps the earlier version; evidence is sealed, photographed and listed, and kept for its term",
        ),
    ),
    Ask(
        wording(
            r"倒签|倒填|代签(?!收)|(?:代|替)~4(?:领导|负责人|他人|投诉人|客户|当事人|家属)~12签(?:字|名|署)|伪造(?:签名|签字|公章|印章)|冒签|先盖章后|事后(?:补造|编造|补做)|补做(?:假)?(?:记录|台账)|(?:已签发|签发后|签批后)~8(?:修改|改动|调整|增删)[^。；]{0,10}(?:不必|无需|不再|不用|无须|可直接)",
            r"\b(?:backdate|sign (?:for|in the name of) (?:the )?(?:head|leader|director|complainant|customer))\b|\b(?:change|edit)\b[^.;]{0,24}\bafter (?:it (?:is|was) )?sign\w+\b[^.;]{0,30}\bwithout\b",
        ),
        Words(
            "要求倒签、代签或签后改稿", "it asks for papers to be backdated, signed for others or changed after signing"
        ),
        re.compile(r"授权委托|书面授权|委托书|代理人|监护人|power of attorney|authori[sz]ed", re.IGNORECASE),
        Words(
            "本人签，签发锁定文本，改动须重新签发；来不及的先电话报告，补签写明实际时间",
            "whoever signs signs himself; signing locks the text, a change is signed again; in haste phone first and sign later with the true time",
        ),
    ),
    Ask(
        wording(
            r"(?:破坏|伪造)~4(?:事故|案发|事发)?现场|(?:调查|勘查|检查|公安|警方|监管|执法)~8(?:到达|到来|进场|到场|赶到)?(?:之前|以前|前)~8(?:清理|打扫|冲洗|收拾|处理|整理|恢复)~4(?:现场|痕迹|食品|厨房|车间|台账)|(?:赶在|抢在)~14前~10(?:清理|销毁|处理|整理|补齐|转移)",
            r"\b(?:before)\b[^.;]{0,30}\b(?:inspectors?|police|investigators?|regulators?)\b[^.;]{0,20}\b(?:arrive|come)\b[^.;]{0,40}\b(?:clean|tidy|clear|remove)\b|\b(?:clean|tidy|clear)\b[^.;]{0,30}\bbefore\b[^.;]{0,20}\b(?:inspectors?|police|investigators?|regulators?)\b",
        ),
        Words("要求破坏现场", "it asks for the scene to be destroyed"),
        re.compile(r"抢救|救人|防止|拍照(?:、|和|并|后)|标记|记录原状|保护现场", re.IGNORECASE),
        Words(
            "保护现场；为抢救人员必须移动的，拍照、标记、记录原状",
            "secure the scene; what must be moved to save people is photographed, marked and noted",
        ),
    ),
)


def find(plan: View) -> Iterator[Found]:
    yield from unlawful(plan, ASKS)


RULE = Rule(
    code="P410",
    name=Words("要求删改记录、毁灭证据", "evidence destroyed"),
    severity=Severity.ERROR,
    what=Words(
        "文字要求删改或销毁记录、日志、录像、留样，倒签代签，或者在调查前清理现场。",
        "It asks for records, logs, footage or samples to be changed or destroyed, for papers to be backdated or signed for others, or "
        "for the scene to be cleared before an inquiry.",
    ),
    why=Words(
        "帮助当事人毁灭、伪造证据，情节严重的按《刑法》第三百零七条追究；《网络安全法》要求留存网络日志不少于六个月。改过的记录不能再证明任何事。不可用 suppress 保留。",
        "Helping a party to destroy or forge evidence is, where serious, a crime under article 307 of the Criminal Law; the Cybersecurity Law "
        "demands that network logs be kept for six months at least. A changed record proves nothing. This cannot be suppressed.",
    ),
    mend=Words(
        "封存、备份、列清单，更正另记一笔；原文的要求写进 excluded",
        "seal, copy and list; record a correction beside the first entry; move what the written plan asks to `excluded`",
    ),
    bad=(
        Example(
            """\
tasks:
  tidy:
    kind: action
    name: {zh: 善后, en: Afterwards}
    text: {zh: 清除监控录像，修改接报时间。, en: Afterwards.}  # <-
    who: office
    cite: 五
"""
        ),
        Example(
            """\
guidance:
  logs: {text: {zh: 整理资料, en: Delete the server logs and backdate the minutes}, cite: 五}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  keep:
    kind: action
    name: {zh: 保全证据, en: Keep the evidence}
    text: {zh: 封存日志和录像，严禁删除、篡改记录；制止删除记录的行为。, en: Never delete or alter records.}
    who: office
    cite: 五
"""
        ),
    ),
    find=find,
)
