"""Letting tests empty the journal, which the database itself refuses.

Tests that commit are cleaned up by emptying every table. The guard is taken down for that moment, and stands again
before the next test that uses the database: what the tests run against is guarded as an installation is.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from muster.journal import guard

_COMMITTING = {"transactional_db", "live_server", "django_db_reset_sequences", "django_db_serialized_rollback"}
_USING = _COMMITTING | {"db"}


@pytest.fixture(autouse=True)
def _journal_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    marker = request.node.get_closest_marker("django_db")
    fixtures = set(request.fixturenames)
    if marker is None and not fixtures & _USING:
        yield
        return
    # Asked for here and not as an argument: the tests of the core must not open a database.
    request.getfixturevalue("_django_db_helper")
    if not guard.is_up(connection):
        guard.put_up(connection)
    yield
    if fixtures & _COMMITTING or (marker is not None and marker.kwargs.get("transaction")):
        guard.take_down(connection)
