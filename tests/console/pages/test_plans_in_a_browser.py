"""The plan reader in a real browser: on a phone, by keyboard, and along its links."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def reads(live_server, page: Page, as_):
    """A browser in which somebody reads a plan."""

    def opened(path: str) -> Page:
        cookie = as_("wen").cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page.goto(live_server.url + path)
        return page

    return opened


def test_on_a_phone_nothing_is_wider_than_the_screen_and_the_chart_is_a_list(transactional_db, reads, page):
    page.set_viewport_size({"width": 360, "height": 780})
    for plan in ("luohe-finance", "redwood-exchange", "huizhou-commerce", "canteen-complaint"):
        reads(f"/plans/{plan}/")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, plan
        expect(page.locator(".pic.chart")).to_be_hidden()
        expect(page.locator(".bodies > li").first).to_be_visible()
        flow = page.locator("#response .pic")
        assert flow.evaluate("box => box.scrollWidth > box.clientWidth"), plan
        assert flow.evaluate("box => getComputedStyle(box).overflowX") == "auto", plan


def test_a_card_of_the_picture_leads_by_keyboard_to_its_task_in_the_folded_list(transactional_db, reads):
    page = reads("/plans/redwood-exchange/?type=litigation")
    row = page.locator("#task-suit-talk")
    expect(row).to_be_hidden()
    page.locator('#response svg a[href="#task-suit-talk"]').focus()
    page.keyboard.press("Enter")
    expect(row).to_be_visible()
    expect(page).to_have_url(re.compile("#task-suit-talk$"))


def test_the_picture_can_be_scrolled_by_keyboard_and_has_a_name(transactional_db, reads):
    page = reads("/plans/luohe-finance/")
    box = page.get_by_role("region", name="响应怎样展开")
    box.focus()
    expect(box).to_be_focused()
    expect(box.locator("svg[role=img]")).to_have_count(1)


def test_another_type_is_chosen_by_a_link(transactional_db, reads):
    page = reads("/plans/redwood-exchange/?type=petition")
    expect(page.locator('#response svg a[href="#task-petition-assign"]')).to_have_count(1)
    page.locator("#response .choose").get_by_role("link", name="重大交易事故").click()
    expect(page.locator('#response svg a[href="#task-petition-assign"]')).to_have_count(0)
    expect(page.locator('#response svg a[href="#task-accident-report"]')).to_have_count(1)
    expect(page).to_have_url(re.compile("type=trading-accident.*#response$"))
