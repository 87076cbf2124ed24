"""Nobody alters a journal unseen: the database refuses, and what was altered all the same is found and named."""

import json
from hashlib import sha256

import pytest
from django.db import DatabaseError, connection, transaction

from muster.cases.models import CaseRecord
from muster.cases.rebuild import faults
from muster.engine import events
from muster.engine.commands import Jot
from muster.journal import guard, lifting, store
from muster.testing.builders import an_incident, does

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(plan, clock):
    """A case with twelve entries at least; the one called number 5 is in the middle."""
    opened = an_incident(clock())
    for nth in range(8):
        does(opened.case_id, Jot(by="duty-officer", text=f"第{nth}条记录"), clock.moves(minutes=1))
    return CaseRecord.objects.get(pk=opened.case_id)


def altering(statement: str, *parameters: object) -> None:
    """As somebody would who owns the database and knows about the guard."""
    guard.take_down(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
    guard.put_up(connection)


def refused():
    return pytest.raises(DatabaseError, match="never changed or removed")


def the_fault():
    found = list(faults())
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE journal_entry SET data = data", "DELETE FROM journal_entry", "DELETE FROM journal_entry WHERE seq = 2"],
)
def test_the_database_itself_refuses_to_change_or_remove_an_entry(case, statement):
    with refused(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert not list(faults())


def test_emptying_the_table_is_refused_too(case):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with refused(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE journal_entry")


def test_an_untouched_journal_has_no_fault(case):
    assert not list(faults())


def test_one_altered_byte_is_found_and_named(case):
    altering("UPDATE journal_entry SET data = replace(data, '第3条', '第4条') WHERE case_id = %s", case.pk)
    fault = the_fault()
    assert fault.what == "altered"
    assert "第3条" in _written(case)[fault.seq - 1]
    assert case.number in fault.say("zh")
    assert str(fault.seq) in fault.say("en")


@pytest.mark.parametrize("column", ["by", "person", "at", "recorded_at", "name", "hash", "prev_hash"])
def test_every_field_of_an_entry_is_covered(case, column):
    altering(
        f"UPDATE journal_entry SET \"{column}\" = '2026-03-03T01:00:00.000001+00:00' WHERE case_id = %s AND seq = 5",
        case.pk,
    )
    assert (the_fault().seq, the_fault().what) == (5, "altered")


def test_a_removed_entry_is_found_and_named(case):
    altering("DELETE FROM journal_entry WHERE case_id = %s AND seq = 5", case.pk)
    assert (the_fault().seq, the_fault().what) == (5, "missing")


def test_a_removed_entry_is_found_when_those_after_it_are_renumbered(case):
    altering("DELETE FROM journal_entry WHERE case_id = %s AND seq = 5", case.pk)
    for seq in range(6, case.version + 1):
        altering("UPDATE journal_entry SET seq = seq - 1 WHERE case_id = %s AND seq = %s", case.pk, seq)
    assert (the_fault().seq, the_fault().what) == (5, "out-of-order")


def test_two_swapped_entries_are_found(case):
    for before, after in ((5, 9999), (6, 5), (9999, 6)):
        altering("UPDATE journal_entry SET seq = %s WHERE case_id = %s AND seq = %s", after, case.pk, before)
    assert (the_fault().seq, the_fault().what) == (5, "out-of-order")


def test_a_tail_that_was_cut_off_is_found(case):
    altering("DELETE FROM journal_entry WHERE case_id = %s AND seq > %s", case.pk, case.version - 2)
    assert (the_fault().seq, the_fault().what) == (case.version - 1, "missing")


def test_a_tail_that_was_cut_off_is_found_when_the_case_is_told_so(case):
    altering("DELETE FROM journal_entry WHERE case_id = %s AND seq = %s", case.pk, case.version)
    CaseRecord.objects.filter(pk=case.pk).update(version=case.version - 1)
    assert (the_fault().seq, the_fault().what) == (case.version - 1, "head-differs")


def test_an_entry_that_was_slipped_in_is_found(case):
    last = store.latest(case.pk, limit=1)[0]
    with connection.cursor() as cursor:
        store.append(cursor, [last._replace(seq=last.seq + 1, first=last.seq + 1, prev_hash=last.hash)])
    assert (the_fault().seq, the_fault().what) == (case.version + 1, "unexpected")


def test_a_journal_moved_to_another_case_is_found(case, clock):
    other = an_incident(clock())
    CaseRecord.objects.filter(pk=case.pk).update(number="2026-0303-77")
    assert (the_fault().seq, the_fault().case_id) == (1, case.pk)
    assert other.case_id != case.pk


def test_a_journal_whose_case_is_gone_is_found(case):
    from muster.notices.models import OutboxEntry

    OutboxEntry.objects.all().delete()
    case.delete()
    assert the_fault().what == "case-missing"


def test_anybody_can_check_an_export_with_json_and_sha256(case):
    for entry in store.entries(case.pk):
        said = json.dumps(list(entry)[:-1], ensure_ascii=False, separators=(",", ":"))
        assert sha256(said.encode()).hexdigest() == entry.hash


def test_a_page_of_a_journal_is_the_latest_entries_and_then_those_before(case):
    latest = store.latest(case.pk, limit=3)
    assert [entry.seq for entry in latest] == [case.version, case.version - 1, case.version - 2]
    assert [entry.seq for entry in store.latest(case.pk, before=latest[-1].seq, limit=2)] == [
        case.version - 3,
        case.version - 4,
    ]


def test_an_event_of_an_older_version_is_lifted_when_it_is_read(case, monkeypatch):
    """Made up: version 2 of journal.jotted calls its text `text`, version 1 called it `said`."""
    monkeypatch.setitem(events.VERSIONS, "journal.jotted", 2)
    monkeypatch.setattr(lifting, "LIFTS", {})

    @lifting.lifts("journal.jotted", 1)
    def _(event):
        event["text"] = event.pop("said")
        return event

    old = '{"event":"journal.jotted","at":"2026-03-03T01:00:00Z","said":"旧式记录"}'
    assert lifting.read("journal.jotted", 1, old).text == "旧式记录"
    new = events.encode(events.Jotted(at=lifting.read("journal.jotted", 1, old).at, text="新式记录")).decode()
    assert lifting.read("journal.jotted", 2, new).text == "新式记录"


@pytest.mark.parametrize(
    ("name", "version", "data"),
    [("task.invented", 1, '{"event":"task.invented"}'), ("journal.jotted", 7, "{}"), ("journal.jotted", 1, "[]")],
)
def test_an_event_that_this_version_does_not_know_is_said_to_be_so(name, version, data):
    with pytest.raises(lifting.UnknownEvent, match=name):
        lifting.read(name, version, data)


def _written(case: CaseRecord) -> list[str]:
    """What the fixture wrote, by entry."""
    start = case.version - 8
    return [""] * start + [f"第{nth}条记录" for nth in range(8)]
