"""The plans an installation has adopted, and the programs that the engine makes of them.

An edition is immutable and named by its digest: adopting the same content twice changes nothing, and a case runs under
the edition it was opened with for ever.
"""

from __future__ import annotations

import threading
from datetime import datetime
from functools import cache

from django.db import transaction

from muster.cases.models import InForce, PlanEdition
from muster.engine import Program
from muster.engine.calendar import WorkCalendar
from muster.people.models import Person
from muster.plans import shelf
from muster.plans.check import check
from muster.plans.findings import Severity
from muster.plans.reading import LoadedPlan, read_canonical

_programs: dict[str, Program] = {}
_lock = threading.Lock()


class AlteredEdition(Exception):
    """The content of a stored edition no longer has the digest that it is named by: somebody altered the database."""


def program(digest: str) -> Program:
    """The program of an adopted edition. Raises PlanEdition.DoesNotExist, AlteredEdition."""
    found = _programs.get(digest)
    if found is None:
        with _lock:
            found = _programs.get(digest)
            if found is None:
                edition = read_canonical(PlanEdition.objects.values_list("content", flat=True).get(pk=digest).encode())
                if edition.digest != digest:
                    raise AlteredEdition(f"{edition.id} {edition.edition}: {digest}")
                found = _programs[digest] = Program(edition, working_calendar())
    return found


def forget_all() -> None:
    """Start as a new process would."""
    _programs.clear()


def of_digest(digest: str) -> Program | None:
    """The program of an edition, None where it was never adopted."""
    return program(digest) if digest in _programs or PlanEdition.objects.filter(pk=digest).exists() else None


def in_force(plan: str = "") -> Program | None:
    """The edition of a plan that is in force; of the only plan there is, where none is named."""
    editions = PlanEdition.objects.filter(in_force=True)
    digests = list((editions.filter(plan=plan) if plan else editions).values_list("digest", flat=True)[:2])
    return program(digests[0]) if len(digests) == 1 else None


def plans_in_force() -> list[str]:
    """The ids of the plans that have an edition in force."""
    return list(PlanEdition.objects.filter(in_force=True).order_by("plan").values_list("plan", flat=True))


def adopt(loaded: LoadedPlan, now: datetime, *, person: Person | None = None, in_force: bool = True) -> PlanEdition:
    """Take a plan that was read without faults into the installation, and (unless told otherwise) put it in force.

    New incidents then run under it; those that run go on under the edition they began with. Raises ValueError for a plan
    of which the check says that it cannot be run, or that it asks for what the law forbids.
    """
    edition = loaded.edition
    errors = [each for each in check(loaded) if each.severity is Severity.ERROR]
    if edition is None or errors:
        raise ValueError("a plan with faults cannot be adopted: " + "; ".join(each.says.en for each in errors[:3]))
    with transaction.atomic():
        adopted, _ = PlanEdition.objects.get_or_create(
            digest=edition.digest,
            defaults={
                "plan": edition.id,
                "edition": edition.edition,
                "title": edition.title.zh,
                "title_en": edition.title.en,
                "content": loaded.content.decode(),
                "adopted_at": now,
                "adopted_by": person,
            },
        )
        if in_force and not adopted.in_force:
            PlanEdition.objects.filter(plan=edition.id, in_force=True).update(in_force=False)
            adopted.in_force = True
            adopted.save(update_fields=["in_force"])
            InForce.objects.create(plan=edition.id, edition=adopted, since=now)
    return adopted


@cache
def working_calendar() -> WorkCalendar:
    """The Chinese working calendar of the library."""
    return WorkCalendar.from_table(shelf.calendar_table())
