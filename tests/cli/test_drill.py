"""`muster drill`: exit codes, what a person reads, what a program reads."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from muster import cli
from muster.plans import shelf

SMALL = Path(__file__).parents[1] / "plans" / "small.yaml"

SCENARIO = """scenario: outage
plan: river-county-exchange
title: {zh: 撮合停止, en: Trading stops}
starts: 2026-03-03T09:00:00+08:00
inputs:
  - {at: 0m, report: {by: duty-office, type: trading-accident, occurred: -20m, summary: 撮合停止}}
  - {at: 1m, start: {by: leading-group}}
  - {at: 5m, complete: {task: phone-report, by: duty-office, note: 已报}}
expect:
  - {at: 1m, refused: true}
  - {at: 40m, overdue: [phone-report], for: technology-dept}
"""


def muster(*arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(cli.group, ["drill", *arguments], input=given)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A scenario of the small plan, which lies beside it."""
    (tmp_path / "river-county-exchange.yaml").write_bytes(SMALL.read_bytes())
    path = tmp_path / "outage.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    return path


def test_a_run_tells_what_happened_when_and_ends_well(file):
    done = muster("run", str(file), "--lang", "zh")
    assert done.exit_code == 0, done.output
    for words in (
        "撮合停止",
        "2026-03-03 周二",
        "电话报告（值班室）已报县政府",
        "拒绝：",
        "逾期，应于09:40前完成",
        "全部符合",
    ):
        assert words in done.output
    assert done.output.index("已报县政府") < done.output.index("逾期")


def test_a_run_can_be_read_in_english(file):
    done = muster("run", str(file), "--lang", "en")
    assert done.exit_code == 0
    assert "Trading stops" in done.output
    assert "is overdue, was due 09:40" in done.output


def test_a_failing_expectation_ends_with_one_and_says_what_was_found(file):
    file.write_text(SCENARIO + "  - {at: 40m, stage: response}\n", encoding="utf-8")
    done = muster("run", str(file), "--lang", "zh")
    assert done.exit_code == 1
    assert "第12行" in done.output
    assert "1条不符" in done.output


def test_quiet_leaves_the_record_out_and_keeps_the_verdict(file):
    done = muster("run", str(file), "--quiet", "--lang", "zh")
    assert done.exit_code == 0
    assert "已报县政府" not in done.output
    assert "全部符合" in done.output


def test_verbose_lists_notices_too(file):
    done = muster("run", str(file), "--verbose", "--lang", "zh")
    assert "→ 待办：" in done.output


def test_json_is_one_object_with_everything(file):
    done = muster("run", str(file), "--json")
    told = json.loads(done.output)
    assert done.exit_code == 0
    assert told["passed"] is True
    assert told["scenario"] == "outage"
    assert [verdict["word"] for verdict in told["verdicts"]] == ["refused", "overdue"]
    assert told["score"]["met"] == 1
    assert {"input", "event", "notice", "refusal"} == {entry["kind"] for entry in told["entries"]}
    assert next(e["event"] for e in told["entries"] if e["kind"] == "event")["kind"] == "incident"


def test_a_file_that_cannot_be_read_ends_with_two_and_names_every_line(file):
    file.write_text(SCENARIO.replace("start:", "strat:").replace("overdue:", "overdu:"), encoding="utf-8")
    done = muster("run", str(file), "--lang", "en")
    assert done.exit_code == 2
    assert "outage.yaml:7:" in done.output
    assert "outage.yaml:11:" in done.output
    assert "Traceback" not in done.output


def test_a_file_that_cannot_be_read_is_json_too(file):
    file.write_bytes(b"\xff")
    done = muster("run", str(file), "--json")
    assert done.exit_code == 2
    assert json.loads(done.output)["findings"][0]["rule"] == "P001"


def test_an_unknown_plan_is_a_finding_at_its_line(file):
    file.write_text(SCENARIO.replace("river-county-exchange", "atlantis"), encoding="utf-8")
    done = muster("run", str(file), "--lang", "en")
    assert done.exit_code == 2
    assert "outage.yaml:2:" in done.output
    assert "atlantis" in done.output


def test_a_scenario_runs_under_a_plan_file_that_is_given(tmp_path):
    path = tmp_path / "outage.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    assert muster("run", str(path)).exit_code == 2
    assert muster("run", str(path), "--plan", str(SMALL)).exit_code == 0


def test_a_scenario_can_come_from_standard_input():
    assert muster("run", "-", "--plan", str(SMALL), given=SCENARIO).exit_code == 0


def test_the_wrong_use_is_said_with_what_there_is():
    assert muster("run").exit_code == 2
    done = muster("run", "atlantis/flood")
    assert done.exit_code == 2
    for plan in shelf.plan_ids():
        for name in shelf.scenarios(plan):
            assert f"{plan}/{name}" in done.output


def test_all_runs_every_scenario_of_the_library():
    done = muster("run", "--all", "--lang", "en")
    assert done.exit_code == 0, done.output
    for plan in shelf.plan_ids():
        for name in shelf.scenarios(plan):
            assert f"{plan}/{name}" in done.output


def test_all_as_json_is_one_object():
    told = json.loads(muster("run", "--all", "--json").output)
    assert told["passed"] is True
    assert len(told["runs"]) == sum(len(shelf.scenarios(plan)) for plan in shelf.plan_ids())


def test_one_bad_file_among_several_ends_with_two_and_the_others_run(file, tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text("plan: [", encoding="utf-8")
    done = muster("run", str(file), str(bad), "--lang", "en")
    assert done.exit_code == 2
    assert "2 scenarios, 1 as expected" in done.output


def test_the_list_names_every_scenario():
    done = muster("list", "--lang", "zh")
    assert done.exit_code == 0
    for plan in shelf.plan_ids():
        for name in shelf.scenarios(plan):
            assert f"{plan}/{name}" in done.output
    assert muster("list", "atlantis").exit_code == 2


def test_stress_with_the_same_seed_says_the_same():
    first, second = (muster("stress", str(SMALL), "--seed", "3", "--runs", "3", "--lang", "en") for _ in range(2))
    assert first.exit_code == 0
    assert first.output == second.output
    assert "0 breaches" in first.output


def test_stress_of_no_plan_is_wrong_use():
    assert muster("stress", "atlantis").exit_code == 2


def test_the_schema_is_printed():
    assert json.loads(muster("schema").output)["title"] == "脚本 · Scenario"
