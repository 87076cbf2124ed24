"""What the names in a plan's expressions stand for, and of which type each is.

Types: truth, number, span, instant, date, text, enum (a fact's values, a scale's levels, the stages), set, list, actor.
Where nothing certain can be said, a type is `ANY` and fits everywhere.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from muster.plans.conditions import CALENDAR_NAMES, INSTANTS, Node
from muster.plans.model import Stage, Words
from muster.plans.normal import Normal
from muster.plans.parsing import parse
from muster.plans.references import Names
from muster.plans.shapes import Sort


class Type(Struct, frozen=True):
    """What an expression gives. `of` names the fact, scale, `types` or `stage` whose `values` an enum or set ranges over.

    A span that `lapses` is the time between two instants; it `grows` where one of them is the present.
    """

    kind: str
    of: str = ""
    values: tuple[str, ...] = ()
    ordered: bool = False
    lapses: bool = False
    grows: bool = False


ANY = Type("any")
TRUTH = Type("truth")
NUMBER = Type("number", ordered=True)
SPAN = Type("span", ordered=True)
LAPSE = Type("span", ordered=True, lapses=True)
GROWING = Type("span", ordered=True, lapses=True, grows=True)
INSTANT = Type("instant", ordered=True)
DATE = Type("date", ordered=True)
TEXT = Type("text")
ACTOR = Type("actor")
LIST = Type("list")

PLAIN = {
    "bool": TRUTH, "int": NUMBER, "number": NUMBER, "money": NUMBER, "duration": SPAN, "instant": INSTANT,
    "date": DATE, "text": TEXT, "longtext": TEXT, "list": LIST,
}  # fmt: skip

_WORDS: dict[str, Words] = {
    "any": Words("任意值", "any value"),
    "truth": Words("是或否", "true or false"),
    "number": Words("数", "a number"),
    "span": Words("时长", "a span of time"),
    "instant": Words("时刻", "an instant"),
    "date": Words("日期", "a date"),
    "text": Words("文字", "a text"),
    "actor": Words("岗位或人员", "a post or person"),
    "list": Words("列表", "a list"),
}


def words_of(type_: Type) -> Words:
    """What a type is called in a finding."""
    match type_.kind:
        case "enum":
            return Words(f"{type_.of} 的值", f"a value of {type_.of}")
        case "set":
            return Words(f"{type_.of} 的集合", f"a set of values of {type_.of}")
        case kind:
            return _WORDS[kind]


class Scope:
    """What the names of a plan stand for."""

    def __init__(self, plan: Normal, infer: Callable[[Scope, Node], Type]) -> None:
        """`infer` gives the type of a derived fact's expression: it tells the spans that grow from those that stand."""
        self.names = Names(plan)
        self.facts: dict[str, Normal] = dict(plan.get("facts", ()))
        self.settings: dict[str, Normal] = dict(plan.get("settings", ()))
        self.scales = {id_: tuple(level for level, _ in each.get("levels", ())) for id_, each in plan.get("scales", ())}
        self.types = tuple(id_ for id_, _ in plan.get("types", ()))
        self.fields = {id_: dict(form.get("fields", ())) for id_, form in plan.get("forms", ())}
        self.parties = self.names.of(Sort.PARTY)
        self.derived: dict[str, Node] = {id_: parse(f["is"]).tree for id_, f in self.facts.items() if "is" in f}
        self._lapsing: dict[str, Type] = {}
        self._infer = infer

    def known(self) -> set[str]:
        """Every name that an expression may speak of."""
        return {*self.facts, *self.settings, *self.scales, *INSTANTS, *CALENDAR_NAMES, "types", "stage", "by", "times_raised"}  # fmt: skip

    def values(self) -> set[str]:
        """Every bare word that is a value of something."""
        found = {*self.types, *(stage.value for stage in Stage), *self.names.actors}
        for fact in self.facts.values():
            found.update(id_ for id_, _ in fact.get("values", ()))
        for levels in self.scales.values():
            found.update(levels)
        for fields in self.fields.values():
            for field in fields.values():
                found.update(id_ for id_, _ in field.get("values", ()))
        return found

    def type_of(self, name: str) -> Type | None:
        """The type of a name; None where it names nothing that has a value of its own."""
        if name in self.facts:
            return self._fact(name)
        if name in self.settings:
            return PLAIN.get(self.settings[name].get("type", ""), ANY)
        if name in self.scales:
            return Type("enum", name, self.scales[name], ordered=True)
        if name in INSTANTS:
            return INSTANT
        match name:
            case "types":
                return Type("set", "types", self.types)
            case "stage":
                return Type("enum", "stage", tuple(stage.value for stage in Stage), ordered=True)
            case "by":
                return ACTOR
            case "times_raised":
                return NUMBER
            case "working_hours" | "holiday":
                return TRUTH
        return None

    def _fact(self, name: str) -> Type:
        fact = self.facts[name]
        type_ = declared(name, fact)
        if type_ != SPAN or name not in self.derived:
            return type_
        if name not in self._lapsing:
            self._lapsing[name] = SPAN  # while it is being looked at: a circle is another finding's matter
            found = self._infer(self, self.derived[name])
            self._lapsing[name] = found if found.kind == "span" else SPAN
        return self._lapsing[name]


def declared(name: str, element: Normal) -> Type:
    """The type that a fact or field is declared to have."""
    kind = element.get("type", "text")
    if kind in ("enum", "set"):
        values = tuple(id_ for id_, _ in element.get("values", ()))
        return Type(kind, name, values, ordered=kind == "enum" and element.get("ordered", False))
    return PLAIN.get(kind, ANY)
