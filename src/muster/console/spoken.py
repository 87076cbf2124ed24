"""What a plan's expressions say, in the reader's language: 事发后1小时内, 级别为Ⅲ级, 每周五17:00前.

The words themselves are `muster.plans.speaking`: what the reader is shown is what comparing editions says.
"""

from __future__ import annotations

from collections.abc import Iterable
from weakref import WeakKeyDictionary

from muster.console import naming
from muster.engine import Program
from muster.plans.conditions import Expression, Node
from muster.plans.model import Again, Task
from muster.plans.speaking import Speaker, in_place_of_a_number

_SPEAKERS: WeakKeyDictionary[Program, Speaker] = WeakKeyDictionary()


def _speaker(program: Program) -> Speaker:
    found = _SPEAKERS.get(program)
    if found is None:
        found = _SPEAKERS[program] = Speaker(program.edition)
    return found


def clock(program: Program, due: Expression | None, *, of: str = "") -> str:
    """By when something is due: 事发后1小时内. "" for none. `of`: the task whose clock it is."""
    return naming.say(_speaker(program).limit(due, of))


def value(program: Program, given: Expression | None) -> str:
    """What a setting is set to, a moment, an anchor: 3个月, 事发. "" for none."""
    return naming.say(_speaker(program).value(given))


def condition(program: Program, parts: Iterable[Expression]) -> str:
    """When something holds, all parts together. "" for always."""
    return naming.say(_speaker(program).condition(parts))


def node(program: Program, tree: Node) -> str:
    """One part of a condition."""
    return naming.say(_speaker(program).node(tree))


def word(given: str) -> str:
    """及时, 立即: the plan's own word in place of a number. In English what it means."""
    return naming.say(in_place_of_a_number(given))


def prompt(program: Program, task: Task) -> str:
    """A clock without a number, with its anchor: 事发后立即. "" where the plan has no word."""
    return naming.say(_speaker(program).prompt(task))


def often(program: Program, again: Again) -> str:
    """How often time alone makes something due: 每周五17:00前."""
    return naming.say(_speaker(program).often(again))


def again(program: Program, given: Again | None) -> str:
    """How often something comes again, and until when: 每次“处置”完成后，直至终止响应. "" for once."""
    return naming.say(_speaker(program).again(given))
