"""The pages in a real browser: what changes while one looks, and what one typed."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from muster.cases.models import CaseRecord
from muster.engine.commands import ConfirmLevel

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def signs_in(live_server, page: Page, as_):
    """A browser in which somebody is signed in."""

    def opened(name: str, path: str = "/") -> Page:
        cookie = as_(name).cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page.goto(live_server.url + path)
        return page

    return opened


def test_the_phone_call_is_registered_in_seconds_with_its_clocks_seen_before(transactional_db, signs_in):
    page = signs_in("wen", "/intake/")
    page.get_by_placeholder("单位、姓名").fill("漯河银保监局　马丽")
    page.get_by_role("radio", name="约30分前").check()
    follows = page.locator("#intake-next")
    expect(follows).to_contain_text("09:30")  # half an hour after 08:30 comes an hour's phone report
    expect(follows).to_contain_text("电话报告")
    page.get_by_label("一句话经过").fill("龙城支行门口排队取款约40人，秩序尚好。")
    expect(follows).to_contain_text("龙城支行门口排队取款约40人")
    assert not CaseRecord.objects.exists()
    page.get_by_role("button", name="登记").click()
    expect(page).to_have_url(re.compile("/cases/2026-0303-01/$"))
    expect(page.get_by_text("已登记，编号2026-0303-01。")).to_be_visible()
    page.goto(page.url.split("/cases/")[0] + "/intake/")
    expect(page.get_by_label("一句话经过")).to_have_value("")  # the draft went with the note


def test_what_was_typed_is_still_there_after_a_refusal_and_after_a_reload(transactional_db, signs_in):
    page = signs_in("wen", "/intake/")
    page.get_by_label("在哪里").fill("郾城区龙城镇")
    page.get_by_role("radio", name="约15分前").check()
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_text("请用一句话写明发生了什么。")).to_be_visible()
    expect(page.get_by_label("在哪里")).to_have_value("郾城区龙城镇")
    page.get_by_label("一句话经过").fill("排队取款")
    page.wait_for_timeout(400)  # a draft is kept a quarter of a second after the last key
    page.reload()
    expect(page.get_by_label("一句话经过")).to_have_value("排队取款")
    expect(page.get_by_label("在哪里")).to_have_value("郾城区龙城镇")


def test_the_board_shows_a_new_case_by_itself(transactional_db, signs_in, opens):
    page = signs_in("wen")
    expect(page.get_by_text("目前没有运行中的事项")).to_be_visible()
    opens(title="县城两家网点排队")
    expect(page.get_by_role("link", name="县城两家网点排队").first).to_be_visible()


def test_a_task_is_taken_with_one_thumb_and_the_card_says_so(transactional_db, signs_in, opens):
    opens()
    page = signs_in("meng", "/tasks/")
    page.set_viewport_size({"width": 390, "height": 844})
    card = page.locator("#mine article").first
    expect(card).to_contain_text("电话报告")
    card.get_by_role("button", name="收到").click()
    expect(card).to_contain_text("事发地县区政府已接办")
    expect(card.get_by_role("button", name="收到")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/intake/",
        "/tasks/",
        "/warnings/",
        "/warnings/propose/",
        "/plans/",
        "/plans/luohe-finance/",
        "/duties/",
        "/duties/luohe-finance/risk-sweep/",
        "/duties/luohe-finance/analysis-meeting/",
        "/hazards/register/",
    ],
)
def test_no_page_is_wider_than_a_small_phone(transactional_db, signs_in, opens, does, path):
    does(opens(facts={"origin": "county", "impact": "city"}), ConfirmLevel(by="mechanism-office", level="III"))
    page = signs_in("tang", path)
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
