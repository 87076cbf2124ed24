"""`muster plan`: exit codes, places and languages, as a person at a terminal and a build server see them."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len

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
        "III (Larger)",
        "within 1 hour of occurrence",
        "warning",
    ):
        assert words in done.output
    assert "affected_area" not in done.output
    chinese = muster("show", str(SMALL), "--lang", "zh", env={"COLUMNS": "200"}).output
    assert "应急处理工作领导小组" in chinese
    assert "事发后1小时内" in chinese


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_plan_of_the_library_is_shown_in_full_within_80_columns(language: str):
    for plan_id in shelf.plan_ids():
        edition = shelf.read_library_plan(plan_id).edition
        if edition is None:
            continue
        done = muster("show", plan_id, "--lang", language)
        assert done.exit_code == 0, done.output
        together = "".join(done.output.split())
        for task in edition.tasks.values():
            assert "".join(task.name.say(language).split()) in together, (plan_id, task.id)
        for actor in edition.actors.values():
            assert "".join(actor.name.say(language).split()) in together.replace("│", ""), (plan_id, actor.id)
        assert all(cell_len(line) <= 80 and line == line.rstrip() for line in done.output.splitlines())
        assert not re.search(r"==|!=|\b[a-z0-9]+_[a-z0-9_]+\b", done.output), plan_id


def test_only_the_sections_asked_for_are_shown():
    done = muster("show", "redwood-exchange", "--lang", "zh", "--section", "rights", "--section", "articles")
    assert "权限" in done.output
    assert "按条文查" in done.output
    assert "组织体系" not in done.output
    assert muster("show", "redwood-exchange", "--section", "nothing").exit_code == 2


def test_the_response_of_a_type_or_level_is_shown_by_id_or_name():
    by_id = muster("show", "redwood-exchange", "--lang", "zh", "--section", "response", "--type", "trading-accident")
    by_name = muster("show", "redwood-exchange", "--lang", "zh", "--section", "response", "--type", "重大交易事故")
    assert by_id.exit_code == 0
    assert by_id.output == by_name.output
    assert "交易中断报领导小组" in by_id.output
    assert "为信访指定联系专人" not in by_id.output
    warned = muster("show", "luohe-finance", "--lang", "zh", "--section", "response", "--level", "red")
    assert "红色预警" in warned.output


@pytest.mark.parametrize("asked", [("--type", "no-such-type"), ("--level", "no-such-level")])
def test_a_type_or_level_that_the_plan_does_not_have_is_wrong_use_and_the_known_ones_are_named(asked: tuple[str, str]):
    done = muster("show", "luohe-finance", *asked)
    assert done.exit_code == 2
    assert ("illegal-finance" if asked[0] == "--type" else "orange") in done.output


def test_a_picture_is_written_as_svg(tmp_path: Path):
    response, chart = tmp_path / "response.svg", tmp_path / "chart.svg"
    done = muster("show", "redwood-exchange", "--lang", "zh", "--type", "petition", "--svg", str(response))
    assert done.exit_code == 0
    assert done.output.strip() == str(response)
    assert muster("show", "redwood-exchange", "--section", "who", "--svg", str(chart)).exit_code == 0
    drawn = ElementTree.parse(response).getroot()
    assert drawn.tag == "{http://www.w3.org/2000/svg}svg"
    assert "接待来访人" in response.read_text(encoding="utf-8")
    assert "组长" in chart.read_text(encoding="utf-8")
    assert muster("show", "redwood-exchange", "--svg", "-").output.startswith("<svg ")


def test_showing_a_plan_needs_no_installation(tmp_path: Path):
    home = tmp_path / "nowhere"
    done = muster("show", "canteen-complaint", env={"MUSTER_HOME": str(home)})
    assert done.exit_code == 0
    assert not home.exists()


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
