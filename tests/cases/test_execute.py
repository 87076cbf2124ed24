"""The one way in: what is committed, what is refused, what happens when two act at once."""

import threading

import pytest
from django.db import connection

from muster.cases import state
from muster.cases.execute import Done, execute, merge
from muster.cases.models import CaseRecord, CaseTask
from muster.cases.rebuild import faults
from muster.engine import Refusal
from muster.engine.commands import Complete, Jot, OpenIncident
from muster.journal import store
from muster.notices.models import OutboxEntry
from muster.testing.builders import a_person, an_incident, does

pytestmark = pytest.mark.django_db


def test_an_opened_incident_has_a_number_a_journal_tasks_and_something_to_tell(plan, clock):
    opened = an_incident(clock())
    record = CaseRecord.objects.get(pk=opened.case_id)
    assert record.number == "2026-0303-01"
    assert (record.plan, record.edition_id, record.stage) == ("water-outage", plan.digest, "intake")
    assert record.version == opened.version == len(list(store.entries(opened.case_id)))
    phone = CaseTask.objects.get(case=record, key__startswith="phone-report")
    assert phone.name == "电话报告"
    assert record.next_due_at == phone.due_at == clock.moves(hours=1)
    assert record.wake_at is not None
    assert OutboxEntry.objects.filter(case=record, actor="duty-officer").exists()


def test_numbers_count_within_a_day_of_the_plan_and_drills_have_their_own(plan, clock):
    first, second = an_incident(clock()), an_incident(clock())
    drill = an_incident(clock(), is_drill=True)
    tomorrow = an_incident(clock.moves(hours=15))  # past midnight in China, not yet in UTC
    numbers = [one.number for one in (first, second, drill, tomorrow)]
    assert numbers == ["2026-0303-01", "2026-0303-02", "演2026-0303-01", "2026-0304-01"]


def test_a_refused_command_leaves_nothing_behind(plan, clock):
    opened = an_incident(clock())
    refused = execute(opened.case_id, Complete(by="plumber", task="no-such-task"), now=clock())
    assert isinstance(refused, Refusal)
    assert CaseRecord.objects.get(pk=opened.case_id).version == opened.version
    assert len(list(store.entries(opened.case_id))) == opened.version


def test_a_refused_opening_leaves_no_case_and_no_gap_in_the_numbers(plan, clock):
    assert isinstance(execute(None, Jot(by="duty-officer", text="?"), now=clock(), plan="water-outage"), Refusal)
    assert not CaseRecord.objects.exists()
    assert an_incident(clock()).number == "2026-0303-01"


def test_a_plan_that_is_not_in_force_is_refused_with_those_that_are(plan, clock):
    refused = execute(None, OpenIncident(by="duty-officer"), now=clock(), plan="earthquake")
    assert isinstance(refused, Refusal)
    assert refused.code == "plan.unknown"
    assert "water-outage" in refused.say("en")


def test_an_unknown_case_is_refused(plan, clock):
    assert execute(404, Jot(by="duty-officer", text="?"), now=clock()).code == "case.unknown"


def test_a_null_character_is_refused_alike_on_every_database(plan, clock):
    opened = an_incident(clock())
    assert execute(opened.case_id, Jot(by="duty-officer", text="a\0b"), now=clock()).code == "case.text"


def test_a_command_with_a_key_is_executed_once_and_gives_its_first_result_again(plan, clock):
    opened = an_incident(clock())
    first = execute(opened.case_id, Jot(by="duty-officer", text="水已送到", key="k1"), now=clock())
    does(opened.case_id, Jot(by="duty-officer", text="又及"), clock())
    again = execute(opened.case_id, Jot(by="duty-officer", text="水已送到", key="k1"), now=clock.moves(minutes=5))
    assert isinstance(again, Done)
    assert again.repeated
    assert (again.version, again.events) == (first.version, first.events)
    assert CaseRecord.objects.get(pk=opened.case_id).version == opened.version + 2


def test_opening_twice_with_one_key_opens_one_case(plan, clock):
    first = an_incident(clock(), key="form-7")
    again = an_incident(clock.moves(seconds=2), key="form-7")
    assert (again.case_id, again.number, again.repeated) == (first.case_id, first.number, True)
    assert CaseRecord.objects.count() == 1


def test_a_person_acts_only_in_the_name_of_what_they_hold(plan, clock):
    opened = an_incident(clock())
    holder = a_person("holder", "water-outage", "plumber", now=clock())
    outsider = a_person("outsider")
    task = next(each.key for each in CaseTask.objects.filter(task="repair"))
    as_director = execute(opened.case_id, Complete(by="director", task=task), now=clock(), person=holder)
    assert as_director.code == "person.not-holder"
    assert "抢修负责人" in as_director.say("zh")
    assert (
        execute(opened.case_id, Jot(by="plumber", text="!"), now=clock(), person=outsider).code
        == "person.holds-nothing"
    )
    done = execute(opened.case_id, Complete(by="plumber", task=task), now=clock(), person=holder)
    assert isinstance(done, Done)
    assert done.events[0].person == holder.ref


