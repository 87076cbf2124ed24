"""What every page needs, and who may have it.

A view takes a `Frame` instead of looking for the person, the instant and the plans itself:

    @page(Needs.POST)
    def board(request, frame): return frame.render("console/board.html", {...})

Deny by default: a view without `@page` is found by a test, and whoever holds no post of any plan gets no page but the
one that says so. Which cases somebody sees is not decided here: `muster.cases.reads` gives only those.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec
from zoneinfo import ZoneInfo

from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from muster.cases import editions
from muster.cases.models import PlanEdition
from muster.console import naming
from muster.console.parts import NavItem, Tab
from muster.engine import Program
from muster.people import reads as people
from muster.people.models import Person

P = ParamSpec("P")


def present() -> datetime:
    """The instant of a request. Tests put another clock in its place."""
    return datetime.now(UTC)


class Needs(Enum):
    """What a view asks of whoever opens it."""

    NOBODY = "nobody"
    """Anybody, also without signing in: the sign-in page and the choice of a language."""
    PERSON = "person"
    """Somebody who is signed in, whatever they hold."""
    POST = "post"
    """Somebody who holds at least one actor of a plan at this instant."""


@dataclass(frozen=True, slots=True)
class Me:
    """Who is signed in, as the frame of a page shows it."""

    id: str
    name: str
    post: str


@dataclass
class Frame:
    """One request: who asks, when, and what they hold (plan → actors, holders before deputies)."""

    request: HttpRequest
    now: datetime
    person: Person | None = None
    held: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def someone(self) -> Person:
        """The person of a page that needs one."""
        assert self.person is not None
        return self.person

    @cached_property
    def programs(self) -> dict[str, Program]:
        """The programs in force of the plans that this person holds something of. One statement."""
        if not self.held:
            return {}
        in_force = PlanEdition.objects.filter(in_force=True, plan__in=list(self.held)).order_by("plan")
        return {plan: editions.program(digest) for plan, digest in in_force.values_list("plan", "digest")}

    @property
    def zone(self) -> ZoneInfo:
        """The zone of this person's plans; of the installation, where they are of several zones."""
        zones = {program.edition.timezone for program in self.programs.values()}
        return ZoneInfo(zones.pop()) if len(zones) == 1 else ZoneInfo(timezone.get_default_timezone_name())

    @cached_property
    def me(self) -> Me | None:
        """The person with the first thing that they hold."""
        if self.person is None:
            return None
        post = ""
        for plan, actors in self.held.items():
            if (program := self.programs.get(plan)) is not None:
                post = naming.actor(program, actors[0])
                break
        return Me(self.person.ref, self.person.name or self.person.username, post)

    def render(
        self,
        template: str,
        context: Mapping[str, Any] | None = None,
        *,
        status: int = 200,
        program: Program | None = None,
    ) -> HttpResponse:
        """Draw a template in the frame of every page; in the zone of a case's plan, where its `program` is given."""
        given = {**self.context(), **(context or {})}
        with timezone.override(program.zone if program is not None else self.zone):
            response = render(self.request, template, given, status=status)
        # Cases are for those who may see them: nothing of a page may stay in a cache on the way, or after signing out.
        response.headers.setdefault("Cache-Control", "no-store")
        patch_vary_headers(response, ["Cookie", "HX-Request"])
        return response

    def context(self) -> dict[str, Any]:
        """What `console/base.html` reads."""
        known: dict[str, Any] = {"now": self.now, "language_url": reverse("language")}
        if self.person is None:
            return known
        known |= {"me": self.me, "sign_out_url": reverse("sign-out"), "organisation": _organisation(self.person)}
        if self.held:
            known["nav"] = self.nav()
            known["dock"] = self.dock()
        return known

    def dock(self) -> list[Tab]:
        """The bottom bar of the phone."""
        here = self.request.resolver_match.url_name if self.request.resolver_match else ""
        items = [(_("Tasks"), "tasks"), (_("Intake"), "intake"), (_("Board"), "board"), (_("Plans"), "plans")]
        return [Tab(text, reverse(name), is_current=here == name) for text, name in items]

    def nav(self) -> list[NavItem]:
        """The main navigation, with the place where one is."""
        here = self.request.resolver_match.url_name if self.request.resolver_match else ""
        items = [
            (_("Command board"), "board", "b", {"board", "room", "room-task", "room-journal"}),
            (_("Intake"), "intake", "i", {"intake"}),
            (_("My tasks"), "tasks", "t", {"tasks"}),
            (_("Warnings"), "warnings", "w", {"warnings", "warnings-propose"}),
            (_("Standing duties"), "duties", "s", {"duties", "duty", "duty-register", "hazard"}),
            (_("Plans"), "plans", "p", {"plans", "plan"}),
        ]
        return [NavItem(text, reverse(name), key, here in at) for text, name, key, at in items]


def _organisation(person: Person) -> str:
    """The name of the person's organisation in the language of the reader; a minute old at most."""
    if person.organisation_id is None:
        return ""
    key = f"organisation:{person.organisation_id}"
    names: tuple[str, str] | None = cache.get(key)
    if names is None:
        assert person.organisation is not None
        names = (person.organisation.name, person.organisation.name_en)
        cache.set(key, names, 60)
    name, name_en = names
    return (name_en or name) if naming.language() == "en" else name


View = Callable[Concatenate[HttpRequest, Frame, P], HttpResponseBase]
Routed = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def page(needs: Needs, *, methods: Collection[str] = ("GET", "HEAD")) -> Callable[[View[P]], Routed[P]]:
    """Make a view of a function that takes a frame; what it needs and which methods it answers is said here, once."""

    def decorate(function: View[P]) -> Routed[P]:
        @wraps(function)
        def view(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method not in methods:
                return HttpResponseNotAllowed(sorted(methods))
            frame = _frame(request)
            if needs is not Needs.NOBODY and frame.person is None:
                return redirect_to_login(request.get_full_path() if request.method == "GET" else reverse("board"))
            if needs is Needs.POST and not frame.held:
                return frame.render("console/no_post.html", status=403)
            with timezone.override(frame.zone):
                return function(request, frame, *args, **kwargs)

        view.needs = needs  # type: ignore[attr-defined]  # read by the test that walks all routes
        return view

    return decorate


def _frame(request: HttpRequest) -> Frame:
    now = present()
    person = request.user if isinstance(request.user, Person) and request.user.is_active else None
    return Frame(request, now, person, people.plans_of(person, now) if person is not None else {})
