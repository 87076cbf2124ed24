"""Cases and persons for tests, each made in the way the product makes them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from muster.cases.execute import Done, execute
from muster.engine.commands import AnyCommand, OpenIncident
from muster.people import writes
from muster.people.models import Person


def a_person(username: str, plan: str = "", *actors: str, now: datetime | None = None, **fields: Any) -> Person:
    """Somebody without a password, who holds these actors of a plan since `now`."""
    person = Person.objects.create(username=username, **{"name": username.capitalize(), **fields})
    for actor in actors:
        assert now is not None, "say since when they hold it"
        writes.give(person, plan, actor, now)
    return person


def an_incident(now: datetime, plan: str = "water-outage", **says: Any) -> Done:
    """An open incident that has just occurred; by the duty officer of the small plan, unless `by` says otherwise."""
    said = {"by": "duty-officer", "title": "三里河泵站停水", "occurred": now, **says}
    return done(execute(None, OpenIncident(**said), now=now, plan=plan))


def done(result: object) -> Done:
    """The result of a command that must not be refused."""
    assert isinstance(result, Done), result
    return result


def does(case_id: int, command: AnyCommand, now: datetime) -> Done:
    """Execute a command that must not be refused."""
    return done(execute(case_id, command, now=now))
