"""A plan that asks for people or firms to be named or labelled before anything has been found out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from muster.plans.check.rule import Example, Found, Rule, View
from muster.plans.check.wording import Ask, unlawful, wording
from muster.plans.findings import Severity
from muster.plans.model import Words

_LABEL = r"(?:恶意投诉(?:人|者)?|恶意维权|无理取闹|无理投诉|无理诉求|缠访|闹访|敲诈勒索|敲诈|职业打假人?|刁民|问题客户|黑名单客户|别有用心|寻衅滋事)"
_FIRM = r"(?:企业|经营者|商家|商户|网店|平台|当事人|单位|名单|名称|嫌疑人|责任人|涉事方|店铺)"
ASKS = (
    Ask(
        wording(
            rf"(?:认定|定性|定为|列为|标记|标注|标为|视为|视作|归为|归入|界定|登记为|一律按|作为|按){{1}}~6{_LABEL}(?:处理|对待|登记|处置)?|(?:作|当作|以)~2{_LABEL}~4(?:结案|处理|对待|论处)",
            r"\b(?:label|mark|treat|class(?:ify)?|register|regard)\b[^.;]{0,40}\b(?:as )?(?:malicious|troublemakers?|vexatious|extort\w+|bad faith)\b",
        ),
        Words("要求给投诉人贴标签", "it asks for a complaint to be labelled instead of examined"),
        re.compile(r"证据|查实|核实|复核|判决|公安|依法认定|事实清楚|有欺诈|evidence|proven|court", re.IGNORECASE),
        Words(
            "按“待解决的问题”继续办理；确有欺诈、敲诈证据的，由另一人复核、写明理由，当事人可申请复查",
            "go on with it as a problem to be solved; where there is evidence of deceit or extortion somebody else reviews it, with a "
            "reason, and the person may ask for review",
        ),
    ),
    Ask(
        wording(
            rf"(?:调查|立案|核查|查处|结论|处罚决定|认定|判决|查实|核实)~8(?:之前|前|以前|期间|过程中|阶段|尚未|未(?:作出|结束|完成))~6[，]?(?:即|先|先行|就|便|可|直接|立即)?~6(?:公布|公开|曝光|点名|通报|对外宣布|发布|披露)~12{_FIRM}|(?:未经|不待|无需|不等)(?:调查|核实|查实|立案|结论)~6[，]?(?:即|先|先行|就|直接)?~6(?:公布|公开|曝光|点名|通报|定性)|(?:立案|受理|举报|投诉)(?:当日|当天|后|之日)~2(?:即|就|立即|便)~10(?:公布|公开|曝光|点名|通报)~6{_FIRM}|(?:公开通报|曝光|点名)[^。；]{{0,16}}(?:随后|然后|之后|再)(?:立案|调查|核查)|先(?:曝光|点名|公布|公开|定性)~8(?:后|再)(?:调查|核查|处理|立案|核实)",
            r"(?:立即|第一时间|先行|率先|马上|抢先)~4(?:点名|曝光|公开点名|公布)~8(?:涉事|涉嫌|违法|违规|问题|责任)~6(?:企业|商家|经营者|平台|网店|商户|单位|人)|(?:对外|向社会|向媒体)~4(?:宣布|定性|认定)~10(?:违法|有罪|诈骗|骗子|负全责|全部责任)|游街|示众|公开(?:谴责|羞辱)",
            r"\b(?:name|expose|publish)\b[^.;]{0,40}\b(?:before|while|during|pending|without waiting for)\b[^.;]{0,24}\b(?:inquiry|investigation|conclusion|verdict|findings?)\b|\bname and shame\b|\bat once (?:name|expose)\b",
        ),
        Words("要求先于结论公开点名", "it asks for somebody to be named before the inquiry is concluded"),
        re.compile(r"风险(?:提示|警示)|召回|停用|进展|预警|消费提示|recall|progress", re.IGNORECASE),
        Words(
            "先说在查什么、消费者怎么做；结论或处罚决定作出后再点名",
            "say what is being examined and what people should do; name after the conclusion or the penalty decision",
        ),
    ),
)


def find(plan: View) -> Iterator[Found]:
    yield from unlawful(plan, ASKS)


RULE = Rule(
    code="P413",
    name=Words("要求先于结论点名、贴标签", "judged beforehand"),
    severity=Severity.ERROR,
    what=Words(
        "文字要求在查清之前公开点名，或者因协商不成、影响声誉就把投诉定为恶意。",
        "It asks for names to be made public before the matter is cleared up, or for a complaint to be called malicious because talks failed.",
    ),
    why=Words(
        "《民法典》第一千零二十四条保护自然人和单位的名誉；《行政处罚法》要求先查明事实、听取陈述申辩。说早了收不回来。不可用 suppress 保留。",
        "Article 1024 of the Civil Code protects the reputation of persons and organisations; the Administrative Penalty Law demands that "
        "facts be found and the other side heard first. What was said too early cannot be taken back. This cannot be suppressed.",
    ),
    mend=Words(
        "公布已核实的事实和进展，结论后再点名；投诉按问题办理；原文的要求写进 excluded",
        "publish verified facts and progress, name after the conclusion, handle a complaint as a problem; move what the written plan asks to "
        "`excluded`",
    ),
    bad=(
        Example(
            """\
tasks:
  label:
    kind: action
    name: {zh: 处理投诉, en: Handle complaints}
    text: {zh: 协商不成的，一律视为恶意投诉。, en: Handle complaints.}  # <-
    who: office
    cite: 五
"""
        ),
        Example(
            """\
guidance:
  early: {text: {zh: 及时发布, en: Name the trader before the inquiry is concluded}, cite: 五}  # <-
"""
        ),
    ),
    good=(
        Example(
            """\
tasks:
  progress:
    kind: action
    name: {zh: 公布进展, en: Tell the progress}
    text: {zh: 调查期间公布进展和消费提示；结论作出前不得点名，不得将投诉定性为恶意投诉。, en: Never name anybody before the conclusion.}
    who: office
    cite: 五
"""
        ),
    ),
    find=find,
)
