"""Questions of a plan as fields, and what is typed into them as answers."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from muster.console import facts
from muster.engine import Program
from muster.plans.reading import read_plan
from muster.plans.shelf import read_library_plan

CHINA = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 5, 6, 12, tzinfo=UTC)  # 14:12 in China

PLAN = """
id: p
title: P
edition: "1"
timezone: Asia/Shanghai
issuer: O
posts: {officer: {name: 值班员}}
facts:
  injured: {name: 有人受伤, ask: 有人受伤吗？, type: bool}
  people: {name: 人数, type: int, unit: 人}
  money: {name: 金额, type: money}
  reach: {name: 范围, type: enum, values: {county: 县区, city: 全市}}
  kinds: {name: 种类, type: set, values: {a: 甲, b: 乙}}
  lasted: {name: 持续, type: duration}
  seen: {name: 看到, type: instant}
  on: {name: 日期, type: date}
  story: {name: 经过, type: text}
  twice: {name: 两倍, type: bool, is: people > 2}
tasks: {t: {kind: action, name: T, who: officer}}
"""


@pytest.fixture(scope="module")
def program() -> Program:
    loaded = read_plan(PLAN, name="p.yaml")
    assert loaded.edition is not None, loaded.findings
    return Program(loaded.edition)


def typed(text: str) -> QueryDict:
    return QueryDict(text)


def read(program: Program, text: str) -> facts.Answers:
    with translation.override("zh-hans"):
        return facts.read(program, typed(text), now=NOW)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("fact-injured=true", {"injured": True}),
        ("fact-injured=false", {"injured": False}),
        ("fact-people=120", {"people": 120}),
        ("fact-people=１２０", {"people": 120}),
        ("fact-money=1,200.50", {"money": 1200.5}),
        ("fact-reach=city", {"reach": "city"}),
        ("fact-kinds=a&fact-kinds=b", {"kinds": ["a", "b"]}),
        ("fact-lasted=90", {"lasted": 5400}),
        ("fact-lasted=1小时30分", {"lasted": 5400}),
        ("fact-lasted=2h", {"lasted": 7200}),
        ("fact-seen=13:40", {"seen": "2026-03-05T13:40:00+08:00"}),
        ("fact-on=2026-03-04", {"on": "2026-03-04"}),
        ("fact-story=排队", {"story": "排队"}),
    ],
)
def test_what_is_typed_becomes_a_plain_value(program, text, values):
    assert read(program, text) == facts.Answers(values)


@pytest.mark.parametrize("name", ["injured", "reach", "kinds"])
def test_not_known_is_an_answer_and_nothing_is_none(program, name):
    assert read(program, f"fact-{name}=unknown").values == {name: None}
    assert read(program, f"fact-{name}=unknown").known == {}
    assert read(program, "").values == {}


def test_not_known_stands_beside_a_number_and_a_typed_number_counts_more(program):
    assert read(program, "fact-people=&fact-people-unsure=on").values == {"people": None}
    assert read(program, "fact-people=12&fact-people-unsure=on").values == {"people": 12}


def test_of_several_choices_not_known_counts_only_alone(program):
    assert read(program, "fact-kinds=a&fact-kinds=unknown").values == {"kinds": ["a"]}


@pytest.mark.parametrize(
    "text",
    [
        "fact-people=约三百",
        "fact-people=1.5",
        "fact-reach=moon",
        "fact-kinds=z",
        "fact-lasted=很久",
        "fact-seen=25:00",
        "fact-on=昨天",
    ],
)
def test_what_cannot_be_read_is_an_error_of_that_field_alone(program, text):
    answers = read(program, text + "&fact-injured=true")
    assert answers.values == {"injured": True}
    assert list(answers.errors) == [text.split("=")[0].removeprefix("fact-")]


def test_what_the_plan_computes_is_never_asked_and_never_taken(program):
    assert "twice" not in facts.typeable(program)
    assert facts.read(program, typed("fact-twice=true"), now=NOW).values == {}


def test_a_field_keeps_what_was_typed_even_if_it_cannot_be_read(program):
    (asked,) = facts.ask(program, ["people"], typed=typed("fact-people=约三百"), errors={"people": "请填整数"})
    assert (asked.value, asked.error) == ("约三百", "请填整数")


def test_a_field_shows_what_the_case_knows(program):
    known = {"injured": False, "people": 3, "kinds": ["b"], "seen": "2026-03-05T05:40:00+00:00", "lasted": 5400}
    with translation.override("zh-hans"):
        shown = {each.name: each.value for each in facts.ask(program, known, known=known)}
    assert shown == {
        "fact-injured": "false", "fact-people": "3", "fact-kinds": ["b"], "fact-seen": "2026-03-05 13:40",
        "fact-lasted": "1小时30分",
    }  # fmt: skip


def test_the_unit_stands_in_the_question(program):
    with translation.override("zh-hans"):
        assert facts.ask(program, ["people"])[0].label == "人数（人）"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("13:40", "2026-03-05T13:40"),
        ("9：05", "2026-03-05T09:05"),
        ("23:40", "2026-03-04T23:40"),  # it is 14:12: last night
        ("3月4日 08:15", "2026-03-04T08:15"),
        ("3-4 08:15", "2026-03-04T08:15"),
        ("2025-12-31 23:59", "2025-12-31T23:59"),
    ],
)
def test_instants_as_people_type_them(text, said):
    at = facts.instant(text, CHINA, NOW)
    assert at is not None
    assert at.isoformat().startswith(said)


@pytest.mark.parametrize("text", ["", "今天", "24:00", "12:60", "2026-02-30 10:00", "13-40", "10:00:00"])
def test_what_is_no_instant_gives_none(text):
    assert facts.instant(text, CHINA, NOW) is None


@given(st.text(max_size=40))
def test_no_text_whatever_breaks_the_reading(text):
    facts.instant(text, CHINA, NOW)
    facts.length_of(text)


@given(st.integers(0, 23), st.integers(0, 59))
def test_a_time_alone_is_never_ahead_and_never_a_day_old(hour, minute):
    at = facts.instant(f"{hour}:{minute:02}", CHINA, NOW)
    assert at is not None
    assert timedelta(minutes=-1) <= NOW - at <= timedelta(days=1)


@given(st.integers(0, 30 * 24 * 60))
def test_a_length_that_is_shown_reads_back_as_itself(minutes):
    from muster.console import words

    with translation.override("zh-hans"):
        length = timedelta(minutes=minutes)
        again = facts.length_of(words.duration(length))
    assert again is not None
    assert abs(again - length) < timedelta(days=1)
    if length < timedelta(days=1):
        assert again == length


def test_what_settles_most_is_asked_first():
    program = Program(read_library_plan("luohe-finance").edition)
    first = facts.asked_first(program, program.edition.scales["level"], 2)
    assert first == ["origin", "impact"]  # six and four of the criteria rest on them
