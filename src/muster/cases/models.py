"""The register of cases and the read models.

`CaseRecord` says who a case is (id, number, plan, edition) and where its journal ends (version, head_hash); everything
else in this module is derived from the journal, can be thrown away, and comes back with `muster journal rebuild`.
Rows are written in `muster.cases.writing` only.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from muster.engine.state import LIVE
from muster.plans.model import CaseKind, TaskKind


class PlanEdition(models.Model):
    """One adopted edition. `content` is the canonical JSON whose SHA-256 is `digest`; it never changes."""

    digest = models.CharField(max_length=64, primary_key=True)
    plan = models.CharField(max_length=100)
    edition = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    content = models.TextField()
    in_force = models.BooleanField(default=False)
    adopted_at = models.DateTimeField()
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan"], condition=Q(in_force=True), name="one_edition_in_force"),
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.edition}"


class InForce(models.Model):
    """That an edition came into force, and when. It is in force until another of its plan does; never changed."""

    plan = models.CharField(max_length=100)
    edition = models.ForeignKey(PlanEdition, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        db_table = "cases_in_force"
        indexes = [models.Index(fields=["plan", "since"], name="in_force_by_plan")]

    def __str__(self) -> str:
        return f"{self.plan} {self.edition_id} since {self.since}"


class CaseRecord(models.Model):
    """One case. `wake_at` is the earliest instant at which something in it falls due; null where nothing does.

    While a timekeeper has claimed the case, `wake_at` is the end of its lease and `attempt` counts the claims since the
    last tick that went well.
    """

    # who it is, and where its journal ends
    number = models.CharField(max_length=24, unique=True)
    plan = models.CharField(max_length=100)
    edition = models.ForeignKey(PlanEdition, on_delete=models.PROTECT, related_name="cases")
    open_key = models.CharField(max_length=200, null=True, unique=True)
    version = models.IntegerField(default=0)
    head_hash = models.CharField(max_length=64, blank=True)
    # derived
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in CaseKind])
    title = models.TextField(blank=True)
    place = models.TextField(blank=True)
    stage = models.CharField(max_length=12, blank=True)
    ended = models.CharField(max_length=20, blank=True)
    is_over = models.BooleanField(default=False)
    is_drill = models.BooleanField(default=False)
    level = models.CharField(max_length=60, blank=True)
    proposed = models.CharField(max_length=60, blank=True)
    colour = models.CharField(max_length=60, blank=True)
    types = models.TextField(blank=True)
    occurred_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(null=True)
    next_due_at = models.DateTimeField(null=True)
    tasks_live = models.IntegerField(default=0)
    tasks_overdue = models.IntegerField(default=0)
    # time
    wake_at = models.DateTimeField(null=True)
    attempt = models.IntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        db_table = "cases_case"
        indexes = [
            models.Index(fields=["wake_at"], condition=Q(wake_at__isnull=False), name="case_to_wake"),
            models.Index(fields=["plan", "is_over", "-opened_at"], name="case_on_board"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def type_ids(self) -> tuple[str, ...]:
        return tuple(self.types.split())


class CaseTask(models.Model):
    """One standing instance of a task, as lists show it."""

    pk = models.CompositePrimaryKey("case_id", "key")
    case = models.ForeignKey(CaseRecord, on_delete=models.CASCADE, related_name="tasks")
    key = models.CharField(max_length=200)
    task = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in TaskKind], blank=True)
    name = models.TextField()
    name_en = models.TextField(blank=True)
    who = models.TextField(blank=True)
    step = models.IntegerField(default=0)
    status = models.CharField(max_length=12)
    is_live = models.BooleanField()
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    overdue_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    late = models.IntegerField(default=0)
    """Seconds by which it was finished after its due instant."""

    class Meta:
        db_table = "cases_task"

    def __str__(self) -> str:
        return f"{self.case_id} {self.key}"

    @property
    def actors(self) -> tuple[str, ...]:
        return tuple(self.who.split())

    @property
    def is_overdue(self) -> bool:
        return self.overdue_at is not None and self.status in LIVE


class TaskActor(models.Model):
    """Whose task an instance is: one row per actor, so that "my tasks" is one look into an index."""

    pk = models.CompositePrimaryKey("actor", "case_id", "key")
    actor = models.CharField(max_length=100)
    case = models.ForeignKey(CaseRecord, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)

    class Meta:
        db_table = "cases_task_actor"

    def __str__(self) -> str:
        return f"{self.actor} {self.case_id} {self.key}"


class Snapshot(models.Model):
    """A case's value at some version, so that reading it need not replay all its events. A cache.

    `made_by` names the code that folded it; another version of the engine does not trust it.
    """

    case = models.OneToOneField(CaseRecord, on_delete=models.CASCADE, primary_key=True, related_name="+")
    version = models.IntegerField()
    made_by = models.CharField(max_length=16)
    data = models.TextField()

    class Meta:
        db_table = "cases_snapshot"

    def __str__(self) -> str:
        return f"{self.case_id} at {self.version}"


class Numbering(models.Model):
    """The last number given out under a prefix (2026-1122, 演2026-1122)."""

    prefix = models.CharField(max_length=20, primary_key=True)
    last = models.IntegerField()

    class Meta:
        db_table = "cases_numbering"

    def __str__(self) -> str:
        return f"{self.prefix} {self.last}"


class Heartbeat(models.Model):
    """That a timekeeper or a deliverer is alive, how much it has done since it started, and its latest trouble."""

    process = models.CharField(max_length=100, primary_key=True)
    job = models.CharField(max_length=20)
    started_at = models.DateTimeField()
    beaten_at = models.DateTimeField()
    done = models.BigIntegerField(default=0)
    failed = models.BigIntegerField(default=0)
    latest_ms = models.IntegerField(default=0)
    """How late the latest batch was, in milliseconds: the greatest difference between due and done in it."""

    class Meta:
        db_table = "cases_heartbeat"

    def __str__(self) -> str:
        return f"{self.job} {self.process}"
