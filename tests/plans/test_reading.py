"""Plan files: what a good one gives, that a bad one gets findings with line and column, and that no bytes break it."""

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.plans.conditions import Span
from muster.plans.faults import FAULTS, MOST
from muster.plans.findings import Finding
from muster.plans.model import ActorKind, CaseKind, Filled, Mode, Stage, TaskKind, Words
from muster.plans.reading import LoadedPlan, digest_of, read_canonical, read_plan

SMALL = (Path(__file__).parent / "small.yaml").read_bytes()

# The least that is a plan; findings of a snippet are told relative to its own first line.
LEAST = "id: p\ntitle: t\nedition: e\n"
OFFSET = LEAST.count("\n")


@pytest.fixture(scope="module")
def small() -> LoadedPlan:
    loaded = read_plan(SMALL, name="small.yaml")
    assert loaded.findings == ()
    return loaded


def found(snippet: str, packs: dict[str, bytes] | None = None) -> list[Finding]:
    loaded = read_plan(LEAST + snippet, packs=packs)
    assert (loaded.edition is None) == bool(loaded.findings)
    return list(loaded.findings)


# --- what a good plan gives ---------------------------------------------------------------------------------------


def test_every_section_of_the_file_is_in_the_edition(small: LoadedPlan) -> None:
    edition = small.edition
    assert edition is not None
    assert edition.title.say("en").startswith("River County")
    assert edition.actors["duty-officer"].filled is Filled.ROSTER
    assert edition.actors["duty-officer"].seats == (2, 0)
    assert edition.actors["leading-group"].deputies == ("risk-director",)
    assert edition.actors["leading-group"].duties[0].sheet == ("group-leads",)
    assert edition.actors["all-traders"].kind is ActorKind.PARTY
    assert [level.id for level in edition.scales["level"].levels] == ["IV", "III", "II"]
    assert edition.scales["level"].criteria[-1].when is None  # judgement
    assert edition.scales["colour"].of is CaseKind.WARNING
    assert edition.facts["affected_area"].values[1].name == Words("全市", "the whole city")
    assert edition.forms["incident-report"].fields[0].source == "occurred"
    assert edition.tasks["verify"].section is CaseKind.WARNING
    assert edition.tasks["phone-report"].mode is Mode.EACH
    assert edition.tasks["written-report"].mode is None
    assert edition.tasks["review"].before is Stage.CLOSED
    assert edition.tasks["name-speaker"].kind is TaskKind.APPOINT
    assert edition.guidance["no-promise"].text.en == "Promise nothing and do not argue"
    assert edition.suppressed[0].rule == "P104"


def test_one_value_stands_for_a_list_of_one(small: LoadedPlan) -> None:
    assert small.edition is not None
    task = small.edition.tasks["written-report"]
    assert (task.who, task.to, task.after, task.sheet) == (
        ("duty-office",),
        ("county-government",),
        ("phone-report",),
        ("written-90min",),
    )
    assert [each.who for each in task.approve] == [("director",)]


def test_approvals_keep_their_order(small: LoadedPlan) -> None:
    assert small.edition is not None
    steps = small.edition.tasks["tell-traders"].approve
    assert [each.who for each in steps] == [("risk-director",), ("director",)]
    assert steps[0].due is not None


def test_tasks_of_nested_groups_collect_the_conditions_around_them(small: LoadedPlan) -> None:
    assert small.edition is not None
    task = small.edition.tasks["name-speaker"]
    assert task.group == "accident/from-three"
    assert [each.source for each in task.while_] == ["trading-accident in types", "level >= III"]
    assert small.edition.groups["accident"].sheet == ("accident-procedure",)


def test_after_of_a_group_holds_for_each_of_its_tasks() -> None:
    loaded = read_plan(
        LEAST + "posts: {a: {name: 甲}}\n"
        "tasks:\n"
        "  first: {kind: action, who: a}\n"
        "  g: {after: first, tasks: {x: {kind: action, who: a}, y: {kind: action, who: a, after: x}}}\n"
    )
    assert loaded.edition is not None
    assert loaded.edition.tasks["x"].after == ("first",)
    assert loaded.edition.tasks["y"].after == ("first", "x")


