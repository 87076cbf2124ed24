"""Signing in and out, and the choice of a language.

Signing in is slowed down after several wrong passwords, for the name and for the address they came from, so that neither
many passwords for one name nor many names from one place can be tried. What is counted is kept in the memory of the
process that answers and is gone when it ends.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, authenticate, login, logout
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from muster.console import words
from muster.console.frame import Frame, Needs, page
from muster.people.models import Person

TRIES = 5
TRIES_OF_AN_ADDRESS = 30
WITHIN = timedelta(minutes=5)
LONGEST_NAME = 150


@page(Needs.NOBODY, methods=("GET", "HEAD", "POST"))
def sign_in(request: HttpRequest, frame: Frame) -> HttpResponseBase:
    """The sign-in page. A wrong name and a wrong password are answered alike."""
    onward = _onward(request)
    if frame.person is not None and request.method != "POST":
        return HttpResponseRedirect(onward)
    if request.method != "POST":
        return frame.render("console/sign_in.html", {"next": onward})
    name = request.POST.get("username", "").strip()
    password = request.POST.get("password", "")

    def again(error: str, status: int) -> HttpResponseBase:
        form = {"username": {"value": name}, "non_field_errors": [error]}
        return frame.render("console/sign_in.html", {"next": onward, "form": form}, status=status)

    if not name or not password:
        return again(_("Type your name and your password."), 422)
    counters = _counters(request, name)
    if (wait := _wait(counters, frame.now)) is not None:
        return again(_("Too many wrong passwords. Try again in %(time)s.") % {"time": words.duration(wait)}, 429)
    person = authenticate(request, username=name[:LONGEST_NAME], password=password)
    if not isinstance(person, Person):
        _count(counters, frame.now)
        return again(_("The name or the password is not right."), 422)
    cache.delete(counters[0][0])
    login(request, person)
    answer = HttpResponseRedirect(onward)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        _set_language(answer, person.language)
    return answer


@page(Needs.PERSON, methods=("POST",))
def sign_out(request: HttpRequest, frame: Frame) -> HttpResponseBase:
    """End the session on this device."""
    logout(request)
    return HttpResponseRedirect(reverse("sign-in"))


@page(Needs.NOBODY, methods=("POST",))
def language(request: HttpRequest, frame: Frame) -> HttpResponseBase:
    """Go on in another language, here and wherever this person signs in."""
    chosen = request.POST.get("language", "")
    answer = HttpResponseRedirect(_onward(request))
    if chosen in dict(settings.LANGUAGES):
        _set_language(answer, chosen)
        if frame.person is not None and frame.person.language != chosen:
            frame.person.language = chosen
            frame.person.save(update_fields=["language"])
    return answer


def _set_language(answer: HttpResponseBase, code: str) -> None:
    if translation.check_for_language(code):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            samesite="Lax",
            secure=settings.LANGUAGE_COOKIE_SECURE,
        )


def _onward(request: HttpRequest) -> str:
    """Where to go next: only within this console, else to the board."""
    wanted = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return settings.LOGIN_REDIRECT_URL


# --- slowing down


def _counters(request: HttpRequest, name: str) -> list[tuple[str, int]]:
    """The counters of an attempt with their limits: that of the name first."""
    address = request.META.get("REMOTE_ADDR", "")
    return [
        ("sign-in:name:" + sha256(name.casefold().encode()).hexdigest(), TRIES),
        ("sign-in:address:" + sha256(address.encode()).hexdigest(), TRIES_OF_AN_ADDRESS),
    ]


def _recent(key: str, now: datetime) -> list[datetime]:
    return [at for at in cache.get(key, []) if at > now - WITHIN]


def _count(counters: list[tuple[str, int]], now: datetime) -> None:
    for key, most in counters:
        cache.set(key, [*_recent(key, now), now][-most:], WITHIN.total_seconds())


def _wait(counters: list[tuple[str, int]], now: datetime) -> timedelta | None:
    """How long to wait, in whole minutes rounded up; None where one may try."""
    for key, most in counters:
        recent = _recent(key, now)
        if len(recent) >= most:
            rest = recent[0] + WITHIN - now
            return timedelta(minutes=-(-rest // timedelta(minutes=1)))
    return None
