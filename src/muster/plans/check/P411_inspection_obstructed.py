"""A plan that asks for lawful inspection to be hindered, delayed or told untruths."""

from __future__ import annotations

import re
from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.check.wording import Ask, unlawful, wording
from muster.plans.findings import Severity
from muster.plans.model import Words

_INSPECTORS = r"(?:检查组|检查人员|执法(?:人员|检查|部门|机关)?|行政检查|调查组|调查人员|监管(?:人员|部门|检查)|监督检查|稽查|督查组?|审计组|巡查组|巡视组|核查组|市场监管|消防检查|卫生监督)"
ASKS = (
    Ask(
        wording(
            rf"(?:拒绝|阻挠|阻碍|拖延|拖住|推迟|支开|支走|挡住|劝走|劝离|婉拒|回绝|打发|阻止|谢绝|挡驾|躲避|规避|应付|对付|摆平|敷衍)~8{_INSPECTORS}|(?:将|把|对){_INSPECTORS}~8(?:拒之门外|支开|支走|劝走|劝离|挡在|拦在|打发|拖住|婉拒|周旋)|{_INSPECTORS}[^。；]{{0,8}}(?:稳(?:在|住)|拖住|支开|晾)|{_INSPECTORS}~6未经~8(?:许可|同意|批准)~4(?:不得|不准|禁止)|拒绝(?:向~8)?提供~8(?:检查|调查|执法|监管)~8(?:资料|材料)|(?:检查|执法|调查|审计)(?:时|期间|前)[^。；]{{0,12}}(?:锁闭|关门|停工躲|转移|藏|避免被检查|逃避)|{_INSPECTORS}~4(?:到来|到达|到场|进场|来)~1(?:时|前|后)~4(?:关闭|停|疏散|隐藏|转移|锁)|{_INSPECTORS}[^。；]{{0,8}}拖延时间|{_INSPECTORS}~6(?:一律|不予|先行)(?:挡|拒|不接待|配合)",
            r"\b(?:do not|don\'t|never) let\b[^.;]{0,8}\b(?:inspectors?|auditors?|investigators?)\b|\b(?:refuse|turn away|send away|obstruct|stall|delay|hinder|keep out|dodge)\b[^.;]{0,24}\b(?:inspectors?|inspections?|auditors?|investigators?|regulators?)\b|\b(?:send|turn)\b[^.;]{0,24}\b(?:inspectors?|auditors?|investigators?)\b[^.;]{0,8}\baway\b",
        ),
        Words("要求阻碍检查", "it asks for an inspection to be hindered"),
        re.compile(r"冒充|假冒|未出示|无证件|身份不明|impostor|without credentials", re.IGNORECASE),
    ),
    Ask(
        wording(
            rf"(?:未经|没有|须经|须|必须|需|需经|先|待|等|经)~4(?:上级|领导|总部|公司|总经理|负责人|校长|集团|店长)~8(?:同意|批准|许可|请示|授权|点头|指示)[^。；]{{0,8}}(?:方可|才(?:能|可)?|后再|不得|不予|不|再)~4(?:配合|接受|接待|让|允许|放行|进入|提供|开门)~12(?:{_INSPECTORS}|检查|执法|调查|核查|资料)|{_INSPECTORS}[^。；]{{0,14}}(?:须|必须|需|先|待|等|未)(?:经|得到|请示)?~6(?:上级|领导|总部|公司|总经理|负责人)~6(?:同意|批准|许可|授权|请示)",
            r"\b(?:inspect\w*|auditors?|investigators?)\b[^.;]{0,40}\b(?:only (?:after|when|with|if)|unless|until|need\w*|require\w*|wait)\b[^.;]{0,30}\b(?:consent|approv\w*|permission|agrees?|agreed)\b",
        ),
        Words("要求检查先经上级同意", "it makes a lawful inspection wait for consent from above"),
        re.compile(r"内部检查|自查|检查计划|检查方案|不影响配合|涉密", re.IGNORECASE),
    ),
    Ask(
        wording(
            r"(?:执法|检查|调查|监管)[^。；]{0,24}(?:其他|其余)(?:人|人员|员工)~2(?:不得|不准|不许|一律不)[^，。；]{0,4}(?:回答|作答|接受询问|陈述|说明)|(?:指使|授意|要求|安排|唆使)~6作伪证|(?:交代|叮嘱|要求|教|告诫|提醒|安排)~8(?:员工|学员|从业人员|知情人|工人)[^。；]{0,14}(?:说不知道|推说不知|一问三不知|不要说|不许说|不得说|少说为妙)|串供|攻守同盟|统一口径~6(?:应对|应付|回答|接受)~6(?:检查|调查|询问|执法|监管)|(?:教|要求|安排|让|叮嘱|授意|引导|组织)~8(?:员工|证人|学员|当事人|从业人员|知情人)~8(?:不说|不讲|说假话|否认|作伪证|改口|不作证|不(?:要)?(?:如实)?(?:反映|配合|透露))|(?:向|对)~4(?:检查组|调查组|监管(?:部门|机构|机关)?|执法人员|公安)~6(?:提供虚假|隐瞒|只说|少说|谎称|编造|不如实)|(?:准备|制作|另做|做)~4(?:两套账|假账|假台账|虚假台账|虚假材料)",
            r"\b(?:give|show|hand)\b[^.;]{0,24}\b(?:inspectors?|auditors?|investigators?)\b[^.;]{0,12}\b(?:false|forged)\b|\b(?:coach|instruct|tell|teach)\b[^.;]{0,24}\b(?:staff|employees|witnesses|workers)\b[^.;]{0,24}\b(?:deny|lie|not to (?:talk|speak|tell)|say nothing|what to say)\b|\b(?:false|two sets of)\b[^.;]{0,20}\b(?:statements?|books|papers|accounts)\b[^.;]{0,20}\b(?:inspect\w*|investigat\w*|regulator\w*|audit\w*)\b",
        ),
        Words("要求作伪证或提供虚假材料", "it asks for untruths to be told to an inquiry"),
        re.compile(r"被骗|诈骗", re.IGNORECASE),
        Words(
            "统一对外的只是核实过的事实；任何人可以如实向调查机关陈述，材料按原样提供",
            "what is agreed are verified facts only; anybody may speak truthfully to an inquiry, and papers are given as they are",
        ),
    ),
)