def test_an_expression_that_reads_a_timed_fact_is_timed(small: LoadedPlan) -> None:
    assert small.edition is not None
    (when,) = small.edition.tasks["tell-traders"].when
    assert when.timed
    assert when.reads == {"lasting"}


def test_values_and_levels_are_not_what_an_expression_reads(small: LoadedPlan) -> None:
    assert small.edition is not None
    criterion = small.edition.scales["level"].criteria[0]
    assert criterion.when is not None
    assert criterion.when.reads == {"affected_area"}


def test_words_of_yaml_1_1_are_just_words() -> None:
    loaded = read_plan(
        "id: on\ntitle: yes\nedition: 2022.10\nposts: {no: {name: off}}\n"
        "facts: {choice: {type: enum, values: [yes, no]}}\n"
        "types: {x: {when: choice == no}}\n"
    )
    assert loaded.findings == ()
    assert loaded.edition is not None
    assert (loaded.edition.id, loaded.edition.title.zh, loaded.edition.edition) == ("on", "yes", "2022.10")


def test_a_setting_is_a_number_a_span_a_truth_or_a_text() -> None:
    loaded = read_plan(
        LEAST + "settings: {a: {type: int, value: 5}, b: {type: duration, value: 3mo}, c: {type: bool, value: true},"
        " d: {type: text, value: 不是表达式 (}}\n"
    )
    assert loaded.edition is not None
    values = [setting.value.tree.value for setting in loaded.edition.settings.values() if setting.value]  # type: ignore[union-attr]
    assert values == [5, Span(months=3), True, "不是表达式 ("]


def test_places_lead_to_the_line_of_every_key(small: LoadedPlan) -> None:
    lines = SMALL.decode().splitlines()
    assert lines[small.place(("tasks", "written-report", "due"))[0] - 1].strip() == "due: occurred + 90m"
    assert "name-speaker:" in lines[small.place(("tasks", "name-speaker"))[0] - 1]
    assert "duty-officer:" in lines[small.place(("actors", "duty-officer"))[0] - 1]
    assert small.place(("tasks", "written-report", "nothing", 3)) == small.place(("tasks", "written-report"))


# --- findings -----------------------------------------------------------------------------------------------------

TASK = "posts: {a: {name: 甲}, b: {name: 乙}}\ntasks:\n"

