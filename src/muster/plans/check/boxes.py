"""Whether conditions can hold together: a search for a box of answers in which they do.

A box gives each question a range: the levels that are left, an interval of numbers, yes or no, known or not. Every
comparison cuts a range, every `or` divides the search, and an empty range ends it. What cannot be cut (two facts
compared, a setting that an organisation may change) is a question of its own: so "cannot hold" is certain, while "can
hold" is not. As in the engine, a comparison of something unknown is neither true nor false.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from msgspec import Struct

from muster.plans.conditions import (
    CALENDAR_NAMES,
    INSTANTS,
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
from muster.plans.model import CaseKind, Edition
from muster.plans.parsing import render

# Bounds of one search. Beyond them a plan gets the benefit of the doubt.
MOST_STEPS = 3000
DEEPEST = 150

YES = frozenset({"true"})
NO = frozenset({"false"})
MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
# What a comparison of two things that are no constants leaves of less, equal, more.
LEAVES = {op: frozenset(kept) for op, kept in
          {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "==": "=", "!=": "<>"}.items()}  # fmt: skip
# Calls that choose among instants: known or not as a whole.
CHOOSERS = frozenset({"first_known", "earliest", "latest"})


class Interval(Struct, frozen=True):
    """Numbers, or seconds where it `spans` time, between two bounds; `whole` where only whole numbers occur."""

    low: float = -math.inf
    high: float = math.inf
    low_open: bool = True
    high_open: bool = True
    whole: bool = False
    spans: bool = False

    def cut(self, operator: str, value: float) -> Interval | None:
        """What is left where `operator value` holds (no !=); None where nothing is."""
        low, high, low_open, high_open = self.low, self.high, self.low_open, self.high_open
        if operator in (">", ">=", "==") and (value > low or (value == low and operator == ">")):
            low, low_open = value, operator == ">"
        if operator in ("<", "<=", "==") and (value < high or (value == high and operator == "<")):
            high, high_open = value, operator == "<"
        if operator == "==" and (low != value or high != value):
            return None
        if self.whole and low > -math.inf:
            low, low_open = (math.floor(low) + 1 if low_open else math.ceil(low)), False
        if self.whole and high < math.inf:
            high, high_open = (math.ceil(high) - 1 if high_open else math.floor(high)), False
        if low > high or (low == high and (low_open or high_open)):
            return None
        return Interval(low, high, low_open, high_open, self.whole, self.spans)


Range = frozenset[str] | Interval
Box = dict[str, Range]


class Cut(Struct, frozen=True):
    """One question and what is left of it: the values to `keep`, or the part of `line` where `operator value` holds."""

    question: str
    keep: frozenset[str] = frozenset()
    line: Interval | None = None
    operator: str = ""
    value: float = 0


class Way(Struct, frozen=True):
    """One way of meeting a condition: cuts at once, and conditions that remain to be met."""

    cuts: tuple[Cut, ...] = ()
    goals: tuple[tuple[Node, bool], ...] = ()


class _TooLong(Exception):
    """The search has taken so long that nothing is said."""


class Boxes:
    """Searches over the questions of one edition. `form` is the form that `form.field` speaks of."""

    def __init__(self, edition: Edition, form: str = "") -> None:
        self.edition = edition
        self._kept: dict[tuple[tuple[Node, ...], CaseKind | None], bool] = {}
        self._steps = 0
        fields = edition.forms[form].fields if form in edition.forms else ()
        self._fields = {field.id: field for field in fields}

    def can_hold(self, conditions: Sequence[Node], kind: CaseKind | None = None) -> bool:
        """Whether all `conditions` can be true at once. False is certain.

        With `kind`, scales of other kinds of case are never known.
        """
        key = (tuple(conditions), kind)
        if key not in self._kept:
            self._kept[key] = not conditions or self._is_found(conditions, (), kind)
        return self._kept[key]

    def can_fail(self, holds: Sequence[Node], fails: Sequence[Node]) -> bool:
        """Whether `holds` can be true while each of `fails` is not. False is certain."""
        # Not true is false or unknown. What is read in `holds` is known there; the rest may well be unknown, and then
        # `fails` is not true already, unless all that it reads is read in `holds`. So: false, or a name left open.
        read = {name for node in holds for name in self._needs_of_all(node)}
        open_ = [node for node in fails if not set(self._needs_of_all(node)) <= read]
        return self._is_found(holds, [node for node in fails if node not in open_], None)

    def witness(self, holds: Sequence[Node], fails: Sequence[Node]) -> Box | None:
        """A box in which `holds` are true and `fails` false; None where none is found that is sure."""
        try:
            box = self._first(holds, fails, None)
        except _TooLong:
            return None
        return None if box is None or any(question.startswith("?") for question in box) else box

    def _is_found(self, holds: Iterable[Node], fails: Iterable[Node], kind: CaseKind | None) -> bool:
        try:
            return self._first(holds, fails, kind) is not None
        except _TooLong:
            return True

    def _first(self, holds: Iterable[Node], fails: Iterable[Node], kind: CaseKind | None) -> Box | None:
        self._steps = MOST_STEPS
        box: Box = {}
        if kind is not None:
            box = {f"known {scale.id}": NO for scale in self.edition.scales.values() if scale.of is not kind}
        return self._search([*((node, True) for node in holds), *((node, False) for node in fails)], (), box, 0)

    # --- the search -----------------------------------------------------------------------------------------------

    def _search(
        self, goals: Iterable[tuple[Node, bool]], choices: tuple[tuple[Way, ...], ...], box: Box | None, depth: int
    ) -> Box | None:
        """What leaves no choice first, then each way of the first choice, with the other choices still to come."""
        waiting = list(goals)
        while waiting and box is not None:
            self._steps -= 1
            if self._steps < 0 or depth > DEEPEST:
                raise _TooLong
            ways = self._ways(*waiting.pop())
            if len(ways) == 1:
                box = _cut(box, ways[0].cuts)
                waiting.extend(ways[0].goals)
            elif ways:
                choices = (*choices, ways)
            else:
                return None
        if box is None or not choices:
            return box
        for way in choices[0]:
            found = self._search(way.goals, choices[1:], _cut(box, way.cuts), depth + 1)
            if found is not None:
                return found
        return None

    def _ways(self, node: Node, wanted: bool) -> tuple[Way, ...]:
        """Every way in which `node` is true (`wanted`) or false; none where it cannot be."""
        match node:
            case Constant(value=bool() as value):
                return (Way(),) if value is wanted else ()
            case Not(of=of):
                return (Way(goals=((of, not wanted),)),)
            case And(parts=parts) | Or(parts=parts):
                if isinstance(node, And) is wanted:
                    return (Way(goals=tuple((part, wanted) for part in parts)),)
                return tuple(Way(goals=((part, wanted),)) for part in parts)
            case Choose(condition=condition, yes=yes, no=no):
                return (
                    Way(goals=((condition, True), (yes, wanted))),
                    Way(goals=((condition, False), (no, wanted))),
                )
            case Compare(operator=operator, left=left, right=right):
                return self._compared(operator, left, right, wanted)
            case Call(function="known", arguments=(argument,)):
                if isinstance(argument, Name) and argument.id in ("types", "stage", *CALENDAR_NAMES):
                    return (Way(),) if wanted else ()
                return (Way((Cut(f"known {render(argument)}", YES if wanted else NO),)),)
            case Name(id=name) if name in self.edition.facts:
                derived = self.edition.facts[name].derived
                if derived is not None:
                    return (Way(goals=((derived.tree, wanted),)),)
        return (Way((*self._known(node), Cut(self._mark(node) + render(node), YES if wanted else NO))),)

    def _mark(self, *nodes: Node) -> str:
        """`?` before a question that is not one of the case's own, so that an example cannot rest on it."""
        plain = all(
            isinstance(node, FieldOf) or (isinstance(node, Name) and (node.id in self.edition.facts or node.id in CALENDAR_NAMES))
            for node in nodes
        )  # fmt: skip
        return "" if plain else "?"

    def _compared(self, operator: str, left: Node, right: Node, wanted: bool) -> tuple[Way, ...]:
        if operator == "in":
            return self._within(left, right, wanted)
        for subject, other, sign in ((left, right, operator), (right, left, MIRRORED[operator])):
            if not wanted:
                sign = OPPOSITE[sign]
            if isinstance(other, Constant) and isinstance(other.value, bool):
                return (Way(goals=((subject, other.value is (sign == "==")),)),)
            order = self._values(subject)
            value = _word(other)
            if order and value in order:
                kept = _kept(order, sign, value)
                return (Way((*self._known(subject), Cut(render(subject), kept))),) if kept else ()
            amount = _amount(other)
            if amount is not None and _amount(subject) is None:
                line = self._line(subject, isinstance(other, Constant) and isinstance(other.value, Span))
                signs = ("<", ">") if sign == "!=" else (sign,)
                known = self._known(subject)
                return tuple(
                    Way((*known, Cut(render(subject), line=line, operator=each, value=amount))) for each in signs
                )
        a, b, sign = render(left), render(right), operator if wanted else OPPOSITE[operator]
        if a > b:
            a, b, sign = b, a, MIRRORED[sign]
        return (Way((*self._known(left), *self._known(right), Cut(f"?{a} : {b}", LEAVES[sign]))),)

    def _within(self, left: Node, right: Node, wanted: bool) -> tuple[Way, ...]:
        if isinstance(right, ListOf):
            order = self._values(left)
            words = {_word(item) for item in right.items}
            if order and words <= set(order):
                kept = frozenset(each for each in order if (each in words) is wanted)
                return (Way((*self._known(left), Cut(render(left), kept))),) if kept else ()
            equal = tuple(Compare("==", left, item) for item in right.items)
            if wanted:
                return tuple(Way(goals=((each, True),)) for each in equal)
            return (Way(goals=tuple((each, False) for each in equal)),)
        known = () if isinstance(right, Name) and right.id == "types" else self._known(right)
        mark = "" if isinstance(right, Name) and (right.id == "types" or right.id in self.edition.facts) else "?"
        return (Way((*known, Cut(f"{mark}{render(left)} in {render(right)}", YES if wanted else NO))),)

    # --- what questions are about ---------------------------------------------------------------------------------

    def _values(self, node: Node) -> tuple[str, ...]:
        """The values that `node` can have, lowest first; empty where they are not known."""
        if isinstance(node, Name):
            if (scale := self.edition.scales.get(node.id)) is not None:
                return tuple(level.id for level in scale.levels)
            if node.id == "stage":
                return tuple(stage.value for stage in self.edition.stages)
            fact = self.edition.facts.get(node.id)
            return tuple(choice.id for choice in fact.values) if fact is not None and fact.type == "enum" else ()
        if isinstance(node, FieldOf) and node.field in self._fields:
            field = self._fields[node.field]
            return tuple(choice.id for choice in field.values) if field.type == "enum" else ()
        return ()

    def _line(self, node: Node, spans: bool) -> Interval:
        """The numbers that `node` can be."""
        if isinstance(node, Call) and node.function in ("count", "elapsed"):
            return Interval(low=0, low_open=False, whole=node.function == "count", spans=spans)
        type_ = ""
        if isinstance(node, Name) and node.id in self.edition.facts:
            type_ = self.edition.facts[node.id].type
        elif isinstance(node, FieldOf) and node.field in self._fields:
            type_ = self._fields[node.field].type
        return Interval(whole=type_ == "int", spans=spans)

    def _known(self, node: Node) -> tuple[Cut, ...]:
        return tuple(Cut(f"known {name}", YES) for name in self._needs(node))

    def _needs(self, node: Node) -> list[str]:
        """What has to be known for `node` to have a value."""
        match node:
            case Name(id=name):
                return [name] if name in self.edition.facts or name in self.edition.scales or name in INSTANTS else []
            case FieldOf():
                return [render(node)]
            case Call(function="known"):
                return []
            case Call(function="count", arguments=(Name(id=name),)) if name in self.edition.actors:
                return []
            case Call(function=function, arguments=arguments):
                if function in CHOOSERS or function in ("done", "received", "done_by", "confirmed"):
                    return [render(node)]
                return [name for argument in arguments for name in self._needs(argument)]
            case Sum(left=left, right=right) | Compare(left=left, right=right):
                return [*self._needs(left), *self._needs(right)]
        return []

    def _needs_of_all(self, node: Node) -> list[str]:
        """What the whole of a condition rests on, derived facts as well."""
        match node:
            case Not(of=of):
                return self._needs_of_all(of)
            case And(parts=parts) | Or(parts=parts):
                return [name for part in parts for name in self._needs_of_all(part)]
            case Choose(condition=condition, yes=yes, no=no):
                return [name for part in (condition, yes, no) for name in self._needs_of_all(part)]
            case Name(id=name) if name in self.edition.facts and self.edition.facts[name].type == "bool":
                derived = self.edition.facts[name].derived
                return [name] if derived is None else self._needs_of_all(derived.tree)
        return self._needs(node)


