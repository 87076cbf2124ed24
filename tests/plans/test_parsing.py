"""Expressions: what the text means, what is refused and where, and that no text can break the parser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.plans.conditions import (
    FUNCTIONS,
    And,
    Call,
    Choose,
    Compare,
    Constant,
    FieldOf,
    ListOf,
    Name,
    Node,
    Not,
    Or,
    Span,
    Sum,
)
from muster.plans.parsing import DEEPEST, KEYWORDS, LONGEST, WEEKDAYS, NotAnExpression, parse, render, span_of

names = st.from_regex(r"[a-z][a-z0-9_]{0,6}(-[a-z0-9_]{1,4})?", fullmatch=True).filter(
    lambda name: name not in KEYWORDS
)
spans = st.builds(Span, st.integers(0, 10_000_000), st.integers(0, 300), st.integers(0, 500))
constants = st.builds(
    Constant,
    st.booleans()
    | st.integers(-(10**12), 10**12)
    | st.decimals(0, 10**6, places=3).map(float)
    | st.text(st.characters(exclude_characters='"', exclude_categories=["Cs"]), max_size=6)
    | spans,
)
leaves = constants | st.builds(Name, names) | st.builds(FieldOf, names, names)


def calls(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    def one(function: str) -> st.SearchStrategy[Node]:
        least, most = FUNCTIONS[function]
        if function in ("done", "received", "done_by", "confirmed"):
            arguments = st.tuples(st.builds(Name, names))
        elif function == "next":
            arguments = st.tuples(st.sampled_from(WEEKDAYS).map(Name), inner)
        else:
            arguments = st.lists(inner, min_size=least, max_size=most or 3).map(tuple)
        return arguments.map(lambda each: Call(function, each))

    return st.sampled_from(sorted(FUNCTIONS)).flatmap(one)


def larger(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return (
        st.builds(Not, inner)
        | st.builds(And, several)
        | st.builds(Or, several)
        | st.builds(Compare, st.sampled_from(["==", "!=", "<", "<=", ">", ">=", "in"]), inner, inner)
        | st.builds(Sum, st.sampled_from("+-"), inner, inner)
        | st.builds(Choose, inner, inner, inner)
        | st.lists(inner, max_size=3).map(lambda items: ListOf(tuple(items)))
        | calls(inner)
    )


trees = st.recursive(leaves, larger, max_leaves=12)


@given(trees)
def test_what_is_written_from_a_tree_is_read_back_as_the_same_tree(tree: Node) -> None:
    assert parse(render(tree)).tree == tree


@given(st.text(max_size=60) | st.text("()[]notifandor x1.,'\"+-=<>", max_size=200))
def test_any_text_is_an_expression_or_says_why_not_and_where(text: str) -> None:
    try:
        tree = parse(text).tree
    except NotAnExpression as refused:
        told, tree = refused, None
    if tree is None:
        assert told.words.zh
        assert told.words.en
        assert 1 <= told.column <= len(text) + 1
    else:
        assert parse(render(tree)).tree == tree


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("a or b and c", "a or (b and c)"),
        ("not a and b", "(not a) and b"),
        ("not a == b", "not (a == b)"),
        ("a - b - c", "(a - b) - c"),
        ("a - b > 2h", "(a - b) > 2h"),
        ("if a then b else c or d", "if a then b else (c or d)"),
        ("if a then b else if c then d else e", "if a then b else (if c then d else e)"),
        ("90m", "1h30m"),
        ("24mo", "2y"),
        ("1.5h", "90m"),
        ("level in [III, II]", "level in [ III ,II ]"),
    ],
)
def test_operators_bind_as_written_with_brackets(text: str, same: str) -> None:
    assert parse(text).tree == parse(same).tree


def test_ids_contain_hyphens_and_a_minus_stands_between_spaces() -> None:
    assert parse("trading-accident in types").tree == Compare("in", Name("trading-accident"), Name("types"))
    assert parse("restored_at - occurred").tree == Sum("-", Name("restored_at"), Name("occurred"))


def test_units_of_time_are_kept_apart() -> None:
    assert span_of("5wd") == Span(working_days=5)
    assert span_of("1y2mo") == Span(months=14)
    assert span_of("1d12h") == Span(seconds=36 * 3600)


def test_an_expression_knows_what_it_reads() -> None:
    expression = parse(
        "known(done(phone)) and lasting >= 30m and done_by(proof) != by and next(friday, issued) > occurred"
    )
    assert expression.reads == {"lasting", "by", "issued", "occurred"}
    assert expression.tasks == {"phone", "proof"}
    assert not expression.timed


@pytest.mark.parametrize("text", ["elapsed(occurred) > 1h", "not working_hours", "a and (holiday or b)"])
def test_an_expression_that_time_alone_can_turn_is_timed(text: str) -> None:
    assert parse(text).timed


@pytest.mark.parametrize(
    ("text", "column", "sign"),
    [
        ("", 1, "empty"),
        ("level = III", 7, "write =="),
        ("a && b", 3, "write and"),
        ("a ≥ 3", 3, "write >="),
        ("known（x）", 6, "write ("),
        ("a < b < c", 7, "two values at a time"),
        ("x not in [a]", 3, "write not (x in [..])"),
        ("30q", 1, "neither a number nor a span"),
        ("1.5wd", 1, "whole numbers"),
        ("9999999y", 1, "at most a thousand years"),
        ("known(a, b)", 1, "takes 1 argument"),
        ("knwon(a)", 1, "no function"),
        ("done(a + b)", 1, "the id of a task"),
        ("next(someday, occurred)", 1, "monday"),
        ("a b", 3, "does not fit"),
        ("a and", 6, "ends too early"),
        ("(a", 3, "“)” is needed"),
        ("'open", 1, "not closed"),
        ("a.", 3, "ends too early"),
        ("and", 1, "does not fit"),
        ("a % b", 3, "no meaning here"),
    ],
)
def test_a_text_that_is_no_expression_is_refused_with_the_column_and_the_way_out(
    text: str, column: int, sign: str
) -> None:
    with pytest.raises(NotAnExpression) as refused:
        parse(text)
    assert sign in refused.value.words.en
    assert refused.value.column == column


@pytest.mark.parametrize(
    "text",
    [
        "(" * 100_000,
        "(" * 2000,
        "not " * 900 + "a",
        "if a then b else " * 200 + "c",
        "1" + " + 1" * 900,
        "[" * 1999,
        "known(" * 600,
        "9" * 3000,
        "a" * (LONGEST + 1),
    ],
)
def test_hostile_texts_are_refused_like_any_other(text: str) -> None:
    with pytest.raises(NotAnExpression):
        parse(text)


def test_nesting_is_allowed_as_deep_as_it_says() -> None:
    depth = DEEPEST - 1
    assert parse("(" * depth + "a" + ")" * depth).tree == Name("a")
    with pytest.raises(NotAnExpression):
        parse("(" * (depth + 1) + "a" + ")" * (depth + 1))