CASES: list[tuple[str, str, int, int, str]] = [
    # code, snippet, line within it, column, part of the sentence or of how to mend it
    ("P002", "posts: {a: b: c}\n", 1, 13, "colon"),
    ("P002", "posts:\n\ta: {}\n", 2, 1, "indent with spaces"),
    ("P002", "posts: [\n", 2, 1, "YAML"),
    ("P002", "text: *nobody\n", 1, 7, "alias"),
    ("P002", "text: a\x07b\n", 1, 8, "control character"),
    ("P004", "text: " + "[" * 40, 1, 36, "nested too deep"),
    ("P005", "posts:\n  a: {name: 甲}\n  a: {name: 乙}\n", 3, 3, "first in line 5"),
    ("P005", TASK + "  t: {kind: action, who: [a, a], mode: any}\n", 3, 30, "stands twice"),
    ("P006", "---\nid: x\n", 1, 1, "more than one"),
    ("P007", "text: !!python/object:os.system x\n", 1, 7, "tags"),
    ("P007", "text: !note x\n", 1, 7, "tags"),
    ("P008", "? [a]\n: b\n", 1, 5, "key must be a text"),
    ("P010", "titel: x\n", 1, 1, "Did you mean “title”"),
    ("P010", "posts: {a: {nam: 甲}}\n", 1, 13, "Did you mean “name”"),
    ("P010", "posts: {a: {name: {zh: 甲, english: a}}}\n", 1, 27, "zh, en"),
    ("P010", "<<: {}\n", 1, 1, "no key “<<”"),
    ("P011", "facts: {f: {name: 问}}\n", 1, 9, "lacks “type”"),
    ("P011", "scales: {s: {levels: [x], criteria: [{level: x, when: judgement}]}}\n", 1, 38, "lacks “id”"),
    ("P012", "posts: [a]\n", 1, 8, "ids, each with its element"),
    ("P012", "posts: {a: }\n", 1, 9, "nothing stands here"),
    ("P012", "posts: {a: {many: yes}}\n", 1, 19, "true or false"),
    ("P012", "posts: {a: {seats: 3..1}}\n", 1, 20, "number of holders"),
    ("P012", "resources: {r: {minimum: -1}}\n", 1, 26, "whole number"),
    ("P012", TASK + "  t: {kind: action, who: a, again: {by: '25:00'}}\n", 3, 41, "clock time"),
    ("P012", "text: [a]\n", 1, 7, "a list stands here"),
    ("P012", "tasks: {t: [x]}\n", 1, 12, "a list stands here"),
    ("P013", "posts: {9a: {name: 甲}}\n", 1, 9, "cannot be an id"),
    ("P013", "facts: {not: {type: bool}}\n", 1, 9, "cannot be an id"),
    ("P014", TASK + "  t: {kind: repot, who: a}\n", 3, 13, "Did you mean “report”"),
    ("P014", "posts: {a: {filled: response}}\n", 1, 21, "standing, roster, case"),
    ("P014", "rights: {begin: {who: a}}\nposts: {a: {name: 甲}}\n", 1, 10, "Choose one of"),
    ("P015", "text: '  '\n", 1, 7, "empty"),
    ("P016", "facts: {f: {type: bool, is: known(x) && y}}\n", 1, 38, "write and"),
    ("P016", 'facts: {f: {type: bool, is: "known(x"}}\n', 1, 37, "ends too early"),
    ("P017", "timezone: Asia/Shangai\n", 1, 1, "Asia/Shanghai"),
    ("P018", "facts: {f: {type: enum}}\n", 1, 13, "needs values"),
    ("P018", "facts: {f: {type: int, values: [a]}}\n", 1, 24, "Drop values"),
    ("P019", TASK + "  t: {kind: report, who: a, approve: {who: [a, b]}}\n", 3, 39, "mode: any, each or joint"),
    ("P020", TASK + "  t: {kind: action, who: [a, bb], mode: any}\n", 3, 30, "no post, body or party"),
    ("P020", TASK + "  t: {kind: action, who: a, after: tt}\n", 3, 29, "no task “tt”"),
    ("P020", TASK + "  t: {kind: action, who: a, form: f}\n", 3, 29, "no form “f”"),
    ("P020", TASK + "  t: {kind: decision, who: a, settles: f}\n", 3, 31, "fact, scale, types, start, end or lift"),
    ("P020", "scales: {s: {levels: [x, y], criteria: {c: {level: z, when: judgement}}}}\n", 1, 45, "no level “z”"),
    ("P020", "readings: {r: {says: a, reading: b, setting: s}}\n", 1, 37, "no setting"),
    ("P020", "duty_post: nobody\n", 1, 1, "no post, body or party"),
    ("P020", "forms: {f: {fields: {x: {from: yesterday}}}}\n", 1, 26, "no fact or instant"),
    ("P057", "forms: {f: {fields: {x: {from: f.yy}, y: {}}}}\n", 1, 26, "no field “yy”"),
    ("P021", TASK + "  t: {kind: action, who: a, per: b}\n", 3, 29, "“b” is a post; a party is needed"),
    ("P022", "posts: {a: {name: 甲}}\nparties: {a: {name: 乙}}\n", 2, 11, "posts.a and parties.a"),
    ("P022", TASK + "  t: {kind: action, who: a}\nwarning: {t: {kind: action, who: a}}\n", 4, 11, "warning.t"),
    ("P005", TASK + "  t: {kind: action, who: a}\n  g: {tasks: {t: {kind: action, who: a}}}\n", 4, 15, "twice"),
    ("P022", "facts: {x: {type: bool}}\nsettings: {x: {type: int, value: 1}}\n", 2, 12, "facts.x and settings.x"),
    ("P023", "facts: {occurred: {type: bool}}\n", 1, 9, "an instant of the case"),
    ("P024", "include: law\n", 1, 10, "no regulation pack"),
    ("P025", "stages: [closed, intake]\n", 1, 1, "not in their order"),
]


