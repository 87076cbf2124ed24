"""Any bytes give an answer: a scenario, or every fault at once with its line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.programs import small_program
from tests.scenarios import HEAD, REPORT, faults_in

from muster.drills import faults_of, read_scenario
from muster.drills.instants import offset_says, when_of
from muster.drills.scenario import EXPECTATIONS, VERBS
from muster.drills.spelling import number_of
from muster.engine import WorkCalendar

ZONE = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("0m", "2026-03-03T09:00"),
        ("90m", "2026-03-03T10:30"),
        ("-20m", "2026-03-03T08:40"),
        ("2h", "2026-03-03T11:00"),
        ("1d 2h 30m", "2026-03-04T11:30"),
        ("90分钟", "2026-03-03T10:30"),
        ("1d 09:30", "2026-03-04T09:30"),
        ("0d 10:31", "2026-03-03T10:31"),
        ("-1d 17:00", "2026-03-02T17:00"),
        ("08:40", "2026-03-03T08:40"),
        ("1d 24:00", "2026-03-05T00:00"),
        ("5wd", "2026-03-10T09:00"),
        ("2026-03-05T08:00:00+08:00", "2026-03-05T08:00"),
        ("2026-03-05 08:00", "2026-03-05T08:00"),
        ("2026-03-05T00:00:00Z", "2026-03-05T08:00"),
    ],
)
def test_an_instant_is_an_offset_a_clock_time_of_a_day_or_absolute(text, local):
    when = when_of(text)
    assert when is not None
    assert when.after(START, ZONE, WorkCalendar()).astimezone(ZONE).strftime("%Y-%m-%dT%H:%M") == local


@pytest.mark.parametrize("text", ["90", "soon", "1d 9:75", "25:00", "m", "1d09", "", "2026-03", "1.3.2026", "--3m"])
def test_what_is_no_instant_is_none(text):
    assert when_of(text) is None


def test_offsets_are_said_in_days_hours_and_minutes():
    assert offset_says(START, START) == "+0:00"
    assert offset_says(START, START - timedelta(minutes=20)) == "-0:20"
    assert offset_says(START, START + timedelta(days=1, minutes=35)) == "+1d 00:35"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("300", 300),
        ("300人", 300),
        ("1,200", 1200),
        ("１２０人", 120),
        ("2.6亿元", 260_000_000),
        ("3万", 30_000),
        ("约", None),
    ],
)
def test_amounts_are_read_as_people_write_them(text, number):
    assert number_of(text) == number


def _lines(content: str) -> dict[str, int]:
    loaded = read_scenario(content)
    found = loaded.findings or (faults_of(small_program(), loaded) if loaded.scenario else ())
    assert all(each.says.zh and each.says.en and each.mend.zh and each.mend.en for each in found)
    return {each.rule: each.line for each in found}


def test_every_fault_of_a_file_is_told_at_once_with_its_line():
    content = """scenario: broken
plan: river-county-exchange
starts: tomorrow
inputs:
  - {at: soon, report: {by: duty-office, summary: 停}}
  - {at: 5m, asess: {by: duty-office}}
  - {at: 6m, confirm: {by: duty-office}}
  - {at: 7m, take: {by: duty-office, task: diagnose, notes: 好}}
  - {at: 8m, start: {by: duty-office}, end: {by: duty-office}}
expect:
  - {at: 9m, stag: response}
  - {at: 9m, says: 不行}
  - {at: 9m}
