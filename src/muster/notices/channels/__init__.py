"""The ways a notice reaches a person. One folder per channel, all of the same shape:

    NAME            how the notice's row names it
    LEAVES          whether it leaves the house: a drill never goes that way
    ready()         whether this installation is set up for it
    reaches(person) whether this person can be reached on it
    send(notice)    send one notice; raises Unsent where trying again later can help

A channel whose `send` is called twice with the same notice (the process died between sending and writing that down)
gives the receiver the means to recognise it: the notice's id is in the message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from muster.notices.models import Notice
    from muster.people.models import Person


class Unsent(Exception):
    """The notice was not sent; trying again later can help. The text says why."""


class Channel(Protocol):
    NAME: str
    LEAVES: bool

    def ready(self) -> bool: ...

    def reaches(self, person: Person) -> bool: ...

    def send(self, notice: Notice) -> None: ...


def channels() -> dict[str, Channel]:
    """Every channel there is, by name; those not set up included."""
    from muster.notices.channels.inbox import channel as inbox
    from muster.notices.channels.mail import channel as mail

    return {each.NAME: each for each in (inbox, mail)}  # type: ignore[attr-defined,misc]
