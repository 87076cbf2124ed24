"""What console.js does on a page: clocks go on, only what changed is swapped, nothing typed is lost, keys answer."""

import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.template import engines
from django.utils import timezone, translation
from tests.console.render_gallery import NOW, at, context

from muster.config.security import POLICY
from muster.console import parts as p

LIST = """
{% extends "console/base.html" %}{% load console %}{% block title %}我的任务{% endblock %}{% block main %}
<ul id="tasks" hx-get="/rows" hx-trigger="refresh" hx-swap="rows">
{% for t in rows %}{% task t now=now %}<button class="btn" data-row-key="a">收到</button>{% if t.id == "t2" %}<input name="says" aria-label="说明" value="">{% endif %}{% endtask %}{% endfor %}</ul>
<form data-draft="report" method="post" hx-post="/send" hx-target="#result">{% field name="people" label="人数" %}{% field name="secret" label="口令" kind="password" %}{% choice name="order" label="秩序" options=choices unknown=True %}<button class="btn btn--main">报出</button><span data-draft-says></span></form>
<button class="btn" data-key="F" id="facts">更新要素</button>
{% endblock %}
"""
ROWS = [
    p.TaskRow("t1", "open", "电话报告", clock=p.Clock(due_at=at("14:14"), started_at=at("13:14"))),
    p.TaskRow(
        "t2", "acknowledged", "书面报告", subs=["已填11项"], clock=p.Clock(due_at=at("15:00"), started_at=at("13:00"))
    ),
    p.TaskRow("t3", "open", "维护稳定", clock=p.Clock(started_at=at("14:10")), words="立即启动先期处置。"),
]


def draw(rows: list[p.TaskRow], now: Any = NOW, **more: Any) -> str:
    with translation.override("zh-hans"), timezone.override("Asia/Shanghai"):
        values = {**context(), "now": now, "rows": rows, "choices": [("calm", "平稳"), ("crowd", "拥挤")], **more}
        return engines["django"].from_string(LIST).render(values)


