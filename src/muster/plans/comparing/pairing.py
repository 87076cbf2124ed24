"""Which element of the old edition is which of the new one. By id; where the id has gone, by what else speaks for it.

A task that was only given another id is the same task. What speaks for that: the same ids of the fact sheet, the same
name, or nearly the same content. `aligned` writes the old edition with the new ids, so that all that refers to a
renamed element does not differ because of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from msgspec import Struct, structs

from muster.plans.conditions import Call, Compare, Constant, Expression, FieldOf, ListOf, Name, Node
from muster.plans.model import (
    Actor,
    Again,
    Approval,
    Choice,
    Criterion,
    Duty,
    Edition,
    Exclusion,
    Fact,
    Field,
    Form,
    Group,
    Guidance,
    Level,
    Reading,
    Right,
    Scale,
    Suppression,
    Task,
    Words,
)
from muster.plans.parsing import OF_TASKS, render

S = TypeVar("S", bound=Struct)

# Pairs of a gone and a new element beyond which only those of one name or sheet are held against each other.
_MOST_PAIRS = 20_000
_ENOUGH = 2.0
# So many keys in common, and such a part of all, and the content speaks for itself.
_KEYS_THAT_SPEAK = 4
_NEARLY_THE_SAME = 0.75
# What identifies an element, or cites; never part of how alike two are.
_NOT_CONTENT = frozenset({"id", "name", "text", "cite", "sheet", "group", "kind", "section"})


class Renamed(Struct, frozen=True):
    """An element that has another id in the new edition. `inside`: the id of the element around it, if any."""

    kind: str
    old: str
    new: str
    inside: str = ""


def meaning(value: Any) -> Any:
    """`value` with expressions reduced to their trees, so that two are equal where they run alike."""
    if isinstance(value, Expression):
        return value.tree
    if isinstance(value, Struct):
        return (type(value), *(meaning(getattr(value, name)) for name in value.__struct_fields__))
    if isinstance(value, tuple):
        return tuple(meaning(each) for each in value)
    return value


def aligned(before: Edition, after: Edition) -> tuple[Edition, tuple[Renamed, ...]]:
    """`before` with the ids of `after`, and what was renamed."""
    found: list[Renamed] = []
    for kinds in (
        ("actor", "fact", "setting", "type", "scale", "form"),
        ("level", "field", "choice"),
        ("group",),
        ("task",),
    ):
        more = [each for kind in kinds for each in _renamed(kind, before, after)]
        if more:
            before = _Rewriting(before, more).edition()
            found += more
    others = [
        each
        for kind in ("criterion", "duty", "guidance", "resource", "excluded", "reading")
        for each in _renamed(kind, before, after)
    ]
    if others:
        before = _Rewriting(before, others).edition()
        found += others
    return before, tuple(found)


def _renamed(kind: str, before: Edition, after: Edition) -> list[Renamed]:
    if kind == "group":
        return [Renamed(kind, old, new) for old, new in _groups(before, after).items()]
    if kind in _SECTIONS:
        section = _SECTIONS[kind]
        pairs = match(getattr(before, section).values(), getattr(after, section).values(), _same_sort)
        return [Renamed(kind, old, new) for old, new in pairs.items()]
    found: list[Renamed] = []
    for section, part in _PARTS[kind]:
        outer_before, outer_after = getattr(before, section), getattr(after, section)
        for id_ in outer_before.keys() & outer_after.keys():
            pairs = match(getattr(outer_before[id_], part), getattr(outer_after[id_], part), _same_sort)
            found += [Renamed(kind, old, new, id_) for old, new in pairs.items()]
    if kind == "choice":
        for form in before.forms.keys() & after.forms.keys():
            fields = {field.id: field for field in after.forms[form].fields}
            for field in before.forms[form].fields:
                if field.id in fields:
                    pairs = match(field.values, fields[field.id].values, _same_sort)
                    found += [Renamed(kind, old, new, f"{form}.{field.id}") for old, new in pairs.items()]
    return sorted(found, key=lambda each: (each.inside, each.old))


def _groups(before: Edition, after: Edition) -> dict[str, str]:
    """Groups with another path. One without a name is known by the tasks it holds, and by the group around it."""
    pairs = match(before.groups.values(), after.groups.values(), _same_sort)
    held = [
        {
            group.id: {task.id for task in edition.tasks.values() if within(group, task)}
            for group in edition.groups.values()
        }
        for edition in (before, after)
    ]
    for group in before.groups.values():
        if group.id in held[1] or group.id in pairs:
            continue
        for other in after.groups.values():
            if other.id in held[0] or other.id in pairs.values() or group.section is not other.section:
                continue
            left, right = held[0][group.id], held[1][other.id]
            if 2 * len(left & right) > len(left | right):
                pairs[group.id] = other.id
                break
    return pairs


def within(group: Group, task: Task) -> bool:
    """Whether `task` stands in `group`, or in one within it."""
    return task.section is group.section and (task.group == group.id or task.group.startswith(f"{group.id}/"))


_SECTIONS = {
    "actor": "actors", "fact": "facts", "setting": "settings", "type": "types", "scale": "scales", "form": "forms",
    "group": "groups", "task": "tasks", "guidance": "guidance", "resource": "resources", "excluded": "excluded",
    "reading": "readings",
}  # fmt: skip
_PARTS = {
    "level": (("scales", "levels"),),
    "criterion": (("scales", "criteria"),),
    "field": (("forms", "fields"),),
    "duty": (("actors", "duties"),),
    "choice": (("facts", "values"),),
}


def _same_sort(left: Struct, right: Struct) -> bool:
    """A post does not turn into a party, nor a duty of every day into one of an incident, by another id."""
    return all(getattr(left, key, None) == getattr(right, key, None) for key in ("section",)) and (
        not isinstance(left, Actor) or left.kind == getattr(right, "kind", None)
    )


def match(before: Iterable[S], after: Iterable[S], may_be: Callable[[S, S], bool]) -> dict[str, str]:
    """Old id → new id of what was renamed: of the elements whose id only one side has, those that are plainly one."""
    old_all, new_all = list(before), list(after)
    old_ids, new_ids = {_id(each) for each in old_all}, {_id(each) for each in new_all}
    gone = [each for each in old_all if _id(each) not in new_ids]
    come = [each for each in new_all if _id(each) not in old_ids]
    many = len(gone) * len(come) > _MOST_PAIRS
    scored: list[tuple[float, int, int]] = []
    for i, left in enumerate(gone):
        for j, right in enumerate(come):
            if may_be(left, right):
                score = _evidence(left, right, many)
                if score >= _ENOUGH:
                    scored.append((-score, i, j))
    pairs: dict[str, str] = {}
    taken: set[int] = set()
    for _, i, j in sorted(scored):
        old = _id(gone[i])
        if old not in pairs and j not in taken:
            pairs[old] = _id(come[j])
            taken.add(j)
    return pairs


def _id(element: Struct) -> str:
    return str(getattr(element, "id"))  # noqa: B009  every element has one; their classes share no base


def named(element: Struct) -> Words | None:
    """What an element is called: its name, else its text, else what it says. None where it has only an id."""
    for key in ("name", "text", "says"):
        words = getattr(element, key, None)
        if isinstance(words, Words) and words.zh != _id(element).rpartition("/")[2]:
            return words
    return None


def _evidence(left: Struct, right: Struct, only_names: bool) -> float:
    score = 0.0
    sheets = set(getattr(left, "sheet", ())), set(getattr(right, "sheet", ()))
    if sheets[0] & sheets[1]:
        score += 2 if sheets[0] == sheets[1] else 1
    names = named(left), named(right)
    if names[0] is not None and names[1] is not None and names[0].zh == names[1].zh:
        score += 2
    if only_names and not score:
        return 0
    return score + _likeness(left, right)


def _likeness(left: Struct, right: Struct) -> float:
    """From 0 to 1 by the part of keys that are alike; 2 more where there are enough of them to be no chance."""
    defaults = {field.name: field.default for field in structs.fields(left)}
    alike = different = 0
    for key, default in defaults.items():
        if key in _NOT_CONTENT:
            continue
        values = meaning(getattr(left, key)), meaning(getattr(right, key))
        if values[0] == values[1]:
            alike += values[0] != default
        else:
            different += 1
    if not alike:
        return 0
    part = alike / (alike + different)
    return part + (2 if alike >= _KEYS_THAT_SPEAK and part >= _NEARLY_THE_SAME else 0)


# Keys that hold ids of other elements: class → key → kinds they may name.
_REFERS: dict[type, dict[str, tuple[str, ...]]] = {
    Actor: dict.fromkeys(("stands_in_for", "among", "chair", "deputies", "members", "part_of"), ("actor",)),
    Scale: {"suggests": ("scale",), "form": ("form",)},
    Right: {"who": ("actor",)},
    Form: {"rows": ("actor",)},
    Field: {"source": ("fact", "scale")},
    Approval: {"who": ("actor",)},
    Again: {"on": ("task",)},
    Task: {
        **dict.fromkeys(("who", "with_", "draft", "sign", "to", "cc", "per", "fills"), ("actor",)),
        "after": ("task",), "form": ("form",), "settles": ("fact", "scale"), "group": ("group",),
    },
    Group: {"after": ("task",)},
    Guidance: {"on": ("task",)},
    Exclusion: {"instead": ("task",)},
    Reading: {"setting": ("setting",)},
    Suppression: {"on": ("actor", "fact", "scale", "setting", "form", "type", "task", "group")},
}  # fmt: skip
_INNER = {Level: "level", Criterion: "criterion", Field: "field", Duty: "duty", Choice: "choice"}
_IN_EXPRESSIONS = ("fact", "setting", "scale", "type", "actor", "level", "choice")


class _Rewriting:
    """Writes one edition with other ids."""

    def __init__(self, edition: Edition, renamed: Sequence[Renamed]) -> None:
        self.old = edition
        self.maps: dict[str, dict[str, str]] = {}
        self.inner: dict[tuple[str, str], dict[str, str]] = {}
        for each in renamed:
            self.maps.setdefault(each.kind, {})[each.old] = each.new
            if each.inside:
                self.inner.setdefault((each.kind, each.inside), {})[each.old] = each.new
        self.names: dict[str, str] = {}
        for kind in _IN_EXPRESSIONS:
            for old, new in self.maps.get(kind, {}).items():
                self.names.setdefault(old, new)

    def edition(self) -> Edition:
        old = self.old
        changed: dict[str, Any] = {"scope": self._value(old.scope), "suppressed": self._value(old.suppressed)}
        changed["duty_post"] = self.maps.get("actor", {}).get(old.duty_post, old.duty_post)
        for kind, section in _SECTIONS.items():
            ids = self.maps.get(kind, {})
            elements: Mapping[str, Struct] = getattr(old, section)
            changed[section] = {
                ids.get(id_, id_): self._element(element, ids.get(id_, id_)) for id_, element in elements.items()
            }
        changed["rights"] = {name: self._value(rights) for name, rights in old.rights.items()}
        return structs.replace(old, **changed)

    def _element(self, element: Struct, id_: str) -> Struct:
        given: Any = self._value(element, id_)
        # The key of a group tells its section too where two share an id; the id of a group itself does not.
        id_ = self.maps.get("group", {}).get(_id(element), _id(element)) if isinstance(element, Group) else id_
        renamed: Struct = structs.replace(given, id=id_)
        name = getattr(element, "name", None)
        if name is not None and _id(element) != id_ and name.zh == _id(element).rpartition("/")[2]:
            # Without a name it goes by its id, and so by the new one.
            renamed = structs.replace(renamed, name=Words(id_.rpartition("/")[2]))
        return renamed

    def _value(self, value: Any, inside: str = "") -> Any:
        if isinstance(value, Expression):
            return self._expression(value)
        if isinstance(value, tuple):
            return tuple(self._value(each, inside) for each in value)
        if not isinstance(value, Struct) or isinstance(value, Words):
            return value
        refers = _REFERS.get(type(value), {})
        changed: dict[str, Any] = {}
        around = f"{inside}.{_id(value)}" if isinstance(value, Field) else inside
        for key in value.__struct_fields__:
            given = getattr(value, key)
            changed[key] = self._reference(given, refers[key]) if key in refers else self._value(given, around)
        if type(value) in _INNER:
            ids = self.inner.get((_INNER[type(value)], inside), {})
            changed["id"] = ids.get(changed["id"], changed["id"])
        if isinstance(value, Criterion):
            changed["level"] = self.inner.get(("level", inside), {}).get(value.level, value.level)
        if isinstance(value, Fact):
            changed["derived"] = self._value(value.derived)
        return structs.replace(value, **changed)

    def _reference(self, given: Any, kinds: tuple[str, ...]) -> Any:
        if isinstance(given, tuple):
            return tuple(self._reference(each, kinds) for each in given)
        form, dot, field = str(given).partition(".")
        if dot:  # form.field, of a field that another field fills
            form_now = self.maps.get("form", {}).get(form, form)
            return f"{form_now}.{self.inner.get(('field', form), {}).get(field, field)}"
        return next((self.maps[kind][given] for kind in kinds if given in self.maps.get(kind, {})), given)

    def _expression(self, expression: Expression) -> Expression:
        tree: Node = self._node(expression.tree)
        return expression if tree == expression.tree else structs.replace(expression, source=render(tree), tree=tree)

    def _node(self, node: Any, beside: Any = None) -> Any:
        """`node` with other names. What stands `beside` it in a comparison tells whose value it is.

        The depth of an expression is bounded where it is read.
        """
        match node:
            case Name(id_):
                return Name(
                    self._values_of(beside).get(id_, id_) if self._has_values(beside) else self.names.get(id_, id_)
                )
            case Call(function, (Name(task),)) if function in OF_TASKS:
                return Call(function, (Name(self.maps.get("task", {}).get(task, task)),))
            case Compare(operator, left, right):
                return Compare(operator, self._node(left, right), self._node(right, left))
            case ListOf(items):
                return ListOf(tuple(self._node(each, beside) for each in items))
            case FieldOf(base, field):
                ids = {
                    old: new for (kind, _), pairs in self.inner.items() if kind == "field" for old, new in pairs.items()
                }
                return FieldOf(base, ids.get(field, field))
            case tuple():
                return tuple(self._node(each) for each in node)
            case Struct() if not isinstance(node, Constant):
                return structs.replace(node, **{key: self._node(getattr(node, key)) for key in node.__struct_fields__})
        return node

    def _has_values(self, beside: Any) -> bool:
        """Whether `beside` is something with values of its own: a scale, a fact with choices, a field of a form."""
        if isinstance(beside, FieldOf):
            return True
        if not isinstance(beside, Name):
            return False
        fact = self.old.facts.get(beside.id)
        return beside.id in self.old.scales or (fact is not None and bool(fact.values))

    def _values_of(self, beside: Any) -> dict[str, str]:
        if isinstance(beside, FieldOf):
            forms = [form for form in self.old.forms if ("choice", f"{form}.{beside.field}") in self.inner]
            return self.inner["choice", f"{forms[0]}.{beside.field}"] if forms else {}
        return self.inner.get(("level", beside.id)) or self.inner.get(("choice", beside.id)) or {}


def moved(before: Sequence[str], after: Sequence[str]) -> list[tuple[str, str]]:
    """The fewest ids of `after` that were moved, each with the id it now follows ("" for the first place).

    Only ids that both have are looked at: what is new or gone moves nothing.
    """
    place = {id_: at for at, id_ in enumerate(before)}
    common = [id_ for id_ in after if id_ in place]
    stay = _longest_rising([place[id_] for id_ in common])
    return [(id_, common[at - 1] if at else "") for at, id_ in enumerate(common) if at not in stay]


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """Positions of a longest rising run in `numbers`."""
    best: list[int] = []  # best[length - 1]: where the run of that length with the lowest end ends
    earlier: list[int] = []
    for at, number in enumerate(numbers):
        low, high = 0, len(best)
        while low < high:
            middle = (low + high) // 2
            if numbers[best[middle]] < number:
                low = middle + 1
            else:
                high = middle
        earlier.append(best[low - 1] if low else -1)
        best[low : low + 1] = [at]
    positions: set[int] = set()
    at = best[-1] if best else -1
    while at >= 0:
        positions.add(at)
        at = earlier[at]
    return positions


def tree_of(given: Expression | None) -> Node | None:
    return None if given is None else given.tree
