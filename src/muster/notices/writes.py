"""What a person says to a notice: that it was read, that it was accepted."""

from __future__ import annotations

from datetime import datetime

from muster.notices.models import Notice, State
from muster.notices.reads import UNREAD
from muster.people.models import Person


def read(person: Person, notice_ids: list[int], now: datetime) -> int:
    """Mark this person's own notices as read; how many were not before. Those of others are left alone."""
    mine = Notice.objects.filter(person_id=person.pk, pk__in=notice_ids, state__in=UNREAD)
    return mine.update(state=State.READ, read_at=now)


def accept(person: Person, notice_id: int, now: datetime) -> Notice | None:
    """Accept one's own notice; None where it is somebody else's. Accepting again changes nothing.

    That an overdue task has found somebody to answer for it is a command (`Acknowledge`), which the page sends beside.
    """
    mine = Notice.objects.filter(person_id=person.pk, pk=notice_id)
    mine.filter(accepted_at__isnull=True, read_at__isnull=True).update(read_at=now)
    mine.filter(accepted_at__isnull=True).update(state=State.ACCEPTED, accepted_at=now)
    return mine.select_related("case").first()