@pytest.mark.parametrize(("code", "snippet", "line", "column", "sign"), CASES)
def test_a_fault_is_told_with_its_code_its_place_and_how_to_mend_it(
    code: str, snippet: str, line: int, column: int, sign: str
) -> None:
    (finding,) = found(snippet)
    assert finding.rule == code
    assert sign in f"{finding.says.en} {finding.mend.en}"
    assert (finding.line - OFFSET, finding.column) == (line, column)
    assert re.search("[一-鿿]", finding.says.zh)
    assert re.search("[一-鿿]", finding.mend.zh)


@pytest.mark.parametrize(
    ("source", "code", "place", "sign"),
    [
        (b"id: p\ntitle: \xff\xfe\n", "P001", (2, 8), "byte 13"),
        ("id: 事\n".encode("gb18030"), "P001", (1, 5), "UTF-8"),
        ("id: p\n".encode("utf-16"), "P001", (1, 1), "byte 0"),
        ("id: \ud800", "P001", (1, 5), "UTF-8"),
        (b" " * (2 * 1024 * 1024 + 1), "P003", (1, 1), "2 MiB"),
        (b"", "P012", (1, 1), "nothing stands here"),
        (b"# only a remark\n", "P012", (1, 1), "nothing stands here"),
        (b"- a\n- b\n", "P012", (1, 1), "keys and values"),
    ],
)
def test_a_file_that_is_no_text_or_no_plan_at_all_is_told_so(
    source: bytes | str, code: str, place: tuple[int, int], sign: str
) -> None:
    (finding,) = read_plan(source).findings
    assert finding.rule == code
    assert (finding.line, finding.column) == place
    assert sign in finding.says.en


def test_a_byte_order_mark_is_no_fault() -> None:
    assert read_plan(b"\xef\xbb\xbf" + SMALL).findings == ()
    assert read_plan("\ufeff" + SMALL.decode()).findings == ()


def test_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    findings = found("titel: x\nposts: {a: {nam: 甲}}\nfacts: {f: {type: bool, is: f ==}}\nduty_post: b\n")
    assert [finding.rule for finding in findings] == ["P010", "P010", "P016", "P020"]


def test_what_could_not_be_read_is_not_told_again_to_those_who_refer_to_it() -> None:
    (finding,) = found("posts: {a: }\nduty_post: a\n")
    assert finding.path == ("posts", "a")


def test_a_file_with_faults_beyond_number_is_told_so_and_stops() -> None:
    findings = found("posts: {" + ", ".join(f"a{number}: 3" for number in range(3 * MOST)) + "}\n")
    assert len(findings) == MOST + 1
    assert "P009" in {finding.rule for finding in findings}


def test_aliases_that_grow_beyond_measure_are_refused() -> None:
    layers = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    layers += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    (finding,) = found("\n".join(layers) + "\n")
    assert finding.rule == "P004"


def test_an_alias_inside_its_own_anchor_is_refused() -> None:
    (finding,) = found("posts: &p {a: *p}\n")
    assert finding.rule == "P002"


def test_an_alias_stands_for_what_its_anchor_holds() -> None:
    loaded = read_plan(LEAST + "posts: {a: {name: &n 甲}, b: {name: *n}}\n")
    assert loaded.edition is not None
    assert loaded.edition.actors["b"].name == Words("甲")


def test_every_code_has_words_and_a_way_to_mend_in_both_languages() -> None:
    for code, fault in FAULTS.items():
        assert re.fullmatch(r"P0[0-6][0-9]", code)
        assert all((fault.zh, fault.en, fault.mend_zh, fault.mend_en)), code


# --- packs --------------------------------------------------------------------------------------------------------

PACK = b"""id: law
title: {zh: \xe6\xb3\x95, en: A law}
settings: {first_hours: {type: duration, value: 2h}}
facts: {casualties: {type: int}}
tasks: {report-up: {kind: report, who: office, due: occurred + first_hours, when: casualties > 0}}
rights: {waive: {who: office}}
"""
INCLUDING = (
    LEAST + "include: law\nposts: {office: {name: \u529e}, chief: {name: \u957f}}\nrights: {waive: {who: chief}}\n"
)


