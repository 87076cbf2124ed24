"""One case as somebody stands before it, and what the engine would let them do in it.

Which acts are offered is never decided here. The engine is asked: the emptiest form of a command is put to `decide`, on
a copy of the case, once for every actor that the person holds. What it refuses for want of words (a reason, a field of a
form) is offered, since the form asks for them; what it refuses for any other reason is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from muster.cases.reads import Room
from muster.console import naming
from muster.engine import Case, Program, Refusal, decide
from muster.engine.commands import AnyCommand
from muster.engine.state import TaskState
from muster.plans.model import Task, Words

ASKS_FOR_MORE = frozenset({
    "case.nothing-said", "reason.missing", "level.reason", "task.value-missing", "task.value", "task.check",
    "due.evidence", "due.past", "form.missing", "directive.empty", "fact.wrong", "warning.same",
})  # fmt: skip
"""Refusals that a form answers: the act itself is this person's."""

NOTHING_TO_DO = Refusal("case.nothing-to-do", Words("此处没有可办事项。", "There is nothing to do here."))
NOT_MINE = frozenset(
    {"task.not-yours", "right.not-yours", "paper.not-approver", "paper.not-drafter", "right.nobody", "right.nobody-now"}
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What the engine says to a wish: in whose name it would be taken, or the refusal that tells most."""

    by: str
    refusal: Refusal | None

    @property
    def is_offered(self) -> bool:
        return self.refusal is None


@dataclass(frozen=True, slots=True)
class Scene:
    """A case, the program it runs under, and what the reader holds of its plan at `now`."""

    case_id: int
    number: str
    case: Case
    program: Program
    held: tuple[str, ...]
    now: datetime
    person: str = ""

    @classmethod
    def of(cls, room: Room, now: datetime, person: str = "") -> Scene:
        return cls(room.record.pk, room.record.number, room.case, room.program, room.held, now, person)

    def task(self, key: str) -> TaskState | None:
        """The task that a page means by a key, or by the id of the task alone: its newest instance of mine, or any."""
        found = self.case.tasks.get(key)
        if found is not None:
            return found
        named = [s for s in self.case.tasks.values() if s.task == key and not s.step]
        mine = [s for s in named if self.is_mine(s)]
        standing = mine or named
        return standing[-1] if standing else None

    def planned(self, state: TaskState) -> Task | None:
        return self.program.edition.tasks.get(state.task)

    def is_mine(self, state: TaskState) -> bool:
        return any(self.program.acts_for_any(self.case, by, state.who) for by in self.held)

    def in_order(self, state: TaskState | None) -> Sequence[str]:
        """What the reader holds, first that which the task is for."""
        if state is None:
            return self.held
        direct = [by for by in self.held if by == state.for_ or by in state.who]
        acting = [by for by in self.held if by not in direct and self.program.acts_for_any(self.case, by, state.who)]
        return [*direct, *acting, *(by for by in self.held if by not in direct and by not in acting)]

    def judge(self, wish: Callable[[str], Iterable[AnyCommand]], state: TaskState | None = None) -> Judged:
        """Put a wish to the engine in the name of everything that the reader holds; `wish` gives the commands to try."""
        refused: tuple[str, Refusal] | None = None
        for by in self.in_order(state):
            for command in wish(by):
                answer = decide(self.program, self.case, command, self.now)
                if not isinstance(answer, Refusal) or answer.code in ASKS_FOR_MORE:
                    return Judged(by, None)
                # That it is not theirs says less than that it cannot be done yet.
                if refused is None or (refused[1].code in NOT_MINE and answer.code not in NOT_MINE):
                    refused = (by, answer)
        if refused is None:
            return Judged("", NOTHING_TO_DO)
        return Judged(*refused)

    def names(self) -> list[tuple[str, str]]:
        """What the reader holds, to choose from."""
        return [(by, naming.actor(self.program, by)) for by in self.held]
