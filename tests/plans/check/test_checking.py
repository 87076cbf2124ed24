"""The check as a whole: order, suppressions, packs, any input at all, and its speed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.plans import shelf
from muster.plans.check import check, rule_of, rules
from muster.plans.check.examples import SMALLEST, plan_of
from muster.plans.findings import Finding, Severity
from muster.plans.reading import LoadedPlan, read_plan

RELEASE = "  statement: {kind: release, name: {zh: 通报, en: Statement}, who: office, to: superior, cite: 五}\n"


def plan_with(tasks: str = "", end: str = "") -> LoadedPlan:
    return read_plan(SMALLEST.replace("standing:\n", f"{tasks}standing:\n") + end)


def codes(found: tuple[Finding, ...]) -> list[str]:
    return [each.rule for each in found]


def suppress(rule: str, on: str) -> str:
    return f"suppress:\n  - {{rule: {rule}, on: {on}, why: {{zh: 原文如此, en: As the plan has it}}}}\n"


def test_faults_of_the_reader_are_told_and_then_nothing_else() -> None:
    found = check(read_plan("id: p\ntitle: 预案\nedition: e\ntasks: {t: {kind: repot, who: a}}\n"))
    assert codes(found) == ["P014", "P020"]


def test_findings_come_in_the_order_of_the_file() -> None:
    found = check(
        plan_with(RELEASE.replace("cite: 五", "form: brief") + "  x: {kind: decision, who: [office, head]}\n")
    )
    assert [each.line for each in found] == sorted(each.line for each in found)
    assert {"P116", "P601", "P208", "P101"} <= set(codes(found))


def test_a_suppression_takes_one_rule_off_one_element() -> None:
    two = RELEASE + RELEASE.replace("statement", "second").replace("通报", "再次通报")
    assert codes(check(plan_with(two))) == ["P116", "P116"]
    assert [each.path for each in check(plan_with(two, suppress("P116", "statement")))] == [("tasks", "second")]


@pytest.mark.parametrize("on", ["high-2", "level.high-2"])
def test_a_suppression_names_an_inner_element_by_its_id_or_with_what_it_stands_in(on: str) -> None:
    criteria = SMALLEST.replace(
        "high-1:", "high-2: {level: high, when: people > 5 and people < 2, cite: 三}\n      high-1:"
    )
    assert codes(check(read_plan(criteria))) == ["P501"]
    assert check(read_plan(criteria + suppress("P501", on))) == ()
    assert codes(check(read_plan(criteria + suppress("P501", "level")))) == ["P501", "P690"]


def test_a_finding_on_the_whole_plan_is_suppressed_by_the_id_of_the_plan() -> None:
    bare = SMALLEST.replace("resources:\n  supplies: {name: {zh: 应急物资, en: Supplies}, cite: 七}\n", "")
    assert codes(check(read_plan(bare))) == ["P455"]
    assert check(read_plan(bare + suppress("P455", "example"))) == ()


def test_an_idle_suppression_names_the_rule_that_was_meant() -> None:
    found = check(read_plan(SMALLEST + suppress("p104", "head")))
    assert codes(found) == ["P690"]
    assert "P104" in found[0].mend.en


@pytest.mark.parametrize("code", [rule.code for rule in rules() if rule.is_final])
def test_what_the_law_forbids_cannot_be_suppressed(code: str) -> None:
    assert "P691" in codes(check(read_plan(SMALLEST + suppress(code, "respond"))))


def test_a_forbidden_measure_stays_an_error_beside_its_refused_suppression() -> None:
    tasks = "  hush: {kind: action, name: {zh: 暂不上报, en: Wait}, who: office, cite: 五}\n"
    assert codes(check(plan_with(tasks, suppress("P401", "hush")))) == ["P401", "P691"]


def test_a_required_part_may_be_missing_for_a_reason() -> None:
    law = {rule.code for rule in rules() if rule.code.startswith("P4") and not rule.is_final}
    assert law == {"P451", "P452", "P453", "P454", "P455", "P456", "P457", "P458"}


def test_what_a_pack_brings_is_found_in_the_file_of_the_pack() -> None:
    pack = "id: law\ntasks:\n  publish-it: {kind: release, name: {zh: 公告, en: Notice}, who: office, to: superior, cite: 一}\n"
    loaded = read_plan("include: [law]\n" + SMALLEST, name="plan.yaml", packs={"law": pack.encode()})
    assert [(each.rule, each.source, each.line) for each in check(loaded)] == [("P116", "law", 3)]


def test_what_a_group_gives_to_its_tasks_is_found_at_the_group() -> None:
    group = "  outer:\n    while: level == low and level == high\n    cite: 五\n    tasks: {t: {kind: action, name: {zh: 办, en: Do}, who: office}}\n"
    loaded = plan_with(group)
    assert [(each.rule, each.path) for each in check(loaded)] == [("P201", ("tasks", "outer", "while"))]


@pytest.mark.parametrize("plan_id", shelf.plan_ids())
def test_every_plan_of_the_library_is_clean(plan_id: str) -> None:
    found = check(shelf.read_library_plan(plan_id))
    assert [f"{each.line}: {each.rule} {each.says.en}" for each in found] == []


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"\xff\xfe\x00",
        b"[1, 2",
        b"a: b: c",
        b"- - - 1",
        "预案".encode(),
        b"\x00" * 50,
        b"{" * 5000,
        b"a: &a [*a]",
        b"x" * 3_000_000,
    ],
    ids=["empty", "utf-16", "open", "colons", "list", "text", "nulls", "deep", "alias", "huge"],
)
def test_what_is_no_plan_at_all_is_findings_with_a_place(source: bytes) -> None:
    found = check(read_plan(source))
    assert found
    assert all(each.line >= 1 and each.column >= 1 and each.says.zh and each.says.en and each.mend.zh for each in found)


EVERYTHING = [plan_of(example) for rule in rules() for example in (*rule.bad, *rule.good)]


@given(st.data())
def test_a_plan_with_lines_lost_doubled_or_from_another_plan_is_checked_without_an_error(data: st.DataObject) -> None:
    lines = data.draw(st.sampled_from(EVERYTHING)).splitlines()
    other = data.draw(st.sampled_from(EVERYTHING)).splitlines()
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(lines) - 1))
        match data.draw(st.sampled_from(["lose", "double", "take", "cut"])):
            case "lose" if len(lines) > 1:
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "take":
                lines.insert(at, data.draw(st.sampled_from(other)))
            case "cut":
                lines[at] = lines[at][: data.draw(st.integers(0, len(lines[at])))]
    for each in check(read_plan("\n".join(lines))):
        assert each.line >= 1
        assert each.column >= 1
        assert each.says.zh
        assert each.says.en


WORDS = ["level", "low", "high", "people", "real", "occurred", "issued", "1h", "2", "office", "superior", "respond", "first-report", "brief",
         "decision", "report", "release", "appoint", "each", "up", "start", "colour", "closed", "review", "example", "P401", "''"]  # fmt: skip


@given(st.data())
def test_a_plan_with_other_words_in_it_is_checked_without_an_error(data: st.DataObject) -> None:
    words = data.draw(st.sampled_from(EVERYTHING)).split(" ")
    for _ in range(data.draw(st.integers(1, 4))):
        words[data.draw(st.integers(0, len(words) - 1))] = data.draw(st.sampled_from(WORDS))
    for each in check(read_plan(" ".join(words))):
        assert rule_of(each.rule) is None or each.severity is rule_of(each.rule).severity


def test_a_plan_of_two_thousand_lines_is_checked_to_its_last_task() -> None:
    task = (
        "  t{n}: {{kind: report, name: {{zh: 报告{n}, en: Report {n}}}, who: office, to: superior, form: brief,\n"
        "    while: level == low and (people > {n} or real), after: t{before}, due: occurred + {n}m, cite: 四}}\n"
    )
    many = "".join(task.format(n=n, before=n - 1) for n in range(1, 1000)).replace(", after: t0", "")
    source = SMALLEST.replace("standing:\n", f"{many}standing:\n")
    assert source.count("\n") > 2000
    loaded = read_plan(source)
    assert loaded.edition is not None, loaded.findings
    assert not [each for each in check(loaded) if each.severity is Severity.ERROR]
    broken = read_plan(source.replace("due: occurred + 999m", "due: occurred + 999m, settles: nothing-at-all"))
    assert any("t999" in each.path for each in check(broken) if each.severity is Severity.ERROR)


@pytest.mark.parametrize("words", ["不得上报", "对人员", "delay the report "])
def test_a_text_without_an_end_does_not_hold_up_the_check(words: str) -> None:
    text = words * (50_000 // len(words))
    loaded = read_plan(SMALLEST + f"guidance:\n  w: {{text: {{zh: '{text}', en: '{text}'}}, cite: 五}}\n")
    assert loaded.edition is not None
    check(loaded)  # a rule that backtracks without end would never come back