def test_a_pack_adds_its_elements_after_those_of_the_plan() -> None:
    loaded = read_plan(INCLUDING, packs={"law": PACK})
    assert loaded.edition is not None
    assert loaded.edition.tasks["report-up"].pack == "law"
    rights = [right for several in loaded.edition.rights.values() for right in several]
    assert [right.who for right in rights] == [("chief",), ("office",)]
    assert loaded.source(("tasks", "report-up", "due")) == "law"
    assert loaded.place(("tasks", "report-up", "due")) == (5, 48)
    assert loaded.place(("rights", "waive", 1, "who"))[0] == 6


def test_a_setting_of_the_plan_goes_before_that_of_a_pack() -> None:
    loaded = read_plan(INCLUDING + "settings: {first_hours: {type: duration, value: 1h}}\n", packs={"law": PACK})
    assert loaded.edition is not None
    value = loaded.edition.settings["first_hours"].value
    assert value is not None
    assert value.source == "1h"


def test_faults_of_a_pack_name_the_pack() -> None:
    loaded = read_plan(LEAST + "include: law\n", packs={"law": PACK})
    assert loaded.edition is None
    assert {(finding.rule, finding.source, finding.line) for finding in loaded.findings} == {
        ("P020", "law", 5),
        ("P020", "law", 6),
    }


def test_a_pack_may_not_bring_what_the_plan_has() -> None:
    loaded = read_plan(INCLUDING + "facts: {casualties: {type: int}}\n", packs={"law": PACK})
    assert [finding.rule for finding in loaded.findings] == ["P022"]


# --- digest and canonical content ---------------------------------------------------------------------------------


def test_the_canonical_content_gives_the_same_edition_and_digest(small: LoadedPlan) -> None:
    edition = read_canonical(small.content)
    assert edition == small.edition
    assert list(edition.tasks) == list(small.edition.tasks if small.edition else ())
    assert edition.digest == digest_of(small.content)


def test_content_of_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="canonical"):
        read_canonical(b'{"id":"p"}')


def as_plain(source: bytes) -> Any:
    """The file as YAML's plain values, everything but truths and numbers of our own kept as text."""

    class Texts(yaml.SafeLoader):
        yaml_implicit_resolvers: dict[str, Any] = {}

    return yaml.load(source, Texts)


ELEMENTS = {"posts", "bodies", "parties", "facts", "types", "settings", "scales", "forms", "fields", "tasks", "warning",
            "standing", "hazard", "values", "levels", "criteria", "duties"}  # fmt: skip


def shuffled(value: Any, chance: random.Random, *, elements: bool = False) -> Any:
    """The same with the keys of every element in another order; the elements themselves stay where they are."""
    if isinstance(value, list):
        return [shuffled(each, chance) for each in value]
    if not isinstance(value, dict):
        return value
    items = [(key, shuffled(each, chance, elements=key in ELEMENTS)) for key, each in value.items()]
    if not elements:
        chance.shuffle(items)
    return dict(items)


def digest(source: str | bytes) -> str:
    loaded = read_plan(source)
    assert loaded.edition is not None, loaded.findings
    return loaded.edition.digest


@settings(max_examples=20)  # each reads the whole plan twice
@given(st.randoms(use_true_random=False))
def test_the_order_of_keys_the_format_and_remarks_are_not_content(chance: random.Random) -> None:
    plain = shuffled(as_plain(SMALL), chance)
    text = yaml.dump(plain, allow_unicode=True, sort_keys=False, default_flow_style=chance.choice([None, False]))
    # Dumping as text puts quotes around `true` and numbers; the shapes take them back only where they are plain.
    text = re.sub(r"'(true|false|\d+)'", r"\1", text)
    assert digest("# a remark\n" + text) == digest(SMALL)


def test_single_values_and_lists_of_one_are_the_same_content() -> None:
    start = LEAST + "posts: {a: {name: 甲}}\n"
    assert digest(start + "tasks: {t: {kind: action, who: a}}\n") == digest(
        start + "tasks: {t: {kind: action, who: [a], may: false, after: [], name: }}\n".replace(", name: ", "")
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("scales: {s: {levels: [x, y]}}", "scales: {s: {levels: [y, x]}}"),
        ("scales: {s: {levels: {x: a, y: b}}}", "scales: {s: {levels: {y: b, x: a}}}"),
        ("posts: {a: {name: 甲}, b: {name: 乙}}", "posts: {b: {name: 乙}, a: {name: 甲}}"),
        ("title: t", "text: t"),
    ],
)
def test_an_order_that_carries_meaning_is_content(one: str, other: str) -> None:
    base = "id: p\nedition: e\n" + ("" if one.startswith("title") else "title: t\n")
    if one.startswith("title"):
        assert digest(base + "title: t\n") != digest(base + "title: u\n")
    else:
        assert digest(base + one) != digest(base + other)


