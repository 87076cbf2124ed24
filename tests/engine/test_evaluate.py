"""Expressions: three-valued logic, comparisons by order, time that turns."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from muster.engine import NEW, Program
from muster.engine.evaluate import UNKNOWN
from muster.engine.state import Standing
from muster.plans.parsing import parse

NOW = datetime.fromisoformat("2026-03-05T09:00:00+08:00")
OCCURRED = NOW - timedelta(minutes=20)
CASE = replace(NEW, version=1, stage="assessment", instants={"occurred": OCCURRED, "reported": NOW})


def value(program: Program, source: str, *, level: str = "", **facts: Any) -> Any:
    standings = {"level": Standing(confirmed=level, confirmed_at=NOW)} if level else {}
    case = replace(CASE, facts=facts, standings=standings, types=("trading-accident",))
    return program.value(parse(source), program.env(case, NOW, by="director"))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("true and trading_interrupted", UNKNOWN),
        ("false and trading_interrupted", False),
        ("true or trading_interrupted", True),
        ("not trading_interrupted", UNKNOWN),
        ("known(trading_interrupted)", False),
        ("not known(trading_interrupted) or people_gathered > 2", True),
        ("if trading_interrupted then 1 else 2", UNKNOWN),
        ("trading-accident in types", True),
        ("gathering in types", False),
        ("level >= III", UNKNOWN),
        ("stage < response", True),
        ("by == director", True),
        ("occurred + 1h", OCCURRED + timedelta(hours=1)),
        ("reported - occurred >= 20m", True),
        ("reported - occurred > 20m", False),
        ("elapsed(occurred) < 30m", True),
        ("first_known(detected, occurred)", OCCURRED),
        ("earliest(detected, reported, occurred)", OCCURRED),
        ("latest(reported, occurred)", NOW),
        ("done(diagnose)", UNKNOWN),
        ("count(disputing-trader)", 0),
    ],
)
def test_what_an_expression_gives_when_little_is_known(program: Program, source: str, expected: Any) -> None:
    assert value(program, source) is expected or value(program, source) == expected


def test_levels_and_ordered_values_compare_by_order_not_by_letter(program: Program) -> None:
    assert value(program, "level >= III", level="II") is True
    assert value(program, "level < III", level="IV") is True
    assert value(program, "level in [IV, III]", level="II") is False
    assert value(program, "affected_area >= city", affected_area="province") is True
    assert value(program, "affected_area < city", affected_area="province") is False


def test_what_time_can_turn_says_when(program: Program) -> None:
    env = program.env(CASE, NOW)
    assert program.value(parse("elapsed(occurred) >= 30m"), env) is False
    assert env.turns == [OCCURRED + timedelta(minutes=30)]
    env = program.env(CASE, NOW)
    assert program.value(parse("lasting > 2h"), env) is False
    assert env.turns == [OCCURRED + timedelta(hours=2, seconds=1)]
    env = program.env(CASE, NOW)
    program.value(parse("working_hours"), env)
    assert len(env.turns) == 1


def test_unknown_is_never_taken_for_true_or_false() -> None:
    with pytest.raises(TypeError):
        bool(UNKNOWN)


KLEENE = {True: 2, UNKNOWN: 1, False: 0}
truths = st.sampled_from(["true", "false", "trading_interrupted"])
formulas = st.recursive(
    truths,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} and {pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} or {pair[1]})"),
        inner.map(lambda part: f"(not {part})"),
    ),
    max_leaves=12,
)


def naive(formula: str) -> int:
    """The same logic by numbers: min for and, max for or, 2 - x for not."""

    class Truth(int):
        def __and__(self, other: int) -> Truth:
            return Truth(min(self, other))

        def __or__(self, other: int) -> Truth:
            return Truth(max(self, other))

        def __invert__(self) -> Truth:
            return Truth(2 - self)

    text = formula.replace("and", "&").replace("or", "|").replace("not ", "~")
    names = {"true": Truth(2), "false": Truth(0), "trading_interrupted": Truth(1)}
    return int(eval(text, {"__builtins__": {}}, names))


@given(formulas)
def test_logic_agrees_with_a_naive_twin(program: Program, formula: str) -> None:
    assert KLEENE[value(program, formula)] == naive(formula)


@given(formulas, st.booleans())
def test_an_answer_never_turns_a_certain_truth(program: Program, formula: str, answer: bool) -> None:
    before = value(program, formula)
    if before is not UNKNOWN:
        assert value(program, formula, trading_interrupted=answer) == before
