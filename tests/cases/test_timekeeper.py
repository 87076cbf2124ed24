"""Clocks: none is missed, whatever happens to the processes that watch them."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from muster.cases import leases, timekeeper
from muster.cases.models import CaseRecord, Heartbeat
from muster.cases.rebuild import faults
from muster.cases.timekeeper import CASES, Timekeeper, tick_due
from muster.engine.commands import Jot
from muster.engine.events import ClockFellDue
from muster.journal import store
from muster.testing.builders import an_incident, does

pytestmark = pytest.mark.django_db


def fell_due(case_id: int) -> dict[str, ClockFellDue]:
    return {event.key.split("@")[0]: event for event in store.events(case_id) if isinstance(event, ClockFellDue)}


def catch_up(now) -> int:
    """Tick until nothing is due any more; how many ticks it took."""
    ticks = 0
    while ticked := tick_due(now).ticked:
        ticks += ticked
        assert ticks < 1000, "the clocks do not come to rest"
    return ticks


def test_nothing_is_ticked_before_it_is_due(plan, clock):
    opened = an_incident(clock())
    wakes = CaseRecord.objects.get(pk=opened.case_id).wake_at
    assert tick_due(wakes - timedelta(microseconds=1)).ticked == 0
    assert CaseRecord.objects.get(pk=opened.case_id).version == opened.version


def test_a_clock_falls_due_and_the_case_sleeps_until_the_next(plan, clock):
    opened = an_incident(clock())
    now = clock.moves(hours=1)
    catch_up(now)
    record = CaseRecord.objects.get(pk=opened.case_id)
    assert fell_due(opened.case_id)["phone-report"].due == now
    assert record.tasks_overdue == 1
    assert record.wake_at > now


def test_how_late_a_case_is_woken_counts_from_the_instant_at_which_it_asked_to_be(plan, clock):
    opened = an_incident(clock())
    asked = CaseRecord.objects.get(pk=opened.case_id).wake_at
    assert tick_due(asked + timedelta(seconds=7)).lateness == [7.0]


def test_a_clock_that_ran_out_while_nobody_watched_has_its_true_due_instant(plan, clock):
    opened = an_incident(clock())
    due = {"phone-report": clock() + timedelta(hours=1), "repair": clock() + timedelta(hours=4)}
    catch_up(clock.moves(days=3))
    assert {key: event.due for key, event in fell_due(opened.case_id).items()} == due
    assert not list(faults())


def test_a_claimed_case_is_nobody_elses_until_the_lease_ends(plan, clock):
    an_incident(clock())
    now = clock.moves(hours=2)
    assert len(leases.claim(CASES, now, limit=10, lease=timedelta(minutes=1))) == 1
    assert leases.claim(CASES, now, limit=10, lease=timedelta(minutes=1)) == []
    again = leases.claim(CASES, now + timedelta(minutes=1), limit=10, lease=timedelta(minutes=1))
    assert [each.attempt for each in again] == [2]


def test_a_case_whose_timekeeper_died_is_ticked_by_another_after_the_lease(plan, clock):
    opened = an_incident(clock())
    now = clock.moves(hours=2)
    leases.claim(CASES, now, limit=10, lease=timekeeper.LEASE)  # and dies
    assert tick_due(now).ticked == 0
    catch_up(now + timekeeper.LEASE)
    assert fell_due(opened.case_id)["phone-report"].due == clock() - timedelta(hours=1)


def test_a_timekeeper_that_comes_back_too_late_does_nothing(plan, clock):
    opened = an_incident(clock())
    now = clock.moves(hours=2)
    late = leases.claim(CASES, now, limit=10, lease=timekeeper.LEASE)
    catch_up(now + timekeeper.LEASE)
    version = CaseRecord.objects.get(pk=opened.case_id).version
    timekeeper._tick(late, now)
    assert CaseRecord.objects.get(pk=opened.case_id).version == version
    assert leases.postpone(CASES, late[0], now, "too late") is False


def test_a_command_on_a_claimed_case_sets_its_own_waking(plan, clock):
    opened = an_incident(clock())
    now = clock.moves(minutes=5)
    CaseRecord.objects.update(wake_at=now)
    leases.claim(CASES, now, limit=10, lease=timekeeper.LEASE)
    does(opened.case_id, Jot(by="duty-officer", text="处理中"), now)
    record = CaseRecord.objects.get(pk=opened.case_id)
    assert record.attempt == 0
    assert record.wake_at != now + timekeeper.LEASE


def test_a_case_that_cannot_be_woken_harms_no_other_and_says_why(plan, clock, monkeypatch):
    bad, good = an_incident(clock()), an_incident(clock())
    decide = timekeeper.engine.decide

    def stumbles(program, case, command, now):
        if case.title == "坏掉的事项":
            raise RuntimeError("这个事项有毛病")
        return decide(program, case, command, now)

    bad = an_incident(clock(), title="坏掉的事项")
    monkeypatch.setattr(timekeeper.engine, "decide", stumbles)
    now = clock.moves(hours=2)
    done = tick_due(now)
    assert (done.ticked, done.failed) == (2, 1)
    assert "phone-report" in fell_due(good.case_id)
    record = CaseRecord.objects.get(pk=bad.case_id)
    assert "这个事项有毛病" in record.last_error
    assert record.wake_at == now + leases.pause(1)
    later = record.wake_at
    tick_due(later)
    assert CaseRecord.objects.get(pk=bad.case_id).wake_at == later + leases.pause(2)

    monkeypatch.setattr(timekeeper.engine, "decide", decide)
    catch_up(later + leases.pause(2))
    record.refresh_from_db()
    assert record.last_error == ""
    assert fell_due(bad.case_id)["phone-report"].due == clock() - timedelta(hours=1)


def test_pauses_grow_and_stop_growing():
    pauses = [leases.pause(attempt) for attempt in (1, 2, 3, 50)]
    assert pauses == [timedelta(seconds=5), timedelta(seconds=10), timedelta(seconds=20), leases.LONGEST_PAUSE]


@pytest.mark.django_db(transaction=True)
def test_two_timekeepers_share_the_work_and_no_clock_falls_due_twice(plan, clock):
    opened = [an_incident(clock()).case_id for _ in range(40)]
    now = clock.moves(hours=1)
    ticked: list[int] = []

    def keep() -> None:
        try:
            while done := tick_due(now, limit=5).ticked:
                ticked.append(done)
        finally:
            connection.close()

    threads = [threading.Thread(target=keep) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for case_id in opened:
        due = [event for event in store.events(case_id) if isinstance(event, ClockFellDue)]
        assert len(due) == 1
    assert not list(faults())


@pytest.mark.django_db(transaction=True)
def test_a_running_timekeeper_sees_what_a_command_makes_due_and_beats(plan):
    from datetime import UTC, datetime

    stop, ticked = threading.Event(), threading.Event()
    keeper = Timekeeper(looks_every=30, after=ticked.set)  # longer than the test waits: only a hint can wake it

    def run() -> None:
        try:
            keeper.run(stop)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        while not Heartbeat.objects.exists():
            assert thread.is_alive()
        soon = timedelta(milliseconds=300)
        opened = an_incident(datetime.now(UTC), occurred=datetime.now(UTC) - timedelta(hours=1) + soon)
        assert ticked.wait(20)
    finally:
        stop.set()
        from muster.cases.waking import poke

        poke()
        thread.join()
    assert "phone-report" in fell_due(opened.case_id)
    assert Heartbeat.objects.get().job == "timekeeper"


@pytest.mark.django_db(transaction=True)
def test_a_timekeeper_outlives_its_connection(plan):
    if connection.vendor != "postgresql":
        pytest.skip("there is no connection to lose in SQLite")
    from datetime import UTC, datetime

    from muster.cases.waking import poke

    stop, ticked = threading.Event(), threading.Event()
    keeper = Timekeeper(looks_every=0.1, after=ticked.set)

    def run() -> None:
        try:
            keeper.run(stop)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        while not Heartbeat.objects.exists():
            assert thread.is_alive()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
            )
            assert cursor.fetchone()[0] >= 1
        opened = an_incident(
            datetime.now(UTC), occurred=datetime.now(UTC) - timedelta(hours=1) + timedelta(seconds=0.3)
        )
        assert ticked.wait(20)
    finally:
        stop.set()
        poke()
        thread.join()
    assert "phone-report" in fell_due(opened.case_id)
