"""`muster duties` lists what is owed between incidents."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from tests.duties.conftest import PLAN, put_in_force

from muster.cases import state
from muster.cli.duties import group
from muster.duties.models import Occurrence
from muster.duties.writes import open_due, register_hazard
from muster.engine.commands import Complete
from muster.testing.builders import does

pytestmark = pytest.mark.django_db


@pytest.fixture
def lived():
    """The plan in force for three weeks; one meeting was held late, one never, one is late."""
    state.forget_all()
    now = datetime.now(UTC)
    put_in_force(now - timedelta(days=21))
    open_due(now)
    first = Occurrence.objects.filter(task="meeting").order_by("due_at").first()
    does(first.case_id, Complete(by="secretary", task="meeting", fields={"text": "无"}), now)
    return now


def listed(*arguments: str) -> list[dict]:
    answer = CliRunner().invoke(group, ["list", "--json", *arguments])
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.output)


def test_every_occurrence_is_listed_with_its_state(lived):
    meetings = [each for each in listed() if each["duty"] == "meeting"]
    assert sorted(each["state"] for each in meetings) == ["done", "missed", "open", "overdue", "upcoming"]
    done = next(each for each in meetings if each["state"] == "done")
    assert done["late"] > 0
    assert done["case"]


def test_a_state_is_asked_for_by_name(lived):
    assert {each["state"] for each in listed("--state", "overdue", "--state", "missed")} == {"overdue", "missed"}
    assert {each["duty"] for each in listed("--state", "overdue")} == {"meeting", "register"}


def test_the_table_says_it_in_both_languages(lived):
    said = CliRunner().invoke(group, ["list", "--plan", PLAN], env={"COLUMNS": "200"}).output
    assert "漏办 missed" in said
    assert "周例会" in said


def test_a_plan_that_is_not_in_force_is_wrong_use_and_those_that_are_are_named(lived):
    answer = CliRunner().invoke(group, ["list", "--plan", "no-such-plan"])
    assert answer.exit_code == 2
    assert PLAN in answer.output


def test_open_hazards_are_listed(lived):
    register_hazard(PLAN, by="secretary", title="机房漏水", summary="", now=lived)
    assert "机房漏水" in CliRunner().invoke(group, ["hazards"], env={"COLUMNS": "200"}).output
