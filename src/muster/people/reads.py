"""Who holds what at an instant.

Rights begin here: a person acts only in the name of an actor that `actors_of` gives, and sees only cases of plans that
`plans_of` gives. Both are empty for somebody without a post, and for an account that was closed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from muster.people.models import Capacity, Holding, Person


def _valid(at: datetime) -> QuerySet[Holding]:
    return Holding.objects.filter(Q(until__isnull=True) | Q(until__gt=at), since__lte=at, person__is_active=True)


def actors_of(person: Person, plan: str, at: datetime) -> tuple[str, ...]:
    """The actors of a plan that this person holds at an instant, as holder before as deputy."""
    if not person.is_active:
        return ()
    held = _valid(at).filter(person_id=person.pk, plan=plan).values_list("capacity", "since", "actor")
    return tuple(actor for _, _, actor in sorted(held, key=lambda one: (one[0] != Capacity.HOLDER, one[1], one[2])))


def plans_of(person: Person, at: datetime) -> dict[str, tuple[str, ...]]:
    """Plan → the actors of it that this person holds; a plan without any is not in it."""
    if not person.is_active:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    held = _valid(at).filter(person_id=person.pk).values_list("plan", "capacity", "since", "actor")
    for plan, _, _, actor in sorted(held, key=lambda one: (one[0], one[1] != Capacity.HOLDER, one[2], one[3])):
        found[plan] = (*found.get(plan, ()), actor)
    return found


def holders(plan: str, actor: str, at: datetime) -> tuple[Person, ...]:
    """The persons who hold an actor: holders first, then deputies, each in the order in which they began."""
    return directory(plan, at, (actor,)).get(actor, ())


def directory(plan: str, at: datetime, actors: Iterable[str] | None = None) -> dict[str, tuple[Person, ...]]:
    """Actor → persons, for all of a plan or for the named actors, in one query. Actors nobody holds are absent."""
    held = _valid(at).filter(plan=plan).select_related("person")
    if actors is not None:
        held = held.filter(actor__in=list(actors))
    found: dict[str, tuple[Person, ...]] = {}
    for one in sorted(held, key=lambda one: (one.actor, one.capacity != Capacity.HOLDER, one.since, one.pk)):
        found[one.actor] = (*found.get(one.actor, ()), one.person)
    return found


def names(refs: Iterable[str]) -> dict[str, str]:
    """Reference → name of the persons that a journal speaks of, in one query; unknown references are absent."""
    keys = {int(ref) for ref in refs if ref.isdecimal()}
    if not keys:
        return {}
    return {str(pk): name for pk, name in Person.objects.filter(pk__in=keys).values_list("pk", "name")}
