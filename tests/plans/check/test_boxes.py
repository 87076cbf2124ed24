"""What can hold together: compared with every possible case, as the engine evaluates it."""

from datetime import UTC, datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.engine.calendar import WorkCalendar
from muster.engine.evaluate import Compiler, Env
from muster.engine.state import Case, Standing
from muster.plans.check.boxes import Boxes
from muster.plans.check.describing import describe
from muster.plans.check.examples import SMALLEST
from muster.plans.model import CaseKind
from muster.plans.parsing import parse
from muster.plans.reading import read_plan

PLAN = (
    SMALLEST
    + """\
settings:
  limit: {name: {zh: 数, en: Number}, type: int, value: 2, cite: 一}
"""
).replace(
    "facts:\n",
    """facts:
  a: {name: 甲, type: bool}
  b: {name: 乙, type: bool}
  area: {name: 范围, type: enum, ordered: true, values: [county, city, province]}
  kinds: {name: 种类, type: set, values: [fire, flood]}
  n: {name: 人数, type: int}
  both: {name: 两者, type: bool, is: a and n > 1}
  lasting: {name: 持续, type: duration, is: elapsed(occurred)}
""",
)
LOADED = read_plan(PLAN)
assert LOADED.edition is not None, LOADED.findings
EDITION = LOADED.edition
COMPILER = Compiler(EDITION)
NOW = datetime(2026, 3, 3, 1, tzinfo=UTC)


def case(a: bool | None, b: bool | None, area: str | None, kinds: list[str] | None, n: int | None, level: str) -> Case:
    answers = {"a": a, "b": b, "area": area, "kinds": kinds, "n": n}
    return Case(
        facts={name: value for name, value in answers.items() if value is not None},
        standings={"level": Standing(confirmed=level)} if level else {},
    )


CASES = [
    case(*answers)
    for answers in product(
        (True, False, None),
        (True, False, None),
        ("county", "city", "province", None),
        (["fire"], ["flood"], ["fire", "flood"], [], None),
        (-1, 0, 1, 2, 3, 4, None),
        ("low", "high", ""),
    )
]

atoms = st.sampled_from(
    [
        "a", "b", "both", "true", "false", "known(a)", "known(n)", "known(area)", "known(level)",
        "area == county", "area >= city", "area != province", "city <= area", "area in [county, province]",
        "fire in kinds", "flood in kinds", "n == 2", "n != 2", "n > 1", "n < 2", "1 >= n", "n in [0, 3]", "n > limit",
        "level == low", "level >= high", "level < low", "a == true", "b != true", "n > 1 and n < 2",
    ]
)  # fmt: skip
conditions = st.recursive(
    atoms,
    lambda inner: (
        st.builds("not ({})".format, inner)
        | st.builds("({}) and ({})".format, inner, inner)
        | st.builds("({}) or ({})".format, inner, inner)
        | st.builds("if {} then {} else {}".format, atoms, inner, inner).map("({})".format)
    ),
    max_leaves=8,
)


@given(st.lists(conditions, min_size=1, max_size=3))
def test_what_cannot_hold_holds_in_no_case_and_what_can_holds_in_some(texts: list[str]) -> None:
    trees = [parse(text).tree for text in texts]
    compiled = [COMPILER.compile(text, tree) for text, tree in zip(texts, trees, strict=True)]

    def holds(each: Case) -> bool:
        env = Env(each, NOW, WorkCalendar(), UTC)
        return all(function(env) is True for function in compiled)

    possible = Boxes(EDITION).can_hold(trees)
    found = any(holds(each) for each in CASES)
    assert possible or not found
    # A setting may be changed, so what could hold with another value of it can hold.
    if not any("limit" in text for text in texts):
        assert found or not possible


@pytest.mark.parametrize(
    "text",
    [
        "level == low and level == high",
        "lasting >= 2h and lasting < 90m",
        "elapsed(occurred) < 0m",
        "count(superior) < 0",
        "n > 2 and n < 3",
        "n > limit and n <= limit",
        "occurred < detected and detected < occurred",
        "not known(area) and area == city",
        "both and n == 1",
        "stage == review and stage < recovery",
        "fire in types and not (fire in types)",
    ],
)
def test_contradictions_are_found(text: str) -> None:
    assert not Boxes(EDITION).can_hold([parse(text).tree])


@pytest.mark.parametrize(
    "text",
    ["n > limit and n < 1", "occurred < detected or detected <= occurred", "elapsed(occurred) > 1mo", "by == office"],
)
def test_what_is_not_certain_gets_the_benefit_of_the_doubt(text: str) -> None:
    assert Boxes(EDITION).can_hold([parse(text).tree])


def test_a_scale_of_another_kind_of_case_is_never_known() -> None:
    boxes = Boxes(EDITION)
    tree = parse("level >= low").tree
    assert boxes.can_hold([tree], CaseKind.INCIDENT)
    assert not boxes.can_hold([tree], CaseKind.WARNING)
    assert boxes.can_hold([parse("not known(level)").tree], CaseKind.WARNING)


def test_a_search_that_takes_too_long_says_that_it_can_hold() -> None:
    either = " and ".join("(fire in kinds or flood in kinds)" for _ in range(20))
    never = parse(f"((b and not b) or (a and not a)) and {either}").tree
    assert Boxes(EDITION).can_hold([never])
    long = " or ".join(f"n == {each} and not (n == {each})" for each in range(60))
    assert not Boxes(EDITION).can_hold([parse(long).tree])


def test_an_example_is_told_in_both_languages() -> None:
    box = Boxes(EDITION).witness([], [parse("n >= 2").tree, parse("area >= city").tree, parse("a").tree])
    assert box is not None
    words = describe(EDITION, box)
    assert words.zh == "甲：否，范围：county，人数 ≤ 1"
    assert words.en == "甲: no, 范围: county, 人数 ≤ 1"
