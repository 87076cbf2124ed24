"""Many open cases, and bursts in which some thousand of them are due in the same second.

    python -m bench.bursts CASES DUE PROCESSES…      in an installation of its own; prints one JSON object

For each number of processes there is one burst: DUE cases whose report by telephone falls due at one instant, a few
seconds ahead, and so many timekeepers that are already running when it comes. All of them work on the same database, which
holds CASES open cases by the last burst; the others have clocks too, which run out later.

How late a case is, is counted from its due instant to the moment after the commit of its tick. Afterwards every due case
is looked at: each of its clocks fell due once, at its true instant; it has a next instant, in the future; its journal's
chain holds. A case of which this is not true stops the benchmark.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import django

AHEAD = timedelta(seconds=6)
"""From the last copy to the instant at which the burst is due: the timekeepers must be up by then."""
GIVES_UP_AFTER = 300.0
"""Seconds."""
FAR_ID, DUE_ID = 1_000_000, 10_000_000


def measure(cases: int, due: int, processes: list[int]) -> dict[str, Any]:
    from bench import many_cases
    from muster.cases import editions
    from muster.cli.installing import install
    from muster.plans.shelf import read_library_plan

    install()
    now = datetime.now(UTC)
    editions.adopt(read_library_plan("luohe-finance"), now)
    began = time.monotonic()
    far = many_cases.open_one(occurred=now, now=now)
    many_cases.copy(far, range(FAR_ID, FAR_ID + cases - due * len(processes) - 1))
    _settle_down()
    found: dict[str, Any] = {"built_in_s": round(time.monotonic() - began, 1), "bursts": {}}
    for nth, count in enumerate(processes):
        found["bursts"][str(count)] = _burst(count, due, DUE_ID * (nth + 1))
    found["open_cases"] = _open_cases()
    return found


def _burst(processes: int, due: int, first_id: int) -> dict[str, Any]:
    from bench import many_cases

    # Copying takes some time, too: what is due must not be due before everything stands.
    at = datetime.now(UTC).replace(microsecond=0) + AHEAD + timedelta(seconds=due / 250)
    original = many_cases.open_one(occurred=at - many_cases.REPORTED_WITHIN, now=datetime.now(UTC))
    ids = range(first_id, first_id + due - 1)
    many_cases.copy(original, ids)
    assert datetime.now(UTC) < at - timedelta(seconds=2), "copying took too long: nothing is left to wait for"
    keepers = [
        subprocess.Popen([sys.executable, "-m", "bench.keeping"], stdout=subprocess.PIPE, text=True, env=os.environ)
        for _ in range(processes)
    ]
    for keeper in keepers:
        assert keeper.stdout is not None
        assert keeper.stdout.readline() == "ready\n", "a timekeeper did not start"
    assert datetime.now(UTC) < at, "the timekeepers took too long to start"
    time.sleep(max(0.0, (at - datetime.now(UTC)).total_seconds()))
    _wait_until_ticked(original, ids)
    told = []
    for keeper in keepers:
        keeper.terminate()
    for keeper in keepers:
        printed, _ = keeper.communicate()
        assert keeper.returncode == 0, "a timekeeper failed"
        told.append(json.loads(printed.splitlines()[-1]))
    _look_at(original, ids, at)
    lateness = sorted(late for each in told for late in each["lateness"])
    assert len(lateness) == due, f"{len(lateness)} ticks for {due} cases"
    percentiles = statistics.quantiles(lateness, n=100, method="inclusive")
    return {
        "ticked": [each["ticked"] for each in told],
        "lateness_p50_s": round(percentiles[49], 2),
        "lateness_p99_s": round(percentiles[98], 2),
        "lateness_max_s": round(lateness[-1], 2),
        "rss_mb": max(each["rss_mb"] for each in told),
    }


def _settle_down() -> None:
    """Let the database do what it would have done long ago, if the cases had come in over months."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("CHECKPOINT")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _wait_until_ticked(original: int, ids: range) -> None:
    version = _opening_version(original)
    until = time.monotonic() + GIVES_UP_AFTER
    while _records(original, ids).filter(version=version).exists():
        assert time.monotonic() < until, "not all cases were ticked"
        time.sleep(0.25)


def _opening_version(case_id: int) -> int:
    """How many events opened the case: those before any clock fell due."""
    from muster.journal import store

    return sum(entry.first == 1 for entry in store.entries(case_id))


def _look_at(original: int, ids: range, at: datetime) -> None:
    """Raise AssertionError where a due case is not as it must be after its tick."""
    from muster.cases.models import CaseTask
    from muster.engine.events import ClockFellDue
    from muster.journal import chain, store

    now = datetime.now(UTC)
    expected = sorted(CaseTask.objects.filter(case_id=original, due_at=at).values_list("key", flat=True))
    assert expected, "the report by telephone is not due at the instant of the burst"
    for record in _records(original, ids):
        entries = list(store.entries(record.pk))
        fell = [each for each in map(store.event, entries) if isinstance(each, ClockFellDue)]
        assert sorted(each.key for each in fell) == expected, f"{record.number}: {fell}"
        assert {each.due for each in fell} == {at}, f"{record.number}: {fell}"
        assert record.wake_at is not None
        assert record.wake_at > now, f"{record.number} wakes at {record.wake_at}"
        head = chain.root(record.pk, record.number, record.plan, record.edition_id)
        for entry in entries:
            assert entry.prev_hash == head
            assert chain.seal(entry) == entry.hash
            head = entry.hash
        assert head == record.head_hash
        assert len(entries) == record.version


def _records(original: int, ids: range) -> Any:
    from django.db.models import Q

    from muster.cases.models import CaseRecord

    return CaseRecord.objects.filter(Q(pk=original) | Q(pk__range=(ids.start, ids.stop - 1)))


def _open_cases() -> int:
    from muster.cases.models import CaseRecord

    return CaseRecord.objects.filter(is_over=False).count()


if __name__ == "__main__":
    django.setup()
    cases, due, *processes = map(int, sys.argv[1:])
    print(json.dumps(measure(cases, due, processes)))
