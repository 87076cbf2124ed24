"""The table. It is declared here for migrations only: entries are written and read in `muster.journal.store`."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One event of one case, sealed. Instants are ISO 8601 text in UTC: what is stored is exactly what was hashed.

    `first` is the `seq` of the first event of the same command; that first entry carries the command's `key`.
    There is no foreign key to the case: a journal outlives whatever points at it.
    """

    pk = models.CompositePrimaryKey("case_id", "seq")
    case_id = models.BigIntegerField()
    seq = models.IntegerField()
    first = models.IntegerField()
    key = models.CharField(max_length=200, null=True)
    name = models.CharField(max_length=60)
    version = models.SmallIntegerField()
    at = models.CharField(max_length=32)
    recorded_at = models.CharField(max_length=32)
    by = models.CharField(max_length=100)
    person = models.CharField(max_length=100)
    data = models.TextField()
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "journal_entry"
        verbose_name_plural = "entries"
        constraints = [models.UniqueConstraint(fields=["case_id", "key"], name="journal_command_once")]
