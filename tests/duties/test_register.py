"""The weekly register is filled from the week's incidents, and keeps its rows as they stood."""

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.test import Client
from tests.duties.conftest import PLAN, china

from muster.cases.execute import execute, merge
from muster.cases.timekeeper import tick_due
from muster.cli import group as muster
from muster.console import frame
from muster.duties import register
from muster.duties.models import Occurrence
from muster.engine import Refusal
from muster.engine.commands import CloseCase, Complete, ConfirmLevel, Dismiss, EndResponse, OpenIncident
from muster.testing.builders import a_person, does, done

pytestmark = pytest.mark.django_db


def reports(now, title, **more):
    said = {"by": "secretary", "title": title, "types": ("run",), "occurred": now - timedelta(minutes=20), **more}
    return done(execute(None, OpenIncident(**said), now=now, plan=PLAN))


def due_on(day: str) -> Occurrence:
    return Occurrence.objects.get(task="register", due_at=china(f"{day} 17:00"))


def rows_of(day: str, now) -> list[register.Row]:
    row = due_on(day)
    found = register.of_case(row.case_id, now)
    assert found is not None
    return found


@pytest.fixture
def week(town, at):
    """A week with two incidents, one of them late and closed; one before it, one after it, and a drill."""
    at("2026-03-03 09:00")
    reports(at("2026-03-04 08:00"), "上一期的事")
    at("2026-03-06 17:00")
    queue = reports(at("2026-03-09 10:00"), "网点排队", facts={"people": 40})
    now = at("2026-03-10 12:00")
    while tick_due(now).ticked:
        pass
    does(queue.case_id, Complete(by="secretary", task="phone-report", reason="占线"), now)
    does(queue.case_id, ConfirmLevel(by="director", level="IV"), now)
    does(queue.case_id, EndResponse(by="director", reason="秩序恢复"), now)
    does(queue.case_id, CloseCase(by="director"), at("2026-03-11 09:00"))
    reports(at("2026-03-12 09:00"), "谣言传播", facts={"people": 300})
    reports(at("2026-03-12 10:00"), "演练的事", is_drill=True)
    reports(at("2026-03-13 17:00"), "下一期的事")
    return queue


def test_a_register_has_one_row_for_each_incident_reported_in_its_week(week, clock):
    first, second = rows_of("2026-03-13", clock())
    assert (first.number, first.title, first.types, first.level) == (week.number, "网点排队", ("run",), "IV")
    assert first.occurred_at == china("2026-03-09 09:40")
    assert first.reported_at == china("2026-03-09 10:00")
    assert first.closed_at == china("2026-03-11 09:00")
    assert (second.title, second.level, second.closed_at) == ("谣言传播", "", None)


def test_a_row_says_how_late_its_reports_were(week, clock):
    first = rows_of("2026-03-13", clock())[0]
    assert (first.late, first.late_most) == (1, 25 * 3600)


def test_what_was_merged_stands_once_and_what_was_dismissed_says_so(week, clock, at):
    one, other = reports(clock(), "同一件事甲"), reports(clock(), "同一件事乙")
    does(reports(clock(), "误报").case_id, Dismiss(by="director", reason="查无此事"), clock())
    done(merge(one.case_id, other.case_id, by="director", reason="同一件事", now=clock()))
    found = {row.title: row.ended for row in rows_of("2026-03-20", clock())}
    assert found == {"下一期的事": "", "同一件事乙": "", "误报": "dismissed"}


@pytest.fixture
def secretary(week, clock, monkeypatch):
    """Somebody who holds the secretary's post, in a browser."""
    monkeypatch.setattr(frame, "present", clock)
    browser = Client(headers={"accept-language": "zh-hans"})
    browser.force_login(a_person("wen", PLAN, "secretary", now=china("2026-03-01 09:00")))
    return browser


def completes(browser, row: Occurrence, **typed):
    number = row.case.number
    return browser.post(
        f"/cases/{number}/do/complete/?task=register", {"task": "register", "by": "secretary", "key": "k", **typed}
    )


def test_a_completed_register_keeps_its_rows_whatever_becomes_of_the_cases(secretary, week, clock, at):
    row = due_on("2026-03-13")
    clock.now = china("2026-03-13 16:00")
    answer = completes(secretary, row, **{"field-note": "两起"})
    assert answer.status_code == 302, answer.content.decode()
    later = at("2026-03-16 09:00")
    second = register.rows(PLAN, china("2026-03-12 09:00"), china("2026-03-12 09:01"), later)[0]
    does(_case_id(second.number), ConfirmLevel(by="director", level="III"), later)
    page = secretary.get(f"/duties/{PLAN}/register/register/{row.case.number}/").content.decode()
    assert "谣言传播" in page
    assert "未定级" in page  # as it stood on Friday
    assert "两起" in page
    assert "完成时的内容" in page


def _case_id(number: str) -> int:
    from muster.cases.models import CaseRecord

    return CaseRecord.objects.get(number=number).pk


def test_what_is_reported_after_an_early_register_stands_in_the_next_one(secretary, week, clock, at):
    clock.now = china("2026-03-13 11:00")
    assert completes(secretary, due_on("2026-03-13")).status_code == 302
    reports(at("2026-03-13 15:00"), "周五下午的事")
    now = at("2026-03-14 09:00")
    assert [row.title for row in rows_of("2026-03-20", now)] == ["周五下午的事", "下一期的事"]


def test_an_open_register_shows_the_rows_of_the_moment(secretary, week, clock):
    number = due_on("2026-03-13").case.number
    page = secretary.get(f"/duties/{PLAN}/register/register/{number}/").content.decode()
    assert "网点排队" in page
    assert "1项逾期，最长1天1小时" in page
    assert "演练的事" not in page
    assert "以下为当前内容" in page


def test_rows_can_be_read_again_from_what_was_kept(week, clock):
    found = rows_of("2026-03-13", clock())
    assert register.kept({"rows": register.plain(found)}) == found
    assert register.kept({}) is None


def test_only_a_register_keeps_rows(week, clock):
    meeting = Occurrence.objects.filter(task="meeting").latest("due_at").case_id
    fields = {"text": "无", "rows": [{"number": "1"}]}
    refused = execute(meeting, Complete(by="secretary", task="meeting", fields=fields), now=clock())
    assert isinstance(refused, Refusal)
    assert refused.code == "form.unknown"


def test_a_register_completed_from_the_terminal_keeps_its_rows_as_well(week):
    number = due_on("2026-03-13").case.number
    arguments = ["incident", "do", number, "complete", "task=register", "--by", "secretary"]
    told = CliRunner().invoke(muster, arguments)
    assert told.exit_code == 0, told.output
    kept = next(json.loads(line) for line in told.output.splitlines() if '"task.completed"' in line)
    rows = register.kept(kept["fields"])
    assert rows is not None
    assert "谣言传播" in {row.title for row in rows}
