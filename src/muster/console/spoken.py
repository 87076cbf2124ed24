"""Conditions and clocks of a plan, said as sentences of the reader's language: 事发起1小时, 级别为Ⅲ级, 须跨县区协调.

What a rule says is read from its tree, so that what the plan reader shows is what the engine runs.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from muster.console import naming, words
from muster.engine import Program
from muster.plans import conditions as c
from muster.plans.conditions import Expression, Node, Span


def clock(program: Program, due: Expression | None) -> str:
    """When something is due: 事发起1小时. "" for none."""
    return _node(program, due.tree) if due is not None else ""


def condition(program: Program, parts: Iterable[Expression]) -> str:
    """When something holds, all parts together. "" for always."""
    return _("; ").join(_node(program, part.tree) for part in parts)


def span(length: Span) -> str:
    """A length of time as a plan writes it."""
    if length.working_days:
        return _("%(count)d working days") % {"count": length.working_days}
    if length.months:
        years, months = divmod(length.months, 12)
        if years and not months:
            return _("%(count)d y") % {"count": years}
        return _("%(count)d mo") % {"count": length.months}
    return words.duration(timedelta(seconds=length.seconds))


def _node(program: Program, node: Node) -> str:
    match node:
        case c.Constant(value):
            if isinstance(value, bool):
                return pgettext("answer", "yes") if value else pgettext("answer", "no")
            return span(value) if isinstance(value, Span) else str(value)
        case c.Name(name):
            return _name(program, name)
        case c.FieldOf(base, field):
            return f"{base}.{field}"
        case c.ListOf(items):
            return pgettext("list of choices", " or ").join(_node(program, each) for each in items)
        case c.Not(of):
            return pgettext("condition", "not: %(what)s") % {"what": _node(program, of)}
        case c.And(parts):
            return pgettext("condition", " and ").join(_inner(program, each) for each in parts)
        case c.Or(parts):
            return pgettext("condition", " or ").join(_inner(program, each) for each in parts)
        case c.Compare(operator, left, right):
            return _compare(program, operator, left, right)
        case c.Sum(operator, left, right):
            return _sum(program, operator, left, right)
        case c.Choose(condition_, yes, no):
            return _("%(yes)s if %(condition)s, else %(no)s") % {
                "yes": _node(program, yes), "condition": _node(program, condition_), "no": _node(program, no),
            }  # fmt: skip
        case c.Call(function, arguments):
            return _call(program, function, arguments)


def _inner(program: Program, node: Node) -> str:
    said = _node(program, node)
    if not isinstance(node, c.Or | c.And):
        return said
    return f"（{said}）" if naming.language() == "zh" else f"({said})"


def _name(program: Program, name: str) -> str:
    edition = program.edition
    if name in edition.facts:
        return naming.say(edition.facts[name].name)
    if name in edition.scales:
        return naming.say(edition.scales[name].name)
    if name in edition.settings:
        return naming.say(edition.settings[name].name)
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
    return {
        "types": pgettext("condition", "type"),
        "stage": pgettext("condition", "stage"),
        "working_hours": pgettext("condition", "working hours"),
        "holiday": pgettext("condition", "holiday"),
        "by": pgettext("condition", "who acts"),
    }.get(name, name)


def _value(program: Program, beside: Node, node: Node) -> str:
    """A value, called as the thing beside it calls its values: 全市 for `impact == city`, Ⅲ级 for `level == III`."""
    if isinstance(node, c.ListOf):
        return pgettext("list of choices", " or ").join(_value(program, beside, each) for each in node.items)
    given = node.id if isinstance(node, c.Name) else node.value if isinstance(node, c.Constant) else None
    if isinstance(beside, c.Name) and isinstance(given, str):
        if (fact := program.edition.facts.get(beside.id)) is not None:
            for choice in fact.values:
                if choice.id == given:
                    return naming.say(choice.name)
        if beside.id in program.edition.scales:
            shown = naming.level(program, beside.id, given)
            if shown is not None:
                return shown.code
        if beside.id == "types" and given in program.edition.types:
            return naming.say(program.edition.types[given].name)
        if beside.id == "stage":
            return naming.stage(given)
    return _node(program, node)


def _compare(program: Program, operator: str, left: Node, right: Node) -> str:
    if operator == "in" and isinstance(right, c.Name) and right.id == "types":
        return f"{_name(program, 'types')}{_is()}{_value(program, right, left)}"
    signs = {"==": _is(), "in": _is(), "!=": _is_not(), "<": " < ", "<=": " ≤ ", ">": " > ", ">=": " ≥ "}
    if isinstance(right, c.Constant) and isinstance(right.value, bool):
        said = _node(program, left)
        positive = right.value if operator == "==" else not right.value
        return said if positive else pgettext("condition", "not: %(what)s") % {"what": said}
    value = _value(program, left, right)
    if isinstance(left, c.Name) and left.id in program.edition.scales and operator in (">=", "<="):
        return (
            _("%(level)s and above") % {"level": value}
            if operator == ">="
            else _("%(level)s and below") % {"level": value}
        )
    return f"{_node(program, left)}{signs[operator]}{value}"


def _is() -> str:
    return "为" if naming.language() == "zh" else " is "


def _is_not() -> str:
    return "不是" if naming.language() == "zh" else " is not "


def _sum(program: Program, operator: str, left: Node, right: Node) -> str:
    parts = {"instant": _node(program, left), "length": _node(program, right)}
    if operator == "+":
        return _("%(length)s from %(instant)s") % parts
    return _("%(length)s before %(instant)s") % parts


def _call(program: Program, function: str, arguments: tuple[Node, ...]) -> str:
    def task(node: Node) -> str:
        found = program.edition.tasks.get(node.id) if isinstance(node, c.Name) else None
        return naming.say(found.name) if found is not None else _node(program, node)

    said = [_node(program, each) for each in arguments]
    match function:
        case "known":
            return _("%(what)s is known") % {"what": said[0]}
        case "done":
            return _("“%(task)s” is done") % {"task": task(arguments[0])}
        case "received":
            return _("“%(task)s” is received") % {"task": task(arguments[0])}
        case "confirmed":
            return _("%(scale)s confirmed") % {"scale": said[0]}
        case "elapsed":
            return _("time since %(instant)s") % {"instant": said[0]}
        case "end_of_day":
            return _("the end of the day of %(instant)s") % {"instant": said[0]}
        case "first_known":
            return _("%(first)s; if not known, %(rest)s") % {"first": said[0], "rest": naming.join(said[1:])}
        case "earliest":
            return _("the earliest of %(list)s") % {"list": naming.join(said)}
        case "latest":
            return _("the latest of %(list)s") % {"list": naming.join(said)}
    return f"{function}({naming.join(said)})"
