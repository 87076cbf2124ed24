"""Signing in and out, and the choice of a language."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from tests.console.pages.reading import text

from muster.console import frame
from muster.people.models import Person
from muster.testing.clock import Clock

PASSWORD = "lake-3-willow-otter"


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(frame, "present", clock)
    return clock


@pytest.fixture
def wen(db, clock, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    return Person.objects.create_user("wen", password=PASSWORD, name="文思敏")


def signs_in(browser, password=PASSWORD, name="wen", **more):
    return browser.post("/sign-in/", {"username": name, "password": password, **more})


def test_the_right_password_opens_the_board_or_where_one_was_going(client, wen):
    assert signs_in(client).url == "/"
    assert signs_in(Client(), next="/intake/?plan=x").url == "/intake/?plan=x"


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)", "/\\example.org"]
)
def test_signing_in_never_leads_to_another_place(wen, elsewhere):
    assert signs_in(Client(), next=elsewhere).url == "/"


def test_a_wrong_name_and_a_wrong_password_are_answered_alike(client, wen):
    wrong, unknown = signs_in(client, "no"), signs_in(client, name="nobody")
    assert wrong.status_code == unknown.status_code == 422
    assert "用户名或密码不对" in text(wrong)
    assert text(wrong) == text(unknown)
    assert 'value="wen"' in wrong.content.decode()  # the name stays, the password does not
    assert PASSWORD not in wrong.content.decode()


def test_an_empty_form_says_what_is_missing(client, wen):
    assert "请填写用户名和密码" in text(signs_in(client, ""))


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(client, wen, clock):
    for _ in range(5):
        assert signs_in(client, "no").status_code == 422
    answer = signs_in(client)
    assert answer.status_code == 429
    assert "请5分后再试" in text(answer)
    clock.moves(minutes=5, seconds=1)
    assert signs_in(client).status_code == 302


def test_the_wait_is_for_the_name_whatever_its_case_and_not_for_others(client, wen):
    Person.objects.create_user("lu", password=PASSWORD, name="陆志远")
    for _ in range(5):
        signs_in(client, "no")
    assert signs_in(client, name="WEN").status_code == 429
    assert signs_in(client, name="lu").status_code == 302


def test_many_names_from_one_address_have_to_wait_too(client, wen):
    for n in range(30):
        signs_in(client, "no", name=f"name-{n}")
    assert signs_in(client).status_code == 429


def test_a_success_forgets_the_mistakes_before_it(client, wen):
    for _ in range(4):
        signs_in(client, "no")
    assert signs_in(client).status_code == 302
    for _ in range(4):
        signs_in(Client(), "no")
    assert signs_in(Client()).status_code == 302


def test_a_closed_account_does_not_sign_in_and_a_session_of_it_ends(client, wen):
    signs_in(client)
    wen.is_active = False
    wen.save()
    assert signs_in(Client()).status_code == 422
    assert client.get("/").status_code == 302


def test_signing_out_ends_the_session_and_needs_a_form(client, wen):
    signs_in(client)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").url == "/sign-in/"
    assert client.get("/").url == "/sign-in/?next=/"


def test_signing_in_needs_the_token_of_its_form(wen):
    assert signs_in(Client(enforce_csrf_checks=True)).status_code == 403


def test_whoever_is_signed_in_does_not_see_the_form_again(client, wen):
    signs_in(client)
    assert client.get("/sign-in/").url == "/"


def test_the_language_is_kept_here_and_with_the_person(client, wen):
    signs_in(client)
    answer = client.post("/language/", {"language": "en", "next": "/sign-in/"})
    assert answer.url == "/sign-in/"
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    wen.refresh_from_db()
    assert wen.language == "en"
    elsewhere = signs_in(Client())
    assert elsewhere.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"


def test_a_language_that_there_is_not_changes_nothing(client, wen):
    signs_in(client)
    client.post("/language/", {"language": "tlh"})
    wen.refresh_from_db()
    assert wen.language == "zh-hans"


def test_the_sign_in_page_is_chinese_by_itself(client, wen):
    assert "登录" in text(client.get("/sign-in/"))


def test_a_session_lasts_for_days_of_an_incident():
    assert timedelta(seconds=settings.SESSION_COOKIE_AGE) >= timedelta(days=7)
