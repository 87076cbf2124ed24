"""Reading events that an older version of Muster wrote.

An entry keeps the name and version under which it was written, for ever. When what an event says changes, raise its
number in `muster.engine.events.VERSIONS` and register here how the older form becomes the next:

    @lifts("task.completed", 1)
    def _(event):                       # the plain data of version 1
        event["late"] = event.pop("minutes_late", 0) * 60
        return event                    # the plain data of version 2; event["event"] is its name, if that changes

Lifting happens on reading only. The stored entry and its hash stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from muster.engine import events
from muster.engine.events import AnyEvent

Lift = Callable[[dict[str, Any]], dict[str, Any]]

LIFTS: dict[tuple[str, int], Lift] = {}


class UnknownEvent(Exception):
    """The journal holds an event that this version of Muster cannot read: it was written by a newer one."""


def lifts(name: str, version: int) -> Callable[[Lift], Lift]:
    """Register how version `version` of the event `name` becomes version + 1."""

    def register(lift: Lift) -> Lift:
        if (name, version) in LIFTS:
            raise ValueError(f"{name} version {version} is lifted twice")
        LIFTS[name, version] = lift
        return lift

    return register


def read(name: str, version: int, data: str) -> AnyEvent:
    """The event of an entry, in its present version. Raises UnknownEvent."""
    try:
        if version == events.VERSIONS.get(name, 1):
            return events.decode(data)
        plain = msgspec.json.decode(data)
        while version != events.VERSIONS.get(name, 1):
            lift = LIFTS.get((name, version))
            if lift is None:
                raise UnknownEvent(f"{name} version {version}")
            plain = lift(plain)
            name, version = str(plain["event"]), version + 1
        return events.decode(msgspec.json.encode(plain))
    except msgspec.ValidationError as error:
        raise UnknownEvent(f"{name} version {version}: {error}") from error
