"""A plan that asks for acts which only another authority may do: orders, fines, freezing, spending by a program."""

from __future__ import annotations

import re
from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.check.wording import Ask, unlawful, wording
from muster.plans.findings import Severity
from muster.plans.model import Words

_AUTHORITY = r"依法|监管部门|主管部门|有权机关|公安|法院|应急管理部门|市场监管|行政机关|人民政府|执法(?:部门|机关)|提请|建议|移送|由[^，。；]{0,12}(?:局|部门|机关|政府)"
ASKS = (
    Ask(
        wording(
            r"(?:系统|平台|软件|程序|算法|智能体)~6(?:自动|直接|自行|即时)~8(?:下达|发出|签发|责令|勒令|作出|处罚|罚款|查封|停产|停业|关停|拨付|拨款|付款|支付|划转|动用|审批|批准|放款|冻结|发放|启动响应)|(?:自动|无需审批|免审批|不经审批|未经批准)~4(?:拨付|划拨|动用|支付|批准|发放|划转)~8(?:资金|财政|再贷款|理赔款|赔款|款项|准备金|存款|专款|补偿)",
            r"\b(?:software|system|platform|program)\b[^.;]{0,30}\b(?:orders?|stops?|approves?|pays?|releases?|fines?|freezes?|disburses?)\b[^.;]{0,30}\b(?:production|money|funds?|payments?|re-lending|accounts?|businesses|factories)\b|\bautomatic(?:ally)?\b[^.;]{0,30}\b(?:pay\w*|disburse\w*|release\w* (?:public )?(?:money|funds?)|approve\w*|stop-production|order\w* to stop)\b",
        ),
        Words("要求由系统自动作出决定", "it asks for a program to decide by itself"),
        re.compile(
            r"灭火|喷淋|断路|保护装置|报警|备用电源|切换|不间断电源|限流|工资|短信|考勤|fire|sprinkler|failover|power supply",
            re.IGNORECASE,
        ),
        Words(
            "系统只记录和提醒；由有权的岗位决定，写明依据和文号",
            "a program records and reminds; the post with the power decides, with the ground and the paper",
        ),
    ),
    Ask(
        wording(
            r"勒令~10(?:停产|停业|停工|关闭|关停|歇业|整顿)|(?:自行|直接|现场|当场)(?:责令|查封|吊销|取缔)~10(?:停产|停业|停工|关闭|企业|店铺|场所|许可证|执照)",
            r"(?:对|向)~6(?:业主|顾客|客户|学员|消费者|群众|投诉人|居民|租户|员工)~6(?:处以|收取|开出|实施|进行)?罚款|(?:冻结|扣划|查封|扣押)~8(?:投诉人|客户|储户|当事人|嫌疑人|业主|学员|交易商)~4的?(?:账户|存款|资金|财产|车辆|货款)",
            r"\b(?:order|force)\b[^.;]{0,24}\b(?:factor(?:y|ies)|enterprises?|shops?|firms?|companies)\b[^.;]{0,16}\bto (?:stop|close|shut)\b|\b(?:fine|freeze|seize)\b[^.;]{0,24}\b(?:residents?|customers?|students?|accounts?|deposits?|owners?|traders?)\b",
        ),
        Words("要求作出无权作出的处罚或命令", "it asks for a penalty or an order that needs a legal power"),
        re.compile(
            rf"{_AUTHORITY}|按合同|约定|违约金|by law|court|police|competent authority|regulator", re.IGNORECASE
        ),
        Words(
            "记下隐患和整改要求，移送有权机关，登记其决定",
            "record the danger and the demand, hand it to the authority with the power, and note its decision",
        ),
    ),
)


def find(plan: View) -> Iterator[Found]:
    yield from unlawful(plan, ASKS)


RULE = Rule(
    code="P414",
    name=Words("要求越权决定、处罚", "power exceeded"),
    severity=Severity.ERROR,
    what=Words(
        "文字要求系统自动下令、拨款，或者让没有法定职权的人勒令停产、罚款、冻结财产。",
        "It asks for a program to give orders or spend money by itself, or for somebody without legal power to stop production, fine or freeze.",
    ),
    why=Words(
        "停产停业、罚款是行政处罚，《行政处罚法》规定由有处罚权的机关在法定职权范围内依程序实施；公款和理赔由有权的人审批并负责。不可用 suppress 保留。",
        "Stopping a business and fining are administrative penalties, which by the Administrative Penalty Law only an authority with that "
        "power imposes, by procedure; public money needs somebody who answers for it. This cannot be suppressed.",
    ),
    mend=Words(
        "移送或提请有权机关决定，登记决定、依据和文号；原文的要求写进 excluded",
        "refer it to the authority with the power and record its decision, ground and paper; move what the written plan asks to `excluded`",
    ),
    bad=(
        Example(
            """\
tasks:
  stop:
    kind: action
    name: {zh: 处置隐患, en: Deal with the danger}
    text: {zh: 发现隐患，当场勒令企业停产整顿。, en: Deal with the danger.}  # <-
    who: office
    cite: 五
"""
        ),
        Example(
            """\
guidance:
  pay: {text: {zh: 资金保障, en: The system automatically releases public funds}, cite: 五}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  refer:
    kind: action
    name: {zh: 移送有权机关, en: Refer to the authority}
    text: {zh: 记下隐患，提请监管部门依法责令停产；系统不得自动拨付资金。, en: Nobody but the authority may order a factory to stop.}
    who: office
    cite: 五
"""
        ),
    ),
    find=find,
)
