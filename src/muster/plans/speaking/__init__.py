"""What a plan says, in words of both languages at once: names for ids, spans, conditions, limits, recurrences.

Everything is said from the tree that the engine runs, so words and working cannot differ. What is given back are parts
of a sentence: 事发后1小时内, 事件级别为Ⅲ级及以上, 每3个月一次. `fill` puts them together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from muster.plans import conditions as c
from muster.plans.conditions import Expression, Node
from muster.plans.model import Again, Choice, Edition, Field, Words
from muster.plans.speaking.expressions import Saying
from muster.plans.speaking.phrases import NONE, either, fill, listed, quoted, span
from muster.plans.speaking.recurring import DAYS, MOVED, rule
from muster.plans.speaking.vocabulary import ACTS, INSTANTS, OTHER, REPORTED, ROMAN, STAGES

__all__ = ["INSTANTS", "NONE", "REPORTED", "STAGES", "Speaker", "choices", "either", "fill", "listed", "quoted", "span"]


class Speaker:
    """Says what one edition says."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.fields: dict[str, Field] = {
            field.id: field for form in reversed(edition.forms.values()) for field in form.fields
        }

    # --- names

    def actor(self, id_: str) -> Words:
        return self.edition.actors[id_].name if id_ in self.edition.actors else Words(id_)

    def actors(self, ids: Iterable[str]) -> Words:
        return listed(self.actor(each) for each in ids)

    def task(self, id_: str) -> Words:
        return quoted(self.edition.tasks[id_].name if id_ in self.edition.tasks else Words(id_))

    def tasks(self, ids: Iterable[str]) -> Words:
        return listed((self.task(each) for each in ids), "", ", ")

    def form(self, id_: str) -> Words:
        return quoted(self.edition.forms[id_].name if id_ in self.edition.forms else Words(id_))

    def level(self, scale_id: str, level_id: str) -> Words:
        """Ⅲ级 where the level is a Roman number, else its name: 黄色."""
        if level_id in ROMAN:
            return Words(f"{ROMAN[level_id]}级", f"level {level_id}")
        scale = self.edition.scales.get(scale_id)
        return (
            next((each.name for each in scale.levels if each.id == level_id), Words(level_id))
            if scale
            else Words(level_id)
        )

    def settled(self, id_: str) -> Words:
        """What a decision settles."""
        return ACTS.get(id_) or self.name(id_)

    def name(self, id_: str) -> Words:
        """What a name within an expression is called."""
        edition = self.edition
        if id_ in edition.settings:
            setting = edition.settings[id_]
            if setting.value is None:
                return setting.name
            return fill("{name}（{value}）", "{name} ({value})", name=setting.name, value=self.setting(id_))
        for elements in (edition.facts, edition.scales):
            if id_ in elements:
                return elements[id_].name
        if id_ in INSTANTS:
            return INSTANTS[id_]
        if id_ in OTHER:
            return OTHER[id_]
        for others in (edition.types, edition.actors, edition.tasks):
            if id_ in others:
                return others[id_].name
        return self._any_value(id_)

    def _any_value(self, id_: str) -> Words:
        """A value that stands where nothing tells whose it is: as the first that has it calls it."""
        choices = [choice for fact in self.edition.facts.values() for choice in fact.values]
        choices += [choice for field in self.fields.values() for choice in field.values]
        for choice in choices:
            if choice.id == id_:
                return choice.name
        for scale in self.edition.scales.values():
            if any(level.id == id_ for level in scale.levels):
                return self.level(scale.id, id_)
        return STAGES.get(id_, Words(id_))

    def setting(self, id_: str) -> Words:
        """The value of a setting with its unit."""
        setting = self.edition.settings[id_]
        said = self.value(setting.value)
        return fill("{value}{unit}", "{value} {unit}", value=said, unit=setting.unit) if setting.unit else said

    # --- expressions

    def value(self, given: Expression | None) -> Words:
        """A value, a moment or an anchor."""
        return NONE if given is None else Saying(self, given.source).said(given.tree)

    def moment(self, given: Expression | None) -> Words:
        return NONE if given is None else Saying(self, given.source).moment(given.tree)

    def limit(self, given: Expression | None) -> Words:
        """By when: 事发后1小时内 / within 1 hour of occurrence."""
        return NONE if given is None else Saying(self, given.source).limit(given.tree)

    def condition(self, parts: Iterable[Expression]) -> Words:
        """When something holds, all parts together."""
        return listed((self.value(each) for each in parts), "，且", " and ")

    def node(self, tree: Node, source: str = "") -> Words:
        """One part of the expression that is written as `source`."""
        return Saying(self, source).said(tree)

    def node_as_moment(self, tree: Node, source: str = "") -> Words:
        return Saying(self, source).moment(tree)

    # --- recurrence

    def again(self, again: Again | None) -> Words:
        """每3个月一次，直到终止响应 / every 3 months, until the response has ended."""
        if again is None:
            return NONE
        parts: list[Words] = []
        if again.every is not None:
            parts.append(self._every(again.every))
        if again.rule:
            parts.append(rule(again.rule))
        if again.days is not None:
            parts.append(DAYS[again.days])
        if again.moved in MOVED:
            parts.append(MOVED[again.moved])
        if again.by:
            parts.append(fill("{by}前", "by {by}", by=again.by))
        if again.on:
            parts.append(fill("每当{tasks}完成", "whenever {tasks} is completed", tasks=self.tasks(again.on)))
        if again.least:
            parts.append(fill("至少{n}次", "at least {n} times", n=again.least))
        if again.until is not None:
            parts.append(fill("直到{until}", "until {until}", until=self._until(again.until)))
        return listed(parts, "，")

    def _until(self, until: Expression) -> Words:
        """直到终止响应, not 直到已经终止响应: an instant that is known has come."""
        match until.tree:
            case c.Call("known", (c.Name(id_),)) if id_ in INSTANTS:
                return INSTANTS[id_]
            case c.Call("known", (c.Call("done" | "received") as come,)):
                return self.node_as_moment(come, until.source)
        return self.value(until)

    def _every(self, every: Expression) -> Words:
        setting = self.edition.settings.get(every.tree.id) if isinstance(every.tree, c.Name) else None
        if setting is not None and setting.value is not None:
            often = self._every(setting.value)
            return fill("{often}（{name}）", "{often} ({name})", often=often, name=setting.name)
        said = self.value(every)
        return Words(f"每{_ONE.sub('', said.zh)}一次", f"every {_ONE_EN.sub('', said.en)}")


_ONE = re.compile(r"^1个?(?=[^0-9]+$)(?!小时|分钟|秒)")
_ONE_EN = re.compile(r"^1 (?=[a-z ]+$)")


def choices(values: Iterable[Choice]) -> Words:
    return listed(choice.name for choice in values)
