"""A plan that asks for people to be put in danger: blind obedience, work without protection, suspect food left in use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.check.wording import Ask, unlawful, wording
from muster.plans.findings import Severity
from muster.plans.model import Words

_FOOD = r"(?:食(?:材|品)[^，。；]{0,4}(?:变质|异常|过期|发霉|有异味)|菜品[^，。；]{0,4}(?:变质|异常|有异物)|(?:可疑|异常|问题|变质|不合格|有异物的?|疑似[^，。；]{0,6})(?:食品|菜品|餐食|食物|食材|饭菜|菜肴))"
ASKS = (
    Ask(
        wording(
            r"无条件(?:地)?(?:服从|执行|听从|遵从)|绝对服从|盲目服从|(?:不论|无论|不管)~12(?:命令|指令|指示|安排)~8(?:是否|对错|合法|何)[^。；]{0,12}(?:执行|服从)|不问(?:缘由|对错|原因)~6(?:执行|服从)|(?:不得|不准|不许|严禁)(?:因|以)~6(?:危险|险情|危及)~6(?:撤离|离岗|停工|退缩|拒绝)|不得(?:以任何理由)?(?:质疑|拒绝)(?:上级|领导|指挥)?~4(?:命令|指令|指挥|安排)",
            r"\b(?:obey|follow|carry out)\b[^.;]{0,24}\b(?:orders?|instructions?|commands?)\b[^.;]{0,16}\b(?:without (?:condition|question|reserve)|unconditionally|whatever)\b|\b(?:unconditional\w*|blind\w*|absolute)\b[^.;]{0,16}\b(?:obe\w+|obedience)\b",
        ),
        Words("要求无条件服从", "it asks for obedience without condition"),
        re.compile(r"可以拒绝|有权拒绝|除外|may refuse", re.IGNORECASE),
        Words(
            "一般指令照办，异议记录在案；违法的、危及人身安全的可以拒绝",
            "orders are followed and objections recorded; what is unlawful or endangers life may be refused",
        ),
    ),
    Ask(
        wording(
            r"(?:不顾|冒着|不惜)~6(?:生命|安全|危险|牺牲|个人安危)|冒险(?:进入|作业|抢修|施救|组织)|(?:未|不|无需|不必|来不及)(?:断电|佩戴|穿戴|通风|检测|等待?(?:消防|公安|专业|救援))~10(?:即|就|也|直接|立即|先行|仍)~4(?:进入|作业|抢修|施救|下井|下池|灭火|处置)",
            r"(?:组织|派|派出|安排|要求|动员|发动|带领|率领)~8(?:员工|职工|工作人员|群众|志愿者|机关人员|干部|保安|物业人员|营业员|服务员|学员)~8(?:与(?:歹徒|凶手|暴徒)|制服(?:歹徒|凶手)|搏斗|冲入|排爆|拆弹|进入(?:火场|爆炸|袭击|有毒|危险区|泄漏区|事故核心)|阻拦持(?:刀|械))|(?:员工|职工|保安|工作人员|物业人员|营业员|学员|教师|大家)~8(?:与(?:歹徒|凶手|暴徒)~2搏斗|制服(?:歹徒|凶手|暴徒)|徒手~4(?:歹徒|凶手|排险))|(?:组织|派|安排|动员|发动)~6(?:学生|未成年人|孕妇|老人|儿童|残疾人)~6(?:扑火|扑救|灭火|救火|抢险|救援|抗洪)",
            r"\b(?:regardless of|despite|whatever) (?:the |their )?(?:danger|risk|own safety)\b|\b(?:send|order|lead)\b[^.;]{0,24}\b(?:staff|employees|guards|volunteers|students|workers)\b[^.;]{0,24}\b(?:into the (?:fire|attack|blast|danger\w*|hazard\w*)|against (?:the )?(?:attacker|armed))\b",
        ),
        Words("要求人员涉险", "it asks for people to be sent into danger"),
        re.compile(
            r"消防(?:人员|员)|公安|专业(?:救援|队伍|人员)|佩戴(?:好|齐)|确保安全|fire (?:service|brigade)|police|trained",
            re.IGNORECASE,
        ),
        Words(
            "先撤人、设警戒、报 119/110；在消防或公安指挥点待命，由专业力量进入",
            "get people out, keep others away, call 119 or 110; stand by at the command point and let trained forces go in",
        ),
    ),
    Ask(
        wording(
            rf"(?:投诉人|顾客|就餐者|消费者|客户)~4(?:未|不)(?:确认|同意)~2[^。；]{{0,14}}(?:不撤|不停售|不停供|不封存)|{_FOOD}[^。；]{{0,24}}(?:继续(?:供应|销售|出售|使用|供餐|食用|留)|留在(?:窗口|餐台|桌上|原处)|照常(?:供应|销售|出售)|暂不(?:停|撤|封存|下架)|不(?:必|用|予)?(?:停售|停供|撤下|撤换|下架|封存))|(?:投诉人|顾客|就餐者|消费者|客户)(?:不同意|未同意|拒绝)[^。；]{{0,14}}(?:菜品|食品|餐食|饭菜|食物)~6(?:不撤|继续|保留|留在|不(?:停|封))|(?:待|等|经|征得|须经)~4(?:投诉人|顾客|就餐者|消费者|客户)~4(?:同意|确认|签字)~6(?:方可|再|才|后)~6(?:停售|停供|撤下|封存|检查|排查|检测|下架)",
            r"(?:险情|隐患|危险|泄漏|火情)~4未(?:排除|消除|控制)[^。；]{0,8}(?:安排|组织|要求|派|恢复)~6(?:进|作业|施工|抢修|生产|营业)|(?:存在|发现|出现|明知|带着|虽有)~10(?:隐患|险情|危险|泄漏|故障|疫情|中毒)[^。；]{0,12}(?:继续|照常|坚持|带病|不停)(?:生产|营业|供餐|作业|供应|销售|运行|开放|运营)",
            r"\bkeep\b[^.;]{0,24}\bopen\b[^.;]{0,12}\bdespite\b|\b(?:keep|continue|go on)\b[^.;]{0,24}\b(?:serving|selling|using|production|producing|working|open)\b[^.;]{0,40}\b(?:suspect|spoilt|danger\w*|leak\w*|hazard\w*|poison\w*)\b|\b(?:suspect|spoilt|unsafe) food\b[^.;]{0,30}\b(?:stays?|left|remain\w*|continue\w*|unless the complainant|until the complainant)\b",
        ),
        Words("要求危险的食品或作业继续", "it asks for dangerous food or work to go on"),
        re.compile(
            r"排除后|消除后|整改后|验收|更换餐食|评估(?:安全|合格)|确认安全|切换(?:备用|至)|removed|safe again",
            re.IGNORECASE,
        ),
        Words(
            "立即停供、封存留样（或停止作业、撤离人员），确认安全后再恢复；同意与否只关系投诉人自己的一份",
            "stop serving and seal samples (or stop work and get people out) at once and resume when it is safe; consent concerns the complainant's own plate only",
        ),
    ),
)


def find(plan: View) -> Iterator[Found]:
    yield from unlawful(plan, ASKS)


RULE = Rule(
    code="P412",
    name=Words("要求人员涉险、盲目服从", "persons endangered"),
    severity=Severity.ERROR,
    what=Words(
        "文字要求无条件服从，让没有专业能力的人进入险境，或者让可疑食品、有险情的作业继续。",
        "It asks for unconditional obedience, for untrained people to go into danger, or for suspect food or dangerous work to go on.",
    ),
    why=Words(
        "《安全生产法》规定，从业人员有权拒绝违章指挥和强令冒险作业，发现直接危及人身安全的紧急情况有权停止作业、撤离。《食品安全法》要求停止生产经营不安全食品。不可用 suppress 保留。",
        "The Work Safety Law lets workers refuse unlawful orders and forced risk, and stop and leave where their lives are in danger. The "
        "Food Safety Law demands that unsafe food be stopped. This cannot be suppressed.",
    ),
    mend=Words(
        "先保人：停止、撤离、警戒、报警，由专业力量处置；原文的要求写进 excluded",
        "people first: stop, get out, keep others away, call for help, let trained forces act; move what the written plan asks to `excluded`",
    ),
    bad=(
        Example(
            """\
tasks:
  obey:
    kind: action
    name: {zh: 服从指挥, en: Follow orders}
    text: {zh: 全体员工无条件服从命令，组织保安制服歹徒。, en: Follow orders.}  # <-
    who: office
    cite: 五
"""
        ),
        Example(
            """\
guidance:
  food: {text: {zh: 处理餐食, en: Suspect food stays on the counter until the complainant agrees}, cite: 五}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  safe:
    kind: action
    name: {zh: 先保人员安全, en: People first}
    text: {zh: 严禁冒险作业，不得让可疑食品继续供应；由消防人员进入火场。, en: Nobody is sent into danger.}
    who: office
    cite: 五
"""
        ),
    ),
    find=find,
)
