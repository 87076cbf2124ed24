"""`muster plan`: exit codes, places and languages, as a person at a terminal and a build server see them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from muster import cli
from muster.plans import shelf
from muster.plans.reading import read_plan

SMALL = Path(__file__).parents[1] / "plans" / "small.yaml"


def muster(*arguments: str, env: dict[str, str] | None = None, given: str = "") -> Result:
    return CliRunner().invoke(cli.group, ["plan", *arguments], env=env, input=given)


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    path = tmp_path / "faulty.yaml"
    path.write_text("id: p\ntitle: 预案\nedition: e\ntasks: {t: {kind: repot, who: a}}\n", encoding="utf-8")
    return path


def test_the_list_names_every_plan_of_the_library():
    done = muster("list")
    assert done.exit_code == 0
    for plan_id in shelf.plan_ids():
        assert plan_id in done.output


def test_showing_a_plan_tells_who_levels_and_clocks_in_the_language_asked_for():
    done = muster("show", str(SMALL), "--lang", "en", env={"COLUMNS": "200"})
    assert done.exit_code == 0
    for words in (
        "Leading group",
        "Deputy director for risk",
        "III Larger",
        "affected_area == city",
        "occurred + 1h",
        "Warning",
    ):
        assert words in done.output
    assert "应急处理工作领导小组" in muster("show", str(SMALL), "--lang", "zh", env={"COLUMNS": "200"}).output


def test_a_plan_with_faults_is_checked_with_exit_1_place_and_mend(faulty: Path):
    done = muster("check", str(faulty), "--lang", "en")
    assert done.exit_code == 1
    assert f"{faulty}:4:19: P014 error" in done.output
    assert "Did you mean “report”" in done.output
    assert f"{faulty}:4:26: P020 error" in done.output
    assert "error 2" in done.output


@pytest.mark.parametrize(("lang", "words"), [("en_US.UTF-8", "cannot be"), ("zh_CN.UTF-8", "不能是"), ("C", "不能是")])
def test_the_language_follows_the_system_and_is_chinese_otherwise(faulty: Path, lang: str, words: str):
    assert words in muster("check", str(faulty), env={"LANG": lang, "LC_ALL": ""}).output


def test_findings_as_json_carry_code_place_path_and_both_languages(faulty: Path):
    done = muster("check", str(faulty), "--format", "json")
    assert done.exit_code == 1
    first = json.loads(done.output)[0]
    assert (first["rule"], first["severity"], first["line"], first["column"]) == ("P014", "error", 4, 19)
    assert first["path"] == ["tasks", "t", "kind"]
    assert first["says"]["zh"] != first["says"]["en"]


def test_findings_as_sarif_have_a_rule_a_level_and_a_region(faulty: Path):
    run = json.loads(muster("check", str(faulty), "--format", "sarif").output)["runs"][0]
    result = run["results"][0]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "P014"
    assert result["level"] == "error"
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 4, "startColumn": 19}


def test_a_plan_comes_from_standard_input_too():
    done = muster("digest", "-", given=SMALL.read_text(encoding="utf-8"))
    assert done.exit_code == 0
    edition = read_plan(SMALL.read_bytes()).edition
    assert edition is not None
    assert done.output.split()[0] == edition.digest


def test_showing_a_plan_with_faults_tells_them_and_exits_1(faulty: Path):
    done = muster("show", str(faulty))
    assert done.exit_code == 1
    assert "P014" in done.output


def test_packs_beside_the_file_are_found(tmp_path: Path):
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "law.yaml").write_text("id: law\nposts: {a: {name: 甲}}\n", encoding="utf-8")
    (tmp_path / "plan.yaml").write_text(
        "id: p\ntitle: 预案\nedition: e\ninclude: law\nduty_post: a\n", encoding="utf-8"
    )
    assert muster("digest", str(tmp_path)).exit_code == 0


def test_a_plan_that_is_not_there_is_wrong_use_and_the_library_is_named():
    done = muster("show", "no-such-plan")
    assert done.exit_code == 2
    for plan_id in shelf.plan_ids():
        assert plan_id in done.output


def test_the_schema_is_printed_as_it_is_published():
    done = muster("schema")
    assert done.exit_code == 0
    assert done.output.encode() == shelf.schema()
