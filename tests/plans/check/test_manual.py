"""Every rule is explained: its file, its page, its examples; and the pages in docs/ are the present ones."""

import re
from pathlib import Path

import pytest

from muster.plans import check
from muster.plans.check import Rule, pages, rule_of, rules
from muster.plans.faults import FAULTS

DOCS = Path(__file__).parents[3] / "docs" / "reference" / "rules"
RULES = [pytest.param(rule, id=rule.code) for rule in rules()]


def test_the_files_of_the_package_and_the_rules_are_the_same() -> None:
    files = sorted(path.stem for path in Path(check.__file__).parent.glob("P*.py"))
    assert files == [f"{rule.code}_{rule.name.en.lower().replace(' ', '_')}" for rule in rules()]


def test_no_code_of_a_rule_is_a_code_of_the_reader() -> None:
    assert {rule.code for rule in rules()}.isdisjoint(FAULTS)
    assert all(code < "P100" for code in FAULTS)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_says_what_why_and_how_to_mend_it_in_both_languages_with_examples(rule: Rule) -> None:
    for words in (rule.name, rule.what, rule.why, rule.mend):
        assert re.search("[\u4e00-\u9fff]", words.zh)
        assert words.en
        assert not re.search("[\u4e00-\u9fff]", words.en)
    assert rule.what.zh.endswith("。")
    assert rule.what.en.endswith(".")
    assert rule.bad
    assert rule.good


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("rule", RULES)
def test_the_page_in_one_language_holds_its_words_and_the_examples(rule: Rule, language: str) -> None:
    page = pages.page(rule, language)
    assert rule.what.say(language) in page
    assert rule.mend.say(language) in page
    assert rule.what.say("en" if language == "zh" else "zh") not in page
    assert page.count("```yaml") == len(rule.bad) + len(rule.good)


def test_the_pages_in_docs_are_what_the_rules_say_now() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in DOCS.glob("*.md")}
    assert written == pages.manual(), "run: muster plan rules --write docs/reference/rules"


def test_a_code_that_no_rule_has_finds_none() -> None:
    assert rule_of("P999") is None
    assert rule_of("P104") is rules()[[rule.code for rule in rules()].index("P104")]
