"""Changes of who holds what. Holdings are never deleted: who held a post when something was decided stays known."""

from __future__ import annotations

from datetime import datetime

from muster.people.models import Capacity, Holding, Person


def give(person: Person, plan: str, actor: str, now: datetime, *, deputy: bool = False) -> Holding:
    """Give an actor to a person from `now` on. Giving what is already held changes only the capacity."""
    capacity = Capacity.DEPUTY if deputy else Capacity.HOLDER
    holding, is_new = Holding.objects.get_or_create(
        person=person, plan=plan, actor=actor, until=None, defaults={"capacity": capacity, "since": now}
    )
    if not is_new and holding.capacity != capacity:
        take(person, plan, actor, now)
        return Holding.objects.create(person=person, plan=plan, actor=actor, capacity=capacity, since=now)
    return holding


def take(person: Person, plan: str, actor: str, now: datetime) -> None:
    """End what a person holds from `now` on. One that would begin later has never begun, and goes."""
    current = Holding.objects.filter(person=person, plan=plan, actor=actor, until=None)
    current.filter(since__gte=now).delete()
    current.update(until=now)
