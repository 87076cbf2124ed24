"""Who there is, and who holds what.

A plan names actors (posts, bodies, outside parties) and knows no persons. A `Holding` says that a person holds an actor
of a plan from one instant to another. Nothing here gives a right by itself: what an actor may do, the plan says.
"""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Organisation(models.Model):
    """One organisation or unit; they form a tree (city, county, institution, branch)."""

    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["parent", "name"], name="organisation_once_under_its_parent")]

    def __str__(self) -> str:
        return self.name


class Person(AbstractUser):
    """Somebody who can sign in. In a journal a person is only `ref`, so that a name can change or be taken out."""

    first_name = None  # type: ignore[assignment]  # a Chinese name is one name
    last_name = None  # type: ignore[assignment]
    name = models.CharField(max_length=100)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10, default="zh-hans", choices=[("zh-hans", "简体中文"), ("en", "English")])
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="persons"
    )

    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @property
    def ref(self) -> str:
        """The opaque reference under which commands and events name this person."""
        return str(self.pk)


class Capacity(models.TextChoices):
    HOLDER = "holder", "正职 holder"
    DEPUTY = "deputy", "副职 deputy"


class Holding(models.Model):
    """A person holds an actor of a plan, since and until (not including) an instant. A holding is ended, not deleted."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holdings")
    plan = models.CharField(max_length=100)
    actor = models.CharField(max_length=100)
    capacity = models.CharField(max_length=10, choices=Capacity.choices, default=Capacity.HOLDER)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["plan", "actor"], name="holding_by_actor")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "plan", "actor"], condition=Q(until__isnull=True), name="holding_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="holding_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.plan}/{self.actor}"
