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
    """Says one expression. `source` tells whether the plan writes 24 hours or a day."""

    def __init__(self, speaker: Names, source: str) -> None:
        self.speaker = speaker
        self.edition = speaker.edition
        self.source = source
        self.in_hours = {3_600 * int(each) for each in re.findall(r"\b(\d{1,9})h\b", source)}

    def limit(self, tree: Node) -> Words:
        match tree:
            case c.Sum("+", left, right):
                return fill(
                    "{anchor}后{span}内", "within {span} of {anchor}", anchor=self.moment(left), span=self.said(right)
                )
            case c.Call("end_of_day", (of,)):
                return fill("{anchor}当天", "by the end of the day of {anchor}", anchor=self.moment(of))
            case c.Call("next", (c.Name(day), of)):
                return fill(
                    "{anchor}起第一个{day}前", "by the first {day} after {anchor}",
                    day=WEEKDAYS.get(day, Words(day)), anchor=self.moment(of),
                )  # fmt: skip
            case c.Call("earliest", many):
                return fill(
                    "{list}（以较早者为准）",
                    "{list} (whichever is earlier)",
                    list=either(self.limit(each) for each in many),
                )
            case c.Call("latest", many):
                return fill(
                    "{list}（以较晚者为准）",
                    "{list} (whichever is later)",
                    list=either(self.limit(each) for each in many),
                )
            case c.Choose(when, yes, no):
                return self._choice(when, self.limit(yes), self.limit(no))
        return fill("不晚于{moment}", "no later than {moment}", moment=self.moment(tree))

    def moment(self, tree: Node) -> Words:
        match tree:
            case c.Call("done", (c.Name(task),)):
                return fill("{task}完成", "the completion of {task}", task=self.speaker.task(task))
            case c.Call("received", (c.Name(task),)):
                return fill("收到{task}", "the receipt of {task}", task=self.speaker.task(task))
            case c.Call("confirmed", (c.Name(scale),)):
                return fill("{scale}确认", "the confirmation of {scale}", scale=quoted(self.speaker.name(scale)))
            case c.Call("first_known", (first, *rest)) if rest:
                return fill(
                    "{first}（不清楚时以{rest}为准）", "{first} (where not known: {rest})",
                    first=self.moment(first), rest=listed(self.moment(each) for each in rest),
                )  # fmt: skip
            case c.Call("first_known", (only,)):
                return self.moment(only)
            case c.Call("earliest", many):
                return fill("{list}中最早的", "the earliest of {list}", list=listed(self.moment(each) for each in many))
            case c.Call("latest", many):
                return fill("{list}中最晚的", "the latest of {list}", list=listed(self.moment(each) for each in many))
            case c.Call("end_of_day", (of,)):
                return fill("{of}当天结束时", "the end of the day of {of}", of=self.moment(of))
            case c.Call("next", (c.Name(day), of)):
                return fill(
                    "{of}起第一个{day}",
                    "the first {day} after {of}",
                    day=WEEKDAYS.get(day, Words(day)),
                    of=self.moment(of),
                )
            case c.Sum("+", left, right) if self._is_instant(left):
                return fill("{left}后{right}", "{right} after {left}", left=self.moment(left), right=self.said(right))
            case c.Sum(_, left, right) if self._is_instant(left) and not self._is_instant(right):
                return fill("{left}前{right}", "{right} before {left}", left=self.moment(left), right=self.said(right))
            case c.Choose(when, yes, no):
                return self._choice(when, self.moment(yes), self.moment(no))
        return self.said(tree)

    def _choice(self, when: Node, yes: Words, no: Words) -> Words:
        return fill("{when}的，{yes}；否则{no}", "{yes} if {when}, else {no}", when=self.said(when), yes=yes, no=no)

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
                # That a thing is so says that it is known.
                told = [each for each in parts if not (isinstance(each, c.Call) and each.arguments[0] in parts)]
                return listed((self._part(each) for each in told), "，且", " and ")
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
        return fill("（{said}）", "({said})", said=said) if isinstance(tree, c.Or | c.And | c.Choose) else said

    def _or(self, parts: Sequence[Node]) -> Words:
        """Types side by side are one phrase: 事件类型为甲或乙."""
        types: list[Words] = []
        others: list[Words] = []
        for part in parts:
            match part:
                case c.Compare("in", c.Name(type_), c.Name("types")) if type_ in self.edition.types:
                    types.append(self.edition.types[type_].name)
                case _:
                    others.append(self._part(part))
        if types:
            others.insert(0, fill("事件类型为{types}", "the type is {types}", types=either(types)))
        return listed(others, "，或", " or ")

    def _not(self, of: Node) -> Words:
        match of:
            case c.Call("known", (c.Name(id_),)) if id_ in IS_KNOWN:
                return IS_KNOWN[id_][1]
            case c.Call("known", (c.Call("done", (c.Name(task),)),)):
                return fill("{task}尚未完成", "{task} is not completed yet", task=self.speaker.task(task))
            case c.Call("known", (c.Call("received", (c.Name(task),)),)):
                return fill("尚未收到{task}", "{task} is not received yet", task=self.speaker.task(task))
            case c.Call("known", (c.Call("confirmed", (c.Name(scale),)) | c.Name(scale),)) if (
                scale in self.edition.scales
            ):
                return fill("尚未确认{name}", "{name} is not confirmed yet", name=quoted(self.speaker.name(scale)))
            case c.Call("known", (asked,)):
                return fill("{asked}尚不清楚", "{asked} is not known yet", asked=self._asked(asked))
            case c.Name("working_hours"):
                return Words("不在工作时间", "it is outside working hours")
            case c.Name("holiday"):
                return Words("不是节假日", "it is no holiday")
            case c.Name(id_):
                return fill("{name}为否", "not {name}", name=quoted(self.speaker.name(id_)))
            case c.Compare("==", left, right):
                return self._compare("!=", left, right)
            case c.Compare("!=", left, right):
                return self._compare("==", left, right)
        return fill("并非（{of}）", "not ({of})", of=self.said(of))

    def _asked(self, tree: Node) -> Words:
        return quoted(self.said(tree)) if isinstance(tree, c.Name) else self.said(tree)

    def _call(self, function: str, arguments: tuple[Node, ...], tree: Node) -> Words:
        match function, arguments:
            case "known", (c.Name(id_),) if id_ in IS_KNOWN:
                return IS_KNOWN[id_][0]
            case "known", (c.Name(id_),) if id_ in self.edition.scales:
                return fill("已确认{name}", "{name} is confirmed", name=quoted(self.speaker.name(id_)))
            case "known", (c.Call("done", (c.Name(task),)),):
                return fill("{task}已完成", "{task} is completed", task=self.speaker.task(task))
            case "known", (c.Call("received", (c.Name(task),)),):
                return fill("已收到{task}", "{task} is received", task=self.speaker.task(task))
            case "known", (c.Call("confirmed", (c.Name(scale),)),):
                return fill("已确认{name}", "{name} is confirmed", name=quoted(self.speaker.name(scale)))
            case "known", (asked,):
                return fill("{asked}已知", "{asked} is known", asked=self._asked(asked))
            case "count", (of,):
                return fill("{of}的数量", "the number of {of}", of=self._asked(of))
            case "elapsed", (of,):
                return fill("{of}后经过的时间", "the time since {of}", of=self.moment(of))
            case "done_by", (c.Name(task),):
                return fill("完成{task}的人", "who completed {task}", task=self.speaker.task(task))
        return self.moment(tree)

    def _sum(self, operator: str, left: Node, right: Node) -> Words:
        if self._is_instant(left) and self._is_instant(right):
            return fill(
                "从{right}到{left}的时间",
                "the time from {right} to {left}",
                left=self.moment(left),
                right=self.moment(right),
            )
        if self._is_instant(left):
            return self.moment(c.Sum(operator, left, right))
        if operator == "+":
            return fill("{left}加{right}", "{left} plus {right}", left=self.said(left), right=self.said(right))
        return fill("{left}减{right}", "{left} minus {right}", left=self.said(left), right=self.said(right))

    def _compare(self, operator: str, left: Node, right: Node) -> Words:
        if isinstance(right, c.Constant) and isinstance(right.value, bool) and operator in ("==", "!="):
            if isinstance(left, c.Name | c.FieldOf):
                given = right.value == (operator == "==")
                return fill(
                    "{left}为{given}", "{left} is {given}", left=self.said(left), given=self.said(c.Constant(given))
                )
            return self.said(left) if right.value == (operator == "==") else self._not(left)
        if operator == "in":
            if isinstance(right, c.ListOf):
                values = either(self._value(left, each) for each in right.items)
                return fill("{left}为{values}", "{left} is {values}", left=self.said(left), values=values)
            value = self._value(right, left)
            if right == c.Name("types"):
                return fill("事件类型为{value}", "the type is {value}", value=value)
            return fill("{set}包括{value}", "{set} includes {value}", set=self.said(right), value=value)
        if isinstance(left, c.Call) and left.function == "elapsed" and operator in (">", ">=", "<", "<="):
            zh, en = OF_ELAPSED[operator]
            return fill(zh, en, left=self.moment(left.arguments[0]), right=self.said(right))
        manner = OF_RANKS if self._has_ranks(left) else OF_INSTANTS if self._is_instant(left) else OF_NUMBERS
        zh, en = manner[operator]
        return fill(zh, en, left=self.said(left), right=self._value(left, right))

    def _value(self, beside: Node, given: Node) -> Words:
        """A value as the thing beside it calls its values, numbers with its unit: 全市 for `impact == city`."""
        match beside:
            case c.Name(id_):
                fact = self.edition.facts.get(id_)
                choices, unit = (fact.values, fact.unit) if fact is not None else ((), None)
                setting = self.edition.settings.get(id_)
                unit = setting.unit if setting is not None else unit
                if isinstance(given, c.Name) and id_ in self.edition.scales:
                    return self.speaker.level(id_, given.id)
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
