"""My tasks: what is open for my posts across cases, and what was said to me."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.console.pages.reading import text

from muster.engine.commands import Complete, ConfirmLevel, Take
from muster.notices.deliver import deliver
from muster.notices.models import Notice


def jobs(answer) -> list[str]:
    return [job.task for job in answer.context["jobs"]]


def test_nothing_open_says_that_what_comes_will_stand_here(as_):
    assert "目前没有您的任务" in text(as_("meng").get("/tasks/"))


def test_my_tasks_come_from_all_cases_by_their_due_instants(as_, opens, clock):
    opens(title="先来的")
    clock.moves(minutes=5)
    opens(title="更急的", occurred=clock.now.replace(hour=0, minute=30))
    answer = as_("meng").get("/tasks/")
    first = answer.context["jobs"][0]
    assert first.row.name == "电话报告"
    assert first.row.subs[0] == "更急的"
    dues = [job.row.clock.due_at for job in answer.context["jobs"] if job.row.clock.due_at is not None]
    assert dues == sorted(dues)


def test_a_task_of_others_is_not_among_mine(as_, opens):
    opens(units={"financial-regulators": ("cbirc",)})
    assert "phone-report@county-government" in jobs(as_("meng").get("/tasks/"))
    assert "phone-report@county-government" not in jobs(as_("yue").get("/tasks/"))
    assert "phone-report@cbirc" in jobs(as_("yue").get("/tasks/"))


def test_a_card_posts_to_the_act_with_its_task_and_in_whose_name(as_, opens):
    case = opens()
    html = as_("meng").get("/tasks/").content.decode()
    assert f'action="/cases/{case.number}/do/take/"' in html
    assert '<input type="hidden" name="task" value="phone-report@county-government">' in html
    assert 'name="by" value="county-government"' in html


def test_what_the_card_posts_is_taken(as_, opens):
    case = opens()
    browser = as_("meng")
    job = next(each for each in browser.get("/tasks/").context["jobs"] if each.task == "phone-report@county-government")
    answer = browser.post(job.take_url, {"task": job.task, "for": job.for_, "by": job.by})
    assert answer.status_code in (200, 204, 302)
    again = next(each for each in browser.get("/tasks/").context["jobs"] if each.task == job.task)
    assert again.row.state == "acknowledged"
    assert again.take_url == ""
    assert case.number in again.open_url


def test_what_is_taken_says_so_and_can_only_be_completed(as_, opens, does):
    case = opens()
    does(case, Take(by="county-government", task="phone-report"))
    assert "事发地县区政府已接办" in text(as_("meng").get("/tasks/"))


def test_what_waits_for_another_task_says_for_which_and_has_no_buttons(as_, opens):
    opens()
    answer = as_("meng").get("/tasks/")
    later = {job.task: job for job in answer.context["later"]}
    assert later["written-report@county-government"].why == "待完成：电话报告"


def test_what_was_done_opens_what_waited_for_it(as_, opens, does):
    case = opens()
    does(case, Complete(by="county-government", task="phone-report", note="已报"))
    assert "written-report@county-government" in jobs(as_("meng").get("/tasks/"))


def test_what_is_late_is_drawn_as_late_and_counted_in_the_title(as_, opens, clock):
    opens()
    clock.moves(minutes=61)
    answer = as_("meng").get("/tasks/")
    assert answer.context["jobs"][0].row.state == "overdue"
    assert 'data-overdue="1"' in answer.content.decode()


def test_a_drill_stands_behind_what_is_real_and_is_marked(as_, opens):
    opens(title="推演", is_drill=True)
    opens(title="真的")
    cards = as_("meng").get("/tasks/").context["jobs"]
    assert cards[0].row.subs[0] == "真的"
    assert cards[-1].row.subs[0] == "【演练】推演"


def test_the_number_of_statements_does_not_grow_with_the_tasks(as_, opens, does, clock):
    browser = as_("gao")
    browser.get("/tasks/")
    counts = []
    for _ in range(2):
        for n in range(4):
            clock.moves(seconds=1)
            case = opens(title=f"第{n}起", facts={"origin": "county", "impact": "city"})
            does(case, ConfirmLevel(by="mechanism-office", level="III"))
        with CaptureQueriesContext(connection) as made:
            browser.get("/tasks/")
        counts.append(len(made))
    assert counts[0] == counts[1] <= 14, counts


def test_the_page_answers_204_until_something_changes(as_, opens, clock):
    browser = as_("meng")
    opens()
    version = browser.get("/tasks/").context["version"]
    assert browser.get("/tasks/live/", {"v": version}).status_code == 204
    opens(title="又一起")
    changed = browser.get("/tasks/live/", {"v": version})
    assert "又一起" in text(changed)


# --- the inbox


@pytest.fixture
def told(people, opens, clock):
    """What an incident says has been delivered to the inboxes."""
    case = opens()
    deliver(clock())
    return case


def test_what_was_said_to_me_stands_in_my_inbox(as_, told, people):
    mine = Notice.objects.filter(person=people["meng"])
    assert mine.exists()
    html = text(as_("meng").get("/tasks/"))
    assert mine.first().words in html


def test_marking_as_read_marks_mine_and_nobody_elses(as_, told, people):
    ids = list(Notice.objects.values_list("pk", flat=True))
    assert as_("meng").post("/tasks/read/", {"notice": ids}).status_code == 302
    assert not Notice.objects.filter(person=people["meng"], read_at=None).exists()
    assert Notice.objects.exclude(person=people["meng"]).filter(read_at=None).exists()


def test_htmx_gets_the_list_back(as_, told, people):
    ids = list(Notice.objects.filter(person=people["meng"]).values_list("pk", flat=True))
    answer = as_("meng").post("/tasks/read/", {"notice": ids}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert answer.context["unread"] == 0


def test_nonsense_among_the_ids_is_left_alone(as_, told):
    assert as_("meng").post("/tasks/read/", {"notice": ["x", "-1", "99999999"]}).status_code == 302


def test_the_board_counts_my_unread_notices(as_, told, people):
    unread = Notice.objects.filter(person=people["meng"]).count()
    assert as_("meng").get("/").context["unread"] == unread > 0


def test_without_script_one_comes_back_to_the_tasks_after_taking_one(as_, opens):
    opens()
    browser = as_("meng")
    job = browser.get("/tasks/").context["jobs"][0]
    answer = browser.post(job.take_url, {"task": job.task, "for": job.for_, "by": job.by, "next": "/tasks/"})
    assert answer.status_code == 302
    assert answer.url == "/tasks/"
