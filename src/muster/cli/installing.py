"""Bringing the database to where this version of Muster needs it, by one process at a time."""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

# Any number that nobody else uses for a lock of their own in this database.
_LOCK = 0x6D757374


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the lock of this installation: of the database where several machines share it, else of the directory."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
    else:
        with (settings.MUSTER_HOME / "installing.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def up_to_date() -> bool:
    """Whether the tables are those of this version."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def install() -> bool:
    """Apply the migrations that are missing; whether there were any. Others who start meanwhile wait.

    From here on this process makes files that only its own account can read: the database holds what people said.
    """
    os.umask(stat.S_IRWXG | stat.S_IRWXO)
    if up_to_date():
        return False
    with _alone():
        if up_to_date():
            return False
        call_command("migrate", verbosity=0, interactive=False)
    return True