def _cut(box: Box | None, cuts: Iterable[Cut]) -> Box | None:
    """`box` with the ranges of some questions made smaller; None where nothing is left of one."""
    if box is None:
        return None
    smaller = dict(box)
    for cut in cuts:
        before = smaller.get(cut.question)
        after: Range | None
        if cut.line is not None:
            line = before if isinstance(before, Interval) else cut.line
            after = line.cut(cut.operator, cut.value)
        else:
            after = (before & cut.keep if isinstance(before, frozenset) else cut.keep) or None
        if after is None:
            return None
        smaller[cut.question] = after
    return smaller


def _word(node: Node) -> str:
    """The bare word or text that a value of an enum is written as; "" for anything else."""
    if isinstance(node, Name):
        return node.id
    return node.value if isinstance(node, Constant) and isinstance(node.value, str) else ""


def _amount(node: Node) -> float | None:
    """A number, or the seconds of a span that has an exact length; None for anything else."""
    if not isinstance(node, Constant) or isinstance(node.value, bool | str):
        return None
    if isinstance(node.value, Span):
        return None if node.value.working_days or node.value.months else float(node.value.seconds)
    return float(node.value)


def _kept(order: tuple[str, ...], operator: str, value: str) -> frozenset[str]:
    """The values of `order` for which `operator value` holds."""
    rank = order.index(value)
    ranks = range(len(order))
    holds = {
        "<": ranks[:rank], "<=": ranks[: rank + 1], ">": ranks[rank + 1 :], ">=": ranks[rank:],
        "==": ranks[rank : rank + 1], "!=": [each for each in ranks if each != rank],
    }[operator]  # fmt: skip
    return frozenset(order[each] for each in holds)
