"""A plan that asks for reports to be withheld, delayed or made smaller than the truth."""

from __future__ import annotations

import re
from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.check.wording import asked_for, texts
from muster.plans.findings import Severity
from muster.plans.model import Words

ASKS = re.compile(
    r"瞒报|漏报|谎报|迟报|缓报|压报|少报|隐瞒(?:事故|事件|情况|信息|实情|伤亡|真相|人数|损失|不报)|封锁(?:消息|信息)|捂盖子"
    r"|(?:暂不|暂缓|先不|延缓|推迟|延迟|拖延)(?:向[^，。；]{0,12})?(?:上报|报告|报送|通报上级)"
    r"|(?:不得|不要|不准|不许|禁止|严禁|无须|不必|不用)(?:擅自|私自)?(?:向(?:上级|政府|监管|主管|应急)[^，。；]{0,8})?(?:上报|报告上级|报送上级)(?!虚假|不实|失实)"
    r"|压下[^，。；]{0,10}(?:报告|信息|消息|情况)|内部消化[^，。；]{0,6}不(?:上报|报告)"
    r"|\b(?:withhold|conceal|suppress|hush up|cover up|hold back|keep back|delay|postpone|play down)\b[^.;]{0,40}"
    r"\b(?:report|reports|reporting|incident|casualties|losses)\b"
    r"|\b(?:do not|don't|never) report\b(?! (?:false|untrue))",
    re.IGNORECASE,
)
# A matter that goes through the procedure for state secrets; reports that are owed to somebody else.
LAWFUL = re.compile(
    r"未经(?:签发|审签|核签|审核|核实|核对|校核)|涉密|国家秘密|重复(?:上报|报告|报送)|虚假|不实信息|state secret",
    re.IGNORECASE,
)


def find(plan: View) -> Iterator[Found]:
    for each in texts(plan):
        what = asked_for(each.words, ASKS, LAWFUL)
        if what:
            yield Found(
                each.path,
                Words(f"要求瞒报、压报或迟报：“{what}”", f"it asks for a report to be withheld or delayed: “{what}”"),
            )


RULE = Rule(
    code="P401",
    name=Words("要求瞒报、压报、迟报", "report withheld"),
    severity=Severity.ERROR,
    what=Words(
        "任务、职责或提示的文字要求隐瞒、压下、推迟或少报。",
        "The words of a task, a duty or an advice ask for a report to be concealed, held back, delayed or made smaller.",
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