class Site:
    """A server with the real static files and the real policy, and answers that a test gives it."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, str]] = {"/": (200, draw(ROWS))}
        self.asked: list[str] = []

    def answer(self, path: str) -> tuple[int, str, bytes]:
        if path.startswith("/static/") and (found := finders.find(path.removeprefix("/static/"))):
            kind = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}[path.rsplit(".", 1)[-1]]
            return 200, kind, Path(str(found)).read_bytes()
        self.asked.append(path)
        status, html = self.answers.get(path, (404, ""))
        return status, "text/html; charset=utf-8", html.encode()


@pytest.fixture
def site(page: Any) -> Iterator[Site]:
    here = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, kind, body = here.answer(self.path)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", POLICY)
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815  http.server wants these names

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page.clock.install(time=NOW)
    page.goto(f"http://127.0.0.1:{server.server_port}/")
    yield here
    server.shutdown()
    server.server_close()


def refresh(page: Any, site: Site, rows: list[p.TaskRow], now: Any = NOW) -> None:
    """The list asks the server again and has taken the answer in."""
    site.answers["/rows"] = (200, draw(rows, now))
    with page.expect_response("**/rows"):
        page.evaluate("htmx.trigger('#tasks', 'refresh')")
    page.clock.run_for(100)
    page.wait_for_selector("body:not(:has(.htmx-request, .htmx-swapping, .htmx-settling))")


def drafts(page: Any) -> int:
    return int(page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('draft:')).length"))


def left(page: Any, row: str) -> str:
    return str(page.inner_text(f"#{row} .left"))


def test_a_clock_goes_on_by_itself_and_falls_overdue_in_front_of_the_reader(page: Any, site: Site) -> None:
    assert left(page, "t1") == "剩2分"
    page.clock.run_for(60_000)
    assert left(page, "t1") == "剩1分"
    assert page.title().startswith("我的任务")
    page.clock.run_for(130_000)
    assert left(page, "t1") == "逾期1分"
    assert left(page, "t3") == "已过5分　无时限"
    assert page.get_attribute("#t1 .mark", "aria-label") == "逾期"
    assert page.get_attribute("#t1 .mark use", "href").endswith("#m-overdue")
    assert "is-overdue" in page.get_attribute("#t1", "class")
    assert page.title().startswith("(1逾期) 我的任务")
    assert page.inner_text("#announce") == "逾期：电话报告"


def test_only_a_row_that_changed_is_swapped(page: Any, site: Site) -> None:
    page.evaluate("document.querySelectorAll('[data-row]').forEach((row) => { row.standing = true; })")
    changed = [ROWS[0], p.TaskRow("t2", "acknowledged", "书面报告", subs=["已填12项"]), ROWS[2]]
    refresh(page, site, changed, NOW + timedelta(minutes=1))
    assert page.evaluate("[...document.querySelectorAll('[data-row]')].map((row) => row.standing ?? false)") == [
        True,
        False,
        True,
    ]
    assert "已填12项" in page.inner_text("#t2")
    assert "fresh" in page.get_attribute("#t2", "class")


def test_rows_come_and_go_and_take_their_places(page: Any, site: Site) -> None:
    new = p.TaskRow("t9", "open", "续报")
    refresh(page, site, [new, ROWS[2], ROWS[1]])
    assert page.evaluate("[...document.querySelectorAll('[data-row]')].map((row) => row.id)") == ["t9", "t3", "t2"]


def test_a_row_in_which_somebody_types_is_left_alone_until_they_are_done(page: Any, site: Site) -> None:
    page.fill("#t2 input", "还差4项")
    changed = [ROWS[0], p.TaskRow("t2", "done", "书面报告"), ROWS[2]]
    refresh(page, site, changed)
    assert page.input_value("#t2 input") == "还差4项"
    page.fill("#t2 input", "")
    page.evaluate("document.activeElement.blur()")
    refresh(page, site, changed)
    assert "is-done" in page.get_attribute("#t2", "class")


def test_the_order_waits_while_somebody_is_in_the_list(page: Any, site: Site) -> None:
    page.focus("#t1 button")
    refresh(page, site, [ROWS[2], ROWS[1], ROWS[0]])
    ids = "[...document.querySelectorAll('[data-row]')].map((row) => row.id)"
    assert page.evaluate(ids) == ["t1", "t2", "t3"]
    page.click(".newer")
    assert page.evaluate(ids) == ["t3", "t2", "t1"]


def test_focus_and_opened_details_survive_a_swap(page: Any, site: Site) -> None:
    page.click("#t3 summary")
    page.focus("#t3 button")
    refresh(page, site, [*ROWS[:2], p.TaskRow("t3", "open", "维护本区域稳定", words="立即启动先期处置。")])
    assert "本区域" in page.inner_text("#t3")
    assert page.evaluate("document.activeElement.closest('[data-row]').id") == "t3"
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"
    assert page.evaluate("document.querySelector('#t3 details').open")


def test_what_was_typed_comes_back_after_a_reload_but_never_a_password(page: Any, site: Site) -> None:
    page.fill("#f-people", "210")
    page.fill("#f-secret", "geheim")
    page.click("label:has-text('拥挤')")
    page.clock.run_for(300)
    assert page.inner_text("[data-draft-says]").startswith("草稿已存14:12")
    page.reload()
    assert page.input_value("#f-people") == "210"
    assert page.is_checked("#f-order-1")
    assert page.input_value("#f-secret") == ""
    assert page.inner_text("[data-draft-says]") == "您之前填的内容已恢复。"


def test_a_refusal_keeps_the_draft_and_the_server_s_word_ends_it(page: Any, site: Site) -> None:
    page.fill("#f-people", "210")
    site.answers["/send"] = (
        422,
        '<div class="note note--wrong" data-refusal><p>不能报出</p><button class="btn">改为补充</button></div>',
    )
    page.click("text=报出")
    page.wait_for_selector("#result [data-refusal]")
    page.clock.run_for(500)
    assert page.evaluate("document.activeElement.textContent") == "改为补充"
    assert drafts(page) == 1
    site.answers["/send"] = (200, '<div class="note note--done"><p>已报出</p></div>')
    page.click("form >> text=报出")
    page.wait_for_selector("#result .note--done")
    page.clock.run_for(500)
    assert page.evaluate("document.activeElement.id") == "result"
    assert drafts(page) == 0


def test_a_redirected_page_can_end_a_draft_too(page: Any, site: Site) -> None:
    page.fill("#f-people", "210")
    page.clock.run_for(300)
    site.answers["/"] = (
        200,
        draw(ROWS, result="x").replace("</main>", '<p data-clears-draft="report">已报出</p></main>'),
    )
    page.evaluate("document.querySelector('#f-people').value = ''")
    page.reload()
    assert page.input_value("#f-people") == ""
    assert drafts(page) == 0


@pytest.mark.parametrize(("status", "words"), [(500, "服务器没有办成"), (403, "您不能这样做"), (401, "登录已失效")])
def test_a_failure_says_so_and_keeps_what_was_typed(page: Any, site: Site, status: int, words: str) -> None:
    page.fill("#f-people", "210")
    site.answers["/send"] = (status, "<h1>Error</h1>")
    page.click("text=报出")
    page.wait_for_selector("#result .note--wrong")
    assert words in page.inner_text("#result")
    assert page.input_value("#f-people") == "210"
    assert "Error" not in page.content()


def test_an_ended_session_never_shows_the_sign_in_page_inside_a_page(page: Any, site: Site) -> None:
    page.fill("#f-people", "210")
    site.answers["/send"] = (200, '<main data-page="sign-in"><h1>登录</h1></main>')
    page.click("text=报出")
    page.wait_for_selector("#result .note--wrong")
    page.clock.run_for(500)
    assert "登录已失效" in page.inner_text("#result")
    assert page.locator("[data-page=sign-in]").count() == 0
    assert drafts(page) == 1


def test_without_a_network_the_page_says_so(page: Any, site: Site) -> None:
    assert page.inner_text("#live").strip() == "实时"
    page.context.set_offline(True)
    page.clock.run_for(1100)
    assert page.inner_text("#live").strip() == "离线"
    assert page.is_visible("#strip")
    page.context.set_offline(False)
    page.clock.run_for(1100)
    assert not page.is_visible("#strip")


def test_j_and_k_walk_the_rows_and_a_letter_acts_on_the_row_one_stands_on(page: Any, site: Site) -> None:
    page.evaluate(
        "document.querySelectorAll('[data-row-key]').forEach((b) => b.addEventListener('click', () => { b.dataset.hit = 1; }))"
    )
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == "t2"
    page.keyboard.press("a")
    assert page.get_attribute("#t2 [data-row-key]", "data-hit") == "1"
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.id") == "t1"


def test_letters_rest_while_typing_and_can_be_switched_off(page: Any, site: Site) -> None:
    page.evaluate(
        "document.querySelector('#facts').addEventListener('click', (e) => { e.target.dataset.hit = (Number(e.target.dataset.hit) || 0) + 1; })"
    )
    page.keyboard.press("Shift+F")
    assert page.get_attribute("#facts", "data-hit") == "1"
    page.focus("#f-people")
    page.keyboard.press("Shift+F")
    assert page.get_attribute("#facts", "data-hit") == "1"
    assert page.input_value("#f-people") == "F"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    assert page.is_visible("#keys")
    page.click("label[for=keys-on]")
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+F")
    assert page.get_attribute("#facts", "data-hit") == "1"


def test_g_and_a_letter_go_to_a_page(page: Any, site: Site) -> None:
    page.keyboard.press("g")
    page.keyboard.press("i")
    page.wait_for_url("**/#i")


def test_ctrl_enter_sends_the_form(page: Any, site: Site) -> None:
    site.answers["/send"] = (200, '<div class="note note--done"><p>已报出</p></div>')
    page.fill("#f-people", "210")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#result .note--done")
    assert site.asked.count("/send") == 1


def test_the_chosen_colours_are_there_before_the_first_paint_next_time(page: Any, site: Site) -> None:
    for name, theme in (("亮色", "light"), ("暗色", "dark")):
        page.click("#theme")
        assert page.inner_text("#theme [data-theme-name]") == name
        assert page.get_attribute("html", "data-theme") == theme
    page.reload()
    assert page.get_attribute("html", "data-theme") == "dark"
    page.click("#theme")
    assert page.get_attribute("html", "data-theme") is None


def test_print_opens_the_plan_s_words_and_names_the_instant(page: Any, site: Site) -> None:
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("document.querySelector('#t3 details').open")
    assert re.fullmatch(r"2026-03-05 14:12", page.text_content("[data-printed]"))
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not page.evaluate("document.querySelector('#t3 details').open")


@pytest.mark.parametrize("width", [360, 390, 720, 1024, 1280])
def test_nothing_sticks_out_at_any_width(page: Any, site: Site, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_thumbs_find_large_targets_and_phones_do_not_zoom_into_fields(page: Any, site: Site) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.querySelector('#t1 .btn').offsetHeight") >= 52
    assert page.evaluate("getComputedStyle(document.querySelector('#f-people')).fontSize") == "16px"


def test_a_command_is_sent_once_however_often_the_button_is_pressed(page: Any, site: Site) -> None:
    site.answers["/send"] = (200, '<div class="note note--done"><p>已报出</p></div>')
    page.fill("#f-people", "210")
    page.evaluate("for (let n = 0; n < 3; n++) document.querySelector('form .btn--main').click()")
    page.wait_for_selector("#result .note--done")
    page.clock.run_for(500)
    assert site.asked.count("/send") == 1
    with page.expect_response("**/send"):
        page.click("form >> text=报出")
    assert site.asked.count("/send") == 2
