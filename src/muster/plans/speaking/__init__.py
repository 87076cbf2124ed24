"""What a plan says, in words of both languages at once: names for ids, spans, conditions, limits, recurrences.

Everything is said from the tree that the engine runs, so words and working cannot differ. What is given back are parts
of a sentence: 事发后1小时内, 事件级别为Ⅲ级及以上, 每3个月. `fill` puts them together.
"""

from __future__ import annotations

from collections.abc import Iterable

from muster.plans import conditions as c
from muster.plans.conditions import Expression, Node, Span
from muster.plans.model import Again, Choice, Edition, Field, Task, Words
from muster.plans.speaking.expressions import Saying
from muster.plans.speaking.phrases import NONE, either, fill, listed, quoted, span
from muster.plans.speaking.recurring import DAYS, MOVED, every, every_day, rule
from muster.plans.speaking.vocabulary import ACTS, INSTANTS, NOT_SET, OTHER, PROMPTS, REPORTED, ROMAN, STAGES

__all__ = [
    "INSTANTS", "NONE", "PROMPTS", "REPORTED", "STAGES",
    "Speaker", "choices", "either", "fill", "in_place_of_a_number", "listed", "quoted", "span",
]  # fmt: skip


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
        if setting.value is None or setting.value.tree == c.Constant(Span()):
            return NOT_SET
        said = self.value(setting.value)
        return fill("{value}{unit}", "{value} {unit}", value=said, unit=setting.unit) if setting.unit else said

    # --- expressions

    def value(self, given: Expression | None) -> Words:
        """A value, a moment or an anchor."""
        return NONE if given is None else Saying(self, given.source).said(given.tree)

    def moment(self, given: Expression | None, of: str = "") -> Words:
        return NONE if given is None else Saying(self, given.source, of).moment(given.tree)

    def limit(self, given: Expression | None, of: str = "") -> Words:
        """By when: 事发后1小时内 / within 1 hour of occurrence. `of`: the task whose clock it is."""
        return NONE if given is None else Saying(self, given.source, of).limit(given.tree)

    def prompt(self, task: Task) -> Words:
        """A limit without a number, with what it counts from: 事发后立即. NONE where the plan has no word."""
        if not task.word or task.since is None:
            return in_place_of_a_number(task.word) if task.word else NONE
        word, since = in_place_of_a_number(task.word), self.moment(task.since, task.id)
        return fill("{since}后{word}", "{word} after {since}", word=word, since=since)

    def condition(self, parts: Iterable[Expression]) -> Words:
        """When something holds, all parts together."""
        return listed((self.value(each) for each in parts), "；", "; ")

    def node(self, tree: Node, source: str = "") -> Words:
        """One part of the expression that is written as `source`."""
        return Saying(self, source).said(tree)

    def node_as_moment(self, tree: Node, source: str = "") -> Words:
        return Saying(self, source).moment(tree)

    # --- recurrence

    def again(self, again: Again | None) -> Words:
        """每3个月，直至终止响应 / every 3 months, until the end of the response."""
        if again is None:
            return NONE
        parts = [self.often(again)] if again.by_time else []
        if again.on:
            parts.append(fill("每次{tasks}完成后", "each time {tasks} is done", tasks=self._one_of(again.on)))
        if not parts:
            parts.append(Words("可多次", "as often as needed"))
        if again.least:
            times = "time" if again.least == 1 else "times"
            parts.append(fill("至少{n}次", f"at least {{n}} {times}", n=again.least))
        if again.until is not None:
            parts.append(fill("直至{until}", "until {until}", until=self._until(again.until)))
        return listed(parts, "，")

    def often(self, again: Again) -> Words:
        """How often time alone makes it due: 每周五17:00前, 每天，遇休息日顺延至其后工作日."""
        said = self._often(again)
        if again.by:
            said = fill("{often}{by}前", "{often} by {by}", often=said, by=again.by)
        return listed([said, MOVED[again.moved]], "，") if again.moved in MOVED else said

    def _often(self, again: Again) -> Words:
        if again.days is not None:
            return DAYS[again.days]
        if again.rule:
            return rule(again.rule)
        return every_day() if again.every is None else self._every(again.every)

    def _every(self, given: Expression) -> Words:
        """As often as the setting behind it says, where there is one."""
        match given.tree:
            case c.Name(id_) if id_ in self.edition.settings:
                value = self.edition.settings[id_].value
                return self._every(value) if value is not None else every(Span())
            case c.Constant(Span() as length):
                return every(length, in_hours=f"{length.seconds // 3_600}h" in given.source)
        return fill("每{length}", "every {length}", length=self.value(given))

    def _one_of(self, tasks: Iterable[str]) -> Words:
        return listed((self.task(each) for each in tasks), "或", " or ")

    def _until(self, until: Expression) -> Words:
        """直至终止响应, not 直至已终止响应: an instant that is known has come."""
        match until.tree:
            case c.Call("known", (c.Name(id_),)) if id_ in INSTANTS:
                return INSTANTS[id_]
            case c.Call("known", (c.Call("done" | "received") as come,)):
                return self.node_as_moment(come, until.source)
        return self.value(until)


def in_place_of_a_number(word: str) -> Words:
    """及时, 立即: the plan's own word, in English what it means."""
    return Words(word, PROMPTS.get(word, f"“{word}”"))


def choices(values: Iterable[Choice]) -> Words:
    return listed(choice.name for choice in values)
