"""Names of a scenario to elements of a plan: own ids, ids of the fact sheet (`sheet:phone-1h`), and what people say.

Where one sheet id is carried by several elements, the place where it stands decides which are meant: for a task the
tasks themselves come first, then what belongs to one (the approval of its paper, its form, what it settles).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from muster.engine.program import Program
from muster.plans.model import ActorKind, Choice, Scale, Words

SHEET = "sheet:"

_TASK_KINDS = ("task", "approval", "group", "form", "field", "right", "scale", "level", "criterion", "fact", "post",
               "body", "party")  # fmt: skip
_ROMAN = {"1": "i", "2": "ii", "3": "iii", "4": "iv", "一": "i", "二": "ii", "三": "iii", "四": "iv"}


@lru_cache(maxsize=8192)
def spelled_alike(text: str) -> str:
    """A form in which spellings of the same name agree: Ⅲ级, iii and III; 蓝色预警 and 蓝色 and 蓝."""
    plain = unicodedata.normalize("NFKC", text).casefold().strip().replace("_", "-")
    for tail in ("预警", "级", "色", "事件", "阶段"):
        if len(plain) > len(tail):
            plain = plain.removesuffix(tail)
    plain = " ".join(plain.split())
    return _ROMAN.get(plain, plain)


def by_words(text: str, known: Iterable[tuple[str, Words]]) -> str | None:
    """The id whose own name or words are `text`; None where none is."""
    pairs = list(known)
    wanted = spelled_alike(text)
    for id_, _ in pairs:
        if id_ == text:
            return id_
    for id_, words in pairs:
        said = {spelled_alike(each) for each in (id_, words.zh, words.en) if each}
        said |= {spelled_alike(part) for each in (words.zh, words.en) for part in each.split()[:1]}
        if wanted in said:
            return id_
    return None


class Target(NamedTuple):
    """A task; with `step` > 0 that approval of its paper."""

    task: str
    step: int = 0


class Names:
    """What names mean in one plan. Nothing here depends on how a case stands."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.edition = program.edition
        self.index = program.index
        self._order = {task: position for position, task in enumerate(self.edition.tasks)}

    def sheet(self, name: str) -> tuple[tuple[str, str], ...]:
        """The elements that carry the sheet id of `sheet:ID`, as (kind, id)."""
        return self.index.sheet.get(name.removeprefix(SHEET), ())

    def targets(self, name: str) -> tuple[Target, ...]:
        """The tasks that a name means, in the order of the plan; () where it means none."""
        if not name.startswith(SHEET):
            task, _, step = name.partition("!")
            task = task.split("@")[0].split("#")[0]
            if task in self.edition.tasks:
                return (Target(task, int(step) if step.isdigit() else 0),)
            return tuple(Target(task.id) for task in self.edition.tasks.values() if task.form and task.form == name)
        found: dict[str, set[Target]] = {}
        for kind, id_ in self.sheet(name):
            if kind == "approval":
                task, _, step = id_.rpartition(".")
                found.setdefault(kind, set()).add(Target(task, int(step)))
            else:
                found.setdefault(kind, set()).update(Target(task) for task in self._tasks_of(kind, id_))
        for kind in _TASK_KINDS:
            if found.get(kind):
                return tuple(sorted(found[kind], key=lambda each: (self._order[each.task], each.step)))
        return ()

    def _tasks_of(self, kind: str, id_: str) -> Iterable[str]:
        match kind:
            case "task":
                return (id_,)
            case "group":
                return self.index.by_group.get(id_, ())
            case "form" | "field":
                form = id_.split(".")[0]
                return [task.id for task in self.edition.tasks.values() if task.form == form]
            case "level" | "criterion":
                return self.index.settled_by.get(id_.split(".")[0], ())
            case "right" | "scale" | "fact":
                return self.index.settled_by.get(id_, ())
            case _:
                return self.index.filled_by.get(id_, ())

    def forms(self, name: str) -> tuple[str, ...]:
        """The forms that a name means."""
        if not name.startswith(SHEET):
            return (name,) if name in self.edition.forms else ()
        return tuple(id_.split(".")[0] for kind, id_ in self.sheet(name) if kind in ("form", "field"))

    def actor(self, name: str) -> str:
        """The actor that a name means; the name itself where the plan has none (a unit bound in the case)."""
        if name.startswith(SHEET):
            for wanted in ("post", "body", "party", "duty"):
                for kind, id_ in self.sheet(name):
                    if kind == wanted:
                        return id_.split(".")[0]
            return name
        if name in self.edition.actors:
            return name
        return by_words(name, ((actor.id, actor.name) for actor in self.edition.actors.values())) or name

    def is_party(self, name: str) -> bool:
        actor = self.edition.actors.get(name)
        return actor is not None and actor.kind is ActorKind.PARTY

    def fact(self, name: str) -> str | None:
        """The fact that a name means."""
        if name.startswith(SHEET):
            return next((id_ for kind, id_ in self.sheet(name) if kind == "fact"), None)
        if name in self.edition.facts:
            return name
        return by_words(name, ((fact.id, fact.name) for fact in self.edition.facts.values()))

    def type_(self, name: str) -> str | None:
        if name.startswith(SHEET):
            return next((id_ for kind, id_ in self.sheet(name) if kind == "type"), None)
        if name in self.edition.types:
            return name
        return by_words(name, ((each.id, each.name) for each in self.edition.types.values()))

    def scale(self, kind: str, name: str = "") -> Scale | None:
        """The scale of that name, or the first that grades this kind of case."""
        if name.startswith(SHEET):
            name = next((id_ for each, id_ in self.sheet(name) if each == "scale"), name)
        if name:
            return self.edition.scales.get(name)
        return next((scale for scale in self.edition.scales.values() if scale.of == kind), None)

    def level(self, scale: Scale, name: str) -> str | None:
        """The level of a scale that a name means: III, Ⅲ级, 较大, sheet:III."""
        if name.startswith(SHEET):
            for kind, id_ in self.sheet(name):
                if kind in ("level", "criterion") and id_.startswith(f"{scale.id}."):
                    inner = id_.partition(".")[2]
                    if kind == "level":
                        return inner
                    return next((each.level for each in scale.criteria if each.id == inner), None)
            return None
        return by_words(name, ((level.id, level.name) for level in scale.levels))

    def criterion(self, scale: Scale, name: str) -> str | None:
        if name.startswith(SHEET):
            prefix = f"{scale.id}."
            found = (id_ for kind, id_ in self.sheet(name) if kind == "criterion" and id_.startswith(prefix))
            return next((id_.removeprefix(prefix) for id_ in found), None)
        return name if any(each.id == name for each in scale.criteria) else None

    def field(self, form_id: str, name: str) -> str | None:
        """The field of a form; None where the form has none of that name."""
        form = self.edition.forms.get(form_id)
        if form is None:
            return name
        if name.startswith(SHEET):
            prefix = f"{form_id}."
            found = (id_ for kind, id_ in self.sheet(name) if kind == "field" and id_.startswith(prefix))
            return next((id_.removeprefix(prefix) for id_ in found), None)
        return by_words(name, ((field.id, field.name) for field in form.fields))

    @staticmethod
    def choice(choices: Iterable[Choice], name: str) -> str | None:
        return by_words(name, ((choice.id, choice.name) for choice in choices))
