"""A plan that asks for people to be watched, followed, located or listed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.check.wording import asked_for, texts
from muster.plans.findings import Severity
from muster.plans.model import Words

_OF = r"(?:好|住|上述|有关|相关|重点|涉事|涉案|来访|上访|信访|聚集|闹事|维权|参与|可疑|这些|该|其|各类|的|每个|每名|全部|和|、)*"
_PEOPLE = r"(?:人员|人群|人物|分子|投诉人|信访人|上访人|上访户|投资人|投资者|储户|存款人|债权人|当事人|群众|客户|业主|顾客|嫌疑人|家属|带头人|组织者|参与者|老户)"
_WATCH = r"(?:监控|监视|跟踪|盯防|盯守|盯梢|布控|稳控|管控|尾随|蹲守|手机定位|定位)"
ASKS = re.compile(
    rf"{_WATCH}{_OF}{_PEOPLE}(?!受伤|伤亡|被困|的?(?:情绪|需求|诉求|安全))"
    rf"|对[^，。；]{{0,12}}{_PEOPLE}[^，。；]{{0,6}}(?:进行|实施|开展|予以|加以|采取|全程|24小时|秘密|严密)*{_WATCH}"
    rf"|(?:建立|列入|纳入|拉入)[^，。；]{{0,10}}黑名单|人肉搜索|追查(?:发帖人|网民|作者|爆料人|举报人)|(?:监测|监控|监看)[^，。；]{{0,6}}(?:个人|员工|群众|居民|公民)的?(?:思想|言论|观点)|调取{_OF}(?:{_PEOPLE}|的)*(?:行踪|轨迹|通话|通讯|聊天)"
    r"|\b(?:track|tail|shadow|spy on|surveil|watch|monitor|locate|blacklist)\b (?:the |all |every |any |key |those )*"
    r"(?:persons?|people|complainants?|petitioners?|investors?|depositors?|creditors?|customers?|suspects?|protesters?|organi[sz]ers?)\b"
    r"|\bblacklist of\b",
    re.IGNORECASE,
)
# Rescue and medicine look for people to help them; and the police act by law.
LAWFUL = re.compile(
    r"被困|失踪|遇险|失联|走失|落水|伤员|伤者|受伤|伤亡|病人|患者|接触者|医学|救援|救治|搜救|服务|回访|随访|帮扶|安抚|关怀"
    r"|公安|警方|民警|派出所|司法机关|检察"
    r"|missing|trapped|injured|patient|rescue|police|public security",
    re.IGNORECASE,
)


def find(plan: View) -> Iterator[Found]:
    for each in texts(plan):
        what = asked_for(each.words, ASKS, LAWFUL)
        if what:
            yield Found(
                each.path,
                Words(f"要求监视、跟踪或定位人员：“{what}”", f"it asks for people to be watched or tracked: “{what}”"),
            )


RULE = Rule(
    code="P404",
    name=Words("要求监视、跟踪人员", "persons watched"),
    severity=Severity.ERROR,
    what=Words(
        "文字要求监视、跟踪、定位、布控人员，建立黑名单，或调取行踪。公安机关依法办理的、救援救治的除外。",
        "It asks for people to be watched, followed, located or blacklisted. Police acting by law, rescue and medical care are "
        "exempt.",
    ),
    why=Words(
        "《个人信息保护法》和《民法典》保护隐私和行踪信息；信访、维权是权利，不是嫌疑。不可用 suppress 保留。",
        "The Personal Information Protection Law and the Civil Code protect privacy and whereabouts; complaining is a right and no "
        "ground for suspicion. This cannot be suppressed.",
    ),
    mend=Words(
        "关注事态，不关注个人：统计人数和诉求，登记本人自愿提供的信息；涉嫌违法的移送公安机关；原文的要求写进 excluded",
        "follow the situation, not persons: count people and demands, keep what they themselves give; refer suspected offences to "
        "the police; move what the written plan asks to `excluded`",
    ),
    bad=(
        Example(
            """\
tasks:
  stability:
    kind: action
    name: {zh: 维护稳定, en: Keep order}
    text: {zh: 对重点人员实施24小时监控，定位上访人员。, en: Keep order.}  # <-
    who: office
    cite: 五
"""
        ),
        Example(
            """\
guidance:
  eyes: {text: {zh: 了解动态, en: Track the petitioners and keep a blacklist of organisers}, cite: 五}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  stability:
    kind: action
    name: {zh: 跟踪事态，监控系统运行, en: Follow events and monitor the systems}
    text: {zh: 定位被困人员；跟踪监测舆情；不得监控、跟踪投资人。可疑人员报公安机关处理。, en: Nobody is to track people.}
    who: office
    cite: 五
"""
        ),
    ),
    find=find,
)
