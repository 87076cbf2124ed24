"""What a person may see, and what it costs to look."""

import pytest

from muster.cases import reads
from muster.engine.commands import Complete, Jot
from muster.testing.builders import a_person, an_incident, does

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(plan, clock):
    """On duty: holds the duty officer's post."""
    return a_person("officer", "water-outage", "duty-officer", now=clock())


@pytest.fixture
def outsider(plan):
    """Has an account, and no post of any plan."""
    return a_person("outsider")


def test_an_outsider_sees_nothing_and_is_told_how_much_is_hidden(plan, clock, outsider):
    opened = an_incident(clock())
    assert reads.room(outsider, opened.case_id, clock()) is None
    assert reads.room(outsider, opened.number, clock()) is None
    assert reads.journal_page(outsider, opened.case_id, clock()) is None
    assert reads.etag(outsider, opened.case_id, clock()) is None
    assert reads.my_tasks(outsider, clock()).rows == []
    board = reads.board(outsider, clock())
    assert (board.rows, board.hidden) == ([], 1)


def test_somebody_who_no_longer_holds_a_post_sees_nothing_any_more(plan, clock, officer):
    from muster.people import writes

    opened = an_incident(clock())
    assert reads.room(officer, opened.case_id, clock())
    writes.take(officer, "water-outage", "duty-officer", clock.moves(minutes=1))
    assert reads.room(officer, opened.case_id, clock()) is None


def test_a_closed_account_sees_nothing(plan, clock, officer):
    opened = an_incident(clock())
    officer.is_active = False
    officer.save()
    assert reads.room(officer, opened.case_id, clock()) is None
    assert reads.board(officer, clock()).rows == []


def test_the_board_shows_what_is_late_first(plan, clock, officer):
    from muster.cases.timekeeper import tick_due

    late = an_incident(clock())
    early = an_incident(clock.moves(minutes=90))
    tick_due(clock())
    board = reads.board(officer, clock())
    assert [row.pk for row in board.rows] == [late.case_id, early.case_id]
    assert board.hidden == 0


def test_the_room_finds_a_case_by_its_number_with_its_tasks_and_journal(plan, clock, officer):
    opened = an_incident(clock())
    room = reads.room(officer, opened.number, clock())
    assert room.case.tasks
    assert room.held == ("duty-officer",)
    assert [entry.seq for entry in room.journal.entries] == list(range(opened.version, 0, -1))
    assert room.journal.before is None


def test_the_journal_names_persons(plan, clock, officer):
    from muster.cases.execute import execute

    opened = an_incident(clock())
    execute(opened.case_id, Jot(by="duty-officer", text="到场"), now=clock(), person=officer)
    assert reads.room(officer, opened.case_id, clock()).journal.entries[0].person == officer.name


def test_the_etag_changes_with_the_case_and_only_then(plan, clock, officer):
    opened = an_incident(clock())
    before = reads.etag(officer, opened.case_id, clock())
    assert (
        before
        == reads.etag(officer, opened.case_id, clock.moves(hours=1))
        == reads.room(officer, opened.case_id, clock()).etag
    )
    does(opened.case_id, Jot(by="duty-officer", text="!"), clock())
    assert reads.etag(officer, opened.case_id, clock()) != before


def test_my_tasks_are_those_of_what_i_hold_and_of_what_i_act_for(plan, clock, officer):
    an_incident(clock())
    director = a_person("director", "water-outage", "director", now=clock())
    assert {row.task for row in reads.my_tasks(officer, clock()).rows} == {"phone-report"}
    assert "inform" in {row.task for row in reads.my_tasks(director, clock()).rows}, "the director chairs the office"


def test_a_finished_task_is_nobodys_any_more(plan, clock, officer):
    opened = an_incident(clock())
    key = reads.my_tasks(officer, clock()).rows[0].key
    does(opened.case_id, Complete(by="duty-officer", task=key), clock.moves(minutes=1))
    assert reads.my_tasks(officer, clock()).rows == []


def test_looking_costs_the_same_however_much_there_is(plan, clock, officer, django_assert_num_queries):
    """List pages: at most six statements each, whatever the number of rows; a room at most seven."""
    from muster.cases import state

    opened = an_incident(clock())
    costs = []
    for more in (0, 12):
        for _ in range(more):
            an_incident(clock())
        for nth in range(more * 10):
            does(opened.case_id, Jot(by="duty-officer", text=str(nth)), clock.moves(seconds=1))
        state.forget_all()
        costs.append([
            _statements(lambda: list(reads.board(officer, clock()).rows)),
            _statements(lambda: [task.case.number for task in reads.my_tasks(officer, clock()).rows]),
            _statements(lambda: reads.room(officer, opened.case_id, clock())),
            _statements(lambda: reads.etag(officer, opened.case_id, clock())),
        ])  # fmt: skip
    assert costs[0] == costs[1]
    assert all(one <= most for one, most in zip(costs[0], (6, 6, 7, 2), strict=True)), costs


def test_opening_an_incident_takes_at_most_thirty_statements(plan, clock):
    assert _statements(lambda: an_incident(clock())) <= 30


def test_a_command_takes_at_most_eight_statements(plan, clock):
    """One each to read the case, update it, append, bring tasks up to date and fill the outbox; the rest is BEGIN and
    COMMIT (in a test: a savepoint)."""
    opened = an_incident(clock())
    does(opened.case_id, Jot(by="duty-officer", text="!"), clock())
    assert _statements(lambda: does(opened.case_id, Complete(by="plumber", task="repair"), clock())) <= 8


def _statements(look) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        look()
    return len(captured)
