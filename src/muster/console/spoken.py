"""Conditions and clocks of a plan, said as sentences of the reader's language: 事发后1小时内, 级别为Ⅲ级, 尚未启动响应.

What a rule says is read from its tree, so that what the plan reader shows is what the engine runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta

from babel.dates import get_day_names
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from muster.console import naming, words
from muster.engine import Program
from muster.plans import conditions as c
from muster.plans.conditions import Expression, Node, Span
from muster.plans.model import Task

DAY_SECONDS = 86_400
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ENGLISH = {
    "立即": "immediately", "马上": "at once", "即时": "instantly", "随即": "right away", "及时": "promptly",
    "迅速": "swiftly", "第一时间": "as the first thing", "尽快": "as soon as possible", "首先": "first",
    "同时": "at the same time", "随时": "at any time", "适时": "in due course", "当天": "the same day",
    "最短时间内": "in the shortest time", "以最短时间": "in the shortest time", "按有关规定": "as the rules require",
}  # fmt: skip


def clock(program: Program, due: Expression | None, *, of: str = "") -> str:
    """By when something is due: 事发后1小时内. "" for none. `of`: the task whose clock it is."""
    return _Speaker(program, due.source, of).limit(due.tree) if due is not None else ""


def value(program: Program, given: Expression | None) -> str:
    """What a setting is set to, a moment, an anchor: 3个月, 事发. "" for none."""
    return _Speaker(program, given.source).said(given.tree) if given is not None else ""


def condition(program: Program, parts: Iterable[Expression]) -> str:
    """When something holds, all parts together. "" for always."""
    return _("; ").join(_Speaker(program, part.source).said(part.tree) for part in parts)


def node(program: Program, tree: Node) -> str:
    """One part of a condition."""
    return _Speaker(program, "").said(tree)


def word(given: str) -> str:
    """及时, 立即: the plan's own word in place of a number. In English what it means."""
    return given if naming.language() == "zh" else _ENGLISH.get(given, f"“{given}”")


def prompt(program: Program, task: Task) -> str:
    """A clock without a number, with its anchor: 事发后立即. "" where the plan has no word."""
    if not task.word:
        return ""
    if task.since is None:
        return word(task.word)
    anchor = _Speaker(program, task.since.source, task.id).moment(task.since.tree)
    return _("%(word)s after %(instant)s") % {"word": word(task.word), "instant": anchor}


