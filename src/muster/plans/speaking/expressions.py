"""Expressions in words, read from the tree that the engine runs: 事件级别为Ⅲ级及以上, 事发后1小时内."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from muster.plans import conditions as c
from muster.plans.conditions import Node, Span
from muster.plans.model import Edition, Field, Words
from muster.plans.speaking.phrases import either, fill, listed, quoted, span
from muster.plans.speaking.vocabulary import (
    INSTANTS,
    IS_KNOWN,
    OF_ELAPSED,
    OF_INSTANTS,
    OF_NUMBERS,
    OF_RANKS,
    ROMAN,
    STAGES,
    WEEKDAYS,
)


class Names(Protocol):
    """What things are called: see `Speaker`."""

    @property
    def edition(self) -> Edition: ...
    @property
    def fields(self) -> Mapping[str, Field]: ...
    def task(self, id_: str) -> Words: ...
    def level(self, scale_id: str, level_id: str) -> Words: ...
    def name(self, id_: str) -> Words: ...


class Saying:
    """Says one expression. `source` tells whether the plan writes 24 hours or a day; `of` is the task whose clock it is."""

    def __init__(self, speaker: Names, source: str, of: str = "") -> None:
        self.speaker = speaker
        self.edition = speaker.edition
        self.source = source
        self.of = of
        self.in_hours = {3_600 * int(each) for each in re.findall(r"\b(\d{1,9})h\b", source)}

    # --- limits and moments

    def limit(self, tree: Node) -> Words:
        match tree:
            case c.Sum("+", left, right):
                return fill(
                    "{anchor}后{span}内", "within {span} of {anchor}", anchor=self.moment(left), span=self.said(right)
                )
            case c.Call("end_of_day", (of,)):
                return fill("{anchor}当日内", "by the end of the day of {anchor}", anchor=self.moment(of))
            case c.Call("next", (c.Name(day), of)):
                return fill(
                    "自{anchor}起首个{day}当日内", "by the end of the first {day} on or after {anchor}",
                    day=WEEKDAYS.get(day, Words(day)), anchor=self.moment(of),
                )  # fmt: skip
            case c.Call("earliest" | "latest" as which, many):
                zh, en = _WHICHEVER[which, len(many) > 2]
                return fill(
                    f"{{list}}（以{zh}者为准）", f"{{list}} (whichever is {en})",
                    list=either(self.limit(each) for each in many),
                )  # fmt: skip
            case c.Choose(when, yes, no):
                return self._choice(when, self.limit(yes), self.limit(no))
            case c.Name(id_) if (fact := self.edition.facts.get(id_)) is not None and fact.derived is not None:
                return Saying(self.speaker, fact.derived.source).limit(fact.derived.tree)
        return fill("不迟于{moment}", "no later than {moment}", moment=self.moment(tree))

    def moment(self, tree: Node) -> Words:
        """An instant that something counts from: 事发, “电话报告”完成."""
        match tree:
            case c.Call("done", (c.Name(task),)):
                return fill("{task}完成", "completion of {task}", task=self.speaker.task(task))
            case c.Call("received", (c.Name(task),)):
                return fill("{task}送达", "receipt of {task}", task=self.speaker.task(task))
            case c.Call("confirmed", (c.Name(scale),)):
                return fill("{scale}确认", "the confirmation of {scale}", scale=quoted(self.speaker.name(scale)))
            case c.Call("first_known", (first, *rest)) if rest:
                return self._first_known(first, rest)
            case c.Call("first_known", (only,)):
                return self.moment(only)
            case c.Call("earliest", many):
                return fill("{list}中最早一项", "the earliest of {list}", list=self._moments(many))
            case c.Call("latest", many):
                return fill("{list}中最晚一项", "the latest of {list}", list=self._moments(many))
            case c.Call("end_of_day", (of,)):
                return fill("{of}当日结束", "the end of the day of {of}", of=self.moment(of))
            case c.Call("next", (c.Name(day), of)):
                return fill(
                    "自{of}起首个{day}", "the first {day} on or after {of}",
                    day=WEEKDAYS.get(day, Words(day)), of=self.moment(of),
                )  # fmt: skip
            case c.Sum("+", left, right) if self._is_instant(left):
                return fill("{left}后{right}", "{right} after {left}", left=self.moment(left), right=self.said(right))
            case c.Sum(_, left, right) if self._is_instant(left) and not self._is_instant(right):
                return fill("{left}前{right}", "{right} before {left}", left=self.moment(left), right=self.said(right))
            case c.Choose(when, yes, no):
                return self._choice(when, self.moment(yes), self.moment(no))
        return self.said(tree)

    def _moments(self, many: Sequence[Node]) -> Words:
        return listed(self.moment(each) for each in many)

    def _first_known(self, first: Node, rest: Sequence[Node]) -> Words:
        """The first of these that is known; the time before, where it is the task's own."""
        match first, rest:
            case c.Call("done", (c.Name(task),)), _ if task == self.of:
                return fill("{rest}（其后按上次办理）", "{rest} (later: the time before)", rest=self._moments(rest))
            case c.Call("received", (c.Name(task),)), [c.Call("done", (c.Name(other),)), *rest] if task == other:
                named = self.speaker.task(task)
                said = fill("{task}送达或完成", "receipt or completion of {task}", task=named)
                if not rest:
                    return said
            case _:
                said = self.moment(first)
        if isinstance(first, c.Call) and first.function in ("done", "received"):
            return fill(
                "{first}（未完成的按{rest}）", "{first} (until then: {rest})", first=said, rest=self._moments(rest)
            )
        return fill(
            "{first}（不明的按{rest}）", "{first} (where not known: {rest})", first=said, rest=self._moments(rest)
        )

    def _choice(self, when: Node, yes: Words, no: Words) -> Words:
        return fill("{when}时{yes}，否则{no}", "{yes} if {when}, else {no}", when=self.said(when), yes=yes, no=no)

    # --- conditions and values

    def said(self, tree: Node) -> Words:
        match tree:
            case c.Constant(bool() as given):
                return Words("是", "yes") if given else Words("否", "no")
            case c.Constant(Span() as given):
                return span(given, in_hours=given.seconds in self.in_hours)
            case c.Constant(given):
                return Words(str(given), str(given))
            case c.Name(id_):
                return self.speaker.name(id_)
            case c.FieldOf(_, field):
                return quoted(self.speaker.fields[field].name) if field in self.speaker.fields else Words(field)
            case c.ListOf(items):
                return either(self.said(each) for each in items)
            case c.Not(of):
                return self._not(of)
            case c.And(parts):
                return self._and(parts)
            case c.Or(parts):
                return self._or(parts)
            case c.Compare(operator, left, right):
                return self._compare(operator, left, right)
            case c.Sum(operator, left, right):
                return self._sum(operator, left, right)
            case c.Choose(when, yes, no):
                return self._choice(when, self.said(yes), self.said(no))
            case c.Call(function, arguments):
                return self._call(function, arguments, tree)

    def _part(self, tree: Node) -> Words:
        said = self.said(tree)
        if not isinstance(tree, c.Or | c.And | c.Choose) or self._types(tree):
            return said
        return fill("（{said}）", "({said})", said=said)

    def _and(self, parts: Sequence[Node]) -> Words:
        """That something is known goes without saying beside what it is known to be."""
        asked = [part.of if isinstance(part, c.Not) else part for part in parts]
        told = [
            each for each in parts
            if not (isinstance(each, c.Call) and each.function == "known" and each.arguments[0] in asked)
        ]  # fmt: skip
        return self.said(told[0]) if len(told) == 1 else listed((self._part(each) for each in told), "，且", " and ")

    def _or(self, parts: Sequence[Node]) -> Words:
        """Types side by side are one phrase, 类型为甲或乙, and so is 非某情形（或尚不清楚）."""
        match parts:
            case [c.Not(c.Call("known", (c.Name(one),))), second] if _about(second) == one:
                return fill("{what}（或尚不清楚）", "{what}, or not known yet", what=self.said(second))
        types = [each for part in parts for each in self._types(part)]
        others = [self._part(each) for each in parts if not self._types(each)]
        return listed([*([self._of_types(either(types))] if types else []), *others], "，或", " or ")

    def _types(self, tree: Node) -> list[Words]:
        """The types that a condition asks for, where it asks for nothing else."""
        match tree:
            case c.Compare("in", c.Name(type_), c.Name("types")) if type_ in self.edition.types:
                return [self.edition.types[type_].name]
            case c.Or(parts) if all(self._types(each) for each in parts):
                return [named for each in parts for named in self._types(each)]
        return []

    def _of_types(self, types: Words) -> Words:
        return fill("{set}为{types}", "{set} is {types}", set=self.speaker.name("types"), types=types)

    def _not(self, of: Node) -> Words:
        match of:
            case c.Call("known", (c.Name(id_),)) if id_ in IS_KNOWN:
                return IS_KNOWN[id_][1]
            case c.Call("known", (c.Call("done", (c.Name(task),)),)):
                return fill("{task}尚未完成", "{task} is not done yet", task=self.speaker.task(task))
            case c.Call("known", (c.Call("received", (c.Name(task),)),)):
                return fill("尚未收到{task}", "{task} is not received yet", task=self.speaker.task(task))
            case c.Call("known", (c.Call("confirmed", (c.Name(scale),)) | c.Name(scale),)) if (
                scale in self.edition.scales
            ):
                return fill("{scale}尚未确认", "{scale} is not confirmed yet", scale=self.speaker.name(scale))
            case c.Call("known", (asked,)):
                return fill("{asked}尚不清楚", "{asked} is not known yet", asked=self._quoted(asked))
            case c.Name("working_hours"):
                return Words("非工作时间", "outside working hours")
            case c.Name("holiday"):
                return Words("非节假日", "not a holiday")
            case c.Compare("==", left, right):
                return self._compare("!=", left, right)
            case c.Compare("!=", left, right):
                return self._compare("==", left, right)
            case c.And() | c.Or():
                return fill("并非（{of}）", "not ({of})", of=self.said(of))
        return fill("非{asked}", "not: {of}", asked=self._quoted(of), of=self.said(of))

    def _quoted(self, tree: Node) -> Words:
        return self.said(tree) if isinstance(tree, c.FieldOf) else quoted(self.said(tree))

    def _call(self, function: str, arguments: tuple[Node, ...], tree: Node) -> Words:
        match function, arguments:
            case "known", (c.Name(id_),) if id_ in IS_KNOWN:
                return IS_KNOWN[id_][0]
            case "known", (c.Call("done", (c.Name(task),)),):
                return fill("{task}已完成", "{task} is done", task=self.speaker.task(task))
            case "known", (c.Call("received", (c.Name(task),)),):
                return fill("已收到{task}", "{task} is received", task=self.speaker.task(task))
            case "known", (c.Call("confirmed", (c.Name(scale),)) | c.Name(scale),) if scale in self.edition.scales:
                return fill("{scale}已确认", "{scale} is confirmed", scale=self.speaker.name(scale))
            case "known", (asked,):
                return fill("{asked}已查明", "{asked} is known", asked=self._quoted(asked))
            case "count", (of,):
                return fill("{of}的数量", "the number of {of}", of=self.said(of))
            case "elapsed", (of,):
                return fill("{of}至今", "time since {of}", of=self.moment(of))
            case "done_by", (c.Name(task),):
                return fill("{task}的办理人", "who completed {task}", task=self.speaker.task(task))
        return self.moment(tree)

    def _sum(self, operator: str, left: Node, right: Node) -> Words:
        if self._is_instant(left) and self._is_instant(right):
            return fill(
                "{right}至{left}的时间", "the time from {right} to {left}",
                left=self.moment(left), right=self.moment(right),
            )  # fmt: skip
        if self._is_instant(left):
            return self.moment(c.Sum(operator, left, right))
        if operator == "+":
            return fill("{left}加{right}", "{left} plus {right}", left=self.said(left), right=self.said(right))
        return fill("{left}减{right}", "{left} minus {right}", left=self.said(left), right=self.said(right))

    def _compare(self, operator: str, left: Node, right: Node) -> Words:
        if isinstance(right, c.Constant) and isinstance(right.value, bool) and operator in ("==", "!="):
            return self.said(left) if right.value == (operator == "==") else self._not(left)
        match left, operator, right:
            case _, "in", c.ListOf(items):
                values = either(self._value(left, each) for each in items)
                return fill("{left}为{values}", "{left} is {values}", left=self.said(left), values=values)
            case _, "in", c.Name("types"):
                return self._of_types(self._value(right, left))
            case _, "in", _:
                value = self._value(right, left)
                return fill("{set}包括{value}", "{set} include {value}", set=self.said(right), value=value)
            case (c.Call("count", (of,)), ">=", c.Constant(1)) | (c.Call("count", (of,)), ">", c.Constant(0)):
                return fill("有{of}", "there is: {of}", of=self.said(of))
        zh, en = self._manner(left)[operator]
        return fill(zh, en, left=self.said(left), right=self._value(left, right))

    def _manner(self, left: Node) -> Mapping[str, tuple[str, str]]:
        if isinstance(left, c.Call) and left.function == "elapsed":
            return OF_ELAPSED
        if self._has_ranks(left):
            return OF_RANKS
        return OF_INSTANTS if self._is_instant(left) else OF_NUMBERS

    def _value(self, beside: Node, given: Node) -> Words:
        """A value as the thing beside it calls its values, numbers with its unit: 全市 for `impact == city`."""
        match beside:
            case c.Name(id_):
                fact = self.edition.facts.get(id_)
                choices, unit = (fact.values, fact.unit) if fact is not None else ((), None)
                setting = self.edition.settings.get(id_)
                unit = setting.unit if setting is not None else unit
                if isinstance(given, c.Name) and id_ in self.edition.scales:
                    return self._rank(id_, given.id)
                if isinstance(given, c.Name) and id_ == "stage":
                    return STAGES.get(given.id, self.said(given))
                if isinstance(given, c.Name) and id_ == "types" and given.id in self.edition.types:
                    return self.edition.types[given.id].name
            case c.FieldOf(_, field) if field in self.speaker.fields:
                choices, unit = self.speaker.fields[field].values, None
            case _:
                return self.said(given)
        if isinstance(given, c.Name | c.Constant):
            key = given.id if isinstance(given, c.Name) else given.value
            named = next((choice.name for choice in choices if choice.id == key), None)
            if named is not None:
                return named
            if unit is not None and isinstance(key, int | float) and not isinstance(key, bool):
                return fill("{key}{unit}", "{key} {unit}", key=str(key), unit=unit)
        return self.said(given)

    def _rank(self, scale_id: str, level_id: str) -> Words:
        """A level beside the name of its scale: Ⅲ级 / III, 黄色 for 黄色预警."""
        said = self.speaker.level(scale_id, level_id)
        return Words(said.zh.removesuffix("预警"), level_id if level_id in ROMAN else said.en)

    def _has_ranks(self, tree: Node) -> bool:
        if not isinstance(tree, c.Name):
            return False
        fact = self.edition.facts.get(tree.id)
        return tree.id in self.edition.scales or tree.id == "stage" or (fact is not None and fact.type == "enum")

    def _is_instant(self, tree: Node) -> bool:
        match tree:
            case c.Name(id_):
                fact = self.edition.facts.get(id_)
                return id_ in INSTANTS or (fact is not None and fact.type in ("instant", "date"))
            case c.FieldOf(_, field):
                return field in self.speaker.fields and self.speaker.fields[field].type in ("instant", "date")
            case c.Call("first_known" | "earliest" | "latest", (first, *_)):
                return self._is_instant(first)
            case c.Call(function, _):
                return function in ("done", "received", "confirmed", "end_of_day", "next")
            case c.Sum(_, left, right):
                return self._is_instant(left) and not self._is_instant(right)
            case c.Choose(_, yes, _):
                return self._is_instant(yes)
        return False


def _about(tree: Node) -> str:
    """The fact that a short condition is about: itself, that it is not so, or what it is compared with."""
    match tree:
        case c.Name(id_) | c.Not(c.Name(id_)) | c.Compare(_, c.Name(id_), _):
            return id_
    return ""


_WHICHEVER = {
    ("earliest", False): ("较早", "earlier"), ("earliest", True): ("最早", "earliest"),
    ("latest", False): ("较晚", "later"), ("latest", True): ("最晚", "latest"),
}  # fmt: skip