surprise: true
"""
    assert _lines(content) == {
        "D017": 3, "D010": 5, "D012": 6, "D015": 7, "D014": 8, "D013": 9, "D016": 11, "D026": 12, "D028": 13, "P010": 14,
    }  # fmt: skip


def test_a_misspelt_verb_says_what_was_meant():
    content = HEAD + "inputs: [{at: 0m, reprot: {by: duty-office}}]"
    finding = read_scenario(content).findings[0]
    assert "report" in finding.mend.en.split("Use one of")[0]
    assert "report" in finding.mend.zh.split("可用")[0]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("expect: [{at: 0m, owed: [phone-reports]}]", "D020"),
        ("expect: [{at: 0m, owed: ['sheet:phone-2h']}]", "D021"),
        ("expect: [{at: 0m, owed: ['sheet:group-leads']}]", "D022"),
        ("expect: [{at: 0m, told: [mayor]}]", "D020"),
        ("expect: [{at: 0m, level: V}]", "D020"),
        ("expect: [{at: 0m, level: {severity: V}}]", "D020"),
        ("expect: [{at: 0m, stage: panic}]", "D020"),
        ("expect: [{at: 0m, types: [flood]}]", "D020"),
        ("expect: [{at: 0m, proposed: {level: III, because: [III-9]}}]", "D020"),
        ("expect: [{at: 0m, question: weather}]", "D020"),
        ("expect: [{at: 0m, papers: [novel]}]", "D020"),
        ("expect: [{at: 0m, closed_by: nobody}]", "D020"),
        ("expect: [{at: 0m, overdue: [phone-report], for: mayor}]", "D020"),
        ("expect: [{at: 1m, refused: true}]", "D024"),
        ("expect: [{at: 0m, refused: close}]", "D024"),
        ("expect: [{at: -1m, stage: intake}]", "D025"),
        ("expect: [{at: 900y, stage: intake}]", None),
        ("expect: [{at: 9999mo, due: {phone-report: 8000y}}]", "D011_or_D010"),
    ],
)
def test_names_that_lead_nowhere_are_found_before_anything_runs(text, code):
    found = faults_in(HEAD + REPORT + text)
    if code is None:
        assert not found
    elif code == "D011_or_D010":
        assert found
    else:
        assert found == [code]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{at: 1m, take: {by: mayor, task: diagnose}}", "D020"),
        ("{at: 1m, take: {by: duty-office, task: diagnoze}}", "D020"),
        ("{at: 1m, assess: {by: duty-office, facts: {weather: bad}}}", "D020"),
        ("{at: 1m, complete: {by: technology-dept, task: diagnose, fields: {couse: human}}}", "D020"),
        ("{at: 1m, approve: {by: director}}", "D015"),
        ("{at: 1m, lift: {by: leading-group}}", "D019"),
        ("{at: -1m, start: {by: leading-group}}", "D025"),
        ("{at: end, start: {by: leading-group}}", "D010"),
        ("{at: 1m, confirm: {by: leading-group, level: VI}}", "D020"),
        ("{at: 1m, confirm: {by: leading-group, level: III, scale: severity}}", "D020"),
        ("{at: 1m, direct: {by: leading-group, to: [mayor], text: 抓紧}}", "D020"),
        ("{at: 1m, direct: {by: director, to: [duty-office], text: 抓紧, kind: order}}", "P014"),
        ("{at: 1m, start: [leading-group]}", "P012"),
        ("{at: 1m, start: {note: 启动}}", "D015"),
        ("{at: 1m}", "D013"),
        ("start", "P012"),
    ],
)
def test_inputs_that_mean_nothing_are_found_before_anything_runs(line, code):
    assert faults_in(f"{HEAD}{REPORT}  - {line}\n") == [code]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "P012"),
        (b"\xff\xfe\x00", "P001"),
        (b"- a\n- b\n", "P012"),
        (b"a: [b", "P002"),
        (b"a: 1\n---\nb: 2\n", "P006"),
        (b"a: !!python/object x\n", "P007"),
        (b"scenario: \x07\n", "P002"),
        (b"plan: a\nplan: b\n", "P005"),
        (b"x" * (2 * 1024 * 1024 + 1), "P003"),
        ((HEAD + "inputs: []").encode(), "P011"),
        ((HEAD + "inputs: [{at: 0m, start: {by: director}}]").encode(), "D018"),
        ((HEAD + "inputs: [{at: 0m, open: {by: director, kind: party, title: x}}]").encode(), "D027"),
        ((HEAD + "inputs: {at: 0m}").encode(), "P012"),
    ],
)
def test_files_that_are_no_scenario_are_told_what_they_are(content, code):
    assert code in faults_in(content)


@given(st.binary(max_size=300))
def test_no_bytes_raise(content):
    read_scenario(content)


_WORDS = st.sampled_from(
    [
        "at",
        "by",
        "0m",
        "end",
        "-20m",
        "report",
        "task",
        "true",
        "null",
        "[]",
        "{}",
        "x",
        "sheet:x",
        *VERBS,
        *EXPECTATIONS,
    ]
)
_NODES = st.recursive(
    _WORDS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]"),
        st.lists(st.tuples(_WORDS, inner), max_size=4).map(lambda items: "{" + ", ".join(f"{k!s}: {v}" for k, v in items) + "}"),
    ),
    max_leaves=12,
)  # fmt: skip


@given(st.lists(_NODES, max_size=3), st.lists(_NODES, max_size=3))
def test_no_shape_of_inputs_and_expectations_raises(inputs, expectations):
    lines = "".join(f"  - {each}\n" for each in inputs)
    expected = "".join(f"  - {each}\n" for each in expectations)
    loaded = read_scenario(f"{HEAD}inputs:\n{lines}expect:\n{expected}")
    assert (loaded.scenario is None) == bool(loaded.findings)
    if loaded.scenario is not None:
        faults_of(small_program(), loaded)
