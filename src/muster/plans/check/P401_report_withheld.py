"""A plan that asks for reports to be withheld, delayed or made smaller than the truth."""

from __future__ import annotations

import re
from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.check.wording import Ask, unlawful, wording
from muster.plans.findings import Severity
from muster.plans.model import Words

# A matter that goes through the procedure for state secrets; reports that are owed to somebody else; a final paper.
LAWFUL = re.compile(
    r"未经(?:签发|审签|核签|审核|核实|核对|校核)|涉密|国家秘密|重复(?:上报|报告|报送)|虚假|不实信息|state secret",
    re.IGNORECASE,
)
_SAYS = Words("要求瞒报、压报或迟报", "it asks for a report to be withheld or delayed")
ASKS = (
    Ask(
        wording(
            r"瞒报|漏报|谎报|迟报|缓报|压报|少报|隐瞒(?:事故|事件|情况|信息|事实|实情|伤亡|真相|人数|损失|不报)|封锁(?:消息|信息)|捂盖子|捂住|报喜不报忧",
            r"(?:暂不|暂缓|先不|延缓|推迟|延迟|延后|拖延)(?:向[^，。；]{0,12})?(?:上报|报告|报送|通报上级|汇报)",
            r"(?:不得|不要|不准|不许|禁止|严禁|无须|无需|不必|不用)(?:擅自|私自)?(?:向(?:上级|政府|监管|主管|应急)[^，。；]{0,8})?(?:上报|报告上级|报送上级)(?!虚假|不实|失实)",
            r"压下[^，。；]{0,10}(?:报告|信息|消息|情况)|内部消化[^，。；]{0,6}不(?:上报|报告)",
            r"(?:领导|主任|上级|负责人|主管|总经理|董事长|校长|指挥部)~4(?:未|没有)?(?:批示|同意|批准|表态|点头|授权|指示)~2(?:之前|以前|前)[^。；]{0,12}(?:不得|不要|不准|不能|不许|一律不|先不|暂不)[^，。；]{0,8}(?:汇报|上报|报告|报送)|(?:研判|决定|判断|考虑|看)~6(?:是否)?~4(?:有必要|需要|值得)(?:上报|报告)|尽量(?:内部|自行)消化|可(?:视情况|酌情|视情|根据情况|以)?(?:不|暂不|缓)(?:上)?报(?!警|道|名|销|价|到)",
            r"择(?:机|期)(?:上报|报告)|(?:避免|以免|免于|规避|逃避)(?:向~8)?(?:上报|报送)(?!重复|错误)|未经~8(?:同意|批准|许可|授权)[^。；]{0,12}(?:不得|不准|不许|严禁)[^，。；]{0,4}(?:报告|上报|通报|告知)[^，。；]{0,4}(?:监管|上级|主管|政府|应急|公安|卫健|市场监管|人社|安监|消防|银保监|证监)|未经~8(?:同意|批准|许可|授权)[^。；]{0,12}(?:不得|不准|不许|不能|禁止|严禁)[^，。；]{0,4}(?:向|对)[^，。；]{0,4}(?:监管|上级|主管|政府|应急|公安|卫健|市场监管|人社|安监|消防|区|市|省)[^，。；]{0,6}(?:报告|上报|反映|汇报|举报)|(?:不要|不必|不用|暂时不要?|先不要?)(?:急于)?(?:报告|上报|通知|告知)~4(?:监管|上级|主管|政府|应急|安监|公安|卫健|市场监管|人社|消防)",
            r"(?:伤亡|死亡|遇难)(?:人数|情况|数字)(?![^。；]{0,10}(?:核|确认|经))(?:不得|不准|严禁|一律不)[^，。；]{0,10}(?:提及|透露|公布|公开|对外|泄露)|(?:伤亡|死亡|受伤|遇难)(?:人数|情况|数字)~2(?:待|等)(?![^，。；]{0,10}(?:核|确认))~10后~2(?:再|方可|才)~4(?:公布|发布|通报|公开|上报)",
            r"\b(?:do not|don't|never) (?:tell|inform|notify)\b[^.;]{0,24}\b(?:regulators?|authorit\w+|city|superiors?|government|public)\b[^.;]{0,10}\b(?:until|unless|before|about)\b|\breport (?:fewer|less|lower|smaller)\b",
            r"(?:尽量|能|可以?)不(?:上报|报告|外报)(?:(?:的|就|则)?不(?:上报|报|外报))?|压一压~2(?:再)?(?:上?报)",
            r"\b(?:withhold|conceal|suppress|hush up|cover up|hold back|keep back|delay|postpone|play down)\b[^.;]{0,40}"
            r"\b(?:report|reports|reporting|incident|casualties|losses|facts)\b",
            r"\b(?:do not|don't|never) report\b(?! (?:false|untrue|rumou?rs|unverified|twice))|\bkeep\b[^.;]{0,30}\b(?:secret|quiet) (?:from|until)\b",
        ),
        _SAYS,
        LAWFUL,
    ),
    Ask(
        wording(
            r"(?:待|等)~14(?:平息|查清|查明|结束|过后|返回|到场|点头|回来|稳定|拿出结论|有结论|统一口径)~4(?:再|后|才)~4(?:向~8)?(?:上报|报告|报送|汇报)",
            r"(?:事态|事件|风头|情况|影响)~4(?:平息|过去|稳定|可控|缓和)后~4再~8(?:上报|报告|报送|汇报)",
            r"\b(?:report[^.;]{0,20}\bonly|only report[^.;]{0,20}) ?\b(?:after|once|when)\b[^.;]{0,40}\b(?:calm\w*|settled|blown over|subsided|agreed)\b",
        ),
        _SAYS,
        re.compile(r"总结|评估|书面|最终|终报|结案|详细|续报|补报|已首报|首报后|结果|国家秘密|涉密|written|final"),
        Words(
            "首报按时限先报，报告里写明哪些尚未查清；审批限在首报时限之前，来不及审批的先电话报告、事后补签",
            "send the first report in time and mark what is not yet clear; give its approval an earlier limit, or report by phone "
            "and have it signed afterwards",
        ),
    ),
    Ask(
        wording(
            r"(?:压低|调低|缩减|缩小|淡化|从低|从少|往小|少算|酌减)~6(?:伤亡|死亡|受伤|人数|损失|级别|等级|报告|上报|统计|数字)|(?:伤亡|损失|人数|级别|数字)~10(?:从少|从低|往小|少报|压低|调低|淡化|打折|不公布|不对外公布|不予公布)",
            r"大事化小|小事化了|淡化~10(?:严重|程度|性质|后果|等级)|就低(?:定级|上报|报送|认定)|(?:死亡|伤亡|受伤)~6以上的?，?~2按~4人~2(?:上报|报告|统计)|(?:按|以)较低(?:级别|等级)~4(?:上报|报告|报送)",
            r"\b(?:understate|downplay|minimi[sz]e|underreport|round down)\b[^.;]{0,30}\b(?:casualt\w+|deaths?|injur\w+|losses|numbers?|level|figures?)\b",
        ),
        Words("要求把事情报小", "it asks for the truth to be made smaller"),
        re.compile(r"采取措施|措施|降低风险|减少伤亡|抢救|尽力"),
        Words(
            "按核实的数字如实报告和公布，未核实的注明“待核实”，变化的随时更正；级别按标准认定，改变须留理由",
            "report and publish the numbers that are verified, mark the rest, correct them as they change; grade by the criteria, with a "
            "recorded reason for any change",
        ),
    ),
    Ask(
        wording(
            r"(?:控制|限制|缩小|压缩)~6(?:知悉|知情|知晓|扩散|传播|消息)~4(?:范围|面)|(?:控制|限定|压|捂)在~8(?:内部|单位内|公司内|校内|系统内|范围内)[^。；]{0,6}(?:不(?:得|许|准)?(?:外传|外泄|声张|外露)|不对外)|(?:控制|阻断|切断|堵住)(?:消息|信息|事件信息)~6(?:扩散|外传|外泄|传播|流出|出口)",
            r"(?:不让|不使|避免|防止|不向|不对)~4(?:外界|社会|公众|媒体|监管(?:部门|机构)?|上级(?:部门|机关|单位)?|政府(?:部门)?)~6(?:知道|知情|知晓|得知|察觉|披露|透露|提及|反映|公开)",
            r"(?:对|向)(?:外|外界|社会|公众|媒体|监管(?:部门|机构)?|上级(?:部门|机关|单位)?)~4(?:一律|坚决|统一|暂时|严格)*(?:隐瞒|否认|保密|不(?:承认|提及|透露|披露))|对外~4统称(?:轻伤|正常|无恙|意外)|(?:一律|坚决|统一口径|先行)否认|(?:询问|问起|采访)[^。；]{0,8}(?:一律|统一)~4(?:答复|回答|回复|称)[^。；]{0,4}(?:无异常|一切正常|没有此事|不知情|无可奉告|没有问题)",
            r"\b(?:limit|restrict|control|contain)\b[^.;]{0,20}\b(?:who (?:may )?(?:know|learn)|spread of (?:the )?news|how far (?:the )?news)|\bkeep\b[^.;]{0,40}\bfrom (?:becoming known|the public|the press|the media|regulators?|the city|supervisors?)\b|\bdeny everything\b|\b(?:do not|don\'t|never) disclose\b[^.;]{0,20}\b(?:deaths?|casualt\w+|losses|incident|accident)\b",
        ),
        Words("要求封锁消息", "it asks for the matter to be kept from becoming known"),
        re.compile(
            r"谣言|虚假|不实|未经核实|隐私|个人信息|个人资料|国家秘密|涉密|商业秘密|病毒|恶意(?:程序|代码)|违法|有害|疫情|病原|污染|举报人|投诉人|按岗位|泄露客户|rumou?r|personal|false",
            re.IGNORECASE,
        ),
        Words(
            "按法定渠道如实报告，事实核实后及时准确公布；只有个人信息、国家秘密和案件材料按岗位授权查看",
            "report through the lawful channel and publish verified facts promptly; only personal data, state secrets and case files "
            "are read by post",
        ),
    ),
    Ask(
        wording(
            r"私了|(?:偷|盗|失窃|斗殴|犯罪|伤人)[^。；]{0,20}(?:自行了断|自行了结|私下(?:处理|解决|了结)|(?:免得|不|避免|以免)~4(?:惊动)?(?:警方|公安|派出所)(?:介入|知道)?)|(?:劝|说服|动员|稳住)~10(?:不要|不去|不|别|放弃|暂缓)(?:报警|报案)|(?<![不得])(?:不要|不必|不用|暂不|先不|尽量不|一般不|避免|不)(?:向公安机关|向警方|向公安)?(?:报警|报案|惊动警方|惊动公安)",
            r"(?:盗|失窃|行窃|案件|犯罪|涉嫌|嫌疑|伤人|斗殴)[^。；]{0,24}(?:尽量|尽可能|首先|先|优先|原则上)(?:由[^，。；]{0,8})?(?:自行|内部|自己|私下)(?:处理|解决|消化|调查|了结|协商)",
            r"\b(?:talk|persuade|dissuade)\b[^.;]{0,40}\b(?:out of|not to|from) (?:call\w*|go\w*|report\w*|involv\w*)\b[^.;]{0,12}\bpolice\b|\b(?:do not|don't|avoid|rather than) (?:call|involv|inform|tell|report)\w*(?: it| this)?(?: to)? the police\b"
            r"|\b(?:theft|crime|suspected|offence)\b[^.;]{0,50}\b(?:in-house|privately|among ourselves|internally|as far as possible oneself)\b",
        ),
        Words("要求涉嫌犯罪的事不报警", "it asks for a suspected crime to be kept from the police"),
        re.compile(r"误报|警情已|已报警|消防报警|报警(?:器|系统|装置|值|阈值|信息)"),
        Words(
            "涉嫌违法犯罪或当事人要求的，立即报警（110）并保护现场；自行处理只限遗忘、错放等无嫌疑的情形",
            "call the police (110) and secure the scene where a crime is suspected or the person asks; handle only what is mislaid",
        ),
    ),
)


