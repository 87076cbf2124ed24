"""`muster plan check`, `rules` and `rule` as a person at a terminal and a build server see them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from muster import cli
from muster.plans.check import rules
from muster.plans.check.examples import SMALLEST

NO_APPROVAL = "  statement: {kind: release, name: {zh: 通报, en: Statement}, who: office, to: superior, cite: 五}\n"


def muster(*arguments: str, given: str | bytes = "") -> Result:
    return CliRunner().invoke(cli.group, ["plan", *arguments], input=given)


def file(directory: Path, text: str | bytes, name: str = "plan.yaml") -> str:
    path = directory / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def with_release(plan: str = SMALLEST) -> str:
    return plan.replace("standing:\n", NO_APPROVAL + "standing:\n")


def test_a_clean_plan_ends_with_0(tmp_path: Path):
    done = muster("check", file(tmp_path, SMALLEST), "--lang", "zh")
    assert done.exit_code == 0
    assert done.output == "没有发现问题\n"


def test_a_note_alone_ends_with_0(tmp_path: Path):
    done = muster(
        "check", file(tmp_path, SMALLEST.replace("name: {zh: 先期处置, en: Respond}", "name: 先期处置")), "--lang", "en"
    )
    assert done.exit_code == 0
    assert "P602 note" in done.output


@pytest.mark.parametrize(
    ("change", "code"),
    [(NO_APPROVAL, "P116 warning"), ("  t: {kind: action, who: [office, head], cite: 五}\n", "P101 error")],
)
def test_a_warning_or_an_error_ends_with_1_and_names_place_sentence_and_way_out(tmp_path: Path, change: str, code: str):
    path = file(tmp_path, SMALLEST.replace("standing:\n", change + "standing:\n"))
    done = muster("check", path, "--lang", "en")
    assert done.exit_code == 1
    line = SMALLEST.splitlines().index("standing:") + 1
    assert f"{path}:{line}:" in done.output
    assert code in done.output
    assert "    → " in done.output


@pytest.mark.parametrize(
    "text",
    [b"", b"\xff\xfe", b"id: [", b"\x00", b"x" * 3_000_000, "\u202e".encode(), b"&a [*a]", b"id: p\n" * 700],
    ids=["empty", "not utf-8", "not yaml", "control", "huge", "direction", "alias", "twice"],
)
@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_what_is_no_plan_ends_with_1_and_a_place_and_never_with_a_traceback(tmp_path: Path, text: bytes, form: str):
    done = muster("check", file(tmp_path, text), "--format", form)
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    assert "Traceback" not in done.output
    if form == "json":
        found = json.loads(done.output)
        assert found
        assert all(each["line"] >= 1 and each["rule"].startswith("P0") for each in found)


def test_a_file_that_is_wrong_in_twenty_places_gets_twenty_findings_with_their_lines(tmp_path: Path):
    wrong = "".join(
        f"  t{n}: {{kind: action, name: {{zh: 办{n}, en: Do {n}}}, who: nobody{n}, cite: 五}}\n" for n in range(20)
    )
    path = file(tmp_path, SMALLEST.replace("standing:\n", wrong + "standing:\n"))
    found = json.loads(muster("check", path, "--format", "json").output)
    first = SMALLEST.splitlines().index("standing:") + 1
    assert [(each["rule"], each["line"]) for each in found] == [("P020", first + n) for n in range(20)]


@pytest.mark.parametrize(
    "arguments", [["check"], ["check", "no-such-plan"], ["rule"], ["rule", "P999"], ["check", "x", "--format", "pdf"]]
)
def test_wrong_use_ends_with_2(arguments: list[str]):
    done = muster(*arguments)
    assert done.exit_code == 2
    assert "Traceback" not in done.output


def test_several_plans_are_checked_together(tmp_path: Path):
    good, bad = file(tmp_path, SMALLEST, "good.yaml"), file(tmp_path, with_release(), "bad.yaml")
    found = json.loads(muster("check", good, bad, "--format", "json").output)
    assert [each["file"] for each in found] == [bad]


def test_a_plan_comes_from_standard_input():
    done = muster("check", "-", "--format", "json", given=with_release())
    assert done.exit_code == 1
    assert [(each["file"], each["rule"]) for each in json.loads(done.output)] == [("<stdin>", "P116")]


def test_json_says_everything_of_a_finding_in_both_languages(tmp_path: Path):
    path = file(tmp_path, with_release())
    (found,) = json.loads(muster("check", path, "--format", "json").output)
    assert found.keys() == {"rule", "severity", "file", "line", "column", "path", "says", "mend"}
    assert (found["rule"], found["severity"], found["path"]) == ("P116", "warning", ["tasks", "statement"])
    assert found["says"]["zh"] != found["says"]["en"]


def test_sarif_is_2_1_0_with_rules_levels_and_places(tmp_path: Path):
    """The properties that SARIF 2.1.0 (OASIS) requires, and those that code hosts read."""
    folder = tmp_path / "预案 1"
    folder.mkdir()
    path = file(folder, with_release() + "suppress:\n  - {rule: P402, on: x, why: {zh: 无, en: none}}\n")
    log = json.loads(muster("check", path, "--format", "sarif", "--lang", "en").output)
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"]
    assert [rule["id"] for rule in driver["rules"]] == ["P116", "P691"]
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"]
        assert rule["help"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
    assert [result["level"] for result in run["results"]] == ["warning", "error"]
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        (place,) = result["locations"]
        assert place["physicalLocation"]["region"]["startLine"] >= 1
        assert place["physicalLocation"]["region"]["startColumn"] >= 1
        uri = place["physicalLocation"]["artifactLocation"]["uri"]
        assert uri.isascii()
        assert " " not in uri
        assert uri.endswith("%E9%A2%84%E6%A1%88%201/plan.yaml")


def test_the_rules_are_listed_in_the_language_asked_for():
    for language in ("zh", "en"):
        listed = muster("rules", "--lang", language).output
        for rule in rules():
            assert rule.code in listed
        assert rules()[0].name.say(language) in listed


@pytest.mark.parametrize("code", ["P104", "p104"])
def test_a_rule_is_explained_with_an_example(code: str):
    done = muster("rule", code, "--lang", "en")
    assert done.exit_code == 0
    assert "post without deputy" in done.output
    assert "spokesman:" in done.output


def test_a_fault_of_the_reader_is_explained_too():
    assert "{" in muster("rule", "P020", "--lang", "en").output


def test_the_manual_is_written_and_pages_of_rules_that_are_gone_are_removed(tmp_path: Path):
    (tmp_path / "P999.md").write_text("old")
    (tmp_path / "notes.md").write_text("mine")
    done = muster("rules", "--write", str(tmp_path))
    assert done.exit_code == 0
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"README.md", "notes.md", *(f"{rule.code}.md" for rule in rules())}
