"""Who sees a room, and which buttons: what the engine would refuse for its right is not offered."""

import pytest
from django.test import Client

from muster.engine.commands import ConfirmLevel

pytestmark = pytest.mark.django_db


def buttons(page: str, act: str) -> int:
    return page.count(f'data-act="{act}"')


def row(page: str, task: str) -> str:
    """The markup of one task row."""
    start = page.index(f'id="t-{task}"')
    return page[start : page.index("</li>", start)]


def test_nobody_sees_a_room_without_signing_in(room):
    answer = Client().get(room)
    assert answer.status_code == 302
    assert "/sign-in/" in answer.url


def test_somebody_without_a_post_sees_no_room_and_can_do_nothing_in_it(as_, room, incident):
    pan = as_("pan")
    for address in (room, f"{room}live/", f"{room}journal/", f"{room}tasks/phone-report/", f"{room}do/jot/"):
        answer = pan.get(address)
        assert answer.status_code == 403
        assert "排队取款" not in answer.content.decode()
    assert pan.post(f"{room}do/jot/", {"text": "x"}).status_code == 403


def test_a_case_that_does_not_exist_is_not_found(as_, incident):
    assert as_("wen").get("/cases/1999-0101-01/").status_code == 404


def test_only_whoever_may_confirm_is_offered_the_level(as_, room):
    # Two offers: the proposed level, and another one.
    assert buttons(as_("meng").get(room).content.decode(), "confirm-level") == 2
    assert buttons(as_("xu").get(room).content.decode(), "confirm-level") == 0


def test_a_task_is_offered_to_its_owner_and_not_to_a_neighbour(as_, room):
    mine = row(as_("meng").get(room).content.decode(), "phone-report-at-county-government")
    assert buttons(mine, "complete") == 1
    # Police and publicity do not report for the county; the office may write down the call that it received.
    other = row(as_("lei").get(room).content.decode(), "phone-report-at-county-government")
    assert buttons(other, "complete") == 0
    office = row(as_("wen").get(room).content.decode(), "phone-report-at-county-government")
    assert buttons(office, "complete") == 1


def test_the_acts_of_the_whole_case_follow_from_the_rights_of_the_level(as_, room, does, incident):
    does("meng", incident, ConfirmLevel(by="county-government", level="IV"))
    assert buttons(as_("meng").get(room).content.decode(), "start") == 1
    assert buttons(as_("xu").get(room).content.decode(), "start") == 0


def test_an_act_that_nobody_knows_is_not_found(as_, room):
    assert as_("wen").get(f"{room}do/explode/").status_code == 404


def test_a_person_cannot_act_in_a_name_they_do_not_hold(as_, room, incident):
    as_("lei").post(f"{room}do/jot/", {"text": "现场平稳", "by": "mechanism"})
    page = as_("wen").get(f"{room}journal/").content.decode()
    assert "现场平稳" in page
    entry = page[page.index("现场平稳") :][:200]
    assert "市公安局" in entry
    assert "协调机制" not in entry
