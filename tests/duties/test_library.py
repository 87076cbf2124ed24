"""The standing duties of every plan of the library open, fall due and can be done."""

import pytest

from muster.cases import editions, state
from muster.cases.timekeeper import tick_due
from muster.duties import reads
from muster.duties.gaps import gaps
from muster.duties.models import Duty
from muster.duties.writes import open_due
from muster.plans.shelf import plan_ids, read_library_plan
from muster.testing.clock import Clock

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("plan", plan_ids())
def test_half_a_year_of_its_duties_opens_without_trouble(plan):
    state.forget_all()
    clock = Clock()
    editions.adopt(read_library_plan(plan), clock())
    program = editions.in_force(plan)
    for _ in range(6):
        now = clock.moves(days=31)
        while open_due(now):
            pass
        while tick_due(now).ticked:
            pass
    assert not list(Duty.objects.exclude(trouble="").values_list("task", "trouble"))
    seen = reads.overview({plan: ()}, now)
    for duty in seen.duties:
        # Whatever recurs has a period that runs or a next one, and somebody who owes it.
        assert duty.present is not None or duty.coming is not None, duty.task.id
        assert duty.present is None or duty.present.parts, f"{duty.task.id} opens, and nothing is owed in it"
    late = [each for each in (*seen.overdue, *seen.missed) if each.case is not None]
    assert all(each.due_at is not None and each.due_at <= now for each in late)
    assert gaps(program, now) is not None
