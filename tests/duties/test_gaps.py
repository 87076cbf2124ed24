"""Key posts want two people; posts that nobody holds are named."""

from datetime import timedelta

import pytest
from tests.duties.conftest import PLAN

from muster.cases import editions
from muster.duties.gaps import gaps
from muster.people import writes
from muster.testing.builders import a_person

pytestmark = pytest.mark.django_db


def found(clock) -> dict[str, tuple[int, tuple[str, ...]]]:
    return {gap.actor.id: (gap.least, gap.holders) for gap in gaps(editions.in_force(PLAN), clock())}


def test_a_post_that_wants_two_people_is_a_gap_until_two_hold_it(town, clock):
    a_person("one", PLAN, "cashier", now=clock())
    assert found(clock)["cashier"] == (2, ("One",))
    second = a_person("two", now=clock())
    writes.give(second, PLAN, "cashier", clock(), deputy=True)
    assert "cashier" not in found(clock)
    writes.take(second, PLAN, "cashier", clock.moves(days=1))
    assert found(clock)["cashier"] == (2, ("One",))


def test_key_posts_come_first_and_posts_that_nobody_holds_after_them(town, clock):
    a_person("one", PLAN, "secretary", now=clock())
    assert list(found(clock)) == ["cashier", "director", "archivist", "bank", "office"]


def test_a_body_is_no_gap_while_somebody_can_act_for_it(town, clock):
    assert "office" in found(clock)
    a_person("one", PLAN, "director", now=clock())
    assert "office" not in found(clock)
    assert "director" not in found(clock)


def test_whoever_will_hold_a_post_later_does_not_hold_it_now(town, clock):
    a_person("one", PLAN, "archivist", now=clock() + timedelta(days=1))
    assert "archivist" in found(clock)
