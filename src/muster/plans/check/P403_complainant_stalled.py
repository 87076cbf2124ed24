"""A plan that asks for somebody who complains to be put off, worn down or kept from complaining."""

from __future__ import annotations

import re
from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.check.wording import Ask, unlawful, wording
from muster.plans.findings import Severity
from muster.plans.model import Words

_WHO = r"(?:投诉|信访|上访|来访|维权|客户|顾客|业主|消费者|群众|家属|当事人|申诉|索赔|举报|学员|投资人|储户|债权人|交易商|原告|起诉人|他们|对方)"
_SAYS = Words("要求拖延、敷衍或拦阻投诉人", "it asks for a complainant to be stalled or stopped")
ASKS = (
    Ask(
        wording(
            rf"(?:拖延|拖住|拖着|久拖|敷衍|搪塞|推诿|糊弄|打发|冷处理|晾着|耗着|忽悠|阻止|拦截|劝阻|阻拦)[^，。；]{{0,8}}{_WHO}(?!~2(?:围观|靠近|进入|返回|冒险|聚集|逗留|下水|离开|前往|购买|参与|转账|汇款))",
            rf"(?:对|把|将|与|让){_WHO}[^，。；]{{0,10}}(?:拖延|拖住|拖一拖|敷衍|搪塞|推诿|打发走?|冷处理|晾着|晾几天|耗着|忽悠|拦截|知难而退|自行放弃)",
            r"能(?:拖|推|躲|避)(?:就|则)(?:拖|推|躲|避)|一拖再拖|尽量拖|拖到~8(?:离境|离开|过期|超期|时效|放弃)|拖延时间|拖延(?:策略|战术|办法)|知难而退|反复补充材料|拖延答复|拖延处理|拖(?:过|到)~6(?:时效|期限|不了了之)|久拖不决|不了了之|踢皮球",
            r"\b(?:stall|fob off|wear down|string along|drag out|put off|stonewall|discourage|keep away)\b[^.;]{0,40}"
            r"\b(?:complain\w*|petition\w*|customers?|claim\w*|families|residents|investors|depositors|creditors|traders?|parents)\b",
        ),
        _SAYS,
    ),
    Ask(
        wording(
            r"以[^，。；]{0,14}(?:请示|研究|审批|领导不在|走程序|走流程|财务|系统|升级|维护|盘点|出差|开会)[^，。；]{0,6}(?:为由|为借口|为名)[^，。；]{0,4}(?:拖|推|延|暂缓|敷衍|搪塞|婉拒|稳住)",
            r"(?:告诉|告知|答复|就说|回答)~8(?:经办人|负责人|领导|主管|经理)~3不在[^。；]{0,8}(?:改日|改天|下次|等通知|回去等|再来)|(?:假称|谎称|推说|借口|佯称|诈称)~16(?:请示|研究|审批|程序|流程|领导|财务|系统|权限|不在)",
            r"\b(?:pretend|claim|say)\w*\b[^.;]{0,30}\b(?:approval|authority|the boss|procedure|the system)\b[^.;]{0,40}\b(?:gain time|win time|buy time|delay|wait)\b",
        ),
        Words("要求用借口拖住投诉人", "it asks for a complainant to be stalled with a pretext"),
        None,
        Words(
            "告知登记的真实办结日期；确需请示的，说明向谁请示、哪天答复；误期的，说明真实原因并另约日期",
            "tell the honest date from the register; where approval is needed, say whose and by when; where a date is missed, give the "
            "true reason and agree on another",
        ),
    ),
    Ask(
        wording(
            r"截访|拦访|堵访|劝返|销号式|(?:拦截|拦阻|阻拦|劝阻|阻止|堵截|截留|扣下|接回|带回|劝回|遣返|看住|稳控)~14(?:上访|信访|越级|赴省|赴京|进京|到省|去市里|去省里|向上级(?:反映|投诉)|举报|申诉|维权|集访)",
            r"劝(?:说|导)?~8(?:不要|不|别|放弃)~8(?:投诉|举报|反映|上访|信访|曝光|起诉)|(?:不让|不准|不许)~8(?:上访|信访|赴京|进京|赴省)|(?:对|把|将)~12(?:上访|信访|越级|赴京|维权)~8(?:拦截|拦阻|劝返|截留|堵截|稳控|接回)|(?:不让|不准|不许|不得|禁止)(?:其|投诉人|信访人|群众|员工|职工|交易商|客户|业主|学员|来访人员?|上访人员?)~8(?:赴京|进京|赴省|向上级|向监管|向媒体|向主管)~6(?:上访|反映|投诉|信访|举报|求助)",
            r"(?:阻止|制止|禁止|平息|不准|压制|劝阻|取缔)~6(?:员工|职工|工人|从业人员)~6(?:罢工|集体协商|维权|投诉|申诉|仲裁|上访|信访|讨薪|诉求)",
            r"\b(?:stop|prevent|intercept|turn back|bring back|block)\b[^.;]{0,30}\b(?:petition(?:s|ing|ers?)?|complain(?:ing|ants?)?|bargain\w*|going to (?:the )?(?:higher|capital|province))\b",
        ),
        Words("要求拦阻信访或合法诉求", "it asks for petitions or lawful demands to be stopped"),
        re.compile(r"违法行为|扰乱|暴力|依法处置|制止过激|过激|violence", re.IGNORECASE),
        Words(
            "就地把答复做好，登记、转办、答复，并记明当事人可以继续反映；劳资争议由人社部门依法调解",
            "give a good answer here, register, route and reply, and record that the person may go on; labour disputes go to lawful "
            "mediation",
        ),
    ),
    Ask(
        wording(
            r"(?:反复|多次|重复(?:来访|投诉|信访|上访)|缠|无理|情绪激动|闹|不配合|越级|未当选|其他|其余|代表以外|代表之外|非代表|人数过多)~12(?:不予|不再|一律不|概不|拒绝|可不|不)(?:接待|受理|登记|答复|理睬|回应|接访)|拒绝(?:接待|受理|答复|登记)(?:投诉|信访|来访|上访|举报|其他|未)|(?:不予|不再|拒绝|不)(?:登记|受理|接待)~4(?:越级|重复|集体|反复|无理)~2(?:信访|上访|投诉|来访)|(?:投诉|信访|来访|举报)(?:一律|概)?(?:拒绝|拒不)(?:接待|受理|登记)",
            r"(?:不作|不做|不给|不予|无需|不必|不用|未)(?:任何)?(?:答复|回复|回应)~10(?:结案|归档|关闭|了结|办结|销号)|(?:直接|自行|自动|强制)(?:结案|归档|关闭|销号|注销)~10(?:投诉|举报|诉求|工单)|(?:投诉|举报|诉求|工单)~14(?:直接|自行|自动|强制|一律)(?:结案|归档|关闭|销号|注销)",
            r"(?:投诉|信访|上访|来访|维权|举报|诉求|难缠)[^。；]{0,14}(?:不予|不必|无需|不用|可不)(?:理会|理睬|搭理)|(?:投诉|举报|诉求|信访)件?[^。；]{0,10}(?:统一|批量|一次性|直接|先)~4(?:办结|结案|销号|归档)|(?:不接|拒接)~4(?:投诉|来电|电话)|电话(?:不接|拒接)|(?:避免|回避|躲避|躲着)~4(?:投诉人|信访人|来访人|客户|业主|家属)~4(?:接触|见面|来访|来电)|不(?:表态|登记|受理|答复|接待)[、，]不(?:表态|登记|受理|答复|接待)|(?:无限期|长期|先)搁置|置之不理|不理不睬|石沉大海|(?:不承诺|不表态|不答复)~6(?:了事|即可|为止|到底)",
            r"\bso that the (?:complaint|claim) lapses\b|\bclos(?:e|ing)\b[^.;]{0,30}\b(?:without (?:an? )?(?:answer|reply)|unanswered|because they (?:make|are) nois\w*)|\buntil (?:he|she|they) (?:loses?|give|gives? up|goes? away|go away|tires?)\b|\b(?:refuse|turn away)\b[^.;]{0,20}\b(?:to receive|complain\w*|petition\w*|others|delegates)\b|\b(?:leave|let)\b[^.;]{0,30}\bunanswered\b",
        ),
        Words("要求不受理、不答复", "it asks for complaints to be refused or left without an answer"),
        re.compile(
            r"复核|终结|告知(?:理由|原因|渠道|途径|受理|其|当事人)|说明(?:理由|原因)|法律途径|不属于|超出(?:受理|职责)|已答复|经本人|撤回|重复工单|误报",
            re.IGNORECASE,
        ),
        Words(
            "都要登记；不属于受理范围的告知渠道和理由；未答复的挂账，登记了答复才能结案；代表由来访人自己推选，其余的人也可以登记诉求",
            "register every one; where it belongs elsewhere say why and where; what is owed an answer stays open until the answer is "
            "recorded; delegates are chosen by the group itself, and the others may file too",
        ),
    ),
    Ask(
        wording(
            r"(?:不|未|拒不|不能)(?:出示|提供|提交|携带)[^。；]{0,18}(?:身份证|护照|申报单|报关单|证件|户口簿?)[^。；]{0,8}(?:不予|一律不|概不|拒绝|暂不|不)(?:受理|登记|接待|处理|立案|查找)",
            r"(?:出示|提供|提交|查验|核验)~16(?:护照|身份证|申报单|报关单|户口簿?|证件)~8(?:后|方可|才(?:能|可)?)~6(?:受理|登记|接待|处理投诉|立案)",
            r"(?:护照|身份证|申报单|报关单|证件)[^。；]{0,6}(?:拒不|不|未)(?:提供|出示|配合|携带)的?~4(?:不予|拒绝|概不)(?:受理|登记|接待|处理)",
            r"(?:护照|身份证|申报单|报关单)~12(?:作为|是)(?:受理|登记)~6(?:条件|前提)",
            r"\b(?:demand|require|insist on)\b[^.;]{0,30}\b(?:passport|identity card|customs declaration)\b[^.;]{0,40}\b(?:before|condition|otherwise|to take)\b|\b(?:no|without) (?:passport|identity card),? (?:no|the complaint is not)\b",
        ),
        Words("要求以查验证件作为受理条件", "it makes papers a condition of taking a complaint"),
        re.compile(r"自愿|愿意|领取|认领|退还|公安|实名办理|开户|voluntar|willing", re.IGNORECASE),
        Words(
            "先受理登记；证件由本人自愿出示，不作为受理条件，非必要不复印",
            "take the complaint first; papers are shown if the person is willing, never a condition, and not copied unless needed",
        ),
    ),
    Ask(
        wording(
            rf"(?:逼迫|强迫|胁迫|威胁|恐吓|诱骗|施压|逼)[^，。；]{{0,6}}(?:{_WHO}|签字|签署|撤诉|撤回|和解)",
            rf"(?:向|对|给){_WHO}[^，。；]{{0,8}}(?:施压|施加压力|恐吓|威胁)",
            r"\b(?:pressure|press|coerce|threaten|intimidate|force)\b[^.;]{0,30}\b(?:complain\w*|petition\w*|plaintiffs?|customers?|claimants?|parents|residents|families)\b",
        ),
        Words("要求胁迫投诉人", "it asks for a complainant to be pressed"),
        None,
        Words(
            "自愿协商并如实记录，可由律师或第三方到场；拒绝签字的记“拒签”，没有任何不利后果，告知调解、仲裁、诉讼途径",
            "talk voluntarily and on the record, with counsel or a third party; a refusal to sign is noted and has no bad consequence; "
            "tell them of mediation, arbitration and the courts",
        ),
    ),
)


def find(plan: View) -> Iterator[Found]:
    yield from unlawful(plan, ASKS)


RULE = Rule(
    code="P403",
    name=Words("要求拖延、拦阻投诉人", "complainant stalled"),
    severity=Severity.ERROR,
    what=Words(
        "文字要求拖延、敷衍、打发投诉人或信访人，不受理、不答复，以证件为难，或者拦阻、胁迫其反映问题。",
        "It asks for complainants or petitioners to be put off, refused, left without an answer, pressed, or kept from complaining.",
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
