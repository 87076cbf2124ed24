"""What the room shows, what it costs, and what keeps it live."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from muster.cases import state
from muster.cases.execute import execute
from muster.cases.models import CaseRecord
from muster.cases.timekeeper import tick_due
from muster.engine.commands import Assess, Complete, ConfirmLevel, Dismiss, Jot

pytestmark = pytest.mark.django_db

STATEMENTS = 14
"""Session, person, holdings, plans in force, case, holdings of its plan, value (snapshot and entries), journal, names,
confirmations, their names, directory, notices, organisation."""


def test_the_head_says_level_stage_command_and_next_clock(as_, room, does, incident):
    does("meng", incident, ConfirmLevel(by="county-government", level="IV"))
    page = as_("wen").get(room).content.decode()
    head = page[page.index('id="room-head"') : page.index("</header>", page.index('id="room-head"'))]
    assert 'data-level="IV"' in head
    assert "孟海涛" in head
    assert "陶慧敏" in head
    assert "事发单位主要领导" in head
    assert "09:50" in head
    assert "电话报告" in head


def test_a_page_in_english_has_no_word_of_the_interface_in_chinese(as_, room):
    page = as_("wen", "en").get(room).content.decode()
    assert "To do now" in page
    assert "Written report" in page
    assert "现在要做" not in page


def test_an_overdue_task_says_whom_it_has_climbed_to(as_, room, incident, clock):
    for _step in range(4):
        clock.moves(minutes=30)
        tick_due(clock())
    page = as_("wen").get(room).content.decode()
    row = page[page.index('id="t-phone-report-at-county-government"') :][:2500]
    assert "is-overdue" in page
    assert "已催" in row


def test_after_a_rise_the_room_says_what_it_kept_added_and_whose_rights_moved(as_, room, does, incident, clock):
    does("meng", incident, ConfirmLevel(by="county-government", level="IV"))
    assert 'class="note note--quiet rise"' not in as_("wen").get(room).content.decode()
    clock.moves(minutes=5)
    does("tang", incident, Assess(by="finance-work-bureau", facts={"impact": "city", "county_can_handle": False}))
    does("tang", incident, ConfirmLevel(by="finance-work-bureau", level="III"))
    page = as_("wen").get(room).content.decode()
    note = page[page.index("rise") : page.index("</details>", page.index("rise"))]
    assert "保留" in note
    assert "报请市政府作出处置决定" in note
    assert "协调机制" in note


def test_a_room_that_has_not_changed_answers_with_nothing(as_, room):
    wen = as_("wen")
    version = re.search(r'id="room-version" name="v" value="([^"]+)"', wen.get(room).content.decode())[1]
    answer = wen.get(f"{room}live/", {"v": version.replace("&quot;", '"')})
    assert answer.status_code == 204
    assert not answer.content
    wen.post(f"{room}do/jot/", {"text": "有变化"})
    answer = wen.get(f"{room}live/", {"v": version.replace("&quot;", '"')})
    assert answer.status_code == 200
    assert "有变化" in answer.content.decode()


def test_asking_whether_a_room_has_changed_reads_no_journal_and_no_tasks(as_, room):
    wen = as_("wen")
    version = re.search(r'id="room-version" name="v" value="([^"]+)"', wen.get(room).content.decode())[1]
    state.forget_all()
    with CaptureQueriesContext(connection) as asked:
        wen.get(f"{room}live/", {"v": version.replace("&quot;", '"')})
    # Session, person, holdings, plans in force; then the one row of the case, and what this person holds of its plan.
    assert len(asked) <= 6, [q["sql"][:80] for q in asked]
    assert not any("journal_entry" in q["sql"] or "cases_snapshot" in q["sql"] for q in asked)


def test_a_room_costs_the_same_however_long_its_journal(as_, room, incident, clock, people):
    wen = as_("wen")

    def cost() -> int:
        state.forget_all()
        wen.get(room)  # a process that knows the levels of this case already
        state.forget_all()
        with CaptureQueriesContext(connection) as asked:
            wen.get(room)
        return len(asked)

    short = cost()
    for number in range(300):
        clock.moves(seconds=1)
        execute(incident.case_id, Jot(by="mechanism-office", text=f"第{number}条"), now=clock(), person=people["wen"])
    assert cost() <= max(short, STATEMENTS)
    assert short <= STATEMENTS
    assert len(wen.get(room).content) < 250_000


def test_no_page_of_a_case_runs_or_styles_anything_inline(as_, room):
    wen = as_("wen")
    for address in (room, f"{room}journal/", f"{room}tasks/phone-report@county-government/", f"{room}do/assess/"):
        answer = wen.get(address)
        assert answer.status_code == 200, address
        page = answer.content.decode()
        assert "style=" not in page
        assert "<style" not in page
        assert not re.search(r"\son\w+=", page)
        assert not re.search(r"<script(?![^>]*\ssrc=)", page)
        assert "script-src 'self'" in answer["Content-Security-Policy"]


def test_the_journal_is_paged_from_the_newest_and_every_entry_has_an_address(as_, room, incident, clock, people):
    for number in range(120):
        clock.moves(seconds=1)
        execute(incident.case_id, Jot(by="mechanism-office", text=f"第{number}条"), now=clock(), person=people["wen"])
    wen = as_("wen")
    page = wen.get(f"{room}journal/").content.decode()
    assert "第119条" in page
    assert "第20条" not in page
    older = re.search(r'href="(\?before=\d+)"', page)[1]
    second = wen.get(f"{room}journal/{older}").content.decode()
    assert "第60条" in second
    assert "第119条" not in second
    numbers = [int(each) for each in re.findall(r'id="e(\d+)"', page)]
    assert numbers == sorted(numbers, reverse=True)


def test_the_journal_can_be_read_by_kind(as_, room, does, incident):
    does("meng", incident, ConfirmLevel(by="county-government", level="IV"))
    does("meng", incident, Complete(by="county-government", task="phone-report"))
    does("wen", incident, Jot(by="mechanism-office", text="已电话核实"))
    wen = as_("wen")
    by_hand = wen.get(f"{room}journal/?show=hand").content.decode()
    assert "已电话核实" in by_hand
    assert "电话报告" not in by_hand
    levels = wen.get(f"{room}journal/?show=levels").content.decode()
    assert "确认为" in levels
    assert "已电话核实" not in levels


def test_the_journal_of_a_room_can_be_verified(as_, room):
    page = as_("wen").get(f"{room}journal/?verify=1").content.decode()
    assert "note--done" in page
    assert "末条摘要" in page


def test_a_journal_that_does_not_end_as_its_case_says_is_found(as_, room, incident):
    CaseRecord.objects.filter(number=incident.number).update(head_hash="0" * 64)
    page = as_("wen").get(f"{room}journal/?verify=1").content.decode()
    assert "note--wrong" in page
    assert "日志不完整" in page


def test_a_closed_room_still_opens_and_offers_to_reopen(as_, room, does, incident, clock):
    does("meng", incident, ConfirmLevel(by="county-government", level="IV"))
    clock.moves(minutes=1)
    does("wen", incident, Dismiss(by="mechanism-office", reason="误报"))
    page = as_("wen").get(room).content.decode()
    assert 'data-act="reopen"' in page
    assert 'data-act="complete"' not in page


def test_an_instant_can_be_corrected_and_the_clocks_move(as_, room, incident, clock):
    wen = as_("wen")
    at = (clock() - timedelta(minutes=40)).astimezone(ZoneInfo("Asia/Shanghai"))
    wen.post(f"{room}do/correct/", {"occurred": f"{at:%Y-%m-%d %H:%M}", "reason": "银行更正"})
    page = wen.get(room).content.decode()
    assert "09:20" in page
    assert "<s>" in page
