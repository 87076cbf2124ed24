"""What the law forbids is found in the words that ask for it, and not in the words that forbid it."""

import pytest

from muster.plans.check import check
from muster.plans.check.examples import SMALLEST
from muster.plans.reading import read_plan

ASKED_FOR = [
    ("P401", "领导到场前暂不上报"),
    ("P401", "对外隐瞒伤亡"),
    ("P401", "内部消化，必要时压下有关报告"),
    ("P401", "推迟向市政府报告"),
    ("P401", "不得擅自上报"),
    ("P401", "防止事态扩大，封锁消息"),
    ("P402", "防止炒作，删除负面评论"),
    ("P402", "协调网站删帖"),
    ("P402", "组织水军引导舆论"),
    ("P402", "阻止记者进入现场"),
    ("P402", "联系媒体压稿，回购报纸"),
    ("P403", "对投诉人冷处理"),
    ("P403", "组织力量赴京劝返"),
    ("P403", "以需要请示领导为由拖延"),
    ("P403", "施压投诉人签字"),
    ("P403", "对反复来访的敷衍客户了事"),
    ("P404", "发现上访苗头的，对重点人员实施监控"),
    ("P404", "不断跟踪投资人动向"),
    ("P404", "建立投诉人黑名单"),
    ("P404", "追查发帖人，监测员工言论"),
    ("P405", "防止事态扩大，扣押其身份证"),
    ("P405", "发现可疑人员，立即搜身"),
    ("P405", "保安控制闹事人员"),
    ("P405", "下班时对员工开包检查"),
    ("P405", "当事人未说明情况前不得离开"),
]
FORBIDDEN_OR_HARMLESS = [
    "任何单位和个人不得迟报、谎报、瞒报、漏报",
    "不得以任何理由，瞒报、漏报突发事件信息",
    "对迟报、漏报的，依法追究责任",
    "因瞒报造成严重后果的，给予处分",
    "情况不明的，不得推迟报告",
    "不得越级上报，紧急情况除外",
    "严禁上报虚假信息",
    "未经审核的材料不得上报",
    "重大隐患及时上报",
    "涉及国家秘密的，暂不上报本系统",
    "不删帖、不压稿，用事实回应",
    "对谣言，凭证据申请平台删除不实信息",
    "打击有偿删帖行为",
    "监测舆情，回应网上评论",
    "删除重复登记的信息",
    "热情接待投诉人，不得推诿、拖延，不敷衍客户",
    "防止拖延答复",
    "查处推诿群众、拖延办理的单位",
    "跟踪监测事态发展，加强监控",
    "监控系统由专人值守",
    "跟踪回访投诉客户",
    "定位被困人员，组织搜救",
    "对密切接触者进行健康监测和跟踪",
    "管控现场，疏散人员",
    "控制现场，报警后由公安机关控制肇事者",
    "依法对犯罪嫌疑人采取措施的，由警方办理",
    "搜救失踪人员，安抚家属",
    "控制风险，控制人员进出数量",
    "任何人不得搜身，不得扣押证件",
    "值班人员不得离岗",
    "不得以请示为由拖延答复，不得强迫投诉人签字",
    "进站安检按规定开包检查",
    "限制车辆通行，引导人员离开",
]
ASKED_FOR_IN_ENGLISH = [
    ("P401", "Withhold the report until the director agrees"),
    ("P402", "Have the site delete critical posts"),
    ("P403", "Stall the complainants"),
    ("P404", "Track petitioners and their families"),
    ("P405", "Detain the suspects in the office"),
]
HARMLESS_IN_ENGLISH = [
    "Nobody may withhold, delay or soften a report",
    "What is not known yet does not delay the reports",
    "Never delete posts, hide comments or pay for either",
    "Answer customers; do not stall them",
    "Track the situation and monitor the systems",
    "Hold persons to account by law",
    "The police detain suspects; nobody else does",
    "Search for the missing",
]


def law_findings(zh: str, en: str = "An advice") -> set[str]:
    words = f"{{zh: '{zh}', en: '{en}'}}"
    plan = SMALLEST + f"guidance:\n  words: {{text: {words}, cite: 五}}\n"
    loaded = read_plan(plan)
    assert loaded.edition is not None, loaded.findings
    return {each.rule for each in check(loaded) if each.rule.startswith("P4")}


@pytest.mark.parametrize(("code", "zh"), ASKED_FOR)
def test_what_the_law_forbids_is_found_where_it_is_asked_for(code: str, zh: str) -> None:
    assert law_findings(zh) == {code}


@pytest.mark.parametrize("zh", FORBIDDEN_OR_HARMLESS)
def test_a_prohibition_or_an_ordinary_measure_is_no_finding(zh: str) -> None:
    assert law_findings(zh) == set()


@pytest.mark.parametrize(("code", "en"), ASKED_FOR_IN_ENGLISH)
def test_english_words_are_read_as_well(code: str, en: str) -> None:
    assert law_findings("提示", en) == {code}


@pytest.mark.parametrize("en", HARMLESS_IN_ENGLISH)
def test_english_prohibitions_are_no_finding(en: str) -> None:
    assert law_findings("提示", en) == set()
