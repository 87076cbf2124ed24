"""Read models can be thrown away."""

import pytest
from django.db import connection

from muster.cases.models import CaseRecord, CaseTask, Snapshot, TaskActor
from muster.cases.rebuild import rebuild
from muster.cases.timekeeper import tick_due
from muster.cases.writing import DERIVED
from muster.engine.commands import Jot
from muster.journal import guard
from muster.testing.builders import an_incident, does

pytestmark = pytest.mark.django_db


def everything():
    return {
        model: sorted(map(repr, model.objects.values_list())) for model in (CaseRecord, CaseTask, TaskActor, Snapshot)
    }


@pytest.fixture
def lived(plan, clock):
    """Three cases: one overdue, one long enough for a snapshot, one drill."""
    late, long, _ = an_incident(clock()), an_incident(clock()), an_incident(clock(), is_drill=True)
    for nth in range(70):
        does(long.case_id, Jot(by="duty-officer", text=str(nth)), clock.moves(seconds=20))
    tick_due(clock.moves(hours=2))
    return late


def test_read_models_made_again_from_the_journals_are_the_same(lived):
    before = everything()
    assert before[Snapshot]
    for model in (CaseTask, TaskActor, Snapshot):
        model.objects.all().delete()
    columns = {
        column: None if column.endswith("_at") else 0 if column.startswith(("tasks", "is_")) else ""
        for column in DERIVED
    }
    CaseRecord.objects.update(**columns, opened_at=None, updated_at=None)
    assert everything() != before
    assert rebuild().cases == 3
    assert everything() == before


def test_a_journal_that_is_not_sound_is_named_and_its_case_left_alone(lived):
    guard.take_down(connection)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE journal_entry SET data = replace(data, '三里河', '五里河') WHERE case_id = %s", [lived.case_id]
        )
    guard.put_up(connection)
    before = everything()
    rebuilt = rebuild()
    assert (rebuilt.cases, [fault.seq for fault in rebuilt.faults]) == (2, [1])
    assert everything() == before
