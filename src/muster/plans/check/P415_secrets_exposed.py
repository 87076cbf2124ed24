"""A plan that sends secret matters through ordinary channels, or opens confidential data to everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.check.wording import Ask, unlawful, wording
from muster.plans.findings import Severity
from muster.plans.model import Words

_CLASSIFIED = r"(?<!非)(?:涉密|国家秘密|绝密|机密级?|秘密级|密件)"
_OPEN = r"(?:微信|QQ|互联网|普通邮箱|电子邮件|电子邮箱|(?:个人|私人)?邮箱|手机短信|短信|普通电话|手机|网盘|公网|工作群|群里|钉钉|群聊)"
ASKS = (
    Ask(
        wording(
            rf"{_CLASSIFIED}~14(?:录入|上传|存入|登记到|存储在|保存在|导入|传至|发至|发到|发送到|推送到)~10(?:系统|平台|数据库|{_OPEN})|{_CLASSIFIED}~14(?:通过|用|经|以){_OPEN}|(?:通过|用|经|在|以){_OPEN}~14(?:传|发|报|存|讨论|谈论|共享)~8{_CLASSIFIED}|(?:复制|拍照|转发|拍摄)~6{_CLASSIFIED}",
            r"\b(?:state secrets?|classified)\b[^.;]{0,40}\b(?:wechat|e-?mail|internet|chat|text message|ordinary phone|the platform|this system)\b|\b(?:send|enter|upload|store|keep)\b[^.;]{0,24}\b(?:state secrets?|classified)\b",
        ),
        Words("要求在普通渠道处理涉密信息", "it sends secret matters through ordinary channels"),
        re.compile(
            r"机要|outside|own (?:rules|procedure)|专网|专用|保密柜|保密设备|内网涉密系统|secure network|courier",
            re.IGNORECASE,
        ),
        Words(
            "涉密事项按保密规定走机要渠道，这里只留专门程序的文号",
            "secret matters go by their own procedure; only its reference is kept here",
        ),
    ),
    Ask(
        wording(
            r"(?:客户|个人|风险|敏感|案件|储户)~4(?:数据|信息|资料|材料)~6(?:向|对)(?:全体|所有|全员|任何)~6(?:人员|员工|人|单位|用户)?~4(?:开放|公开|共享|可见|可查|查看)|(?:全体|所有|任何)(?:人员|员工|人|用户)(?:均|都)?可~4(?:查看|查阅|导出|下载|访问)~6(?:客户|个人|风险|敏感|案件|储户)",
            r"\b(?:open|visible|accessible|available) to (?:all|every\w*|any)\b[^.;]{0,30}\b(?:risk|personal|customer|case) (?:data|files?|information)\b|\b(?:risk|personal|customer|case) (?:data|files?|information)\b[^.;]{0,24}\b(?:open|visible|accessible|available) to (?:all|every\w*|any)\b",
        ),
        Words("要求把保密数据向所有人开放", "it opens confidential data to everybody"),
        re.compile(r"脱敏|匿名|汇总|授权|anonym|aggregate|authori[sz]ed", re.IGNORECASE),
        Words("按岗位授权查看，留存查阅记录", "let posts read what they need, and log who looked"),
    ),
)


def find(plan: View) -> Iterator[Found]:
    yield from unlawful(plan, ASKS)


RULE = Rule(
    code="P415",
    name=Words("要求泄露秘密、敞开数据", "secrets exposed"),
    severity=Severity.ERROR,
    what=Words(
        "文字要求把涉密信息录入普通系统、用微信邮件等传送，或者把保密的数据向所有人开放。",
        "It asks for secret matters to be kept in ordinary systems or sent through chat and mail, or for confidential data to be open to all.",
    ),
    why=Words(
        "《保守国家秘密法》禁止在未采取国家保密规定和标准规定措施的信息系统、互联网等公共网络中处理和传递国家秘密；《个人信息保护法》要求合理确定操作权限。不可用 suppress 保留。",
        "The Law on Guarding State Secrets forbids handling or sending state secrets in public networks and systems without the prescribed "
        "protection; the Personal Information Protection Law demands access by need. This cannot be suppressed.",
    ),
    mend=Words(
        "涉密事项另按保密规定办理，只留文号；其余数据按岗位授权；原文的要求写进 excluded",
        "secret matters go by their own procedure and leave a reference only; other data is read by post; move what the written plan asks to "
        "`excluded`",
    ),
    bad=(
        Example(
            """\
tasks:
  chat:
    kind: action
    name: {zh: 信息传递, en: Pass information on}
    text: {zh: 涉密文件可通过微信发送给成员单位。, en: Pass information on.}  # <-
    who: office
    cite: 五
"""
        ),
        Example(
            """\
guidance:
  open: {text: {zh: 信息共享, en: Risk data is open to everybody}, cite: 五}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  secret:
    kind: action
    name: {zh: 涉密事项另行办理, en: Secret matters}
    text: {zh: 涉密文件不得通过微信传送，由机要渠道办理；客户信息按岗位授权查看。, en: Never send state secrets by e-mail.}
    who: office
    cite: 五
"""
        ),
    ),
    find=find,
)
