"""From an actor of a plan to the persons who are to be told, as things stand at the moment of delivery.

Somebody who holds the actor is told. Where nobody does, whoever stands in: for a post its stand-ins; for a body its
chair, then its deputies, then its members; for a unit that was bound in a case, the actor that it fills.
"""

from __future__ import annotations

from collections.abc import Mapping

from muster.engine.state import Case
from muster.people.models import Person
from muster.plans.model import ActorKind, Edition

Directory = Mapping[str, tuple[Person, ...]]


def persons_for(edition: Edition, case: Case, directory: Directory, actor: str) -> tuple[Person, ...]:
    """The persons who are told what is said to `actor`, holders before deputies; nobody where it is vacant."""
    return _persons(edition, case, directory, actor, set())


def is_outside(edition: Edition, actor: str) -> bool:
    """Whether an actor is an outside party: that no person of ours holds it is as it should be."""
    found = edition.actors.get(actor)
    return found is not None and found.kind == ActorKind.PARTY


def _persons(edition: Edition, case: Case, directory: Directory, actor: str, seen: set[str]) -> tuple[Person, ...]:
    if actor in seen:
        return ()
    seen.add(actor)
    if held := directory.get(actor):
        return held
    for group in _instead(edition, case, actor):
        found: dict[int, Person] = {}
        for each in group:
            found.update((person.pk, person) for person in _persons(edition, case, directory, each, seen))
        if found:
            return tuple(found.values())
    return ()


def _instead(edition: Edition, case: Case, actor: str) -> list[tuple[str, ...]]:
    """Groups of actors to turn to, in order, where nobody holds this one."""
    found = edition.actors.get(actor)
    if found is None:
        return [tuple(filled for filled, units in case.units.items() if actor in units)]
    stand_ins = tuple(each.id for each in edition.actors.values() if actor in each.stands_in_for)
    return [case.units.get(actor, ()), stand_ins, (found.chair,) if found.chair else (), found.deputies, found.members]
