"""Telling people: everybody who should know is told, once, and a vacant post is said aloud."""

from datetime import timedelta

import pytest
from django.db import connection

from muster.cases import leases
from muster.notices import deliver as delivering
from muster.notices import reads, writes
from muster.notices.deliver import LEASE, OUTBOX, deliver
from muster.notices.models import Notice, OutboxEntry, Outcome, State
from muster.testing.builders import a_person, an_incident

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(plan, clock):
    """On duty: holds the duty officer's post, and is told what nobody else can be told."""
    return a_person("officer", "water-outage", "duty-officer", now=clock())


@pytest.fixture
def plumber(plan, clock):
    """Head of repairs."""
    return a_person("plumber", "water-outage", "plumber", now=clock())


def told(person) -> list[str]:
    return [notice.words for notice in reads.inbox(person)]


def test_whoever_holds_the_post_at_the_moment_of_delivery_is_told(plan, clock, officer, plumber):
    from muster.people import writes as people

    an_incident(clock())
    successor = a_person("successor", "water-outage", "plumber", now=clock.moves(seconds=10))
    people.take(plumber, "water-outage", "plumber", clock())
    deliver(clock())
    assert told(successor)
    assert not told(plumber)


def test_holder_and_deputy_are_both_told(plan, clock, officer, plumber):
    from muster.people import writes as people

    deputy = a_person("deputy")
    people.give(deputy, "water-outage", "plumber", clock(), deputy=True)
    an_incident(clock())
    deliver(clock())
    assert told(plumber) == told(deputy) != []


def test_a_body_that_nobody_holds_is_told_through_its_chair(plan, clock, officer):
    director = a_person("director", "water-outage", "director", now=clock())
    an_incident(clock())
    deliver(clock())
    assert any(notice.actor == "office" for notice in reads.inbox(director))


def test_a_post_that_nobody_holds_is_told_through_its_stand_in(plan, clock, officer, plumber):
    stand_in = a_person("standin", "water-outage", "deputy-director", now=clock())
    an_incident(clock())
    deliver(clock())
    assert told(stand_in), "the deputy director stands in for the director, who chairs the office"


def test_a_vacant_post_is_said_aloud_to_the_duty_post(plan, clock, officer):
    an_incident(clock())
    deliver(clock())
    instead = [notice for notice in reads.inbox(officer) if notice.instead_of == "plumber"]
    assert instead
    assert "抢修负责人" in instead[0].words
    assert "无人任职" in instead[0].words
    assert OutboxEntry.objects.filter(actor="plumber", state=Outcome.NOBODY).exists()


def test_where_nobody_at_all_can_be_told_the_outbox_keeps_saying_so(plan, clock):
    an_incident(clock())
    deliver(clock())
    assert set(OutboxEntry.objects.values_list("state", flat=True)) <= {Outcome.NOBODY, Outcome.OUTSIDE}
    assert not Notice.objects.exists()


def test_a_delivery_repeated_after_a_crash_tells_nobody_twice(plan, clock, officer, plumber):
    an_incident(clock())
    deliver(clock())
    before = Notice.objects.count()
    OutboxEntry.objects.update(state=Outcome.QUEUED, ready_at=clock())  # as if the process died before it settled
    deliver(clock())
    assert Notice.objects.count() == before


def test_what_a_dead_deliverer_had_claimed_is_delivered_after_its_lease(plan, clock, officer, plumber):
    an_incident(clock())
    leases.claim(OUTBOX, clock(), limit=100, lease=LEASE)
    assert deliver(clock()).told == 0
    clock.now += LEASE
    assert deliver(clock()).told > 0
    assert told(plumber)


def test_an_entry_that_cannot_be_delivered_holds_up_no_other(plan, clock, officer, plumber, monkeypatch):
    an_incident(clock())
    bad = OutboxEntry.objects.filter(actor="plumber").first()
    real = delivering._notices

    def stumbles(entry, *rest):
        if entry.pk == bad.pk:
            raise RuntimeError("坏的通知")
        return real(entry, *rest)

    monkeypatch.setattr(delivering, "_notices", stumbles)
    done = deliver(clock())
    assert (done.failed, done.told) == (1, OutboxEntry.objects.count() - 1)
    bad.refresh_from_db()
    assert "坏的通知" in bad.last_error
    assert bad.ready_at == clock() + leases.pause(1)
    monkeypatch.setattr(delivering, "_notices", real)
    assert deliver(bad.ready_at).told == 1


def test_a_person_reads_and_accepts_only_their_own_notices(plan, clock, officer, plumber):
    an_incident(clock())
    deliver(clock())
    mine = reads.inbox(plumber)[0]
    assert reads.unread(plumber) == len(reads.inbox(plumber))
    assert writes.read(officer, [mine.pk], clock()) == 0
    assert reads.of_person(officer, mine.pk) is None
    assert writes.accept(officer, mine.pk, clock()) is None
    assert writes.read(plumber, [mine.pk], clock()) == 1
    accepted = writes.accept(plumber, mine.pk, clock.moves(minutes=1))
    assert (accepted.state, accepted.read_at, accepted.accepted_at) == (
        State.ACCEPTED,
        clock() - timedelta(minutes=1),
        clock(),
    )
    assert writes.accept(plumber, mine.pk, clock.moves(minutes=9)).accepted_at == accepted.accepted_at


def test_notices_of_a_drill_are_marked_and_stay_in_the_house(plan, clock, officer, settings):
    settings.MUSTER_MAIL = "muster.example"
    reachable = a_person("reachable", "water-outage", "plumber", now=clock(), email="plumber@water.example")
    an_incident(clock(), is_drill=True)
    deliver(clock())
    notices = Notice.objects.filter(person=reachable)
    assert {notice.channel for notice in notices} == {"inbox"}
    assert all(notice.words.startswith("【演练】") and notice.words_en.startswith("[DRILL]") for notice in notices)


def test_delivering_costs_the_same_for_one_case_and_for_ten(plan, clock, officer, plumber):
    from django.test.utils import CaptureQueriesContext

    costs = []
    for cases in (1, 10):
        for _ in range(cases):
            an_incident(clock())
        with CaptureQueriesContext(connection) as captured:
            deliver(clock())
        costs.append(len(captured))
    assert costs[0] == costs[1] <= 16