def test_a_holding_that_has_ended_gives_no_right_any_more(plan, clock):
    from muster.people import writes

    opened = an_incident(clock())
    holder = a_person("holder", "water-outage", "plumber", now=clock())
    writes.take(holder, "water-outage", "plumber", clock.moves(minutes=1))
    assert (
        execute(opened.case_id, Jot(by="plumber", text="!"), now=clock(), person=holder).code == "person.holds-nothing"
    )


def test_a_merge_ends_one_case_and_goes_on_in_the_other(plan, clock):
    one, other = an_incident(clock()), an_incident(clock(), title="同一处停水")
    merged = merge(other.case_id, one.case_id, by="duty-officer", reason="同一起事件", now=clock.moves(minutes=1))
    assert isinstance(merged, Done), merged
    assert merged.case_id == one.case_id
    ended, goes_on = CaseRecord.objects.get(pk=other.case_id), CaseRecord.objects.get(pk=one.case_id)
    assert (ended.ended, ended.is_over, goes_on.is_over) == ("merged", True, False)
    assert ended.wake_at is None


def test_a_merge_sent_twice_happens_once(plan, clock):
    one, other = an_incident(clock()), an_incident(clock(), title="同一处停水")
    asked = {"by": "duty-officer", "reason": "同一起事件", "key": "merge-1"}
    first = merge(other.case_id, one.case_id, now=clock.moves(minutes=1), **asked)
    again = merge(other.case_id, one.case_id, now=clock.moves(minutes=1), **asked)
    assert (again.repeated, again.version, again.events) == (True, first.version, first.events)


def test_a_merge_that_one_side_refuses_changes_neither(plan, clock):
    one, other = an_incident(clock()), an_incident(clock())
    merged = merge(other.case_id, one.case_id, by="nobody-known", reason="?", now=clock())
    assert isinstance(merged, Refusal)
    assert CaseRecord.objects.get(pk=other.case_id).version == other.version
    assert CaseRecord.objects.get(pk=one.case_id).version == one.version


def test_a_case_cannot_be_merged_into_itself(plan, clock):
    one = an_incident(clock())
    assert merge(one.case_id, one.case_id, by="duty-officer", reason="", now=clock()).code == "merge.same"


def test_a_process_that_remembers_nothing_finds_the_same_case(plan, clock):
    opened = an_incident(clock())
    for nth in range(70):  # past a snapshot
        does(opened.case_id, Jot(by="duty-officer", text=str(nth)), clock.moves(seconds=1))
    record = CaseRecord.objects.get(pk=opened.case_id)
    head = state.Head(record.pk, record.version, record.head_hash)
    remembered = state.load(head)
    state.forget_all()
    assert state.load(head) == remembered
    does(opened.case_id, Jot(by="duty-officer", text="又一条"), clock.moves(seconds=1))
    assert not list(faults())


def test_a_case_that_others_have_carried_on_is_caught_up(plan, clock):
    opened = an_incident(clock())
    record = CaseRecord.objects.get(pk=opened.case_id)
    early = state.load(state.Head(record.pk, record.version, record.head_hash))
    for nth in range(3):
        does(opened.case_id, Jot(by="duty-officer", text=str(nth)), clock.moves(seconds=1))
    state.remember(opened.case_id, record.head_hash, early)  # as another process would still remember it
    record.refresh_from_db()
    assert state.load(state.Head(record.pk, record.version, record.head_hash)).version == opened.version + 3


@pytest.mark.django_db(transaction=True)
def test_writers_on_one_case_at_once_all_land_and_the_journal_stays_whole(plan, clock):
    opened = an_incident(clock())
    results: list[object] = []

    def write(name: str) -> None:
        try:
            for nth in range(10):
                results.append(execute(opened.case_id, Jot(by="duty-officer", text=f"{name}{nth}"), now=clock()))
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(name,)) for name in "甲乙丙丁"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(isinstance(each, Done) for each in results), results
    landed = sorted(done.version for done in results)
    assert landed == list(range(opened.version + 1, opened.version + 41))
    assert CaseRecord.objects.get(pk=opened.case_id).version == opened.version + 40
    assert not list(faults())


@pytest.mark.django_db(transaction=True)
def test_one_key_sent_by_several_at_once_is_executed_once(plan, clock):
    opened = an_incident(clock())
    results: list[object] = []

    def write() -> None:
        try:
            results.append(execute(opened.case_id, Jot(by="duty-officer", text="一次", key="same"), now=clock()))
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert CaseRecord.objects.get(pk=opened.case_id).version == opened.version + 1
    assert sum(not done.repeated for done in results) == 1
