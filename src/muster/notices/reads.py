"""What a person finds in the inbox: their own notices, nobody else's."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from muster.notices.models import Notice, State
from muster.people.models import Person

UNREAD = (State.QUEUED, State.SENT)


def _inbox(person: Person) -> QuerySet[Notice]:
    return Notice.objects.filter(person_id=person.pk, channel="inbox")


def inbox(person: Person, *, before: int | None = None, limit: int = 50) -> Sequence[Notice]:
    """This person's notices, newest first, with their cases: the last ones, or those before one of them."""
    found = _inbox(person).select_related("case").order_by("-pk")
    return list((found.filter(pk__lt=before) if before is not None else found)[:limit])


def unread(person: Person) -> int:
    return _inbox(person).filter(state__in=UNREAD).count()


def of_person(person: Person, notice_id: int) -> Notice | None:
    """One of this person's own notices; None where it is somebody else's, or there is none."""
    return Notice.objects.filter(person_id=person.pk, pk=notice_id).select_related("case").first()


def of_case(case_id: int, *, limit: int = 200) -> Sequence[Notice]:
    """Who was told what in a case, newest first, with what became of it. For those whom `cases.reads` let into it."""
    found = Notice.objects.filter(case_id=case_id, channel="inbox").select_related("person").order_by("-pk")
    return list(found[:limit])
