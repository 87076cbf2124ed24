"""The outbox and the notices."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class Outcome(models.TextChoices):
    """What became of something that was to be told to an actor."""

    QUEUED = "queued", "待分发 queued"
    TOLD = "told", "已分发 told"
    NOBODY = "nobody", "无人任职 nobody holds it"
    OUTSIDE = "outside", "外部单位 outside"
    FAILED = "failed", "失败 failed"


class OutboxEntry(models.Model):
    """Something that an event of a case says to an actor; not yet to a person. Written in `muster.cases.writing`."""

    case = models.ForeignKey("cases.CaseRecord", on_delete=models.PROTECT, related_name="+")
    seq = models.IntegerField()
    nth = models.SmallIntegerField()
    actor = models.CharField(max_length=100)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200, blank=True)
    words = models.TextField()
    words_en = models.TextField(blank=True)
    urgent = models.BooleanField(default=False)
    is_drill = models.BooleanField(default=False)
    said_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.QUEUED)
    ready_at = models.DateTimeField(null=True)
    """When it may be taken; the end of a lease while somebody has it; null once nothing is left to do."""
    attempt = models.IntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        db_table = "notices_outbox"
        constraints = [models.UniqueConstraint(fields=["case", "seq", "nth"], name="outbox_said_once")]
        indexes = [models.Index(fields=["ready_at"], condition=Q(ready_at__isnull=False), name="outbox_ready")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.seq} {self.actor}"


class State(models.TextChoices):
    QUEUED = "queued", "待发送 queued"
    SENT = "sent", "已发送 sent"
    READ = "read", "已阅 read"
    ACCEPTED = "accepted", "已签收 accepted"
    FAILED = "failed", "失败 failed"


class Notice(models.Model):
    """One message to one person on one channel, with its acknowledgement.

    `key` of the outbox entry, person and channel make it unique, so that a delivery repeated after a crash does not tell
    a person twice. `instead_of` names the actor that nobody held, where the duty post is told in its place.
    """

    entry = models.ForeignKey(OutboxEntry, on_delete=models.PROTECT, related_name="notices")
    case = models.ForeignKey("cases.CaseRecord", on_delete=models.PROTECT, related_name="notices")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    actor = models.CharField(max_length=100)
    instead_of = models.CharField(max_length=100, blank=True)
    channel = models.CharField(max_length=20)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200, blank=True)
    words = models.TextField()
    words_en = models.TextField(blank=True)
    urgent = models.BooleanField(default=False)
    is_drill = models.BooleanField(default=False)
    said_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(null=True)
    attempt = models.IntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "person", "channel"], name="notice_once")]
        indexes = [
            models.Index(fields=["ready_at"], condition=Q(ready_at__isnull=False), name="notice_ready"),
            models.Index(fields=["person", "channel", "-id"], name="notice_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} → {self.person_id}: {self.words}"
