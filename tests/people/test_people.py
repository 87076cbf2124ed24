"""Who holds what, at which instant."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from muster.people import reads, writes
from muster.people.models import Holding
from muster.testing.builders import a_person
from muster.testing.clock import Clock

pytestmark = pytest.mark.django_db
PLAN = "water-outage"


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_holders_come_before_deputies_each_in_the_order_they_began(clock):
    deputy, second, first = a_person("deputy"), a_person("second"), a_person("first")
    writes.give(deputy, PLAN, "director", clock(), deputy=True)
    writes.give(first, PLAN, "director", clock.moves(days=1))
    writes.give(second, PLAN, "director", clock.moves(days=1))
    assert reads.holders(PLAN, "director", clock()) == (first, second, deputy)


def test_a_post_is_held_since_and_until_an_instant(clock):
    person = a_person("person")
    since = clock()
    writes.give(person, PLAN, "director", since)
    writes.take(person, PLAN, "director", clock.moves(days=1))
    moment = timedelta(microseconds=1)
    assert reads.actors_of(person, PLAN, since - moment) == ()
    assert reads.actors_of(person, PLAN, since) == ("director",)
    assert reads.actors_of(person, PLAN, clock() - moment) == ("director",)
    assert reads.actors_of(person, PLAN, clock()) == ()


def test_who_held_a_post_stays_known_after_it_is_handed_over(clock):
    person, successor = a_person("person"), a_person("successor")
    writes.give(person, PLAN, "director", clock())
    writes.take(person, PLAN, "director", clock.moves(days=30))
    writes.give(successor, PLAN, "director", clock())
    assert reads.holders(PLAN, "director", clock() - timedelta(days=1)) == (person,)
    assert reads.holders(PLAN, "director", clock()) == (successor,)


def test_a_post_of_one_plan_is_none_of_another(clock):
    person = a_person("person", PLAN, "director", now=clock())
    assert reads.actors_of(person, "earthquake", clock()) == ()
    assert reads.plans_of(person, clock()) == {PLAN: ("director",)}


def test_a_closed_account_holds_nothing(clock):
    person = a_person("person", PLAN, "director", now=clock())
    person.is_active = False
    person.save()
    assert reads.actors_of(person, PLAN, clock()) == ()
    assert reads.plans_of(person, clock()) == {}
    assert reads.holders(PLAN, "director", clock()) == ()


def test_giving_twice_changes_nothing_and_giving_as_deputy_changes_the_capacity(clock):
    person = a_person("person", PLAN, "director", now=clock())
    assert writes.give(person, PLAN, "director", clock.moves(days=1)).since == clock() - timedelta(days=1)
    writes.give(person, PLAN, "director", clock(), deputy=True)
    assert [held.capacity for held in Holding.objects.filter(until=None)] == ["deputy"]
    assert Holding.objects.count() == 2


def test_nobody_holds_the_same_thing_twice_at_a_time(clock):
    person = a_person("person", PLAN, "director", now=clock())
    with pytest.raises(IntegrityError), transaction.atomic():
        Holding.objects.create(person=person, plan=PLAN, actor="director", since=clock())


def test_a_journal_names_persons_by_reference_and_unknown_ones_stay_unknown(clock):
    person = a_person("person", name="文思敏")
    assert reads.names([person.ref, "99999", "", "wen"]) == {person.ref: "文思敏"}
