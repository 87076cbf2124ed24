"""What a rule of the check is: what it looks at, what it says, and the page that explains it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

from msgspec import Struct

from muster.plans.check.boxes import Boxes
from muster.plans.findings import Path, Severity
from muster.plans.index import Index, index_of
from muster.plans.model import Edition, Task, Words
from muster.plans.reading import LoadedPlan
from muster.plans.shapes import SECTION_KEY


class Found(Struct, frozen=True):
    """One place that a rule objects to. Where `mend` is missing, the rule's own way out is told."""

    path: Path
    says: Words
    mend: Words | None = None


class Example(Struct, frozen=True):
    """A piece of a plan, laid over the smallest complete plan (`muster.plans.check.examples`).

    A comment `# <-` marks the lines that a bad example is found at; without one it is the first line of the plan.
    `without` names what is taken out of the smallest plan first: "rights.end", "standing.drill".
    """

    text: str
    without: tuple[str, ...] = ()


class View:
    """A plan as rules look at it: the edition, its index, where everything stands, what can hold together."""

    def __init__(self, loaded: LoadedPlan, edition: Edition, idle: tuple[int, ...] = ()) -> None:
        """`idle` gives the positions of the suppressions that suppressed nothing."""
        self.loaded = loaded
        self.edition = edition
        self.idle = idle

    @cached_property
    def index(self) -> Index:
        return index_of(self.edition)

    @cached_property
    def boxes(self) -> Boxes:
        return Boxes(self.edition)

    def task(self, task: Task, *keys: str | int) -> Path:
        """The path of a task, or of something in it. What a group gives to its tasks is found at the group."""
        path: Path = (SECTION_KEY[task.section], task.id, *keys)
        if keys and path not in self.loaded.places and task.group:
            steps = task.group.split("/")
            for depth in range(len(steps), 0, -1):
                outer: Path = (SECTION_KEY[task.section], "/".join(steps[:depth]), *keys)
                if outer in self.loaded.places:
                    return outer
        return path

    def actor_name(self, actor: str) -> Words:
        found = self.edition.actors.get(actor)
        return found.name if found else Words(actor, actor)

    def stand_together(self, one: Task, other: Task) -> bool:
        """Whether two tasks can stand in the same case at the same time; False only where it is certain."""
        return one.section is other.section and self.boxes.can_hold(
            [each.tree for each in (*one.while_, *other.while_)], one.section
        )


class Rule(Struct, frozen=True, kw_only=True):
    """One rule: its code, its page in both languages, its examples, and the function that finds.

    The code never changes its meaning. `bad` examples give exactly this code at the marked lines, `good` ones nothing.
    """

    code: str
    name: Words
    severity: Severity
    what: Words
    why: Words
    mend: Words
    bad: tuple[Example, ...]
    good: tuple[Example, ...]
    find: Callable[[View], Iterator[Found]]

    @property
    def is_about_suppressions(self) -> bool:
        """P69x look at what the other rules left of the suppressions."""
        return self.code.startswith("P69")

    @property
    def is_final(self) -> bool:
        """Whether no reason that a plan gives suppresses it: what the law forbids, and suppressions themselves."""
        return self.is_about_suppressions or (self.code.startswith("P4") and self.severity is Severity.ERROR)