# --- no bytes break it --------------------------------------------------------------------------------------------


def survives(source: bytes | str) -> None:
    """Whatever comes in, either an edition that can be kept and read again, or findings with words and a place."""
    loaded = read_plan(source, packs={"law": PACK})
    assert (loaded.edition is None) == bool(loaded.findings)
    for finding in loaded.findings:
        assert finding.says.zh
        assert finding.says.en
        assert finding.mend.en
        assert finding.line >= 1
        assert finding.column >= 1
    if loaded.edition is not None:
        assert read_canonical(loaded.content) == loaded.edition


@given(st.binary(max_size=300))
def test_random_bytes_are_survived(source: bytes) -> None:
    survives(source)


@given(st.text(max_size=200))
def test_random_texts_are_survived(source: str) -> None:
    survives(source)


@given(st.data())
def test_a_plan_with_random_wounds_is_survived(data: st.DataObject) -> None:
    source = bytearray(SMALL)
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(source) - 1))
        length = data.draw(st.integers(0, 12))
        filling = st.binary(max_size=3) | st.sampled_from(
            [b"{", b"[", b":", b"- ", b"&a ", b"*a", b"!t ", b"\n", b"'", b"\t"]
        )
        source[at : at + length] = data.draw(filling)
    survives(bytes(source))


KEYS = ["id", "title", "posts", "facts", "tasks", "who", "when", "kind", "type", "values", "scales", "levels", "criteria",
        "level", "rights", "start", "name", "zh", "en", "approve", "again", "every", "forms", "fields", "duties", "a", "b",
        "due", "is", "include", "seats", "settings", "value", "marks", "done", "groups", "warning"]  # fmt: skip
SCALARS = ["a", "b", "law", "bool", "enum", "action", "true", "3", "3..2", "~", "", "known(a)", "(", "judgement", "1d"]
wild = st.recursive(
    st.sampled_from(SCALARS)
    | st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.dates()
    | st.binary(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | st.integers(), inner, max_size=5)
    ),
    max_leaves=25,
)


@given(wild)
def test_random_trees_of_known_keys_are_survived(tree: Any) -> None:
    survives(yaml.dump(tree, allow_unicode=True))


def replaced(value: Any, chance: random.Random, tree: Any) -> Any:
    """The plan with one random part of it exchanged for `tree`."""
    if isinstance(value, dict) and value and chance.random() < 0.85:
        key = chance.choice(list(value))
        return {**value, key: replaced(value[key], chance, tree)}
    if isinstance(value, list) and value and chance.random() < 0.85:
        at = chance.randrange(len(value))
        return [*value[:at], replaced(value[at], chance, tree), *value[at + 1 :]]
    return tree


@given(wild, st.randoms(use_true_random=False))
def test_a_plan_with_a_random_part_exchanged_is_survived(tree: Any, chance: random.Random) -> None:
    survives(yaml.dump(replaced(as_plain(SMALL), chance, tree), allow_unicode=True))


def deep_circle(size: int) -> Iterator[str]:
    yield LEAST + "facts:\n"
    for number in range(size):
        yield f"  f{number}: {{type: duration, is: f{number + 1} + 1h}}\n"
    yield f"  f{size}: {{type: duration, is: f0}}\n"


def test_facts_that_rest_on_one_another_without_end_are_told() -> None:
    codes = {finding.rule for finding in read_plan("".join(deep_circle(1500))).findings}
    assert "P059" in codes


def test_the_parser_without_libyaml_reads_the_same(monkeypatch: pytest.MonkeyPatch, small: LoadedPlan) -> None:
    monkeypatch.setattr("muster.plans.source._LOADER", yaml.SafeLoader)
    assert read_plan(SMALL, name="small.yaml") == small


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_the_parser_without_libyaml_survives_as_well(source: bytes | str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("muster.plans.source._LOADER", yaml.SafeLoader)
        survives(source)
