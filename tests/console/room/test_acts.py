"""From the form to the command and back: refusals keep what was typed and say the next right thing."""

import re

import pytest

from muster.cases.models import CaseRecord
from muster.engine.commands import Complete, ConfirmLevel, OpenIncident

pytestmark = pytest.mark.django_db

LIVE = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "do-case"}


def test_a_form_that_was_refused_comes_back_with_everything_that_was_typed(as_, room, does, incident):
    does("meng", incident, ConfirmLevel(by="county-government", level="IV"))
    answer = as_("meng").post(
        f"{room}do/confirm-level/", {"panel": "1", "level": "III", "reason": "", "by": "county-government"}, **LIVE
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "data-refusal" in page
    assert "理由" in page
    assert re.search(r'value="III"[^>]*checked', page)


def test_what_cannot_be_read_is_said_beside_its_field(as_, room):
    answer = as_("wen").post(f"{room}do/jot/", {"panel": "1", "text": "银行增设窗口", "at": "昨天下午"}, **LIVE)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "银行增设窗口" in page
    assert "昨天下午" in page
    assert "13:40" in page


def test_whoever_may_not_is_told_who_may_and_can_ask_them(as_, room, does, incident):
    does("meng", incident, ConfirmLevel(by="county-government", level="III", reason="涉及全市"))
    answer = as_("xu").post(f"{room}do/start/", {"panel": "1", "note": "请抓紧"}, **LIVE)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "市地方金融监管及风险处置协调机制" in page
    assert "高景明" in page
    assert "请抓紧" in page
    ask = re.search(r'href="([^"]+do/direct/[^"]+)"', page)[1]
    form = as_("xu").get(ask.replace("&amp;", "&"), **LIVE).content.decode()
    assert re.search(r'name="to" value="mechanism"[^>]*checked', form)


def test_without_a_script_the_same_form_is_a_page_and_the_answer_a_note_in_the_room(as_, room):
    wen = as_("wen")
    assert "<h1>" in wen.get(f"{room}do/jot/").content.decode()
    answer = wen.post(f"{room}do/jot/", {"panel": "1", "text": "已派两人到场"}, follow=True)
    assert answer.redirect_chain[-1][0] == room
    page = answer.content.decode()
    assert "note--done" in page
    assert "已派两人到场" in page


def test_with_a_script_the_answer_is_a_note_that_empties_the_form_and_wakes_the_page(as_, room):
    answer = as_("wen").post(f"{room}do/jot/", {"panel": "1", "text": "已派两人到场"}, **LIVE)
    assert answer.status_code == 200
    assert answer["HX-Retarget"] == "#result"
    assert answer["HX-Trigger"] == "muster:changed"
    assert 'id="do-case"' in answer.content.decode()


def test_the_same_form_sent_twice_is_done_once(as_, room, incident):
    said = {"panel": "1", "text": "只记一次", "key": "one"}
    for _twice in range(2):
        assert as_("wen").post(f"{room}do/jot/", said, **LIVE).status_code == 200
    assert as_("wen").get(f"{room}journal/").content.decode().count("只记一次") == 1


def test_the_name_one_acts_in_is_the_one_the_task_is_for(as_, room):
    # Meng is deputy head of the county and acts for the county; the report is the county's.
    form = as_("meng").get(f"{room}do/complete/?task=phone-report@county-government").content.decode()
    assert re.search(r'<option value="county-government"[^>]*selected', form)


def test_an_answer_to_the_open_question_is_a_fact(as_, room, incident):
    page = as_("tang").get(room).content.decode()
    name = re.search(r'name="fact-(\w+)" value="true"', page[page.index('id="question') :])[1]
    answer = as_("tang").post(f"{room}do/assess/?fact={name}", {f"fact-{name}": "false"}, **LIVE)
    assert answer.status_code == 200
    assert f'name="fact-{name}" value="true"' not in as_("tang").get(room).content.decode()


def test_a_case_cannot_be_closed_before_its_procedure_and_says_why(as_, room, incident):
    answer = as_("wen").post(f"{room}do/close/", {"panel": "1"}, **LIVE)
    assert answer.status_code == 422
    assert CaseRecord.objects.get(number=incident.number).stage != "closed"


def test_two_cases_of_one_occurrence_become_one(as_, room, incident, does, people, clock):
    other = does("tang", None, OpenIncident(by="finance-work-bureau", title="同一事件的另一次报告"))
    answer = as_("wen").post(
        f"/cases/{other.number}/do/merge/", {"panel": "1", "into": incident.number, "reason": "同一事件"}, follow=True
    )
    assert answer.redirect_chain[-1][0] == room
    assert CaseRecord.objects.get(number=other.number).ended == "merged"


def test_what_the_plan_requires_of_a_report_is_filled_in_from_the_case(as_, room):
    form = as_("meng").get(f"{room}do/complete/?task=phone-report@county-government").content.decode()
    assert re.search(r'name="field-people"[^>]*value="120"', form) or re.search(
        r'value="120"[^>]*name="field-people"', form
    )


def test_a_late_completion_is_asked_why(as_, room, clock):
    early = as_("meng").get(f"{room}do/complete/?task=phone-report@county-government").content.decode()
    assert 'name="reason"' not in early
    clock.moves(hours=2)
    late = as_("meng").get(f"{room}do/complete/?task=phone-report@county-government").content.decode()
    assert 'name="reason"' in late


def test_a_received_report_can_be_confirmed_once(as_, room, does, incident):
    does("meng", incident, Complete(by="county-government", task="phone-report"))
    address = f"{room}tasks/phone-report@county-government/"
    assert 'data-act="acknowledge"' in as_("wen").get(address).content.decode()
    posted = {"task": "phone-report@county-government"}
    assert as_("wen").post(f"{room}do/acknowledge/", posted, **LIVE).status_code == 200
    assert 'data-act="acknowledge"' not in as_("wen").get(address).content.decode()
