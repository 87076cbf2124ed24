from django.http import HttpResponse
from django.test import RequestFactory

from muster.config.security import ContentSecurityPolicy


def answer(response: HttpResponse) -> HttpResponse:
    return ContentSecurityPolicy(lambda request: response)(RequestFactory().get("/"))


def test_a_page_runs_no_script_but_the_console_s_own():
    policy = answer(HttpResponse()).headers["Content-Security-Policy"]
    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    assert directives["script-src"] == "'self'"
    assert directives["style-src"] == "'self'"
    assert directives["default-src"] == "'none'"
    assert directives["frame-ancestors"] == "'none'"


def test_an_answer_that_brings_its_own_policy_keeps_it():
    own = HttpResponse(headers={"Content-Security-Policy": "sandbox"})
    assert answer(own).headers["Content-Security-Policy"] == "sandbox"
