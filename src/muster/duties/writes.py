"""What changes: occurrences open as their periods begin, by hand where a duty has none, and hazards are registered.

`open_due` is asked by the timekeeper once a second. Two processes may do so at once: an occurrence has one case, since
the command that opens it carries the duty and the due instant as its key, and one row, since (duty, due) is unique.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import connection
from django.utils import timezone

from muster.cases import editions
from muster.cases.execute import Done, execute
from muster.cases.models import CaseRecord, InForce
from muster.cases.sql import to_db
from muster.cases.sql import writing as transaction_that_writes
from muster.duties.models import Duty, Followed, Occurrence
from muster.duties.refusals import refuse
from muster.duties.terms import Owed, Term, is_duty, owed, recurs, standing
from muster.engine import NEW, Program, Refusal
from muster.engine.commands import OpenOccurrence
from muster.engine.events import CaseOpened
from muster.journal import store
from muster.people.models import Person
from muster.plans.model import Task, Words

log = logging.getLogger(__name__)

OPENED_LATE = 20
"""So many periods that were over before anybody could open them get a case each, the latest ones; those before are
recorded as missed without one."""
AT_ONCE = 5
"""Duties per look: after a long silence each may have twenty cases to open, and clocks are waiting meanwhile."""
TRIES_AGAIN = timedelta(minutes=10)
LOOKS_AGAIN = timedelta(days=1)

# Tables of a few rows, and one index: asked every second, for ever.
_IS_ANYTHING = (
    'SELECT EXISTS (SELECT 1 FROM "duties_duty" WHERE "wake_at" IS NOT NULL AND "wake_at" <= %s), '
    'EXISTS (SELECT 1 FROM "cases_in_force" c LEFT JOIN "duties_followed" f ON f."plan" = c."plan" '
    'WHERE f."change_id" IS NULL OR f."change_id" < c."id")'
)


def terms_of(plan: str) -> list[Term]:
    """The editions of a plan that were in force, in order."""
    found = InForce.objects.filter(plan=plan).order_by("since", "pk").values_list("since", "edition_id")
    return [Term(since, digest, editions.program(digest)) for since, digest in found]


# --- as time passes


def open_due(now: datetime) -> int:
    """Open the occurrences whose period has begun, of a few duties; of how many. One statement where there is nothing to do.

    After a time in which nobody looked, every period that has passed is opened with its true due instant.
    """
    with connection.cursor() as cursor:
        cursor.execute(_IS_ANYTHING, [to_db(now)])
        is_due, has_changed = cursor.fetchone()
    if has_changed:
        for plan in InForce.objects.values_list("plan", flat=True).distinct():
            follow(plan, now)
    elif not is_due:
        return 0
    waiting = list(Duty.objects.filter(wake_at__lte=now).order_by("wake_at", "pk")[:AT_ONCE])
    for duty in waiting:
        try:
            _open(duty, now)
        except Exception as error:
            # One bad duty must not keep the others from opening; `muster doctor` and the page say what is wrong.
            log.exception("%s cannot be looked at", duty)
            said = f"{type(error).__name__}: {error}"
            Duty.objects.filter(pk=duty.pk).update(wake_at=now + TRIES_AGAIN, trouble=said)
    return len(waiting)


def follow(plan: str, now: datetime) -> None:
    """Bring the duties of a plan in line with the editions that were in force. Doing it again changes nothing."""
    latest = InForce.objects.filter(plan=plan).order_by("pk").last()
    if latest is None or Followed.objects.filter(plan=plan, change=latest).exists():
        return
    for task_id, stands in standing(terms_of(plan)).items():
        # Whatever has changed shows when its periods are looked at again.
        Duty.objects.update_or_create(
            plan=plan,
            task=task_id,
            defaults={"anchor_at": stands.anchor, "ended_at": stands.ended, "wake_at": now},
        )
    Followed.objects.update_or_create(plan=plan, defaults={"change": latest})


def _open(duty: Duty, now: datetime) -> None:
    terms = terms_of(duty.plan)
    reached = duty.reached_at
    begun = [each for each in owed(terms, duty.task, now) if _is_new(each, reached)]
    late = [each for each in begun if each.due <= now]
    without_case = late[:-OPENED_LATE]
    _record(duty, without_case)
    if without_case:
        reached = without_case[-1].due
    trouble = ""
    for each in begun[len(without_case) :]:
        done = _open_one(duty, each, now)
        if isinstance(done, Refusal):
            trouble = done.say("zh")
            log.error("%s due %s cannot be opened: %s", duty, each.due.isoformat(), done.say("en"))
            break
        reached = each.due
    stands = recurs(terms[-1].program.edition.tasks.get(duty.task))
    wakes: datetime | None = None
    if trouble:
        wakes = now + TRIES_AGAIN
    elif stands:
        # The next one begins as the last falls due. Where none is known (holidays that nobody has announced yet, an
        # interval that is not set) a later calendar may bring one.
        wakes = reached if reached is not None and reached > now else now + LOOKS_AGAIN
    # Somebody who has come further than this meanwhile finds everything there and goes on.
    Duty.objects.filter(pk=duty.pk).update(reached_at=reached, wake_at=wakes, trouble=trouble)


def _is_new(each: Owed, reached: datetime | None) -> bool:
    """Whether an occurrence is one that nobody has opened yet.

    Its due instant alone does not say so: when the holidays of a year become known, the day of the one that is running
    may move by some days, and it is still the same one. What lies mostly beyond the last due instant is another.
    """
    return reached is None or each.begins + (each.due - each.begins) / 2 > reached


def _record(duty: Duty, missed: Sequence[Owed]) -> None:
    rows = [
        Occurrence(plan=duty.plan, task=duty.task, begins_at=each.begins, due_at=each.due, guessed=each.guessed)
        for each in missed
    ]
    Occurrence.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def _open_one(duty: Duty, each: Owed, now: datetime) -> Done | Refusal:
    program = editions.program(each.digest)
    task = program.edition.tasks[duty.task]
    command = OpenOccurrence(
        by=next(iter(task.who), program.edition.duty_post),
        key="duty:" + sha256(f"{duty.plan}:{duty.task}:{each.due.isoformat()}".encode()).hexdigest(),
        kind="standing",
        title=title_of(program, task, each.due),
        task=duty.task,
        due=each.due,
    )
    done = execute(None, command, now=now, plan=duty.plan, edition=each.digest)
    if isinstance(done, Done):
        Occurrence.objects.update_or_create(
            plan=duty.plan,
            task=duty.task,
            due_at=each.due,
            defaults={"begins_at": each.begins, "guessed": each.guessed, "case_id": done.case_id},
        )
    return done


def title_of(program: Program, task: Task, at: datetime) -> str:
    """What the case of an occurrence is called: the duty and the last day of its period."""
    # A period that ends at 24:00 ends on the day before the next one.
    day = (at - timedelta(microseconds=1)).astimezone(program.zone)
    return f"{task.name.zh}（{day.year}年{day.month}月{day.day}日前）"


# --- by hand


def open_by_hand(
    plan: str, task_id: str, *, by: str, now: datetime, person: Person | None = None, title: str = "", key: str = ""
) -> Done | Refusal:
    """Open one occurrence of a duty that does not recur by itself, in the name of whoever owes it."""
    program = editions.in_force(plan)
    task = program.edition.tasks.get(task_id) if program is not None else None
    if program is None or task is None or not is_duty(program, task):
        return refuse("duty.unknown", task=task_id)
    if recurs(task):
        return refuse("duty.recurs", task=task.name)
    if not program.acts_for_any(NEW, by, task.who):
        who = Words("、".join(program.actor_name(each).zh for each in task.who),
                    ", ".join(program.actor_name(each).en for each in task.who))  # fmt: skip
        return refuse("duty.not-yours", task=task.name, who=who, by=program.actor_name(by))
    day = timezone.localtime(now, program.zone)
    command = OpenOccurrence(
        by=by, key=key, kind="standing", task=task_id,
        title=title.strip() or f"{task.name.zh}（{day.year}年{day.month}月{day.day}日）",
    )  # fmt: skip
    done = execute(None, command, now=now, person=person, plan=plan)
    if isinstance(done, Done):
        Occurrence.objects.update_or_create(
            case_id=done.case_id, defaults={"plan": plan, "task": task_id, "begins_at": done.events[0].at}
        )
    return done


def register_hazard(
    plan: str, *, by: str, title: str, summary: str, now: datetime, person: Person | None = None, key: str = ""
) -> Done | Refusal:
    """Register a hazard that somebody has found; what follows (rectifying, checking, closing) the plan says."""
    command = OpenOccurrence(by=by, key=key, kind="hazard", title=title, summary=summary)
    return execute(None, command, now=now, person=person, plan=plan)


# --- again from the journals


def rebuild(now: datetime) -> int:
    """Make duties and occurrences again from the editions and the journals; how many occurrences there are."""
    with transaction_that_writes():
        Occurrence.objects.all().delete()
        Duty.objects.all().delete()
        Followed.objects.all().delete()
        for plan in InForce.objects.values_list("plan", flat=True).distinct():
            follow(plan, now)
        opened = list(_opened())
        for duty in Duty.objects.all():
            _rebuild(duty, {due: case for plan, task, due, case, _ in opened if (plan, task) == _of(duty) and due}, now)
        known = set(Occurrence.objects.values_list("case_id", flat=True))
        # Opened by hand, or under a recurrence that the editions as they are now do not give.
        Occurrence.objects.bulk_create(
            Occurrence(plan=plan, task=task, begins_at=at, due_at=due, case_id=case)
            for plan, task, due, case, at in opened
            if case not in known
        )
    return Occurrence.objects.count()


def _of(duty: Duty) -> tuple[str, str]:
    return duty.plan, duty.task


def _rebuild(duty: Duty, cases: dict[datetime, int], now: datetime) -> None:
    last = max(cases, default=None)
    rows = [
        Occurrence(
            plan=duty.plan, task=duty.task, begins_at=each.begins, due_at=each.due, guessed=each.guessed,
            case_id=cases.get(each.due),
        )
        for each in owed(terms_of(duty.plan), duty.task, now)
        if last is not None
        and each.due <= last
        and (each.due in cases or not any(each.begins < due <= each.due for due in cases))
    ]  # fmt: skip
    Occurrence.objects.bulk_create(rows, batch_size=500)
    Duty.objects.filter(pk=duty.pk).update(reached_at=last, wake_at=now)


def _opened() -> Iterable[tuple[str, str, datetime | None, int, datetime]]:
    """What the journals say of every occurrence: plan, duty, due instant, case, when it was opened."""
    cases = CaseRecord.objects.filter(kind="standing", is_drill=False, version__gt=0).order_by("pk")
    for case_id, plan in cases.values_list("pk", "plan"):
        first = next(iter(store.entries(case_id, before=2)), None)
        event = store.event(first) if first is not None else None
        if isinstance(event, CaseOpened) and event.task:
            yield plan, event.task, event.due, case_id, event.at