def find(plan: View) -> Iterator[Found]:
    yield from unlawful(plan, ASKS)


RULE = Rule(
    code="P411",
    name=Words("要求阻碍检查、作伪证", "inspection obstructed"),
    severity=Severity.ERROR,
    what=Words(
        "文字要求拒绝、拖延依法检查，让检查先等上级同意，或者串供、提供虚假材料。",
        "It asks for a lawful inspection to be refused or delayed, to wait for consent from above, or for untruths to be told to it.",
    ),
    why=Words(
        "有关单位和个人应当配合依法进行的监督检查和调查，并如实提供情况；阻碍国家机关工作人员依法执行职务的，《治安管理处罚法》予以处罚。不可用 suppress 保留。",
        "Those concerned have to cooperate with lawful inspection and inquiry and tell the truth; obstructing officials who act by law is "
        "punished under the Law on Penalties for Administration of Public Security. This cannot be suppressed.",
    ),
    mend=Words(
        "查验证件后当即配合，如实提供资料，同时报告上级；意见依法陈述、申辩；原文的要求写进 excluded",
        "check credentials, cooperate at once and truthfully, and tell the supervisor in parallel; use the right to be heard; move what the "
        "written plan asks to `excluded`",
    ),
    bad=(
        Example(
            """\
tasks:
  inspectors:
    kind: action
    name: {zh: 接待检查, en: Receive inspectors}
    text: {zh: 未经总经理同意不得配合执法检查。, en: Receive inspectors.}  # <-
    who: office
    cite: 五
"""
        ),
        Example(
            """\
guidance:
  later: {text: {zh: 做好接待, en: Send the inspectors away until the head is back}, cite: 五}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  inspectors:
    kind: action
    name: {zh: 配合检查, en: Cooperate with inspectors}
    text: {zh: 查验证件后当即配合，同时报告上级；不得拒绝、拖延执法检查。, en: Never obstruct an inspection.}
    who: office
    cite: 五
"""
        ),
    ),
    find=find,
)
