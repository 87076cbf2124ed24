"""A plan that asks for those who complain to be punished, silenced or made to sign their rights away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.check.wording import Ask, unlawful, wording
from muster.plans.findings import Severity
from muster.plans.model import Words

_WHO = r"(?:投诉(?:人|的?(?:者|客户|学员|业主|家长|交易商|商户|员工|群众|会员))|举报(?:人|的?(?:者|员工|会员))|检举人|信访人|上访(?:人员?|户|群众|者)|维权(?:人员|业主|学员|群众|者)|发帖(?:人|者|员工|学员)|爆料(?:人|者|员工)|吹哨人|起诉人|曝光者)"
_WHO_SIGNS = rf"(?:{_WHO}|其|客户|顾客|业主|学员|家长|家属|当事人|对方|群众|消费者)"
_PUNISH = r"(?:处分|处罚|辞退|解雇|开除|调离|停职|调岗|降薪|降级|记过|训诫|惩处|惩戒|清退|扣(?:发|除|减)?(?:工资|奖金|绩效|学分|保证金|分)|取消~8(?:资格|待遇|补贴|低保|会员|优惠|奖)|限制(?:其)?(?:交易|开户|提货|入会|消费|购买|进场)|(?:停止|暂停|中止|冻结)(?:其)?~2(?:交易|服务|供货|账户|席位)|拒绝(?:为其)?(?:提供)?服务|断水|断电|停水|停电|不予(?:续签|续约|评优))"
ASKS = (
    Ask(
        wording(
            rf"{_PUNISH}~6(?<!被){_WHO}|(?:取消|剥夺|停止)~2(?<!被){_WHO}~4的?~4(?:资格|待遇|补贴|福利|名额)|(?:对|将|给|把)(?!被)~10(?<!被){_WHO}~12{_PUNISH}|限制~2{_WHO}~6(?:交易|开户|入市|进场|消费|购买|提货)|{_WHO}[^。；]{{0,10}}(?:一经|一旦|如被)(?:查出|发现|查实|查明)~4，?~4{_PUNISH}|(?<!被){_WHO}~4(?:一律|暂)?(?:不予|停止|取消|暂停)~6(?:发放|颁发|办理|资格|福利|续租|续约|服务|补贴)|(?:参加|组织|参与|带头)(?:上访|信访|投诉|维权|举报)的?~6{_PUNISH}|{_WHO}(?:为|系|是)~10的，?~6{_PUNISH}|(?:将|把){_WHO}列为~14(?:客户|对象|名单|人员)|打击报复|(?:报复|整治|收拾|敲打)~4{_WHO}|秋后算账",
            r"\b(?:punish|dismiss|sack|fine|fire|discipline|suspend|restrict|limit trading (?:of|for)|retaliate against|penali[sz]e|cut off)\b[^.;]{0,30}\b(?:complain\w*|whistle-?blowers?|petition\w*|critics?|(?:those who|whoever) (?:complain|report|post)\w*)\b",
        ),
        Words("要求报复投诉人、举报人", "it asks for those who complain or report to be punished"),
        re.compile(r"诬告|敲诈|责任人|处理不力|推诿|虚假举报|被投诉|被举报|extort", re.IGNORECASE),
        Words(
            "追责只对本单位责任人；投诉人、举报人的权利、待遇和交易不因反映问题而改变，其信息保密",
            "hold only one's own responsible staff to account; nothing changes for whoever complained or reported, and who it was stays "
            "confidential",
        ),
    ),
    Ask(
        wording(
            rf"(?:要求|让|责令|须|必须|应|促使|动员|督促|说服|劝)~8(?:签|写|出具|作出|承诺|保证)~14(?:放弃|不再|永不|停止)~8(?:投诉|追究|起诉|上访|信访|索赔|举报|诉讼|权利|反映|维权|曝光|披露|主张)|劝(?:其|说|导)?~6(?:撤诉|撤回投诉|息访)|签(?:署|订|下|收)~4(?:放弃|弃权)~6(?:权利|诉讼|追究|追偿|索赔)|不(?:予|再)?追究~6(?:承诺书|保证书|声明)|息诉(?:罢|息)访(?:承诺|协议|保证)|(?:封口|保密|沉默)协议~12{_WHO_SIGNS}|(?:与|同|让|要求){_WHO_SIGNS}~6签(?:订|署|下)?~4(?:封口|保密|沉默)",
            rf"(?:直至|直到|务必|必须|确保|设法|一定)~6(?:让|使|要)?~2{_WHO_SIGNS}~6(?:签字|签署|签名|签订|签下|撤诉|撤回|息访|具结)|(?:不签|拒签|拒绝签字|不同意签|不肯签|未签)[^。；]{{0,10}}(?:不予|取消|扣|不退|停止|暂停|不处理|不赔|不放|不解决|不得离开)",
            r"(?:以|把|将)~12(?:删帖|撤诉|撤回投诉|撤回|不曝光|息访|不再上访|沉默|改口)~6(?:为|作为|换取)~4(?:条件|前提|代价)|(?:撤回投诉|撤诉|删帖|息访|放弃追究)~6(?:后|方可|才)~6(?:退款|退费|赔偿|补偿|赔付|办理|恢复)|(?:赔偿|补偿|退款|退费|救助|补贴)~10(?:以|须|必须|先|前提|条件)~10(?:删帖|撤回|撤诉|放弃|息访|不再(?:投诉|上访|追究)|保密)",
            r"\b(?:sign|waive|give up|renounce)\b[^.;]{0,30}\b(?:rights?|not to (?:complain|sue|petition)|further claims|silence|gag)\b|\buntil\b[^.;]{0,30}\b(?:has |have )?sign(?:s|ed)?\b|\bno (?:refund|compensation|payment)\b[^.;]{0,12}\b(?:unless|until)\b[^.;]{0,30}\b(?:drop|withdraw|sign|delete)\w*|\bnon-disclosure\b[^.;]{0,30}\b(?:complain\w*|customers?|victims?)\b|\b(?:withdraw|drop)\b[^.;]{0,20}\b(?:suit|complaint|petition|case)\b",
        ),
        Words("要求逼人签字、放弃权利", "it asks for a signature or a waiver of rights to be forced"),
        re.compile(
            r"自愿|协商一致|双方同意|可以拒签|拒签如实|签到|员工签订保密|本人申请撤|撤回的|由其决定|voluntar|of (?:his|her|their) own|if (?:he|she|they) wish",
            re.IGNORECASE,
        ),
        Words(
            "和解自愿，给人看懂和考虑的时间；拒签如实记录，没有不利后果；赔偿、退款不以放弃投诉、起诉为条件",
            "a settlement is voluntary, with time to read it; a refusal is recorded and has no bad consequence; payment is not made to depend "
            "on dropping a complaint or suit",
        ),
    ),
    Ask(
        wording(
            rf"(?:通过|动员|发动|找|请|做|联系)~4{_WHO_SIGNS}~4的?(?:亲属|亲戚|家人|亲友|单位领导|工作单位|单位|学校|子女|配偶|父母)~12(?:做工作|做其~4工作|思想工作|施压|劝|施加压力|压服|出面|说服|约束)|株连|连带~4(?:亲属|子女)",
            rf"(?:未经~6(?:同意|允许)|不打招呼|突然|连夜|不经预约|不请自到|不事先(?:通知|约定)|多次|反复|轮番)~4(?:上门|登门|到~10(?:家中|家里|住处|单位))~12|(?:堵|守|蹲)在~6{_WHO_SIGNS}~4(?:家|门口|单位|楼下)|{_WHO_SIGNS}不(?:愿意?|同意|肯)~4(?:见面)?的?，?(?:也|仍|照样|直接)~6(?:上门|登门|到其)",
            r"\b(?:visit|call (?:on|at))\b[^.;]{0,30}\b(?:unannounced|against (?:his|her|their) will|without (?:notice|asking|an appointment))\b|\b(?:employers?|relatives|famil(?:y|ies)|school)\b[^.;]{0,30}\b(?:talk|persuade|press\w*|lean)\b[^.;]{0,30}\b(?:complain\w*|petition\w*|plaintiff|him|her|them)\b",
        ),
        Words("要求通过亲属、单位或上门施压", "it asks for pressure through family, employer or visits at home"),
        re.compile(
            r"慰问|帮扶|预约|约定|排查|检修|送医|救助|宣传|回访服务|抄表|巡查|催缴|安全检查|救援|agreed|appointment",
            re.IGNORECASE,
        ),
        Words(
            "只同本人或其委托的人谈；上门须事先约定，本人不愿意的换地点或换方式",
            "speak only with the person or whom he names; visits are agreed beforehand, otherwise another place or way",
        ),
    ),
)


def find(plan: View) -> Iterator[Found]:
    yield from unlawful(plan, ASKS)


RULE = Rule(
    code="P408",
    name=Words("要求报复投诉人、逼签弃权", "complainant punished"),
    severity=Severity.ERROR,
    what=Words(
        "文字要求处罚、限制投诉人和举报人，逼人签字或放弃权利，或者通过亲属、单位、上门施压。",
        "It asks for those who complain or report to be punished or limited, for a signature or a waiver to be forced, or for pressure "
        "through family, employer or visits.",
    ),
    why=Words(
        "宪法第四十一条：公民有批评、申诉、控告、检举的权利，任何人不得压制和打击报复。《民法典》第一百五十条：以胁迫手段订立的，受胁迫方可以请求撤销。不可用 suppress 保留。",
        "Article 41 of the Constitution gives citizens the right to criticise, complain and report, and forbids suppression and reprisal. "
        "Under article 150 of the Civil Code what was agreed under duress can be rescinded. This cannot be suppressed.",
    ),
    mend=Words(
        "自愿协商、如实记录，拒绝的告知调解、仲裁、诉讼途径；保护投诉人和举报人；原文的要求写进 excluded",
        "negotiate voluntarily and on the record, tell those who refuse of mediation, arbitration and the courts, and protect whoever "
        "complained; move what the written plan asks to `excluded`",
    ),
    bad=(
        Example(
            """\
tasks:
  settle:
    kind: action
    name: {zh: 处理投诉, en: Handle the complaint}
    text: {zh: 让客户签订保密协议，拒签的不予退费。, en: Handle the complaint.}  # <-
    who: office
    cite: 五
"""
        ),
        Example(
            """\
guidance:
  reprisal: {text: {zh: 加强管理, en: Suspend traders and punish those who complain}, cite: 五}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  settle:
    kind: action
    name: {zh: 协商解决, en: Settle}
    text: {zh: 客户自愿签署和解协议；不得打击报复投诉人。对处理不力的责任人给予处分。, en: Never punish complainants.}
    who: office
    cite: 五
"""
        ),
    ),
    find=find,
)
