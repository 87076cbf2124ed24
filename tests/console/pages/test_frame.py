"""Who gets which page, and what every page brings."""

import re

import pytest
from django.urls import URLPattern, reverse

from muster.console import urls
from muster.console.frame import Needs

OPEN_TO_ALL = {"sign-in", "language"}
PAGES = ["board", "intake", "tasks", "warnings", "warnings-propose", "duties", "hazard", "plans"]


def routes() -> list[URLPattern]:
    return [each for each in urls.urlpatterns if isinstance(each, URLPattern)]


def address(route: URLPattern) -> str:
    made_up = {"number": "2026-0303-01", "plan": "luohe-finance", "key": "phone-report", "act": "take"}
    names = re.findall(r"<str:(\w+)>", str(route.pattern))
    return reverse(route.name or "", kwargs={name: made_up[name] for name in names})


def test_every_view_says_what_it_needs():
    unsaid = [route.name for route in routes() if not isinstance(getattr(route.callback, "needs", None), Needs)]
    assert not unsaid


def test_only_signing_in_and_the_language_are_open_to_all():
    assert {route.name for route in routes() if getattr(route.callback, "needs", None) is Needs.NOBODY} == OPEN_TO_ALL


@pytest.mark.parametrize("name", PAGES)
def test_whoever_is_not_signed_in_is_sent_to_sign_in_and_back(client, people, name):
    answer = client.get(reverse(name))
    assert answer.status_code == 302
    assert answer.url == f"{reverse('sign-in')}?next={reverse(name)}"


def test_no_route_answers_somebody_who_is_not_signed_in(client, people):
    for route in routes():
        if route.name in OPEN_TO_ALL:
            continue
        for answer in (client.get(address(route)), client.post(address(route))):
            assert answer.status_code in (302, 405), route.name


def test_pan_who_holds_no_post_sees_nothing_of_anything(as_, opens):
    opens(title="不该让外人看到的事")
    pan = as_("pan")
    for route in routes():
        if route.name in OPEN_TO_ALL | {"sign-out"}:
            continue
        for answer in (pan.get(address(route)), pan.post(address(route))):
            assert answer.status_code in (403, 404, 405), route.name
            assert "不该让外人看到的事" not in answer.content.decode()
    assert "您目前没有岗位" in pan.get("/").content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_pages_bring_their_policy_and_no_inline_script_or_style(as_, opens, name):
    opens()
    answer = as_("tang").get(reverse(name))
    assert answer.status_code == 200
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    html = answer.content.decode()
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)
    assert not re.search(r"\sstyle=|<style|\son\w+=\"|javascript:", html)


@pytest.mark.parametrize("name", PAGES)
def test_pages_speak_chinese_unless_asked_otherwise_and_english_then(as_, opens, name):
    opens()
    chinese = as_("tang").get(reverse(name)).content.decode()
    assert '<html lang="zh-hans"' in chinese
    assert "指挥看板" in chinese
    assert "Command board" not in chinese
    english = as_("tang", language="en").get(reverse(name)).content.decode()
    assert '<html lang="en"' in english
    assert "Command board" in english
    # Only what people and the plan's own names gave in Chinese alone may remain: people, titles, organisations.
    assert not re.search(r"(级别|时限|登记|任务)", re.sub(r'data-[a-z-]+="[^"]*"', "", english))


def test_a_page_that_takes_no_post_says_so(as_):
    assert as_("wen").post("/").status_code == 405


def test_where_one_is_stands_in_the_navigation(as_):
    html = as_("wen").get(reverse("intake")).content.decode()
    assert re.search(r'href="/intake/" data-go="i" aria-current="page"', html)