def find(plan: View) -> Iterator[Found]:
    yield from unlawful(plan, ASKS)


RULE = Rule(
    code="P401",
    name=Words("要求瞒报、压报、迟报", "report withheld"),
    severity=Severity.ERROR,
    what=Words(
        "文字要求隐瞒、压下、推迟或少报，封锁消息，或者涉嫌犯罪的事不报警。",
        "It asks for a report to be concealed, held back, delayed or made smaller, for news to be contained, or for a suspected crime to be kept from the police.",
    ),
    why=Words(
        "《突发事件应对法》规定，报送信息应当及时、客观、真实，不得迟报、谎报、瞒报、漏报，也不得授意他人这样做。不可用 suppress 保留。",
        "The Emergency Response Law demands that reports be timely, objective and true, and forbids late, false, concealed "
        "and omitted ones, and telling others to make them. This cannot be suppressed.",
    ),
    mend=Words(
        "按时限如实首报，情况不明的注明“正在核实”，随后续报、更正；原文确有此要求的，写进 excluded 并给出合法做法",
        "report what is known in time, mark what is still being verified, and follow up with corrections; where the written "
        "plan does ask for it, move it to `excluded` with the lawful way",
    ),
    bad=(
        Example(
            """\
tasks:
  calm:
    kind: action
    name: {zh: 稳控局面, en: Keep things calm}
    text: {zh: 领导到场前暂不上报。, en: Keep things calm.}  # <-
    who: office
    cite: 五
"""
        ),
        Example(
            """\
guidance:
  quiet: {text: {zh: 伤亡人数统一口径, en: Suppress the incident report until the head has agreed}, cite: 五}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  prompt:
    kind: action
    name: {zh: 按时如实报告, en: Report in time and truthfully}
    text: {zh: 任何人不得迟报、漏报、谎报、瞒报。对瞒报的单位依法追究责任。不得授意他人瞒报。, en: Nobody may conceal or delay a report.}
    who: office
    cite: 五
guidance:
  no-wait: {text: {zh: 情况不明的不得推迟报告，先报已知。, en: What is unknown does not delay the report.}, cite: 五}
excluded:
  hush: {says: {zh: 原文要求暂不上报, en: The plan asks to wait}, why: {zh: 违法, en: Unlawful}, lawful: {zh: 按时首报, en: Report in time}, cite: 五}
"""
        ),
    ),
    find=find,
)
