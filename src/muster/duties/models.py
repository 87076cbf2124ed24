"""The duties of the plans in force and their occurrences.

All of it is derived, from the editions that were in force (`cases.InForce`) and from the journals of the cases: it can be
thrown away, and comes back with `muster journal rebuild`. Rows are written in `muster.duties.writes` only.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from muster.cases.models import CaseRecord, InForce


class Duty(models.Model):
    """A standing task of a plan that recurs as time passes.

    `anchor_at` is when it came into force and what its periods are counted from; `ended_at` when an edition came into
    force that no longer asks for it. `reached_at` is the due instant of its last occurrence that has begun, `wake_at`
    when the next one begins: the timekeeper looks at nothing else. `trouble` says why one could not be opened.
    """

    plan = models.CharField(max_length=100)
    task = models.CharField(max_length=100)
    anchor_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reached_at = models.DateTimeField(null=True)
    wake_at = models.DateTimeField(null=True)
    trouble = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "task"], name="duty_once")]
        indexes = [models.Index(fields=["wake_at"], condition=Q(wake_at__isnull=False), name="duty_to_wake")]

    def __str__(self) -> str:
        return f"{self.plan}/{self.task}"


class Followed(models.Model):
    """The latest change of edition that the duties of a plan take into account."""

    plan = models.CharField(max_length=100, primary_key=True)
    change = models.ForeignKey(InForce, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "duties_followed"

    def __str__(self) -> str:
        return f"{self.plan} up to {self.change_id}"


class Occurrence(models.Model):
    """One time that a duty was to be done: a period, or a time somebody chose (then without `due_at`).

    Without a `case` its period was over long before anybody could open it, and it is missed. `guessed`: the due day was
    found by weekdays alone, since the holidays of its year were not known.
    """

    plan = models.CharField(max_length=100)
    task = models.CharField(max_length=100)
    begins_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    guessed = models.BooleanField(default=False)
    case = models.OneToOneField(CaseRecord, null=True, on_delete=models.PROTECT, related_name="occurrence")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "task", "due_at"], name="occurrence_once")]

    def __str__(self) -> str:
        return f"{self.plan}/{self.task} due {self.due_at}"
