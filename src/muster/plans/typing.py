"""What is wrong with the expressions of a plan: names that nothing is called, values compared that cannot be, a clock
that is no instant. An edition without such faults can be evaluated for any case without an error.
"""

from __future__ import annotations

from collections.abc import Iterable

from muster.plans.conditions import (
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
from muster.plans.faults import Faults, source_of
from muster.plans.findings import Path
from muster.plans.model import Words
from muster.plans.normal import TEXT_TYPES, Normal
from muster.plans.parsing import parse, render
from muster.plans.references import visit
from muster.plans.scope import (
    ACTOR,
    ANY,
    GROWING,
    INSTANT,
    LAPSE,
    LIST,
    NUMBER,
    SPAN,
    TEXT,
    TRUTH,
    Scope,
    Type,
    declared,
    words_of,
)
from muster.plans.shapes import SHAPES, Gives, Kind

LONGEST_CHAIN = 20  # derived facts that rest on one another
_MOST_CIRCLES = 50  # told; to write them all out would take longer than to find them


_WANTED: dict[Gives, tuple[Type, Words]] = {
    Gives.TRUTH: (TRUTH, Words("写成判断，例如 known(x)、x == y", "write a condition such as known(x) or x == y")),
    Gives.INSTANT: (INSTANT, Words("写成时刻，例如 occurred + 1h", "write an instant such as occurred + 1h")),
    Gives.SPAN: (SPAN, Words("写成时长，例如 1d，或类型为 duration 的参数", "write a span such as 1d, or a setting of type duration")),
}  # fmt: skip


class Checker:
    """Finds what is wrong with one expression. `form` is the form that `form.x` speaks of, "" where there is none."""

    def __init__(self, scope: Scope, faults: Faults, path: Path, source: str, form: str, key: Words) -> None:
        self.scope = scope
        self.faults = faults
        self.path = path
        self.source = source
        self.form = form
        self.key = key

    def fault(self, code: str, **values: object) -> None:
        self.faults.tell(code, self.path, values, source=self.source)

    # --- what an expression gives ---------------------------------------------------------------------------------

    def infer(self, node: Node, domain: Type | None = None) -> Type:
        """The type of `node`. A bare word is read as a value of `domain`, where there is one."""
        match node:
            case Constant(value=value):
                return self._constant(value, domain)
            case Name(id=name):
                return self._name(name, domain)
            case FieldOf(base=base, field=field):
                return self._field(base, field)
            case Call(function=function, arguments=arguments):
                return self._call(node, function, arguments)
            case ListOf(items=items):
                for item in items:
                    self.infer(item, domain)
                return LIST
            case Not(of=of):
                self.truth(of)
                return TRUTH
            case And(parts=parts) | Or(parts=parts):
                for part in parts:
                    self.truth(part)
                return TRUTH
            case Compare(operator=operator, left=left, right=right):
                self._compare(node, operator, left, right)
                return TRUTH
            case Sum(operator=operator, left=left, right=right):
                return self._sum(operator, left, right)
            case Choose(condition=condition, yes=yes, no=no):
                self.truth(condition)
                return self._either(yes, no, domain)

    def _constant(self, value: bool | int | float | str | Span, domain: Type | None) -> Type:
        match value:
            case bool():
                return TRUTH
            case Span():
                return SPAN
            case str():
                if domain is not None and domain.values:
                    self._member(value, domain)
                    return domain
                return TEXT
            case _:
                return NUMBER

    def _name(self, name: str, domain: Type | None) -> Type:
        found = self.scope.type_of(name)
        if domain is not None and domain.values and (found is None or name in domain.values):
            if found is not None and found != domain:
                self.fault("P026", id=name, of=domain.of)
            elif found is None:
                self._member(name, domain)
            return Type("enum", domain.of, domain.values, domain.ordered)
        if found is not None:
            return found
        if domain is not None and domain.kind in ("actor", "any"):
            if name not in self.scope.values():
                self._unknown(name)
            return domain
        self._unknown(name)
        return ANY

    def _unknown(self, name: str) -> None:
        known = self.scope.known()
        hint = self.faults.near(name, sorted(known))
        parts = name.split("-")
        if len(parts) > 1 and parts[0] in known:
            hint = Words("减号两边要留空格：a - b", "A minus sign has spaces around it: a - b")
        elif name in self.scope.values():
            hint = Words(
                f"“{name}”是一个值：与它的要素比较，写 x == {name}；类型写 {name} in types",
                f"“{name}” is a value: compare it with its fact, as in x == {name}; a type: {name} in types",
            )
        if not hint.zh:
            hint = Words("先在 facts、settings 或 scales 中定义它", "Define it under facts, settings or scales first")
        self.fault("P050", key=self.key, id=name[:60], near=hint)

    def _member(self, value: str, domain: Type) -> None:
        if value not in domain.values:
            self.fault(
                "P051",
                id=value[:60],
                of=domain.of,
                near=self.faults.near(value, domain.values),
                allowed=", ".join(domain.values[:20]),
            )

    def _field(self, base: str, field: str) -> Type:
        fields = self.scope.fields.get(self.form)
        if base != "form" or fields is None:
            self.fault("P058", expression=f"{base}.{field}"[:80])
            return ANY
        if field not in fields:
            near = self.faults.near(field, sorted(fields))
            self.fault("P057", form=self.form, field=field[:60], near=near)
            return ANY
        return declared(f"form.{field}", fields[field])

    def truth(self, node: Node) -> None:
        """`node` has to be true or false."""
        found = self.infer(node)
        if found.kind not in ("truth", "any"):
            self._not_what_is_wanted(node, found, Gives.TRUTH)

    def gives(self, node: Node, wanted: Gives) -> None:
        """`node` has to give what the key needs."""
        type_, _ = _WANTED[wanted]
        if wanted is Gives.TRUTH:
            self.truth(node)
            return
        found = self.infer(node)
        if found.kind not in (type_.kind, "any"):
            self._not_what_is_wanted(node, found, wanted)

    def _not_what_is_wanted(self, node: Node, found: Type, wanted: Gives) -> None:
        type_, mend = _WANTED[wanted]
        self.fault(
            "P054", key=self.key, wanted=words_of(type_), expression=_short(node), found=words_of(found), mend=mend
        )

    def gives_value(self, node: Node, wanted: Type) -> None:
        """`node` has to give a value of the type that is declared beside it."""
        found = self.infer(node, wanted)
        if "any" in (found.kind, wanted.kind) or (found.kind == wanted.kind and found.of == wanted.of):
            return
        if wanted.kind == "set" and (found.kind == "list" or found.of == wanted.of):
            return
        self.fault(
            "P054",
            key=self.key,
            wanted=words_of(wanted),
            expression=_short(node),
            found=words_of(found),
            mend=Words("改公式，或改 type", "change the expression, or the type"),
        )

    # --- operators ------------------------------------------------------------------------------------------------

    def _compare(self, node: Node, operator: str, left: Node, right: Node) -> None:
        if operator == "in":
            self._within(left, right)
            return
        a, b = self._both(left, right)
        if "any" in (a.kind, b.kind):
            return
        if a.kind != b.kind or a.of != b.of or a.kind in ("set", "list"):
            self.fault("P052", left=_short(left), left_type=words_of(a), right=_short(right), right_type=words_of(b))
        elif operator not in ("==", "!=") and not a.ordered:
            self.fault("P053", left=_short(left), operator=operator)
        elif a.kind == "span" and (a.grows or b.grows) and a.lapses and b.lapses:
            self.fault("P060", expression=_short(node))

    def _both(self, left: Node, right: Node) -> tuple[Type, Type]:
        """The types of both sides, the one that has a domain first, so that a bare word finds its meaning."""
        if self._is_word(left) and not self._is_word(right):
            b = self.infer(right)
            return self.infer(left, self._domain(b)), b
        a = self.infer(left)
        return a, self.infer(right, self._domain(a))

    def _is_word(self, node: Node) -> bool:
        return (isinstance(node, Name) and self.scope.type_of(node.id) is None) or (
            isinstance(node, Constant) and isinstance(node.value, str)
        )

    @staticmethod
    def _domain(type_: Type) -> Type | None:
        return type_ if type_.kind in ("enum", "set", "actor", "any") else None

    def _within(self, left: Node, right: Node) -> None:
        if isinstance(right, ListOf):
            a = self.infer(left)
            for item in right.items:
                b = self.infer(item, self._domain(a))
                if "any" not in (a.kind, b.kind) and (a.kind != b.kind or a.of != b.of or a.kind == "set"):
                    self.fault(
                        "P052", left=_short(left), left_type=words_of(a), right=_short(item), right_type=words_of(b)
                    )
            return
        b = self.infer(right)
        if b.kind == "set":
            a = self.infer(left, Type("enum", b.of, b.values))
            if a.kind == "any" or a.of == b.of:
                return
        else:
            a = self.infer(left)
            if b.kind in ("list", "any"):
                return
        self.fault("P052", left=_short(left), left_type=words_of(a), right=_short(right), right_type=words_of(b))

    def _sum(self, operator: str, left: Node, right: Node) -> Type:
        a, b = self.infer(left), self.infer(right)
        if "any" in (a.kind, b.kind):
            return a if b.kind == "any" and a.kind == "instant" else ANY
        match a.kind, operator, b.kind:
            case "instant", _, "span":
                return INSTANT
            case "instant", "-", "instant":
                return LAPSE
            case "span", "+", "instant" if not a.lapses:
                return INSTANT
            case "number", _, "number":
                return NUMBER
            case "span", _, "span" if not (a.lapses or b.lapses):
                return SPAN
        self.fault(
            "P055",
            operation=Words("加上", "add") if operator == "+" else Words("减去", "subtract"),
            left=_short(left),
            left_type=words_of(a),
            right=_short(right),
            right_type=words_of(b),
        )
        return ANY

    def _either(self, yes: Node, no: Node, domain: Type | None) -> Type:
        a, b = self.infer(yes, domain), self.infer(no, domain)
        if a.kind == "any" or b.kind == "any":
            return b if a.kind == "any" else a
        if a.kind != b.kind or a.of != b.of:
            self.fault("P052", left=_short(yes), left_type=words_of(a), right=_short(no), right_type=words_of(b))
            return ANY
        if a.kind == "span":
            return Type("span", ordered=True, lapses=a.lapses or b.lapses, grows=a.grows or b.grows)
        return a

    # --- calls ----------------------------------------------------------------------------------------------------

    def _call(self, node: Node, function: str, arguments: tuple[Node, ...]) -> Type:
        first = arguments[0]
        match function:
            case "known":
                if isinstance(first, Constant | ListOf | Compare | And | Or | Not):
                    wanted = Words("要素、时刻或 done(任务)", "a fact, an instant or done(task)")
                    self.fault("P056", function=function, argument=_short(first), found=Words("总是已知", "always known"), wanted=wanted)  # fmt: skip
                else:
                    self.infer(first)
                return TRUTH
            case "count":
                self._counted(first)
                return NUMBER
            case "elapsed":
                self._instants(function, arguments)
                return GROWING
            case "done" | "received":
                self._task(first)
                return INSTANT
            case "done_by":
                self._task(first)
                return ACTOR
            case "confirmed":
                if isinstance(first, Name) and first.id not in self.scope.scales:
                    near = self.faults.near(first.id, self.scope.scales)
                    self.fault("P020", sort=Words("等级体系", "scale"), id=first.id[:60], near=near)
                return INSTANT
            case "end_of_day":
                self._instants(function, arguments)
                return INSTANT
            case "next":
                self._instants(function, arguments[1:])
                return INSTANT
            case _:
                return self._of_one_type(node, function, arguments)

    def _counted(self, first: Node) -> None:
        if isinstance(first, Name) and first.id in self.scope.parties:
            return
        found = self.infer(first)
        if found.kind not in ("set", "list", "any"):
            wanted = Words("外部方、set 类型的要素或 list 栏目", "a party, a fact of type set or a field of type list")
            self.fault("P056", function="count", argument=_short(first), found=words_of(found), wanted=wanted)

    def _task(self, first: Node) -> None:
        if isinstance(first, Name) and first.id not in self.scope.names.tasks:
            self.fault("P061", id=first.id[:60], near=self.faults.near(first.id, sorted(self.scope.names.tasks)))

    def _instants(self, function: str, arguments: Iterable[Node]) -> None:
        for argument in arguments:
            found = self.infer(argument)
            if found.kind not in ("instant", "any"):
                self.fault(
                    "P056",
                    function=function,
                    argument=_short(argument),
                    found=words_of(found),
                    wanted=Words("时刻", "an instant"),
                )

    def _of_one_type(self, node: Node, function: str, arguments: tuple[Node, ...]) -> Type:
        """first_known, earliest and latest: several values of one type; the last two of one that has an order."""
        types = [self.infer(argument) for argument in arguments]
        certain = [each for each in types if each.kind != "any"]
        if not certain:
            return ANY
        for argument, each in zip(arguments, types, strict=True):
            if each.kind != "any" and (each.kind != certain[0].kind or each.of != certain[0].of):
                self.fault(
                    "P056",
                    function=function,
                    argument=_short(argument),
                    found=words_of(each),
                    wanted=words_of(certain[0]),
                )
                return ANY
        if function != "first_known" and certain[0].kind not in ("instant", "number", "date"):
            wanted = Words("时刻、日期或数", "instants, dates or numbers")
            self.fault(
                "P056", function=function, argument=_short(arguments[0]), found=words_of(certain[0]), wanted=wanted
            )
        if certain[0].kind == "span":
            return Type(
                "span", ordered=True, lapses=any(c.lapses for c in certain), grows=any(c.grows for c in certain)
            )
        return certain[0]


def _quietly(scope: Scope, node: Node) -> Type:
    """The type of `node` where its faults are told elsewhere."""
    return Checker(scope, Faults({}), (), "", "", Words("")).infer(node)


def _short(node: Node) -> str:
    text = render(node)
    return text if len(text) <= 80 else text[:79] + "…"


# --- a whole plan -------------------------------------------------------------------------------------------------


def find(plan: Normal, faults: Faults, sources: dict[Path, str]) -> None:
    """Fills `faults` with what is wrong with the types of every expression in `plan`, and with circles of facts.

    The plan may have other faults: what could not be read is not looked at.
    """
    scope = Scope(plan, _quietly)
    circles = _circles(scope, faults, sources)
    if circles:
        scope.derived.clear()  # no longer followed: it would never end, or not soon
    forms = _forms_of_tasks(plan)
    for shape, normal, key, path in visit(SHAPES["plan"], plan, ()):
        if key.kind not in (Kind.EXPRESSION, Kind.CRITERION) or key.gives is None or normal[key.name] == "judgement":
            continue
        if key.gives is Gives.VALUE and shape.id == "setting" and normal.get("type") in TEXT_TYPES:
            continue
        form = forms.get(path[1], "") if shape.id == "check" and isinstance(path[1], str) else ""
        source = source_of(sources, path, faults.source)
        checker = Checker(scope, faults, path, source, form, Words(key.name, key.name))
        tree = parse(normal[key.name]).tree
        if key.gives is not Gives.VALUE:
            checker.gives(tree, key.gives)
        else:
            checker.gives_value(tree, declared(str(path[1]), normal))


def _forms_of_tasks(plan: Normal) -> dict[str, str]:
    return {
        str(path[1]): normal.get("form", "")
        for shape, normal, key, path in visit(SHAPES["plan"], plan, ())
        if shape.id == "task" and key.name == "kind"
    }


def _circles(scope: Scope, faults: Faults, sources: dict[Path, str]) -> set[Path]:
    """Derived facts that rest on themselves, or on a longer chain than anybody can follow; each circle told once."""
    rests_on: dict[str, list[str]] = {
        id_: [name for name in sorted(parse(scope.facts[id_]["is"]).reads) if name in scope.derived]
        for id_ in scope.derived
    }
    depth: dict[str, int] = {}
    bad: set[Path] = set()

    def report(code: str, id_: str, **values: object) -> None:
        path: Path = ("facts", id_)
        bad.add(path)
        faults.tell(code, (*path, "is"), values, source=source_of(sources, path, faults.source))

    for start in rests_on:
        trail: dict[str, None] = {}  # the way from `start` to here, in order
        stack: list[tuple[str, int]] = [(start, 0)] if start not in depth else []
        while stack:
            id_, step = stack.pop()
            if step == 0:
                trail[id_] = None
            inner = rests_on[id_]
            if step < len(inner):
                stack.append((id_, step + 1))
                other = inner[step]
                if other in trail:
                    if len(bad) < _MOST_CIRCLES:
                        way = list(trail)
                        report("P059", id_, circle=" → ".join([*way[way.index(other) :], other][:12]))
                elif other not in depth:
                    stack.append((other, 0))
                continue
            del trail[id_]
            depth[id_] = 1 + max((depth.get(other, 0) for other in inner), default=0)
            if depth[id_] == LONGEST_CHAIN + 1:
                report("P062", id_, most=LONGEST_CHAIN)
    return bad
