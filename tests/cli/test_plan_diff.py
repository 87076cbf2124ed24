"""`muster plan diff`: what a person reads before signing, and what a script asks."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from muster import cli
from muster.plans import shelf
from muster.plans.comparing import TOPICS, How

SMALL = Path(__file__).parents[1] / "plans" / "small.yaml"
PAGE = Path(__file__).parents[2] / "docs/reference/plan-diff.md"

# What the example of the page changes in the small plan.
EXAMPLE = (
    ("edition: 2026-03", "edition: 2026-09"),
    ("    chair: director\n", "    chair: risk-director\n"),
    ("due: occurred + 1h", "due: occurred + 30m"),
    ("due: confirmed(level) + 5wd", "due: ended + 5wd"),
    ("when: affected_area == city", "when: affected_area == city or people_gathered > 30"),
    ("written-report:", "paper-report:"),
)


def diff(*arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(cli.group, ["plan", "diff", *arguments], input=given, env={"COLUMNS": "200"})


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The small plan with a shorter clock and a new name of its edition."""
    path = tmp_path / "later.yaml"
    text = SMALL.read_text(encoding="utf-8").replace("due: occurred + 1h", "due: occurred + 30m")
    path.write_text(text.replace("edition: 2026-03", "edition: 2026-09"), encoding="utf-8")
    return path


def test_the_same_plan_twice_has_no_difference_and_exits_0():
    done = diff(str(SMALL), str(SMALL), "--lang", "zh")
    assert done.exit_code == 0
    assert "两个版本没有差别" in done.output


def test_a_plan_of_the_library_goes_by_its_id():
    plan = shelf.plan_ids()[0]
    assert diff(plan, plan).exit_code == 0


def test_a_shorter_clock_is_told_in_a_sentence_and_exits_1(later: Path):
    done = diff(str(SMALL), str(later), "--lang", "zh")
    assert done.exit_code == 1
    assert "2026-03 → 2026-09" in done.output
    assert "1处影响执行，1处只改文字或写法" in done.output
    assert "时限 (1)\n  · “电话报告”的时限由事发后1小时缩短为30分钟。" in done.output


def test_the_sentences_are_in_english_where_that_is_asked_for(later: Path):
    done = diff(str(SMALL), str(later), "--lang", "en")
    assert "The limit of “Phone report” is shortened from 1 hour to 30 minutes after occurrence." in done.output


def test_what_matters_comes_before_what_is_only_worded_differently(later: Path):
    output = diff(str(SMALL), str(later), "--lang", "zh").output
    assert output.index("电话报告") < output.index("只改文字或写法 (1)") < output.index("本预案的版本")


def test_json_carries_topic_element_key_both_sides_and_both_languages(later: Path):
    done = diff(str(SMALL), str(later), "--json")
    assert done.exit_code == 1
    told = json.loads(done.output)
    assert (told["before"]["edition"], told["after"]["edition"]) == ("2026-03", "2026-09")
    assert told["before"]["digest"] != told["after"]["digest"]
    change = told["changes"][0]
    assert (change["topic"], change["how"], change["element"], change["id"], change["key"]) == (
        "when", "changed", "task", "phone-report", "due",
    )  # fmt: skip
    assert (change["before"]["zh"], change["after"]["zh"]) == ("事发后1小时内", "事发后30分钟内")
    assert change["says"]["zh"] != change["says"]["en"]


def test_quiet_says_nothing_and_tells_by_the_exit_code(later: Path):
    done = diff(str(SMALL), str(later), "--quiet")
    assert (done.exit_code, done.output) == (1, "")
    assert diff(str(SMALL), str(SMALL), "--quiet").exit_code == 0


def test_one_of_the_two_may_come_from_standard_input(later: Path):
    done = diff("-", str(later), "--lang", "zh", given=SMALL.read_text(encoding="utf-8"))
    assert done.exit_code == 1
    assert "缩短为30分钟" in done.output


def test_standard_input_is_read_only_once():
    assert diff("-", "-", given="").exit_code == 2


def test_a_plan_with_faults_tells_them_and_exits_2_since_1_means_that_they_differ(tmp_path: Path):
    faulty = tmp_path / "faulty.yaml"
    faulty.write_text("id: p\ntitle: 预案\nedition: e\ntasks: {t: {kind: repot, who: a}}\n", encoding="utf-8")
    done = diff(str(SMALL), str(faulty))
    assert done.exit_code == 2
    assert "P014" in done.output


def test_quiet_is_quiet_about_faults_too(tmp_path: Path):
    faulty = tmp_path / "faulty.yaml"
    faulty.write_text("id: p\n", encoding="utf-8")
    done = diff(str(SMALL), str(faulty), "--quiet")
    assert (done.exit_code, done.output) == (2, "")


def test_a_plan_that_is_not_there_is_wrong_use():
    assert diff(str(SMALL), "no-such-plan").exit_code == 2


def test_the_example_of_the_page_is_what_the_command_says(tmp_path: Path):
    text = SMALL.read_text(encoding="utf-8")
    for old, new in EXAMPLE:
        assert old in text
        text = text.replace(old, new)
    later = tmp_path / "later.yaml"
    later.write_text(text, encoding="utf-8")
    chinese, english = re.findall(r"```\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[:2]
    assert diff(str(SMALL), str(later), "--lang", "zh").output == chinese.partition("\n")[2]
    assert english in diff(str(SMALL), str(later), "--lang", "en").output


def test_the_page_names_every_topic_and_every_way_in_which_something_differs():
    page = PAGE.read_text(encoding="utf-8")
    for topic, words in TOPICS.items():
        assert f"| `{topic.value}` | {words.zh} {words.en} |" in page
    for how in How:
        assert f"`{how.value}`" in page
