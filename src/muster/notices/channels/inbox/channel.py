"""A notice is in the inbox by being in the table: there is nothing left to send."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from muster.notices.models import Notice
    from muster.people.models import Person

NAME = "inbox"
LEAVES = False


def ready() -> bool:
    return True


def reaches(person: Person) -> bool:
    return person.is_active


def send(notice: Notice) -> None:
    """Nothing to do."""
