"""Expressions in words: what a plan's conditions and limits say, in both languages, with names and never with ids."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from muster.plans import shelf
from muster.plans.conditions import Expression, Span
from muster.plans.index import expressions_of
from muster.plans.model import Again, Days, Edition, Moved
from muster.plans.parsing import parse
from muster.plans.reading import read_plan
from muster.plans.recurrences import why_no_rule
from muster.plans.speaking import Speaker, either, fill, quoted, span
from muster.plans.speaking.recurring import rule

SMALL = read_plan((Path(__file__).parent / "small.yaml").read_bytes()).edition
assert SMALL is not None
SPEAKER = Speaker(SMALL)


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("affected_area == city", "影响范围为全市", "Area affected is the whole city"),
        ("affected_area >= city", "影响范围为全市及以上", "Area affected is the whole city or higher"),
        ("affected_area in [county, city]", "影响范围为本县或全市", "Area affected is this county or the whole city"),
        ("level >= III", "事件级别为Ⅲ级及以上", "Level of the incident is III or higher"),
        ("colour < red", "预警级别不到红色", "Colour of the warning is less than Red"),
        ("people_gathered > 5", "聚集人数超过5人", "People gathered is more than 5 people"),
        ("people_gathered > large_group", "聚集人数超过人数较多（5）", "People gathered is more than A large group (5)"),
        ("not trading_interrupted", "非“交易中断”", "not: Trading interrupted"),
        ("trading_interrupted == false", "非“交易中断”", "not: Trading interrupted"),
        ("gathering in types or trading-accident in types", "类型为聚集事件或交易事故", "type is Gathering or Trading accident"),
        ("lasting >= 2h and not known(restored_at)", "故障持续在2小时以上，且“恢复时间”尚不清楚", "Length of the outage is at least 2 hours and “Restored at” is not known yet"),
        ("known(started) or not known(ended)", "已启动响应，或尚未终止响应", "the response has started or the response has not ended"),
        ("elapsed(occurred) > 30m", "事发至今超过30分钟", "time since occurrence is more than 30 minutes"),
        ("known(done(phone-report))", "“电话报告”已完成", "“Phone report” is done"),
        ("by != done_by(phone-report)", "办理人不是“电话报告”的办理人", "who acts is not who completed “Phone report”"),
        ("(trading_interrupted or crowd) and not working_hours", "（交易中断，或人数较多），且非工作时间", "(Trading interrupted or A large group) and outside working hours"),
        ("known(crowd) and crowd", "人数较多", "A large group"),
        ("restored_at > occurred", "恢复时间晚于事发", "Restored at is later than occurrence"),
        ("stage == review", "阶段为评估", "stage is review"),
    ],
)  # fmt: skip
def test_a_condition_in_words(text: str, zh: str, en: str):
    said = SPEAKER.value(parse(text))
    assert (said.zh, said.en) == (zh, en)


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("occurred + 90m", "事发后1小时30分钟内", "within 1 hour 30 minutes of occurrence"),
        ("occurred + 24h", "事发后24小时内", "within 24 hours of occurrence"),
        ("occurred + 1d", "事发后1天内", "within 1 day of occurrence"),
        ("confirmed(level) + 5wd", "“事件级别”确认后5个工作日内", "within 5 working days of the confirmation of “Level of the incident”"),
        ("reported + 14mo", "接报后1年2个月内", "within 1 year 2 months of report received"),
        ("end_of_day(issued)", "发布当日内", "by the end of the day of issue"),
        ("next(friday, reported)", "自接报起首个周五当日内", "by the end of the first Friday on or after report received"),
        ("first_known(received(phone-report), reported) + 15m", "“电话报告”送达（未完成的按接报）后15分钟内", "within 15 minutes of receipt of “Phone report” (until then: report received)"),
        ("earliest(occurred + 2h, reported + 1h)", "事发后2小时内或接报后1小时内（以较早者为准）", "within 2 hours of occurrence or within 1 hour of report received (whichever is earlier)"),
        ("latest(occurred + 2h, reported + 1h, detected + 3h)", "事发后2小时内或接报后1小时内或发现后3小时内（以最晚者为准）", "within 2 hours of occurrence or within 1 hour of report received or within 3 hours of detection (whichever is latest)"),
        ("if crowd then occurred + 1h else occurred + 2h", "人数较多时事发后1小时内，否则事发后2小时内", "within 1 hour of occurrence if A large group, else within 2 hours of occurrence"),
    ],
)  # fmt: skip
def test_a_limit_in_words(text: str, zh: str, en: str):
    said = SPEAKER.limit(parse(text))
    assert (said.zh, said.en) == (zh, en)


@pytest.mark.parametrize(
    ("again", "zh", "en"),
    [
        (Again(every=parse("1d"), by="24:00"), "每天24:00前", "every day by 24:00"),
        (Again(every=parse("1y")), "每年", "every year"),
        (Again(every=parse("1mo")), "每月", "every month"),
        (Again(every=parse("1h")), "每小时", "every hour"),
        (Again(every=parse("check_interval")), "每季度", "every quarter"),
        (Again(every=parse("12h")), "每12小时", "every 12 hours"),
        (Again(), "可多次", "as often as needed"),
        (Again(days=Days.WORKING, moved=Moved.AFTER), "每个工作日，遇休息日顺延至其后工作日", "every working day, on a day off, the working day after"),
        (Again(on=("phone-report",), least=2, until=parse("known(ended)")), "每次“电话报告”完成后，至少2次，直至终止响应", "each time “Phone report” is done, at least 2 times, until the end of the response"),
    ],
)  # fmt: skip
def test_a_recurrence_in_words(again: Again, zh: str, en: str):
    said = SPEAKER.again(again)
    assert (said.zh, said.en) == (zh, en)


RULES = [
    ("FREQ=DAILY", "每天", "every day"),
    ("FREQ=DAILY;INTERVAL=3", "每3天", "every 3 days"),
    ("FREQ=WEEKLY", "每周", "every week"),
    ("FREQ=WEEKLY;BYDAY=FR", "每周五", "every Friday"),
    ("RRULE:FREQ=WEEKLY;BYDAY=MO,WE;WKST=MO", "每周一、周三", "every Monday, Wednesday"),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "每2周的周二", "every 2 weeks: Tuesday"),
    ("FREQ=MONTHLY;BYMONTHDAY=15", "每月15日", "every month, day 15"),
    ("FREQ=MONTHLY;BYMONTHDAY=-1", "每月最后一天", "every month, the last day"),
    ("FREQ=MONTHLY;BYDAY=-1FR", "每月的最后一个周五", "every month, the last Friday"),
    ("FREQ=MONTHLY;BYDAY=2MO", "每月的第2个周一", "every month, Monday no. 2"),
    ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1", "每季度的1日", "every quarter: day 1"),
    ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "每月的周一、周二、周三、周四、周五中的最后一天",
     "every month, the last day of Monday, Tuesday, Wednesday, Thursday, Friday"),
    ("FREQ=YEARLY", "每年", "every year"),
    ("FREQ=YEARLY;INTERVAL=2", "每2年", "every 2 years"),
    ("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=30", "每年6月30日", "every year on day 30 of June"),
    ("FREQ=YEARLY;BYMONTH=3,9;BYDAY=1MO", "每年的3月、9月　第1个周一", "every year: March, September · Monday no. 1"),
    ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "每年的第20周　周一", "every year: week 20 · Monday"),
    ("FREQ=YEARLY;BYYEARDAY=100", "每年的全年第100天", "every year: day 100 of the year"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "zh", "en"), RULES)
def test_a_rule_of_recurrence_in_words(text: str, zh: str, en: str):
    assert why_no_rule(text) is None
    said = rule(text)
    assert (said.zh, said.en) == (zh, en)


def test_a_rule_beyond_the_usual_parts_is_shown_as_it_is_written():
    assert rule("FREQ=DAILY;BYHOUR=9").zh == "按日历规则FREQ=DAILY;BYHOUR=9"


@pytest.mark.parametrize("plan", shelf.plan_ids())
def test_every_rule_of_the_library_has_words(plan: str):
    edition = shelf.read_library_plan(plan).edition
    assert edition is not None
    for each in (*edition.tasks.values(), *edition.resources.values()):
        if each.again is not None and each.again.rule:
            assert "FREQ" not in rule(each.again.rule).zh


def test_a_length_of_nothing_has_words():
    assert span(Span()).en == "0 minutes"


def test_quotation_marks_within_become_single_ones():
    assert quoted(quoted(SMALL.title)).zh == "“‘临江县商品交易所突发事件应急预案’”"


def test_names_with_an_or_of_their_own_are_kept_apart():
    names = [fill("甲或乙", "A or B"), fill("丙", "C")]
    assert either(names).zh == "“甲或乙”或“丙”"


def every_expression(edition: Edition) -> Iterator[Expression]:
    for task in edition.tasks.values():
        yield from (expression for _, expression in expressions_of(task))
    for scale in edition.scales.values():
        yield from (criterion.when for criterion in scale.criteria if criterion.when is not None)
    yield from (fact.derived for fact in edition.facts.values() if fact.derived is not None)
    yield from (right.when for rights in edition.rights.values() for right in rights if right.when is not None)


@pytest.mark.parametrize("plan", shelf.plan_ids())
def test_every_expression_of_the_library_is_said_without_an_id(plan: str):
    edition = shelf.read_library_plan(plan).edition
    assert edition is not None
    speaker = Speaker(edition)
    names = (edition.facts, edition.tasks, edition.actors, edition.types, edition.scales, edition.settings)
    ids = {id_ for section in names for id_, element in section.items() if element.name.zh != id_}
    for expression in every_expression(edition):
        for said in (speaker.value(expression), speaker.limit(expression), speaker.moment(expression)):
            assert said.zh
            assert said.en
            words = set(re.findall(r"[A-Za-z][\w-]*", re.sub("[^\x00-\x7f]", " ", said.zh)))
            assert not words & ids, expression.source