def span(length: Span, *, in_hours: bool = False) -> str:
    """A length of time as a plan writes it. `in_hours`: the plan writes 24 hours, not a day."""
    if length.working_days:
        return _("%(count)d working days") % {"count": length.working_days}
    if length.months:
        years, months = divmod(length.months, 12)
        if years and not months:
            return _("%(count)d y") % {"count": years}
        return _("%(count)d mo") % {"count": length.months}
    if in_hours and length.seconds % 3600 == 0:
        return _("%(hours)d h") % {"hours": length.seconds // 3600}
    if length.seconds % 3600 and length.seconds < DAY_SECONDS:
        hours, minutes = divmod(length.seconds // 60, 60)
        if not hours:
            return _("%(count)d min") % {"count": minutes}
        return (
            _("%(hours)d h") % {"hours": hours}
            + ("" if naming.language() == "zh" else " ")
            + _("%(count)d min") % {"count": minutes}
        )
    return words.duration(timedelta(seconds=length.seconds))


def weekday(day: str) -> str:
    """周五 / Friday."""
    names = get_day_names("abbreviated" if naming.language() == "zh" else "wide", locale=words.locale_of_dates())
    return str(names[_WEEKDAYS.index(day)]) if day in _WEEKDAYS else day


class _Speaker:
    """Says one expression of one plan."""

    def __init__(self, program: Program, source: str, of: str = "") -> None:
        self.of = of
        self.program = program
        self.edition = program.edition
        self.in_hours = {int(each) for each in re.findall(r"\b(\d+)h\b", source)}

    # --- limits and moments

    def limit(self, tree: Node) -> str:
        match tree:
            case c.Sum("+", left, right):
                return _("within %(length)s of %(instant)s") % {
                    "length": self.said(right),
                    "instant": self.moment(left),
                }
            case c.Call("end_of_day", (of,)):
                return _("by the end of the day of %(instant)s") % {"instant": self.moment(of)}
            case c.Call("next", (c.Name(day), of)):
                return _("by the end of the first %(day)s on or after %(instant)s") % {
                    "day": weekday(day), "instant": self.moment(of),
                }  # fmt: skip
            case c.Choose(when, yes, no):
                return self._choice(when, self.limit(yes), self.limit(no))
            case c.Call("earliest", many):
                listed = naming.join(self.limit(each) for each in many)
                return _("%(list)s, whichever is earliest") % {"list": listed}
            case c.Call("latest", many):
                return _("%(list)s, whichever is latest") % {"list": naming.join(self.limit(each) for each in many)}
            case c.Name(name) if name in self.edition.facts and self.edition.facts[name].derived is not None:
                derived = self.edition.facts[name].derived
                assert derived is not None
                return _Speaker(self.program, derived.source).limit(derived.tree)
        return _("no later than %(instant)s") % {"instant": self.moment(tree)}

    def moment(self, tree: Node) -> str:
        """An instant that something counts from: 事发, “电话报告”完成."""
        match tree:
            case c.Call("done", (of,)):
                return pgettext("instant", "completion of “%(task)s”") % {"task": self._task(of)}
            case c.Call("received", (of,)):
                return pgettext("instant", "receipt of “%(task)s”") % {"task": self._task(of)}
            case c.Call("confirmed", (of,)):
                return pgettext("instant", "confirmation of %(scale)s") % {"scale": self.said(of)}
            case c.Call("first_known", (first, *rest)) if rest:
                return self._first_known(first, rest)
            case c.Call("end_of_day", (of,)):
                return _("the end of the day of %(instant)s") % {"instant": self.moment(of)}
            case c.Call("earliest", many):
                return _("the earliest of %(list)s") % {"list": naming.join(self.moment(each) for each in many)}
            case c.Call("latest", many):
                return _("the latest of %(list)s") % {"list": naming.join(self.moment(each) for each in many)}
            case c.Sum("+", left, right):
                return _("%(length)s after %(instant)s") % {"length": self.said(right), "instant": self.moment(left)}
            case c.Choose(when, yes, no):
                return self._choice(when, self.moment(yes), self.moment(no))
        return self.said(tree)

    def _first_known(self, first: Node, rest: Sequence[Node]) -> str:
        match first, rest:
            case c.Call("done", (c.Name(task),)), _others if task == self.of:
                said = {"first": naming.join(self.moment(each) for each in rest)}
                return _("%(first)s (later: the time before)") % said
            case c.Call("received", (c.Name(one),)), [c.Call("done", (c.Name(other),)), *others] if one == other:
                named = pgettext("instant", "receipt or completion of “%(task)s”") % {"task": self._task(c.Name(one))}
                if not others:
                    return named
                first, rest, said_first = c.Name(one), others, named
            case _:
                said_first = self.moment(first)
        said = {"first": said_first, "rest": naming.join(self.moment(each) for each in rest)}
        if isinstance(first, c.Call) and first.function in ("done", "received"):
            return _("%(first)s (until then: %(rest)s)") % said
        return _("%(first)s (where not known: %(rest)s)") % said

    def _choice(self, when: Node, yes: str, no: str) -> str:
        return _("%(yes)s if %(condition)s, else %(no)s") % {"yes": yes, "condition": self.said(when), "no": no}

    # --- conditions and values

    def said(self, tree: Node) -> str:
        match tree:
            case c.Constant(given):
                if isinstance(given, bool):
                    return pgettext("answer", "yes") if given else pgettext("answer", "no")
                if isinstance(given, Span):
                    return span(given, in_hours=given.seconds in {3600 * each for each in self.in_hours})
                return str(given)
            case c.Name(name):
                return self._name(name)
            case c.FieldOf(_base, field):
                return self._field(field)
            case c.ListOf(items):
                return pgettext("list of choices", " or ").join(self.said(each) for each in items)
            case c.Not(of):
                return self._not(of)
            case c.And(parts):
                return self._and(parts)
            case c.Or(parts):
                return self._or(parts)
            case c.Compare(operator, left, right):
                return self._compare(operator, left, right)
            case c.Sum("+", left, right):
                return _("%(length)s after %(instant)s") % {"instant": self.said(left), "length": self.said(right)}
            case c.Sum(_minus, left, right) if self._is_instant(right):
                return _("the time from %(start)s to %(end)s") % {"start": self.said(right), "end": self.said(left)}
            case c.Sum(_minus, left, right):
                return _("%(length)s before %(instant)s") % {"instant": self.said(left), "length": self.said(right)}
            case c.Choose(when, yes, no):
                return self._choice(when, self.said(yes), self.said(no))
            case c.Call(function, arguments):
                return self._call(function, arguments)
        raise AssertionError(f"an expression that has no words: {tree!r}")

    def _inner(self, tree: Node) -> str:
        said = self.said(tree)
        if not isinstance(tree, c.Or | c.And) or self._of_type(tree):
            return said
        return f"（{said}）" if naming.language() == "zh" else f"({said})"

    def _and(self, parts: Sequence[Node]) -> str:
        """That something is known goes without saying beside what it is known to be."""
        asked = {part.of if isinstance(part, c.Not) else part for part in parts}
        said = [
            each for each in parts
            if not (isinstance(each, c.Call) and each.function == "known" and each.arguments[0] in asked)
        ]  # fmt: skip
        if len(said) == 1:
            return self.said(said[0])
        return pgettext("condition", " and ").join(self._inner(each) for each in said)

    def _or(self, parts: Sequence[Node]) -> str:
        """Types side by side are one phrase, and so is 非某情形（或尚不清楚）."""
        match parts:
            case [c.Not(c.Call("known", (c.Name(one),))), second] if _about(second) == one:
                return _("%(what)s, or not known yet") % {"what": self.said(second)}
        found: list[str] = []
        kinds = [named for each in parts if (named := self._of_type(each))]
        if kinds:
            listed = pgettext("list of choices", " or ").join(kinds)
            found.append(f"{self._name('types')}{_is()}{listed}")
        found += [self._inner(each) for each in parts if not self._of_type(each)]
        return pgettext("condition", " or ").join(found)

    def _of_type(self, tree: Node) -> str:
        """The types that a condition asks for, where it asks for nothing else."""
        match tree:
            case c.Compare("in", c.Name(kind), c.Name("types")) if kind in self.edition.types:
                return naming.say(self.edition.types[kind].name)
            case c.Or(parts) if all(self._of_type(each) for each in parts):
                return pgettext("list of choices", " or ").join(self._of_type(each) for each in parts)
        return ""

    def _not(self, of: Node) -> str:
        match of:
            case c.Call("known", (c.Name(name),)) if name in c.INSTANTS:
                return {
                    "occurred": pgettext("condition", "the time of occurrence is not known"),
                    "detected": pgettext("condition", "not detected yet"),
                    "reported": pgettext("condition", "not reported yet"),
                    "verified": pgettext("condition", "not verified yet"),
                    "started": pgettext("condition", "the response has not started"),
                    "ended": pgettext("condition", "the response has not ended"),
                    "issued": pgettext("condition", "not issued yet"),
                }[name]
            case c.Call("known", (c.Call("done", (task,)),)):
                return pgettext("condition", "“%(task)s” is not done yet") % {"task": self._task(task)}
            case c.Call("known", (c.Call("confirmed", (c.Name(name),)) | c.Name(name),)) if name in self.edition.scales:
                return pgettext("condition", "%(scale)s is not confirmed yet") % {"scale": self._name(name)}
            case c.Call("known", (asked,)):
                return pgettext("condition", "“%(what)s” is not known yet") % {"what": self.said(asked)}
            case c.Name("working_hours"):
                return pgettext("condition", "outside working hours")
            case c.Name("holiday"):
                return pgettext("condition", "not a holiday")
            case c.Compare("==", left, right):
                return self._compare("!=", left, right)
            case c.Compare("!=", left, right):
                return self._compare("==", left, right)
        if isinstance(of, c.And | c.Or):
            return pgettext("condition", "not (%(what)s)") % {"what": self.said(of)}
        return pgettext("condition", "not: %(what)s") % {"what": self.said(of)}

    def _name(self, name: str) -> str:
        edition = self.edition
        if name in edition.facts:
            return naming.say(edition.facts[name].name)
        if name in edition.scales:
            return naming.say(edition.scales[name].name)
        if (setting := edition.settings.get(name)) is not None:
            return _("%(setting)s (%(value)s)") % {"setting": naming.say(setting.name), "value": self._setting(name)}
        if name in c.INSTANTS:
            return {
                "occurred": pgettext("instant", "occurrence"),
                "detected": pgettext("instant", "detection"),
                "reported": pgettext("instant", "report received"),
                "verified": pgettext("instant", "verification"),
                "started": pgettext("instant", "start of the response"),
                "ended": pgettext("instant", "end of the response"),
                "issued": pgettext("instant", "issue"),
            }[name]
        if name in edition.types:
            return naming.say(edition.types[name].name)
        if name in edition.actors:
            return naming.actor(self.program, name)
        if name in edition.tasks:
            return naming.say(edition.tasks[name].name)
        for fact in edition.facts.values():
            for choice in fact.values:
                if choice.id == name:
                    return naming.say(choice.name)
        return {
            "types": pgettext("condition", "type"),
            "stage": pgettext("condition", "stage"),
            "working_hours": pgettext("condition", "working hours"),
            "holiday": pgettext("condition", "holiday"),
            "by": pgettext("condition", "who acts"),
            "times_raised": pgettext("condition", "how often the matter was raised"),
        }.get(name, name)

    def _setting(self, name: str) -> str:
        setting = self.edition.settings[name]
        if setting.value is None or setting.value.tree == c.Constant(Span()):
            return _("not set")
        return self.said(setting.value.tree) + self._unit(name)

    def _unit(self, name: str) -> str:
        of = self.edition.facts.get(name) or self.edition.settings.get(name)
        if of is None or of.unit is None:
            return ""
        return naming.say(of.unit) if naming.language() == "zh" else f" {naming.say(of.unit)}"

    def _field(self, field: str) -> str:
        for form in self.edition.forms.values():
            for each in form.fields:
                if each.id == field:
                    return f"“{naming.say(each.name)}”"
        return field

    def _is_instant(self, tree: Node) -> bool:
        match tree:
            case c.Name(name):
                fact = self.edition.facts.get(name)
                return name in c.INSTANTS or (fact is not None and fact.type in ("instant", "date"))
            case c.Call(function, _arguments):
                return function in ("done", "received", "confirmed", "first_known", "earliest", "latest", "end_of_day")
        return False

    def _value(self, beside: Node, given: Node) -> str:
        """A value, called as the thing beside it calls its values: 全市 for `impact == city`, Ⅲ级 for `level == III`."""
        if isinstance(given, c.ListOf):
            return pgettext("list of choices", " or ").join(self._value(beside, each) for each in given.items)
        key = given.id if isinstance(given, c.Name) else given.value if isinstance(given, c.Constant) else None
        if isinstance(beside, c.Name):
            if isinstance(key, str):
                fact = self.edition.facts.get(beside.id)
                for choice in fact.values if fact is not None else ():
                    if choice.id == key:
                        return naming.say(choice.name)
                if beside.id in self.edition.scales and (shown := naming.level(self.program, beside.id, key)):
                    return shown.code
                if beside.id == "stage":
                    return naming.stage(key)
            elif key is not None and not isinstance(key, bool | Span):
                return f"{key}{self._unit(beside.id)}"
        return self.said(given)

    def _compare(self, operator: str, left: Node, right: Node) -> str:
        if operator == "in" and isinstance(right, c.Name):
            if right.id == "types":
                return f"{self._name('types')}{_is()}{self._value(right, left)}"
            return _("%(set)s include %(value)s") % {"set": self._name(right.id), "value": self._value(right, left)}
        if isinstance(right, c.Constant) and isinstance(right.value, bool) and operator in ("==", "!="):
            return self.said(left) if right.value == (operator == "==") else self._not(left)
        match left, operator, right:
            case (c.Call("count", (of,)), ">=", c.Constant(1)) | (c.Call("count", (of,)), ">", c.Constant(0)):
                return pgettext("condition", "there is: %(what)s") % {"what": self.said(of)}
        value = self._value(left, right)
        if isinstance(left, c.Name) and left.id in self.edition.scales and operator in (">=", "<="):
            if operator == ">=":
                return _("%(level)s and above") % {"level": value}
            return _("%(level)s and below") % {"level": value}
        named = {"what": self.said(left), "value": value}
        match operator:
            case "==" | "in":
                return f"{named['what']}{_is()}{value}"
            case "!=":
                return f"{named['what']}{_is_not()}{value}"
            case ">=":
                return pgettext("condition", "%(what)s is at least %(value)s") % named
            case ">":
                return pgettext("condition", "%(what)s is more than %(value)s") % named
            case "<":
                return pgettext("condition", "%(what)s is less than %(value)s") % named
        return pgettext("condition", "%(what)s is at most %(value)s") % named

    def _task(self, of: Node) -> str:
        found = self.edition.tasks.get(of.id) if isinstance(of, c.Name) else None
        return naming.say(found.name) if found is not None else self.said(of)

    def _call(self, function: str, arguments: tuple[Node, ...]) -> str:
        match function:
            case "known":
                return self._known(arguments[0])
            case "done":
                return _("“%(task)s” is done") % {"task": self._task(arguments[0])}
            case "received":
                return _("“%(task)s” is received") % {"task": self._task(arguments[0])}
            case "confirmed":
                return _("%(scale)s confirmed") % {"scale": self.said(arguments[0])}
            case "elapsed":
                return _("time since %(instant)s") % {"instant": self.moment(arguments[0])}
            case "done_by":
                return _("who completed “%(task)s”") % {"task": self._task(arguments[0])}
            case "count":
                return _("the number of %(what)s") % {"what": self.said(arguments[0])}
            case "next":
                day = arguments[0].id if isinstance(arguments[0], c.Name) else ""
                return _("the first %(day)s on or after %(instant)s") % {
                    "day": weekday(day), "instant": self.moment(arguments[1]),
                }  # fmt: skip
        return self.moment(c.Call(function, arguments))

    def _known(self, asked: Node) -> str:
        match asked:
            case c.Name(name) if name in c.INSTANTS:
                return {
                    "occurred": pgettext("condition", "the time of occurrence is known"),
                    "detected": pgettext("condition", "it has been detected"),
                    "reported": pgettext("condition", "it has been reported"),
                    "verified": pgettext("condition", "it has been verified"),
                    "started": pgettext("condition", "the response has started"),
                    "ended": pgettext("condition", "the response has ended"),
                    "issued": pgettext("condition", "it has been issued"),
                }[name]
            case c.Call("confirmed", (c.Name(name),)) | c.Name(name) if name in self.edition.scales:
                return pgettext("condition", "%(scale)s is confirmed") % {"scale": self._name(name)}
            case c.Call("done" | "received", _arguments):
                return self.said(asked)
        return _("“%(what)s” is known") % {"what": self.said(asked)}


def _about(node: Node) -> str:
    """The fact that a short condition is about: itself, that it is not so, or what it is compared with."""
    match node:
        case c.Name(name) | c.Not(c.Name(name)) | c.Compare(_, c.Name(name), _):
            return name
    return ""


def _is() -> str:
    return "为" if naming.language() == "zh" else " is "


def _is_not() -> str:
    return "不是" if naming.language() == "zh" else " is not "
