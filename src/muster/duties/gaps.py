"""Posts that too few people hold: those for which the plan wants two or more, and those that nobody holds at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from muster.engine import NEW, Program
from muster.people import reads as people
from muster.plans.model import Actor, ActorKind, Filled


@dataclass(frozen=True, slots=True)
class Gap:
    """An actor with the number of people the plan wants at least, and who holds it now."""

    actor: Actor
    least: int
    holders: tuple[str, ...]


def gaps(program: Program, now: datetime) -> list[Gap]:
    """The posts and bodies of a plan that too few people hold, key posts (two or more wanted) first. One statement.

    A body is a gap where nobody holds it and nobody who could act for it: chair, deputies, members. What is filled in each
    case or from a roster, and outside parties, are not looked at.
    """
    directory = people.directory(program.edition.id, now)
    found = []
    for actor in program.edition.actors.values():
        if actor.kind is ActorKind.PARTY or actor.filled is not Filled.STANDING:
            continue
        # Several capacities of one person are one person.
        held = {person.pk: person.name for person in directory.get(actor.id, ())}
        least = actor.seats[0]
        if actor.kind is not ActorKind.POST and least < 2:
            if any(program.acts_for(NEW, each, actor.id) for each in directory):
                continue
        if len(held) < max(least, 1):
            found.append(Gap(actor, least, tuple(held.values())))
    return sorted(found, key=lambda gap: gap.least < 2)
